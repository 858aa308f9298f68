/** What the mysql client would have printed in this session so far, up to the cursor. */
import {
  type CSSProperties,
  memo,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { SessionName } from "../../trace/ids.ts";
import { committedImplicitly } from "../../trace/implicit_commit.ts";
import { setsLaterLevel } from "../../trace/later_level.ts";
import type { ClientNote, SessionState, StatementState } from "../../trace/state.ts";
import { bringPanel } from "../panels/use_panels.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { useIsStatementLit, usePointing } from "../shell/use_pointing.ts";
import { useIsRacing } from "../shell/use_rapid_moves.ts";
import { FIDELITY } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { resultNote } from "./result_notes.ts";
import { inPieces, shortened, sqlHead } from "./shortened.ts";
import { statementEnd, statementOutput } from "./statement_output.ts";
import { useSession, useStatements } from "./use_session.ts";

/** How many are drawn at first; older ones when they are asked for, since all of them would be drawn again with each step. */
const SHOWN = 14;
const MORE = 40;
/** A statement with what was printed for it is no lower. */
const ENTRY_MIN_PX = 38;
/** In one column the box grows with what is in it, up to this. */
const BOX_GROWN_PX = 300;
/** Letters in a line. */
const WIDE = 40;
const LETTERS = 60;
/** A panel that is brought is there some frames later. */
const PANEL_MS = 120;

export const Results = memo(function Results(props: {
  readonly name: SessionName;
  /** Somebody waits for what comes: it is brought into sight. */
  readonly isAsked: RefObject<boolean>;
}): ReactNode {
  const { name, isAsked } = props;
  const text = useText().session;
  const session = useSession(name);
  const statementsOf = useStatements(name);
  const notes = usePage((page) => page.stateAtCursor.clientNotes);
  const all = useMemo(() => printedLines(statementsOf, notes, name), [statementsOf, notes, name]);
  const opening = usePage((page) => page.openings);
  const [asked, setAsked] = useState({ opening, count: SHOWN });
  const count = asked.opening === opening ? asked.count : SHOWN;
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(Number.POSITIVE_INFINITY);
  const hasScrolled = useRef(false);
  const inSight = Math.ceil(Math.max(height.current, BOX_GROWN_PX) / ENTRY_MIN_PX);
  const isShort = useIsRacing() && !hasScrolled.current;
  const drawn = isShort ? Math.min(count, inSight) : count;
  const lines = useMemo(() => all.slice(-drawn), [all, drawn]);
  const older = all.length - Math.min(count, all.length);
  const last = lines.at(-1);
  const printed = useMemo(() => highest(all.slice(-SHOWN)), [all]);
  // The box is laid out from its end (column-reverse), so the newest line is in sight as on a terminal, whatever changes
  // its size, and nothing is measured. Only whoever has scrolled up is brought back when something new comes.
  useLayoutEffect(() => {
    if (box.current !== null && last !== undefined && hasScrolled.current)
      box.current.scrollTop = 0;
    if (last !== undefined && isAsked.current) bringResults(box.current);
  }, [last, isAsked]);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) height.current = entry.contentRect.height;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={box}
      className="results"
      style={{ "--printed": printed } as CSSProperties}
      aria-label={text.results(name)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      onScroll={(event) => {
        hasScrolled.current = event.currentTarget.scrollTop !== 0;
      }}
    >
      <div className="results-list">
        {lines.length === 0 && <p className="results-empty">{text.noResults}</p>}
        {older > 0 && (
          <button
            type="button"
            className="button button-quiet results-older"
            onClick={() => setAsked({ opening, count: count + MORE })}
          >
            {text.older(older)}
          </button>
        )}
        {lines.map((line) =>
          "kind" in line ? (
            <NoteEntry key={`note ${line.seq}`} note={line} />
          ) : (
            <Entry
              key={line.id}
              statement={line}
              wait={line.outcome === null ? (session?.wait ?? null) : null}
            />
          ),
        )}
        <ProgramOutcome name={name} />
      </div>
    </section>
  );
});

/** Cards may stand below each other's edge. */
export function bringResults(box: Element | null | undefined): void {
  box?.scrollIntoView({ block: "nearest" });
}

/** The lines of the longest of them with its statement: the box has room for so many, to a bound. */
function highest(lines: readonly Line[]): number {
  return lines.reduce((most, line) => Math.max(most, "kind" in line ? 2 : linesOf(line)), 0);
}

function linesOf({ outcome, sql }: StatementState): number {
  const own = Math.ceil(sql.length / LETTERS);
  if (outcome?.kind !== "rows") return own + 2;
  // With the rules, the heading and the line that counts.
  const sets = [outcome, ...(outcome.call?.more ?? [])];
  return sets.reduce((sum, { rows }) => sum + (rows.length === 0 ? 1 : rows.length + 5), own);
}

type Line = StatementState | ClientNote;

/** Statements and what the client printed between them, in their order. */
function printedLines(
  statements: readonly StatementState[],
  notes: readonly ClientNote[],
  name: SessionName,
): readonly Line[] {
  const own = notes.filter(({ session }) => session === name);
  if (own.length === 0) return statements;
  const seqOf = (line: Line): number => ("kind" in line ? line.seq : line.startedAt);
  return [...statements, ...own].sort((a, b) => seqOf(a) - seqOf(b));
}

