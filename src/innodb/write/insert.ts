/**
 * INSERT of one row: the table's IX lock, then every index in order. When an index refuses, what the row has done so
 * far is undone; locks stay.
 *
 * InnoDB: row_insert_for_mysql_using_ins_graph (row0mysql.cc), row_ins (row0ins.cc).
 */
import { isPending, settled } from "../../base/answer.ts";
import { withOne } from "../../base/lists.ts";
import type { Answer, DbError, Row, Steps, WriteResult } from "../api.ts";
import { rollbackTo } from "../rollback.ts";
import type { LockOutcome, Table } from "../types.ts";
import { insertClustered } from "./clustered.ts";
import { insertSecondary } from "./secondary.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** Into every index, clustered first; what it wrote is undone when an entry fails (InnoDB: row_insert_for_mysql). */
export function insertRow(writer: Writer, table: Table, row: Row): Answer<WriteResult> {
  const savepoint = writer.trx.undo.length;
  const inserting = insertEntries(writer, table, row);
  if (isPending(inserting)) return insertedLater(writer, table, savepoint, inserting);
  return inserted(writer, table, savepoint, inserting);
}

function* insertedLater(
  writer: Writer,
  table: Table,
  savepoint: number,
  inserting: Steps<DbError | null>,
): Steps<WriteResult> {
  return inserted(writer, table, savepoint, yield* inserting);
}

function inserted(
  writer: Writer,
  table: Table,
  savepoint: number,
  error: DbError | null,
): WriteResult {
  if (error === null) {
    table.statRows += 1;
    return "ok";
  }
  undoRow(writer, savepoint, error);
  return error;
}

function insertEntries(writer: Writer, table: Table, row: Row): Answer<DbError | null> {
  const locking = lockTableForWrite(writer, table);
  if (isPending(locking)) return entriesLater(writer, table, row, locking);
  return locking ?? insertFrom(writer, table, row);
}

function* entriesLater(
  writer: Writer,
  table: Table,
  row: Row,
  locking: Steps<DbError | null>,
): Steps<DbError | null> {
  return (yield* locking) ?? (yield* settled(insertFrom(writer, table, row)));
}

function insertFrom(writer: Writer, table: Table, row: Row): Answer<DbError | null> {
  const rowId = table.hasRowId ? writer.storage.context.next.rowId() : null;
  const inserting = insertClustered(writer, table, row, rowId);
  if (table.indexes.length === 1) return inserting;
  return secondariesToo(writer, table, row, rowId, inserting);
}

function* secondariesToo(
  writer: Writer,
  table: Table,
  row: Row,
  rowId: number | null,
  inserting: Answer<DbError | null>,
): Steps<DbError | null> {
  const refused = yield* settled(inserting);
  if (refused !== null) return refused;
  for (const index of table.indexes) {
    const error = index.clustered ? null : yield* insertSecondary(writer, index, row, rowId);
    if (error !== null) return error;
  }
  return null;
}

/** The IX lock, once for each statement; null when granted. */
export function lockTableForWrite(writer: Writer, table: Table): Answer<DbError | null> {
  if (writer.ixLocked.includes(table)) return null;
  writer.ixLocked = withOne(writer.ixLocked, table);
  const outcome = writer.storage.context.locks().table(writer.trx, table, "IX", "table");
  return isGranted(outcome) ? null : tableLater(writer, table, outcome);
}

function* tableLater(writer: Writer, table: Table, first: LockOutcome): Steps<DbError | null> {
  let outcome = first;
  for (;;) {
    const result = yield* obtain(writer, outcome);
    if (result === "granted") return null;
    if (result !== "again") return result;
    outcome = writer.storage.context.locks().table(writer.trx, table, "IX", "table");
  }
}

/** InnoDB: row_mysql_handle_errors: back to where the row began; after a deadlock the server undoes everything. */
export function undoRow(writer: Writer, savepoint: number, error: DbError): void {
  if (error.err !== "deadlock") rollbackTo(writer.storage, writer.trx, savepoint, true);
}
