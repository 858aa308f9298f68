/**
 * LOCK TABLES and UNLOCK TABLES. Above InnoDB they are metadata locks: SHARED_READ_ONLY for READ, SHARED_NO_READ_WRITE for
 * WRITE, which outlive transactions until UNLOCK TABLES, BEGIN or the next LOCK TABLES; with autocommit=0 InnoDB's table is
 * locked too (S or X), until the transaction ends.
 *
 * MySQL: sql/sql_parse.cc: SQLCOM_LOCK_TABLES, lock_tables_open_and_lock_tables; sql/sql_base.cc: lock_table_names,
 * Locked_tables_list. InnoDB: ha_innobase::external_lock, row_lock_table.
 */
import { append } from "../../base/lists.ts";
import type { LockTable, LockTables } from "../../sql/ast.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import type { Exec } from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError, superReadOnlyError } from "../errors.ts";
import { mergeableBlock } from "../exec/merge_derived.ts";
import { readNames, selecting } from "../exec/read_views.ts";
import { GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import { rememberLength } from "../myisam/statement_locks.ts";
import { noSuchTable } from "../no_such_table.ts";
import { usesOfFunctions, usesOfTriggers } from "../routines/trigger_uses.ts";
import type { Server } from "../server.ts";
import { failDbError } from "./engine_failure.ts";
import { giveUpGlobalReadLock } from "./flush.ts";
import { usesThroughForeignKeys } from "./foreign_key_uses.ts";
import { failMdl } from "./mdl_failure.ts";
import { BackOff, beforeNextAttempt } from "./open_tables.ts";
import { schemaOf } from "./schema_of.ts";
import type { LockedTable, Session } from "./session.ts";
import type { TableUse } from "./table_use.ts";
import { commitImplicitly, rollbackTransaction, startTrx } from "./transaction.ts";
import { viewPlaceOf } from "./view_place.ts";

export function* lockTables(server: Server, session: Session, statement: LockTables): Exec<void> {
  const named = statement.tables.map((entry) => wantedLock(session, entry));
  rejectRepeatedNames(named);
  // Nobody else can touch a temporary table.
  const places = named.filter(({ schema, name }) => temporaryTable(session, schema, name) === null);
  yield* commitImplicitly(server, session);
  unlockTables(server, session);
  session.mdl.releaseTransactional();
  const locked = yield* session.mdl.keepingUntilUnlock(takeAllLocks(server, session, places));
  session.mdl.makeAllExplicit();
  session.lockedTables = locked;
  session.hasBegunUnderLocks = session.trx !== null;
}

/** In a deadlock of metadata locks, once the names are locked, it gives all back and starts again. */
function* takeAllLocks(
  server: Server,
  session: Session,
  places: readonly WantedLock[],
): Exec<readonly LockedTable[]> {
  const mark = session.mdl.savepoint();
  let last: BackOff | null = null;
  for (let circles = 0; ; circles += 1) {
    try {
      if (last !== null) yield* beforeNextAttempt(session, last, mark, circles);
      return yield* takeLocks(server, session, places);
    } catch (error) {
      if (error instanceof BackOff) {
        session.mdl.rollbackToSavepoint(mark, "deadlock");
        last = error;
        continue;
      }
      rollbackTransaction(server, session, "rollback");
      session.mdl.releaseTransactional();
      throw error;
    }
  }
}

/** Leaves LOCK TABLES; the metadata locks go when the transaction's go. */
export function unlockTables(server: Server, session: Session): void {
  if (session.lockedTables === null) return;
  session.lockedTables = null;
  session.visibleLengths.clear();
  server.myisam.releaseLocks(session);
  server.flushed.release(session);
  session.mdl.makeTablesTransactional();
}

/** UNLOCK TABLES: commits if tables are locked, and gives the global read lock back. */
export function* unlockTablesStatement(server: Server, session: Session): Exec<void> {
  if (session.lockedTables !== null) {
    yield* commitImplicitly(server, session);
    unlockTables(server, session);
    session.mdl.releaseTransactional();
  }
  if (session.holdsGlobalReadLock) {
    giveUpGlobalReadLock(session);
  }
}

interface WantedLock extends Omit<LockedTable, "lock"> {
  readonly lock: "read" | "readLocal" | "write";
}

function wantedLock(session: Session, entry: LockTable): WantedLock {
  const name = entry.table.name.text;
  return {
    schema: schemaOf(session, entry.table.schema?.text ?? null),
    name,
    alias: entry.alias?.text ?? name,
    lock: entry.lock,
  };
}

const MODES = {
  write: "SHARED_NO_READ_WRITE",
  read: "SHARED_READ_ONLY",
  readLocal: "SHARED_READ",
} as const;

/** A view is locked with the tables that it is a view of, under the names that they have in it. */
function* lockTablesOfViews(
  server: Server,
  session: Session,
  named: readonly WantedLock[],
): Exec<readonly WantedLock[]> {
  const all = [...named];
  for (const { schema, name, lock } of named) {
    const view = server.catalog.view(schema, name);
    if (view === null) continue;
    if (lock === "readLocal") {
      const key = tableKey(schema, name);
      yield* request(session, { key, mode: "SHARED_READ", duration: "TRANSACTION" });
    }
    yield* loadDefinition(server, session, { schema, name });
    const isMerged = view.how.algorithm !== "temptable" && mergeableBlock(view.query) !== null;
    const inside = lock === "readLocal" && !isMerged ? "read" : lock;
    const { uses } = readNames(viewPlaceOf(server, session), selecting(view.query));
    for (const use of uses) {
      const place = { schema: use.schema ?? schema, name: use.name };
      yield* request(session, {
        key: tableKey(place.schema, place.name),
        mode: MODES[inside],
        duration: "TRANSACTION",
      });
      if (!server.catalog.hasName(place.schema, place.name))
        throw mysqlError("ER_VIEW_INVALID", schema, name);
      yield* loadDefinition(server, session, place);
      all.push({ ...place, alias: use.alias, lock: inside });
    }
  }
  return all;
}

function rejectRepeatedNames(wanted: readonly WantedLock[]): void {
  const seen = new Set<string>();
  for (const { schema, alias } of wanted) {
    const key = `${schema}\0${alias.toLowerCase()}`;
    if (seen.has(key)) throw mysqlError("ER_NONUNIQ_TABLE", alias);
    seen.add(key);
  }
}

/** The answer: all that is locked then. */
function* takeLocks(
  server: Server,
  session: Session,
  named: readonly WantedLock[],
): Exec<readonly LockedTable[]> {
  const writes = named.filter((table) => table.lock === "write");
  if (writes.length > 0 && session.trxReadOnly) {
    throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  }
  if (writes.length > 0 && session.holdsGlobalReadLock) {
    throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  }
  const requests: MdlRequest[] = [];
  if (writes.length > 0) {
    requests.push({ key: GLOBAL_KEY, mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" });
  }
  for (const schema of new Set(writes.map((table) => table.schema))) {
    requests.push({
      key: schemaKey(schema),
      mode: "INTENTION_EXCLUSIVE",
      duration: "TRANSACTION",
    });
  }
  // Of a table that is named several times the strongest lock is enough.
  for (const table of [...writes, ...named.filter(({ lock }) => lock !== "write")]) {
    const mode = table.lock === "write" ? "SHARED_NO_READ_WRITE" : "SHARED_READ_ONLY";
    if (table.lock !== "readLocal") {
      requests.push({ key: tableKey(table.schema, table.name), mode, duration: "TRANSACTION" });
    }
  }
  const outcome = yield* session.mdl.acquireAll(requests);
  if (outcome !== "granted") failMdl(outcome);
  const wanted = yield* lockTablesOfViews(server, session, named);
  const related: LockedTable[] = [];
  for (const table of wanted) {
    const view = server.catalog.view(table.schema, table.name);
    if (view !== null) {
      append(
        related,
        yield* lockUses(session, yield* usesOfFunctions(server, session, view.query)),
      );
      continue;
    }
    const found = yield* openLocked(server, session, table);
    if (table.lock === "write") append(related, yield* lockRelated(server, session, found));
  }
  if (writes.length > 0 && server.globals.isSuperReadOnly) throw superReadOnlyError();
  for (const table of wanted) yield* lockInEngine(server, session, table);
  const locked = wanted.map(
    ({ schema, name, alias, lock }): LockedTable => ({
      schema,
      name,
      alias,
      lock: lock === "write" ? "write" : "read",
    }),
  );
  return [...locked, ...related];
}

/** MySQL: open_table of a table whose name is locked; READ LOCAL becomes READ where the engine has no concurrent insert. */
function* openLocked(server: Server, session: Session, wanted: WantedLock): Exec<CatalogTable> {
  const { catalog } = server;
  const { schema, name } = wanted;
  const key = tableKey(schema, name);
  if (wanted.lock === "readLocal") {
    yield* request(session, { key, mode: "SHARED_READ", duration: "TRANSACTION" });
  }
  yield* server.flushed.waitUntilGone(session, [{ schema, name }], true);
  yield* loadDefinition(server, session, wanted);
  const table = catalog.table(schema, name);
  if (table === null) throw noSuchTable(schema, name);
  if (wanted.lock === "readLocal" && table.engine === "InnoDB") {
    const outcome = yield* session.mdl.upgrade(key, "SHARED_READ_ONLY");
    if (outcome !== "granted") failMdl(outcome);
  }
  return table;
}

/** MySQL: get_table_share: what is not in the cache is read from the dictionary. */
function* loadDefinition(
  { catalog }: Server,
  session: Session,
  { schema, name }: { readonly schema: string; readonly name: string },
): Exec<void> {
  if (catalog.hasDefinition(schema, name)) return;
  const mode = "INTENTION_EXCLUSIVE";
  if (!session.mdl.owns(schemaKey(schema), mode)) {
    yield* request(session, { key: schemaKey(schema), mode, duration: "TRANSACTION" });
  }
  if (catalog.hasName(schema, name)) catalog.cacheDefinition(schema, name);
}

/** Tables that any change would reach through foreign keys are locked along, and can be used under their own names. */
function* lockRelated(
  server: Server,
  session: Session,
  table: CatalogTable,
): Exec<readonly LockedTable[]> {
  const anyChange = ["insert", "update", "delete"] as const;
  return yield* lockUses(session, [
    ...usesThroughForeignKeys(server, table, anyChange),
    ...(yield* usesOfTriggers(server, session, table, anyChange)),
  ]);
}

/** The metadata locks of tables that nobody has named. */
function* lockUses(session: Session, uses: readonly TableUse[]): Exec<readonly LockedTable[]> {
  const related: LockedTable[] = [];
  for (const use of uses) {
    const { name, alias } = use;
    const schema = use.schema ?? "";
    const lock = use.lock === "write" ? "write" : "read";
    if (lock === "write") yield* protect(session, schema);
    yield* request(session, {
      key: tableKey(schema, name),
      mode: lock === "write" ? "SHARED_NO_READ_WRITE" : "SHARED_READ_ONLY",
      duration: "TRANSACTION",
    });
    related.push({ schema, name, alias, lock });
  }
  return related;
}

/** What LOCK TABLES ... WRITE has taken, where a table was named. */
function* protect(session: Session, schema: string): Exec<void> {
  const mode = "INTENTION_EXCLUSIVE";
  if (!session.mdl.owns(GLOBAL_KEY, mode)) {
    yield* request(session, { key: GLOBAL_KEY, mode, duration: "STATEMENT" });
  }
  if (!session.mdl.owns(schemaKey(schema), mode)) {
    yield* request(session, { key: schemaKey(schema), mode, duration: "TRANSACTION" });
  }
}

function* lockInEngine(server: Server, session: Session, wanted: WantedLock): Exec<void> {
  const table = server.catalog.table(wanted.schema, wanted.name);
  if (table === null) return;
  if (isNonTransactional(table.engine)) {
    yield* lockFile(server, session, table, wanted);
    return;
  }
  if (session.autocommit || !session.variables.isOn("innodb_table_locks")) return;
  const trx = startTrx(server, session);
  const mode = wanted.lock === "write" ? "X" : "S";
  const result = yield* server.engine.lockTable(trx, table.info.id, mode);
  if (result !== "ok") failDbError(result);
}

/** Tables without transactions have a table-level lock of their own as well. */
function* lockFile(
  server: Server,
  session: Session,
  table: CatalogTable,
  wanted: WantedLock,
): Exec<void> {
  if (server.myisam.locks.holds(session, table.info.id)) return;
  const type = wanted.lock === "write" ? "write" : "read";
  yield* server.myisam.locks.acquire(session, table.info.id, table.name, type);
  if (type === "read") rememberLength(server, session, table);
}

function* request(session: Session, wanted: MdlRequest): Exec<void> {
  const outcome = yield* session.mdl.acquire(wanted, { isEasyVictim: true });
  if (outcome === "deadlockVictim") throw new BackOff(wanted);
  if (outcome !== "granted") failMdl(outcome);
}
