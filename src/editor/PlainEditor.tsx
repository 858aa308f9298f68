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
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  type SyntheticEvent,
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
import { PlainText } from "./plain_text.ts";
import { movedSpot, START } from "./spot.ts";
import { statementMeant } from "./statements.ts";
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
  const { value, statements, problems, marks, language } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { spot, bindings } = usePlainText(props, scroller);
  const current = statementMeant(value, spot, marks);
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
          {...bindings}
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
          onKeyDown={(event) => keyDown(event, props)}
        />
      </div>
    </div>
  );
}

/** The textarea's cursor, and what binds the textarea to the text that the page knows. */
function usePlainText(
  { ref, value, onChange, onSpot, onFocus, onQuiet }: PlainEditorProps,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [spot, setSpot] = useState(START);
  const spotted = useRef(value);
  const [plain] = useState(() => new PlainText());
  const isBusy = useRef(false);

  useImperativeHandle(ref, () => ({
    text: () => area.current?.value ?? "",
    spot: () => spot,
    focus: () => area.current?.focus(),
    goTo,
    handOver: () =>
      isBusy.current || area.current === null
        ? null
        : plain.handOver(area.current, scroller.current?.scrollTop ?? 0),
  }));
  useLayoutEffect(() => onSpot(spot), [spot, onSpot]);
  useLayoutEffect(() => {
    if (!plain.isNews(value) || document.activeElement === area.current) return;
    plain.unplaced();
    spotted.current = value;
    setSpot(START);
  }, [value, plain]);

  function goTo(offset: number): void {
    const at = Math.min(offset, value.length);
    area.current?.setSelectionRange(at, at);
    plain.placed();
    spotted.current = value;
    setSpot({ caret: at, from: at });
    const row = value.slice(0, at).split("\n").length - 1;
    if (scroller.current !== null) bringRowIntoSight(scroller.current, row);
  }

  function place(element: HTMLTextAreaElement): void {
    if (document.activeElement !== element) return;
    plain.placed();
    setSpot(movedSpot(spot, spotted.current, element.value, element.selectionEnd));
    spotted.current = element.value;
  }

  function setBusy(busy: boolean): void {
    isBusy.current = busy;
    if (!busy) onQuiet();
  }

  const bindings = {
    ref: area,
    onChange: ({ currentTarget: element, nativeEvent }: ChangeEvent<HTMLTextAreaElement>) => {
      plain.typed(element, nativeEvent, value);
      place(element);
      onChange(element.value, plain.tookAll());
    },
    onSelect: ({ currentTarget: element }: SyntheticEvent<HTMLTextAreaElement>) => {
      plain.selected(element);
      place(element);
    },
    /** With the keyboard one comes to a new text's beginning, as in Monaco; the pointer says where itself. */
    onFocus: ({ currentTarget: element }: FocusEvent<HTMLTextAreaElement>) => {
      if (!plain.isPlaced && !isBusy.current) element.setSelectionRange(0, 0);
      place(element);
      onFocus();
    },
    onCompositionStart: () => setBusy(true),
    onCompositionEnd: () => setBusy(false),
    onPointerDown: () => {
      setBusy(true);
      whenLetGo(() => setBusy(false));
    },
  };
  return { spot, bindings };
}

function keyDown(event: KeyboardEvent, props: PlainEditorProps): void {
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
function whenLetGo(end: () => void): void {
  const over = new AbortController();
  const letGo = () => {
    over.abort();
    end();
  };
  window.addEventListener("pointerup", letGo, { signal: over.signal });
  window.addEventListener("pointercancel", letGo, { signal: over.signal });
}

function bringRowIntoSight(box: HTMLElement, row: number): void {
  const top = row * ROW_HEIGHT;
  const room = box.clientHeight - 2 * TEXT_PADDING;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW_HEIGHT > box.scrollTop + room) box.scrollTop = top + ROW_HEIGHT - room;
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
