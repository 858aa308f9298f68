/** The event that answers "why?" for a thing: the one that made it what it is, looked for backwards from the cursor. */
import { unreachable } from "../base/assert.ts";
import { intMapGet } from "../base/int_map.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { Ref } from "../trace/ref.ts";
import type { State } from "../trace/state.ts";
import { eventAt, type Timeline } from "../trace/timeline.ts";

/** Looks at the last `events` before `position`; null when none of them made the thing. */
export function eventOfRef(
  timeline: Timeline,
  position: number,
  state: State,
  ref: Ref,
  events = Number.POSITIVE_INFINITY,
): TraceEvent | null {
  const makes = makerOf(state, ref);
  if (makes === null) return null;
  for (let seq = position - 1; seq >= Math.max(0, position - events); seq -= 1) {
    const event = eventAt(timeline, seq);
    if (event !== null && makes(event)) return event;
  }
  return null;
}

type Maker = (event: TraceEvent) => boolean;

function makerOf(state: State, ref: Ref): Maker | null {
  switch (ref.kind) {
    case "event":
      return (event) => event.seq === ref.id;
    case "lock":
      return (event) =>
        (event.type === "lock.granted" ||
          event.type === "lock.waiting" ||
          event.type === "lock.grantedAfterWait") &&
        event.lock.id === ref.id;
    case "mdl":
      return (event) =>
        (event.type === "mdl.granted" || event.type === "mdl.waiting") && event.lock.id === ref.id;
    case "session": {
      const session = state.sessions.find((each) => each.name === ref.id);
      const reason = session?.wait?.reason;
      if (reason?.kind === "recLock" || reason?.kind === "tableLock") {
        return makerOf(state, { kind: "lock", id: reason.lock });
      }
      if (reason?.kind === "mdl") return makerOf(state, { kind: "mdl", id: reason.lock });
      const isOwn: Maker = (event) => event.session === ref.id;
      return reason === undefined
        ? (event) => isOwn(event) && event.type === "statement.ended"
        : (event) => isOwn(event) && event.type === "statement.waiting";
    }
    case "statement": {
      const statement = intMapGet(state.statements, ref.id);
      if (statement === undefined) return null;
      const { outcome } = statement;
      if (outcome === null) return makerOf(state, { kind: "session", id: statement.session });
      const type = outcome.kind === "error" ? "statement.ended" : "plan.chosen";
      return (event) =>
        event.statement === ref.id &&
        (event.type === type || (event.type === "statement.started" && event.id === ref.id));
    }
    case "rec":
      return (event) =>
        (event.type === "rec.inserted" || event.type === "rec.changed") && event.rec.id === ref.id;
    case "version":
      return ref.id === 0
        ? makerOf(state, { kind: "rec", id: ref.rec })
        : (event) => event.type === "undo.written" && event.undo.rollPtr === ref.id;
    case "trx":
      return (event) =>
        (event.type === "trx.started" && event.trx.ref === ref.id) ||
        (event.type === "trx.idAssigned" && event.ref === ref.id);
    case "readView":
      return (event) => event.type === "readView.opened" && event.view.id === ref.id;
    case "gap":
    case "table":
    case "index":
      return null;
    default:
      return unreachable(ref);
  }
}
