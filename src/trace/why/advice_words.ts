/** What is advised about a deadlock, in both languages. */

import type { ForeignKeyCheck } from "../events.ts";
import {
  list as enList,
  lockPhrase as enPhrase,
  placeText as enPlace,
} from "../explain/en/words.ts";
import {
  list as zhList,
  lockPhrase as zhPhrase,
  placeText as zhPlace,
} from "../explain/zh/words.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { SessionName } from "../ids.ts";
import type { DeadlockKind, Party } from "./deadlock_advice.ts";

type Lock = Party["has"];

export interface AdviceWords {
  readonly own: Readonly<Record<DeadlockKind, (parties: readonly Party[]) => string>>;
  /** Upgraded from what a foreign key had asked for. */
  readonly parent: (parties: readonly Party[], check: ForeignKeyCheck) => string;
  readonly scan: (session: SessionName, table: string) => string;
  readonly readCommitted: string;
  readonly retry: (victim: SessionName) => string;
  readonly short: string;
}

const en: AdviceWords = {
  own: {
    order: (parties) =>
      `Opposite order: ${parties.map(({ session, has, wants }) => `${session} had ${enThing(has)} and then wanted ${enThing(wants)}`).join("; ")}. Take them in one order everywhere, here ${ordered(parties, enThing).join(" before ")}: then one waits with empty hands and no circle can close.`,
    tables: (parties) =>
      `Opposite order: ${parties.map(({ session, has, wants }) => `${session} had the ${enPhrase(has)} and then wanted the ${enPhrase(wants)}`).join("; ")}. Take the locks in one order everywhere, the strongest one first.`,
    twoIndexes: (parties) =>
      `Two ways to the same rows: ${parties.map(({ session, has, wants }) => `${session} had ${enThing(has)} and then wanted ${enThing(wants)}`).join("; ")}. Who searches by a secondary index locks its entry first and the row behind it; who changes the row goes the other way. Lock the rows by primary key first, SELECT ... WHERE id = ... FOR UPDATE, in all transactions.`,
    gapInsert: (parties) =>
      `Gap and insert: ${enList(parties.map(({ session }) => session))} had each locked a gap, which does not keep the other from locking it, and then each inserted into what the other had locked. Do not lock a row that may not be there (SELECT ... FOR UPDATE or UPDATE that finds nothing): under a UNIQUE key, INSERT first and go on from the duplicate key error if there is one; otherwise lock a row that is there before it, as the parent's FOR UPDATE.`,
    insertInto: (parties) =>
      `A gap and an insert: ${parties.map(({ session, has, wants }) => `${session} had the ${enPhrase(has)} and wanted the ${enPhrase(wants)}`).join("; ")}. Lock fewer gaps (search by a unique key, or by a narrower range), or let the one that locks the range take all of it before it changes anything.`,
    upgrade: (parties) =>
      `Read shared, then write: ${enList(parties.map(({ session }) => session))} had each locked ${enThing(parties[0]?.has)} with S, and then each wanted to change it. Who reads a row to change it locks it for that at once: SELECT ... FOR UPDATE, not FOR SHARE; then the second waits before it has anything.`,
    duplicate: (parties) =>
      `The same key inserted at once: an INSERT that meets a duplicate key asks for it with S, ON DUPLICATE KEY UPDATE and REPLACE with X; when the row went away, ${enList(parties.map(({ session }) => session))} were each left with a lock on the gap where it had been, and each wants to insert there. Another form of INSERT or READ COMMITTED does not change that. Let those who may insert the same key queue before it, at a row that is there (SELECT ... FOR UPDATE of the parent) or with GET_LOCK; or let the client try again: then the row is there.`,
  },
  parent: (parties, { constraint, child, parent }) =>
    `First the child, then the parent: who writes a row of ${child} locks its parent in ${parent} with S (foreign key ${constraint}). ${enList(parties.map(({ session }) => session))} had each locked ${enThing(parties[0]?.has)} so, and then each wanted to change it. Change the parent first, or lock it with SELECT ... FOR UPDATE, and write the child after it: then the second waits before it has anything.`,
  scan: (session, table) =>
    `${session} read all of ${table}, because no index led to the rows it wanted: it asks for every record on its way. An index on the searched columns leaves it those it needs.`,
  readCommitted:
    "READ COMMITTED locks no gaps when it searches (only when it checks for duplicates and foreign keys): a way out, if the transactions can do without repeatable reads.",
  retry: (victim) =>
    `Be ready for it anyway: error 1213 has rolled back all of ${victim}'s transaction, not the statement alone. Run it again from its BEGIN; the client must do that by itself.`,
  short:
    "Keep transactions short: change what is fought over last, COMMIT at once, ask nobody anything in between.",
};

