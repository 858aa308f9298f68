/** The fold of metadata locks. */
import { unreachable } from "../../base/assert.ts";
import { intMapSet } from "../../base/int_map.ts";
import type { EventHead, MdlEvent } from "../events.ts";
import type { State } from "../state.ts";
import { distinctSessions, patched, without } from "./patch.ts";

export function applyMdlEvent(state: State, event: EventHead & MdlEvent): State {
  switch (event.type) {
    case "mdl.granted":
    case "mdl.waiting":
      return { ...state, mdls: intMapSet(state.mdls, event.lock.id, event.lock) };
    case "mdl.blockersChanged": {
      const blockers = distinctSessions(event.blockers);
      return {
        ...state,
        mdls: patched(state.mdls, event.id, (lock) => ({ ...lock, blockers: event.blockers })),
        sessions: state.sessions.map((session) =>
          session.wait?.reason.kind === "mdl" && session.wait.reason.lock === event.id
            ? { ...session, wait: { ...session.wait, blockers } }
            : session,
        ),
      };
    }
    case "mdl.released":
      return { ...state, mdls: without(state.mdls, event.ids) };
    default:
      return unreachable(event);
  }
}
