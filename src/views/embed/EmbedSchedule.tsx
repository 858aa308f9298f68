/**
 * The statements in the order of time, a column for each session; the one at the cursor is marked, those after it are
 * pale. A press goes there in time.
 */
import { type ReactNode, useMemo } from "react";
import { usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import { mysqlOutput } from "../session/mysql_output.ts";
import { type EmbedWords, useEmbedWords } from "./embed_words.ts";
import { type Row, scheduleRows } from "./schedule.ts";

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
  return (
    <table className="schedule" aria-label={words.schedule}>
      <thead>
        <tr>
          {shown.map((name) => (
            <th key={name} scope="col" data-session={name}>
              <span className="schedule-session">{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.step} aria-current={row.step === current ? "step" : undefined}>
            {cellsOf(row, shown).map((cell) => (
              <td key={cell.key} colSpan={cell.span} data-session={cell.isOwn ? row.session : null}>
                {cell.isOwn && (
                  <button
                    type="button"
                    className="schedule-step"
                    data-future={row.from >= position}
                    onClick={() => seek(row.to)}
                  >
                    {row.sql === null ? (
                      <span className="schedule-time">{words.passes(row.seconds ?? 0)}</span>
                    ) : (
                      <code>{row.sql}</code>
                    )}
                    <Status statement={row.statement} words={words} />
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Cell {
  readonly key: string;
  readonly span: number;
  readonly isOwn: boolean;
}

/** One cell a session; what belongs to nobody goes across. */
function cellsOf(row: Row, sessions: readonly SessionName[]): readonly Cell[] {
  if (row.session === null) return [{ key: "all", span: sessions.length, isOwn: true }];
  return sessions.map((name) => ({ key: name, span: 1, isOwn: name === row.session }));
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
  if (outcome.kind === "rows" && outcome.rows.length > 0) {
    return (
      <pre className="schedule-rows">{mysqlOutput(outcome, 0).replace(/ \([\d.]+ sec\)$/, "")}</pre>
    );
  }
  const line = mysqlOutput(outcome, 0)
    .split("\n")[0]
    ?.replace(/ \([\d.]+ sec\)$/, "");
  return <span className={isError ? "schedule-error" : "schedule-ok"}>{line}</span>;
}
