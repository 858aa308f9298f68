/**
 * The B+tree above its leaf line: a bar for every page, over the stretch of the line that hangs below it. The root is on
 * top; where a search goes down can be read from top to bottom.
 *
 *     ┌ page 4, root ─────────────────────────────────────┐
 *     ├ page 5 · 3 records ──────┬ page 6 · 4 records ────┤
 *      ─[ 1 ]──[ 2 ]──[ 3 ]──────┊─[ 4 ]──[ 5 ] ...
 */
import { intMapGet } from "../base/int_map.ts";
import type { PageNo } from "../trace/ids.ts";
import type { IndexState } from "../trace/state.ts";
import type { Box, Label } from "./geometry.ts";
import type { Cell } from "./index_cells.ts";
import { ellipsized, textWidth } from "./measure.ts";

export interface PageBar {
  readonly page: PageNo;
  readonly level: number;
  readonly box: Box;
  /** The same text again and again along a wide bar, so that it can be read wherever one looks. */
  readonly labels: readonly Label[];
}

export interface PageTexts {
  readonly root: (page: PageNo, children: number) => string;
  readonly inner: (page: PageNo, children: number) => string;
  readonly leaf: (page: PageNo, records: number) => string;
}

const BAR = 16;
export const BAR_PITCH = BAR + 2;
const LABEL_EVERY = 640;
const PADDING = 6;

/** From the root down to the leaves; none when the root is the only page. `top` is where the first row begins. */
export function pageBars(
  index: IndexState,
  cells: readonly Cell[],
  top: number,
  texts: PageTexts,
): readonly PageBar[] {
  if (index.leaves.length < 2) return [];
  const stretches = leafStretches(cells);
  const rows: PageBar[][] = [];
  const place = (no: PageNo, depth: number): { left: number; right: number } | null => {
    const page = intMapGet(index.pages, no);
    if (page === undefined) return null;
    let stretch = page.level === 0 ? (stretches.get(no) ?? null) : null;
    for (const child of page.children) {
      const below = place(child, depth + 1);
      if (below === null) continue;
      stretch = {
        left: Math.min(stretch?.left ?? below.left, below.left),
        right: Math.max(stretch?.right ?? below.right, below.right),
      };
    }
    if (stretch === null) return null;
    const { left, right } = stretch;
    const box = { x: left + 1, y: top + depth * BAR_PITCH, width: right - left - 2, height: BAR };
    const text =
      page.level === 0
        ? texts.leaf(no, page.recs.length)
        : no === index.root
          ? texts.root(no, page.children.length)
          : texts.inner(no, page.children.length);
    rows[depth] = [
      ...(rows[depth] ?? []),
      { page: no, level: page.level, box, labels: labelsOf(text, box) },
    ];
    return stretch;
  };
  place(index.root, 0);
  return rows.flat();
}

/** How many rows the bars of an index take. */
export function pageLevels(index: IndexState): number {
  if (index.leaves.length < 2) return 0;
  return (intMapGet(index.pages, index.root)?.level ?? 0) + 1;
}

function leafStretches(
  cells: readonly Cell[],
): ReadonlyMap<PageNo, { readonly left: number; readonly right: number }> {
  const stretches = new Map<PageNo, { left: number; right: number }>();
  for (const cell of cells) {
    if (cell.kind === "infimum") stretches.set(cell.page, { left: cell.x, right: cell.x });
    if (cell.kind !== "supremum") continue;
    const left = stretches.get(cell.page)?.left ?? cell.x;
    stretches.set(cell.page, { left, right: cell.x + cell.width });
  }
  return stretches;
}

function labelsOf(text: string, box: Box): readonly Label[] {
  const room = box.width - 2 * PADDING;
  const shown = ellipsized(text, "note", room);
  if (shown === "…" || room < 12) return [];
  const width = textWidth(shown, "note");
  const labels: Label[] = [];
  for (let x = PADDING; x + width <= box.width - PADDING + 1; x += LABEL_EVERY) {
    labels.push({ text: shown, x: box.x + x, y: box.y + BAR / 2, anchor: "start", size: "note" });
  }
  return labels;
}
