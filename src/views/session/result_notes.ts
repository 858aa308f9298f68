/** What is said under a result that could mislead, in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { Outcome } from "../../trace/state.ts";

interface NoteWords {
  readonly notSimulated: (feature: string) => string;
  readonly list: string;
  readonly ignored: (flags: string) => string;
  readonly noTree: string;
}

const en: NoteWords = {
  notSimulated: (feature) =>
    `MySQL 9.7 can do this; Interleave's simulated server cannot: ${feature}.`,
  list: "What is not simulated",
  ignored: (flags) =>
    `Kept, but without effect here: ${flags}. The simulated optimizer does not know it.`,
  noTree:
    "MySQL has no tree for a statement that changes one table: EXPLAIN FORMAT=TRADITIONAL shows its plan.",
};

const zh: NoteWords = {
  notSimulated: (feature) => `MySQL 9.7 能做到；Interleave 模拟的服务器做不到：${feature}。`,
  list: "没有模拟的功能",
  ignored: (flags) => `记下了，但在这里不起作用：${flags}。模拟的优化器没有这一项。`,
  noTree: "只改一张表的语句在 MySQL 里没有树形计划：用 EXPLAIN FORMAT=TRADITIONAL 查看。",
};

export interface ResultNote {
  readonly text: string;
  /** The name of a link to what is not simulated. */
  readonly list: string | null;
}

/** What EXPLAIN prints in its default format, the tree, of a plan that is no tree. */
const NO_TREE = "<not executable by iterator executor>";

export function resultNote(outcome: Outcome | null, language: Language): ResultNote | null {
  const words = language === "zh" ? zh : en;
  switch (outcome?.kind) {
    case "error":
      return outcome.notSimulated === undefined
        ? null
        : { text: words.notSimulated(outcome.notSimulated), list: words.list };
    case "ok":
      return outcome.ignored === undefined
        ? null
        : { text: words.ignored(outcome.ignored.join(", ")), list: null };
    case "rows":
      return outcome.rows[0]?.[0]?.includes(NO_TREE) === true
        ? { text: words.noTree, list: null }
        : null;
    default:
      return null;
  }
}
