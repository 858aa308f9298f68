/** The current statement, the marks of lines and the faults, as Monaco draws them. */
import { type editor, MarkerSeverity, Range } from "monaco-editor/editor";
import type { EditorStatement } from "./editor_props.ts";
import { linesOf, type MarkKind, sharesLine } from "./line_marks.ts";
import { rangeIn } from "./monaco_model.ts";
import type { Problem } from "./problems.ts";
import { type EditorLanguage, WORDS } from "./words.ts";

export function statementDecorations(
  model: editor.ITextModel,
  current: EditorStatement,
  statements: readonly EditorStatement[],
): editor.IModelDeltaDecoration[] {
  const { first, last } = linesOf(model.getValue(), current);
  const bar = {
    range: new Range(first + 1, 1, last + 1, 1),
    options: { isWholeLine: true, linesDecorationsClassName: "sql-current-line" },
  };
  if (!sharesLine(model.getValue(), current, statements)) return [bar];
  return [bar, { range: rangeIn(model, current), options: { className: "sql-current" } }];
}

export function markDecoration(
  line: number,
  kind: MarkKind,
  language: EditorLanguage,
): editor.IModelDeltaDecoration {
  return {
    range: new Range(line + 1, 1, line + 1, 1),
    options: {
      glyphMarginClassName: `sql-mark sql-mark-${kind}`,
      glyphMarginHoverMessage: { value: WORDS[language][kind] },
    },
  };
}

export function markerOf(model: editor.ITextModel, problem: Problem): editor.IMarkerData {
  const range = rangeIn(model, problem);
  return { ...range, message: problem.message, severity: MarkerSeverity.Error };
}
