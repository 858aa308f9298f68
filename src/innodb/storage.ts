/** What the parts of the storage half share: the context given to everybody, the transaction system, the tables. */
import type { TableId } from "../trace/ids.ts";
import type { TrxSys } from "./trx_sys.ts";
import type { EngineContext, Table } from "./types.ts";

export interface Storage {
  readonly context: EngineContext;
  readonly sys: TrxSys;
  readonly tables: Map<TableId, Table>;
}
