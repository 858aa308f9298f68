/** How wide the cells of an index line are, in pixels, and how near a line can be looked at in the width there is. */
import { maxOf } from "../base/lists.ts";
import type { RecId } from "../trace/ids.ts";
import type { IndexState } from "../trace/state.ts";
import type { Entry } from "./folding.ts";
import type { CellOptions, Zoom } from "./index_cells.ts";
import { textWidth } from "./measure.ts";
import { bodyOf, type Columns, REC_WIDTH } from "./record_body.ts";

const GAP_WIDTH = 36;
const GAP_WIDTH_MAX = 72;
export const NEAR_KEYS = { gap: 16, min: 30 };
export const TICK = { gap: 6, rec: 8 };
export const END_PADDING = 14;
/** Room behind the supremum. */
export const RIGHT_MARGIN = 12;

export function recordWidth(
  index: IndexState,
  entries: readonly Entry[],
  columns: Columns,
  zoom: Zoom,
): number {
  if (zoom === "ticks") return TICK.rec;
  if (zoom === "keys") {
    const widths = entries.map(({ rec }) => textWidth(rec.key, "key") + 14);
    return Math.round(Math.min(maxOf(widths, NEAR_KEYS.min), REC_WIDTH.max));
  }
  let width = REC_WIDTH.min;
  for (const { rec } of entries) width = Math.max(width, bodyOf(index, rec, columns).width);
  return Math.round(Math.min(width, REC_WIDTH.max));
}

export function infimumWidth({ infimumText, infimumRoom = 0 }: CellOptions): number {
  return Math.max(textWidth(infimumText, "note") + END_PADDING, infimumRoom);
}

/** The nearest that needs no more than the width there is, or else what needs least. */
export function fittingZoom(
  index: IndexState,
  entries: readonly Entry[],
  columns: Columns,
  folded: ReadonlyMap<RecId, readonly RecId[]>,
  options: CellOptions,
): Zoom {
  const shown = entries.filter((entry) => !folded.has(entry.rec.id));
  const ends = fixedWidth(index, folded, options);
  const needs = (zoom: Zoom, gap: number): number =>
    ends + shown.length * (recordWidth(index, shown, columns, zoom) + gap);
  if (needs("full", GAP_WIDTH) <= options.width) return "full";
  const ticks = entries.length * (TICK.rec + TICK.gap);
  return needs("keys", NEAR_KEYS.gap) <= Math.max(options.width, ticks) ? "keys" : "ticks";
}

/** Of what is no record and no gap. */
function fixedWidth(
  index: IndexState,
  folded: ReadonlyMap<RecId, readonly RecId[]>,
  options: CellOptions,
): number {
  let fixed = infimumWidth(options) + textWidth(options.supremumText, "note") + END_PADDING;
  fixed += (index.leaves.length - 1) * 40 + RIGHT_MARGIN;
  for (const run of new Set(folded.values()))
    fixed += textWidth(options.foldedText(run.length), "label") + 28;
  return fixed;
}

/** Gaps grow to fill the width there is. */
export function spreadGap(
  index: IndexState,
  records: number,
  folded: ReadonlyMap<RecId, readonly RecId[]>,
  recWidth: number,
  options: CellOptions,
): number {
  const fixed = fixedWidth(index, folded, options);
  const shown = records - folded.size;
  const gaps = shown + index.leaves.length;
  const room = (options.width - fixed - shown * recWidth) / gaps;
  return Math.round(Math.max(GAP_WIDTH, Math.min(GAP_WIDTH_MAX, room)));
}
