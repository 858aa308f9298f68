/** English phrases that several sentences share. */
import { unreachable } from "../../../base/assert.ts";
import type { ForeignKeyCheck, LockReason, LockReleaseReason, WaitRule } from "../../events.ts";
import type { SessionName } from "../../ids.ts";
import type {
  LockBlocker,
  RecLockState,
  TableLockMode,
  TableLockState,
  WaitReason,
} from "../../state.ts";
import type { Ending, WaitEnd } from "../../why/wait_ends.ts";
import {
  type IndexName,
  indexText,
  isRecLock,
  keyText,
  locksGapOnly,
  type RecLockKind,
  recLockKind,
  sessionNames,
} from "../text.ts";

type Lock = RecLockState | TableLockState;

/** `1 row`, `2 rows`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "A", "A and B", "A, B and C". */
export function list(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Their names, once each; "nobody" of none. */
export function sessions(blockers: readonly { readonly session: SessionName }[]): string {
  return list(sessionNames(blockers)) || "nobody";
}

const REC_LOCK: Readonly<Record<RecLockKind, (lock: RecLockState) => string>> = {
  nextKey: (lock) => `next-key lock ${lock.modeText} on ${indexText(lock)} ${keyText(lock.data)}`,
  supremum: (lock) => `next-key lock ${lock.modeText} on the supremum of ${indexText(lock)}`,
  gap: (lock) => `gap lock ${lock.modeText} before ${indexText(lock)} ${keyText(lock.data)}`,
  supremumGap: (lock) => `gap lock ${lock.modeText} before the supremum of ${indexText(lock)}`,
  record: (lock) => `record lock ${lock.modeText} on ${indexText(lock)} ${keyText(lock.data)}`,
  insertIntention: (lock) => `insert intention lock in the gap before ${place(lock)}`,
};

const EXTENT: Readonly<Record<RecLockKind, string>> = {
  nextKey: "the record and the gap before it",
  supremum: "the gap after the last record",
  gap: "the gap only, no record",
  supremumGap: "the gap after the last record",
  record: "the record only, no gap",
  insertIntention: "it keeps nobody out",
};

const TABLE_LOCK_EXTENT: Readonly<Record<TableLockMode, string>> = {
  IS: "intention lock: it means to lock records in share mode",
  IX: "intention lock: it means to lock or change records",
  S: "the whole table, shared",
  X: "the whole table, alone",
  AUTO_INC: "the AUTO_INCREMENT counter",
};

/** "next-key lock X on t.PRIMARY 5". */
export function lockPhrase(lock: Lock): string {
  if (!isRecLock(lock)) return `table lock ${lock.mode} on ${lock.tableName}`;
  return REC_LOCK[recLockKind(lock)](lock);
}

/** "the record and the gap before it". */
export function lockExtent(lock: Lock): string {
  if (isRecLock(lock)) return EXTENT[recLockKind(lock)];
  return TABLE_LOCK_EXTENT[lock.mode];
}

function place(lock: RecLockState): string {
  return placeText(lock, lock.data);
}

/** The key, or the word for the end of the index. */
export function dataText(data: string): string {
  return data.startsWith("supremum") ? "the supremum" : keyText(data);
}

/** "t.PRIMARY 5" or "the supremum of t.PRIMARY". */
export function placeText(at: IndexName, data: string): string {
  const index = indexText(at);
  return data.startsWith("supremum") ? `the supremum of ${index}` : `${index} ${keyText(data)}`;
}

const LOCK_REASON: Readonly<Record<LockReason, string>> = {
  scan: "its search came to this record",
  uniqueSearch: "it searched a unique index for exactly this key",
  clusteredBehindSecondary:
    "it found the row through a secondary index, and the row itself lies here",
  duplicateCheck: "it has to be sure about a duplicate key",
  insertIntention: "it is about to insert into this gap",
  rowToModify: "it is about to change this row",
  table: "it goes to records of this table",
  implicitMadeExplicit:
    "another transaction met the row it had changed, so its implicit lock was written down",
  inherited: "a record beside it went away, and what was locked or asked for there passed on",
  gapSplit:
    "this record came into a gap that was locked, and the part before it stays locked: the lock is inherited",
  autoInc: "it needs the next AUTO_INCREMENT values",
};

/** "it inserts into orders": the change for which a constraint is checked. */
export function changeText({ change, child, parent, looksFor }: ForeignKeyCheck): string {
  if (change === "INSERT") return `inserts into ${child}`;
  const table = looksFor === "parent" ? child : parent;
  return change === "DELETE" ? `deletes a row of ${table}` : `changes a key in ${table}`;
}

function foreignKeyReason(check: ForeignKeyCheck): string {
  const { constraint, child, parent, change, looksFor } = check;
  const because = `it ${changeText(check)}, and the foreign key ${constraint}`;
  switch (looksFor) {
    case "parent":
      return `${because} has the parent in ${parent} checked`;
    case "refusingChild":
      return `${because} has ${child} searched for rows that refer to it`;
    case "cascade":
      return `${because} ${change === "DELETE" ? "deletes" : "changes"} the rows of ${child} that refer to it as well`;
    case "setNull":
      return `${because} sets the rows of ${child} that refer to it to NULL`;
    default:
      return unreachable(looksFor);
  }
}

/** Why the lock is asked for. A search of a unique index that locks a gap has found no record there. */
export function lockReason(lock: Lock, why: LockReason, foreignKey?: ForeignKeyCheck): string {
  if (foreignKey !== undefined) return foreignKeyReason(foreignKey);
  const isMissing = why === "uniqueSearch" && isRecLock(lock) && locksGapOnly(lock);
  return isMissing
    ? "the key it searched for is not there, so the gap where it would stand is locked"
    : LOCK_REASON[why];
}

export const WAIT_RULE: Readonly<Record<WaitRule, (blockers: string) => string>> = {
  modeConflict: (blockers) => `it conflicts with the lock of ${blockers} on the same record`,
  gapBlocksInsertIntention: (blockers) =>
    `${blockers} locked this gap, and a locked gap lets no insert in`,
  tableModeConflict: (blockers) => `it is not compatible with the table lock of ${blockers}`,
  waiterAhead: (blockers) => `${blockers} stands before it in the queue for this record`,
};

export const RELEASE_REASON: Readonly<Record<LockReleaseReason, string>> = {
  commit: "its transaction committed",
  rollback: "its transaction was rolled back",
  unlockRow: "the row did not match, and READ COMMITTED gives such locks back",
  deadlockVictim: "its transaction was chosen as the deadlock's victim",
  timeout: "it waited for innodb_lock_wait_timeout",
  killed: "its statement was killed",
  recordRemoved: "the record is gone",
  savepoint: "the savepoint was rolled back",
  statementEnd: "the statement ended",
  tableDropped: "the table was dropped",
  prepare: "READ COMMITTED gives gaps back at XA PREPARE",
  semiConsistent: "the last committed version does not match, so there is nothing to wait for",
};

/** What a statement waits for, as the sentence about the request says it. */
export function waitForLock(lock: Lock, blockers: readonly SessionName[]): string {
  const whom = list(blockers) || "nobody";
  return isRecLock(lock) && recLockKind(lock) === "insertIntention"
    ? `to insert into the gap before ${place(lock)}, locked by ${whom}`
    : `for the ${lockPhrase(lock)}, held back by ${whom}`;
}

const ENDING: Readonly<Record<Ending, (sessions: string) => string>> = {
  transaction: (sessions) => `COMMIT or ROLLBACK in ${sessions}`,
  statement: (sessions) => `the end of what ${sessions} runs`,
  unlockTables: (sessions) =>
    `UNLOCK TABLES or a disconnect in ${sessions} (COMMIT does not release it)`,
  unlockInstance: (sessions) => `UNLOCK INSTANCE or a disconnect in ${sessions}`,
  closeHandler: (sessions) =>
    `HANDLER ... CLOSE, another statement that opens tables, or a disconnect in ${sessions}`,
  releaseLock: (sessions) => `RELEASE_LOCK or a disconnect in ${sessions}`,
  wait: (sessions) => `the end of ${sessions}'s own wait, and of what it then does`,
};

/** Of the errors that find a connection broken; by number. MySQL: ER_NET_ERROR_ON_WRITE, ER_NET_WRITE_INTERRUPTED. */
export const SERVER_ONLY: Readonly<Record<number, string>> = {
  1160: "stands in the server's log only: there is nobody left to tell it to",
  1161: "stands in the server's log only: the server closes the connection, and the client gets ERROR 2013 when it reads on",
};

/** "kept until ...": how long a metadata lock lasts. */
export const KEPT_UNTIL: Readonly<Record<Exclude<Ending, "wait">, string>> = {
  transaction: "the transaction ends",
  statement: "the statement ends",
  unlockTables: "UNLOCK TABLES or a disconnect (COMMIT does not release it)",
  unlockInstance: "UNLOCK INSTANCE or a disconnect (COMMIT does not release it)",
  closeHandler: "HANDLER ... CLOSE or a disconnect (COMMIT does not release it)",
  releaseLock: "RELEASE_LOCK or a disconnect (COMMIT does not release it)",
};

/** "COMMIT or ROLLBACK in A and C": what has to happen, all of it. */
export function endingsText(ends: readonly WaitEnd[]): string {
  return list(ends.map(({ ending, sessions }) => ENDING[ending](list(sessions))));
}

/** "C waits for B and B for A: first COMMIT or ROLLBACK in A, then B goes on, then C." From who waits to who has to go first. */
export function chainText(chain: readonly SessionName[], ends: readonly WaitEnd[]): string {
  const pairs = chain
    .slice(1)
    .map((to, at) => `${chain[at]} ${at === 0 ? "waits for" : "for"} ${to}`);
  const [next, ...rest] = chain.slice(0, -1).reverse();
  const then = [`then ${next} goes on`, ...rest.map((one) => `then ${one}`)].join(", ");
  return `${list(pairs)}: first ${endingsText(ends)}, ${then}.`;
}

export function waitReason(reason: WaitReason): string {
  switch (reason.kind) {
    case "recLock":
      return "a record lock";
    case "tableLock":
      return "a table lock";
    case "mdl":
      return "a metadata lock";
    case "sleep":
      return "time to pass";
    case "userLock":
      return `the user lock '${reason.name}'`;
    case "thrLock":
      return `the table-level lock of ${reason.table}`;
    case "tableFlush":
      return `the flush of ${reason.table}, which is still in use`;
    case "net":
      return `its client to read (${reason.detail})`;
    default:
      return unreachable(reason);
  }
}

export function blockerNames(blockers: readonly LockBlocker[]): string {
  return sessions(blockers);
}
