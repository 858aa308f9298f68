/**
 * Temporary tables: one session's own, without metadata locks.
 *
 * MySQL: sql/sql_base.cc: find_temporary_table, close_temporary_tables.
 * Departure: a temporary table's rows are in the storage engine like any other's, but nobody else can name it.
 */
import type { CatalogTable } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";

/** The session's temporary table of that name; it hides a base table. Throws 4091 when one is there inside an XA transaction. */
export function temporaryTable(
  session: Session,
  schema: string,
  name: string,
): CatalogTable | null {
  const table = session.temporaryTables.get(placeKey(schema, name)) ?? null;
  if (table !== null) refuseTemporaryInXa(session);
  return table;
}

/** Throws 4091: a prepared branch leaves its session, and a temporary table cannot go along. */
export function refuseTemporaryInXa(session: Session): void {
  if (session.xa === null || !session.variables.isOn("xa_detach_on_prepare")) return;
  throw mysqlError("ER_XA_TEMP_TABLE");
}

export function addTemporaryTable(session: Session, table: CatalogTable): void {
  session.temporaryTables.set(placeKey(table.schema, table.name), table);
}

export function dropTemporaryTable(server: Server, session: Session, table: CatalogTable): void {
  session.temporaryTables.delete(placeKey(table.schema, table.name));
  engineOf(server, table).dropTable(table.info.id, "drop");
}

/** ALTER TABLE ... RENAME; RENAME TABLE does not know temporary tables. */
export function renameTemporaryTable(
  server: Server,
  session: Session,
  from: { readonly schema: string; readonly name: string },
  to: { readonly schema: string; readonly name: string },
): void {
  const table = temporaryTable(session, from.schema, from.name);
  if (table === null) return;
  const engine = engineOf(server, table);
  engine.renameTable(table.info.id, to.schema, to.name);
  session.temporaryTables.delete(placeKey(from.schema, from.name));
  addTemporaryTable(session, { ...table, ...to, info: engine.tableInfo(table.info.id) });
}

/** The connection ends. */
export function dropTemporaryTables(server: Server, session: Session): void {
  for (const table of [...session.temporaryTables.values()]) {
    dropTemporaryTable(server, session, table);
  }
}

function placeKey(schema: string, name: string): string {
  return `${schema}\0${name}`;
}