/** A command that the client refused, or its new connection. */
function NoteEntry({ note }: { readonly note: ClientNote }): ReactNode {
  const text = useText().session;
  const seek = usePage((page) => page.seek);
  if (note.kind === "reconnected") {
    return (
      <article className="result">
        <pre className="result-output">{text.reconnected(note.connectionId)}</pre>
      </article>
    );
  }
  return (
    <article className="result" data-kind="error">
      <div className="result-head">
        <button
          type="button"
          className="text-button result-sql"
          title={text.seek}
          onClick={() => seek(note.seq + 1)}
        >
          <span className="result-prompt">mysql&gt;</span> {`${note.sql};`}
        </button>
      </div>
      <pre className="result-output result-error">
        {`ERROR ${note.errno} (HY000): ${note.message}`}
      </pre>
      <p className="result-note">{text.clientOnly}</p>
    </article>
  );
}

/** What the program behind a simulated client got from its last call: it may differ from what the server did. */
function ProgramOutcome({ name }: { readonly name: SessionName }): ReactNode {
  const text = useText().session;
  const net = usePage((page) => page.stateAtCursor.net.find(({ session }) => session === name));
  const error = net?.client.error ?? null;
  const last = usePage((page) => page.stateAtCursor.clientNotes).findLast(
    ({ session }) => session === name,
  );
  // Said already, behind the command that it refused.
  if (error === null || (last?.kind === "refused" && last.errno === error.errno)) return null;
  return (
    <p className="result-note result-note-error">
      {text.programGot(`ERROR ${error.errno}: ${error.message}`)}{" "}
      <button type="button" className="text-button result-why" onClick={bringClientError}>
        {text.programWhy}
      </button>
    </p>
  );
}

/** The panel, and what it says of the error: lit, as the panel may be there already. */
function bringClientError(): void {
  bringPanel("stream");
  setTimeout(() => {
    const error = document.querySelector<HTMLElement>(".stream-status .pipeline-error");
    error?.scrollIntoView({ block: "nearest" });
    error?.focus({ preventScroll: true });
  }, PANEL_MS);
}

const Entry = memo(function Entry(props: {
  readonly statement: StatementState;
  /** Of a statement that waits. */
  readonly wait: SessionState["wait"];
}): ReactNode {
  const { statement, wait } = props;
  const text = useText().session;
  const seek = usePage((page) => page.seek);
  const { outcome } = statement;
  const output = useMemo(() => statementOutput(statement), [statement]);
  const [isWhole, setWhole] = useState(false);
  const [isSqlWhole, setSqlWhole] = useState(false);
  const { head: sql, left: sqlLeft } = isSqlWhole
    ? { head: statement.sql, left: 0 }
    : sqlHead(statement.sql);
  const short = useMemo(() => (output === null ? null : shortened(output)), [output]);
  const isCommit = useMemo(
    () => committedImplicitly(pageStore.getState().timeline, statement),
    [statement],
  );
  const isLater = useMemo(
    () => setsLaterLevel(pageStore.getState().timeline, statement),
    [statement],
  );
  const isWide = useMemo(() => short !== null && hasWideLine(short), [short]);
  const note = resultNote(outcome, statement.sql, useLanguage());
  const isError = outcome?.kind === "error" || outcome?.kind === "lost";
  const serverOnly = outcome?.kind === "error" ? text.serverOnly(outcome.errno) : null;
  return (
    <article
      className="result"
      data-kind={outcome?.kind ?? "open"}
      data-wide={isWide}
      data-lit={useIsStatementLit(statement.id)}
      {...usePointing({ kind: "statement", id: statement.id })}
    >
      <div className="result-head">
        <button
          type="button"
          className="text-button result-sql"
          title={text.seek}
          onClick={() => seek((statement.endedAt ?? statement.startedAt) + 1)}
        >
          <span className="result-prompt">mysql&gt;</span>{" "}
          {sqlLeft > 0 ? sql : `${sql}${statementEnd(statement)}`}
        </button>
        <CopyButton
          className="button-quiet result-copy"
          label={text.copy}
          text={() => `mysql> ${statement.sql}${statementEnd(statement)}\n${output ?? ""}`}
        />
      </div>
      {sqlLeft > 0 && (
        <button type="button" className="text-button result-more" onClick={() => setSqlWhole(true)}>
          {text.moreLetters(sqlLeft)}
        </button>
      )}
      {short !== null && (
        <pre className={isError ? "result-output result-error" : "result-output"}>
          {isWhole && output !== null ? <Whole output={output} /> : short.head}
          {short.left > 0 && !isWhole && (
            <button
              type="button"
              className="text-button result-more"
              onClick={() => setWhole(true)}
            >
              {text.moreLines(short.left)}
            </button>
          )}
          {!isWhole && short.tail}
        </pre>
      )}
      {serverOnly !== null && <p className="result-note">{serverOnly}</p>}
      {note !== null && (
        <p className="result-note">
          {note.text} {note.list !== null && <a href={FIDELITY}>{note.list}</a>}
        </p>
      )}
      {isLater && <p className="result-note">{text.laterLevel}</p>}
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

/** Whether one may have to scroll sideways to read it. */
function hasWideLine({ head, tail }: { readonly head: string; readonly tail: string }): boolean {
  return [head, tail].some((part) => part.split("\n").some((line) => line.length > WIDE));
}

/** All of a long result; what is out of sight keeps its height and costs nothing. */
const Whole = memo(function Whole({ output }: { readonly output: string }): ReactNode {
  return inPieces(output).map((piece) => (
    <span
      key={piece.at}
      className="result-piece"
      style={{ containIntrinsicHeight: `${piece.lines * 1.25}em` }}
    >
      {piece.text}
    </span>
  ));
});

/** What a statement is called: its first two words. */
function firstWords(sql: string): string {
  return sql
    .split(/[\s;(]+/, 2)
    .join(" ")
    .toUpperCase();
}
