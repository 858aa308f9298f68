/**
 * Which statements of an editor's text have been run, and which one comes next.
 *
 *     text       BEGIN;  SELECT ... FOR UPDATE;  COMMIT;        history of the session (nth)
 *     progress   0       1                       not yet        0 BEGIN   1 SELECT ... FOR UPDATE
 */
import type { EditorMark, EditorStatement } from "../../editor/editor_props.ts";
import { movedMarks } from "../../editor/line_marks.ts";
import { asTyped } from "../../editor/statements.ts";
import type { StatementState } from "../../trace/state.ts";

/** The statement of the text at `[start, end)` was the session's n-th. */
export interface Ran {
  readonly start: number;
  readonly end: number;
  readonly nth: number;
}

/** More statements of a session than this are not looked for in a text. */
const HISTORY_MAX = 300;

/** The longest way to read the text as what was run: for a text that was opened together with a history. */
export function alignedRuns(
  statements: readonly EditorStatement[],
  history: readonly string[],
): readonly Ran[] {
  const ran = history.slice(0, HISTORY_MAX).map(asTyped);
  // lengths[i][j]: statements from i on, history from j on.
  const lengths = Array.from({ length: statements.length + 1 }, () =>
    new Array<number>(ran.length + 1).fill(0),
  );
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const isSame = (i: number, j: number): boolean => statements[i]?.text === ran[j];
  for (let i = statements.length - 1; i >= 0; i -= 1) {
    for (let j = ran.length - 1; j >= 0; j -= 1) {
      const best = isSame(i, j)
        ? 1 + length(i + 1, j + 1)
        : Math.max(length(i + 1, j), length(i, j + 1));
      (lengths[i] as number[])[j] = best;
    }
  }
  const runs: Ran[] = [];
  let i = 0;
  let j = 0;
  while (i < statements.length && j < ran.length) {
    const statement = statements[i];
    if (statement !== undefined && isSame(i, j)) {
      runs.push({ start: statement.start, end: statement.end, nth: j });
      i += 1;
      j += 1;
    } else if (length(i, j + 1) >= length(i + 1, j)) j += 1;
    else i += 1;
  }
  return runs;
}

/** After the text changed: moved along, or gone when the statement was edited. */
export function movedRuns(runs: readonly Ran[], before: string, after: string): readonly Ran[] {
  const marks = runs.map((run) => ({ ...run, kind: "done" as const }));
  return movedMarks<EditorMark & Ran>(marks, before, after);
}

/** After `running` were sent, the first as the session's n-th. When all had been run, a new round begins with them. */
export function withRuns(
  runs: readonly Ran[],
  all: readonly EditorStatement[],
  running: readonly EditorStatement[],
  nth: number,
): readonly Ran[] {
  const fresh = running.map(({ start, end }, at) => ({ start, end, nth: nth + at }));
  if (notRun(all, runs).length === 0) {
    const from = fresh[0]?.start ?? 0;
    return [...runs.filter(({ start, nth: of }) => start < from && of < nth), ...fresh];
  }
  const isFresh = (run: Ran): boolean => fresh.some(({ start }) => start === run.start);
  return [...runs.filter((run) => !isFresh(run) && run.nth < nth), ...fresh];
}

/** With the statements that were run from elsewhere (a lesson's guide) since the session had run `from` of them. */
export function withRunsElsewhere(
  runs: readonly Ran[],
  statements: readonly EditorStatement[],
  history: readonly string[],
  from: number,
): readonly Ran[] {
  const all = [...runs];
  for (let nth = from; nth < history.length; nth += 1) {
    const sql = asTyped(history[nth] ?? "");
    const at = all.findIndex((run) => run.nth === nth);
    const known = statements.find(({ start }) => start === all[at]?.start);
    if (known?.text === sql) continue;
    if (at >= 0) all.splice(at, 1);
    const last = all.reduce((end, run) => (run.nth < nth ? Math.max(end, run.end) : end), 0);
    const found = notRun(statements, all).find(({ start, text }) => start >= last && text === sql);
    if (found !== undefined) all.push({ start: found.start, end: found.end, nth });
  }
  return all;
}

