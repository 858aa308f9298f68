/**
 * One index as a row of cells: the infimum end, then slot and record in turn, then the supremum end.
 *
 *     infimum ┤ gap ├[ 0 ]┤ gap ├[ 5 ]┤ gap ├  supremum ┊ (next page) ┤ gap ├[ 10 ]┤ gap ├  supremum
 *
 * Every leaf page has a supremum of its own, and what is locked on it is the gap behind the page's last record.
 * Runs of records that look alike (no lock, or the same granted locks on each) fold into one cell when there are
 * too many to draw; the first and the last of a run stay.
 */

import { assert } from "../base/assert.ts";
import { intMapGet, intMapToArray } from "../base/int_map.ts";
import type { PageNo, RecId, SessionName } from "../trace/ids.ts";
import type { IndexState, PageState, RecLockState, State } from "../trace/state.ts";
import {
  END_PADDING,
  fittingZoom,
  infimumWidth,
  NEAR_KEYS,
  recordWidth,
  spreadGap,
  TICK,
} from "./cell_widths.ts";
import { type Entry, foldedRuns, lookOf } from "./folding.ts";
import type { Label } from "./geometry.ts";
import { keptCells } from "./kept_cells.ts";
import { ellipsized, textWidth } from "./measure.ts";
import { bodyOf, type Columns } from "./record_body.ts";
import { type Partners, uncommittedWriter, versionChain } from "./record_facts.ts";

export type Cell = InfimumCell | GapCell | RecordCell | SupremumCell | FoldCell;

interface CellPlace {
  readonly x: number;
  readonly width: number;
}

export interface InfimumCell extends CellPlace {
  readonly kind: "infimum";
  readonly rec: RecId;
  readonly page: PageNo;
  /** Null on a page that is not the first: its border says so. */
  readonly text: string | null;
}

/** The slot before a record or supremum. */
export interface GapCell extends CellPlace {
  readonly kind: "gap";
  readonly before: RecId;
  /** Keys on both sides; null is the end of the index. */
  readonly low: string | null;
  readonly high: string | null;
}

export interface RecordCell extends CellPlace {
  readonly kind: "rec";
  readonly rec: RecId;
  readonly key: string;
  /** Other columns, "c 5", as many as there is room for. */
  readonly notes: readonly string[];
  readonly deleted: boolean;
  readonly writer: SessionName | null;
  readonly olderVersions: number;
  /** Far away: a tick without a text, but for every so many a key above it. */
  readonly tick: "no" | "bare" | "named";
}

export interface SupremumCell extends CellPlace {
  readonly kind: "supremum";
  readonly rec: RecId;
  readonly page: PageNo;
  readonly text: string | null;
}

/** Stands for whole records with the gaps before them. */
export interface FoldCell extends CellPlace {
  readonly kind: "fold";
  readonly recs: readonly RecId[];
  readonly text: string;
}

/** A cell's texts, in coordinates of the cell; `role` says which is which. */
export interface CellText extends Label {
  readonly role: "key" | "note" | "end" | "fold" | "writer";
}

/** How near: records with their columns, with their keys, or as ticks. */
export type Zoom = (typeof ZOOMS)[number];

/** From far to near. */
export const ZOOMS = ["ticks", "keys", "full"] as const;

/** As near as so many records allow: the number of those that do not fold. */
export function zoomFor(records: number): Zoom {
  if (records <= ZOOM_UP_TO.full) return "full";
  return records <= ZOOM_UP_TO.keys ? "keys" : "ticks";
}

export interface CellOptions {
  /** "fitting": each line as near as its width allows. Null: as the number of records has it. */
  readonly zoom?: Zoom | "fitting" | null;
  /** Records that must be drawn: the selection, and runs that a person opened. */
  readonly keep: ReadonlySet<RecId>;
  /** Width to spread out to, if there is room. */
  readonly width: number;
  readonly foldedText: (count: number) => string;
  readonly infimumText: string;
  /** The infimum is at least as wide. */
  readonly infimumRoom?: number;
  readonly supremumText: string;
}

