/** What is said about a statement that was not run, in Chinese. */
import { ACCESS } from "../../trace/explain/zh/sessions.ts";
import { list, lockPhrase as zhPhrase } from "../../trace/explain/zh/words.ts";
import type { MdlState } from "../../trace/state.ts";
import type { NoHelp, PeekWords, Wanted } from "./words.ts";

const isMdl = (wanted: Wanted): wanted is MdlState => "namespace" in wanted;

export const zh: PeekWords = {
  paragraph: (sentences) => sentences.join(""),
  ask: "它会锁住什么？",
  askHint: (sql) => `不执行，只看这条语句会锁住什么：${sql}`,
  nothingToAsk: "把光标放到一条语句上，就能问它会锁住什么。",
  region: "一条语句会做什么",
  title: (session) => `如果 ${session} 现在执行它`,
  notRun: "没有执行",
  amid: (session) => `游标停在 ${session} 的语句中间；下面说的是那条语句执行完之后。`,
  waits: (blockers, wanted) =>
    `它会等待 ${list(blockers) || "别的会话"}：它需要 ${
      isMdl(wanted)
        ? `${wanted.name ?? wanted.namespace} 上的元数据锁 ${wanted.mode}`
        : zhPhrase(wanted)
    }。`,
  deadlock: (victim) => `这会形成死锁：${victim} 将被回滚。`,
  rows: (count) => `这条语句会返回 ${count} 行。`,
  affected: (count) => `这条语句会执行完，影响 ${count} 行。`,
  fails: (errno, message) => `这条语句会失败，错误 ${errno}：${message}。`,
  noRecordLocks: (isBefore) => (isBefore ? "在那之前不加新的行锁。" : "不加新的行锁。"),
  pauses: (reason) => {
    switch (reason.kind) {
      case "sleep":
        return "它会睡眠，期间不释放已持有的锁。";
      case "userLock":
        return `它会等待用户锁 '${reason.name}'。`;
      case "thrLock":
      case "tableFlush":
        return `它会等待别人正在用的表 ${reason.table}。`;
      default:
        return "它会等待。";
    }
  },
  begins: (hasView) =>
    hasView
      ? "会开始一个事务，并立即打开读视图，不加任何锁。"
      : "只在本会话开始一个事务：不加锁，也还没有读视图。第一次一致性读才会打开读视图；START TRANSACTION WITH CONSISTENT SNAPSHOT 则立即打开。",
  implicit: (rows, recordLocks) =>
    `${recordLocks === 0 ? "还没有行锁：" : ""}${
      rows === 1 ? "新行" : `${rows} 个新行`
    }由写入它的事务 ID 隐式锁住，谁碰到它谁就等待。`,
  takes: (count, isBefore) => `${isBefore ? "在那之前" : ""}新加的 ${count} 个行锁：`,
  held: "已经持有的：",
  frees: (count) => `会释放 ${count} 个行锁：`,
  goesOn: (sessions) => `${list(sessions)} 将继续执行。`,
  wouldFail: (session, errno) => `${session} 会失败，错误 ${errno}。`,
  freesOthers: (tableLocks, metadataLocks) =>
    `会释放${[
      ...(tableLocks.length === 0 ? [] : [`表锁：${tableLocks.join("、")}`]),
      ...(metadataLocks.length === 0 ? [] : [`元数据锁：${metadataLocks.join("、")}`]),
    ].join("；")}。`,
  before: (keys) => `${keys} 之前`,
  kinds: { record: "记录锁", gap: "间隙锁", nextKey: "临键锁", insertIntention: "插入意向锁" },
  tableLocks: (modes) => `表锁：${modes}。`,
  metadataLocks: (modes) => `元数据锁：${modes}。`,
  plan: ({ access, table, key }, noHelp) => {
    const why = noHelp === null ? "" : `：${noIndex(noHelp)}`;
    if (access === "none") return `不读 ${table} 的任何行。`;
    if (access === "ALL") return `逐行读整张表 ${table}（type ALL）${why}。`;
    if (access === "index") return `从头到尾读整个索引 ${table}.${key}（type index）${why}。`;
    return `读 ${table}${key === null ? "" : `.${key}`}（type ${access}）：${ACCESS[access]}。`;
  },
  run: "执行它",
  close: "回到现在",
};

function noIndex({ columns, locksAll }: NoHelp): string {
  const why =
    columns.length === 0 ? "没有索引能用于它的 WHERE" : `列 ${columns.join("、")} 上没有索引`;
  return locksAll ? `${why}，所以每条记录都被锁住，不论是否符合条件` : why;
}