const zh: AdviceWords = {
  own: {
    order: (parties) =>
      `顺序相反：${parties.map(({ session, has, wants }) => `${session} 先锁了 ${zhThing(has)}，又要 ${zhThing(wants)}`).join("；")}。所有事务都按同一顺序加锁，这里就是${ordered(
        parties,
        zhThing,
      )
        .map((thing, at) => `${at === 0 ? "先" : "再"} ${thing}`)
        .join("、")}：等待的一方手里没有锁，就不会成环。`,
    tables: (parties) =>
      `顺序相反：${parties.map(({ session, has, wants }) => `${session} 持有：${zhPhrase(has)}；又要：${zhPhrase(wants)}`).join("。")}。所有事务都按同一顺序加锁，并且一开始就拿最强的那个锁。`,
    twoIndexes: (parties) =>
      `到同一行有两条路：${parties.map(({ session, has, wants }) => `${session} 先锁了 ${zhThing(has)}，又要 ${zhThing(wants)}`).join("；")}。按二级索引查找的先锁索引项，再锁行；修改行的正好反过来。所有事务都先按主键锁行：SELECT ... WHERE id = ... FOR UPDATE。`,
    gapInsert: (parties) =>
      `间隙锁加插入：${zhList(parties.map(({ session }) => session))} 各自锁了间隙（间隙锁彼此不冲突），然后都往对方锁住的间隙里插入。不要去锁可能不存在的行（查不到行的 SELECT ... FOR UPDATE 或 UPDATE）：有 UNIQUE 键就直接 INSERT，遇到重复键错误再处理；没有就先锁一个存在的行，例如对父行 FOR UPDATE。`,
    insertInto: (parties) =>
      `间隙锁遇上插入：${parties.map(({ session, has, wants }) => `${session} 持有：${zhPhrase(has)}；又要：${zhPhrase(wants)}`).join("。")}。少锁间隙（按唯一键查找，或缩小范围），或者让要锁整个范围的事务在修改之前一次锁完。`,
    upgrade: (parties) =>
      `先共享读、再修改：${zhList(parties.map(({ session }) => session))} 都以 S 锁住了 ${zhThing(parties[0]?.has)}，又都要修改它。为了修改而读，就一开始用 SELECT ... FOR UPDATE，不要用 FOR SHARE；这样后来的一方在手里没有锁时就开始等待。`,
    duplicate: (parties) =>
      `同时插入同一个键：INSERT 遇到重复键时请求 S 锁，ON DUPLICATE KEY UPDATE 和 REPLACE 请求 X 锁；那一行消失后，${zhList(parties.map(({ session }) => session))} 手里都剩下它原来所在间隙的锁，又都要插入到这里。换一种 INSERT 写法或换成 READ COMMITTED 都一样。让可能插入同一个键的事务先在已有的行上排队（对父行 SELECT ... FOR UPDATE，或用 GET_LOCK）；或者让客户端重试：那时这一行已经在了。`,
  },
  parent: (parties, { constraint, child, parent }) =>
    `先写子表、再改父表：写 ${child} 的行时，会以 S 锁住它在 ${parent} 里的父行（外键 ${constraint}）。${zhList(parties.map(({ session }) => session))} 都这样锁住了 ${zhThing(parties[0]?.has)}，又都要修改它。先改父行（或先对它 SELECT ... FOR UPDATE），再写子表；这样后来的一方在手里没有锁时就开始等待。`,
  scan: (session, table) =>
    `${session} 读了整张表 ${table}，因为没有索引能直接找到它要的行：一路上的每条记录它都要锁。给查询条件的列建索引，就只锁需要的行。`,
  readCommitted:
    "READ COMMITTED 下查找不锁间隙（只有检查重复键和外键时才锁）：如果事务不需要可重复读，可以换用它。",
  retry: (victim) =>
    `无论如何要有准备：错误 1213 回滚的是 ${victim} 的整个事务，不只是这一条语句。从 BEGIN 开始重新执行整个事务，这要由客户端自己来做。`,
  short: "事务要短：把大家争抢的行放到最后改，改完马上 COMMIT，中间不要等人输入或等别的系统。",
};

/** "t.PRIMARY 5". */
function enThing(lock: Lock | undefined): string {
  if (lock === undefined) return "";
  return "rec" in lock ? enPlace(lock, lock.data) : lock.tableName;
}

function zhThing(lock: Lock | undefined): string {
  if (lock === undefined) return "";
  return "rec" in lock ? zhPlace(lock, lock.data).trim() : lock.tableName;
}

/** Each thing once, in an order that anybody can follow: by table, index and key. */
function ordered(parties: readonly Party[], name: (lock: Lock) => string): readonly string[] {
  const things = new Set(parties.flatMap(({ has, wants }) => [name(has), name(wants)]));
  const sortable = (thing: string): string =>
    thing.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
  return [...things].sort((a, b) => (sortable(a) < sortable(b) ? -1 : 1));
}

export function adviceWords(language: ExplainLanguage): AdviceWords {
  return language === "zh" ? zh : en;
}
