/** LOCK and UNLOCK, FLUSH. */

import type {
  Flush,
  FlushTables,
  LockInstance,
  LockTable,
  LockTables,
  UnlockInstance,
  UnlockTables,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Reads LOCK TABLES or LOCK INSTANCE FOR BACKUP. */
export function lock(cursor: Cursor): LockTables | LockInstance {
  const { start } = cursor.advance();
  const what = cursor.expectOne(["TABLES", "TABLE", "INSTANCE"]);
  if (what === "INSTANCE") {
    cursor.expect("FOR");
    cursor.expect("BACKUP");
    return { kind: "lockInstance", span: cursor.span(start) };
  }
  const tables = cursor.list(lockTable);
  return { kind: "lockTables", span: cursor.span(start), tables };
}

function lockTable(cursor: Cursor): LockTable {
  const start = cursor.start;
  const table = cursor.tableName();
  const alias = cursor.accept("AS") || cursor.atName() ? cursor.name() : null;
  const word = cursor.expectOne(["READ", "WRITE"]);
  const local = word === "READ" && cursor.accept("LOCAL");
  const kind = word === "WRITE" ? "write" : local ? "readLocal" : "read";
  return { kind: "lockTable", span: cursor.span(start), table, alias, lock: kind };
}

/** Reads UNLOCK TABLES or UNLOCK INSTANCE. */
export function unlock(cursor: Cursor): UnlockTables | UnlockInstance {
  const { start } = cursor.advance();
  const what = cursor.expectOne(["TABLES", "TABLE", "INSTANCE"]);
  const kind = what === "INSTANCE" ? "unlockInstance" : "unlockTables";
  return { kind, span: cursor.span(start) };
}

/** Reads FLUSH. TABLES stands alone, everything else may be listed. */
export function flush(cursor: Cursor): FlushTables | Flush {
  const { start } = cursor.advance();
  cursor.acceptOne(["LOCAL", "NO_WRITE_TO_BINLOG"]);
  if (cursor.accept("TABLES") || cursor.accept("TABLE")) return flushTables(cursor, start);
  const options = cursor.list(flushOption);
  return { kind: "flush", span: cursor.span(start), options };
}

function flushTables(cursor: Cursor, start: number): FlushTables {
  const tables = cursor.atName() ? cursor.list((inner) => inner.tableName()) : [];
  let mode: FlushTables["mode"] = "flush";
  if (cursor.accept("WITH")) {
    cursor.expect("READ");
    cursor.expect("LOCK");
    mode = "withReadLock";
  } else if (cursor.at("FOR")) {
    if (tables.length === 0) cursor.fail(cursor.token, "No tables used");
    cursor.advance();
    cursor.expect("EXPORT");
    mode = "forExport";
  }
  return { kind: "flushTables", span: cursor.span(start), tables, mode };
}

const LOGS = ["BINARY", "ENGINE", "ERROR", "GENERAL", "RELAY", "SLOW"] as const;
const OTHERS = ["LOGS", "OPTIMIZER_COSTS", "PRIVILEGES", "STATUS", "USER_RESOURCES"] as const;

function flushOption(cursor: Cursor): string {
  const log = cursor.acceptOne(LOGS);
  if (log === null) return cursor.expectOne(OTHERS).toLowerCase();
  cursor.expect("LOGS");
  if (log === "RELAY" && cursor.accept("FOR")) {
    cursor.expect("CHANNEL");
    cursor.string();
  }
  return `${log.toLowerCase()} logs`;
}
