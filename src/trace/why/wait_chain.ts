/**
 * Who has to go first where the one in the way waits itself.
 *
 *     C ──▶ B ──▶ A      first A, then B, then C
 */
import type { SessionName } from "../ids.ts";
import type { State } from "../state.ts";
import type { WaitEnd } from "./wait_ends.ts";
import { waitRoots } from "./wait_roots.ts";

export interface WaitChain {
  /** From who waits to who waits for nobody: three or more. */
  readonly sessions: readonly SessionName[];
  /** What the last of them has to do. */
  readonly ends: readonly WaitEnd[];
}

/** Of all waits that go on; one that is part of a longer one is not told by itself. */
export function waitChains(state: State): readonly WaitChain[] {
  const all = chains(state).filter(({ sessions }) => sessions.length > 2);
  const isPart = ({ sessions }: WaitChain) =>
    all.some((other) => other.sessions.slice(1).join(" ").endsWith(sessions.join(" ")));
  return all.filter((chain) => !isPart(chain));
}

/** Of `session`, which waits for these, or is about to. */
export function chainsBehind(
  session: SessionName,
  ends: readonly WaitEnd[],
  state: State,
): readonly WaitChain[] {
  const blockers = ends.flatMap((end) => end.sessions);
  return chains(state)
    .filter(({ sessions }) => !sessions.includes(session))
    .filter(({ sessions: [first] }) => first !== undefined && blockers.includes(first))
    .map((chain) => ({ ...chain, sessions: [session, ...chain.sessions] }));
}

function chains(state: State): readonly WaitChain[] {
  return waitRoots(state).flatMap((root) =>
    root.ends.length === 0 ? [] : root.chains.map((sessions) => ({ sessions, ends: root.ends })),
  );
}
