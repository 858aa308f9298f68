/**
 * The picture behind the plain editor's textarea: its lines cut into pieces of one look.
 *
 * A piece is cut wherever a colour, a squiggle or the current statement begins or ends.
 */
import type { EditorMark, EditorStatement } from "./editor_props.ts";
import { colourLines, type TokenColour } from "./highlight.ts";
import { linesOf, type MarkKind, markOfLines, sharesLine } from "./line_marks.ts";
import type { Problem } from "./problems.ts";

export interface PaintedPiece {
  readonly text: string;
  readonly colour: TokenColour | null;
  readonly isProblem: boolean;
  /** Part of the current statement, where its lines alone do not tell which one it is. */
  readonly isCurrent: boolean;
}

export interface PaintedLine {
  readonly pieces: readonly PaintedPiece[];
  readonly mark: MarkKind | null;
  /** A line of the current statement. */
  readonly isCurrent: boolean;
}

export interface Painting {
  readonly text: string;
  readonly statements: readonly EditorStatement[];
  readonly current: EditorStatement | null;
  readonly marks: readonly EditorMark[];
  readonly problems: readonly Problem[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

export function paint(painting: Painting): readonly PaintedLine[] {
  const { text, current, problems } = painting;
  const marks = markOfLines(text, painting.marks);
  const currentLines = current === null ? null : linesOf(text, current);
  const outlined =
    current !== null && sharesLine(text, current, painting.statements) ? current : null;
  const coloured = colourLines(text);

  let start = 0;
  return text.split("\n").map((line, index) => {
    const within = (range: Range) => clipped(range, start, start + line.length);
    const problemRanges = problems.map(within);
    const outlinedRange = outlined === null ? { start: 0, end: 0 } : within(outlined);
    const spans = coloured[index]?.spans ?? [];
    const pieces = cuts(line.length, [...spans, ...problemRanges, outlinedRange]).map(
      (piece): PaintedPiece => ({
        text: line.slice(piece.start, piece.end),
        colour: spans.find((span) => covers(span, piece))?.colour ?? null,
        isProblem: problemRanges.some((range) => covers(range, piece)),
        isCurrent: covers(outlinedRange, piece),
      }),
    );
    start += line.length + 1;
    return {
      pieces,
      mark: marks.get(index) ?? null,
      isCurrent: currentLines !== null && index >= currentLines.first && index <= currentLines.last,
    };
  });
}

/** `[0, length)` cut at every end of a range. */
function cuts(length: number, ranges: readonly Range[]): readonly Range[] {
  const ends = new Set([0, length]);
  for (const range of ranges) ends.add(range.start).add(range.end);
  const sorted = [...ends].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => ({ start: sorted[index] as number, end }));
}

function clipped(range: Range, from: number, to: number): Range {
  const start = Math.min(Math.max(range.start, from), to) - from;
  const end = Math.min(Math.max(range.end, from), to) - from;
  return { start, end: Math.max(end, start) };
}

function covers(range: Range, piece: Range): boolean {
  return range.start <= piece.start && range.end >= piece.end && piece.end > piece.start;
}
