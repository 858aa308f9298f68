/** The fold of the way of results to the clients: every event carries what is new. */
import type { NetEvent } from "../events_net.ts";
import type { State } from "../state.ts";
import type { NetState } from "../state_net.ts";

export function applyNetEvent(state: State, event: NetEvent): State {
  const { name, now } = event;
  const before = state.net.find((one) => one.session === name);
  if (event.type === "net.configured") {
    const last = before?.last ?? null;
    const fresh: NetState = { session: name, settings: event.settings, ...now, last };
    return before === undefined
      ? { ...state, net: inOrder([...state.net, fresh]) }
      : replaced(state, fresh);
  }
  if (before === undefined) return state;
  const { last } = event.type === "client.ended" ? event : before;
  return replaced(state, { ...before, ...now, last });
}

function replaced(state: State, fresh: NetState): State {
  return { ...state, net: state.net.map((one) => (one.session === fresh.session ? fresh : one)) };
}

/** By the sessions' names. */
function inOrder(net: readonly NetState[]): readonly NetState[] {
  return [...net].sort((a, b) => (a.session < b.session ? -1 : 1));
}
