/**
 * What a statement does to the handlers of its own session: DDL ends those of its tables, FLUSH closes them, and any statement
 * that opens tables first closes those that somebody waits for. Reading through a handler opens no tables.
 *
 * MySQL: sql/sql_handler.cc: mysql_ha_flush, mysql_ha_flush_tables, mysql_ha_rm_tables; sql_command_flags (CF_HA_CLOSE).
 */
import type { Statement, TableName } from "../../sql/ast.ts";
import { grantedIsInTheWay } from "../../trace/mdl_matrices.ts";
import { tablesOf } from "../exec/tables_of.ts";
import type { Server } from "../server.ts";
import type { TableName as Place } from "./flushed_tables.ts";
import { closeHandler, type HandlerTable } from "./handlers.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";

/** Before the statement is carried out. */
export function settleHandlers(server: Server, session: Session, statement: Statement): void {
  const ended = endedBy(server, session, statement);
  if (ended !== null) {
    endHandlers(server, session, ended);
    const related = ended.flatMap((place) => relativesOf(server, place));
    const places = [...related, ...referencedBy(session, statement)];
    if (places.length > 0) closeWhere(server, session, (handler) => isAmong(places, handler));
  } else if (statement.kind === "flushTables") {
    const named = statement.tables.map((table) => placeOf(session, table));
    const isFlushed = (handler: HandlerTable) =>
      named.length === 0 ? handler.open?.ticket !== null : isAmong(named, handler);
    closeWhere(server, session, isFlushed);
  }
  if (opensTables(statement)) closeWanted(server, session);
}

/** Closes the handlers that somebody waits for (MySQL: mysql_ha_flush). */
export function closeWanted(server: Server, session: Session): void {
  closeWhere(server, session, isWanted(server));
}

function endHandlers(server: Server, session: Session, places: readonly Place[]): void {
  for (const [key, handler] of session.handlers) {
    if (!isAmong(places, handler)) continue;
    closeHandler(server, session, handler);
    session.handlers.delete(key);
  }
}

function closeWhere(
  server: Server,
  session: Session,
  isMeant: (handler: HandlerTable) => boolean,
): void {
  for (const handler of session.handlers.values()) {
    if (handler.open !== null && isMeant(handler)) closeHandler(server, session, handler);
  }
}

/** Somebody waits for a lock that the handler's is in the way of, or for the table to be gone from memory. */
function isWanted({ flushed }: Server): (handler: HandlerTable) => boolean {
  return ({ open, schema, name }) => {
    const ticket = open?.ticket ?? null;
    if (ticket === null) return false;
    if (flushed.isOld({ schema, name })) return true;
    const { key, waiting } = ticket.lock;
    return waiting.some(({ mode }) => grantedIsInTheWay(key.namespace, mode, ticket.mode));
  };
}

function isAmong(places: readonly Place[], { schema, name }: Place): boolean {
  return places.some((place) => place.schema === schema && place.name === name);
}

function placeOf(session: Session, { schema, name }: TableName): Place {
  return { schema: schemaOf(session, schema?.text ?? null), name: name.text };
}

/** The tables whose handlers end with such a statement; null for none. */
function endedBy(server: Server, session: Session, statement: Statement): readonly Place[] | null {
  const placesOf = (...names: readonly TableName[]) => names.map((name) => placeOf(session, name));
  switch (statement.kind) {
    case "createTable":
      return [...placesOf(statement.name), ...placesOfQuery(session, statement.query)];
    case "createTableLike":
      return placesOf(statement.name, statement.like);
    case "alterTable":
      return placesOf(statement.name);
    case "dropTable":
      return placesOf(...statement.tables);
    case "truncateTable":
    case "createIndex":
    case "dropIndex":
    case "createTrigger":
      return placesOf(statement.table);
    case "renameTable":
      return placesOf(...statement.pairs.flatMap(({ from, to }) => [from, to]));
    case "tableMaintenance":
      return statement.operation === "checksum" ? null : placesOf(...statement.tables);
    case "dropTrigger": {
      const [{ schema, name }] = placesOf(statement.name) as [Place];
      const trigger = server.catalog.triggerNamed(schema, name);
      return trigger === null ? null : [{ schema, name: trigger.table }];
    }
    case "dropDatabase": {
      const { text } = statement.name;
      return [...session.handlers.values()].filter(({ schema }) => schema === text);
    }
    default:
      return null;
  }
}

/** Tables that foreign keys join to it: a change of its definition opens theirs anew. */
function relativesOf({ catalog }: Server, { schema, name }: Place): readonly Place[] {
  const parents = catalog.table(schema, name)?.info.foreignKeys ?? [];
  return [
    ...catalog.referencing(schema, name).map(({ child }) => child),
    ...parents.map((key) => ({ schema: key.refSchema, name: key.refTable })),
  ];
}

/** The tables that REFERENCES names anywhere in it. */
function referencedBy(session: Session, node: unknown): readonly Place[] {
  if (typeof node !== "object" || node === null) return [];
  const { kind, table } = node as { readonly kind?: string; readonly table?: TableName };
  if (kind === "references" && table !== undefined) return [placeOf(session, table)];
  return Object.values(node).flatMap((part) => referencedBy(session, part));
}

function placesOfQuery(
  session: Session,
  query: Extract<Statement, { kind: "createTable" }>["query"],
): readonly Place[] {
  if (query === null) return [];
  const uses = tablesOf({ kind: "select", span: query.span, query });
  return uses.map(({ schema, name }) => ({ schema: schemaOf(session, schema), name }));
}

/** MySQL's open_tables, which begins with mysql_ha_flush, whether there are tables to open or not. */
function opensTables({ kind }: Statement): boolean {
  switch (kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "do":
    case "set":
    case "explain":
    case "call":
    case "show":
    case "describe":
    case "createTable":
    case "createTableLike":
    case "alterTable":
    case "createIndex":
    case "dropIndex":
    case "tableMaintenance":
    case "createView":
    case "createTrigger":
    case "dropTrigger":
    case "lockTables":
      return true;
    default:
      return false;
  }
}
