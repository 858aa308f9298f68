/** The words of the schedule and of the comparison, in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { Step } from "../../trace/scenario.ts";
import { stepSaid } from "./step_words.ts";

/** The step's number on the left and on the right; null where that side has no such step. */
export type Places = readonly [left: number | null, right: number | null];

function enPlaces([left, right]: Places): string {
  if (left === right) return `step ${left}`;
  if (left === null) return `step ${right} on the right`;
  return `step ${left} on the left${right === null ? "" : `, step ${right} on the right`}`;
}

function zhPlaces([left, right]: Places): string {
  if (left === right) return `第 ${left} 步`;
  if (left === null) return `右边第 ${right} 步`;
  return `左边第 ${left} 步${right === null ? "" : `、右边第 ${right} 步`}`;
}

const en = {
  title: "Schedule",
  hint: "The order the server gets them in. Drag a row by its handle, or use its arrows (keys: Alt+↑, Alt+↓); its pencil (or E) writes the statement anew. All is run again at once.",
  empty:
    "Nothing has been run yet. What you run appears here in order, and can then be put into another one.",
  first: (session: string) => `${session} first`,
  firstHint: (session: string) => `All of ${session}'s statements before the others`,
  up: (text: string) => `Earlier: ${text}`,
  down: (text: string) => `Later: ${text}`,
  remove: (text: string) => `Leave out: ${text}`,
  edit: (text: string) => `Edit and run again: ${text}`,
  editTitle: (place: number, session: string) => `Step ${place}, ${session}: edit and run again`,
  editHint:
    "All other statements keep their order and are run again with it. How it is now stays under Other futures.",
  editHintLast: "All is run again with it. How it is now stays under Other futures.",
  runEdited: "Run all again with it",
  drag: "Drag to another place",
  pass: (seconds: number) => `${seconds} s pass`,
  said: (step: Step): string => stepSaid(step, "en"),
  moved: (text: string, place: number) => `${text} is now number ${place}.`,
  skippedWaiting: (session: string) => `not run: ${session} was still waiting`,
  skippedGone: (session: string) => `not run: ${session}'s connection was closed`,
  waits: "waits",
  hasWaited: "waited",
  /** Between that and what is waited for. */
  beforeWait: "",
  waitsFor: (session: string) => `for ${session}, to get the`,
  thenCame: (outcome: string) => `; then ${outcome}`,
  took: "locked:",
  waited: (outcome: string) => `waited, then ${outcome}`,
  rows: (n: number) => (n === 1 ? "1 row" : `${n} rows`),
  ok: (n: number) => (n === 0 ? "OK" : n === 1 ? "OK, 1 row" : `OK, ${n} rows`),
  lost: "connection lost",

  compare: "Compare",
  left: "Left",
  right: "Right",
  now: "As it is now",
  branch: (n: number, name: string) => `Other future ${n}: ${name}`,
  level: (level: string) => `All sessions at ${level}`,
  goesFirst: (session: string) => `${session} goes first`,
  running: "Running both…",
  failed: (message: string) => `One of them could not be run. ${message}`,
  same: "No difference: every statement gets the same result and leaves the same locks.",
  firstDifference: (places: Places, what: string, also: readonly string[]) =>
    `First difference: ${enPlaces(places)}, ${what}${also.length === 0 ? "" : `: ${also.join("; ")}`}.`,
  endsDifferently: (place: number) => ` Because of it step ${place} ends differently.`,
  what: {
    result: "another result",
    wait: "one waits, the other does not",
    order: "different statements",
    locks: "the same result, other locks",
  },
  also: {
    result: "another result",
    wait: "one waits, the other does not",
    otherWait: "both wait, for other locks",
    locks: "other record locks",
  },
  differenceHere: "first difference",
  step: (place: number) => `step ${place}`,
  ownOrder:
    "Rows follow the order of the left side, and each statement stands beside its counterpart, wherever that was run; the step numbers tell each side's own order.",
  firstOnRight: (step: number) => `Read down the right side, it is step ${step}.`,
  missing: "—",
  none: "no locks",
  locks: (n: number, ofTables: number) =>
    `All sessions then hold ${n === 1 ? "1 lock" : `${n} locks`}${ofTables === 0 ? "" : `, ${ofTables} of them on a table`}`,
  locksOnly: "; only here:",
  held: (session: string, lock: string, isWaiting: boolean) =>
    `${session}: ${lock}${isWaiting ? " (waits)" : ""}`,
  openLeft: "Go on from the left one",
  openRight: "Go on from the right one",
  openHint: "What is on the page now becomes another future",
  whatNow: "Nothing has been run yet, so there is nothing to compare: run some statements first.",
  close: "Close",
};

