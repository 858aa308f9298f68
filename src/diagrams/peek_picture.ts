/**
 * What a statement would do, out of the events of a peek: the state at its peak (all it would lock, before a commit gives
 * it back), the locks that would be new or given back, and how it and those who wait would end.
 */
import { type IntMap, intMapGet, intMapToArray } from "../base/int_map.ts";
import { applyEvent } from "../trace/apply.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { LockId, RecId, SessionName } from "../trace/ids.ts";
import type {
  MdlState,
  Outcome,
  PlanState,
  RecLockState,
  State,
  TableLockState,
  WaitReason,
} from "../trace/state.ts";

export interface PeekPicture {
  /** With everything that it would hold at once. */
  readonly state: State;
  readonly recLocks: readonly RecLockState[];
  /** What its session holds now of the records that it asks to lock: no second lock is made where one is strong enough. */
  readonly held: readonly RecLockState[];
  /** New rows of clustered indexes: locked by their transaction id alone, until somebody comes upon them. */
  readonly newRows: number;
  readonly tableLocks: readonly TableLockState[];
  readonly mdls: readonly MdlState[];
  /** Every lock that is not there now. */
  readonly isNew: ReadonlySet<LockId>;
  readonly plans: readonly PlanState[];
  /** What its session holds now and would give back. */
  readonly freed: Pick<PeekPicture, "recLocks" | "tableLocks" | "mdls">;
  /** Those who wait now and would not any more, and what becomes of their statements where they end. */
  readonly woken: readonly Woken[];
  /** The request it would wait with; null when it would not wait. */
  readonly wait: RecLockState | TableLockState | MdlState | null;
  readonly blockers: readonly SessionName[];
  /** What it would stop for before its end; null where that is a request for a lock (`wait`), or nothing. */
  readonly pause: WaitReason | null;
  /** The session that would be rolled back. */
  readonly victim: SessionName | null;
  /** Null while it would wait. */
  readonly outcome: Outcome | null;
}

export interface Woken {
  readonly session: SessionName;
  readonly outcome: Outcome | null;
}

const CLUSTERED: ReadonlySet<string> = new Set(["PRIMARY", "GEN_CLUST_INDEX"]);

export function peekPicture(
  before: State,
  events: readonly TraceEvent[],
  session: SessionName,
): PeekPicture {
  let state = before;
  let peak: State | null = null;
  const recLocks = new Map<LockId, RecLockState>();
  const asked = new Set<RecId>();
  const tableLocks = new Map<LockId, TableLockState>();
  const mdls: MdlState[] = [];
  const plans: PlanState[] = [];
  let wait: PeekPicture["wait"] = null;
  let pause: WaitReason | null = null;
  let newRows = 0;
  let victim: SessionName | null = null;
  let outcome: Outcome | null = null;
  const ended = new Map<SessionName, Outcome>();
  const noteLock = (lock: RecLockState | TableLockState): void => {
    if (lock.session !== session) return;
    if ("shape" in lock) {
      recLocks.set(lock.id, lock);
      asked.add(lock.rec);
    } else tableLocks.set(lock.id, lock);
  };
  for (const event of events) {
    const isOwn = event.session === session;
    const endsTrx =
      isOwn &&
      (event.type === "trx.committed" || (event.type === "trx.rolledBack" && peak === null));
    if (endsTrx) peak ??= state;
    state = applyEvent(state, event);
    switch (event.type) {
      case "lock.granted":
      case "lock.grantedAfterWait":
        noteLock(event.lock);
        break;
      case "lock.waiting":
        noteLock(event.lock);
        if (isOwn) wait = event.lock;
        break;
      case "lock.alreadyHeld": {
        const held = intMapGet(state.recLocks, event.held);
        if (isOwn && held !== undefined) asked.add(held.rec);
        break;
      }
      case "lock.released":
        // Given back again at once: a row that does not match, at READ COMMITTED.
        if (isOwn && event.why !== "commit" && event.why !== "rollback") {
          for (const id of event.ids) recLocks.delete(id);
        }
        break;
      case "mdl.granted":
        if (isOwn && isWorthTelling(event.lock)) mdls.push(event.lock);
        break;
      case "mdl.waiting":
        if (isOwn) wait = event.lock;
        break;
      case "statement.waiting":
        if (isOwn) pause = event.reason;
        break;
      case "rec.inserted":
        if (isOwn && CLUSTERED.has(event.indexName)) newRows += 1;
        break;
      case "plan.chosen":
        if (isOwn) plans.push(event.plan);
        break;
      case "deadlock.found":
        victim =
          event.deadlock.cycle.find((member) => member.trx === event.deadlock.victim)?.session ??
          null;
        break;
      case "statement.ended":
        if (isOwn) outcome = event.outcome;
        else if (event.session !== null) ended.set(event.session, event.outcome);
        break;
      default:
        break;
    }
  }
  const isNew = new Set([...recLocks.keys(), ...tableLocks.keys()]);
  return {
    // One that only ends a transaction is drawn as it leaves things.
    state: isNew.size === 0 ? state : (peak ?? state),
    recLocks: [...recLocks.values()],
    held: intMapToArray(before.recLocks).filter(
      (lock) =>
        lock.session === session &&
        lock.status === "granted" &&
        !lock.insertIntention &&
        asked.has(lock.rec),
    ),
    newRows: outcome?.kind === "error" ? 0 : newRows,
    tableLocks: [...tableLocks.values()],
    mdls,
    isNew,
    plans,
    freed: freedBy(session, before, state),
    woken: wokenBetween(before, state, ended),
    wait: outcome === null ? wait : null,
    pause: outcome === null && wait === null ? pause : null,
    blockers: [...new Set(wait?.blockers.map((blocker) => blocker.session) ?? [])].sort(),
    victim,
    outcome,
  };
}

/** On tables, and what keeps others out of more than one: not the intention locks that every change takes. */
function isWorthTelling({ namespace, mode }: MdlState): boolean {
  return (
    namespace === "TABLE" || (HELD_FOR_ITSELF.has(namespace) && mode !== "INTENTION_EXCLUSIVE")
  );
}

const HELD_FOR_ITSELF: ReadonlySet<MdlState["namespace"]> = new Set([
  "GLOBAL",
  "COMMIT",
  "BACKUP LOCK",
  "USER LEVEL LOCK",
]);

function freedBy(session: SessionName, before: State, after: State): PeekPicture["freed"] {
  const given = <T extends { readonly id: number; readonly session: SessionName }>(
    from: IntMap<T>,
    to: IntMap<T>,
    isHeld: (one: T) => boolean,
  ): readonly T[] =>
    intMapToArray(from).filter(
      (one) => one.session === session && isHeld(one) && intMapGet(to, one.id) === undefined,
    );
  return {
    recLocks: given(before.recLocks, after.recLocks, (lock) => lock.status === "granted"),
    tableLocks: given(before.tableLocks, after.tableLocks, (lock) => lock.status === "granted"),
    mdls: given(
      before.mdls,
      after.mdls,
      (lock) => lock.status === "GRANTED" && isWorthTelling(lock),
    ),
  };
}

function wokenBetween(
  before: State,
  after: State,
  ended: ReadonlyMap<SessionName, Outcome>,
): readonly Woken[] {
  return before.sessions
    .filter(({ status }) => status === "waiting")
    .flatMap(({ name, statement }): readonly Woken[] => {
      const then = after.sessions.find((session) => session.name === name);
      const goesOn = then?.status !== "waiting" || then.statement !== statement;
      return goesOn ? [{ session: name, outcome: ended.get(name) ?? null }] : [];
    });
}
