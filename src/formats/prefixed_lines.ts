/**
 * A session's name before each statement, as in our golden scripts and in many chats and notes:
 *
 *     setup> CREATE TABLE t (id INT PRIMARY KEY)
 *     A> BEGIN
 *     B> UPDATE t SET id = 2
 *     ---
 *     waits for A                 what the server answered, up to the next empty line: not read
 *
 * A statement goes on in the lines below it until the next name, an empty line or `---`. `+ 5 s` lets time pass.
 */
import type { ScenarioBuilder } from "./builder.ts";
import { labelIn } from "./labels.ts";

const PREFIX = /^\s*([^\s>:：|'"`;,()][^>:：|'"`;,()]{0,18}?)\s*[>:：]\s+(\S.*)$/;
const ADVANCE = /^\s*\+\s*(\d+(?:\.\d+)?)\s*s$/;

/** Whether the first line with something in it names a session. */
export function isPrefixed(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*(--|#)/.test(line));
  const [first = ""] = lines;
  return (
    prefixOf(first) !== null && lines.some((line) => (prefixOf(line)?.label ?? "setup") !== "setup")
  );
}

/** Lines `-- T1`, `T1: ...` and the like; `lineOffset` is added to the lines of remarks. */
export function readPrefixedLines(builder: ScenarioBuilder, text: string, lineOffset = 0): void {
  let open: { readonly label: string; sql: string; readonly line: number } | null = null;
  let isAnswer = false;
  const close = (): void => {
    if (open === null) return;
    const { label, sql, line } = open;
    open = null;
    if (label === "setup") builder.setUp(sql, line);
    else if (/^disconnect;?$/i.test(sql.trim())) builder.disconnect(label, line);
    else builder.run(label, sql, line);
  };
  for (const [at, line] of text.split("\n").entries()) {
    const prefix = isAnswer ? null : prefixOf(line);
    const advance = isAnswer ? null : ADVANCE.exec(line);
    if (line.trim() === "" || /^\s*---\s*$/.test(line)) {
      close();
      isAnswer = line.trim() !== "";
    } else if (prefix !== null) {
      close();
      open = { label: prefix.label, sql: prefix.sql, line: at + 1 + lineOffset };
    } else if (advance !== null) {
      close();
      builder.advance(Number(advance[1]));
    } else if (open !== null) {
      open.sql += `\n${line}`;
    }
  }
  close();
}

function prefixOf(line: string): { readonly label: string; readonly sql: string } | null {
  const found = PREFIX.exec(line);
  if (found === null) return null;
  const [, name = "", sql = ""] = found;
  if (/^(setup|set-up|准备)$/i.test(name)) return { label: "setup", sql };
  const label = labelIn(name.replace(/[\]】]$/, ""));
  return label === null || label === "any" ? null : { label, sql };
}
