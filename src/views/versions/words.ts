/** What stands around the version chain, in both languages: what each session sees, the walk, the undo log. */
import type { Language } from "../../store/preferences.ts";
import type { UndoType } from "../../trace/state.ts";

export interface VersionWords {
  readonly sight: string;
  readonly sightHint: (columns: string) => string;
  readonly sightBack: string;
  readonly sightKeys: string;
  readonly sightLater: string;
  readonly reader: string;
  readonly withView: string;
  readonly newView: string;
  readonly noView: string;
  readonly locks: string;
  readonly newcomer: string;
  readonly noRow: string;
  readonly waits: (writer: string) => string;
  readonly deeper: (depth: number) => string;
  /** Of a long chain, what stands for its middle; `foldedHidden`: what a view makes of each. */
  readonly folded: (count: number) => string;
  readonly foldedIds: (newest: number, oldest: number) => string;
  readonly foldedHidden: (count: number) => string;
  readonly unfold: (count: number) => string;
  readonly foldAgain: string;
  readonly walk: (session: string) => string;
  readonly walkTitle: (session: string) => string;
  readonly at: (step: number, of: number, trxId: number) => string;
  readonly back: string;
  readonly next: string;
  readonly play: string;
  readonly pause: string;
  readonly end: string;
  readonly follows: string;
  readonly found: (session: string) => string;
  readonly nothing: (session: string) => string;
  readonly undo: string;
  readonly running: string;
  readonly history: string;
  readonly noUndo: string;
  readonly noHistory: string;
  readonly ofTrx: (trxId: number, session: string) => string;
  readonly ofCommitted: (trxId: number, trxNo: number) => string;
  readonly undoTypes: Readonly<Record<UndoType, string>>;
  readonly before: (values: string) => string;
  readonly heldBack: (sessions: string) => string;
  readonly mayGo: string;
  /** A newcomer sees the same at both. */
  readonly eitherLevel: string;
}

const en: VersionWords = {
  sight: "What would each session see now?",
  sightKeys: "Which rows a plain SELECT by each returns.",
  sightLater: "Shown when you have answered the lesson's question.",
  sightHint: (columns) => `A plain SELECT by each, as values of ${columns}.`,
  sightBack: "A small v−1 behind a value: it comes from one version back in the chain.",
  reader: "reader",
  withView: "its open read view",
  newView: "would open a new view",
  noView: "no view: the newest version",
  locks: "reads with a lock",
  newcomer: "a newcomer, not connected yet",
  folded: (count) => `… ${count} more …`,
  foldedIds: (newest, oldest) => `trx ${newest} to ${oldest}`,
  foldedHidden: (count) => `none of these ${count} is visible`,
  unfold: (count) =>
    `${count} versions that no open view sees are folded away; press to show them.`,
  foldAgain: "Fold the middle",
  noRow: "no row",
  waits: (writer) => `waits for ${writer}`,
  deeper: (depth) => (depth === 1 ? "1 version back" : `${depth} versions back`),
  walk: (session) => `How ${session} looks for it`,
  walkTitle: (session) => `${session} walks down the chain`,
  at: (step, of, trxId) => `Version ${step} of ${of}, DB_TRX_ID ${trxId}`,
  back: "Back",
  next: "Next",
  play: "Play",
  pause: "Pause",
  end: "Close",
  follows: "So it follows the roll pointer to the version before.",
  found: (session) => `This is the version ${session} sees; the walk ends.`,
  nothing: (session) => `The chain ends: ${session} sees no row.`,
  undo: "Undo log, history list, purge",
  running: "Written by running transactions",
  history: "History list: committed, waiting for purge (oldest first)",
  noUndo: "No running transaction has written.",
  noHistory: "Empty: purge has cleaned up everything.",
  ofTrx: (trxId, session) => `trx ${trxId}, ${session}`,
  ofCommitted: (trxId, trxNo) => `trx ${trxId}, serialisation no ${trxNo}`,
  undoTypes: {
    insert: "insert",
    updateExisting: "update",
    updateDeleted: "update of a deleted row",
    deleteMark: "delete mark",
  },
  before: (values) => `before: ${values}`,
  heldBack: (sessions) => `held back by the read view of ${sessions}`,
  mayGo: "may be purged",
  eitherLevel: "REPEATABLE READ or READ COMMITTED",
};

const zh: VersionWords = {
  sight: "每个会话现在会看到什么？",
  sightKeys: "各自执行普通 SELECT，看得到哪些行。",
  sightLater: "回答课程的提问之后再显示。",
  sightHint: (columns) => `各自执行普通 SELECT 看到的 ${columns}。`,
  sightBack: "值后面的小字 v−1：取自版本链上往回 1 个版本。",
  reader: "读者",
  withView: "已打开的读视图",
  newView: "会打开新视图",
  noView: "没有视图：最新版本",
  locks: "加锁读",
  newcomer: "尚未连接的新会话",
  folded: (count) => `… 还有 ${count} 个 …`,
  foldedIds: (newest, oldest) => `事务 ${newest} 到 ${oldest}`,
  foldedHidden: (count) => `这 ${count} 个都不可见`,
  unfold: (count) => `中间 ${count} 个没有视图看到的版本已折叠；按下可展开。`,
  foldAgain: "折叠中间的版本",
  noRow: "无此行",
  waits: (writer) => `等待 ${writer}`,
  deeper: (depth) => `往回 ${depth} 个版本`,
  walk: (session) => `看 ${session} 怎样沿版本链查找`,
  walkTitle: (session) => `${session} 沿版本链往下走`,
  at: (step, of, trxId) => `第 ${step} 个版本，共 ${of} 个，DB_TRX_ID ${trxId}`,
  back: "上一步",
  next: "下一步",
  play: "播放",
  pause: "暂停",
  end: "关闭",
  follows: "于是沿回滚指针去看前一个版本。",
  found: (session) => `这就是 ${session} 看到的版本，到此为止。`,
  nothing: (session) => `链到了尽头：${session} 看不到这一行。`,
  undo: "undo 日志、历史链表与 purge",
  running: "运行中的事务所写",
  history: "历史链表：已提交，等待 purge（最早的在前）",
  noUndo: "没有运行中的事务写过数据。",
  noHistory: "空：purge 已全部清理。",
  ofTrx: (trxId, session) => `事务 ${trxId}，${session}`,
  ofCommitted: (trxId, trxNo) => `事务 ${trxId}，提交号 ${trxNo}`,
  undoTypes: {
    insert: "插入",
    updateExisting: "更新",
    updateDeleted: "更新已删除的行",
    deleteMark: "打删除标记",
  },
  before: (values) => `之前：${values}`,
  heldBack: (sessions) => `被 ${sessions} 的读视图留住`,
  mayGo: "可以清理",
  eitherLevel: "REPEATABLE READ 或 READ COMMITTED",
};

export function versionWords(language: Language): VersionWords {
  return language === "zh" ? zh : en;
}
