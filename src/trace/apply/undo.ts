/** The fold of the undo log and purge. */
import { unreachable } from "../../base/assert.ts";
import { intMapDelete, intMapSet } from "../../base/int_map.ts";
import type { EventHead, UndoEvent } from "../events.ts";
import type { TrxRef } from "../ids.ts";
import type { State } from "../state.ts";
import { patched, without } from "./patch.ts";

export function applyUndoEvent(state: State, event: EventHead & UndoEvent): State {
  switch (event.type) {
    case "undo.written":
      return {
        ...withUndoCount(state, event.trx, event.undoCount),
        undo: intMapSet(state.undo, event.undo.rollPtr, event.undo),
      };
    case "undo.applied":
      return {
        ...withUndoCount(state, event.trx, event.undoCount),
        undo: intMapDelete(state.undo, event.rollPtr),
      };
    case "undo.discarded":
      return { ...state, undo: without(state.undo, event.rollPtrs) };
    case "purge.ran":
      return { ...state, history: event.history };
    case "purge.heldBack":
      return state;
    default:
      return unreachable(event);
  }
}

function withUndoCount(state: State, ref: TrxRef, undoCount: number): State {
  return { ...state, trxs: patched(state.trxs, ref, (trx) => ({ ...trx, undoCount })) };
}
