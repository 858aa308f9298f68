/** The statements of the editor's text, and the one that the cursor means. */
import { splitStatements, statementAt } from "../sql/split.ts";
import type { EditorStatement } from "./editor_props.ts";

export function statementsOf(text: string): readonly EditorStatement[] {
  return splitStatements(text).map(({ text, start, end }) => ({ text, start, end }));
}

/** The statement under the cursor, else the one before it on its line, else the next one. */
export function statementUnder(text: string, caret: number): EditorStatement | null {
  const found = statementAt(text, caret);
  return found === null ? null : { text: found.text, start: found.start, end: found.end };
}
