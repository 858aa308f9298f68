/** What is said about a statement that was not run, in both languages. */
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import type { Language } from "../../store/preferences.ts";
import { lockPhrase as enPhrase } from "../../trace/explain/en/words.ts";
import { lockPhrase as zhPhrase } from "../../trace/explain/zh/words.ts";
import type { MdlState, RecLockState, TableLockState } from "../../trace/state.ts";

type Wanted = RecLockState | TableLockState | MdlState;

export interface PeekWords {
  readonly ask: string;
  readonly askHint: (sql: string) => string;
  readonly nothingToAsk: string;
  readonly region: string;
  readonly title: (session: string) => string;
  readonly notRun: string;
  readonly waits: (blockers: readonly string[], wanted: Wanted) => string;
  readonly deadlock: (victim: string) => string;
  readonly rows: (count: number) => string;
  readonly affected: (count: number) => string;
  readonly fails: (errno: number, message: string) => string;
  readonly noRecordLocks: string;
  readonly takes: (count: number) => string;
  readonly kinds: Readonly<Record<LockKind, string>>;
  readonly tableLocks: (modes: string) => string;
  readonly metadataLocks: (modes: string) => string;
  readonly plan: (access: string, key: string) => string;
  readonly run: string;
  readonly close: string;
}

const isMdl = (wanted: Wanted): wanted is MdlState => "namespace" in wanted;

const en: PeekWords = {
  ask: "What would it lock?",
  askHint: (sql) => `Shows what this would lock, without running it: ${sql}`,
  nothingToAsk: "Put the cursor on a statement to ask what it would lock.",
  region: "What a statement would do",
  title: (session) => `If ${session} ran this now`,
  notRun: "not run",
  waits: (blockers, wanted) =>
    `It would wait for ${blockers.join(", ") || "another"}: it needs the ${
      isMdl(wanted)
        ? `metadata lock ${wanted.mode} on ${wanted.name ?? wanted.namespace}`
        : enPhrase(wanted)
    }.`,
  deadlock: (victim) => `That closes a deadlock: ${victim} would be rolled back.`,
  rows: (count) => `It would return ${count === 1 ? "1 row" : `${count} rows`}.`,
  affected: (count) => `It would change ${count === 1 ? "1 row" : `${count} rows`}.`,
  fails: (errno, message) => `It would fail with error ${errno}: ${message}`,
  noRecordLocks: "No record lock.",
  takes: (count) => (count === 1 ? "1 record lock:" : `${count} record locks:`),
  kinds: {
    record: "record",
    gap: "gap",
    nextKey: "next-key",
    insertIntention: "insert intention",
  },
  tableLocks: (modes) => `Table locks: ${modes}.`,
  metadataLocks: (modes) => `Metadata locks: ${modes}.`,
  plan: (access, key) => `Reads by ${access} on ${key}.`,
  run: "Run it",
  close: "Back to what is",
};

const zh: PeekWords = {
  ask: "它会锁住什么？",
  askHint: (sql) => `不执行，只看这条语句会锁住什么：${sql}`,
  nothingToAsk: "把光标放到一条语句上，就能问它会锁住什么。",
  region: "一条语句会做什么",
  title: (session) => `如果 ${session} 现在执行它`,
  notRun: "没有执行",
  waits: (blockers, wanted) =>
    `它会等待 ${blockers.join("、") || "别的会话"}：它需要 ${
      isMdl(wanted)
        ? `${wanted.name ?? wanted.namespace} 上的元数据锁 ${wanted.mode}`
        : zhPhrase(wanted)
    }。`,
  deadlock: (victim) => `这会形成死锁：${victim} 将被回滚。`,
  rows: (count) => `它会返回 ${count} 行。`,
  affected: (count) => `它会修改 ${count} 行。`,
  fails: (errno, message) => `它会失败，错误 ${errno}：${message}`,
  noRecordLocks: "不加记录锁。",
  takes: (count) => `${count} 个记录锁：`,
  kinds: { record: "记录锁", gap: "间隙锁", nextKey: "临键锁", insertIntention: "插入意向锁" },
  tableLocks: (modes) => `表锁：${modes}。`,
  metadataLocks: (modes) => `元数据锁：${modes}。`,
  plan: (access, key) => `读取方式：${key} 上的 ${access}。`,
  run: "执行它",
  close: "回到现在",
};

export function peekWords(language: Language): PeekWords {
  return language === "zh" ? zh : en;
}
