/**
 * Opening the tables of a statement: a metadata lock on each in the order in which they are named, then on the tables that
 * their foreign keys reach. A statement that changes or locks rows FOR UPDATE first takes GLOBAL INTENTION_EXCLUSIVE, which
 * a global read lock keeps from it.
 *
 *     GLOBAL IX (statement) ─▶ TABLE SR or SW (transaction) ─▶ definition not cached? SCHEMA IX ─▶ foreign keys ─▶ next table
 *
 * In a deadlock of metadata locks a statement that held none before gives up what it took and starts again; otherwise its
 * whole transaction is rolled back (1213). Locks of a statement that could not open its tables are given back.
 *
 * MySQL: sql/sql_base.cc: open_tables, open_table, open_table_get_mdl_lock, Open_table_context, process_table_fks.
 */

import { withOne } from "../../base/lists.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Answer, Exec } from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError, superReadOnlyError } from "../errors.ts";
import type { MdlSavepoint } from "../mdl/context.ts";
import { GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import { noSuchTable } from "../no_such_table.ts";
import { usesOfFunctions, usesOfTriggers } from "../routines/trigger_uses.ts";
import { hasVirtualTable } from "../schema_tables/virtual_tables.ts";
import type { Server } from "../server.ts";
import { directUses } from "./foreign_key_uses.ts";
import { handlerOn } from "./handlers.ts";
import { isCached, knownUse, modeOf } from "./known_use.ts";
import { failMdl } from "./mdl_failure.ts";
import { schemaOf } from "./schema_of.ts";
import type { LockedTable, Session } from "./session.ts";
import type { TableUse } from "./table_use.ts";
import { refuseTablesInXa } from "./xa.ts";

/** Thrown inside, to start again from the first table: the lock was the last of a circle. */
export class BackOff extends Error {
  readonly request: MdlRequest;

  constructor(request: MdlRequest) {
    super();
    this.request = request;
  }
}

/**
 * Called when all is given back. At the second time in a row the lock is waited for alone, with nothing else in hand, and given
 * back. Departure: MySQL comes to the same circle again and again until somebody else makes an end of it.
 */
export function* beforeNextAttempt(
  session: Session,
  { request }: BackOff,
  mark: MdlSavepoint,
  circles: number,
): Exec<void> {
  if (circles < 2) return;
  const outcome = yield* session.mdl.acquire(request);
  if (outcome !== "granted") failMdl(outcome);
  session.mdl.rollbackToSavepoint(mark, "statementEnd");
}

/** Of a statement that has not opened all its tables at once. */
export interface Opening {
  /** Where it gives back to what it took. */
  readonly mark: MdlSavepoint;
  readonly canBackOff: boolean;
}

/** How tables are opened in turn. */
export interface OpeningWays {
  /** What the statement names now, when definitions have changed while it waited; without it that does not matter. */
  readonly namesAgain?: () => readonly TableUse[];
  /** PREPARE only looks at the tables: SHARED is enough for all of them. */
  readonly onlyLooks?: boolean;
}

/** Opens the tables or throws MySQL's error; nothing of the statement's locks is left then. */
export function openTables(
  server: Server,
  session: Session,
  uses: readonly TableUse[],
): Answer<void> {
  const opening = openAtOnce(server, session, uses);
  if (opening !== null) return openInTurn(server, session, uses, opening, {});
}

/** Null when all are open; otherwise `openInTurn` has to open them. */
export function openAtOnce(
  server: Server,
  session: Session,
  uses: readonly TableUse[],
): Opening | null {
  const opening = beginOpening(session, uses);
  if (server.globals.isSuperReadOnly) return opening;
  for (const use of uses) if (!opensAtOnce(server, session, use)) return opening;
  return null;
}

export function beginOpening(session: Session, uses: readonly TableUse[]): Opening {
  if (session.xa !== null && uses.length > 0) refuseTablesInXa(session);
  if (session.openTables.length > 0) session.openTables = [];
  session.refusedTable = null;
  return { mark: session.mdl.savepoint(), canBackOff: !session.mdl.hasLocks };
}

export function* openInTurn(
  server: Server,
  session: Session,
  named: readonly TableUse[],
  { mark, canBackOff }: Opening,
  ways: OpeningWays,
): Exec<void> {
  let uses = named;
  let circles = 0;
  for (;;) {
    session.openTables = [];
    try {
      const isCurrent = yield* openEach(server, session, uses, { ...ways, canBackOff });
      if (!isCurrent) {
        uses = ways.namesAgain?.() ?? uses;
        continue;
      }
      if (server.globals.isSuperReadOnly) refuseWrites(session, uses);
      return;
    } catch (error) {
      session.openTables = [];
      server.flushed.release(session);
      session.mdl.rollbackToSavepoint(mark, "statementEnd");
      if (!(error instanceof BackOff)) throw error;
      circles += 1;
      yield* beforeNextAttempt(session, error, mark, circles);
    }
  }
}

/**
 * The usual case, in which nothing is in the way and no other table is reached. When it is not, all starts from the
 * beginning: a lock that is held already is not asked for again.
 */
function opensAtOnce(server: Server, session: Session, use: TableUse): boolean {
  const { mdl } = session;
  const { catalog } = server;
  if (session.lockedTables !== null || session.temporaryTables.size > 0) return false;
  if (session.holdsGlobalReadLock || !server.flushed.isEmpty) return false;
  const known = knownUse(server, session, use);
  if (known === null || !isCached(catalog, known)) return false;
  if (use.lock === "write") {
    if (session.trxReadOnly) return false;
    if (known.hasTriggers || session.settings.lowPriorityUpdates) return false;
    if (known.hasRelatives && session.settings.foreignKeyChecks) return false;
    session.setProcessState("Opening tables");
    if (!mdl.acquireAtOnce(GLOBAL_FOR_STATEMENT)) return false;
  }
  session.setProcessState("Opening tables");
  if (!mdl.acquireAtOnce(known.request)) return false;
  session.openTables = withOne(session.openTables, known.opened);
  return true;
}

const GLOBAL_FOR_STATEMENT = {
  key: GLOBAL_KEY,
  mode: "INTENTION_EXCLUSIVE",
  duration: "STATEMENT",
} as const;

/** Opens what the functions use that a statement calls, behind its own tables; failing, it gives back all since `mark`. */
export function* openForFunctions(
  server: Server,
  session: Session,
  statement: unknown,
  mark: MdlSavepoint,
): Exec<void> {
  try {
    const uses = yield* usesOfFunctions(server, session, statement);
    yield* openEach(server, session, uses, { canBackOff: false }, 0);
  } catch (error) {
    session.mdl.rollbackToSavepoint(mark, "statementEnd");
    throw error;
  }
}

/** False: definitions have changed meanwhile, and the names may mean something else. */
function* openEach(
  server: Server,
  session: Session,
  uses: readonly TableUse[],
  ways: OpeningWays & Pick<Opening, "canBackOff">,
  named = uses.length,
): Exec<boolean> {
  const { version } = server.catalog;
  const queue = [...uses];
  const reachedBefore = new Set<string>();
  /** Whose foreign keys have been looked at: none leads back to them. */
  const followed = new Set<CatalogTable | null>();
  const ofTriggers = new Set<TableUse>();
  const taken = new Set<LockedTable>();
  for (let at = 0; at < queue.length; at += 1) {
    const use = queue[at] as TableUse;
    const isNamed = at < named;
    const isListed = isNamed || ofTriggers.has(use);
    const options = { ...ways, isNamed, isListed, taken };
    const table = yield* openOne(server, session, use, options);
    if (ways.namesAgain !== undefined && server.catalog.version !== version) return false;
    if (table !== null || isNamed) {
      const { name } = use;
      session.openTables.push({ schema: schemaOf(session, use.schema), name, isNamed });
    }
    if (table === null) continue;
    const changes = use.opensFor ?? use.changes;
    if (changes.length === 0) continue;
    for (const reached of yield* usesOfTriggers(server, session, table, changes)) {
      const key = JSON.stringify([reached.schema, reached.name, reached.changes, reached.lock]);
      if (reachedBefore.has(key)) continue;
      reachedBefore.add(key);
      ofTriggers.add(reached);
      queue.push(reached);
    }
    if (isNamed && !session.variables.isOn("foreign_key_checks")) continue;
    followed.add(table);
    for (const reached of directUses(server, table, changes)) {
      if (followed.has(server.catalog.table(reached.schema ?? "", reached.name))) continue;
      requirePresent(server, session, reached);
      const key = JSON.stringify([reached.schema, reached.name, reached.changes]);
      if (reachedBefore.has(key)) continue;
      reachedBefore.add(key);
      queue.push(reached);
    }
  }
  return true;
}

/** Under LOCK TABLES a parent that is not there is one that was not locked. */
function requirePresent({ catalog }: Server, { lockedTables }: Session, use: TableUse): void {
  if (lockedTables === null || catalog.hasName(use.schema ?? "", use.name)) return;
  throw mysqlError("ER_TABLE_NOT_LOCKED", use.name);
}

/** MySQL: lock_tables_check. */
function refuseWrites(session: Session, uses: readonly TableUse[]): void {
  if (uses.some((use) => writesBaseTable(session, use))) throw superReadOnlyError();
}

/** Rows of a table that is not temporary are changed or locked FOR UPDATE. */
export function writesBaseTable(session: Session, use: TableUse): boolean {
  if (use.lock !== "write" || use.readIsEnough === true) return false;
  return temporaryTable(session, schemaOf(session, use.schema), use.name) === null;
}

function isInformationSchema(schema: string): boolean {
  return schema.toLowerCase() === "information_schema";
}

interface OneOpening {
  readonly isNamed: boolean;
  /** The statement or a trigger names it: under LOCK TABLES it has to be locked. */
  readonly isListed: boolean;
  readonly canBackOff: boolean;
  readonly onlyLooks?: boolean;
  /** Of LOCK TABLES: what this statement uses already. */
  readonly taken: Set<LockedTable>;
}

function* openOne(
  server: Server,
  session: Session,
  use: TableUse,
  options: OneOpening,
): Exec<CatalogTable | null> {
  const schema = schemaOf(session, use.schema);
  const temporary = temporaryTable(session, schema, use.name);
  if (temporary !== null) {
    const handler = handlerOn(session, temporary);
    if (handler !== null) throw mysqlError("ER_CANT_REOPEN_TABLE", handler.alias);
    return null;
  }
  if (hasVirtualTable(schema, use.name)) return null;
  if (isInformationSchema(schema)) throw noSuchTable(schema, use.name);
  if (use.lock === "write" && session.trxReadOnly) {
    throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  }
  if (session.lockedTables !== null) {
    const table = server.catalog.table(schema, use.name);
    if (options.isListed) {
      takeLockedTable(session, { ...use, schema }, table, options.taken);
    }
    return table;
  }
  const { canBackOff, onlyLooks = false } = options;
  if (use.lock === "write" && !onlyLooks) yield* protectAgainstGlobalReadLock(session, canBackOff);
  yield* acquireOrBackOff(session, canBackOff, {
    key: tableKey(schema, use.name),
    mode: onlyLooks ? "SHARED" : modeOf(use, session.settings.lowPriorityUpdates),
    duration: "TRANSACTION",
  });
  return yield* findDefinition(server, session, { ...use, schema }, options);
}

/** MySQL: get_table_share: the definition, from the cache or else from the dictionary. Throws 1146, 1049 and 1356. */
function* findDefinition(
  server: Server,
  session: Session,
  { schema, name, ofView }: TableUse & { readonly schema: string },
  options: OneOpening,
): Exec<CatalogTable | null> {
  const { catalog } = server;
  yield* server.flushed.waitUntilGone(session, [{ schema, name }], false);
  const isCached = catalog.hasDefinition(schema, name);
  if (!isCached && !session.mdl.owns(schemaKey(schema), "INTENTION_EXCLUSIVE")) {
    yield* acquireOrBackOff(session, options.canBackOff, {
      key: schemaKey(schema),
      mode: "INTENTION_EXCLUSIVE",
      duration: "TRANSACTION",
    });
  }
  const table = catalog.table(schema, name);
  if (table !== null) {
    catalog.cacheDefinition(schema, name);
    return table;
  }
  if (!options.isNamed) return null;
  if (catalog.view(schema, name) !== null) {
    catalog.cacheDefinition(schema, name);
    return null;
  }
  if (ofView !== undefined) throw mysqlError("ER_VIEW_INVALID", ofView.schema, ofView.name);
  if (!catalog.hasDatabase(schema)) throw mysqlError("ER_BAD_DB_ERROR", schema);
  throw noSuchTable(schema, name);
}

/** GLOBAL INTENTION_EXCLUSIVE for the statement. Throws 1223 for the session that holds the global read lock itself. */
function* protectAgainstGlobalReadLock(session: Session, canBackOff = false): Exec<void> {
  if (session.holdsGlobalReadLock) throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  yield* acquireOrBackOff(session, canBackOff, GLOBAL_FOR_STATEMENT);
}

/** Rows are copied into a new table: GLOBAL INTENTION_EXCLUSIVE once more, for the transaction. */
export function* protectCopy(session: Session): Exec<void> {
  yield* acquireOrBackOff(session, false, {
    key: GLOBAL_KEY,
    mode: "INTENTION_EXCLUSIVE",
    duration: "TRANSACTION",
  });
}

/** What an UPDATE of the table opens next, at the moment when REPLACE meets a row or a row's parent in its own table goes away. */
export function* lockFollowers(
  server: Server,
  session: Session,
  { schema, name }: { readonly schema: string; readonly name: string },
): Exec<void> {
  const table = server.catalog.table(schema, name);
  if (session.lockedTables !== null || table === null) return;
  if (!session.variables.isOn("foreign_key_checks")) return;
  for (const use of directUses(server, table, ["update"])) {
    const key = tableKey(use.schema ?? schema, use.name);
    const request = { key, mode: modeOf(use, false), duration: "TRANSACTION" } as const;
    yield* acquireOrBackOff(session, false, request);
  }
}

function* acquireOrBackOff(session: Session, canBackOff: boolean, request: MdlRequest): Exec<void> {
  session.setProcessState("Opening tables");
  const outcome = yield* session.mdl.acquire(request, { isEasyVictim: canBackOff });
  if (outcome === "deadlockVictim" && canBackOff) throw new BackOff(request);
  if (outcome !== "granted") failMdl(outcome);
}

/**
 * MySQL's open_table under LOCK TABLES: every use of a name takes one of the locks on that name for the statement, the
 * one that fits best; a name that is used twice has to be locked twice.
 */
function takeLockedTable(
  session: Session,
  use: TableUse,
  table: CatalogTable | null,
  taken: Set<LockedTable>,
): void {
  const fitting = (session.lockedTables ?? []).filter(
    (table) =>
      table.schema === use.schema &&
      table.name === use.name &&
      table.alias.toLowerCase() === use.alias.toLowerCase() &&
      !taken.has(table),
  );
  const [first] = fitting;
  if (first === undefined) throw mysqlError("ER_TABLE_NOT_LOCKED", use.alias);
  const needsWrite = use.lock === "write" && use.readIsEnough !== true && isChanged(use, table);
  const best = fitting.find((table) => (table.lock === "write") === needsWrite) ?? first;
  if (needsWrite && best.lock === "read") session.refusedTable ??= use.alias;
  taken.add(best);
}

function isChanged({ changedIfItHas: names }: TableUse, table: CatalogTable | null): boolean {
  if (names === undefined || table === null) return true;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return table.columns.some((column) => wanted.has(column.name.toLowerCase()));
}
