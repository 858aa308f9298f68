/** What the plain editor knows of its textarea besides the text: how it came about, and which cursor is meant. */
import type { Handover } from "./pane.ts";
import {
  changeKind,
  recordChange,
  startHistory,
  type TextHistory,
  type TextSelection,
} from "./text_history.ts";

export class PlainText {
  #history: TextHistory | null = null;
  #known: string | null = null;
  /** The cursor is where a person put it, not where the browser left it behind a text from outside. */
  #isPlaced = false;
  /** All of the text is selected: what is typed now takes its place. */
  #isAllSelected = false;

  get isPlaced(): boolean {
    return this.#isPlaced;
  }

  /** True when `value` is neither what was typed nor what came last from outside. */
  isNews(value: string): boolean {
    if (this.#known === value) return false;
    this.#known = value;
    return true;
  }

  placed(): void {
    this.#isPlaced = true;
  }

  unplaced(): void {
    this.#isPlaced = false;
  }

  selected({ selectionStart, selectionEnd, value }: HTMLTextAreaElement): void {
    this.#isAllSelected = value !== "" && selectionStart === 0 && selectionEnd === value.length;
  }

  selectionOf(element: HTMLTextAreaElement): TextSelection {
    if (!this.#isPlaced) return { start: 0, end: 0, backward: false };
    const backward = element.selectionDirection === "backward";
    return { start: element.selectionStart, end: element.selectionEnd, backward };
  }

  /** `event` has made the textarea's text of `before`. */
  typed(element: HTMLTextAreaElement, event: Event, before: string): void {
    const kind = changeKind(event instanceof InputEvent ? event.inputType : "");
    const entry = { text: element.value, selection: this.selectionOf(element) };
    this.#history = recordChange(this.#historyOf(before), entry, kind, event.timeStamp);
    this.#known = element.value;
  }

  /** Asked once a change: whether it took the place of all that was there. */
  tookAll(): boolean {
    const tookAll = this.#isAllSelected;
    this.#isAllSelected = false;
    return tookAll;
  }

  handOver(element: HTMLTextAreaElement, scrollTop: number): Handover {
    const selection = this.selectionOf(element);
    // A text that came from outside is a step of its own.
    const entry = { text: element.value, selection };
    return {
      history: recordChange(this.#historyOf(element.value), entry, "other", 0),
      selection,
      scrollTop,
      hasFocus: document.activeElement === element,
    };
  }

  #historyOf(text: string): TextHistory {
    this.#history ??= startHistory(text);
    return this.#history;
  }
}
