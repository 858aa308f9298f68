/** InnoDB's deadlock log part by part, as its `*** ` lines divide it, and what each part says in words. */
import {
  type DeadlockLog,
  deadlocksIn,
  type LogLock,
  type LogRecord,
  type LogTrx,
} from "../../formats/deadlock_log.ts";
import { ownLetter } from "../../formats/letters.ts";
import { hex, likelyText } from "../../formats/record_fields.ts";
import type { Language } from "../../store/preferences.ts";
import type { DeadlockState } from "../../trace/state.ts";
import { whyChosen } from "./graph_texts.ts";
import { stageWords } from "./language.ts";

export interface LogPart {
  readonly text: string;
  readonly notes: readonly string[];
  readonly about: PartSubject;
}

/** What a part lists. `number`: of the transaction whose it is, from 1. */
export interface PartSubject {
  readonly kind: "heading" | "trx" | "holds" | "waits" | "victim";
  readonly number: number;
}

/** The log that the server prints of a deadlock here: its transactions come in the order of the cycle. */
export function deadlockParts(
  section: string,
  deadlock: DeadlockState,
  language: Language,
): readonly LogPart[] {
  const nameOf = (number: number) => deadlock.cycle[number - 1]?.session ?? "?";
  return partsOf(section, deadlock, nameOf, language);
}

/**
 * A log of another server's, from which the scenario was made: there transaction (1) is session A. `deadlock`: the one that the
 * scenario came to; null: it came to none.
 */
export function givenLogParts(
  section: string,
  deadlock: DeadlockState | null,
  language: Language,
): readonly LogPart[] {
  return partsOf(section, deadlock, sessionOfNumber, language);
}

/** The session that plays a pasted log's transaction. */
export function sessionOfNumber(number: number): string {
  return ownLetter(String(number)) ?? "?";
}

/** `section`: from its heading to the line that names the victim. */
function partsOf(
  section: string,
  deadlock: DeadlockState | null,
  nameOf: (number: number) => string,
  language: Language,
): readonly LogPart[] {
  const words = language === "zh" ? zh : en;
  const { trxs = [] } = deadlocksIn(section)[0] ?? {};
  const subjects = subjectsOf(section, trxs.length);
  const shown = subjects.findIndex(({ about }) => hasRow(lockOf(about, trxs)));
  return subjects.map(({ text, about }, at): LogPart => {
    const { kind, number } = about;
    const trx = trxs.find((one) => one.number === number);
    const lock = lockOf(about, trxs);
    const notes = (): readonly string[] => {
      if (kind === "victim") {
        const victim = deadlock?.cycle.find((member) => member.trx === deadlock.victim);
        const isSame = deadlock !== null && victim?.session === nameOf(number);
        const why = isSame ? [whyChosen(deadlock, victim, stageWords(language).waits)] : [];
        return [words.victim(number, nameOf(number)), ...why];
      }
      if (kind === "heading" || trx === undefined) return kind === "heading" ? [words.heading] : [];
      if (kind === "trx") return words.trx({ ...trx, session: nameOf(number) });
      if (lock === null) return [];
      // (1) is held up by (2), ..., the last by (1): what one holds is in the way of the one before it.
      const hindered = number === 1 ? trxs.length : number - 1;
      const isHeld = kind === "holds";
      const what = isHeld
        ? words.holds(number, hindered)
        : words.waits(number, (number % trxs.length) + 1);
      const wanted = isHeld ? trxs.find((one) => one.number === hindered)?.waits : null;
      const several =
        lock.records.length > 1 ? [words.records(recordsOf(lock, wanted ?? null), hindered)] : [];
      const values = words.values(valuesOf(lock));
      const record = at === shown ? [words.record] : [];
      return [what, words.lock(lock), ...several, ...record, ...(values === "" ? [] : [values])];
    };
    return { text, about, notes: notes() };
  });
}

/** Each part and whose it is. MariaDB names the transaction above only, and then what it conflicts with: the next one's lock. */
function subjectsOf(
  section: string,
  trxs: number,
): readonly { readonly text: string; readonly about: PartSubject }[] {
  let current = 0;
  return section.split(/\n(?=\*\*\* )/).map((part) => {
    const text = part.trimEnd();
    const [, named, title = ""] = /^\*\*\* (?:\((\d+)\) )?(.*)/.exec(text) ?? [];
    const victim = /^WE ROLL BACK TRANSACTION \((\d+)\)/.exec(title);
    if (victim !== null) return { text, about: { kind: "victim", number: Number(victim[1]) } };
    if (title === "") return { text, about: { kind: "heading", number: 0 } };
    if (named !== undefined) current = Number(named);
    if (title.startsWith("TRANSACTION")) return { text, about: { kind: "trx", number: current } };
    const conflicts = title.startsWith("CONFLICTING");
    const number = conflicts ? (current % Math.max(1, trxs)) + 1 : current;
    const isHeld = conflicts || title.startsWith("HOLDS");
    return { text, about: { kind: isHeld ? "holds" : "waits", number } };
  });
}

