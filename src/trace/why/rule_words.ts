/** What a language must be able to say about the rule behind an event, with the numbers of the case. */
import type { ForeignKeyCheck, LockReason, LockReleaseReason } from "../events.ts";
import type { RecLockKind } from "../explain/text.ts";
import type { GapBounds } from "../gap_bounds.ts";
import type { IsolationLevel, MdlState, PlanState } from "../state.ts";
import type { InsertCase } from "./insert_wait.ts";
import type { WaitChain } from "./wait_chain.ts";
import type { Ending, WaitEnd } from "./wait_ends.ts";

/** A record lock, its place and its transaction. */
export interface LockCase {
  readonly session: string;
  readonly isolation: IsolationLevel;
  readonly kind: RecLockKind;
  readonly mode: "S" | "X";
  readonly modeText: string;
  /** "t.PRIMARY". */
  readonly on: string;
  /** The key, or the word for the supremum. */
  readonly data: string;
  readonly gap: GapBounds;
  readonly blockers: readonly BlockerCase[];
}

/** Of another session, in the way. */
export interface BlockerCase {
  readonly session: string;
  /** Null: no record lock. */
  readonly kind: RecLockKind | null;
  readonly modeText: string;
  readonly isWaiting: boolean;
}

/** The members of a cycle with what each weighs; the lightest is the victim. */
export interface DeadlockCase {
  readonly victim: string;
  readonly isTie: boolean;
  readonly members: readonly {
    readonly session: string;
    readonly weight: number;
    readonly undo: number;
    readonly structs: number;
  }[];
}

/** The rules in one language; each gives sentences, the last of which concludes. */
export interface RuleWords {
  readonly supremum: string;
  readonly list: (words: readonly string[]) => string;
  /** Why a granted record lock has the extent it has. `ofRequest`: it came from one that still waits. */
  readonly granted: (lock: LockCase, why: LockReason, ofRequest?: boolean) => readonly string[];
  /** Of a lock on what lies behind the end of the search. */
  readonly behindRange: (lock: LockCase, why: LockReason) => string;
  /** Why a request for a record lock waits. */
  readonly insertWaits: (lock: LockCase, insert: InsertCase) => readonly string[];
  readonly recordWaits: (lock: LockCase, why: LockReason | null) => readonly string[];
  readonly aheadWaits: (lock: LockCase) => readonly string[];
  /** Whose lock it is, which constraint asks for it, and in what mode. */
  readonly foreignKey: (session: string, check: ForeignKeyCheck, modeText: string) => string;
  /** The same of the intention lock on the table, which goes before. */
  readonly foreignKeyOnTable: (session: string, check: ForeignKeyCheck, mode: string) => string;
  /** What `session` runs while it asks. */
  readonly forStatement: (session: string, sql: string) => string;
  /** What would end a wait for locks that are kept to the end of their transactions. */
  readonly waitEnds: (session: string, ends: readonly WaitEnd[]) => string;
  readonly tableGranted: (mode: string, table: string, why: LockReason) => readonly string[];
  readonly tableWaits: (
    mode: string,
    table: string,
    blockers: readonly BlockerCase[],
  ) => readonly string[];
  readonly grantedAfterWait: (cause: string | null) => readonly string[];
  readonly alreadyHeld: (held: string, asked: string) => readonly string[];
  readonly refused: (asked: string, isNowait: boolean) => readonly string[];
  readonly released: (why: LockReleaseReason) => readonly string[];
  readonly moved: readonly string[];
  readonly timedOut: (waitedMs: number) => readonly string[];
  /** Of a wait above InnoDB: error 1205 by lock_wait_timeout. */
  readonly timedOutAbove: readonly string[];
  readonly deadlock: (deadlock: DeadlockCase) => readonly string[];
  readonly mdlGranted: (lock: MdlState, end: Exclude<Ending, "wait">) => readonly string[];
  readonly mdlWaits: (mode: string, blockers: readonly BlockerCase[]) => readonly string[];
  /** What would end a wait above InnoDB; `limit` is the variable that gives it up with error 1205. */
  readonly otherWaitEnds: (
    session: string,
    ends: readonly WaitEnd[],
    limit: string | null,
  ) => string;
  /** Who has to go first where those in the way wait themselves. */
  readonly waitChain: (chain: WaitChain) => string;
  /** Of a wait for metadata locks: the connections that hold them, by their ids. */
  readonly killHolders: (
    holders: readonly { readonly session: string; readonly id: number }[],
  ) => string;
  /** `behind` wait for nothing but the request of `session`, whose connection has this id. */
  readonly killRequest: (session: string, id: number, behind: readonly string[]) => string;
  /** What was waited, beside the limit that it reached. */
  readonly limitReached: (waitedMs: number) => string;
  /** Nothing but requests of `waiting` is in the way of `session`. */
  readonly killAhead: (session: string, waiting: readonly string[]) => string;
  readonly userLockWaits: (name: string, holders: readonly string[]) => string;
  /** FLUSH TABLES, or who wants a table that is being flushed. */
  readonly flushWaits: (table: string, users: readonly string[]) => string;
  /** What ends it before its time: `running` have a statement that does not end. */
  readonly flushKill: (running: readonly string[]) => string;
  /** Its client reads too slowly, and the buffers are full. */
  readonly netWaits: (session: string) => readonly string[];
  readonly sleeps: (session: string) => readonly string[];
  /** The page stops a statement that does not end. */
  readonly ownLimit: readonly string[];
  readonly thrLockWaits: (table: string, holders: readonly string[]) => string;
  readonly readUncommitted: readonly string[];
  readonly pageChecked: (maxTrxId: number, up: number) => readonly string[];
  readonly viewOpened: (up: number, low: number, ids: readonly number[]) => readonly string[];
  /** A row that InnoDB read for the server. */
  readonly handedOver: (plan: PlanState, isLocked: boolean) => readonly string[];
  readonly plan: (plan: PlanState) => readonly string[];
  readonly idAssigned: (id: number, next: number) => readonly string[];
  readonly undoWritten: (isInsert: boolean) => readonly string[];
  readonly purgeRan: (trxNo: number) => readonly string[];
  readonly purgeHeldBack: (lowLimitNo: number, session: string) => readonly string[];
  /** By errno; null where there is nothing to add to the message. */
  /** Refused here, and MySQL can do it. */
  readonly notSimulated: (feature: string) => readonly string[];
  readonly error: (errno: number, isAlone: boolean) => readonly string[];
}

/** What the optimizer looked at and did not take. */
export function others(plan: PlanState): PlanState["considered"] {
  return plan.considered.filter(
    (each) => each.access !== plan.access || each.key !== plan.key || each.cost > plan.cost,
  );
}
