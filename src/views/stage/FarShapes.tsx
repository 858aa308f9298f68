/**
 * The slots and records of a line that goes by in a race: all that look the same are one outline, which no pointer meets, instead of a
 * shape each. Where the line rests, each has its own again.
 */
import type { ReactNode } from "react";
import type { Box } from "../../diagrams/geometry.ts";
import type { Cell } from "../../diagrams/index_cells.ts";
import type { SessionName } from "../../trace/ids.ts";
import { isFar, recordClass, slotBox, texts } from "./CellParts.tsx";

export interface Outline {
  readonly className: string;
  readonly session: SessionName | undefined;
  d: string;
}

/** One for each look. */
export function farOutlines(cells: readonly Cell[], height: number): readonly Outline[] {
  const outlines = new Map<string, Outline>();
  for (const cell of cells) {
    if (!isFar(cell)) continue;
    const isSlot = cell.kind === "gap";
    const className = isSlot ? "gap slot tick" : `${recordClass(cell)} rec-box tick`;
    const session = isSlot ? undefined : (cell.writer ?? undefined);
    const at = { x: cell.x, y: 0 };
    const d = isSlot
      ? rounded(slotBox(cell, height, at), 5)
      : rounded({ ...at, width: cell.width, height }, 2);
    const look = `${className} ${session}`;
    const known = outlines.get(look);
    if (known === undefined) outlines.set(look, { className, session, d });
    else known.d += d;
  }
  return [...outlines.values()];
}

export function farShapes(cells: readonly Cell[], height: number): ReactNode {
  const outlines = farOutlines(cells, height);
  if (outlines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group takes no focus
    <g pointerEvents="none" aria-hidden="true">
      {outlines.map(({ className, session, d }) => (
        <path key={`${className} ${session}`} className={className} data-session={session} d={d} />
      ))}
      {cells
        .filter((cell) => cell.kind === "rec" && cell.tick === "named")
        .map((cell, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the next name is drawn with the shapes of this one
          <g key={at} className="tick-name">
            {texts(cell, height, { x: cell.x, y: 0 })}
          </g>
        ))}
    </g>
  );
}

function rounded({ x, y, width, height }: Box, corner: number): string {
  const r = Math.min(corner, width / 2);
  const turn = `a${r},${r} 0 0 1 `;
  return `M${x + r},${y}h${width - 2 * r}${turn}${r},${r}v${height - 2 * r}${turn}${-r},${r}h${2 * r - width}${turn}${-r},${-r}v${2 * r - height}${turn}${r},${-r}z`;
}