/** The lock that a part lists first; null: none. */
export function lockOf({ kind, number }: PartSubject, trxs: DeadlockLog["trxs"]): LogLock | null {
  const trx: LogTrx | undefined = trxs.find((one) => one.number === number);
  if (kind === "holds") return trx?.holds[0] ?? null;
  return kind === "waits" ? (trx?.waits ?? null) : null;
}

function hasRow(lock: LogLock | null): boolean {
  return lock?.records.some((record) => !record.isSupremum) ?? false;
}

/** The records of one lock struct by their first field, the one that is waited for apart from the others. */
interface LockedRecords {
  readonly wanted: string | null;
  readonly others: readonly string[];
  /** A gap is before each. */
  readonly isOrdinary: boolean;
}

function recordsOf(lock: LogLock, waits: LogLock | null): LockedRecords {
  const keys = lock.records.map(keyOf);
  const isSame = waits !== null && waits.table === lock.table && waits.index === lock.index;
  const [first] = isSame ? waits.records.map(keyOf) : [];
  const at = first === undefined ? -1 : keys.indexOf(first);
  return {
    wanted: at < 0 ? null : (first ?? null),
    others: keys.filter((_key, place) => place !== at),
    isOrdinary: lock.shape === "ordinary",
  };
}

const VALUES_MAX = 4;

/** Of the first record: its bytes as they are printed, and what they say; in a clustered index without the hidden columns. */
function valuesOf({ records, index }: LogLock): readonly (readonly [string, string])[] {
  const fields = records.find(({ isSupremum }) => !isSupremum)?.fields ?? [];
  const shown = index === "PRIMARY" ? fields.slice(0, 1) : fields.slice(0, VALUES_MAX);
  return shown.flatMap((field) =>
    field === null || field.named !== undefined ? [] : [[hex(field.bytes), likelyText(field)]],
  );
}

function keyOf({ isSupremum, fields: [field = null] }: LogRecord): string {
  return isSupremum ? "supremum" : likelyText(field);
}

interface TrxFacts {
  readonly number: number;
  readonly session: string;
  readonly id: string;
  readonly thread: string;
  readonly lockStructs: number;
  readonly undoEntries: number;
}

interface NoteWords {
  readonly heading: string;
  readonly trx: (facts: TrxFacts) => readonly string[];
  readonly holds: (number: number, hindered: number) => string;
  readonly waits: (number: number, holder: number) => string;
  readonly lock: (lock: LogLock) => string;
  readonly records: (found: LockedRecords, hindered: number) => string;
  readonly record: string;
  /** Of bytes and what they are; empty of none. */
  readonly values: (values: readonly (readonly [string, string])[]) => string;
  readonly victim: (number: number, session: string) => string;
}

/** What stands in the log behind `lock_mode X`, and the name of the same in performance_schema.data_locks. */
function printed(lock: LogLock): string {
  if (lock.index === null) return `lock mode ${lock.mode}`;
  const shape = { ordinary: "", recNotGap: " locks rec but not gap", gap: " locks gap before rec" };
  return `${lock.mode === "S" ? "lock mode" : "lock_mode"} ${lock.mode}${shape[lock.shape]}${lock.isInsertIntention ? " insert intention" : ""}`;
}

function modeName(lock: LogLock): string {
  const shape = { ordinary: [], recNotGap: ["REC_NOT_GAP"], gap: ["GAP"] }[lock.shape];
  return [lock.mode, ...shape, ...(lock.isInsertIntention ? ["INSERT_INTENTION"] : [])].join(",");
}

type Reach = "table" | "insert" | "record" | "gap" | "end" | "nextKey";

function reachOf(lock: LogLock): Reach {
  if (lock.index === null) return "table";
  if (lock.isInsertIntention) return "insert";
  if (lock.shape === "recNotGap") return "record";
  if (lock.shape === "gap") return "gap";
  return lock.records.some(({ isSupremum }) => !isSupremum) ? "nextKey" : "end";
}

const EN_REACH: Readonly<Record<Reach, string>> = {
  table: "the whole table",
  insert: "wants to insert into the gap before this record",
  record: "the record alone, not the gap before it",
  gap: "the gap before the record alone, not the record",
  end: "the gap behind the last record (supremum is the end of the page)",
  nextKey: "a next-key lock, as nothing more is said: the record and the gap before it",
};

