/**
 * Where the cursor goes on after the statement was away: its record may be gone.
 *
 *   [5] [10] [15]     stood on 10, 10 was purged:  upwards go on with 15, downwards with 5
 *
 * InnoDB: btr_pcur_t::restore_position, sel_restore_position_for_mysql (row0sel.cc).
 * Departure: a record is an object that keeps its identity when its page splits or merges; only one that was
 * physically removed has to be searched for again.
 */
import { assert } from "../../base/assert.ts";
import { leftmostLeaf, nextRec, prevRec, rightmostLeaf, seek } from "../btree/cursor.ts";
import { compareKeys } from "../datum.ts";
import type { Rec } from "../types.ts";
import type { ReadState } from "./read_state.ts";

export interface Restored {
  /** The cursor stands on the record it stood on, or on one with its key. */
  readonly sameUserRec: boolean;
  /** The record under the cursor has not been looked at yet. */
  readonly needsProcessing: boolean;
}

/** Puts the cursor back to where it was stored. */
export function restorePosition(state: ReadState, movesUp: boolean): Restored {
  const stored = state.at;
  assert(stored !== null, "the cursor was positioned before");
  const { relPos } = state;
  state.relPos = "on";
  if (stored.kind !== "user") return restoreAtEnd(state, stored);
  if (relPos === "before") return restoreBefore(state, stored, movesUp);
  if (!stored.gone) return { sameUserRec: true, needsProcessing: false };
  const { index } = state.prebuilt;
  const count = index.fields.length;
  const { rec } = seek(index, stored.key, count, "LE");
  state.at = rec;
  if (rec.kind === "user" && compareKeys(index.fields, rec.key, stored.key, count) === 0) {
    return { sameUserRec: true, needsProcessing: false };
  }
  if (movesUp) state.at = nextRec(rec) ?? rec;
  return { sameUserRec: false, needsProcessing: true };
}

/** The cursor stood before a record that an exact search had not wanted. */
function restoreBefore(state: ReadState, stored: Rec, movesUp: boolean): Restored {
  const { index } = state.prebuilt;
  if (!stored.gone) {
    const goesBack = state.mode === "GE" && !movesUp;
    state.at = goesBack ? (prevRec(stored) ?? stored) : stored;
  } else {
    const { rec } = seek(index, stored.key, index.fields.length, "L");
    state.at = movesUp && rec.kind === "user" ? (nextRec(rec) ?? rec) : rec;
  }
  return { sameUserRec: false, needsProcessing: true };
}

/** The scan had come to an end of the index; its page may have been merged away. */
function restoreAtEnd(state: ReadState, stored: Rec): Restored {
  const { index } = state.prebuilt;
  if (index.pages.get(stored.page.no) !== stored.page) {
    const leaf = stored.kind === "supremum" ? rightmostLeaf(index) : leftmostLeaf(index);
    state.at = stored.kind === "supremum" ? leaf.supremum : leaf.infimum;
  }
  return { sameUserRec: false, needsProcessing: true };
}
