/**
 * FLUSH TABLES WITH READ LOCK, FLUSH TABLES t WITH READ LOCK, FLUSH TABLES; LOCK INSTANCE FOR BACKUP.
 *
 * The global read lock is two metadata locks: GLOBAL SHARED keeps statements that change something out, then, once the
 * tables are flushed, COMMIT SHARED keeps commits out.
 *
 * MySQL: sql/sql_reload.cc: handle_reload_request, flush_tables_with_read_lock; sql/lock.cc: Global_read_lock;
 * sql/sql_backup_lock.cc.
 * Departure: FLUSH TABLES does not wait for tables that statements have open while they wait for row locks.
 */
import type { FlushTables } from "../../sql/ast.ts";
import type { Exec } from "../context.ts";
import { requireWriteLocked } from "../ddl/name_locks.ts";
import { mysqlError, notSupported } from "../errors.ts";
import type { MdlKey } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { failMdl } from "./mdl_failure.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey, schemaOf, tableKey } from "./open_tables.ts";
import type { Session } from "./session.ts";

const COMMIT_KEY: MdlKey = { namespace: "COMMIT", schema: null, name: null };

export function* flushTables(server: Server, session: Session, statement: FlushTables): Exec<void> {
  if (statement.mode === "forExport") throw notSupported("FLUSH TABLES ... FOR EXPORT");
  const tables = statement.tables.map((table) => ({
    schema: schemaOf(session, table.schema?.text ?? null),
    name: table.name.text,
  }));
  if (statement.mode === "flush") {
    refuseReadLocked(session, tables);
    flushDefinitions(server, tables);
    return;
  }
  if (session.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  if (tables.length === 0) yield* takeGlobalReadLock(server, session);
  else yield* flushWithReadLock(server, session, tables);
}

export function* lockInstance(session: Session): Exec<void> {
  if (session.mdl.owns(BACKUP_KEY, "SHARED")) return;
  yield* take(session, BACKUP_KEY, "SHARED", "EXPLICIT");
}

export function unlockInstance(session: Session): void {
  if (session.mdl.owns(BACKUP_KEY, "SHARED")) session.mdl.releaseKey(BACKUP_KEY);
}

function* takeGlobalReadLock(server: Server, session: Session): Exec<void> {
  if (!session.holdsGlobalReadLock) {
    yield* take(session, GLOBAL_KEY, "SHARED", "EXPLICIT");
    session.holdsGlobalReadLock = true;
  }
  server.catalog.forgetAllDefinitions();
  if (session.mdl.owns(COMMIT_KEY, "SHARED")) return;
  const outcome = yield* session.mdl.acquire({
    key: COMMIT_KEY,
    mode: "SHARED",
    duration: "EXPLICIT",
  });
  if (outcome === "granted") return;
  session.holdsGlobalReadLock = false;
  session.mdl.releaseKey(GLOBAL_KEY);
  failMdl(outcome);
}

function* flushWithReadLock(
  server: Server,
  session: Session,
  tables: readonly { readonly schema: string; readonly name: string }[],
): Exec<void> {
  const outcome = yield* session.mdl.acquireAll(
    tables.map(({ schema, name }) => ({
      key: tableKey(schema, name),
      mode: "SHARED_NO_WRITE" as const,
      duration: "TRANSACTION" as const,
    })),
  );
  if (outcome !== "granted") failMdl(outcome);
  flushDefinitions(server, tables);
  for (const { schema, name } of tables) {
    yield* take(session, schemaKey(schema), "INTENTION_EXCLUSIVE", "TRANSACTION");
    if (server.catalog.table(schema, name) === null) {
      throw mysqlError("ER_NO_SUCH_TABLE", schema, name);
    }
    server.catalog.cacheDefinition(schema, name);
  }
  session.mdl.makeAllExplicit();
  session.lockedTables = tables.map(({ schema, name }) => ({
    schema,
    name,
    alias: name,
    lock: "read",
  }));
}

/** Under LOCK TABLES only tables that are locked for WRITE can be flushed (1100, 1099). */
function refuseReadLocked(
  session: Session,
  tables: readonly { readonly schema: string; readonly name: string }[],
): void {
  if (session.lockedTables === null) return;
  for (const table of tables) requireWriteLocked(session, table);
  if (tables.length > 0) return;
  const readLocked = session.lockedTables.find((entry) => entry.lock === "read");
  if (readLocked !== undefined) {
    throw mysqlError("ER_TABLE_NOT_LOCKED_FOR_WRITE", readLocked.name);
  }
}

function flushDefinitions(
  server: Server,
  tables: readonly { readonly schema: string; readonly name: string }[],
): void {
  if (tables.length === 0) server.catalog.forgetAllDefinitions();
  for (const { schema, name } of tables) server.catalog.forgetDefinition(schema, name);
}

function* take(
  session: Session,
  key: MdlKey,
  mode: "SHARED" | "INTENTION_EXCLUSIVE",
  duration: "EXPLICIT" | "TRANSACTION",
): Exec<void> {
  const outcome = yield* session.mdl.acquire({ key, mode, duration });
  if (outcome !== "granted") failMdl(outcome);
}
