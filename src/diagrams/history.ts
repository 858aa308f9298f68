/**
 * The undo log: what running transactions have written, the history list of committed ones that purge has not come to,
 * and how far it may go.
 *
 *     running     104 C   undo 3 update account 1, undo 4 ...
 *     history     no 107  trx 102   undo 2 update account 1      held back by A's view
 *                 no 105  trx 101   ...                          may go
 */
import { intMapGet, intMapToArray, intMapValues } from "../base/int_map.ts";
import type { RollPtr, SessionName, TrxId, TrxNo } from "../trace/ids.ts";
import type { State, UndoRecState } from "../trace/state.ts";

export interface UndoHistory {
  readonly running: readonly {
    readonly trxId: TrxId;
    readonly session: SessionName;
    readonly undo: readonly UndoRecState[];
  }[];
  /** Oldest first: the order in which purge takes them. */
  readonly committed: readonly {
    readonly trxId: TrxId;
    readonly trxNo: TrxNo;
    readonly undo: readonly UndoRecState[];
    /** Sessions whose open view may still need it. */
    readonly heldBackBy: readonly SessionName[];
  }[];
}

export function undoHistory(state: State): UndoHistory {
  const byTrx = new Map<TrxId, UndoRecState[]>();
  for (const undo of intMapValues(state.undo)) {
    const list = byTrx.get(undo.trxId);
    if (list === undefined) byTrx.set(undo.trxId, [undo]);
    else list.push(undo);
  }
  const views = intMapToArray(state.readViews);
  const running = intMapToArray(state.trxs).flatMap((trx) => {
    const undo = trx.id === 0 ? [] : (byTrx.get(trx.id) ?? []);
    return undo.length === 0 ? [] : [{ trxId: trx.id, session: trx.session, undo }];
  });
  return {
    running,
    committed: state.history.map(({ trxId, trxNo, rollPtrs }) => ({
      trxId,
      trxNo,
      undo: rollPtrs.flatMap((ptr: RollPtr) => intMapGet(state.undo, ptr) ?? []),
      heldBackBy: [
        ...new Set(views.filter((view) => view.lowLimitNo <= trxNo).map((view) => view.session)),
      ],
    })),
  };
}
