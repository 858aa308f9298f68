/**
 * Where the panels stand, by the name of the arrangement: rows from the top, cells from the left, and in each cell the
 * panels that share it as tabs. Every arrangement has every panel, so that nothing is out of reach.
 *
 *     locks     ┌ index ─────────────────┐    versions  ┌ index, what each sees ─┐
 *               ├ why, versions ┬ waits ─┤              ├ versions ──────────────┤
 *               └ log, locks, levels ... ┘              └ log, why, locks ... ───┘
 *
 * The log that was opened ("given") is there where one was. In a low window the third row would be a strip, and the answer two lines: its panels are tabs of the second one there.
 *
 *     locks     ┌ index ────────────────────────────────────┐
 *               ├ why, versions, log ... ┬ waits, locks ... ┤
 */
import type { Arrangement } from "../../lessons/lesson.ts";

export const PANELS = [
  "index",
  "why",
  "versions",
  "waits",
  "given",
  "log",
  "schedule",
  "locks",
  "levels",
  "stream",
] as const;

export type PanelId = (typeof PANELS)[number];

/** Not every scenario was made from a log. */
const OF_LOG: readonly PanelId[] = ["given"];
const WITHOUT_LOG = PANELS.filter((panel) => !OF_LOG.includes(panel));

export interface Cell {
  readonly id: string;
  /** Per cent of its row at first. */
  readonly size: number;
  readonly panels: readonly PanelId[];
  /** Many tabs in little width. */
  readonly hasShortTitles?: boolean;
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

/** What an arrangement is named for: in one column it is the one picture in sight. */
export const LEADING: Readonly<Record<Arrangement, PanelId>> = {
  locks: "index",
  versions: "versions",
  waits: "waits",
  levels: "levels",
  streaming: "stream",
};

const ROWS: Readonly<Record<Arrangement, readonly Row[]>> = {
  locks: [
    whole("index", 44, "index"),
    {
      id: "middle",
      size: 32,
      cells: [
        { id: "inspector", size: 54, panels: ["why", "versions", "given"] },
        { id: "waits", size: 46, panels: ["waits"] },
      ],
    },
    whole("below", 24, "log", "schedule", "locks", "levels", "stream"),
  ],
  versions: [
    whole("index", 40, "index"),
    whole("versions", 39, "versions"),
    whole("below", 21, "log", "schedule", "why", "given", "locks", "levels", "stream", "waits"),
  ],
  waits: [
    whole("index", 36, "index"),
    {
      id: "middle",
      size: 42,
      cells: [
        { id: "waits", size: 54, panels: ["waits"] },
        { id: "inspector", size: 46, panels: ["why", "versions", "given"] },
      ],
    },
    whole("below", 22, "log", "schedule", "locks", "levels", "stream"),
  ],
  levels: [
    whole("index", 26, "index"),
    whole(
      "below",
      74,
      "levels",
      "why",
      "given",
      "log",
      "schedule",
      "locks",
      "stream",
      "waits",
      "versions",
    ),
  ],
  streaming: [
    whole("index", 26, "index"),
    whole(
      "below",
      74,
      "stream",
      "log",
      "schedule",
      "why",
      "given",
      "locks",
      "levels",
      "waits",
      "versions",
    ),
  ],
};

const LOW_CELLS = {
  inspector: ["why", "versions", "given", "log", "schedule", "stream"],
  waits: ["waits", "locks", "levels"],
} as const;

const LOW_ROWS: typeof ROWS = {
  locks: [whole("index", 46, "index"), lowRow(54, ["inspector", 56], ["waits", 44])],
  versions: [
    whole("index", 42, "index"),
    inShort(
      whole(
        "versions",
        58,
        "versions",
        "why",
        "given",
        "log",
        "schedule",
        "locks",
        "levels",
        "stream",
        "waits",
      ),
    ),
  ],
  waits: [whole("index", 40, "index"), lowRow(60, ["waits", 48], ["inspector", 52])],
  levels: ROWS.levels.map(inShort),
  streaming: ROWS.streaming.map(inShort),
};

function inShort(row: Row): Row {
  return { ...row, cells: row.cells.map((cell) => ({ ...cell, hasShortTitles: true })) };
}

function lowRow(size: number, ...cells: readonly [keyof typeof LOW_CELLS, number][]): Row {
  return {
    id: "middle",
    size,
    cells: cells.map(([id, size]) => ({ id, size, panels: LOW_CELLS[id], hasShortTitles: true })),
  };
}

export function rowsOf(arrangement: Arrangement, isLow: boolean, hasLog: boolean): readonly Row[] {
  const rows = (isLow ? LOW_ROWS : ROWS)[arrangement];
  return hasLog ? rows : shownRows(rows, OF_LOG);
}

/** Those that have something to show. `hasLog`: the scenario was made from one. */
export function panelsOf(hasLog: boolean): readonly PanelId[] {
  return hasLog ? PANELS : WITHOUT_LOG;
}

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
