/** What a session keeps while its statement is on its way to a client, read off the state. */
import { intMapValues } from "../base/int_map.ts";
import type { SessionName } from "../trace/ids.ts";
import type { ReadViewState, State } from "../trace/state.ts";

export interface Held {
  /** The processlist's State column; performance_schema.threads goes on saying what the statement does otherwise. */
  readonly processState: string;
  readonly readView: ReadViewState | null;
  /** Committed transactions whose old versions may not be purged because of the view. */
  readonly purgeHeldBack: number;
  /** Granted metadata locks on tables. */
  readonly mdls: readonly { readonly mode: string; readonly table: string }[];
  readonly recLocks: number;
  /** Sessions that wait for something this one holds. */
  readonly waiters: readonly SessionName[];
}

export function heldBy(state: State, name: SessionName): Held | null {
  const session = state.sessions.find((one) => one.name === name);
  if (session === undefined) return null;
  const readView = [...intMapValues(state.readViews)].find((view) => view.session === name) ?? null;
  const mdls = [...intMapValues(state.mdls)].filter(
    (lock) => lock.session === name && lock.status === "GRANTED" && lock.namespace === "TABLE",
  );
  const recLocks = [...intMapValues(state.recLocks)].filter((lock) => lock.session === name);
  return {
    processState: session.wait?.reason.kind === "net" ? "Sending to client" : session.processState,
    readView,
    purgeHeldBack:
      readView === null
        ? 0
        : state.history.filter(({ trxNo }) => trxNo >= readView.lowLimitNo).length,
    mdls: mdls.map(({ mode, name: table }) => ({ mode, table: table ?? "" })),
    recLocks: recLocks.length,
    waiters: state.sessions.flatMap(({ name: other, wait }) =>
      wait?.blockers.includes(name) === true ? [other] : [],
    ),
  };
}
