/** What the picture of the lock levels says, in both languages. */
import type { LevelName } from "../../diagrams/lock_levels.ts";
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import type { Language } from "../../store/preferences.ts";
import { endingsText as enEndings } from "../../trace/explain/en/words.ts";
import { endingsText as zhEndings } from "../../trace/explain/zh/words.ts";
import type { WaitEnd } from "../../trace/why/wait_ends.ts";

export interface LevelWords {
  readonly title: string;
  readonly names: Readonly<Record<LevelName, string>>;
  /** What lies on the level and who takes it. */
  readonly means: Readonly<Record<LevelName, string>>;
  readonly free: string;
  readonly queue: string;
  readonly times: (count: number, mode: string) => string;
  /** Parts of the sentence about a lock that are heard and not seen. */
  readonly holds: string;
  readonly waitsFor: string;
  readonly on: (name: string) => string;
  readonly heldBackBy: (blockers: string) => string;
  readonly whyTitle: string;
  /** Of who waits for nobody and is waited for, directly or through others. */
  /** Behind its name. */
  readonly root: (waiting: number) => string;
  readonly chains: (root: string) => string;
  readonly moreChains: (count: number) => string;
  readonly rootEnds: (ends: readonly WaitEnd[]) => string;
  readonly choose: string;
  /** Of the deciding cell. */
  readonly granted: (waiter: string, asked: string, blocker: string, there: string) => string;
  readonly pending: (waiter: string, asked: string, blocker: string, there: string) => string;
  readonly recordNote: string;
  readonly matrix: (kind: "granted" | "waiting" | "table" | "record") => string;
  readonly corner: string;
  readonly together: string;
  readonly waitsCell: string;
  readonly kinds: Readonly<Record<LockKind, string>>;
}

const en: LevelWords = {
  title: "Lock levels",
  names: {
    server: "Whole server",
    schema: "Schema",
    definition: "Table definition",
    table: "Table",
    record: "Records and gaps",
    named: "Named locks",
  },
  means: {
    server: "FLUSH TABLES WITH READ LOCK, backup",
    schema: "announced before a definition changes",
    definition: "metadata locks: who uses it keeps it as it is",
    table: "intention locks, LOCK TABLES, AUTO-INC",
    record: "row locks, by index",
    named: "GET_LOCK",
  },
  free: "no lock",
  queue: "queue",
  times: (count, mode) => `${count} × ${mode}`,
  holds: " holds ",
  waitsFor: " waits for ",
  on: (name) => ` on ${name} `,
  heldBackBy: (blockers) => ` held back by ${blockers}`,
  whyTitle: "Why it waits",
  root: (waiting) =>
    waiting === 1
      ? "is the root: it waits for nobody, and 1 session waits for it."
      : `is the root: it waits for nobody, and ${waiting} sessions wait for it, directly or behind one another.`,
  chains: (root) => `Who waits for whom, up to ${root}`,
  moreChains: (count) => `and ${count} more`,
  rootEnds: (ends) => `What ends it: ${enEndings(ends)}.`,
  choose: "When somebody waits, the matrix cell that decided stands here.",
  granted: (waiter, asked, blocker, there) =>
    `${waiter} asks for ${asked}; ${blocker} holds ${there}. The two do not go together, so ${waiter} waits.`,
  pending: (waiter, asked, blocker, there) =>
    `${waiter} asks for ${asked}; ${blocker} has been waiting for ${there}, and that request goes first.`,
  recordNote: "Two S locks always go together; the table is for two locks of which one is X.",
  matrix: (kind) =>
    ({
      granted: "Metadata locks: request against locks that are held",
      waiting: "Metadata locks: request against requests that wait",
      table: "InnoDB table locks: request against locks that are there",
      record: "Record locks on one record: request against locks that are there",
    })[kind],
  corner: "asked \\ there",
  together: "goes together",
  waitsCell: "waits",
  kinds: {
    nextKey: "next-key",
    record: "record",
    gap: "gap",
    insertIntention: "insert intention",
  },
};

const zh: LevelWords = {
  title: "锁的层级",
  names: {
    server: "整个服务器",
    schema: "库",
    definition: "表定义",
    table: "表",
    record: "记录与间隙",
    named: "命名锁",
  },
  means: {
    server: "FLUSH TABLES WITH READ LOCK、备份锁",
    schema: "改表定义之前在这里登记",
    definition: "元数据锁：有人用表，就不能改表",
    table: "意向锁、LOCK TABLES、AUTO-INC",
    record: "行锁，按索引统计",
    named: "GET_LOCK",
  },
  free: "没有锁",
  queue: "排队",
  times: (count, mode) => `${count} × ${mode}`,
  holds: " 持有 ",
  waitsFor: " 等待 ",
  on: (name) => `，在 ${name} 上 `,
  heldBackBy: (blockers) => `，被 ${blockers} 挡住`,
  whyTitle: "为什么等待",
  root: (waiting) => `是源头：它不等任何人，有 ${waiting} 个会话直接或间接在等它。`,
  chains: (root) => `谁在等谁，直到 ${root}`,
  moreChains: (count) => `还有 ${count} 个`,
  rootEnds: (ends) => `什么时候结束：要等 ${zhEndings(ends)}。`,
  choose: "有人等待时，这里会显示起决定作用的那一格兼容矩阵。",
  granted: (waiter, asked, blocker, there) =>
    `${waiter} 请求 ${asked}，而 ${blocker} 持有 ${there}。两者不兼容，所以 ${waiter} 等待。`,
  pending: (waiter, asked, blocker, there) =>
    `${waiter} 请求 ${asked}，而 ${blocker} 已经在等待 ${there}，那个请求优先。`,
  recordNote: "两个 S 锁总是兼容；此表针对至少一方为 X 的两把锁。",
  matrix: (kind) =>
    ({
      granted: "元数据锁：请求与已持有的锁",
      waiting: "元数据锁：请求与排队中的请求",
      table: "InnoDB 表锁：请求与已有的锁",
      record: "同一条记录上的行锁：请求与已有的锁",
    })[kind],
  corner: "请求 \\ 已有",
  together: "兼容",
  waitsCell: "等待",
  kinds: { nextKey: "临键锁", record: "记录锁", gap: "间隙锁", insertIntention: "插入意向锁" },
};

export function levelWords(language: Language): LevelWords {
  return language === "zh" ? zh : en;
}
