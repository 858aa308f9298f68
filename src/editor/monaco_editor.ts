/** One Monaco editor: created from what the plain editor hands over, told what React knows, asked little. */

import { editor, type IRange, Range } from "monaco-editor/editor";
import { afterPicture } from "../store/after_picture.ts";
import { tellBeforeLeaving } from "../store/leaving.ts";
import type { EditorMark, EditorNames, EditorStatement } from "./editor_props.ts";
import { markOfLines } from "./line_marks.ts";
import { addActions, type MonacoActions } from "./monaco_actions.ts";
import { markDecoration, markerOf, statementDecorations } from "./monaco_decorations.ts";
import { registerLanguage, setKnowledge } from "./monaco_language.ts";
import { modelWithHistory, replaceText, selectionIn } from "./monaco_model.ts";
import { EDITOR_OPTIONS } from "./monaco_options.ts";
import { defineThemes, themeId } from "./monaco_theme.ts";
import type { ThemeName } from "./palette.ts";
import { type Handover, ROW_HEIGHT, TEXT_PADDING } from "./pane.ts";
import type { Problem } from "./problems.ts";
import { movedSpot, type Spot, START } from "./spot.ts";
import { statementMeant } from "./statements.ts";
import type { EditorLanguage } from "./words.ts";

export interface MonacoListeners extends MonacoActions {
  readonly onChange: (text: string, isNewText: boolean) => void;
  readonly onSpot: (spot: Spot) => void;
}

export interface MonacoOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly language: EditorLanguage;
  readonly theme: ThemeName;
  readonly readOnly: boolean;
}

let isPrepared = false;

/** Language and themes are Monaco's own, for all editors of the page. */
function prepareMonaco(): void {
  if (isPrepared) return;
  registerLanguage();
  defineThemes();
  isPrepared = true;
}

export class MonacoEditor {
  readonly #host: HTMLElement;
  readonly #model: editor.ITextModel;
  readonly #code: editor.IStandaloneCodeEditor;
  readonly #listeners: MonacoListeners;
  readonly #statementMark: editor.IEditorDecorationsCollection;
  readonly #lineMarks: editor.IEditorDecorationsCollection;
  #actions: readonly { dispose(): void }[];
  /** The text that comes is not typed. */
  #isSetting = false;
  /** What was typed and not told yet; null: nothing was. */
  #typed: { isNewText: boolean } | null = null;
  /** As it was told last. */
  #told: string;
  /** Calls off what is to be told behind the next picture. */
  #notTelling: (() => void) | null = null;
  readonly #notTellingBeforeLeaving: () => void;
  #rows = { min: 1, max: Number.POSITIVE_INFINITY };
  #statements: readonly EditorStatement[] = [];
  #marks: readonly EditorMark[] = [];
  #spot: Spot = START;
  /** The text that the cursor was in when it moved last. */
  #spotted = "";
  #names: EditorNames = { tables: [] };
  #language: EditorLanguage = "en";

  constructor(host: HTMLElement, handover: Handover, theme: ThemeName, listeners: MonacoListeners) {
    prepareMonaco();
    const model = modelWithHistory(handover.history.entries);
    const font = getComputedStyle(host);
    const code = editor.create(host, {
      ...EDITOR_OPTIONS,
      model,
      theme: themeId(theme),
      fontFamily: font.fontFamily,
      fontSize: Number.parseFloat(font.fontSize),
    });
    this.#host = host;
    this.#model = model;
    this.#told = model.getValue();
    this.#spotted = this.#told;
    this.#code = code;
    this.#listeners = listeners;
    this.#statementMark = code.createDecorationsCollection();
    this.#lineMarks = code.createDecorationsCollection();
    this.#listen();
    this.#notTellingBeforeLeaving = tellBeforeLeaving(() => this.tell());
    this.#actions = addActions(code, this.#language, listeners);
    code.setSelection(selectionIn(model, handover.selection));
    this.#fitHeight();
    code.layout();
    code.setScrollTop(handover.scrollTop);
    if (handover.hasFocus) code.focus();
  }

  text(): string {
    return this.#model.getValue();
  }

  spot(): Spot {
    return this.#spot;
  }

  focus(): void {
    this.#code.focus();
  }

  goTo(offset: number): void {
    const place = this.#model.getPositionAt(offset);
    this.#code.setPosition(place);
    this.#code.revealPosition(place);
  }

  /** Whether the text has something to undo or redo. */
  canTravel(way: "undo" | "redo"): boolean {
    return way === "undo" ? this.#model.canUndo() : this.#model.canRedo();
  }

