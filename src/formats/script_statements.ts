/**
 * A script's statements with what the mysql client knows besides semicolons: `DELIMITER`, and the bodies of procedures,
 * functions, triggers and events, which are one statement with all the semicolons in it.
 */
import { append } from "../base/lists.ts";
import { type ScriptStatement, splitStatements } from "../sql/split.ts";

const DELIMITER = /^[ \t]*delimiter[ \t]+(\S+)[ \t]*$/gim;
const HAS_BODY = /^create\b[\s\S]*?\b(procedure|function|trigger|event)\b[\s\S]*\bbegin\b/i;
const OPENS = /\bbegin\b(?!\s*;)/gi;
const CLOSES = /^end\b(?!\s+(if|while|loop|repeat|case)\b)/i;

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
  if (delimiter === ";") return withBodies(text).map(moved);
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

/** Puts the pieces of a body together again. */
function withBodies(text: string): readonly ScriptStatement[] {
  const result: ScriptStatement[] = [];
  let open: ScriptStatement | null = null;
  let depth = 0;
  for (const piece of splitStatements(text)) {
    if (open === null && !HAS_BODY.test(piece.text)) {
      result.push(piece);
      continue;
    }
    const start: ScriptStatement = open ?? piece;
    if (open !== null && CLOSES.test(piece.text)) depth -= 1;
    depth += piece.text.match(OPENS)?.length ?? 0;
    open = { ...start, text: text.slice(start.start, piece.end), end: piece.end };
    if (depth > 0) continue;
    result.push(open);
    open = null;
  }
  if (open !== null) result.push(open);
  return result;
}
