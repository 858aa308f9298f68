/** The things that an event is about, by their keys (`refKey`): so that a line of the log and what it tells of light up together. */
import { append } from "../base/lists.ts";
import type { TraceEvent } from "../trace/events.ts";

export function eventKeys(event: TraceEvent): readonly string[] {
  const keys = [`event:${event.seq}`];
  if (event.statement !== null) keys.push(`statement:${event.statement}`);
  append(keys, subjects(event));
  return keys;
}

function subjects(event: TraceEvent): readonly string[] {
  switch (event.type) {
    case "lock.granted":
    case "lock.waiting":
    case "lock.grantedAfterWait":
      return [`lock:${event.lock.id}`];
    case "lock.blockersChanged":
    case "lock.timedOut":
      return [`lock:${event.id}`];
    case "lock.alreadyHeld":
      return [`lock:${event.held}`];
    case "lock.refused":
      return event.blockers.map((blocker) => `lock:${blocker.lock}`);
    case "lock.released":
      return event.ids.map((id) => `lock:${id}`);
    case "lock.moved":
      return event.locks.map((lock) => `lock:${lock.id}`);
    case "deadlock.found":
      return event.deadlock.cycle.map((member) => `lock:${member.waitsFor.id}`);
    case "statement.waiting":
      return event.lock === undefined ? [] : [`lock:${event.lock.id}`];
    case "mdl.granted":
    case "mdl.waiting":
      return [`mdl:${event.lock.id}`];
    case "mdl.blockersChanged":
      return [`mdl:${event.id}`];
    case "mdl.released":
      return event.ids.map((id) => `mdl:${id}`);
    case "rec.visited":
    case "rec.removed":
      return [`rec:${event.rec}`];
    case "rec.inserted":
    case "rec.changed":
      return [`rec:${event.rec.id}`, `version:${event.rec.id}:0`];
    case "readView.checked":
      return [`rec:${event.rec}`, `readView:${event.view}`];
    case "readView.pageChecked":
      return [`rec:${event.rec}`, `readView:${event.view}`];
    case "readView.opened":
      return [`readView:${event.view.id}`];
    case "readView.closed":
      return [`readView:${event.id}`];
    case "undo.written":
      return [`version:${event.undo.rec}:${event.undo.rollPtr}`];
    case "trx.started":
      return [`trx:${event.trx.ref}`];
    case "trx.idAssigned":
    case "trx.committed":
    case "trx.rolledBack":
      return [`trx:${event.ref}`];
    case "session.opened":
      return [`session:${event.state.name}`];
    case "command.refused":
      return [`session:${event.name}`];
    default:
      return [];
  }
}
