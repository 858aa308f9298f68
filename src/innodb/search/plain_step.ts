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
import type { RangeEnd } from "../api.ts";
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
  const { at, prebuilt, endRange } = state;
  if (at === null || state.relPos !== "on" || state.stopFound) return false;
  const { page } = at;
  const { recs } = page;
  const slot = at.slot + 1;
  const rec = recs[slot];
  if (rec === undefined || recs[slot - 1] !== at || rec.deleted) return false;
  let isEnd = false;
  if (endRange !== null) {
    const first = page.firsts?.[slot];
    if (first === undefined) return false;
    const order = first - (endRange.key[0] as number);
    if (order > 0 || (order === 0 && !endRange.inclusive)) return false;
    isEnd = order === 0 && prebuilt.index.uniqueFields === 1;
    if (state.foreseen !== page) {
      state.foreseen = page;
      lookAhead(page, slot, endRange);
    }
  }
  const mode = prebuilt.lockMode as "S" | "X";
  if (!state.context.locks().readFree(prebuilt.trx, rec, mode)) return false;
  if (isEnd) state.stopFound = true;
  rec.slot = slot;
  state.at = rec;
  prebuilt.clustRec = rec;
  prebuilt.row = rec.row;
  emitVisit(state, rec, "match");
  return true;
}

/** So many records are looked at ahead, if the range has them. */
const AHEAD = 16;
/** What was seen there: without a use for it nobody would look. */
let seen = 0;

/**
 * A glance at the records to come, their rows and their keys' texts, which lie apart in memory. In a large table each is a
 * wait of its own when it is first needed; asked for one right after the other, the processor waits for all of them at once.
 */
function lookAhead({ recs, firsts }: Page, from: number, end: RangeEnd): void {
  const last = end.key[0] as number;
  for (let at = from; at < from + AHEAD && (firsts?.[at] as number) <= last; at += 1) {
    const rec = recs[at] as Rec;
    seen = (seen + (rec.row?.length ?? 0) + (rec.keyText?.length ?? 0)) & 0xff;
  }
}
