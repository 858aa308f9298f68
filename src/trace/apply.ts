/**
 * The fold: `state` after one more event. Total and pure; whatever an event does not touch is shared with the
 * state before, so that a checkpoint costs nothing.
 *
 * It is dumb on purpose: events carry the complete new value of what they change. A computation here would
 * be a second engine. Events that only tell what was looked at (a version checked, a record visited, a lock already
 * held) change nothing but `seq`.
 */
import { applyDictionaryEvent } from "./apply/dictionary.ts";
import { applyLockEvent } from "./apply/locks.ts";
import { applyMdlEvent } from "./apply/metadata_locks.ts";
import { applyNetEvent } from "./apply/net.ts";
import { applyRecordEvent } from "./apply/records.ts";
import { applySessionEvent } from "./apply/sessions.ts";
import { applyTrxEvent } from "./apply/transactions.ts";
import { applyUndoEvent } from "./apply/undo.ts";
import type { TraceEvent } from "./events.ts";
import type { State } from "./state.ts";

export { initialState } from "./initial_state.ts";

/** The state with the event folded in; the state given stays as it was. Events come in order, none is left out. */
export function applyEvent(state: State, event: TraceEvent): State {
  return { ...changedBy(state, event), seq: event.seq + 1 };
}

/** As `applyEvent` for each, in order. */
export function applyEvents(state: State, events: Iterable<TraceEvent>): State {
  let folded = state;
  for (const event of events) folded = applyEvent(folded, event);
  return folded;
}

function changedBy(state: State, event: TraceEvent): State {
  switch (event.type) {
    case "session.opened":
    case "session.changed":
    case "session.closed":
    case "command.refused":
    case "statement.started":
    case "statement.waiting":
    case "statement.resumed":
    case "statement.ended":
    case "plan.chosen":
      return applySessionEvent(state, event);
    case "mdl.granted":
    case "mdl.waiting":
    case "mdl.blockersChanged":
    case "mdl.released":
      return applyMdlEvent(state, event);
    case "trx.started":
    case "trx.idAssigned":
    case "trx.changed":
    case "trx.committed":
    case "trx.rolledBack":
    case "savepoint.set":
    case "savepoint.released":
    case "savepoint.rolledBack":
    case "readView.opened":
    case "readView.closed":
    case "readView.checked":
    case "readView.pageChecked":
      return applyTrxEvent(state, event);
    case "table.created":
    case "table.changed":
    case "table.dropped":
    case "index.created":
    case "index.changed":
    case "index.dropped":
      return applyDictionaryEvent(state, event);
    case "index.searched":
    case "rec.visited":
    case "rec.streamed":
    case "rec.inserted":
    case "rec.changed":
    case "rec.removed":
    case "page.reorganized":
      return applyRecordEvent(state, event);
    case "undo.written":
    case "undo.applied":
    case "undo.discarded":
    case "purge.ran":
    case "purge.heldBack":
      return applyUndoEvent(state, event);
    case "net.configured":
    case "net.resultStarted":
    case "net.flowed":
    case "net.blocked":
    case "net.writable":
    case "net.shutDown":
    case "client.called":
    case "client.failed":
    case "client.turned":
    case "client.ended":
      return applyNetEvent(state, event);
    case "clock.advanced":
      return { ...state, clockMs: event.toMs };
    default:
      return applyLockEvent(state, event);
  }
}
