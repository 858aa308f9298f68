/** SHOW DATABASES, TABLES, OPEN TABLES, TABLE STATUS, ENGINES (MySQL: sql/sql_show.cc, dd_sql_view.cc). */
import type { ShowFromDatabase, ShowPlain, ShowTables } from "../../sql/ast_show.ts";
import { isSystemSchema } from "../catalog/catalog.ts";
import { compareNames } from "../catalog/names.ts";
import { systemTableNames, systemTableType } from "../catalog/system_names.ts";
import { nowText } from "../clock_text.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { schemaKey } from "../mdl/keys.ts";
import { ENGINE_ROWS } from "../schema_tables/engine_rows.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { tablesInUse } from "../session/tables_in_use.ts";
import { viewStatus } from "./create_view.ts";
import { filtered } from "./rows.ts";
import { shownResult } from "./shown.ts";
import {
  ENGINES_VIEW,
  OPEN_TABLES_VIEW,
  SCHEMATA_VIEW,
  TABLE_STATUS_VIEW,
  TABLES_VIEW,
} from "./views.ts";

export function showDatabases(
  execution: StatementExecution,
  statement: ShowPlain,
): Exec<ExecResult> {
  const rows = execution.server.catalog.databaseNames().map((name) => [name]);
  const like = statement.filter?.kind === "showLike" ? ` (${statement.filter.pattern})` : "";
  return filtered(
    execution,
    { columns: [`Database${like}`], rows, view: SCHEMATA_VIEW },
    statement.filter,
  );
}

export function* showTables(
  execution: StatementExecution,
  statement: ShowTables,
): Exec<ExecResult> {
  yield* lockSchema(execution, statement.database?.text ?? null);
  const schema = existingSchema(execution, statement.database?.text ?? null);
  const like = statement.filter?.kind === "showLike" ? ` (${statement.filter.pattern})` : "";
  const isSystem = isSystemSchema(schema);
  const { catalog } = execution.server;
  const views = new Set(catalog.viewsIn(schema).map(({ name }) => name));
  const names = isSystem
    ? systemTableNames(schema)
    : [...catalog.tablesIn(schema).map((table) => table.name), ...views].sort();
  const typeOf = (name: string) => {
    if (isSystem) return systemTableType(schema, name);
    return views.has(name) ? "VIEW" : "BASE TABLE";
  };
  return yield* filtered(
    execution,
    {
      columns: [`Tables_in_${schema}${like}`, ...(statement.full ? ["Table_type"] : [])],
      rows: names.map((name) => [name, ...(statement.full ? [typeOf(name)] : [])]),
      view: TABLES_VIEW,
    },
    statement.filter,
  );
}

/** Departure: only tables of user databases are listed, and Name_locked is always 0. */
export function showOpenTables(
  execution: StatementExecution,
  statement: ShowFromDatabase,
): Exec<ExecResult> {
  const { catalog } = execution.server;
  const only = statement.database?.text ?? null;
  const inUse = tablesInUse(execution.server, execution.owner);
  const rows = catalog
    .allTables()
    .filter((table) => only === null || table.schema === only)
    .filter((table) => catalog.hasDefinition(table.schema, table.name))
    .map(({ schema, name }) => [schema, name, String(inUse(schema, name)), "0"]);
  return filtered(
    execution,
    { columns: ["Database", "Table", "#In_use", "#Name_locked"], rows, view: OPEN_TABLES_VIEW },
    statement.filter,
    1,
  );
}

export function* showTableStatus(
  execution: StatementExecution,
  statement: ShowFromDatabase,
): Exec<ExecResult> {
  yield* lockSchema(execution, statement.database?.text ?? null);
  const { server } = execution;
  const schema = existingSchema(execution, statement.database?.text ?? null);
  const tables = server.catalog.tablesIn(schema).map((table) => {
    const stats = server.shownStats.shown(server, execution.owner, table);
    const { rows: count, dataLength: bytes } = stats;
    const counter = table.columns.some((column) => column.autoIncrement)
      ? String(stats.autoIncrement)
      : null;
    return [
      table.name,
      table.engine,
      "10",
      "Dynamic",
      String(count),
      String(count === 0 ? 0 : Math.floor(bytes / count)),
      String(bytes),
      "0",
      String(stats.indexLength),
      "0",
      counter,
      nowText(table.createdMs),
      null,
      null,
      table.collation,
      null,
      "",
      table.comment,
    ];
  });
  const rows = server.catalog.hasViews
    ? [...tables, ...viewStatus(server.catalog, schema)].sort(byName)
    : tables;
  return yield* filtered(
    execution,
    { columns: TABLE_STATUS, rows, view: TABLE_STATUS_VIEW },
    statement.filter,
  );
}

export function showEngines(): ExecResult {
  return shownResult({
    view: ENGINES_VIEW,
    columns: ["Engine", "Support", "Comment", "Transactions", "XA", "Savepoints"],
    rows: ENGINE_ROWS,
  });
}

function byName([a]: readonly (string | null)[], [b]: readonly (string | null)[]): number {
  return compareNames(a ?? "", b ?? "");
}

const TABLE_STATUS = [
  "Name",
  "Engine",
  "#Version",
  "Row_format",
  "#Rows",
  "#Avg_row_length",
  "#Data_length",
  "#Max_data_length",
  "#Index_length",
  "#Data_free",
  "#Auto_increment",
  "Create_time",
  "Update_time",
  "Check_time",
  "Collation",
  "#Checksum",
  "Create_options",
  "Comment",
];

/** MySQL: Sql_cmd_show_schema_base::set_metadata_lock. */
function* lockSchema(execution: StatementExecution, written: string | null): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquire({
    key: schemaKey(schemaOf(owner, written)),
    mode: "INTENTION_EXCLUSIVE",
    duration: "TRANSACTION",
  });
  if (outcome !== "granted") failMdl(outcome);
}

/** Throws 1046 and 1049. */
export function existingSchema(execution: StatementExecution, written: string | null): string {
  const schema = schemaOf(execution.owner, written);
  if (!execution.server.catalog.hasDatabase(schema)) throw mysqlError("ER_BAD_DB_ERROR", schema);
  return schema;
}
