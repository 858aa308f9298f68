/** One Monaco editor: created from what the plain editor hands over, told what React knows, asked little. */

import { editor, KeyCode, KeyMod, MarkerSeverity, Range, Selection } from "monaco-editor/editor";
import type { EditorMark, EditorNames, EditorStatement } from "./editor_props.ts";
import { linesOf, type MarkKind, markOfLines, sharesLine } from "./line_marks.ts";
import { LANGUAGE_ID, registerLanguage, setKnowledge } from "./monaco_language.ts";
import { EDITOR_OPTIONS } from "./monaco_options.ts";
import { defineThemes, themeId } from "./monaco_theme.ts";
import type { ThemeName } from "./palette.ts";
import { type Handover, ROW_HEIGHT, TEXT_PADDING } from "./pane.ts";
import type { Problem } from "./problems.ts";
import { statementUnder } from "./statements.ts";
import { type HistoryEntry, replacement, type TextSelection } from "./text_history.ts";
import { type EditorLanguage, WORDS } from "./words.ts";

export interface MonacoListeners {
  readonly onChange: (text: string, isNewText: boolean) => void;
  readonly onCaret: (offset: number) => void;
  readonly onLeave: () => void;
  readonly onRunCurrent: () => void;
  readonly onRunAll: () => void;
}

export interface MonacoOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly language: EditorLanguage;
  readonly theme: ThemeName;
  readonly readOnly: boolean;
}

export interface MonacoEditor {
  readonly text: () => string;
  readonly caret: () => number;
  readonly focus: () => void;
  readonly goTo: (offset: number) => void;
  readonly setText: (text: string, isAnother: boolean) => void;
  /** Whether the text has something to undo or redo. */
  readonly canTravel: (way: "undo" | "redo") => boolean;
  readonly setRows: (min: number, max: number) => void;
  readonly setOptions: (options: MonacoOptions) => void;
  readonly setStatements: (statements: readonly EditorStatement[]) => void;
  readonly setMarks: (marks: readonly EditorMark[]) => void;
  readonly setProblems: (problems: readonly Problem[]) => void;
  readonly setNames: (names: EditorNames) => void;
  readonly dispose: () => void;
}

let isPrepared = false;

export function createMonacoEditor(
  host: HTMLElement,
  handover: Handover,
  theme: ThemeName,
  listeners: MonacoListeners,
): MonacoEditor {
  if (!isPrepared) {
    registerLanguage();
    defineThemes();
    isPrepared = true;
  }
  const model = modelWithHistory(handover.history.entries);
  const font = getComputedStyle(host);
  const code = editor.create(host, {
    ...EDITOR_OPTIONS,
    model,
    theme: themeId(theme),
    fontFamily: font.fontFamily,
    fontSize: Number.parseFloat(font.fontSize),
  });
  const statementMark = code.createDecorationsCollection();
  const lineMarks = code.createDecorationsCollection();

  let isSetting = false;
  let rows = { min: 1, max: Number.POSITIVE_INFINITY };
  let statements: readonly EditorStatement[] = [];
  let marks: readonly EditorMark[] = [];
  let names: EditorNames = { tables: [] };
  let language: EditorLanguage = "en";

  const text = () => model.getValue();
  const caret = () => model.getOffsetAt(code.getPosition() ?? { lineNumber: 1, column: 1 });

  function fitHeight(): void {
    const content = code.getContentHeight();
    const around = 2 * TEXT_PADDING;
    const min = rows.min * ROW_HEIGHT + around;
    const max = Math.max(rows.max, rows.min) * ROW_HEIGHT + around;
    host.style.height = `${Math.min(Math.max(content, min), max)}px`;
  }

  function drawStatement(): void {
    const current = statementUnder(text(), caret());
    statementMark.set(current === null ? [] : statementDecorations(model, current, statements));
  }

  function drawMarks(): void {
    const byLine = [...markOfLines(text(), marks)];
    lineMarks.set(byLine.map(([line, kind]) => markDecoration(line, kind, language)));
  }

  code.onDidContentSizeChange(fitHeight);
  code.onDidChangeCursorPosition(() => {
    drawStatement();
    listeners.onCaret(caret());
  });
  let length = model.getValueLength();
  code.onDidChangeModelContent(({ changes, isUndoing, isRedoing }) => {
    const isAll = changes.some((change) => length > 0 && change.rangeLength === length);
    length = model.getValueLength();
    if (!isSetting) listeners.onChange(text(), isAll && !isUndoing && !isRedoing);
  });
  const disposables = [model, code];
  let actions = addActions(code, language, listeners);

  code.setSelection(selectionIn(model, handover.selection));
  fitHeight();
  code.layout();
  code.setScrollTop(handover.scrollTop);
  if (handover.hasFocus) code.focus();

  return {
    text,
    caret,
    focus: () => code.focus(),
    goTo(offset) {
      const place = model.getPositionAt(offset);
      code.setPosition(place);
      code.revealPosition(place);
    },
    canTravel: (way) => (way === "undo" ? model.canUndo() : model.canRedo()),
    setText(next, isAnother) {
      if (next === text()) return;
      isSetting = true;
      if (isAnother) model.setValue(next);
      else replaceText(model, next);
      isSetting = false;
      // A new text is looked at from its beginning.
      if (!code.hasTextFocus()) code.setPosition({ lineNumber: 1, column: 1 });
    },
    setRows(min, max) {
      rows = { min, max };
      fitHeight();
    },
    setOptions(options) {
      editor.setTheme(themeId(options.theme));
      code.updateOptions({
        ariaLabel: options.label,
        placeholder: options.placeholder,
        readOnly: options.readOnly,
      });
      if (options.language === language) return;
      language = options.language;
      for (const action of actions) action.dispose();
      actions = addActions(code, language, listeners);
      setKnowledge(model, { names, language });
      drawMarks();
    },
    setStatements(next) {
      statements = next;
      drawStatement();
    },
    setMarks(next) {
      marks = next;
      drawMarks();
    },
    setProblems(problems) {
      editor.setModelMarkers(
        model,
        "sql",
        problems.map((problem) => markerOf(model, problem)),
      );
    },
    setNames(next) {
      names = next;
      setKnowledge(model, { names, language });
    },
    dispose() {
      for (const disposable of [...actions, ...disposables.reverse()]) disposable.dispose();
    },
  };
}

