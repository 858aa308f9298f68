/** Chinese phrases that several sentences share. */
import { unreachable } from "../../../base/assert.ts";
import type { ForeignKeyCheck, LockReason, LockReleaseReason, WaitRule } from "../../events.ts";
import type { SessionName } from "../../ids.ts";
import type { RecLockState, TableLockMode, TableLockState, WaitReason } from "../../state.ts";
import type { Ending, WaitEnd } from "../../why/wait_ends.ts";
import {
  type IndexName,
  indexText,
  isRecLock,
  keyText,
  locksGapOnly,
  type RecLockKind,
  recLockKind,
  seconds as secondsText,
  sessionNames,
} from "../text.ts";

type Lock = RecLockState | TableLockState;

/** "A"、"A 和 B"、"A、B 和 C". */
export function list(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join("");
  const before = words.slice(0, -1).join("、");
  return `${before}${before.endsWith("）") ? "" : " "}和 ${words.at(-1)}`;
}

export function sessions(blockers: readonly { readonly session: SessionName }[]): string {
  return list(sessionNames(blockers)) || "无人";
}

const REC_LOCK: Readonly<Record<RecLockKind, (lock: RecLockState) => string>> = {
  nextKey: (lock) => `${indexText(lock)} ${keyText(lock.data)} 上的临键锁 ${lock.modeText}`,
  supremum: (lock) => `${indexText(lock)} supremum 上的临键锁 ${lock.modeText}`,
  gap: (lock) => `${indexText(lock)} ${keyText(lock.data)} 之前的间隙锁 ${lock.modeText}`,
  supremumGap: (lock) => `${indexText(lock)} supremum 之前的间隙锁 ${lock.modeText}`,
  record: (lock) => `${indexText(lock)} ${keyText(lock.data)} 上的记录锁 ${lock.modeText}`,
  insertIntention: (lock) => `${placeText(lock, lock.data)}之前间隙的插入意向锁`,
};

const EXTENT: Readonly<Record<RecLockKind, string>> = {
  nextKey: "锁住记录和它之前的间隙",
  supremum: "锁住最后一条记录之后的间隙",
  gap: "只锁间隙，不锁记录",
  supremumGap: "锁住最后一条记录之后的间隙",
  record: "只锁记录，不锁间隙",
  insertIntention: "它不阻挡别人",
};

const TABLE_LOCK_EXTENT: Readonly<Record<TableLockMode, string>> = {
  IS: "意向锁：准备以共享方式锁记录",
  IX: "意向锁：准备锁住或修改记录",
  S: "共享整张表",
  X: "独占整张表",
  AUTO_INC: "自增计数器",
};

/** "t.PRIMARY 5 上的临键锁 X". */
export function lockPhrase(lock: Lock): string {
  if (!isRecLock(lock)) return `${lock.tableName} 上的表锁 ${lock.mode}`;
  return REC_LOCK[recLockKind(lock)](lock);
}

/** "锁住记录和它之前的间隙". */
export function lockExtent(lock: Lock): string {
  return isRecLock(lock) ? EXTENT[recLockKind(lock)] : TABLE_LOCK_EXTENT[lock.mode];
}

/** The key, or the word for the end of the index. */
export function dataText(data: string): string {
  return data.startsWith("supremum") ? "supremum" : keyText(data);
}

/** "t.PRIMARY 5 "、"t.PRIMARY supremum ": a Chinese word may follow at once. */
export function placeText(at: IndexName, data: string): string {
  const index = indexText(at);
  return data.startsWith("supremum") ? `${index} supremum ` : `${index} ${keyText(data)} `;
}

/** "5.5 秒". */
export function seconds(ms: number): string {
  return secondsText(ms).replace(/s$/, "秒");
}

const LOCK_REASON: Readonly<Record<LockReason, string>> = {
  scan: "查找走到了这条记录",
  uniqueSearch: "它在唯一索引上查找的正是这个键值",
  clusteredBehindSecondary: "它经二级索引找到这一行，而行本身在聚簇索引里",
  duplicateCheck: "它要确认是否有重复键",
  insertIntention: "它要往这个间隙里插入",
  rowToModify: "它要修改这一行",
  table: "它要访问这张表里的记录",
  implicitMadeExplicit: "别的事务碰到了它改过的行，于是它的隐式锁变成了显式锁",
  inherited: "相邻的记录没有了，那里的锁（或加锁请求）由这里继承",
  gapSplit: "这条记录插进了一个被锁的间隙，它之前的那一段仍然锁着，由它继承",
  autoInc: "它需要下一批自增值",
};

/** "向 orders 插入行": the change for which a constraint is checked. */
export function changeText({ change, child, parent, looksFor }: ForeignKeyCheck): string {
  if (change === "INSERT") return `向 ${child} 插入行`;
  const table = looksFor === "parent" ? child : parent;
  return change === "DELETE" ? `删除 ${table} 的行` : `修改 ${table} 的键`;
}

function foreignKeyReason(check: ForeignKeyCheck): string {
  const { constraint, child, parent, change, looksFor } = check;
  const because = `它要${changeText(check)}，外键 ${constraint} `;
  switch (looksFor) {
    case "parent":
      return `${because}要检查 ${parent} 里的父行`;
    case "refusingChild":
      return `${because}要查 ${child} 里有没有引用它的行`;
    case "cascade":
      return `${because}要一并${change === "DELETE" ? "删除" : "修改"} ${child} 里引用它的行`;
    case "setNull":
      return `${because}要把 ${child} 里引用它的行置为 NULL`;
    default:
      return unreachable(looksFor);
  }
}

