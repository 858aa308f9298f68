/** The fold of transactions, savepoints and read views. */
import { unreachable } from "../../base/assert.ts";
import { intMapDelete, intMapSet } from "../../base/int_map.ts";
import type { EventHead, ReadViewEvent, TrxEvent } from "../events.ts";
import type { State } from "../state.ts";
import { patched } from "./patch.ts";

export function applyTrxEvent(state: State, event: EventHead & (TrxEvent | ReadViewEvent)): State {
  switch (event.type) {
    case "trx.started":
      return {
        ...state,
        trxs: intMapSet(state.trxs, event.trx.ref, { ...event.trx, startedAt: event.seq }),
      };
    case "trx.idAssigned":
      return {
        ...state,
        trxs: patched(state.trxs, event.ref, (trx) => ({ ...trx, id: event.id })),
        readViews:
          event.view === undefined
            ? state.readViews
            : patched(state.readViews, event.view, (view) => ({ ...view, creatorTrxId: event.id })),
        nextTrxId: event.nextTrxId,
      };
    case "trx.changed":
      return {
        ...state,
        trxs: patched(state.trxs, event.ref, (trx) => ({ ...trx, ...event.change })),
      };
    case "trx.committed":
      return {
        ...state,
        trxs: intMapDelete(state.trxs, event.ref),
        nextTrxId: event.nextTrxId,
        history: event.history === null ? state.history : [...state.history, event.history],
      };
    case "trx.rolledBack":
      return { ...state, trxs: intMapDelete(state.trxs, event.ref) };
    // The list itself comes with trx.changed; these say what it was about.
    case "savepoint.set":
    case "savepoint.released":
    case "savepoint.rolledBack":
      return state;
    case "readView.opened":
      return {
        ...state,
        readViews: intMapSet(state.readViews, event.view.id, {
          ...event.view,
          openedAt: event.seq,
        }),
        trxs: patched(state.trxs, event.view.trx, (trx) => ({ ...trx, readView: event.view.id })),
      };
    case "readView.closed":
      return {
        ...state,
        readViews: intMapDelete(state.readViews, event.id),
        trxs: patched(state.trxs, event.trx, (trx) =>
          trx.readView === event.id ? { ...trx, readView: null } : trx,
        ),
      };
    case "readView.checked":
    case "readView.pageChecked":
      return state;
    default:
      return unreachable(event);
  }
}
