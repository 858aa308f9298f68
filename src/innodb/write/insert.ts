/**
 * INSERT of one row: the table's IX lock, then every index in order. When an index refuses, what the row has done so
 * far is undone; locks stay.
 *
 * InnoDB: row_insert_for_mysql_using_ins_graph (row0mysql.cc), row_ins (row0ins.cc).
 */
import type { DbError, Row, Steps, WriteResult } from "../api.ts";
import { rollbackTo } from "../rollback.ts";
import type { Table } from "../types.ts";
import { insertClustered } from "./clustered.ts";
import { insertSecondary } from "./secondary.ts";
import { obtain, type Writer } from "./writer.ts";

export function* insertRow(writer: Writer, table: Table, row: Row): Steps<WriteResult> {
  const savepoint = writer.trx.undo.length;
  const error = yield* insertEntries(writer, table, row);
  if (error === null) {
    table.statRows += 1;
    return "ok";
  }
  undoRow(writer, savepoint, error);
  return error;
}

function* insertEntries(writer: Writer, table: Table, row: Row): Steps<DbError | null> {
  const locked = yield* lockTableForWrite(writer, table);
  if (locked !== null) return locked;
  const rowId = table.hasRowId ? writer.storage.context.next.rowId() : null;
  for (const index of table.indexes) {
    const error = index.clustered
      ? yield* insertClustered(writer, table, row, rowId)
      : yield* insertSecondary(writer, index, row, rowId);
    if (error !== null) return error;
  }
  return null;
}

/** The IX lock, once for each statement; null when granted. */
export function* lockTableForWrite(writer: Writer, table: Table): Steps<DbError | null> {
  if (writer.ixLocked.includes(table)) return null;
  writer.ixLocked.push(table);
  for (;;) {
    const outcome = writer.storage.context.locks().table(writer.trx, table, "IX", "table");
    const result = yield* obtain(writer, outcome);
    if (result === "granted") return null;
    if (result !== "again") return result;
  }
}

/** InnoDB: row_mysql_handle_errors: back to where the row began; after a deadlock the server undoes everything. */
export function undoRow(writer: Writer, savepoint: number, error: DbError): void {
  if (error.err !== "deadlock") rollbackTo(writer.storage, writer.trx, savepoint, true);
}
