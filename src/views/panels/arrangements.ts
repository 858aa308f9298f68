/**
 * Where the panels stand, by the name of the arrangement: rows from the top, cells from the left, and in each cell the
 * panels that share it as tabs. Every arrangement has every panel, so that nothing is out of reach.
 *
 *     locks     ┌ index ─────────────────┐    versions  ┌ index, what each sees ─┐
 *               ├ why, versions ┬ waits ─┤              ├ versions ──────────────┤
 *               └ log, locks, levels ... ┘              └ log, why, locks ... ───┘
 */
import type { Arrangement } from "../../lessons/lesson.ts";

export const PANELS = [
  "index",
  "why",
  "versions",
  "waits",
  "log",
  "schedule",
  "locks",
  "levels",
  "stream",
] as const;

export type PanelId = (typeof PANELS)[number];

export interface Cell {
  readonly id: string;
  /** Per cent of its row at first. */
  readonly size: number;
  readonly panels: readonly PanelId[];
}

export interface Row {
  readonly id: string;
  /** Per cent of the stage at first. */
  readonly size: number;
  readonly cells: readonly Cell[];
}

/** A row of one cell. */
function whole(id: string, size: number, ...panels: readonly PanelId[]): Row {
  return { id, size, cells: [{ id, size: 100, panels }] };
}

export const ROWS: Readonly<Record<Arrangement, readonly Row[]>> = {
  locks: [
    whole("index", 44, "index"),
    {
      id: "middle",
      size: 32,
      cells: [
        { id: "inspector", size: 54, panels: ["why", "versions"] },
        { id: "waits", size: 46, panels: ["waits"] },
      ],
    },
    whole("below", 24, "log", "schedule", "locks", "levels", "stream"),
  ],
  versions: [
    whole("index", 44, "index"),
    whole("versions", 34, "versions"),
    whole("below", 22, "log", "schedule", "why", "locks", "levels", "stream", "waits"),
  ],
  waits: [
    whole("index", 36, "index"),
    {
      id: "middle",
      size: 42,
      cells: [
        { id: "waits", size: 54, panels: ["waits"] },
        { id: "inspector", size: 46, panels: ["why", "versions"] },
      ],
    },
    whole("below", 22, "log", "schedule", "locks", "levels", "stream"),
  ],
  levels: [
    whole("index", 26, "index"),
    whole("below", 74, "levels", "why", "log", "schedule", "locks", "stream", "waits", "versions"),
  ],
  streaming: [
    whole("index", 26, "index"),
    whole("below", 74, "stream", "log", "schedule", "why", "locks", "levels", "waits", "versions"),
  ],
};

/** The rows with what is left when these panels are put away; cells and rows that are empty then are gone. */
export function shownRows(rows: readonly Row[], hidden: readonly string[]): readonly Row[] {
  return rows.flatMap((row) => {
    const cells = row.cells.flatMap((cell) => {
      const panels = cell.panels.filter((panel) => !hidden.includes(panel));
      return panels.length === 0 ? [] : [{ ...cell, panels }];
    });
    return cells.length === 0 ? [] : [{ ...row, cells }];
  });
}

export function cellOf(rows: readonly Row[], panel: PanelId): Cell | null {
  return rows.flatMap((row) => row.cells).find((cell) => cell.panels.includes(panel)) ?? null;
}

export function isPanel(name: string | null): name is PanelId {
  return PANELS.some((panel) => panel === name);
}