export type ScheduleWords = typeof en;

const zh: ScheduleWords = {
  title: "执行顺序",
  hint: "服务器收到语句的先后顺序。拖动行首的手柄，或点行尾的箭头（键盘：Alt+↑、Alt+↓）；点铅笔（键盘：E）可以修改语句。所有语句会立刻重新执行。",
  empty: "还没有执行语句。执行过的语句会按顺序列在这里，之后可以调换顺序。",
  first: (session) => `${session} 先执行`,
  firstHint: (session) => `${session} 的所有语句排在其他会话之前`,
  up: (text) => `提前：${text}`,
  down: (text) => `推后：${text}`,
  remove: (text) => `去掉：${text}`,
  edit: (text) => `修改并重新执行：${text}`,
  editTitle: (place, session) => `修改第 ${place} 步（${session}）并重新执行`,
  editHint: "其余语句保持原来的顺序，和它一起重新执行。现在的样子保留在“其他分支”里。",
  editHintLast: "全部重新执行一遍。现在的样子保留在“其他分支”里。",
  runEdited: "用它重新执行全部",
  drag: "拖到别的位置",
  pass: (seconds) => `经过 ${seconds} 秒`,
  said: (step) => stepSaid(step, "zh"),
  moved: (text, place) => `${text} 现在是第 ${place} 步。`,
  skippedWaiting: (session) => `未执行：${session} 还在等待`,
  skippedGone: (session) => `未执行：${session} 的连接已关闭`,
  waits: "等待中",
  hasWaited: "等待过",
  beforeWait: "：",
  waitsFor: (session) => `等 ${session} 放开，才能得到`,
  thenCame: (outcome) => `；之后${/^[A-Z0-9]/.test(outcome) ? " " : ""}${outcome}`,
  took: "锁住了：",
  waited: (outcome) => `等待后${/^[A-Z0-9]/.test(outcome) ? " " : ""}${outcome}`,
  rows: (n) => `${n} 行`,
  ok: (n) => (n === 0 ? "OK" : `OK，${n} 行`),
  lost: "连接断开",

  compare: "对比",
  left: "左边",
  right: "右边",
  now: "现在的样子",
  branch: (n, name) => `分支 ${n}：${name}`,
  level: (level) => `所有会话都用 ${level}`,
  goesFirst: (session) => `${session} 先执行`,
  running: "两边正在执行…",
  failed: (message) => `有一边无法执行。${message}`,
  same: "没有差别：每条语句的结果和留下的锁都相同。",
  firstDifference: (places, what, also) =>
    `第一处差别：${zhPlaces(places)}，${what}${also.length === 0 ? "" : `：${also.join("；")}`}。`,
  endsDifferently: (place) => `因此第 ${place} 步的结局也不同。`,
  what: {
    result: "结果不同",
    wait: "一边等待，另一边不等待",
    order: "语句不同",
    locks: "结果相同，锁不同",
  },
  also: {
    result: "结果不同",
    wait: "一边等待，另一边不等待",
    otherWait: "两边都等待，等的锁不同",
    locks: "行锁不同",
  },
  differenceHere: "第一处差别",
  step: (place) => `第 ${place} 步`,
  ownOrder:
    "各行按左边的先后排列，每条语句与另一边的同一条并排，不论那边何时执行；步骤号是各边自己的先后顺序。",
  firstOnRight: (step) => `按右边的先后，最早的是第 ${step} 步。`,
  missing: "—",
  none: "没有锁",
  locks: (n, ofTables) =>
    `此后所有会话共有 ${n} 把锁${ofTables === 0 ? "" : `（其中表锁 ${ofTables} 把）`}`,
  locksOnly: "；只有这边有：",
  held: (session, lock, isWaiting) => `${session}：${lock}${isWaiting ? "（等待中）" : ""}`,
  openLeft: "从左边继续",
  openRight: "从右边继续",
  openHint: "页面上现在的内容会成为另一个分支",
  whatNow: "还没有执行语句，没有可以对比的内容：请先执行几条语句。",
  close: "关闭",
};

export function scheduleWords(language: Language): ScheduleWords {
  return language === "zh" ? zh : en;
}
