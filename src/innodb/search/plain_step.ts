/**
 * The usual step of a locking scan upwards: on the page where the cursor stands another record follows, it belongs to the
 * range, nobody has locked it, written it or marked it as deleted. It gets its next-key lock and is the next row.
 *
 *     ... [40] [50] [60] ...        one look at the page instead of the way through row_search.ts and record_look.ts,
 *          at ─▶                    which comes to the same and says the same
 *
 * What a scan has to be for that is decided once, when its cursor is opened (`isPlain`); short indexes (`isLong` in range.ts),
 * those of the examples, do without, and without loading this.
 *
 * InnoDB has no such way: row_search_mvcc looks at each record alike.
 */
import type { RangeEnd, Row } from "../api.ts";
import type { Page, Rec } from "../types.ts";
import { goesUp } from "./range.ts";
import { emitVisit, type ReadState, skipsGaps } from "./read_state.ts";

/** Next-key locks on the clustered index, the rows not looked into, an end that the page's own numbers tell. */
export function isPlain(state: ReadState): boolean {
  const { prebuilt, endRange } = state;
  if (prebuilt.lockMode === "none" || !prebuilt.index.clustered || skipsGaps(state)) return false;
  if (state.pushed !== null || !goesUp(state.mode) || prebuilt.foreignKey !== null) return false;
  if (prebuilt.index.fields[0]?.desc === true) return false;
  return endRange === null || (endRange.key.length === 1 && typeof endRange.key[0] === "number");
}

/** Moves the cursor of a plain scan to the next row; false: nothing is done, it is to be looked for in the usual way. */
export function stepPlainly(state: ReadState): boolean {
  return moveOn(state, 1) > 0;
}

/**
 * Moves the cursor over rows that follow it plainly, `AHEAD` at the most, and hands them on in order; gives how many. For who
 * has a use for each of them, whatever it is: their locks are taken before the first is looked at.
 */
export function takeAhead(state: ReadState, take: (row: Row) => void): number {
  const count = moveOn(state, AHEAD);
  const last = state.at;
  if (count === 0 || last === null) return 0;
  const { recs } = last.page;
  for (let at = last.slot - count + 1; at <= last.slot; at += 1) take((recs[at] as Rec).row as Row);
  return count;
}

/** By so many records, or as far as it goes plainly on this page; gives how far. */
function moveOn(state: ReadState, most: number): number {
  const { at, prebuilt, endRange } = state;
  if (at === null || state.relPos !== "on" || state.stopFound) return 0;
  const { page } = at;
  const { recs, firsts } = page;
  const from = at.slot + 1;
  if (recs[at.slot] !== at) return 0;
  let to = Math.min(from + most, recs.length);
  if (endRange !== null) {
    if (firsts === null) return 0;
    to = insideEnd(firsts, from, to, endRange);
    if (to > from && state.foreseen !== page) lookAhead(state, page, from);
  }
  const mode = prebuilt.lockMode as "S" | "X";
  const run = { recs, from, to };
  const reached = state.context.locks().readFree(prebuilt.trx, run, mode, visited, state);
  const rec = recs[reached - 1] as Rec;
  if (reached === from) return 0;
  rec.slot = reached - 1;
  state.at = rec;
  prebuilt.clustRec = rec;
  prebuilt.row = rec.row;
  const isEnd = endRange !== null && firsts?.[reached - 1] === endRange.key[0];
  if (isEnd && prebuilt.index.uniqueFields === 1) state.stopFound = true;
  return reached - from;
}

function visited(state: ReadState, rec: Rec): void {
  emitVisit(state, rec, "match");
}

/** Where the range ends between the two places. */
function insideEnd(firsts: readonly number[], from: number, to: number, end: RangeEnd): number {
  const last = end.key[0] as number;
  let at = from;
  while (at < to) {
    const first = firsts[at];
    if (first === undefined || first > last || (first === last && !end.inclusive)) break;
    at += 1;
  }
  return at;
}

/** So many records are looked at ahead, if the range has them. */
const AHEAD = 16;
/** What was seen there: without a use for it nobody would look. */
let seen = 0;

/**
 * A glance at the records from there on, their rows and their keys' texts, which lie apart in memory. In a large table each is a
 * wait of its own when it is first needed; asked for one right after the other, the processor waits for all of them at once.
 */
export function lookAhead(state: ReadState, page: Page, from: number): void {
  const { recs, firsts } = page;
  if (state.endRange === null || firsts === null) return;
  const last = state.endRange.key[0] as number;
  state.foreseen = page;
  for (let at = from; at < from + AHEAD && (firsts[at] as number) <= last; at += 1) {
    const { row, keyText } = recs[at] as Rec;
    const value = row?.[row.length - 1];
    seen = (seen + (keyText?.length ?? 0) + (typeof value === "string" ? value.length : 0)) & 0xff;
  }
}
