/** What one handler has been told, and the row that it read last. InnoDB: row_prebuilt_t (row0mysql.h). */
import type { ForeignKeyCheck } from "../trace/events.ts";
import type { Row } from "./api.ts";
import type { Index, Rec, Table, TrxImpl } from "./types.ts";

/** The cursor of one handler. The read side (locking half) moves it, the write side uses it. */
export interface Prebuilt {
  trx: TrxImpl;
  readonly table: Table;
  index: Index;
  lockMode: "none" | "S" | "X";
  onConflict: "wait" | "nowait" | "skipLocked";
  /** The constraint that is checked; null: the statement itself reads. */
  readonly foreignKey: ForeignKeyCheck | null;
  /** The clustered record of the row last read; what updateRow and deleteRow work on. */
  clustRec: Rec | null;
  /** Its values as returned. */
  row: Row | null;
}
