/**
 * Who is at the root of the waits: a session that others wait for, directly or through one another, and that waits for
 * nobody itself. What it does next decides for all of them.
 *
 *     A ──▶ B ──▶ C        C is the root of A and B
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import type { SessionName } from "../ids.ts";
import type { RecLockState, SessionState, State, TableLockState } from "../state.ts";
import { endsOfLockWait, endsOfMdlWait, endsOfTableWait, type WaitEnd } from "./wait_ends.ts";

export interface WaitRoot {
  readonly root: SessionName;
  /** From who waits to the root, the shortest way; those who wait for it directly come first. */
  readonly chains: readonly (readonly SessionName[])[];
  /** What it would have to do. */
  readonly ends: readonly WaitEnd[];
}

export function waitRoots(state: State): readonly WaitRoot[] {
  const waitersOf = new Map<SessionName, SessionState[]>();
  for (const session of state.sessions) {
    for (const blocker of new Set(session.wait?.blockers ?? [])) {
      const known = waitersOf.get(blocker);
      if (known === undefined) waitersOf.set(blocker, [session]);
      else known.push(session);
    }
  }
  const waiting = waitingSessions(state);
  return state.sessions
    .filter(({ name }) => waitersOf.has(name) && !waiting.has(name))
    .map(({ name }) => ({
      root: name,
      chains: chainsTo(name, waitersOf),
      ends: endsBy(name, waitersOf.get(name) ?? [], state),
    }));
}

/** Those that stand behind a lock, also while the cycle that their request closed is being looked for. */
function waitingSessions(state: State): ReadonlySet<SessionName> {
  const found = new Set<SessionName>();
  for (const { name, wait } of state.sessions) {
    if (wait !== null && wait.blockers.length > 0) found.add(name);
  }
  for (const locks of [state.recLocks, state.tableLocks]) {
    for (const { session, status } of intMapValues<RecLockState | TableLockState>(locks)) {
      if (status === "waiting") found.add(session);
    }
  }
  return found;
}

function chainsTo(
  root: SessionName,
  waitersOf: ReadonlyMap<SessionName, readonly SessionState[]>,
): readonly (readonly SessionName[])[] {
  const found: (readonly SessionName[])[] = [];
  const seen = new Set([root]);
  const open: (readonly SessionName[])[] = [[root]];
  for (let chain = open.shift(); chain !== undefined; chain = open.shift()) {
    for (const { name } of waitersOf.get(chain[0] as SessionName) ?? []) {
      if (seen.has(name)) continue;
      seen.add(name);
      const longer = [name, ...chain];
      found.push(longer);
      open.push(longer);
    }
  }
  return found;
}

/** Of the locks of `root` that others wait for; one for each way to end. */
function endsBy(
  root: SessionName,
  waiters: readonly SessionState[],
  state: State,
): readonly WaitEnd[] {
  const ends = waiters.flatMap(({ name, wait }): readonly WaitEnd[] => {
    const isRoots = ({ session }: { readonly session: SessionName }) => session === root;
    switch (wait?.reason.kind) {
      case "recLock":
      case "tableLock": {
        const { lock } = wait.reason;
        const asked = intMapGet(state.recLocks, lock) ?? intMapGet(state.tableLocks, lock);
        return endsOfLockWait(asked?.blockers.filter(isRoots) ?? [], state);
      }
      case "mdl":
      case "userLock": {
        const mdls = [...intMapValues(state.mdls)];
        const asked = mdls.find((mdl) => mdl.session === name && mdl.status === "PENDING");
        return endsOfMdlWait(asked?.blockers.filter(isRoots) ?? [], state);
      }
      default:
        return endsOfTableWait([root], state);
    }
  });
  return ends.filter((end, at) => ends.findIndex(({ ending }) => ending === end.ending) === at);
}
