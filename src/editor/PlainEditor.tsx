/**
 * The editor before Monaco is there, and on touch-only devices for good: a textarea whose text is
 * transparent, over a picture of the same text in colours.
 *
 *     .sql-plain (scrolls)
 *       .sql-plain-page (a grid of one cell)
 *         .sql-picture   lines: a mark in the margin, then pieces of text
 *         textarea       as tall as the picture; the caret, the selection, the keys
 */
import {
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { type PaintedLine, type PaintedPiece, paint } from "./paint.ts";
import {
  type Handover,
  type PaneHandle,
  type PaneProps,
  ROW_HEIGHT,
  runKey,
  TEXT_PADDING,
} from "./pane.ts";
import { statementUnder } from "./statements.ts";
import {
  changeKind,
  recordChange,
  startHistory,
  type TextHistory,
  type TextSelection,
} from "./text_history.ts";
import { type EditorLanguage, WORDS } from "./words.ts";

export interface PlainHandle extends PaneHandle {
  /** Everything Monaco needs to go on here; null while a hand is in the middle of something. */
  readonly handOver: () => Handover | null;
}

export interface PlainEditorProps extends Omit<PaneProps, "ref"> {
  readonly ref: Ref<PlainHandle>;
  readonly title: string;
  readonly onFocus: () => void;
  /** A composition or a drag has ended: `handOver` may be asked again. */
  readonly onQuiet: () => void;
}

export function PlainEditor(props: PlainEditorProps) {
  const { value, statements, problems, marks, language, onChange, onQuiet } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState(0);
  const history = useRef<TextHistory | null>(null);
  const known = useRef<string | null>(null);
  /** The cursor is where a person put it, not where the browser left it behind a text from outside. */
  const isPlaced = useRef(false);
  const isBusy = useRef(false);
  /** All of the text is selected: what is typed now takes its place. */
  const isAllSelected = useRef(false);

  useImperativeHandle(props.ref, () => ({
    text: () => area.current?.value ?? "",
    caret: () => (area.current === null ? 0 : selectionOf(area.current).end),
    focus: () => area.current?.focus(),
    goTo,
    handOver: () => (isBusy.current || area.current === null ? null : handOver(area.current)),
  }));

  const { onCaret } = props;
  useLayoutEffect(() => onCaret(caret), [caret, onCaret]);
  useLayoutEffect(() => {
    if (known.current === value) return;
    known.current = value;
    if (document.activeElement === area.current) return;
    isPlaced.current = false;
    setCaret(0);
  }, [value]);

  function handOver(element: HTMLTextAreaElement): Handover {
    // A text that came from outside is a step of its own.
    const entry = { text: element.value, selection: selectionOf(element) };
    return {
      history: recordChange(historyOf(element.value), entry, "other", 0),
      selection: selectionOf(element),
      scrollTop: scroller.current?.scrollTop ?? 0,
      hasFocus: document.activeElement === element,
    };
  }

  function historyOf(text: string): TextHistory {
    history.current ??= startHistory(text);
    return history.current;
  }

  function changed(element: HTMLTextAreaElement, event: Event): void {
    const kind = changeKind(event instanceof InputEvent ? event.inputType : "");
    const entry = { text: element.value, selection: selectionOf(element) };
    history.current = recordChange(historyOf(value), entry, kind, event.timeStamp);
    known.current = element.value;
    place(element);
    onChange(element.value, isAllSelected.current);
    isAllSelected.current = false;
  }

  function goTo(offset: number): void {
    const at = Math.min(offset, value.length);
    area.current?.setSelectionRange(at, at);
    isPlaced.current = true;
    setCaret(at);
    const row = value.slice(0, at).split("\n").length - 1;
    const box = scroller.current;
    if (box === null) return;
    const top = row * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight - 2 * TEXT_PADDING) {
      box.scrollTop = top + ROW_HEIGHT - box.clientHeight + 2 * TEXT_PADDING;
    }
  }

  function place(element: HTMLTextAreaElement): void {
    if (document.activeElement !== element) return;
    isPlaced.current = true;
    setCaret(element.selectionEnd);
  }

  function selected(element: HTMLTextAreaElement): void {
    const { selectionStart, selectionEnd, value: all } = element;
    isAllSelected.current = all !== "" && selectionStart === 0 && selectionEnd === all.length;
    place(element);
  }

  /** With the keyboard one comes to a new text's beginning, as in Monaco; the pointer says where itself. */
  function focused(element: HTMLTextAreaElement): void {
    if (!isPlaced.current && !isBusy.current) element.setSelectionRange(0, 0);
    place(element);
    props.onFocus();
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      props.onLeave();
      return;
    }
    const run = runKey(event);
    if (run === null) return;
    event.preventDefault();
    if (run === "all") props.onRunAll();
    else props.onRunCurrent();
  }

  /** The pointer may be let go anywhere on the page. */
  function drag(): void {
    setBusy(true);
    const over = new AbortController();
    const end = () => {
      over.abort();
      setBusy(false);
    };
    window.addEventListener("pointerup", end, { signal: over.signal });
    window.addEventListener("pointercancel", end, { signal: over.signal });
  }

  function setBusy(busy: boolean): void {
    isBusy.current = busy;
    if (!busy) onQuiet();
  }

  function selectionOf(element: HTMLTextAreaElement): TextSelection {
    if (!isPlaced.current) return { start: 0, end: 0, backward: false };
    const backward = element.selectionDirection === "backward";
    return { start: element.selectionStart, end: element.selectionEnd, backward };
  }

  const current = statementUnder(value, caret);
  const lines = paint({ text: value, statements, current, marks, problems });
  const [problem] = problems;
  return (
    <div className="sql-plain" ref={scroller}>
      <div className="sql-plain-page">
        <div className="sql-picture" aria-hidden="true">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
            <PictureLine key={index} line={line} language={language} />
          ))}
        </div>
        <textarea
          ref={area}
          value={value}
          readOnly={props.readOnly}
          aria-label={props.label}
          placeholder={props.placeholder}
          aria-invalid={problem !== undefined}
          title={problem?.message ?? props.title}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onChange={(event) => changed(event.currentTarget, event.nativeEvent)}
          onSelect={(event) => selected(event.currentTarget)}
          onFocus={(event) => focused(event.currentTarget)}
          onKeyDown={keyDown}
          onCompositionStart={() => setBusy(true)}
          onCompositionEnd={() => setBusy(false)}
          onPointerDown={drag}
        />
      </div>
    </div>
  );
}

function PictureLine({ line, language }: { line: PaintedLine; language: EditorLanguage }) {
  return (
    <div className={line.isCurrent ? "sql-line sql-line-current" : "sql-line"}>
      {line.mark !== null && (
        <span className={`sql-mark sql-mark-${line.mark}`} title={WORDS[language][line.mark]} />
      )}
      {line.pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
        <span key={index} className={pieceClass(piece)}>
          {piece.text}
        </span>
      ))}
    </div>
  );
}

function pieceClass(piece: PaintedPiece): string {
  const names = [];
  if (piece.colour !== null) names.push(`sql-${piece.colour}`);
  if (piece.isProblem) names.push("sql-problem");
  if (piece.isCurrent) names.push("sql-current");
  return names.join(" ");
}
