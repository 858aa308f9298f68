/** A text in Monaco's hands: its undo, changes to it, and offsets as Monaco's lines and columns. */
import { editor, Range, Selection } from "monaco-editor/editor";
import { LANGUAGE_ID } from "./monaco_language.ts";
import { type HistoryEntry, replacement, type TextSelection } from "./text_history.ts";

/** A model whose undo goes back through what was typed before Monaco was there. */
export function modelWithHistory(entries: readonly HistoryEntry[]): editor.ITextModel {
  const model = editor.createModel(entries[0]?.text ?? "", LANGUAGE_ID);
  model.setEOL(editor.EndOfLineSequence.LF);
  for (const [index, entry] of entries.entries()) {
    if (index > 0) replaceText(model, entry.text, entries[index - 1]?.selection, entry.selection);
  }
  return model;
}

/** Makes `after` the text, as one step of undo. */
export function replaceText(
  model: editor.ITextModel,
  after: string,
  selectionBefore?: TextSelection,
  selectionAfter?: TextSelection,
): void {
  const change = replacement(model.getValue(), after);
  const edit = { range: rangeIn(model, change), text: change.text };
  const before = selectionBefore === undefined ? [] : [selectionIn(model, selectionBefore)];
  model.pushStackElement();
  model.pushEditOperations(before, [edit], () =>
    selectionAfter === undefined ? null : [selectionIn(model, selectionAfter)],
  );
  model.pushStackElement();
}

export function rangeIn(
  model: editor.ITextModel,
  { start, end }: { start: number; end: number },
): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

export function selectionIn(model: editor.ITextModel, selection: TextSelection): Selection {
  const start = model.getPositionAt(selection.start);
  const end = model.getPositionAt(selection.end);
  return selection.backward
    ? Selection.fromPositions(end, start)
    : Selection.fromPositions(start, end);
}
