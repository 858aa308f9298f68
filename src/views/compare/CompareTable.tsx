/** The steps of two runs in pairs; where they part, the locks that only one side has. */
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { ComparedRun } from "../../store/comparing.ts";
import { useLanguage } from "../../store/hooks.ts";
import { lockPhrase as enPhrase } from "../../trace/explain/en/words.ts";
import { lockPhrase as zhPhrase } from "../../trace/explain/zh/words.ts";
import { isError, outcomeText } from "../schedule/ScheduleRowView.tsx";
import type { ScheduleRow } from "../schedule/schedule_rows.ts";
import type { ScheduleWords } from "../schedule/words.ts";
import { mysqlOutput } from "../session/mysql_output.ts";
import {
  type ComparedRow,
  type ComparedRuns,
  type Deed,
  deedOf,
  type HeldLock,
  hasWaited,
  isElsewhere,
  lockKey,
  locksAt,
} from "./compare_rows.ts";

/** Before and behind the first difference. */
const SHOWN_BEFORE = 40;
const SHOWN = 160;
/** Differences whose waits and locks are looked up: each costs two seeks a side. */
const DEEDS_MAX = 24;
/** A longer result is summed up. */
const LINES_MAX = 9;

export function CompareTable(props: {
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  readonly runs: ComparedRuns;
  readonly words: ScheduleWords;
}): ReactNode {
  const { left, right, runs, words } = props;
  const marked = useRef<HTMLTableRowElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other runs have another first difference
  useEffect(() => {
    // What it gives back, a promise in new browsers, is no clean-up.
    void marked.current?.scrollIntoView({ block: "center" });
  }, [runs]);
  const from = Math.max(0, (runs.first ?? 0) - SHOWN_BEFORE);
  const shown = runs.rows.slice(from, from + SHOWN);
  const deeds = useMemo(() => deedsOf(left, right, runs), [left, right, runs]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className="compare-scroller" tabIndex={0}>
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">{words.left}</th>
            <th scope="col">{words.right}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => {
            const isFirst = from + at === runs.first;
            const locks = isFirst ? locksOf(row, left, right) : null;
            return (
              <tr
                key={`${row.left?.command} ${row.right?.command}`}
                ref={isFirst ? marked : undefined}
                data-difference={row.difference ?? undefined}
                data-first={isFirst}
                data-elsewhere={isElsewhere(row)}
              >
                <Cell
                  row={row.left}
                  words={words}
                  flag={isFirst ? words.differenceHere : null}
                  locks={locks?.left ?? null}
                  deed={deeds.get(row)?.left ?? null}
                />
                <Cell
                  row={row.right}
                  words={words}
                  flag={null}
                  locks={locks?.right ?? null}
                  deed={deeds.get(row)?.right ?? null}
                />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Of the first rows that differ: what each side's statement waits for and has locked. */
function deedsOf(
  left: ComparedRun,
  right: ComparedRun,
  { rows }: ComparedRuns,
): ReadonlyMap<ComparedRow, { readonly left: Deed | null; readonly right: Deed | null }> {
  const differing = rows.filter(({ difference }) => difference !== null).slice(0, DEEDS_MAX);
  return new Map(
    differing.map((row) => [
      row,
      {
        left: row.left === null ? null : deedOf(left, row.left),
        right: row.right === null ? null : deedOf(right, row.right),
      },
    ]),
  );
}

interface SideLocks {
  readonly count: number;
  readonly ofTables: number;
  readonly alone: readonly HeldLock[];
}

/** What each side holds after the step, and what only it holds. */
function locksOf(row: ComparedRow, left: ComparedRun, right: ComparedRun) {
  if (row.left === null || row.right === null) return null;
  const mine = locksAt(left.timeline, row.left.end);
  const other = locksAt(right.timeline, row.right.end);
  const without = (locks: readonly HeldLock[], others: readonly HeldLock[]) => {
    const keys = new Set(others.map(lockKey));
    const ofTables = locks.filter((lock) => !("modeText" in lock)).length;
    return {
      count: locks.length,
      ofTables,
      alone: locks.filter((lock) => !keys.has(lockKey(lock))),
    };
  };
  return { left: without(mine, other), right: without(other, mine) };
}

function Cell(props: {
  readonly row: ScheduleRow | null;
  readonly words: ScheduleWords;
  readonly locks: SideLocks | null;
  readonly deed: Deed | null;
  /** What is said of the whole row. */
  readonly flag: string | null;
}): ReactNode {
  const { row, words, locks, deed } = props;
  const phrase = useLanguage() === "zh" ? zhPhrase : enPhrase;
  const flag = props.flag !== null && <span className="compare-flag">{props.flag}</span>;
  if (row === null) {
    return (
      <td className="compare-missing">
        {flag}
        {words.missing}
      </td>
    );
  }
  const { session, step, statement } = row;
  const outcome = statement?.outcome ?? null;
  return (
    <td data-session={session ?? undefined}>
      {flag}
      <p className="compare-sql">
        <span className="compare-step">{words.step(row.command + 1)}</span>
        {session !== null && <span className="session-badge">{session}</span>}
        <code>{"advance" in step ? words.pass(step.advance) : words.said(step)}</code>
      </p>
      {row.skipped !== null && session !== null && (
        <p className="compare-fate" data-kind="error">
          {row.skipped === "waiting" ? words.skippedWaiting(session) : words.skippedGone(session)}
        </p>
      )}
      {hasWaited(row) && (
        <p className="compare-fate" data-kind="wait">
          {outcome === null ? words.waits : words.hasWaited}
          {deed?.waits.map(({ lock, of }, at) => (
            <span key={`${of} ${typeof lock === "string" ? lock : lockKey(lock)}`}>
              {at > 0 ? ";" : words.beforeWait} {words.waitsFor(of)}{" "}
              {typeof lock === "string" ? <code>{lock}</code> : phrase(lock)}
            </span>
          ))}
          {outcome !== null && words.thenCame(outcomeText(outcome, words))}
        </p>
      )}
      {outcome !== null && (
        <pre data-kind={isError(outcome) ? "error" : outcome.kind}>
          {shortOutput(outcome, words)}
        </pre>
      )}
      {locks === null && deed !== null && deed.took.length > 0 && (
        <p className="compare-locks">
          {words.took}
          {deed.took.map((lock) => (
            <span key={lockKey(lock)} className="compare-lock">
              {phrase(lock)}
            </span>
          ))}
        </p>
      )}
      {locks !== null && (
        <p className="compare-locks">
          {locks.count === 0 ? words.none : words.locks(locks.count, locks.ofTables)}
          {locks.alone.length > 0 && words.locksOnly}
          {locks.alone.map((lock) => (
            <span key={lockKey(lock)} className="compare-lock">
              {words.held(lock.session, phrase(lock), lock.status === "waiting")}
            </span>
          ))}
        </p>
      )}
    </td>
  );
}

function shortOutput(
  outcome: NonNullable<NonNullable<ScheduleRow["statement"]>["outcome"]>,
  words: ScheduleWords,
): string {
  const output = mysqlOutput(outcome, 0).replace(/ \(0\.00 sec\)$/, "");
  return output.split("\n").length > LINES_MAX ? outcomeText(outcome, words) : output;
}
