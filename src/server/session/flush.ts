/**
 * FLUSH TABLES WITH READ LOCK, FLUSH TABLES t WITH READ LOCK, FLUSH TABLES; LOCK INSTANCE FOR BACKUP.
 *
 * The global read lock is two metadata locks: GLOBAL SHARED keeps statements that change something out, then, once the
 * tables are flushed, COMMIT SHARED keeps commits out.
 *
 * MySQL: sql/sql_reload.cc: handle_reload_request, flush_tables_with_read_lock; sql/lock.cc: Global_read_lock;
 * sql/sql_backup_lock.cc.
 */
import type { FlushTables } from "../../sql/ast.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import type { Exec } from "../context.ts";
import { requireWriteLocked, upgradeToExclusive } from "../ddl/name_locks.ts";
import { mysqlError } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import type { MdlKey } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { flushStatus } from "../show/status.ts";
import type { TableName } from "./flushed_tables.ts";
import { failMdl } from "./mdl_failure.ts";
import { schemaOf } from "./schema_of.ts";
import type { LockedTable, Session } from "./session.ts";
import type { StatementExecution } from "./statement_execution.ts";

const COMMIT_KEY: MdlKey = { namespace: "COMMIT", schema: null, name: null };

/** FLUSH of something else than tables: of what is kept here there are the status counters alone. */
export function flushOthers(execution: StatementExecution, options: readonly string[]): void {
  if (options.includes("status")) flushStatus(execution.owner);
  if (!options.includes("privileges")) return;
  const message = "'FLUSH PRIVILEGES' is deprecated and will be removed in a future release.";
  execution.warn({ level: "Warning", errno: DEPRECATED, message });
}

/** MySQL: ER_WARN_DEPRECATED_SYNTAX_NO_REPLACEMENT, with words of its own. */
const DEPRECATED = 1681;

