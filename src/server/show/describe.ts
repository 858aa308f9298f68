/** DESCRIBE, SHOW COLUMNS, SHOW INDEX (MySQL: sql/dd_sql_view.cc, information_schema.columns and statistics). */

import type { TableName } from "../../sql/ast.ts";
import type { Describe, ShowOfTable } from "../../sql/ast_show.ts";
import type { CatalogTable, StoredView } from "../catalog/catalog.ts";
import type { Exec, ExecResult, ServerColumn, VirtualTable } from "../context.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError } from "../errors.ts";
import { viewNamed, withoutViews } from "../exec/expand_views.ts";
import { tableKey } from "../mdl/keys.ts";
import { noSuchTable } from "../no_such_table.ts";
import { declaredColumns } from "../schema_tables/declared_columns.ts";
import { keyPartColumns } from "../schema_tables/dictionary_rows.ts";
import { virtualTable } from "../schema_tables/virtual_tables.ts";
import { checkViews } from "../session/checked_views.ts";
import { queryColumns } from "../session/executor.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { type ColumnDescription, columnDescriptions, describedColumn } from "./column_text.ts";
import { filtered, likeMatcher } from "./rows.ts";
import { type Shown, shownResult } from "./shown.ts";
import { typeText } from "./type_text.ts";
import { COLUMNS_VIEW, STATISTICS_VIEW } from "./views.ts";

const COLUMNS = ["Field", "Type", "Null", "Key", "Default", "Extra"];
const FULL_COLUMNS = [
  "Field",
  "Type",
  "Collation",
  "Null",
  "Key",
  "Default",
  "Extra",
  "Privileges",
  "Comment",
];

export function* describeTable(
  execution: StatementExecution,
  statement: Describe,
): Exec<ExecResult> {
  execution.noteDictionaryRead();
  yield* lockShown(execution, statement.table);
  const shown = yield* columnsOf(execution, statement.table, false);
  const { column } = statement;
  if (column === null) return shownResult(shown);
  const matches = likeMatcher(column);
  return shownResult({ ...shown, rows: shown.rows.filter(([field]) => matches(field ?? "")) });
}

export function* showColumns(
  execution: StatementExecution,
  statement: ShowOfTable,
): Exec<ExecResult> {
  yield* lockShown(execution, statement.table);
  return yield* filtered(
    execution,
    yield* columnsOf(execution, statement.table, statement.full),
    statement.filter,
  );
}

export function* showIndex(
  execution: StatementExecution,
  statement: ShowOfTable,
): Exec<ExecResult> {
  const { server } = execution;
  yield* lockShown(execution, statement.table);
  const isView = viewNamed(execution.viewPlace, statement.table) !== null;
  const table = isView ? null : tableNamed(execution, statement.table);
  const rows: (string | null)[][] = [];
  if (table?.kind === "base") {
    const { cardinality } = server.shownStats.shown(server, execution.owner, table);
    for (const index of declaredIndexes(table.info)) {
      for (const at of index.parts.keys()) {
        const part = keyPartColumns(table, index, at, cardinality.get(index.name)?.[at] ?? 0);
        rows.push([
          table.name,
          index.unique ? "0" : "1",
          ...part.map((value) => (value === null ? null : String(value))),
        ]);
      }
    }
  }
  return yield* filtered(
    execution,
    { columns: INDEX_COLUMNS, rows, view: STATISTICS_VIEW },
    statement.filter,
    2,
  );
}

const INDEX_COLUMNS = [
  "Table",
  "#Non_unique",
  "Key_name",
  "#Seq_in_index",
  "Column_name",
  "Collation",
  "#Cardinality",
  "#Sub_part",
  "Packed",
  "Null",
  "Index_type",
  "Comment",
  "Index_comment",
  "Visible",
  "Expression",
];

/**
 * Whoever looks at a table's definition passes by those that wait for it, but not by one that changes it. The lock lasts as long
 * as the transaction. A name that is no table's is locked, too. MySQL: fill_schema_table_by_open.
 */
