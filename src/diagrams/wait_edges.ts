/** Who waits for whom, and for what: the facts of the wait-for graph, out of locks, metadata locks and what sessions wait for besides. */

import { intMapGet, intMapValues } from "../base/int_map.ts";
import { keyText } from "../trace/explain/text.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Ref } from "../trace/ref.ts";
import type {
  DeadlockState,
  MdlNamespace,
  RecLockState,
  State,
  TableLockState,
} from "../trace/state.ts";
import { type LockKind, lockKind } from "./lock_shapes.ts";

/** LOCK_DATA of the end of an index page. */
const SUPREMUM = "supremum pseudo-record";

/** Of a metadata lock: which thing of the server, or whose definition. */
type MdlWanted = "mdl" | "globalReadLock" | "commitLock" | "backupLock" | "schema";

const MDL_WANTED: Readonly<Partial<Record<MdlNamespace, MdlWanted>>> = {
  GLOBAL: "globalReadLock",
  COMMIT: "commitLock",
  "BACKUP LOCK": "backupLock",
  SCHEMA: "schema",
};

/** What is its session's wait and has no lock that is drawn: GET_LOCK, a table that others have open, MyISAM's lock. */
type AboveInnodb = "userLock" | "tableFlush" | "thrLock";

const ASKED: Readonly<Record<AboveInnodb, string>> = {
  userLock: "GET_LOCK",
  tableFlush: "Waiting for table flush",
  thrLock: "Waiting for table level lock",
};

/** What is waited for, for words: a kind of record lock and its key, or a lock of another sort on something. */
export interface Wanted {
  readonly kind: LockKind | "table" | MdlWanted | AboveInnodb;
  readonly data: string;
  /** The data is the end of the index. */
  readonly isSupremum: boolean;
}

export interface WaitEdge {
  readonly from: SessionName;
  readonly to: SessionName;
  /** What is waited for: "X,GAP,INSERT_INTENTION", "EXCLUSIVE", "Waiting for table flush". */
  readonly mode: string;
  /** On what: "t.PRIMARY 5", "t". */
  readonly on: string;
  readonly kind: "lock" | "mdl" | AboveInnodb;
  readonly wanted: Wanted;
  /** The lock asked for; null where no lock is. */
  readonly ref: Ref | null;
  /** The locks in the way, those that are equal once. */
  readonly held: readonly HeldLock[];
  /** Those locks are asked for as well, and stand earlier in the queue. */
  readonly isQueued: boolean;
}

/** A lock in the way; the kind is null of what is no record lock. */
export interface HeldLock {
  readonly kind: LockKind | null;
  readonly mode: string;
}

/** Granted or asked for earlier. */
interface InTheWay extends HeldLock {
  readonly session: SessionName;
  readonly waits: boolean;
}

const NO_LOCK = { kind: null, mode: "", waits: false };

/** One edge per waiter and blocker, in the order of the waiting locks. */
export function waitEdges(state: State): readonly WaitEdge[] {
  const edges: WaitEdge[] = [];
  const add = (
    blockers: readonly InTheWay[],
    edge: Omit<WaitEdge, "to" | "held" | "isQueued">,
  ): void => {
    for (const to of [...new Set(blockers.map((blocker) => blocker.session))].sort()) {
      const theirs = blockers.filter((each) => each.session === to);
      const held = new Map(theirs.map(({ kind, mode }) => [`${kind} ${mode}`, { kind, mode }]));
      const isQueued = theirs.every(({ waits }) => waits);
      edges.push({ ...edge, to, held: [...held.values()], isQueued });
    }
  };
  for (const lock of intMapValues(state.recLocks)) {
    const blockers = lock.blockers.map(({ session, lock: id }) => {
      const found = intMapGet(state.recLocks, id);
      const kind = found === undefined ? null : lockKind(found);
      return { session, kind, mode: found?.modeText ?? "", waits: found?.status === "waiting" };
    });
    if (lock.status === "waiting") add(blockers, lockEdge(lock));
  }
  for (const lock of intMapValues(state.tableLocks)) {
    const blockers = lock.blockers.map(({ session, lock: id }) => {
      const found = intMapGet(state.tableLocks, id);
      return { session, kind: null, mode: found?.mode ?? "", waits: found?.status === "waiting" };
    });
    if (lock.status === "waiting") add(blockers, lockEdge(lock));
  }
  for (const mdl of intMapValues(state.mdls)) {
    const blockers = mdl.blockers.map(({ session, lock: id }) => {
      const found = intMapGet(state.mdls, id);
      return { session, kind: null, mode: found?.mode ?? "", waits: found?.status === "PENDING" };
    });
    // A user lock is its session's wait, below.
    if (mdl.status !== "PENDING" || mdl.namespace === "USER LEVEL LOCK") continue;
    const on = [mdl.namespace, mdl.name].filter((part) => part !== null).join(" ");
    const ref: Ref = { kind: "mdl", id: mdl.id };
    const data = mdl.name ?? mdl.schema ?? on;
    const wanted: Wanted = { kind: MDL_WANTED[mdl.namespace] ?? "mdl", data, isSupremum: false };
    add(blockers, { from: mdl.session, mode: mdl.mode, on, kind: "mdl", wanted, ref });
  }
  for (const session of state.sessions) {
    const { wait } = session;
    if (wait === null) continue;
    const { reason } = wait;
    const { kind } = reason;
    if (kind !== "userLock" && kind !== "tableFlush" && kind !== "thrLock") continue;
    const blockers = wait.blockers.map((blocker) => ({ ...NO_LOCK, session: blocker }));
    const on = reason.kind === "userLock" ? reason.name : reason.table;
    const wanted: Wanted = { kind, data: on, isSupremum: false };
    add(blockers, { from: session.name, mode: ASKED[kind], on, kind, wanted, ref: null });
  }
  return edges;
}

/** The cycle as it was when it closed. */
export function deadlockEdges(deadlock: DeadlockState): readonly WaitEdge[] {
  return deadlock.cycle.map((member, at) => {
    const ahead = deadlock.cycle[(at + 1) % deadlock.cycle.length] ?? member;
    const { heldBy } = member;
    const held =
      "modeText" in heldBy
        ? { kind: lockKind(heldBy), mode: heldBy.modeText }
        : { kind: null, mode: heldBy.mode };
    const isQueued = heldBy.status === "waiting";
    return { ...lockEdge(member.waitsFor), to: ahead.session, held: [held], isQueued };
  });
}

function lockEdge(lock: RecLockState | TableLockState): Omit<WaitEdge, "to" | "held" | "isQueued"> {
  const ref: Ref = { kind: "lock", id: lock.id };
  const common = { from: lock.session, kind: "lock" as const, ref };
  if ("modeText" in lock) {
    const on = `${lock.tableName}.${lock.indexName} ${keyText(lock.data)}`;
    const isSupremum = lock.data === SUPREMUM;
    const wanted: Wanted = { kind: lockKind(lock), data: keyText(lock.data), isSupremum };
    return { ...common, mode: lock.modeText, on, wanted };
  }
  const wanted: Wanted = { kind: "table", data: lock.tableName, isSupremum: false };
  return { ...common, mode: lock.mode, on: lock.tableName, wanted };
}
