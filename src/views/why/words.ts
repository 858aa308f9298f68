/** What the panel that answers "why?" says around the answer, in both languages. */
import type { Language } from "../../store/preferences.ts";
import { list as enList } from "../../trace/explain/en/words.ts";
import { list as zhList } from "../../trace/explain/zh/words.ts";

export interface WhyWords {
  readonly hint: (isTouch: boolean) => string;
  readonly waitsNow: string;
  readonly whyWaits: (waiter: string, blockers: readonly string[]) => string;
  readonly ofCursor: string;
  readonly ofSelection: string;
  readonly unselect: string;
  readonly rule: string;
  readonly source: string;
  readonly inFile: (functionName: string, file: string) => string;
  readonly manual: string;
  readonly goTo: (nth: number) => string;
  readonly toCause: (nth: number) => string;
  readonly statement: string;
  readonly toVersions: string;
  readonly gone: string;
  readonly bookkeeping: string;
  readonly matrix: string;
  readonly story: (nth: number) => string;
}

const en: WhyWords = {
  hint: (isTouch) =>
    `${isTouch ? "Tap" : "Click"} a lock, a gap, a record, a version, a waiting session or a line of the log to ask why.`,
  waitsNow: "Now waiting",
  whyWaits: (waiter, blockers) =>
    blockers.length === 0
      ? `Why does ${waiter} wait?`
      : `Why does ${waiter} wait for ${enList(blockers)}?`,
  ofCursor: "What just happened",
  ofSelection: "What you selected",
  unselect: "Unselect",
  rule: "The rule, with this case's numbers",
  source: "Where it is written",
  inFile: (functionName, file) => `${functionName} in ${file}`,
  manual: "Manual: ",
  goTo: (nth) => `Go to event ${nth}`,
  toCause: (nth) => `Go to what freed it (event ${nth})`,
  statement: "What the statement did",
  toVersions: "To the versions",
  gone: "It is not there at this place in time.",
  bookkeeping: "Bookkeeping: nothing was decided here.",
  matrix: "The cell that decided",
  story: (nth) => `The deadlock at event ${nth}, from its beginning`,
};

const zh: WhyWords = {
  hint: () => "点击一个锁、间隙、记录、版本、正在等待的会话或日志里的一行，问它为什么。",
  waitsNow: "正在等待",
  whyWaits: (waiter, blockers) =>
    blockers.length === 0 ? `${waiter} 为什么等待？` : `${waiter} 为什么等待 ${zhList(blockers)}？`,
  ofCursor: "刚刚发生的",
  ofSelection: "当前选中",
  unselect: "取消选择",
  rule: "规则（代入这里的数值）",
  source: "出处",
  inFile: (functionName, file) =>
    `${file} 的 ${functionName.replace(/, called by (.*)$/, "（由 $1 调用）")}`,
  manual: "手册（英文）：",
  goTo: (nth) => `转到事件 ${nth}`,
  toCause: (nth) => `转到使它得到锁的事件 ${nth}`,
  statement: "这条语句做了什么",
  toVersions: "查看版本",
  gone: "在时间的这个位置没有它。",
  bookkeeping: "这一步只是记录状态，没有需要解释的判断。",
  matrix: "起决定作用的一格",
  story: (nth) => `事件 ${nth} 处的死锁，从头说起`,
};

export function whyWords(language: Language): WhyWords {
  return language === "zh" ? zh : en;
}
