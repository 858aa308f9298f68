/**
 * The usual step of a locking scan upwards: on the page where the cursor stands another record follows, it belongs to the
 * range, nobody has locked it, written it or marked it as deleted. It gets its next-key lock and is the next row.
 *
 *     ... [40] [50] [60] ...        one look at the page instead of the way through row_search.ts and record_look.ts,
 *          at ─▶                    which come to the same and say the same
 *
 * What a scan has to be for that is decided once, when its cursor is opened (`isPlain`).
 *
 * InnoDB has no such way: there, each record costs what the others cost.
 */
import { goesUp } from "./range.ts";
import { emitVisit, type ReadState, skipsGaps } from "./read_state.ts";

/** Next-key locks, on the clustered index, with nothing looked at in the rows. */
export function isPlain(state: ReadState): boolean {
  const { prebuilt, endRange } = state;
  if (prebuilt.lockMode === "none" || !prebuilt.index.clustered || skipsGaps(state)) return false;
  if (state.pushed !== null || state.semi !== "off" || !goesUp(state.mode)) return false;
  if (prebuilt.foreignKey !== null) return false;
  return endRange === null || (endRange.key.length === 1 && typeof endRange.key[0] === "number");
}

/** Moves the cursor of a plain scan to the next row; false: it has to be looked for in the usual way. */
export function stepPlainly(state: ReadState): boolean {
  const { at, prebuilt, endRange } = state;
  if (at === null || state.relPos !== "on" || state.stopFound) return false;
  const { page, slot } = at;
  const { recs, firsts } = page;
  const rec = recs[slot + 1];
  if (rec === undefined || recs[slot] !== at || rec.deleted) return false;
  const { index } = prebuilt;
  let isEnd = false;
  if (endRange !== null) {
    const first = firsts?.[slot + 1];
    if (first === undefined || index.fields[0]?.desc === true) return false;
    const order = first - (endRange.key[0] as number);
    if (order > 0 || (order === 0 && !endRange.inclusive)) return false;
    isEnd = order === 0 && index.uniqueFields === 1;
  }
  const mode = prebuilt.lockMode === "S" ? "S" : "X";
  if (!state.context.locks().readFree(prebuilt.trx, rec, mode)) return false;
  if (isEnd) state.stopFound = true;
  rec.slot = slot + 1;
  state.at = rec;
  state.newLock = null;
  state.newClustLock = null;
  state.isOutside = false;
  prebuilt.clustRec = rec;
  prebuilt.row = rec.row;
  emitVisit(state, rec, "match");
  return true;
}
