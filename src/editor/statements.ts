/** The statements of the editor's text, and the one under the cursor. */
import { tokenize } from "../sql/lexer.ts";
import type { EditorStatement } from "./editor_props.ts";

export function statementsOf(text: string): readonly EditorStatement[] {
  const statements: EditorStatement[] = [];
  let start = -1;
  let end = 0;
  for (const token of tokenize(text)) {
    if (token.type === "end" || token.key === ";") {
      if (start >= 0) statements.push({ text: text.slice(start, end), start, end });
      start = -1;
      continue;
    }
    if (start < 0) start = token.start;
    end = token.end;
  }
  return statements;
}

/** The statement that the cursor is in or behind; before all of them, the first. */
export function currentStatement(
  statements: readonly EditorStatement[],
  caret: number,
): EditorStatement | null {
  return statements.findLast((one) => one.start <= caret) ?? statements[0] ?? null;
}
