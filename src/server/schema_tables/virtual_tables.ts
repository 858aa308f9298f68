/**
 * The tables of information_schema, performance_schema, sys and mysql: real tables to the query executor, their rows made when
 * they are read. Their names compare without regard to case.
 */
import type { ColumnType } from "../../trace/values.ts";
import type { VirtualTable } from "../context.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { BIGINT_UNSIGNED, varchar } from "../types/sql_type.ts";
import { INFORMATION_SCHEMA } from "./information_schema.ts";
import { MYSQL_SCHEMA } from "./mysql_tables.ts";
import { PERFORMANCE_SCHEMA } from "./performance_schema.ts";
import type { SchemaTable } from "./schema_table.ts";
import { SYS_SCHEMA } from "./sys.ts";

const TABLES: ReadonlyMap<string, ReadonlyMap<string, SchemaTable>> = new Map(
  Object.entries({
    information_schema: INFORMATION_SCHEMA,
    performance_schema: PERFORMANCE_SCHEMA,
    sys: SYS_SCHEMA,
    mysql: MYSQL_SCHEMA,
  }).map(([schema, tables]) => [
    schema,
    new Map(tables.map((table) => [table.name.toLowerCase(), table])),
  ]),
);

export function hasVirtualTable(schema: string, name: string): boolean {
  return find(schema, name) !== null;
}

/** Tables of information_schema that are not made from the data dictionary. */
const NO_DICTIONARY: ReadonlySet<string> = new Set([
  "innodb_trx",
  "innodb_metrics",
  "innodb_tables",
  "innodb_indexes",
  "innodb_fields",
  "processlist",
  "engines",
]);

/** A view of the data dictionary: reading it begins a transaction. */
export function isDictionaryView(schema: string, name: string): boolean {
  const isOfSchema = schema.toLowerCase() === "information_schema";
  return isOfSchema && !NO_DICTIONARY.has(name.toLowerCase()) && hasVirtualTable(schema, name);
}

/** The table as this session sees it now; null when there is none of that name. */
export function virtualTable(
  server: Server,
  session: Session,
  schema: string,
  name: string,
): VirtualTable | null {
  const table = find(schema, name);
  if (table === null) return null;
  const isOfView = isDictionaryView(schema, name) || schema.toLowerCase() === "sys";
  return {
    kind: "virtual",
    schema: schema.toLowerCase(),
    name: table.name,
    columns: table.columns.map((column) => ({
      name: bareName(column),
      type: typeOf(column),
      nullable: column !== "?ENABLED",
      isOfView,
    })),
    rows: () => table.rows(server, session),
    change: table.change?.(server) ?? null,
    warning: table.warning?.() ?? null,
    empty: table.empty?.(server) ?? null,
  };
}

/** Asked of every table that a statement names: what the schemas hold is not needed to say that it is none of theirs. */
const SCHEMAS: ReadonlySet<string> = new Set([
  "information_schema",
  "performance_schema",
  "sys",
  "mysql",
]);

function find(schema: string, name: string): SchemaTable | null {
  return SCHEMAS.has(schema.toLowerCase()) ? tableOf(schema, name) : null;
}

function tableOf(schema: string, name: string): SchemaTable | null {
  return TABLES.get(schema.toLowerCase())?.get(name.toLowerCase()) ?? null;
}

const TEXT_LENGTH = 1024;

function typeOf(column: string): ColumnType {
  switch (column[0]) {
    case "#":
      return BIGINT_UNSIGNED;
    case "@":
      return { kind: "datetime", fsp: 0 };
    case "?":
      return YES_OR_NO;
    default:
      return varchar(TEXT_LENGTH);
  }
}

const YES_OR_NO: ColumnType = {
  kind: "enum",
  members: ["YES", "NO"],
  collation: "utf8mb4_0900_ai_ci",
};

function bareName(column: string): string {
  return "#@?".includes(column[0] ?? "") ? column.slice(1) : column;
}
