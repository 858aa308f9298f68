/** What the parts of the storage half share: the context given to everybody, the transaction system, the tables. */
import type { TableId } from "../trace/ids.ts";
import type { TrxSys } from "./trx_sys.ts";
import type { EngineContext, Table } from "./types.ts";

/** All that a transaction reaches: the dictionary, the transaction system, and through the context locks, clock and trace. */
export interface Storage {
  readonly context: EngineContext;
  readonly sys: TrxSys;
  readonly tables: Map<TableId, Table>;
}