/** Those that the session has really run by now; the past and other futures have run less. */
export function runsSoFar(
  runs: readonly Ran[],
  text: string,
  history: readonly StatementState[],
): readonly Ran[] {
  return runs.filter(({ start, end, nth }) => {
    const ran = history[nth];
    return ran !== undefined && asTyped(ran.sql) === text.slice(start, end);
  });
}

/** Without those that ran too early: what stands before them ran for the first time behind them, so their turn comes again. */
export function inTurn(
  runs: readonly Ran[],
  text: string,
  history: readonly Pick<StatementState, "sql">[],
): readonly Ran[] {
  const firsts = new Map<string, number>();
  for (const [nth, { sql }] of history.entries()) {
    const sent = asTyped(sql);
    if (!firsts.has(sent)) firsts.set(sent, nth);
  }
  let latest = -1;
  return runs
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start, end, nth }) => {
      const isEarly = nth < latest;
      latest = Math.max(latest, firsts.get(text.slice(start, end)) ?? nth);
      return !isEarly;
    });
}

/**
 * Statements of the text that stand where others ran: behind one that ran and before the next, one that begins with the same
 * word is left of the history and one of the text. It was edited since, and what the text shows there never ran.
 */
export function editedSince(
  statements: readonly EditorStatement[],
  runs: readonly Ran[],
  history: readonly Pick<StatementState, "sql">[],
): readonly Ran[] {
  if (runs.length === 0) return [];
  const edited: Ran[] = [];
  const texts = new Set(statements.map(({ text }) => text));
  const sent = history.map(({ sql }) => asTyped(sql));
  // What ran as the text has it, whenever that was, is not another.
  const isAsItRan = new Set(sent);
  const end: Ran = { start: Number.MAX_SAFE_INTEGER, end: 0, nth: history.length };
  let [place, nth] = [0, 0];
  for (const run of [...runs.toSorted((a, b) => a.start - b.start), end]) {
    for (const one of statements) {
      if (one.start < place || one.end > run.start || isAsItRan.has(one.text)) continue;
      const others = sent.slice(nth, run.nth).map((sql) => (texts.has(sql) ? "" : firstWord(sql)));
      const found = others.indexOf(firstWord(one.text));
      if (found < 0) continue;
      edited.push({ start: one.start, end: one.end, nth: nth + found });
      nth += found + 1;
    }
    [place, nth] = [run.end, run.nth + 1];
  }
  return edited;
}

function firstWord(sql: string): string {
  return /^\w*/.exec(sql)?.[0].toUpperCase() ?? "";
}

export function notRun(
  statements: readonly EditorStatement[],
  runs: readonly Ran[],
): readonly EditorStatement[] {
  return statements.filter(({ start }) => !runs.some((run) => run.start === start));
}

/**
 * What the cursor is put on: the first statement not run yet behind the one that was run last, else any that is not
 * run. One that got an error stays, to be mended; null when there is nothing left behind it.
 */
export function nextToRun(
  statements: readonly EditorStatement[],
  runs: readonly Ran[],
  history: readonly StatementState[],
): EditorStatement | null {
  const last = runs.toSorted((a, b) => a.nth - b.nth).at(-1);
  if (last !== undefined) {
    const outcome = history[last.nth]?.outcome ?? null;
    const failed = outcome?.kind === "error" || outcome?.kind === "lost";
    if (failed) return statements.find(({ start }) => start === last.start) ?? null;
  }
  const left = notRun(statements, runs);
  const end = last?.end ?? 0;
  const behind = (all: readonly EditorStatement[]) => all.find(({ start }) => start >= end);
  // What stands behind it and was run before it, out of order, is run again when its turn comes.
  return left.length > 0 ? (behind(left) ?? left[0] ?? null) : (behind(statements) ?? null);
}
