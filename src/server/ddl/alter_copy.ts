/**
 * ALTER TABLE with ALGORITHM=COPY: a table of another name is filled with the old one's rows, converted, in a transaction
 * of its own; then the two change places. Every row of the old table is locked S until the end, and every row is checked as
 * an INSERT would: unique keys, foreign keys, CHECK.
 *
 *     t  SHARED_NO_WRITE ─▶ #sql-1_9 is made ─▶ rows copied, S ─▶ t EXCLUSIVE ─▶ t dropped, #sql-1_9 becomes t
 *
 * MySQL: sql/sql_table.cc: copy_data_between_tables; storage/innobase/handler/ha_innodb.cc: start_stmt, store_lock.
 * Departure: the copied rows have undo records (InnoDB: dict_table_t::skip_alter_undo).
 */

import { settled } from "../../base/answer.ts";
import type { Handler, Row, TableInfo, Trx } from "../../innodb/api.ts";
import type { TableId } from "../../trace/ids.ts";
import { baseTable, type CatalogTable } from "../catalog/catalog.ts";
import { createEngineTable, engineOf } from "../catalog/engine_tables.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import { sameName, shadowName } from "../catalog/names.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindChecks } from "../exec/binding.ts";
import { passesChecks } from "../exec/column_values.ts";
import { dbFailure, duplicateText } from "../exec/db_failure.ts";
import { filesortRows } from "../exec/sort_rows.ts";
import { addTable, columnItem, newScope } from "../expr/scope.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { startTrx } from "../session/transaction.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { becomesCounter, convertRow } from "./alter_rows.ts";
import type { Alteration } from "./alteration.ts";
import { catalogTable } from "./draft.ts";
import type { DraftTable } from "./table_definition.ts";

/** A copy that waits to take the old table's place. One of the two has to be called. */
export interface TableCopy {
  readonly rows: number;
  readonly finish: () => TableInfo;
  readonly abandon: () => void;
}

/** Throws what an INSERT of a row would, and what converting it would; nothing is left of the copy then. */
export function* copyTable(
  execution: StatementExecution,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): Exec<TableCopy> {
  const { server, owner } = execution;
  const trx = startTrx(server, owner);
  server.engine.statementStart(trx);
  // AUTO_INCREMENT goes on, unless the statement sets it.
  const autoIncrement = alteration.setsAutoIncrement
    ? draft.autoIncrement
    : engineOf(server, table).tableInfo(table.info.id).autoIncrement;
  const shadow = createEngineTable(server, { ...draft, name: shadowName(owner), autoIncrement });
  const abandon = () => {
    // A copy without transactions has been committed.
    if (owner.trx === trx) server.engine.rollback(trx, "rollback");
    owner.trx = null;
    engineOf(server, { info: shadow }).dropTable(shadow.id, "rebuild");
  };
  try {
    const rows = yield* copyRows(execution, { trx, table, shadow, draft, alteration });
    server.engine.statementEnd(trx);
    if (isNonTransactional(draft.engine)) commit(server, owner, trx);
    const finish = () => takePlace(execution, trx, table, shadow);
    return { rows, finish, abandon };
  } catch (error) {
    abandon();
    throw error;
  }
}

interface Copy {
  readonly trx: Trx;
  readonly table: CatalogTable;
  readonly shadow: TableInfo;
  readonly draft: DraftTable;
  readonly alteration: Alteration;
}

