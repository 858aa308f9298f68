/** The statements of the editor's text, and the one that the cursor means. */
import { type ScriptStatement, splitStatements, statementAt } from "../sql/split.ts";
import type { EditorMark, EditorStatement } from "./editor_props.ts";
import type { Spot } from "./spot.ts";

export function statementsOf(text: string): readonly EditorStatement[] {
  return splitStatements(text).map(editorStatement);
}

/** A sent statement as it stands in a text: without the comments and the semicolon before and after it. */
export function asTyped(sql: string): string {
  if (!/--|#|\/\*|^\s|[\s;]$/.test(sql)) return sql;
  const [only, ...others] = splitStatements(sql);
  return only === undefined || others.length > 0 ? sql : only.text;
}

/** The statement under the cursor, else the one before it on its line, else the next one. */
export function statementUnder(text: string, caret: number): EditorStatement | null {
  const found = statementAt(text, caret);
  return found === null ? null : editorStatement(found);
}

/**
 * What Run runs: the statement that the cursor was put on; of what was typed at one go the first that has not been run.
 * `marks` are those of the statements that have.
 */
export function statementMeant(
  text: string,
  { caret, from }: Spot,
  marks: readonly EditorMark[],
): EditorStatement | null {
  const isRun = ({ start }: ScriptStatement) =>
    marks.some((mark) => mark.start === start && mark.kind !== "edited");
  const typed =
    from === caret
      ? undefined
      : splitStatements(text).find((one) => one.end > from && one.start <= caret && !isRun(one));
  return typed === undefined ? statementUnder(text, caret) : editorStatement(typed);
}

function editorStatement({ line: _, ...statement }: ScriptStatement): EditorStatement {
  return statement;
}