export function* flushTables(server: Server, session: Session, statement: FlushTables): Exec<void> {
  const tables = statement.tables.map((table) => ({
    schema: schemaOf(session, table.schema?.text ?? null),
    name: table.name.text,
  }));
  if (statement.mode === "flush") {
    refuseReadLocked(session, tables);
    const locked = session.lockedTables === null ? [] : writeLocked(session.lockedTables, tables);
    for (const table of locked) yield* upgradeToExclusive(session, table);
    for (const { schema, name } of locked) {
      session.mdl.downgrade(tableKey(schema, name), "SHARED_NO_READ_WRITE");
    }
    flushDefinitions(server, session, tables);
    const names = tables.length === 0 ? null : tables;
    yield* server.flushed.waitUntilGone(session, names, true);
    readStatsAgain(server, names);
    return;
  }
  if (session.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  const taking =
    tables.length === 0
      ? takeGlobalReadLock(server, session)
      : flushWithReadLock(server, session, tables, statement.mode === "forExport");
  yield* session.mdl.keepingUntilUnlock(taking);
}

export function* lockInstance(session: Session): Exec<void> {
  if (session.mdl.owns(BACKUP_KEY, "SHARED")) return;
  yield* take(session, BACKUP_KEY, "SHARED", "EXPLICIT");
}

export function unlockInstance(session: Session): void {
  if (session.mdl.owns(BACKUP_KEY, "SHARED")) session.mdl.releaseKey(BACKUP_KEY);
}

function* takeGlobalReadLock(server: Server, session: Session): Exec<void> {
  yield* takeGlobalLock(session);
  flushDefinitions(server, session, []);
  try {
    yield* server.flushed.waitUntilGone(session, null, true);
    readStatsAgain(server, null);
  } catch (error) {
    giveUpGlobalReadLock(session);
    throw error;
  }
  yield* takeCommitLock(session);
}

/** MySQL: lock_global_read_lock. */
export function* takeGlobalLock(session: Session): Exec<void> {
  if (session.holdsGlobalReadLock) return;
  yield* take(session, GLOBAL_KEY, "SHARED", "EXPLICIT");
  session.holdsGlobalReadLock = true;
}

/** MySQL: make_global_read_lock_block_commit. */
export function* takeCommitLock(session: Session): Exec<void> {
  if (session.mdl.owns(COMMIT_KEY, "SHARED")) return;
  const outcome = yield* session.mdl.acquire({
    key: COMMIT_KEY,
    mode: "SHARED",
    duration: "EXPLICIT",
  });
  if (outcome === "granted") return;
  giveUpGlobalReadLock(session);
  failMdl(outcome);
}

/** MySQL: unlock_global_read_lock. */
export function giveUpGlobalReadLock(session: Session): void {
  session.holdsGlobalReadLock = false;
  if (session.mdl.owns(COMMIT_KEY, "SHARED")) session.mdl.releaseKey(COMMIT_KEY);
  session.mdl.releaseKey(GLOBAL_KEY);
}

function* flushWithReadLock(
  server: Server,
  session: Session,
  tables: readonly TableName[],
  isForExport: boolean,
): Exec<void> {
  const duration = "TRANSACTION";
  const outcome = yield* session.mdl.acquireAll([
    { key: BACKUP_KEY, mode: "INTENTION_EXCLUSIVE", duration },
    ...tables.map(({ schema, name }) => ({
      key: tableKey(schema, name),
      mode: "SHARED_NO_WRITE" as const,
      duration: duration as typeof duration,
    })),
  ]);
  if (outcome !== "granted") failMdl(outcome);
  if (!isForExport) flushDefinitions(server, session, tables);
  for (const { schema, name } of tables) {
    yield* server.flushed.waitUntilGone(session, [{ schema, name }], true);
    if (!server.catalog.hasDefinition(schema, name)) {
      yield* take(session, schemaKey(schema), "INTENTION_EXCLUSIVE", "TRANSACTION");
    }
    const table = server.catalog.table(schema, name);
    if (server.catalog.view(schema, name) !== null) {
      throw mysqlError("ER_WRONG_OBJECT", `${schema}.${name}`, "BASE TABLE");
    }
    if (table === null) throw mysqlError("ER_NO_SUCH_TABLE", schema, name);
    if (isForExport && isNonTransactional(table.engine)) {
      throw mysqlError("ER_ILLEGAL_HA", name);
    }
    server.catalog.cacheDefinition(schema, name);
    if (!isForExport) readStatsAgain(server, [{ schema, name }]);
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
function refuseReadLocked(session: Session, tables: readonly TableName[]): void {
  if (session.lockedTables === null) return;
  for (const table of tables) requireWriteLocked(session, table);
  if (tables.length > 0) return;
  const readLocked = session.lockedTables.find((entry) => entry.lock === "read");
  if (readLocked !== undefined) {
    throw mysqlError("ER_TABLE_NOT_LOCKED_FOR_WRITE", readLocked.name);
  }
}

/** Those of the tables (none: all) that LOCK TABLES has locked: each is waited for until nobody has it open. */
function writeLocked(
  locked: readonly LockedTable[],
  tables: readonly TableName[],
): readonly TableName[] {
  return locked.filter(
    ({ schema, name, lock }, at) =>
      lock === "write" &&
      locked.findIndex((other) => other.schema === schema && other.name === name) === at &&
      (tables.length === 0 ||
        tables.some((table) => table.schema === schema && table.name === name)),
  );
}

/** Without tables: all. What the session itself has locked it opens anew. */
function flushDefinitions(server: Server, session: Session, tables: readonly TableName[]): void {
  const { catalog } = server;
  if (tables.length === 0) catalog.forgetAllDefinitions();
  for (const { schema, name } of tables) catalog.forgetDefinition(schema, name);
  for (const { schema, name } of session.lockedTables ?? []) catalog.cacheDefinition(schema, name);
  server.flushed.flush(server, session, tables.length === 0 ? null : tables);
}

/** Of the tables (null: all) that were flushed. */
function readStatsAgain(server: Server, tables: readonly TableName[] | null): void {
  const { catalog, engine } = server;
  const flushed = tables?.flatMap((one) => catalog.table(one.schema, one.name) ?? []);
  for (const { engine: name, info } of flushed ?? catalog.allTables())
    if (name === "InnoDB") engine.readStatsAgain(info.id);
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