const en: NoteWords = {
  heading: "When it was found, and the thread that found it.",
  trx: ({ number, session, id, thread, lockStructs, undoEntries }) => [
    `Transaction (${number}) is session ${session}: ${id} is its transaction id, MySQL thread id ${thread} its connection.`,
    `It waits (LOCK WAIT). Its lock structs, ${lockStructs}, and undo log entries, ${undoEntries}, are added up to its weight, ${lockStructs + undoEntries}: the lightest is rolled back.`,
    "The last lines are the statement that was held up. Earlier ones of the transaction, which took what it holds, are not logged.",
  ],
  holds: (number, hindered) =>
    `What (${number}) holds and (${hindered}) waits for. Its other locks are not listed.`,
  waits: (number, holder) => `What (${number}) waits for, because of (${holder}).`,
  lock: (lock) =>
    `${printed(lock)}: ${EN_REACH[reachOf(lock)]}${lock.index === null ? "" : `, in index ${lock.index}`} of ${lock.table}. data_locks calls it ${modeName(lock)}.`,
  records: ({ wanted, others, isOrdinary }, hindered) =>
    `One lock struct holds all of these: ${wanted === null ? "" : `${wanted}, which (${hindered}) waits for, and `}${others.join(", ")}.${isOrdinary ? " Each with the gap before it; of the supremum there is only the gap, behind the last record." : ""}`,
  record:
    "Below it the record, field by field, as bytes: the index's columns; in a clustered index then DB_TRX_ID (6 bytes), DB_ROLL_PTR (7 bytes) and the other columns; in a secondary one then the primary key. Signed integers have their first bit flipped: 80000001 is 1.",
  values: (values) =>
    values.length === 0
      ? ""
      : `Here: ${values.map(([bytes, value]) => `${bytes} is ${value}`).join(", ")}.`,
  victim: (number, session) =>
    `(${number}), session ${session}, was rolled back and got error 1213; the others go on.`,
};

const ZH_REACH: Readonly<Record<Reach, string>> = {
  table: "整张表",
  insert: "要往这条记录之前的间隙里插入",
  record: "只锁这条记录，不锁它前面的间隙",
  gap: "只锁这条记录前面的间隙，不锁记录本身",
  end: "锁最后一条记录之后的间隙（supremum 表示页的末尾）",
  nextKey: "后面没有别的字，就是临键锁：这条记录和它前面的间隙",
};

const zh: NoteWords = {
  heading: "发现死锁的时间和线程。",
  trx: ({ number, session, id, thread, lockStructs, undoEntries }) => [
    `事务 (${number}) 是会话 ${session}：${id} 是它的事务 ID，MySQL thread id ${thread} 是它的连接号。`,
    `它在等锁（LOCK WAIT）。锁结构（lock struct）${lockStructs} 个，加上 undo 记录（undo log entries）${undoEntries} 条，就是它的权重 ${lockStructs + undoEntries}：回滚最轻的。`,
    "最后几行是被挡住的语句。这个事务更早的语句（现在持有的锁就是它们加的）日志里没有。",
  ],
  holds: (number, hindered) => `(${number}) 持有、(${hindered}) 在等的锁。它的其他锁没有列出。`,
  waits: (number, holder) => `(${number}) 在等的锁，被 (${holder}) 挡住。`,
  lock: (lock) =>
    `${printed(lock)}：${ZH_REACH[reachOf(lock)]}；${lock.index === null ? `表 ${lock.table}` : `表 ${lock.table} 的索引 ${lock.index}`}。data_locks 里写作 ${modeName(lock)}。`,
  records: ({ wanted, others, isOrdinary }, hindered) =>
    `一个锁结构管着这里列出的全部记录：${wanted === null ? "" : `${wanted}（(${hindered}) 等的就是它），还有 `}${others.join("、")}。${isOrdinary ? "每条都连同它前面的间隙；supremum 只有间隙，在最后一条记录之后。" : ""}`,
  record:
    "下面是这条记录各字段的字节：先是索引的列；聚簇索引接着是 DB_TRX_ID（6 字节）、DB_ROLL_PTR（7 字节）和其余各列，二级索引接着是主键。有符号整数的最高位取反：80000001 就是 1。",
  values: (values) =>
    values.length === 0
      ? ""
      : `这里：${values.map(([bytes, value]) => `${bytes} 是 ${value}`).join("，")}。`,
  victim: (number, session) =>
    `(${number})，也就是会话 ${session}，被回滚，得到错误 1213；其他事务继续。`,
};
