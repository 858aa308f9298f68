/**
 * The table-level locks that a statement wants of the tables it names, and how far it may read in them.
 *
 * MySQL: sql/lock.cc: mysql_lock_tables, get_lock_data; ha_myisam::store_lock.
 */
import type { TableId } from "../../trace/ids.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import type { Exec } from "../context.ts";
import type { Server } from "../server.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { TableUse } from "../session/table_use.ts";
import type { ThrLockType } from "./table_locks.ts";

const STRENGTH: readonly ThrLockType[] = ["read", "concurrentInsert", "write"];

export function* lockStatementTables(
  server: Server,
  session: Session,
  uses: readonly TableUse[],
): Exec<void> {
  if (server.myisam.isEmpty) return;
  const wanted = new Map<TableId, { table: CatalogTable; type: ThrLockType }>();
  for (const use of uses) {
    const table = server.catalog.table(schemaOf(session, use.schema), use.name);
    if (table === null || !isNonTransactional(table.engine)) continue;
    if (server.myisam.locks.holds(session, table.info.id)) continue;
    const type = typeOf(server, table, use);
    const known = wanted.get(table.info.id)?.type ?? "read";
    const isStronger = STRENGTH.indexOf(type) > STRENGTH.indexOf(known);
    wanted.set(table.info.id, { table, type: isStronger ? type : known });
  }
  const inOrder = [...wanted.values()].sort((a, b) => a.table.info.id - b.table.info.id);
  for (const { table, type } of inOrder) {
    yield* server.myisam.locks.acquire(session, table.info.id, table.name, type);
    if (type === "read") rememberLength(server, session, table);
  }
}

/** Where the file ended when the session locked the table; rows appended later are not seen. */
export function rememberLength(server: Server, session: Session, table: CatalogTable): void {
  if (table.engine !== "MyISAM") return;
  session.visibleLengths.set(table.info.id, server.myisam.engine.file(table.info.id).length);
}

function typeOf(server: Server, table: CatalogTable, use: TableUse): ThrLockType {
  if (use.lock === "read") return "read";
  const isPlainInsert = use.changes.length === 1 && use.changes[0] === "insert";
  const canAppend = table.engine === "MyISAM" && !server.myisam.engine.file(table.info.id).hasHoles;
  return isPlainInsert && canAppend ? "concurrentInsert" : "write";
}
