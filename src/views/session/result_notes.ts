/** What is said under a result that could mislead, in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { Outcome } from "../../trace/state.ts";

interface NoteWords {
  readonly notSimulated: (feature: string) => string;
  readonly list: string;
  readonly ignored: (flags: string) => string;
  readonly noTree: string;
  readonly fullWidth: (signs: string) => string;
  readonly space: string;
  readonly limitFirst: string;
}

const en: NoteWords = {
  notSimulated: (feature) =>
    `MySQL 9.7 can do this; Interleave's simulated server cannot: ${feature}.`,
  list: "What is not simulated",
  ignored: (flags) =>
    `Kept, but without effect here: ${flags}. The simulated optimizer does not know it.`,
  noTree:
    "MySQL has no tree for a statement that changes one table: EXPLAIN FORMAT=TRADITIONAL shows its plan.",
  fullWidth: (signs) =>
    `MySQL does not read these characters as SQL (curly quotes, full-width or Chinese punctuation): ${signs} Type the ASCII ones.`,
  space: "the space",
  limitFirst: "LIMIT stands before FOR UPDATE and FOR SHARE: ... LIMIT 1 FOR UPDATE SKIP LOCKED.",
};

const zh: NoteWords = {
  notSimulated: (feature) => `MySQL 9.7 能做到；Interleave 模拟的服务器做不到：${feature}。`,
  list: "没有模拟的功能",
  ignored: (flags) => `记下了，但在这里不起作用：${flags}。模拟的优化器没有这一项。`,
  noTree: "只改一张表的语句在 MySQL 里没有树形计划：用 EXPLAIN FORMAT=TRADITIONAL 查看。",
  fullWidth: (signs) =>
    `MySQL 不把这些字符（弯引号、全角或中文标点）当作 SQL 的符号：${signs} 请改成半角。`,
  space: "空格",
  limitFirst: "LIMIT 要写在 FOR UPDATE、FOR SHARE 之前：... LIMIT 1 FOR UPDATE SKIP LOCKED。",
};

export interface ResultNote {
  readonly text: string;
  /** The name of a link to what is not simulated. */
  readonly list: string | null;
}

/** What EXPLAIN prints in its default format, the tree, of a plan that is no tree. */
const NO_TREE = "<not executable by iterator executor>";

/** `sql` is the statement that it is the outcome of. */
export function resultNote(
  outcome: Outcome | null,
  sql: string,
  language: Language,
): ResultNote | null {
  const words = language === "zh" ? zh : en;
  switch (outcome?.kind) {
    case "error": {
      if (outcome.notSimulated !== undefined)
        return { text: words.notSimulated(outcome.notSimulated), list: words.list };
      const slip = MISREAD.has(outcome.errno) ? slipOf(sql, words) : null;
      return slip === null ? null : { text: slip, list: null };
    }
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

/** Errors of a text that is not what its author takes it for: parse error, unknown column, table or function. */
const MISREAD: ReadonlySet<number> = new Set([1054, 1064, 1146, 1305]);
/** The ASCII signs at full width, the space among them, and the signs that Chinese has besides. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000‘’“”、。]/gu;
const LOCKING_THEN_LIMIT = /\bFOR\s+(?:UPDATE|SHARE)\b[^()]*\bLIMIT\b/i;

/** What is written in a statement that fails otherwise than MySQL reads it; null: nothing that is known. */
export function slipNote(sql: string, language: Language): string | null {
  return slipOf(sql, language === "zh" ? zh : en);
}

/** Outside its strings and comments. */
function slipOf(sql: string, words: NoteWords): string | null {
  const bare = sql.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|\/\*[\s\S]*?\*\/|--\s[^\n]*|#[^\n]*/g, " ");
  const signs = [...new Set(bare.match(FULL_WIDTH) ?? [])];
  const named = signs.map((sign) => `[ ${sign === "\u3000" ? words.space : sign} ]`);
  if (signs.length > 0) return words.fullWidth(named.join(" "));
  return LOCKING_THEN_LIMIT.test(bare) ? words.limitFirst : null;
}
