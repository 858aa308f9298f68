/**
 * What the optimizer is told: counted by ANALYZE, and estimated from the tree for a range.
 *
 * InnoDB: dict0stats.cc (dict_stats_update), btr0cur.cc (btr_estimate_n_rows_in_range_low),
 * ha_innodb.cc (info_low, innodb_rec_per_key, records_in_range).
 * Departure: ANALYZE counts every record; InnoDB samples indexes of more than 20 pages. Nobody recounts in the background.
 */
import type { Datum, RangeEnd } from "./api.ts";
import { entriesBelow } from "./btree/bounds.ts";
import { leftmostLeaf, nextUserRec, rightmostLeaf, type SearchMode } from "./btree/cursor.ts";
import { matchedFields } from "./datum.ts";
import { clusteredIndex, isUsable } from "./dictionary.ts";
import type { TableStats, WrittenStats } from "./table_stats.ts";
import type { Index, Page, ReadViewImpl, Rec, Table } from "./types.ts";

/** Pages of a segment that are taken one by one; then come whole extents (InnoDB: FSEG_FRAG_LIMIT). */
const FRAGMENT_PAGES = 32;
const EXTENT_PAGES = 64;
/** InnoDB: N_PAGES_READ_LIMIT. */
const PAGES_READ_MAX = 10;
/** MySQL: HA_ERR_TABLE_DEF_CHANGED (my_base.h). */
const TABLE_DEF_CHANGED = 159;

/** ANALYZE TABLE: delete-marked records do not count. */
export function analyze(table: Table): void {
  for (const index of table.indexes) index.distinct = countDistinct(index);
  table.statRuns += 1;
  const clustered = clusteredIndex(table);
  table.statPages = pagesOf(clustered);
  table.statRowsWritten = countRows(clustered);
  table.statRows = table.statRowsWritten;
}

function leavesOf({ pages }: Index): number {
  return [...pages.values()].filter(({ level }) => level === 0).length;
}

function pagesOf(index: Index): number {
  const leaves = leavesOf(index);
  const extents = Math.ceil(Math.max(0, leaves - FRAGMENT_PAGES) / EXTENT_PAGES);
  return index.pages.size - leaves + Math.min(leaves, FRAGMENT_PAGES) + extents * EXTENT_PAGES;
}

/**
 * What mysql.innodb_table_stats and innodb_index_stats hold (InnoDB: dict_stats_save).
 * Departure: sizes are those of now.
 */
export function writtenStats(table: Table): WrittenStats {
  return {
    rows: table.statRowsWritten,
    indexes: table.indexes.map((index) => ({
      name: index.name,
      columns: index.fields.slice(0, index.uniqueFields).map(({ column }) => column),
      distinct: index.distinct,
      leaves: leavesOf(index),
      pages: pagesOf(index),
    })),
  };
}

/** Nobody has the table open any more: who opens it next finds what ANALYZE has written (InnoDB: dict_table_close). */
export function readStatsAgain(table: Table): void {
  table.statRows = table.statRowsWritten;
  table.statRuns += 1;
}

/** How many different values there are, for each number of leading fields (InnoDB: n_diff_key_vals). */
function countDistinct(index: Index): number[] {
  const n = index.fields.length;
  const distinct = index.fields.map(() => 0);
  let previous: Rec | null = null;
  for (let rec = nextUserRec(leftmostLeaf(index).infimum); rec !== null; rec = nextUserRec(rec)) {
    if (rec.deleted) continue;
    const same = previous === null ? 0 : matchedFields(index.fields, previous.key, rec.key, n);
    for (let i = same; i < n; i += 1) distinct[i] = (distinct[i] as number) + 1;
    previous = rec;
  }
  return distinct;
}

function countRows(clustered: Index): number {
  let rows = 0;
  for (
    let rec = nextUserRec(leftmostLeaf(clustered).infimum);
    rec !== null;
    rec = nextUserRec(rec)
  ) {
    if (!rec.deleted) rows += 1;
  }
  return rows;
}

/** InnoDB: ha_innobase::info: the optimizer never sees a table without rows. */
export function tableStats(table: Table): TableStats {
  const { statRows, statPages, statRuns } = table;
  return {
    rows: Math.max(1, statRows),
    isEmpty: statRows < 1,
    pages: statPages,
    recPerKey: (id) =>
      table.indexes
        .find((index) => index.id === id)
        ?.distinct.map((count) => recordsPerValue(statRows, count)),
    analyzed: statRuns,
  };
}

/** `tableStats` would say the same but for what stands in the indexes. */
export function hasStats(
  { statRows, statPages, statRuns }: Table,
  { rows, pages, analyzed }: Pick<TableStats, "rows" | "pages" | "analyzed">,
): boolean {
  return (
    Math.max(1, statRows) === rows && Math.max(1, statPages) === pages && statRuns === analyzed
  );
}

/** InnoDB: innodb_rec_per_key: the rows of now over the values of the last ANALYZE. */
function recordsPerValue(rows: number, distinct: number): number {
  if (rows === 0) return 1;
  return Math.max(1, distinct === 0 ? rows : rows / distinct);
}

// ---------------------------------------------------------------- records in range

/** One level of a way down: the record the search stood on, counted from 1 (0: infimum, n + 1: supremum). */
interface Slot {
  readonly page: Page;
  readonly nth: number;
  readonly count: number;
}

/**
 * At least 1. Of an index that the reader's view cannot use InnoDB returns the error's number, and the optimizer takes it
 * for an estimate: 159 rows make it read a small table as a whole, and try the index of a large one (error 1412).
 *
 * InnoDB: ha_innobase::records_in_range (HA_ERR_TABLE_DEF_CHANGED).
 */
