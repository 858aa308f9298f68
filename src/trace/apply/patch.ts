/** Small helpers of the fold: changing one entry of a persistent map. */
import { type IntMap, intMapDelete, intMapGet, intMapSet } from "../../base/int_map.ts";
import type { SessionName } from "../ids.ts";
import type { SessionState, State } from "../state.ts";

/** The map with the entry changed; the same map when there is none (the fold is total). */
export function patched<V extends object>(
  map: IntMap<V>,
  key: number,
  change: (value: V) => V,
): IntMap<V> {
  const value = intMapGet(map, key);
  return value === undefined ? map : intMapSet(map, key, change(value));
}

export function without<V>(map: IntMap<V>, keys: Iterable<number>): IntMap<V> {
  let rest = map;
  for (const key of keys) rest = intMapDelete(rest, key);
  return rest;
}

/** The state with one session changed; as it was where `name` is null. */
export function withSession(
  state: State,
  name: SessionName | null,
  change: (session: SessionState) => SessionState,
): State {
  if (name === null) return state;
  return {
    ...state,
    sessions: state.sessions.map((session) => (session.name === name ? change(session) : session)),
  };
}

/** Each name once, in the order of its first appearance. */
export function distinctSessions(
  blockers: readonly { readonly session: SessionName }[],
): readonly SessionName[] {
  return [...new Set(blockers.map((blocker) => blocker.session))];
}