  /** `isAnother`: a text of another script, without a way back. */
  setText(next: string, isAnother: boolean): void {
    // What comes back as it was told is older than what was typed since.
    if (next === this.text() || (next === this.#told && !isAnother)) return;
    this.#isSetting = true;
    if (isAnother) this.#model.setValue(next);
    else replaceText(this.#model, next);
    this.#isSetting = false;
    this.#typed = null;
    this.#told = next;
    // A new text is looked at from its beginning.
    if (!this.#code.hasTextFocus()) this.#code.setPosition({ lineNumber: 1, column: 1 });
  }

  setRows(min: number, max: number): void {
    this.#rows = { min, max };
    this.#fitHeight();
  }

  setOptions({ label, placeholder, language, theme, readOnly }: MonacoOptions): void {
    editor.setTheme(themeId(theme));
    this.#code.updateOptions({ ariaLabel: label, placeholder, readOnly });
    if (language === this.#language) return;
    this.#language = language;
    for (const action of this.#actions) action.dispose();
    this.#actions = addActions(this.#code, language, this.#listeners);
    setKnowledge(this.#model, { names: this.#names, language });
    this.#drawMarks();
  }

  setStatements(statements: readonly EditorStatement[]): void {
    this.#statements = statements;
    this.#drawStatement();
  }

  setMarks(marks: readonly EditorMark[]): void {
    this.#marks = marks;
    this.#drawMarks();
    this.#drawStatement();
  }

  setProblems(problems: readonly Problem[]): void {
    const markers = problems.map((problem) => markerOf(this.#model, problem));
    editor.setModelMarkers(this.#model, "sql", markers);
  }

  setNames(names: EditorNames): void {
    this.#names = names;
    setKnowledge(this.#model, { names, language: this.#language });
  }

  /**
   * Tells what was typed and where the cursor is: by itself behind the picture of the letter, so that what the page makes of them
   * does not stand before it; or now, for who goes by what was told.
   */
  tell(): void {
    if (this.#notTelling === null) return;
    this.#notTelling();
    this.#notTelling = null;
    const typed = this.#typed;
    this.#typed = null;
    this.#told = this.text();
    if (typed !== null) this.#listeners.onChange(this.#told, typed.isNewText);
    this.#listeners.onSpot(this.#spot);
  }

  dispose(): void {
    this.#notTellingBeforeLeaving();
    this.#notTelling?.();
    for (const part of [...this.#actions, this.#code, this.#model]) part.dispose();
  }

  #listen(): void {
    this.#code.onDidContentSizeChange(() => this.#fitHeight());
    this.#code.onDidChangeCursorPosition(({ position }) => {
      const text = this.text();
      this.#spot = movedSpot(this.#spot, this.#spotted, text, this.#model.getOffsetAt(position));
      this.#spotted = text;
      this.#drawStatement();
      this.#tellSoon();
    });
    let length = this.#model.getValueLength();
    this.#code.onDidChangeModelContent(({ changes, isUndoing, isRedoing }) => {
      const isAll = changes.some((change) => length > 0 && change.rangeLength === length);
      length = this.#model.getValueLength();
      if (this.#isSetting) return;
      const isNewText = isAll && !isUndoing && !isRedoing;
      this.#typed = { isNewText: isNewText || this.#typed?.isNewText === true };
      this.#tellSoon();
    });
  }

  #tellSoon(): void {
    this.#notTelling ??= afterPicture(() => this.tell());
  }

  #fitHeight(): void {
    const content = this.#code.getContentHeight();
    const around = 2 * TEXT_PADDING;
    const min = this.#rows.min * ROW_HEIGHT + around;
    const max = Math.max(this.#rows.max, this.#rows.min) * ROW_HEIGHT + around;
    this.#host.style.height = `${Math.min(Math.max(content, min), max)}px`;
  }

  #drawStatement(): void {
    const current = statementMeant(this.text(), this.#spot, this.#marks);
    const wanted =
      current === null ? [] : statementDecorations(this.#model, current, this.#statements);
    // With each letter of a statement it is where it was, and Monaco draws all lines of a mark that is set.
    const drawn = this.#statementMark.getRanges();
    const isThere = (range: IRange, at: number) => Range.equalsRange(range, drawn[at]);
    if (drawn.length === wanted.length && wanted.every(({ range }, at) => isThere(range, at)))
      return;
    this.#statementMark.set(wanted);
  }

  #drawMarks(): void {
    const byLine = [...markOfLines(this.text(), this.#marks)];
    this.#lineMarks.set(byLine.map(([line, kind]) => markDecoration(line, kind, this.#language)));
  }
}
