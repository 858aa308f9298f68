/**
 * The tables that a session has open with HANDLER, by their aliases.
 *
 *     open      a metadata lock SHARED that outlasts transactions, and a cursor that stands where the last read left it
 *     closed    by FLUSH, or for the sake of somebody who waits for the table: the name stays known, the next read opens
 *               the table anew and begins from its start
 *     gone      by HANDLER ... CLOSE and by DDL of the session's own
 *
 * MySQL: sql/sql_handler.cc: THD::handler_tables_hash, mysql_ha_close_table.
 */
import type { Handler } from "../../innodb/api.ts";
import type { IndexId } from "../../trace/ids.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Ticket } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import type { TableName } from "./flushed_tables.ts";
import type { Session } from "./session.ts";

export interface HandlerTable extends TableName {
  readonly alias: string;
  open: OpenHandler | null;
}

export interface OpenHandler {
  readonly table: CatalogTable;
  /** Null: a temporary table. */
  readonly ticket: Ticket | null;
  cursor: HandlerCursor | null;
}

/** `at`: the index that the last read went along, "rows" for the table as it lies. */
export interface HandlerCursor {
  readonly handler: Handler;
  at: IndexId | "rows" | null;
}

/** Its table is let go, its name stays. */
export function closeHandler(server: Server, session: Session, handler: HandlerTable): void {
  const ticket = handler.open?.ticket ?? null;
  handler.open = null;
  server.flushed.release(session);
  if (ticket !== null) session.mdl.release(ticket);
}

/** The handler that has the session's temporary table in use, so that no statement can. */
export function handlerOn(session: Session, table: CatalogTable): HandlerTable | null {
  for (const handler of session.handlers.values()) {
    if (handler.open?.table === table) return handler;
  }
  return null;
}

/** Of a session that FLUSH asks for the tables it uses. */
export function tablesOfHandlers(session: Session): readonly TableName[] {
  return [...session.handlers.values()].filter(({ open }) => open !== null && open.ticket !== null);
}
