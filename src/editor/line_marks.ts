/** Where the marks of statements stand in the margin, and how they move when the text changes. */
import type { EditorMark, EditorStatement } from "./editor_props.ts";
import { replacement } from "./text_history.ts";

export type MarkKind = EditorMark["kind"];

/** Lines `[first, last]`, counted from 0. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** What wins when several statements begin on one line: what needs a person first. */
const RANK: Readonly<Record<MarkKind, number>> = {
  error: 4,
  waiting: 3,
  running: 2,
  edited: 1,
  done: 0,
};

/** The mark of each line that has one: line, counted from 0, to kind. */
export function markOfLines(
  text: string,
  marks: readonly EditorMark[],
): ReadonlyMap<number, MarkKind> {
  const lines = new Map<number, MarkKind>();
  for (const mark of marks) {
    if (mark.start >= text.length) continue;
    const line = lineOf(text, mark.start);
    const known = lines.get(line);
    if (known === undefined || RANK[mark.kind] > RANK[known]) lines.set(line, mark.kind);
  }
  return lines;
}

/** The lines on which a statement stands. */
export function linesOf(text: string, statement: EditorStatement): LineRange {
  return { first: lineOf(text, statement.start), last: lineOf(text, statement.end) };
}

/** Whether another statement stands on one of this one's lines: then its lines alone do not tell it. */
export function sharesLine(
  text: string,
  statement: EditorStatement,
  all: readonly EditorStatement[],
): boolean {
  const own = linesOf(text, statement);
  return all.some((other) => {
    if (other.start === statement.start) return false;
    const lines = linesOf(text, other);
    return lines.first <= own.last && lines.last >= own.first;
  });
}

/**
 * The marks after the text changed from `before` to `after`: for the caller's `onChange`. A mark behind the
 * change moves along; one inside it goes, because that is no longer the statement that ran, unless the
 * statement is still on its way.
 */
export function movedMarks<Mark extends EditorMark>(
  marks: readonly Mark[],
  before: string,
  after: string,
): readonly Mark[] {
  const change = replacement(before, after);
  const growth = after.length - before.length;
  return marks.flatMap((mark): readonly Mark[] => {
    if (change.start >= mark.end) return [mark];
    if (change.end <= mark.start) {
      return [{ ...mark, start: mark.start + growth, end: mark.end + growth }];
    }
    if (mark.kind !== "running" && mark.kind !== "waiting") return [];
    const start = Math.min(mark.start, change.start);
    const end = mark.end < change.end ? change.start + change.text.length : mark.end + growth;
    return [{ ...mark, start, end: Math.max(end, start + 1) }];
  });
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}