/** A model whose undo goes back through what was typed before Monaco was there. */
function modelWithHistory(entries: readonly HistoryEntry[]): editor.ITextModel {
  const model = editor.createModel(entries[0]?.text ?? "", LANGUAGE_ID);
  model.setEOL(editor.EndOfLineSequence.LF);
  for (const [index, entry] of entries.entries()) {
    if (index > 0) replaceText(model, entry.text, entries[index - 1]?.selection, entry.selection);
  }
  return model;
}

/** Makes `after` the text, as one step of undo. */
function replaceText(
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

/** What Escape closes first. */
const NOTHING_OPEN =
  "!suggestWidgetVisible && !editorHoverVisible && !markersNavigationVisible && !inSnippetMode";

/** On a Mac both Ctrl and Cmd; the menu shows the last key. */
function addActions(
  code: editor.IStandaloneCodeEditor,
  language: EditorLanguage,
  listeners: MonacoListeners,
): readonly { dispose(): void }[] {
  const { leave, runCurrent, runAll } = WORDS[language];
  return [
    code.addAction({
      id: "interleave.leave",
      label: leave,
      keybindings: [KeyCode.Escape],
      precondition: NOTHING_OPEN,
      run: listeners.onLeave,
    }),
    code.addAction({
      id: "interleave.runCurrent",
      label: runCurrent,
      keybindings: [KeyMod.WinCtrl | KeyCode.Enter, KeyMod.CtrlCmd | KeyCode.Enter],
      contextMenuGroupId: "0_run",
      contextMenuOrder: 1,
      run: listeners.onRunCurrent,
    }),
    code.addAction({
      id: "interleave.runAll",
      label: runAll,
      keybindings: [
        KeyMod.WinCtrl | KeyMod.Shift | KeyCode.Enter,
        KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Enter,
      ],
      contextMenuGroupId: "0_run",
      contextMenuOrder: 2,
      run: listeners.onRunAll,
    }),
  ];
}

function statementDecorations(
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

function markDecoration(
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

function markerOf(model: editor.ITextModel, problem: Problem): editor.IMarkerData {
  const range = rangeIn(model, problem);
  return { ...range, message: problem.message, severity: MarkerSeverity.Error };
}

function rangeIn(model: editor.ITextModel, { start, end }: { start: number; end: number }): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

function selectionIn(model: editor.ITextModel, selection: TextSelection): Selection {
  const start = model.getPositionAt(selection.start);
  const end = model.getPositionAt(selection.end);
  return selection.backward
    ? Selection.fromPositions(end, start)
    : Selection.fromPositions(start, end);
}