function* copyRows(execution: StatementExecution, copy: Copy): Exec<number> {
  const { server } = execution;
  const { trx, table, shadow, draft, alteration } = copy;
  const env = newEnv(execution);
  env.strict = isStrictMode(execution);
  const from = openTable(server, trx, table.info.id);
  const to = openTable(server, trx, shadow.id);
  const target = catalogTable(draft, shadow, 0);
  const asBase = baseTable(target, engineOf(server, target), () => to);
  const convert = convertRow(execution, table, draft, alteration, env);
  const passes = checkRows(execution, env, asBase);
  const renumbers = draft.columns.some((column, at) => {
    const before = table.columns[alteration.sources[at] ?? -1];
    return before !== undefined && becomesCounter(before, column);
  });
  const write = function* (given: Row): Exec<void> {
    const row = convert(given);
    yield* passes(row);
    const orphan = to.checkParents === undefined ? null : yield* to.checkParents(row);
    if (orphan !== null) throw dbFailure(orphan, asBase);
    const written = yield* settled(to.writeRow(row, { onDuplicate: "error" }));
    if (written === "ok") return;
    const failure = dbFailure(written, asBase);
    if (written.err !== "duplicateKey" || !renumbers) throw failure;
    const key = `${asBase.name}.${written.indexName}`;
    throw mysqlError("ER_DUP_ENTRY_AUTOINCREMENT_CASE", duplicateText(written, asBase), key);
  };
  const sorted = rowSorter(table, alteration);
  from.setReadLock("S", "wait");
  from.rndInit();
  const gathered: Row[] = [];
  for (;;) {
    execution.checkInterrupt();
    const read = yield* settled(from.rndNext());
    if (read === "notFound") break;
    if (!("row" in read)) throw dbFailure(read, asBase);
    if (sorted === null) yield* write(read.row);
    else gathered.push(read.row);
  }
  if (sorted !== null) for (const row of yield* sorted(gathered)) yield* write(row);
  return env.rowNumber;
}

/** ORDER BY, by the old table's columns; null without one. Throws 1054. */
function rowSorter(
  { name, schema, columns }: CatalogTable,
  { orderBy }: Alteration,
): ((rows: readonly Row[]) => Exec<readonly Row[]>) | null {
  if (orderBy.length === 0) return null;
  const scope = addTable(newScope(null), { alias: name, schema, columns, defaultOf: null });
  const order = orderBy.map(({ name: { text }, desc }) => {
    const at = columns.findIndex((column) => sameName(column.name, text));
    if (at < 0) throw mysqlError("ER_BAD_FIELD_ERROR", text, "order clause");
    return { item: columnItem(scope, at), desc };
  });
  return (rows) =>
    filesortRows(rows, order, null, (row) => {
      scope.slot.row = row;
    });
}

/** MySQL: invoke_table_check_constraints. Throws 3819. */
function checkRows(
  execution: StatementExecution,
  env: EvalEnv,
  table: Parameters<typeof bindChecks>[0],
): (row: Row) => Exec<boolean> {
  const scope = newScope(null);
  const { slot } = addTable(scope, {
    alias: table.name,
    schema: table.schema,
    columns: table.columns,
    defaultOf: null,
  });
  const statement = { ctx: execution, env, kind: "insert", assigned: new Set<string>() } as const;
  const checks = bindChecks(table, statement, scope);
  return (row) => {
    slot.row = row;
    return passesChecks(checks, env, false);
  };
}

function takePlace(
  execution: StatementExecution,
  trx: Trx,
  table: CatalogTable,
  shadow: TableInfo,
): TableInfo {
  const { server, owner } = execution;
  const engine = engineOf(server, { info: shadow });
  engineOf(server, table).dropTable(table.info.id, "rebuild");
  engine.renameTable(shadow.id, table.schema, table.name);
  if (owner.trx === trx) commit(server, owner, trx);
  engine.analyze(shadow.id);
  return engine.tableInfo(shadow.id);
}

function commit(server: Server, owner: Session, trx: Trx): void {
  server.engine.commit(trx);
  owner.trx = null;
}

/** The rows that are copied are nobody's changes. */
function openTable(server: Server, trx: Trx, id: TableId): Handler {
  const { engine, myisam } = server;
  return myisam.has(id) ? myisam.engine.open(id, null, () => {}) : engine.open(trx, id);
}
