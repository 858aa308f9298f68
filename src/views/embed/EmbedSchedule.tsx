/**
 * The statements in the order of time, a column for each session; the one at the cursor is marked, those after it are
 * pale. A press goes there in time. A statement begins in its session's column and has all the room to the right of it,
 * as nobody else does anything in its row: what one session prints leaves the others' columns as wide as they are.
 */
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { isOfClient, type Step } from "../../trace/scenario.ts";
import type { StatementState } from "../../trace/state.ts";
import { lateFunction } from "../stage/late_function.ts";
import { type EmbedWords, useEmbedWords } from "./embed_words.ts";
import { printedLines, scheduleRows } from "./schedule.ts";

/** Few scenarios have steps that are no SQL. */
const useStepSaid = lateFunction(async () => (await import("../schedule/step_words.ts")).stepSaid);

export function EmbedSchedule(): ReactNode {
  const words = useEmbedWords();
  const scenario = usePage((page) => page.script.scenario);
  const cards = usePage((page) => page.script.sessions);
  const timeline = usePage((page) => page.timeline);
  const state = usePage((page) => page.stateAtCursor);
  const position = usePage((page) => page.position);
  const seek = usePage((page) => page.seek);
  const rows = useMemo(() => scheduleRows(scenario, timeline, state), [scenario, timeline, state]);
  const sessions = cards.filter((name) => rows.some((row) => row.session === name));
  const shown = sessions.length === 0 ? cards : sessions;
  const current = rows.findLast((row) => row.from < position)?.step ?? 0;
  const box = useRef<HTMLDivElement>(null);
  // Where there is little room it shows a few lines, and the one at the cursor amid them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row grows when what it came to is printed
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>("[aria-current]");
    if (row != null)
      box.current?.scrollTo(0, row.offsetTop - (box.current.clientHeight - row.offsetHeight) / 2);
    else if (current === 0) box.current?.scrollTo(0, 0);
  }, [current, rows]);
  return (
    <div className="schedule-lines" ref={box}>
      <table className="schedule" aria-label={words.schedule}>
        <thead>
          <tr>
            {shown.map((name) => (
              <th key={name} id={`of-${name}`} scope="col" data-session={name}>
                <span className="schedule-session">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, session, of, from, to, statement }) => {
            const before = session === null ? 0 : shown.indexOf(session);
            return (
              <tr key={step} aria-current={step === current ? "step" : undefined}>
                {before > 0 && <td colSpan={before} />}
                <td
                  colSpan={shown.length - before}
                  headers={session === null ? undefined : `of-${session}`}
                  data-session={session}
                >
                  <button
                    type="button"
                    className="schedule-step"
                    data-future={from >= position}
                    onClick={() => seek(to)}
                  >
                    <Said step={of} words={words} />
                    <Status statement={statement} words={words} />
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Said(props: { readonly step: Step; readonly words: EmbedWords }): ReactNode {
  const { step, words } = props;
  const language = useLanguage();
  const stepSaid = useStepSaid(isOfClient(step));
  if ("sql" in step && stepSaid === null) return <code>{step.sql}</code>;
  const said = "advance" in step ? words.passes(step.advance) : stepSaid?.(step, language);
  return <span className="schedule-time">{said}</span>;
}

function Status(props: {
  readonly statement: StatementState | null;
  readonly words: EmbedWords;
}): ReactNode {
  const { statement, words } = props;
  if (statement === null) return null;
  const { outcome, waits } = statement;
  if (outcome === null) {
    const isWaiting = waits.some((wait) => wait.toSeq === null);
    return isWaiting ? <span className="schedule-waits">{words.waits}</span> : null;
  }
  const isError = outcome.kind === "error" || outcome.kind === "lost";
  const { rows, line } = printedLines(outcome);
  return (
    <>
      {rows !== "" && <pre className="schedule-rows">{rows}</pre>}
      <span className={isError ? "schedule-error" : "schedule-ok"}>{line}</span>
    </>
  );
}