const ZOOM_UP_TO = { full: 60, keys: 300 };
/** A gap narrower than this is seen from far away. */
export const FAR_GAP = 14;
/** Between the ticks that have their keys above them. */
const TICK_NAME_APART = 84;
const KEY_Y = 15;
/** From a record's right edge to the middle of its writer's tab. */
export const WRITER_ASIDE = 13;
const NOTE_HEIGHT = 14;

const NO_COLUMNS: Columns = [];

export function indexCells(
  state: State,
  index: IndexState,
  locksOf: ReadonlyMap<RecId, readonly RecLockState[]>,
  partners: Partners,
  options: CellOptions,
): readonly Cell[] {
  const columns = intMapGet(state.tables, index.table)?.columns ?? NO_COLUMNS;
  const pages = pagesOf(index);
  const byPage = pages.map((page) =>
    page.recs.flatMap((id): Entry[] => {
      const rec = intMapGet(state.recs, id);
      if (rec === undefined) return [];
      return [{ rec, page: page.no, look: lookOf(state, index, rec, locksOf, partners) }];
    }),
  );
  const entries = byPage.flat();
  let folded = foldedRuns(entries, options.keep);
  const zoom =
    options.zoom === "fitting"
      ? fittingZoom(index, entries, columns, folded, options)
      : (options.zoom ?? zoomFor(entries.length - folded.size));
  if (zoom === "ticks") folded = new Map();
  const shown = entries.filter((entry) => !folded.has(entry.rec.id));
  const recWidth = recordWidth(index, shown, columns, zoom);
  const gapWidth =
    zoom === "full"
      ? spreadGap(index, entries.length, folded, recWidth, options)
      : zoom === "keys"
        ? NEAR_KEYS.gap
        : TICK.gap;
  const make = (): readonly Cell[] =>
    cellsOf(state, index, byPage, folded, { zoom, recWidth, gapWidth }, partners, options);
  if (zoom !== "ticks") return make();
  // From afar a cell says so little that a lock more or less makes none another.
  const { infimumText, supremumText, infimumRoom } = options;
  const { recs, tables, undo } = state;
  return keptCells(
    index,
    [recs, tables, undo, writersOf(state), infimumText, supremumText, infimumRoom],
    make,
  );
}

/** Who writes: all that a tick says of the transactions. */
function writersOf(state: State): string {
  return intMapToArray(state.trxs)
    .map((trx) => `${trx.id} ${trx.session}`)
    .join();
}

interface Nearness {
  readonly zoom: Zoom;
  readonly recWidth: number;
  readonly gapWidth: number;
}

function cellsOf(
  state: State,
  index: IndexState,
  byPage: readonly (readonly Entry[])[],
  folded: ReadonlyMap<RecId, readonly RecId[]>,
  { zoom, recWidth, gapWidth }: Nearness,
  partners: Partners,
  options: CellOptions,
): readonly Cell[] {
  const columns = intMapGet(state.tables, index.table)?.columns ?? NO_COLUMNS;
  const pages = pagesOf(index);
  let named = -TICK_NAME_APART;

  const cells: Cell[] = [];
  let x = 0;
  const put = (
    cell: { readonly [K in Cell["kind"]]: Omit<Extract<Cell, { kind: K }>, "x"> }[Cell["kind"]],
  ): void => {
    cells.push({ ...cell, x } as Cell);
    x += cell.width;
  };
  let low: string | null = null;
  for (const [at, page] of pages.entries()) {
    put({
      kind: "infimum",
      rec: page.infimum,
      page: page.no,
      text: at === 0 ? options.infimumText : null,
      width: at === 0 ? infimumWidth(options) : 14,
    });
    for (const { rec } of byPage[at] ?? []) {
      const run = folded.get(rec.id);
      if (run !== undefined) {
        if (run[0] === rec.id) {
          const text = options.foldedText(run.length);
          put({ kind: "fold", recs: run, text, width: textWidth(text, "label") + 28 });
        }
      } else {
        put({ kind: "gap", before: rec.id, low, high: rec.key, width: gapWidth });
        const isNamed = zoom === "ticks" && x - named >= TICK_NAME_APART;
        if (isNamed) named = x;
        put({
          kind: "rec",
          rec: rec.id,
          key:
            zoom === "ticks"
              ? ellipsized(rec.key, "note", TICK_NAME_APART - 12)
              : ellipsized(rec.key, "key", recWidth - 12),
          notes: zoom === "full" ? bodyOf(index, rec, columns).notes : [],
          tick: zoom !== "ticks" ? "no" : isNamed ? "named" : "bare",
          deleted: rec.deleted,
          writer: uncommittedWriter(state, index, rec, partners),
          olderVersions: index.clustered ? versionChain(state, rec).length - 1 : 0,
          width: recWidth,
        });
      }
      low = rec.key;
    }
    const isLast = at === pages.length - 1;
    const next = byPage[at + 1]?.[0];
    put({
      kind: "gap",
      before: page.supremum,
      low,
      high: isLast ? null : (next?.rec.key ?? null),
      width: gapWidth,
    });
    const width = isLast ? textWidth(options.supremumText, "note") + END_PADDING : 26;
    const text = isLast ? options.supremumText : null;
    put({ kind: "supremum", rec: page.supremum, page: page.no, text, width });
  }
  return cells;
}

