/** What the mysql client would have printed in this session so far, up to the cursor. */
import { memo, type ReactNode, useLayoutEffect, useMemo, useRef } from "react";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { SessionName } from "../../trace/ids.ts";
import { committedImplicitly } from "../../trace/implicit_commit.ts";
import type { SessionState, StatementState } from "../../trace/state.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { useIsStatementLit, usePointing } from "../shell/use_pointing.ts";
import { useText } from "../text/use_text.ts";
import { mysqlOutput } from "./mysql_output.ts";
import { useSession, useStatements } from "./use_session.ts";

/** Older ones are in the timeline. */
const SHOWN_MAX = 200;

export function Results(props: { readonly name: SessionName }): ReactNode {
  const { name } = props;
  const text = useText().session;
  const session = useSession(name);
  const statements = useStatements(name).slice(-SHOWN_MAX);
  const box = useRef<HTMLDivElement>(null);
  const last = statements.at(-1);
  // The newest line is in sight, as on a terminal, also when the box or what is in it changes its size.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || last === undefined) return;
    const toEnd = (): void => element.scrollTo({ top: element.scrollHeight });
    toEnd();
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    for (const entry of element.children) observer.observe(entry);
    return () => observer.disconnect();
  }, [last]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section ref={box} className="results" aria-label={text.results(name)} tabIndex={0}>
      {statements.length === 0 && <p className="results-empty">{text.noResults}</p>}
      {statements.map((statement) => (
        <Entry
          key={statement.id}
          statement={statement}
          wait={statement.outcome === null ? (session?.wait ?? null) : null}
        />
      ))}
      <ProgramOutcome name={name} />
    </section>
  );
}

/** What the program behind a simulated client got from its last call: it may differ from what the server did. */
function ProgramOutcome({ name }: { readonly name: SessionName }): ReactNode {
  const text = useText().session;
  const net = usePage((page) => page.stateAtCursor.net.find(({ session }) => session === name));
  const error = net?.client.error ?? null;
  if (error === null) return null;
  return (
    <p className="result-note result-note-error">
      {text.programGot(`ERROR ${error.errno}: ${error.message}`)}
    </p>
  );
}

/** MySQL: ER_NET_ERROR_ON_WRITE, ER_NET_WRITE_INTERRUPTED. */
const TOLD_TO_NOBODY: readonly number[] = [1160, 1161];

const Entry = memo(function Entry(props: {
  readonly statement: StatementState;
  /** Of a statement that waits. */
  readonly wait: SessionState["wait"];
}): ReactNode {
  const { statement, wait } = props;
  const text = useText().session;
  const seek = usePage((page) => page.seek);
  const { outcome } = statement;
  const output = outcome === null ? null : mysqlOutput(outcome, tookMs(statement));
  const isCommit = useMemo(
    () => committedImplicitly(pageStore.getState().timeline, statement),
    [statement],
  );
  const isError = outcome?.kind === "error" || outcome?.kind === "lost";
  return (
    <article
      className="result"
      data-kind={outcome?.kind ?? "open"}
      data-lit={useIsStatementLit(statement.id)}
      {...usePointing({ kind: "statement", id: statement.id })}
    >
      <div className="result-head">
        <button
          type="button"
          className="result-sql"
          title={text.seek}
          onClick={() => seek((statement.endedAt ?? statement.startedAt) + 1)}
        >
          <span className="result-prompt">mysql&gt;</span> {`${statement.sql};`}
        </button>
        <CopyButton
          className="button-quiet result-copy"
          label={text.copy}
          text={() => `mysql> ${`${statement.sql};`}\n${output ?? ""}`}
        />
      </div>
      {output !== null && (
        <pre className={isError ? "result-output result-error" : "result-output"}>{output}</pre>
      )}
      {outcome?.kind === "error" && TOLD_TO_NOBODY.includes(outcome.errno) && (
        <p className="result-note">{text.serverOnly}</p>
      )}
      {isCommit && <p className="result-note">{text.implicitCommit(firstWords(statement.sql))}</p>}
      {outcome === null && (
        <p className="result-open" data-waiting={wait !== null}>
          {wait === null
            ? text.running
            : wait.blockers.length > 0
              ? text.waitingFor(wait.blockers.join(", "))
              : text.waitingAlone}
        </p>
      )}
    </article>
  );
});

function tookMs(statement: StatementState): number {
  return statement.endedMs === null ? 0 : statement.endedMs - statement.startedMs;
}

/** What a statement is called: its first two words. */
function firstWords(sql: string): string {
  return sql
    .split(/[\s;(]+/, 2)
    .join(" ")
    .toUpperCase();
}
