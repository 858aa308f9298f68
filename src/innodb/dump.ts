/** The engine's part of the state, made from its own objects: what the fold of the trace must equal. */
import { intMapFrom } from "../base/int_map.ts";
import type { TrxId } from "../trace/ids.ts";
import type { DeadlockState, RecState } from "../trace/state.ts";
import type { EngineDump } from "./api.ts";
import { leftmostLeaf, nextUserRec } from "./btree/cursor.ts";
import { indexState, recState } from "./btree/snapshot.ts";
import { tableState } from "./dictionary.ts";
import { readViewState } from "./read_view.ts";
import type { Storage } from "./storage.ts";
import { trxState } from "./trx.ts";
import { historyEntry } from "./trx_sys.ts";
import type { Index } from "./types.ts";
import { undoState } from "./undo.ts";

/** What the engine's own objects hold now; `lastDeadlock` is kept by the engine, not by the lock system. */
export function dump(storage: Storage, lastDeadlock: DeadlockState | null): EngineDump {
  const { context, sys, tables } = storage;
  const indexes = [...tables.values()].flatMap((table) => table.indexes);
  const { recLocks, tableLocks } = context.locks().lockRows();
  return {
    trxs: intMapFrom(sys.trxs.map((trx) => [trx.ref, trxState(trx)] as const)),
    nextTrxId: sys.nextId as TrxId,
    readViews: intMapFrom(
      sys.views.map(
        ({ view, trx, openedAt }) => [view.id, readViewState(view, trx, openedAt)] as const,
      ),
    ),
    undo: intMapFrom(sys.undo.values().map((undo) => [undo.rollPtr, undoState(undo)] as const)),
    history: sys.history.map(historyEntry),
    tables: intMapFrom([...tables.values()].map((table) => [table.id, tableState(table)] as const)),
    indexes: intMapFrom(indexes.map((index) => [index.id, indexState(index)] as const)),
    recs: intMapFrom(indexes.flatMap(recsOf).map((rec) => [rec.id, rec] as const)),
    recLocks: intMapFrom(recLocks.map((lock) => [lock.id, lock] as const)),
    tableLocks: intMapFrom(tableLocks.map((lock) => [lock.id, lock] as const)),
    lastDeadlock,
  };
}

function recsOf(index: Index): RecState[] {
  const recs: RecState[] = [];
  for (let rec = nextUserRec(leftmostLeaf(index).infimum); rec !== null; rec = nextUserRec(rec))
    recs.push(recState(rec));
  return recs;
}
