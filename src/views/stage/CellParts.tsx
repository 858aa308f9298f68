/** What cells of an index line are drawn from, near and far. */
import type { ReactNode } from "react";
import type { Box, Point } from "../../diagrams/geometry.ts";
import {
  type Cell,
  cellTexts,
  FAR_GAP,
  type GapCell,
  type RecordCell,
} from "../../diagrams/index_cells.ts";

const SLOT_HEIGHT = 20;
export const ORIGIN: Point = { x: 0, y: 0 };

/** Whether one shape is all that is seen of it. */
export function isFar(cell: Cell): cell is GapCell | RecordCell {
  if (cell.kind === "rec") return cell.tick !== "no";
  return cell.kind === "gap" && cell.width < FAR_GAP;
}

/** With what the legend picks out. */
export function recordClass({ deleted, writer, olderVersions }: RecordCell): string {
  const isUncommitted = writer !== null;
  return `rec${deleted ? " rec-deleted" : ""}${isUncommitted ? " rec-uncommitted" : ""}${olderVersions > 0 ? " rec-versions" : ""}`;
}

export function slotBox(cell: GapCell, height: number, at: Point): Box {
  const aside = Math.min(5, cell.width / 8);
  return {
    x: at.x + aside,
    y: at.y + height / 2 - SLOT_HEIGHT / 2,
    width: cell.width - 2 * aside,
    height: SLOT_HEIGHT,
  };
}

const TEXT_CLASSES = {
  key: "t-key rec-key",
  note: "t-note t-muted rec-key",
  end: "t-note t-muted",
  fold: "t-label",
  writer: "t-note session-on",
};

export function texts(cell: Cell, height: number, at: Point = ORIGIN): ReactNode {
  return cellTexts(cell, height).map((text) => (
    <text
      key={`${text.role} ${text.y}`}
      x={at.x + text.x}
      y={at.y + text.y}
      dy="0.35em"
      textAnchor={text.anchor}
      className={TEXT_CLASSES[text.role]}
    >
      {text.text}
    </text>
  ));
}
