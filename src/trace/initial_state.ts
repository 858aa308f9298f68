/** The state of a server that has just started: no session, no table, transaction ids from FIRST_TRX_ID. */
import { intMapEmpty } from "../base/int_map.ts";
import { FIRST_TRX_ID } from "./ids.ts";
import type { State } from "./state.ts";

export const initialState: State = {
  seq: 0,
  clockMs: 0,
  sessions: [],
  statements: intMapEmpty(),
  trxs: intMapEmpty(),
  nextTrxId: FIRST_TRX_ID,
  readViews: intMapEmpty(),
  undo: intMapEmpty(),
  history: [],
  tables: intMapEmpty(),
  indexes: intMapEmpty(),
  recs: intMapEmpty(),
  recLocks: intMapEmpty(),
  tableLocks: intMapEmpty(),
  mdls: intMapEmpty(),
  lastDeadlock: null,
  net: [],
  clientNotes: [],
};