/** Why the lock is asked for. A search of a unique index that locks a gap has found no record there. */
export function lockReason(lock: Lock, why: LockReason, foreignKey?: ForeignKeyCheck): string {
  if (foreignKey !== undefined) return foreignKeyReason(foreignKey);
  const isMissing = why === "uniqueSearch" && isRecLock(lock) && locksGapOnly(lock);
  return isMissing ? "它要找的键值不存在，所以锁住它本该在的间隙" : LOCK_REASON[why];
}

export const WAIT_RULE: Readonly<Record<WaitRule, (blockers: string) => string>> = {
  modeConflict: (blockers) => `它与 ${blockers} 在同一条记录上的锁冲突`,
  gapBlocksInsertIntention: (blockers) => `${blockers} 锁住了这个间隙，被锁的间隙不让插入`,
  tableModeConflict: (blockers) => `它与 ${blockers} 的表锁不相容`,
  waiterAhead: (blockers) => `${blockers} 在这条记录的队列里排在它前面`,
};

export const RELEASE_REASON: Readonly<Record<LockReleaseReason, string>> = {
  commit: "事务已提交",
  rollback: "事务已回滚",
  unlockRow: "这一行不符合条件，读已提交（READ COMMITTED）会放掉这种锁",
  deadlockVictim: "所属事务被选为死锁的牺牲者",
  timeout: "等满了 innodb_lock_wait_timeout",
  killed: "语句被 KILL 中止",
  recordRemoved: "记录已不存在",
  savepoint: "已回滚到保存点",
  statementEnd: "语句已结束",
  tableDropped: "表已删除",
  prepare: "读已提交（READ COMMITTED）在 XA PREPARE 时放掉间隙",
  semiConsistent: "最近提交的版本不符合条件，不必等待",
};

/** What a statement waits for, as the sentence about the request says it. */
export function waitForLock(lock: Lock, blockers: readonly SessionName[]): string {
  const whom = list(blockers) || "无人";
  return isRecLock(lock) && recLockKind(lock) === "insertIntention"
    ? `向 ${placeText(lock, lock.data)}之前的间隙插入，该间隙被 ${whom} 锁住`
    : ` ${lockPhrase(lock)}，被 ${whom} 挡住`;
}

const ENDING: Readonly<Record<Ending, (sessions: string) => string>> = {
  transaction: (sessions) => `${sessions} 里执行 COMMIT 或 ROLLBACK`,
  statement: (sessions) => `${sessions} 正在执行的语句结束`,
  unlockTables: (sessions) =>
    `${sessions} 里执行 UNLOCK TABLES 或断开连接（COMMIT 不会释放这种锁）`,
  unlockInstance: (sessions) => `${sessions} 里执行 UNLOCK INSTANCE 或断开连接`,
  closeHandler: (sessions) =>
    `${sessions} 里执行 HANDLER ... CLOSE 或另一条要打开表的语句，或断开连接`,
  releaseLock: (sessions) => `${sessions} 里执行 RELEASE_LOCK 或断开连接`,
  wait: (sessions) => `${sessions} 自己先等到锁并执行完`,
};

/** Of the errors that find a connection broken; by number. MySQL: ER_NET_ERROR_ON_WRITE, ER_NET_WRITE_INTERRUPTED. */
export const SERVER_ONLY: Readonly<Record<number, string>> = {
  1160: "只出现在服务器日志里：已经没有客户端可以通知",
  1161: "只出现在服务器日志里：服务器关闭连接，客户端继续读时才得到 ERROR 2013",
};

/** "保持到……": how long a metadata lock lasts. */
export const KEPT_UNTIL: Readonly<Record<Exclude<Ending, "wait">, string>> = {
  transaction: "事务结束",
  statement: "语句结束",
  unlockTables: "执行 UNLOCK TABLES 或断开连接（COMMIT 不会释放它）",
  unlockInstance: "执行 UNLOCK INSTANCE 或断开连接（COMMIT 不会释放它）",
  closeHandler: "执行 HANDLER ... CLOSE 或断开连接（COMMIT 不会释放它）",
  releaseLock: "执行 RELEASE_LOCK 或断开连接（COMMIT 不会释放它）",
};

/** "A 和 C 里执行 COMMIT 或 ROLLBACK": what has to happen, all of it. */
export function endingsText(ends: readonly WaitEnd[]): string {
  return ends.map(({ ending, sessions }) => ENDING[ending](list(sessions))).join("，并且 ");
}

/** "C 等 B，B 等 A：首先要……": from who waits to who has to go first. */
export function chainText(chain: readonly SessionName[], ends: readonly WaitEnd[]): string {
  const pairs = chain.slice(1).map((to, at) => `${chain[at]} 等 ${to}`);
  const after = chain.slice(0, -1).reverse();
  return `${pairs.join("，")}：首先要 ${endingsText(ends)}，然后依次轮到 ${after.join("、")} 继续。`;
}

export function waitReason(reason: WaitReason): string {
  switch (reason.kind) {
    case "recLock":
      return "行锁";
    case "tableLock":
      return "表锁";
    case "mdl":
      return "元数据锁";
    case "sleep":
      return "时间";
    case "userLock":
      return `用户锁 '${reason.name}'`;
    case "thrLock":
      return `表 ${reason.table} 的表级锁`;
    case "tableFlush":
      return `仍在使用的表 ${reason.table} 被刷新（FLUSH）`;
    case "net":
      return `客户端读取（${reason.detail}）`;
    default:
      return unreachable(reason);
  }
}
