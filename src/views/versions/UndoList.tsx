/** The undo log: what running transactions have written, the history list, and what keeps purge from going on. */
import { type ReactNode, useMemo } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { undoHistory } from "../../diagrams/history.ts";
import { rowText } from "../../trace/explain/text.ts";
import type { State, UndoRecState } from "../../trace/state.ts";
import type { VersionWords } from "./words.ts";

export function UndoList(props: {
  readonly state: State;
  readonly words: VersionWords;
}): ReactNode {
  const { state, words } = props;
  const { running, committed } = useMemo(() => undoHistory(state), [state]);
  return (
    <section className="undo" aria-label={words.undo}>
      <h3>{words.undo}</h3>
      <h4>{words.running}</h4>
      {running.length === 0 && <p className="sight-hint">{words.noUndo}</p>}
      <ol>
        {running.map(({ trxId, session, undo }) => (
          <li key={trxId} data-session={session}>
            <strong className="undo-trx" data-ref={`session:${session}`}>
              {words.ofTrx(trxId, session)}
            </strong>
            <Records undo={undo} state={state} words={words} />
          </li>
        ))}
      </ol>
      <h4>{words.history}</h4>
      {committed.length === 0 && <p className="sight-hint">{words.noHistory}</p>}
      <ol className="undo-history">
        {committed.map(({ trxId, trxNo, undo, heldBackBy }) => (
          <li key={trxNo} data-held={heldBackBy.length > 0}>
            <strong className="undo-trx">{words.ofCommitted(trxId, trxNo)}</strong>
            <span className="undo-purge">
              {heldBackBy.length === 0 ? words.mayGo : words.heldBack(heldBackBy.join(", "))}
            </span>
            <Records undo={undo} state={state} words={words} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Records(props: {
  readonly undo: readonly UndoRecState[];
  readonly state: State;
  readonly words: VersionWords;
}): ReactNode {
  const { undo, state, words } = props;
  return (
    <ul>
      {undo.map((record) => (
        <li key={record.rollPtr} data-ref={`version:${record.rec}:${record.rollPtr}`}>
          <code>undo {record.rollPtr}</code> {words.undoTypes[record.type]}{" "}
          {intMapGet(state.tables, record.table)?.name} {record.key}
          {record.before !== null && <small> {words.before(rowText(record.before.values))}</small>}
        </li>
      ))}
    </ul>
  );
}
