/**
 * The end of a range and the record the scan stands on: does the row belong to it, does the gap before it?
 *
 *   id BETWEEN 5 AND 12 on 5, 10, 15:
 *      5   begins the range: no row can come into the gap before it       record only
 *     10   in the range                                                   next-key
 *     15   behind its end: the row is of no interest, the gap (10,15) is  gap only
 *   id BETWEEN 5 AND 10: once 10 is locked the range is complete, 15 is not touched
 *
 * InnoDB: row_compare_row_to_range (row0sel.cc). MySQL: handler::compare_key, compare_key_icp.
 */
import type { RecLockShape } from "../../trace/state.ts";
import type { Datum } from "../api.ts";
import { firstOf } from "../btree/bounds.ts";
import type { SearchMode } from "../btree/cursor.ts";
import { compareKeys } from "../datum.ts";
import type { Index, Rec } from "../types.ts";
import type { Direction, ReadState } from "./read_state.ts";

/** What a locking read needs of a record. */
export interface RangeRelation {
  /** Null: nothing; the range was complete before. */
  readonly shape: RecLockShape | null;
  readonly rowCanBeInRange: boolean;
  /** The record is the very end of the range. */
  readonly isEnd: boolean;
}

/** What of a scan decides over the end of its range. */
export interface RangeScan {
  readonly direction: Direction;
  readonly isUnique: boolean;
  readonly locksGaps: boolean;
}

/** Which lock of `rec` the scan needs, and whether its row is of interest. */
export function relateToRange(state: ReadState, scan: RangeScan, rec: Rec): RangeRelation {
  const { index } = state.prebuilt;
  const needsNoGap =
    !scan.locksGaps || (scan.isUnique && !rec.deleted) || isStartOfRange(state, scan, rec);
  if (needsNoGap) return { shape: "recNotGap", rowCanBeInRange: true, isEnd: false };
  const end = state.endRange;
  const knowsEnd =
    index.clustered && goesUp(state.mode) && scan.direction !== "prev" && state.isReadingRange;
  const length = end?.key.length ?? 0;
  if (!knowsEnd || end === null || length === 0 || length > index.uniqueFields) return IN_RANGE;
  const order = -orderTo(index, rec, end.key);
  if (order > 0) return IN_RANGE;
  if (order < 0) return state.stopFound ? BEHIND_FOUND_END : BEHIND_END;
  return {
    shape: end.inclusive ? "ordinary" : "gap",
    rowCanBeInRange: end.inclusive,
    isEnd: length === index.uniqueFields,
  };
}

const IN_RANGE: RangeRelation = { shape: "ordinary", rowCanBeInRange: true, isEnd: false };
const BEHIND_END: RangeRelation = { shape: "gap", rowCanBeInRange: false, isEnd: false };
const BEHIND_FOUND_END: RangeRelation = { shape: null, rowCanBeInRange: false, isEnd: false };

/** `id >= 5` found 5 itself on the clustered index. */
function isStartOfRange(state: ReadState, scan: RangeScan, rec: Rec): boolean {
  const { index } = state.prebuilt;
  const { key } = state;
  return (
    index.clustered &&
    state.mode === "GE" &&
    scan.direction === "open" &&
    key.length === index.uniqueFields &&
    orderTo(index, rec, key) === 0
  );
}

/** Whether the record lies behind the end of the range the server has set, in the direction of the scan. */
export function isOutsideRange(
  state: ReadState,
  index: Index,
  rec: Rec,
  movesUp: boolean,
): boolean {
  const end = state.endRange;
  if (end === null) return false;
  const order = orderTo(index, rec, end.key);
  if (order === 0) return !end.inclusive;
  return movesUp ? order > 0 : order < 0;
}

/** The record beside a key; what the page has of its own key besides is looked at first. */
export function orderTo(index: Index, rec: Rec, key: readonly Datum[]): number {
  const first = firstOf(rec);
  const wanted = key[0];
  if (first !== null && typeof wanted === "number" && key.length === 1) return first - wanted;
  return compareKeys(index.fields, rec.key, key, key.length);
}

/** Whether the mode opens a scan in ascending order. */
/** Are there so many records that a scan may take a way of its own along them (`plain_step.ts`)? */
export function isLong({ root }: Index): boolean {
  return root.level > 0 || root.recs.length > LONG;
}

const LONG = 50;

export function goesUp(mode: SearchMode): boolean {
  return mode === "GE" || mode === "G";
}