function* lockShown(
  { server, owner }: StatementExecution,
  { schema, name }: TableName,
): Exec<void> {
  const place = schemaOf(owner, schema?.text ?? null);
  const isOwn = owner.lockedTables !== null || temporaryTable(owner, place, name.text) !== null;
  if (isOwn || virtualTable(server, owner, place, name.text) !== null) return;
  const key = tableKey(place, name.text);
  const request = { key, mode: "SHARED_HIGH_PRIO", duration: "TRANSACTION" } as const;
  const outcome = yield* owner.mdl.acquire(request);
  if (outcome !== "granted") failMdl(outcome);
}

/** The table of a SHOW statement; throws 1146. */
export function tableNamed(
  execution: StatementExecution,
  name: TableName,
): (CatalogTable & { readonly kind: "base" }) | VirtualTable {
  const { server, owner } = execution;
  const schema = schemaOf(owner, name.schema?.text ?? null);
  const virtual = virtualTable(server, owner, schema, name.name.text);
  if (virtual !== null) return virtual;
  const table =
    temporaryTable(owner, schema, name.name.text) ?? server.catalog.table(schema, name.name.text);
  if (table !== null) return { ...table, kind: "base" };
  if (!server.catalog.hasDatabase(schema)) throw mysqlError("ER_BAD_DB_ERROR", schema);
  throw noSuchTable(schema, name.name.text);
}

function* columnsOf(execution: StatementExecution, name: TableName, full: boolean): Exec<Shown> {
  const view = viewNamed(execution.viewPlace, name);
  if (view !== null) {
    const columns = (yield* columnsOfView(execution, view)).map((one) => describedColumn(one, ""));
    return shownColumns(columns, full);
  }
  const table = tableNamed(execution, name);
  if (table.kind === "virtual") {
    const known = declaredColumns(table.schema, table.name);
    const rows = table.columns.map(({ name: field, type, nullable }, at) => [
      field,
      known?.[at]?.type ?? typeText(type),
      ...(full ? [null] : []),
      (known?.[at]?.nullable ?? nullable) ? "YES" : "NO",
      known?.[at]?.key ?? "",
      known?.[at]?.default ?? null,
      known?.[at]?.default === "CURRENT_TIMESTAMP" ? KEPT_UP_TO_DATE : "",
      ...(full ? ["select", ""] : []),
    ]);
    return { columns: full ? FULL_COLUMNS : COLUMNS, rows, view: COLUMNS_VIEW };
  }
  // Of a temporary table MySQL writes out that nothing is known.
  const { owner } = execution;
  const isTemporary = temporaryTable(owner, table.schema, table.name) !== null;
  const columns = columnDescriptions(table).map((column) =>
    isTemporary
      ? { ...column, extra: column.extra.replace("DEFAULT_GENERATED", "").trim() || "NULL" }
      : column,
  );
  return shownColumns(columns, full);
}

const KEPT_UP_TO_DATE = "DEFAULT_GENERATED on update CURRENT_TIMESTAMP";

function shownColumns(columns: readonly ColumnDescription[], full: boolean): Shown {
  const rows = columns.map((column) => [
    column.field,
    column.type,
    ...(full ? [column.collation] : []),
    column.nullable ? "YES" : "NO",
    column.key,
    column.default,
    column.extra,
    ...(full ? ["select,insert,update,references", column.comment] : []),
  ]);
  return { columns: full ? FULL_COLUMNS : COLUMNS, rows, view: COLUMNS_VIEW };
}

/** Throws 1356. */
function* columnsOfView(
  execution: StatementExecution,
  view: StoredView,
): Exec<readonly ServerColumn[]> {
  const { schema, name, columns: names } = view;
  checkViews(execution, [{ schema, name }]);
  const { statement: query } = withoutViews(execution.viewPlace, view.query);
  const columns = yield* queryColumns(execution, query);
  return columns.map((column, at) => ({ ...column, name: names[at] ?? column.name }));
}
