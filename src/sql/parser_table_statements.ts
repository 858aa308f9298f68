/** DROP, TRUNCATE, RENAME, USE, and ANALYZE, CHECK, OPTIMIZE, REPAIR and CHECKSUM TABLE. */

import type { Use } from "./ast.ts";
import type { Deallocate } from "./ast_routine.ts";
import type {
  DropDatabase,
  DropIndex,
  DropTable,
  HistogramChange,
  RenameTable,
  TableMaintenance,
  TruncateTable,
} from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { indexLockAndAlgorithm } from "./parser_option.ts";

/** Reads DROP TABLE, DROP INDEX and DROP DATABASE. */
export function drop(cursor: Cursor): DropTable | DropIndex | DropDatabase | Deallocate {
  const { start } = cursor.advance();
  if (cursor.accept("PREPARE")) {
    return { kind: "deallocate", name: cursor.name(), span: cursor.span(start) };
  }
  const temporary = cursor.accept("TEMPORARY");
  if (temporary || cursor.at("TABLE") || cursor.at("TABLES")) {
    cursor.expectOne(["TABLE", "TABLES"]);
    return dropTable(cursor, start, temporary);
  }
  if (cursor.accept("INDEX")) return dropIndex(cursor, start);
  cursor.expect("DATABASE");
  const exists = ifExists(cursor);
  const name = cursor.name();
  return { kind: "dropDatabase", span: cursor.span(start), ifExists: exists, name };
}

function ifExists(cursor: Cursor): boolean {
  if (!cursor.accept("IF")) return false;
  cursor.expect("EXISTS");
  return true;
}

function dropTable(cursor: Cursor, start: number, temporary: boolean): DropTable {
  const exists = ifExists(cursor);
  const tables = cursor.list((inner) => inner.tableName());
  cursor.acceptOne(["RESTRICT", "CASCADE"]);
  return { kind: "dropTable", span: cursor.span(start), temporary, ifExists: exists, tables };
}

function dropIndex(cursor: Cursor, start: number): DropIndex {
  const name = cursor.name();
  cursor.expect("ON");
  const table = cursor.tableName();
  const rest = indexLockAndAlgorithm(cursor);
  return { kind: "dropIndex", span: cursor.span(start), name, table, ...rest };
}

/** Reads TRUNCATE [TABLE] t. */
export function truncate(cursor: Cursor): TruncateTable {
  const { start } = cursor.advance();
  cursor.accept("TABLE");
  const table = cursor.tableName();
  return { kind: "truncateTable", span: cursor.span(start), table };
}

/** Reads RENAME TABLE a TO b, ... */
export function rename(cursor: Cursor): RenameTable {
  const { start } = cursor.advance();
  cursor.expectOne(["TABLE", "TABLES"]);
  const pairs = cursor.list((inner) => {
    const at = inner.start;
    const from = inner.tableName();
    inner.expect("TO");
    const to = inner.tableName();
    return { kind: "tableRename" as const, span: inner.span(at), from, to };
  });
  return { kind: "renameTable", span: cursor.span(start), pairs };
}

/** Reads USE db. */
export function use(cursor: Cursor): Use {
  const { start } = cursor.advance();
  const database = cursor.name();
  return { kind: "use", span: cursor.span(start), database };
}

// ---------------------------------------------------------------- maintenance

const OPERATIONS = {
  ANALYZE: "analyze",
  CHECK: "check",
  CHECKSUM: "checksum",
  OPTIMIZE: "optimize",
  REPAIR: "repair",
} as const;

/** Words after the tables, which change nothing here. */
const OPTIONS: Readonly<Record<TableMaintenance["operation"], readonly string[]>> = {
  analyze: [],
  check: ["QUICK", "FAST", "MEDIUM", "EXTENDED", "CHANGED"],
  checksum: ["QUICK", "EXTENDED"],
  optimize: [],
  repair: ["QUICK", "EXTENDED", "USE_FRM"],
};

/** Reads ANALYZE, CHECK, CHECKSUM, OPTIMIZE or REPAIR TABLE. */
export function maintenance(cursor: Cursor): TableMaintenance {
  const { start } = cursor.token;
  const word = cursor.expectOne(["ANALYZE", "CHECK", "CHECKSUM", "OPTIMIZE", "REPAIR"]);
  const operation = OPERATIONS[word];
  if (!word.startsWith("CHECK")) cursor.acceptOne(["LOCAL", "NO_WRITE_TO_BINLOG"]);
  cursor.expectOne(["TABLE", "TABLES"]);
  const tables = cursor.list((inner) => inner.tableName());
  let isQuick = false;
  for (;;) {
    const option = cursor.acceptOne(OPTIONS[operation]);
    if (option === null) break;
    isQuick ||= option === "QUICK";
  }
  if (operation === "check" && cursor.accept("FOR")) cursor.expect("UPGRADE");
  const changesHistogram = operation === "analyze" && (cursor.at("UPDATE") || cursor.at("DROP"));
  const histogram = changesHistogram ? histogramChange(cursor) : null;
  return {
    kind: "tableMaintenance",
    span: cursor.span(start),
    operation,
    tables,
    histogram,
    isQuick,
  };
}

/** `UPDATE | DROP HISTOGRAM ON columns [WITH n BUCKETS] ...`: when and out of what it is made is read and dropped. */
function histogramChange(cursor: Cursor): HistogramChange {
  const word = cursor.advance().key;
  cursor.expect("HISTOGRAM");
  cursor.expect("ON");
  const columns = cursor.list((inner) => inner.name());
  if (word === "DROP") return { action: "drop", columns, buckets: null };
  let buckets: number | null = null;
  if (cursor.accept("WITH")) {
    buckets = cursor.integer();
    cursor.expect("BUCKETS");
  }
  if (cursor.acceptOne(["MANUAL", "AUTO"]) !== null) cursor.expect("UPDATE");
  else if (cursor.accept("USING")) {
    cursor.expect("DATA");
    cursor.string();
  }
  return { action: "update", columns, buckets };
}
