/**
 * A script's statements with what the mysql client knows besides semicolons: `DELIMITER`.
 */
import { append } from "../base/lists.ts";
import { type ScriptStatement, splitStatements } from "../sql/split.ts";

const DELIMITER = /^[ \t]*delimiter[ \t]+(\S+)[ \t]*$/gim;

/** In order, with offsets and lines of the whole text. Never throws. */
export function statementsIn(script: string): readonly ScriptStatement[] {
  const result: ScriptStatement[] = [];
  let from = 0;
  let delimiter = ";";
  for (const found of [...script.matchAll(DELIMITER), null]) {
    const to = found?.index ?? script.length;
    append(result, segment(script, from, to, delimiter));
    if (found === null) break;
    from = to + found[0].length;
    delimiter = found[1] ?? ";";
  }
  return result;
}

function segment(
  script: string,
  from: number,
  to: number,
  delimiter: string,
): readonly ScriptStatement[] {
  const line = script.slice(0, from).split("\n").length;
  const moved = (one: ScriptStatement): ScriptStatement => ({
    text: one.text,
    start: one.start + from,
    end: one.end + from,
    line: one.line + line - 1,
  });
  const text = script.slice(from, to);
  if (delimiter === ";") return splitStatements(text).map(moved);
  const result: ScriptStatement[] = [];
  let at = 0;
  for (const part of text.split(delimiter)) {
    const start = at + part.length - part.trimStart().length;
    const statement = part.trim();
    const before = text.slice(0, start).split("\n").length;
    if (statement !== "") {
      result.push(moved({ text: statement, start, end: start + statement.length, line: before }));
    }
    at += part.length + delimiter.length;
  }
  return result;
}
