/** A table's name and, session by session, the table and metadata locks that lie on it as a whole. */
import type { ReactNode } from "react";
import { intMapValues } from "../../base/int_map.ts";
import type { SessionName, TableId } from "../../trace/ids.ts";
import type { MdlState, State, TableLockState, TableState } from "../../trace/state.ts";
import { lastingOf } from "../../trace/why/wait_ends.ts";
import { FoldMark, HourglassIcon, SessionChip } from "./Marks.tsx";
import type { StageWords } from "./words.ts";

export function TableHeader(props: {
  readonly state: State;
  readonly table: TableState;
  readonly words: StageWords;
  readonly selected: string | null;
  readonly onFold: ((table: TableId) => void) | null;
}): ReactNode {
  const { state, table, words, selected, onFold } = props;
  const tableLocks = [...intMapValues(state.tableLocks)].filter((lock) => lock.table === table.id);
  const mdls = [...intMapValues(state.mdls)].filter(
    (mdl) => mdl.namespace === "TABLE" && mdl.schema === table.schema && mdl.name === table.name,
  );
  const sessions = state.sessions
    .map((session) => session.name)
    .sort()
    .filter(
      (name) =>
        tableLocks.some((lock) => lock.session === name) ||
        mdls.some((mdl) => mdl.session === name),
    );
  return (
    <header className="table-header">
      {onFold !== null && (
        <button
          type="button"
          className="table-fold"
          aria-expanded="true"
          aria-label={words.foldTable(table.name)}
          onClick={() => onFold(table.id)}
        >
          <FoldMark isOpen={true} />
        </button>
      )}
      <h3 className="table-name" data-ref={`table:${table.id}`}>
        <small>{words.table}</small> {table.name}
      </h3>
      {sessions.length === 0 && <span className="table-quiet">{words.noLocks}</span>}
      {sessions.map((session) => (
        <span key={session} className="table-locks" data-session={session}>
          <SessionChip session={session} />
          {tableLocks
            .filter((lock) => lock.session === session)
            .map((lock) => (
              <TableLockChip key={lock.id} {...{ lock, words, selected }} />
            ))}
          {mdls
            .filter((mdl) => mdl.session === session)
            .map((mdl) => (
              <MdlChip key={mdl.id} {...{ mdl, words, selected }} />
            ))}
        </span>
      ))}
    </header>
  );
}

function TableLockChip(props: {
  readonly lock: TableLockState;
  readonly words: StageWords;
  readonly selected: string | null;
}): ReactNode {
  const { lock, words } = props;
  const isWaiting = lock.status === "waiting";
  const waits = isWaiting ? ` ${words.waitsFor(namesOf(lock.blockers))}` : "";
  return (
    <button
      type="button"
      className={`lock-chip lock-chip-${lock.status}`}
      data-ref={`lock:${lock.id}`}
      aria-pressed={props.selected === `lock:${lock.id}`}
      aria-label={`${lock.mode}${waits}: ${words.tableLockSentence(lock.session, lock.mode, lock.tableName, isWaiting)}`}
      tabIndex={-1}
    >
      {lock.mode}
      {isWaiting && (
        <span className="chip-note">
          <HourglassIcon />
          {waits}
        </span>
      )}
    </button>
  );
}

function MdlChip(props: {
  readonly mdl: MdlState;
  readonly words: StageWords;
  readonly selected: string | null;
}): ReactNode {
  const { mdl, words } = props;
  const isPending = mdl.status === "PENDING";
  const on = `${mdl.namespace} ${mdl.name ?? ""}`;
  // What is seen is part of the name.
  const waits = isPending ? ` ${words.waitsFor(namesOf(mdl.blockers))}` : "";
  return (
    <button
      type="button"
      className={`lock-chip mdl-chip lock-chip-${isPending ? "waiting" : "granted"}`}
      data-ref={`mdl:${mdl.id}`}
      aria-pressed={props.selected === `mdl:${mdl.id}`}
      aria-label={`MDL ${mdl.mode}${waits}: ${words.mdlSentence(
        mdl.session,
        mdl.mode,
        on,
        lastingOf(mdl),
        isPending,
      )}`}
      tabIndex={-1}
    >
      <span className="mdl-word">MDL</span> {mdl.mode}
      {isPending && (
        <span className="chip-note">
          <HourglassIcon />
          {waits}
        </span>
      )}
    </button>
  );
}

function namesOf(blockers: readonly { readonly session: SessionName }[]): readonly SessionName[] {
  return [...new Set(blockers.map((blocker) => blocker.session))].sort();
}