export function recordsInRange(
  index: Index,
  low: RangeEnd | null,
  high: RangeEnd | null,
  view: ReadViewImpl | null,
): number {
  if (!isUsable(index, view)) return TABLE_DEF_CHANGED;
  const near = low === null || high === null ? null : rowsOnOnePage(index, low, high);
  if (near !== null) return Math.max(1, near);
  const left =
    low === null ? sidePath(index, "left") : path(index, low.key, low.inclusive ? "GE" : "G");
  const right =
    high === null ? sidePath(index, "right") : path(index, high.key, high.inclusive ? "G" : "L");
  const leftLeaf = left.at(-1) as Slot;
  const rightLeaf = right.at(-1) as Slot;
  const borders = {
    left: low !== null && leftLeaf.nth <= leftLeaf.count,
    right: high !== null && !high.inclusive && rightLeaf.nth > 0,
  };
  return Math.max(1, Math.floor(estimate(index, left, right, borders)));
}

/** Both dives end on one page: what lies between is counted there. Null: they part further up. */
function rowsOnOnePage(index: Index, low: RangeEnd, high: RangeEnd): number | null {
  let page = index.root;
  while (page.level > 0) {
    const left = Math.max(1, entriesBelow(page, low.key, low.key.length, low.inclusive));
    const right = Math.max(1, entriesBelow(page, high.key, high.key.length, !high.inclusive));
    if (left !== right) return null;
    page = page.children[left - 1] as Page;
  }
  const left = entriesBelow(page, low.key, low.key.length, low.inclusive) + 1;
  const below = entriesBelow(page, high.key, high.key.length, !high.inclusive);
  const right = high.inclusive ? below + 1 : below;
  const hasLeft = left <= page.recs.length;
  const hasRight = !high.inclusive && right > 0;
  if (left === right) return hasLeft && hasRight ? 1 : 0;
  return left > right ? 0 : right - left - 1 + Number(hasLeft) + Number(hasRight);
}

/** InnoDB: btr_estimate_n_rows_in_range_low, after the two dives. */
function estimate(
  index: Index,
  left: readonly Slot[],
  right: readonly Slot[],
  counted: { left: boolean; right: boolean },
): number {
  const borders = { ...counted };
  let rows = 0;
  let isExact = true;
  let hasDiverged = false;
  let divergenceLevel: number | null = null;
  for (let i = 0; i < left.length; i += 1) {
    const slot1 = left[i] as Slot;
    const slot2 = right[i] as Slot;
    if (!hasDiverged && slot1.nth !== slot2.nth) {
      hasDiverged = true;
      if (slot1.nth < slot2.nth) {
        rows = slot2.nth - slot1.nth - 1;
        if (rows > 0) divergenceLevel = i;
      } else {
        rows = 0;
        borders.left = false;
        borders.right = false;
      }
    } else if (hasDiverged && divergenceLevel === null) {
      if (slot1.nth < slot1.count || slot2.nth > 1) {
        divergenceLevel = i;
        rows = Math.max(0, slot1.count - slot1.nth) + Math.max(0, slot2.nth - 1);
      }
    } else if (divergenceLevel !== null) {
      const level = countOnLevel(slot1, slot2, rows);
      rows = level.rows;
      isExact = level.isExact;
    }
  }
  const last1 = left.at(-1) as Slot;
  const last2 = right.at(-1) as Slot;
  if (isExact) {
    if (last1.page === last2.page && last1.nth === last2.nth)
      return borders.left && borders.right ? 1 : 0;
    return rows + (borders.left ? 1 : 0) + (borders.right ? 1 : 0);
  }
  if (divergenceLevel !== null && left.length > divergenceLevel + 1) rows *= 2;
  const half = Math.floor(index.table.statRows / 2);
  if (rows <= half) return rows;
  return half === 0 ? index.table.statRows : half;
}

/** InnoDB: btr_estimate_n_rows_in_range_on_level: counts up to ten pages, then goes by their average. */
function countOnLevel(
  slot1: Slot,
  slot2: Slot,
  rowsAbove: number,
): { readonly rows: number; readonly isExact: boolean } {
  let rows = Math.max(0, slot1.count - slot1.nth) + Math.max(0, slot2.nth - 1);
  let pagesRead = 0;
  let page: Page | null = slot1.page;
  do {
    pagesRead += 1;
    if (page !== slot1.page) rows += page.level === 0 ? page.recs.length : page.children.length;
    page = page.next;
    if (pagesRead === PAGES_READ_MAX || page === null) {
      return { rows: Math.floor((rowsAbove * rows) / pagesRead), isExact: false };
    }
  } while (page !== slot2.page);
  return { rows, isExact: true };
}

function path(index: Index, key: readonly Datum[], mode: SearchMode): Slot[] {
  const slots: Slot[] = [];
  const isStrict = mode === "GE" || mode === "L";
  let page = index.root;
  while (page.level > 0) {
    const { children } = page;
    const nth = Math.max(1, entriesBelow(page, key, key.length, isStrict));
    slots.push({ page, nth, count: children.length });
    page = children[nth - 1] as Page;
  }
  const { recs } = page;
  const below = entriesBelow(page, key, key.length, isStrict);
  slots.push({ page, nth: mode === "GE" || mode === "G" ? below + 1 : below, count: recs.length });
  return slots;
}

function sidePath(index: Index, side: "left" | "right"): Slot[] {
  const slots: Slot[] = [];
  let page = side === "left" ? leftmostLeaf(index) : rightmostLeaf(index);
  slots.unshift({ page, nth: side === "left" ? 0 : page.recs.length + 1, count: page.recs.length });
  while (page.parent !== null) {
    page = page.parent;
    slots.unshift({
      page,
      nth: side === "left" ? 1 : page.children.length,
      count: page.children.length,
    });
  }
  return slots;
}
