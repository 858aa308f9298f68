/** What the editor itself says. */

export type EditorLanguage = "en" | "zh";

interface EditorWords {
  readonly running: string;
  readonly waiting: string;
  readonly done: string;
  readonly error: string;
  readonly edited: string;
  /** The title of the plain editor after Monaco could not be loaded. */
  readonly staysPlain: string;
  readonly runCurrent: string;
  readonly runAll: string;
  readonly leave: string;
  readonly table: string;
  readonly columnOf: (table: string) => string;
}

export const WORDS: Readonly<Record<EditorLanguage, EditorWords>> = {
  en: {
    running: "running",
    waiting: "waiting",
    done: "done",
    error: "error",
    edited: "edited, not run: what ran here was another statement",
    staysPlain: "The full editor could not be loaded; everything works in this plain one.",
    runCurrent: "Run the statement under the cursor",
    runAll: "Run all that is left",
    leave: "Leave the editor",
    table: "table",
    columnOf: (table) => `column of ${table}`,
  },
  zh: {
    running: "执行中",
    waiting: "等待中",
    done: "完成",
    error: "出错",
    edited: "改过，没有执行：这里执行的是另一条语句",
    staysPlain: "完整编辑器未能加载；在这个简易编辑器里一切照常可用。",
    runCurrent: "执行光标处的语句",
    runAll: "执行剩下的语句",
    leave: "离开编辑器",
    table: "表",
    columnOf: (table) => `${table} 的列`,
  },
};
