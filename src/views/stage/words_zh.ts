/** What the pictures say, in Simplified Chinese. The terms are the usual ones; MySQL's own names stay as they are. */

import { chainText, endingsText, KEPT_UNTIL } from "../../trace/explain/zh/words.ts";
import type { GapBounds } from "../../trace/gap_bounds.ts";
import type { StageWords } from "./words.ts";

const list = (names: readonly string[]): string => names.join("、");

const between = (gap: GapBounds): string => {
  if (gap.low === null && gap.high === null) return "整个索引";
  if (gap.low === null) return `小于 ${gap.high} 的所有位置`;
  if (gap.high === null) return `大于 ${gap.low} 的所有位置`;
  return `${gap.low} 与 ${gap.high} 之间`;
};

const kinds: StageWords["kinds"] = {
  record: "记录锁",
  gap: "间隙锁",
  nextKey: "临键锁",
  insertIntention: "插入意向锁",
};

export const zh: StageWords = {
  language: "zh",
  infimum: "infimum",
  supremum: "supremum",
  folded: (count) => `… ${count} 条记录 …`,
  unfold: (count) => `折叠了 ${count} 条看起来一样的记录，按下即可展开。`,
  waitsFor: (names) => (names.length === 0 ? "等待" : `等待 ${list(names)}`),
  between,

  panels: {
    index: "索引与锁",
    versions: "版本与读视图",
    waits: "谁在等谁",
    locks: "锁列表",
    why: "为什么？",
  },
  indexHeading: { clustered: "聚簇索引：行数据就在这里", secondary: "二级索引" },
  unique: "唯一",
  pages: {
    root: (no, children) => `根：第 ${no} 页，${children} 个子页`,
    inner: (no, children) => `第 ${no} 页，${children} 个子页`,
    leaf: (no, records) => `第 ${no} 页，${records} 条记录`,
  },
  zoom: { label: "缩放", auto: "自动", full: "全部列", keys: "键", ticks: "远看" },
  overview: "整条索引的缩略图，方向键滚动",
  table: "表",
  noTables: "还没有表。执行一条 CREATE TABLE，或选择一个示例。",
  noLocks: "这张表上没有锁。",
  idleTable: "没有会话在用它",
  openTable: (name) => `展开表 ${name}`,
  foldTable: (name) => `折叠表 ${name}`,
  tableLocks: "表锁",
  sortedLine: (on) => `${on}：按顺序排列的记录与间隙，锁画在下方。方向键移动，回车选中。`,

  kinds,
  legend: {
    title: "图例",
    record: "记录锁：只锁这条记录（REC_NOT_GAP）",
    gap: "间隙锁：两条记录之间不能插入（GAP）",
    nextKey: "临键锁（next-key）：记录加上它之前的间隙（模式后面没有别的字）",
    insertIntention: "插入意向锁：想插入到某个间隙（INSERT_INTENTION）",
    X: "X：排他，实心",
    S: "S：共享，斜线",
    granted: "已授予：实线",
    waiting: "等待中：虚线",
    uncommitted: "未提交的修改及其作者",
    deleted: "打了删除标记的记录",
    versions: "记录背后的旧版本",
  },
  legendShort: {
    record: "记录",
    gap: "间隙",
    nextKey: "临键",
    insertIntention: "插入意向",
    X: "X",
    S: "S",
    granted: "已授予",
    waiting: "等待",
    uncommitted: "未提交",
    deleted: "删除标记",
    versions: "旧版本",
  },

  inTheWay: (names, ends) =>
    names.length === 0
      ? ""
      : `挡在前面的是 ${list(names)}${ends.length === 0 ? "" : `，要等 ${endingsText(ends)}`}。`,
  foldedLocks: (count) => `折叠的记录上有 ${count} 个相同的锁。`,
  tableLockSentence: (session, mode, table, isWaiting) =>
    isWaiting
      ? `${session} 在等 ${table} 上的表锁 ${mode}。`
      : `${session} 持有 ${table} 上的表锁 ${mode}。`,
  mdlSentence: (session, mode, on, end, isPending) =>
    isPending
      ? `${session} 在等 ${on} 上的元数据锁 ${mode}。`
      : `${session} 持有 ${on} 上的元数据锁 ${mode}，直到${KEPT_UNTIL[end]}。`,

  lockName: (session, kind, modeText, data, isWaiting) =>
    `${session} ${isWaiting ? "等待" : "持有"}${kinds[kind]} ${modeText}：${data}`,
  readsHere: (session) => `${session} 正在读这里`,
  recSentence: (key, on) => `${on} 的记录 ${key}。`,
  supremumSentence: (on) =>
    `${on} 的 supremum：页的末尾，大于所有键。锁住它就是锁住最后一条记录之后的间隙。`,
  infimumSentence: (on) => `${on} 的 infimum：页的开头，小于所有键。`,
  gapSentence: (gap, on) => `${on} 的间隙：${between(gap)}。`,

  versions: {
    choose: "选中聚簇索引里的一条记录，查看它的各个版本。",
    onPage: "在索引上",
    inUndo: (rollPtr) => `undo ${rollPtr}`,
    uncommitted: (session) => `未提交，由 ${session} 修改`,
    committed: "已提交",
    deleted: "删除标记",
    noOlder: "没有更旧的版本",
    rollPtr: (to, isInsert) => `${to}（${isInsert ? "插入" : "已清除"}）`,
    undoTypes: {
      insert: "插入",
      updateExisting: "更新",
      updateDeleted: "更新已删除的行",
      deleteMark: "删除标记",
    },
    viewOf: (session) => `${session} 的读视图`,
    noViews: "没有打开的读视图。事务里的普通 SELECT 会打开一个。",
    low: "低水位 (up_limit_id)",
    lowIsHigh: "，与高水位相同：没有活跃事务",
    high: "高水位 (low_limit_id)",
    active: "活跃事务 (m_ids)",
    creator: "创建者",
    none: "无",
    sees: (session, what) => `${session} 看到 ${what}`,
    seesNothing: (session) => `${session} 看不到这一行`,
    seesDeleted: (session) => `${session} 看不到这一行：该版本已删除`,
    notAsked: "没有查看",
    verdict: (trxId, limits, rule) => {
      switch (rule) {
        case "ownChange":
          return `${trxId} 是自己的修改：可见`;
        case "belowUpLimit":
          return `${trxId} < ${limits.up}：可见`;
        case "atOrAboveLowLimit":
          return `${trxId} ≥ ${limits.low}：不可见`;
        case "activeWhenOpened":
          return `${trxId} 在活跃事务中：不可见`;
        case "committedBeforeOpened":
          return `${trxId} 不在活跃事务中：可见`;
      }
    },
    axis: "事务 id",
    axisVisible: "可见",
    axisHidden: "不可见",
    next: "下一个 id",
    commitNumber: "提交号",
    readNow: "刚刚读取",
  },

  waits: {
    chain: chainText,
    empty:
      "没有会话在等待。让两个会话锁同一行：在 A 里执行 UPDATE 不提交，再在 B 里执行同样的 UPDATE。",
    deadlock: "死锁",
    victim: "牺牲者，已回滚",
    victimChosen: "牺牲者，将被回滚",
    chosenLightest: (victim, weight, others) =>
      `为什么是 ${victim}？回滚较轻的事务：${victim} 的权重是 ${weight}，${list(others)}。`,
    chosenTie: (victim, weight, others) =>
      `为什么是 ${victim}？${[victim, ...others].length === 2 ? "两者" : `${list([victim, ...others])} 的`}权重相同（都是 ${weight}），使环闭合的最后那次等待由 ${victim} 发起，所以回滚 ${victim}。`,
    weighs: (session, weight) => `${session} 是 ${weight}`,
    toDeadlock: "跳到死锁发生处",
    weight: (weight, undo, structs) =>
      `权重 ${weight} = ${undo} 条 undo 记录 + ${structs} 个锁结构`,
    weightMeans: "权重：写过的 undo 记录数加上持有的锁结构数。越轻的事务，回滚它的损失越小。",
    weightShort: (weight) => `权重 ${weight}`,
    victimShort: "牺牲者",
    edge: (waiter, blocker, what, isOver) =>
      `${waiter} ${isOver === true ? "当时在等" : "等待"} ${blocker}：${what}`,
    now: "现在：",
    holds: (session, modes, isOver) => `${session} ${isOver === true ? "当时" : ""}持有 ${modes}`,
    isAhead: (session, modes) => `${session} 排在前面，正在等 ${modes}`,
    connection: (id) => `连接 ${id}`,
    trx: (id) => `事务 ${id}`,
    lastDeadlock: "查看最近一次死锁",
    hideDeadlock: "回到当前的等待",
    userLock: "用户锁",
    wanted: ({ kind, data, isSupremum }) => {
      switch (kind) {
        case "insertIntention":
          return isSupremum ? "插入到最后一条记录之后" : `插入到 ${data} 之前的间隙`;
        case "record":
          return `记录 ${data}`;
        case "gap":
          return isSupremum ? "最后一条记录之后的间隙" : `${data} 之前的间隙`;
        case "nextKey":
          return isSupremum ? "最后一条记录之后的间隙" : `临键：到 ${data} 为止`;
        case "table":
          return `整张表 ${data}`;
        case "mdl":
          return `${data} 的表定义`;
        case "globalReadLock":
          return "全局读锁";
        case "commitLock":
          return "提交锁";
        case "backupLock":
          return "备份锁";
        case "schema":
          return `库 ${data}`;
        case "userLock":
          return `名字 ${data}`;
        case "tableFlush":
          return `等 ${data} 用完`;
        case "thrLock":
          return `整张表 ${data}`;
      }
    },
  },
};