function pagesOf(index: IndexState): readonly PageState[] {
  return index.leaves.map((no) => {
    const page = intMapGet(index.pages, no);
    assert(page !== undefined, `leaf ${no} of ${index.name}`);
    return page;
  });
}

/** Where a lock on this record lies: the slot before it and the record itself. */
export interface LockPlace {
  readonly gap: CellPlace | null;
  readonly rec: CellPlace & { readonly isEnd: boolean };
  readonly fold: FoldCell | null;
}

/** Of those that `isLocked`. */
export function lockPlaces(
  cells: readonly Cell[],
  isLocked: (rec: RecId) => boolean,
): ReadonlyMap<RecId, LockPlace> {
  const places = new Map<RecId, LockPlace>();
  for (const [at, cell] of cells.entries()) {
    if (cell.kind === "fold") {
      const { x, width } = cell;
      for (const rec of cell.recs) {
        if (isLocked(rec))
          places.set(rec, { gap: null, rec: { x, width, isEnd: false }, fold: cell });
      }
    } else if ((cell.kind === "rec" || cell.kind === "supremum") && isLocked(cell.rec)) {
      const before = cells[at - 1];
      const gap = before?.kind === "gap" ? before : null;
      const { x, width } = cell;
      places.set(cell.rec, { gap, rec: { x, width, isEnd: cell.kind === "supremum" }, fold: null });
    }
  }
  return places;
}

/** Height of the line: a record's key with its notes under it. */
export function lineHeight(cells: readonly Cell[]): number {
  let notes = 0;
  for (const cell of cells) {
    if (cell.kind === "rec" && cell.notes.length > notes) notes = cell.notes.length;
  }
  return 28 + notes * NOTE_HEIGHT;
}

export function cellTexts(cell: Cell, height: number): readonly CellText[] {
  const x = cell.width / 2;
  const middle = height / 2;
  switch (cell.kind) {
    case "gap":
      return [];
    case "fold":
      return [{ role: "fold", text: cell.text, x, y: middle, anchor: "middle", size: "label" }];
    case "infimum":
    case "supremum": {
      if (cell.text === null) return [];
      const aside = cell.kind === "infimum" ? 4 : -4;
      return [
        { role: "end", text: cell.text, x: x + aside, y: middle, anchor: "middle", size: "note" },
      ];
    }
    case "rec": {
      if (cell.tick === "bare") return [];
      if (cell.tick === "named") {
        return [{ role: "note", text: cell.key, x: 0, y: -7, anchor: "start", size: "note" }];
      }
      const key: CellText = {
        role: "key",
        text: cell.key,
        x,
        y: KEY_Y,
        anchor: "middle",
        size: "key",
      };
      const notes = cell.notes.map(
        (text, at): CellText => ({
          role: "note",
          text,
          x,
          y: KEY_Y + 16 + at * NOTE_HEIGHT,
          anchor: "middle",
          size: "note",
        }),
      );
      if (cell.writer === null) return [key, ...notes];
      const { writer } = cell;
      const tab: CellText = {
        role: "writer",
        text: writer,
        x: cell.width - WRITER_ASIDE,
        y: -6,
        anchor: "middle",
        size: "note",
      };
      return [key, ...notes, tab];
    }
  }
}
