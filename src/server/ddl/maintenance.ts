/**
 * ANALYZE, OPTIMIZE, CHECK and REPAIR TABLE; CHECKSUM TABLE is in checksum.ts.
 *
 * MySQL: sql/sql_admin.cc: mysql_admin_table.
 * Departure: OPTIMIZE rebuilds nothing.
 */
import { settled } from "../../base/answer.ts";
import type { TableMaintenance } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import { shadowName } from "../catalog/names.ts";
import { type Exec, type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { BACKUP_KEY, tableKey } from "../mdl/keys.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { openTables } from "../session/open_tables.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { varchar } from "../types/sql_type.ts";
import { checksumTables } from "./checksum.ts";
import { changeHistograms, refuseHistogram } from "./histograms.ts";
import {
  lockTableNames,
  requireWriteLocked,
  type TablePlace,
  upgradeToExclusive,
} from "./name_locks.ts";
import { temporaryTable } from "./temporary.ts";

type Message = readonly [type: string, text: string];

const NO_HISTOGRAM_OF = (what: string): Message => [
  "Error",
  `Cannot create histogram statistics for a ${what}.`,
];

export function* maintainTables(
  execution: StatementExecution,
  statement: TableMaintenance,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const { operation, histogram } = statement;
  if (operation === "checksum") {
    refuseRepeated(owner, statement);
    return yield* checksumTables(execution, statement);
  }
  const rows: string[][] = [];
  const said = histogram === null ? operation : "histogram";
  const refusal = histogram === null ? null : refuseHistogram(histogram, statement);
  if (refusal !== null) return answer([["", said, "Error", refusal]]);
  refuseRepeated(owner, statement);
  let isInterrupted = false;
  for (const written of statement.tables) {
    const schema = schemaOf(owner, written.schema?.text ?? null);
    const name = written.name.text;
    const say = ([type, text]: Message) => rows.push([`${schema}.${name}`, said, type, text]);
    if (isInterrupted) {
      say(["Warning", "Can't open table"]);
      say(["error", "Corrupt"]);
      continue;
    }
    try {
      const temporary = temporaryTable(owner, schema, name);
      if (temporary !== null) {
        if (histogram !== null) say(NO_HISTOGRAM_OF("temporary table"));
        else for (const message of carryOut(execution, operation, temporary)) say(message);
        continue;
      }
      const isLocked = owner.lockedTables !== null;
      const changes = operation === "optimize" || operation === "repair";
      if (!isLocked && changes) {
        yield* lockTableNames(owner, [{ schema, name }], "SHARED_NO_READ_WRITE");
      }
      yield* settled(
        openTables(server, owner, [{ schema, name, alias: name, lock: "read", changes: [] }]),
      );
      const table = server.catalog.table(schema, name);
      const isView = server.catalog.view(schema, name) !== null;
      if (isView && histogram !== null) say(NO_HISTOGRAM_OF("view"));
      else if (isView && operation !== "check") {
        throw mysqlError("ER_WRONG_OBJECT", `${schema}.${name}`, "BASE TABLE");
      }
      if (isLocked && changes && table !== null) requireWriteLocked(owner, table);
      if (table !== null) yield* holdBackBackups(owner);
      if (changes && (operation === "repair" || !isLocked))
        yield* keepToItself(owner, { schema, name });
      if (operation === "optimize" && !isLocked && table !== null && isOfInnodb(table)) {
        for (const message of yield* recreate(execution, table)) say(message);
      } else if (table !== null && histogram !== null) {
        for (const message of changeHistograms(server, table, histogram)) say(message);
      } else if (table !== null) {
        for (const message of carryOut(execution, operation, table)) say(message);
      }
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      const { errno, message } = error.error;
      const wasKilled = errno === INTERRUPTED && owner.killed === "query";
      const isCorrupt = wasKilled || errno === READ_LOCKED;
      if (!isCorrupt && !SAID_IN_ROWS.has(errno)) throw error;
      say(["Error", message]);
      if (histogram === null)
        say(isCorrupt ? ["error", "Corrupt"] : ["status", "Operation failed"]);
      isInterrupted ||= wasKilled;
    }
    owner.mdl.releaseTransactional();
  }
  return answer(rows);
}

function answer(rows: readonly (readonly string[])[]): ExecResult {
  const columns = ["Table", "Op", "Msg_type", "Msg_text"].map((name) => ({
    name,
    type: varchar(128),
  }));
  return { kind: "rows", columns, rows };
}

/**
 * An InnoDB table is made anew instead, as ALTER TABLE ... FORCE does it, and errors of that are told in rows of their own.
 * MySQL: mysql_admin_table (HA_ADMIN_TRY_ALTER).
 */
function* recreate(execution: StatementExecution, table: CatalogTable): Exec<readonly Message[]> {
  try {
    const made = yield* madeAnew(execution, table);
    return carryOut(execution, "optimize", made);
  } catch (error) {
    if (!(error instanceof MysqlFailure) || error.error.errno === INTERRUPTED) throw error;
    return [INSTEAD, ["error", error.error.message], ["status", "Operation failed"]];
  }
}

/**
 * The table's lock is given up before, and whoever waited for it goes on, and may have put another in its place or taken it
 * away. MySQL: mysql_recreate_table.
 */
function* madeAnew({ server, owner }: StatementExecution, table: CatalogTable): Exec<CatalogTable> {
  const { schema } = table;
  server.catalog.forgetDefinition(schema, table.name);
  owner.mdl.releaseTransactional();
  server.scheduler.letWokenGoOn();
  yield* lockTableNames(owner, [table], "SHARED_NO_WRITE");
  const found = server.catalog.table(schema, table.name);
  if (found === null) throw mysqlError("ER_NO_SUCH_TABLE", schema, table.name);
  const key = tableKey(schema, shadowName(owner));
  const outcome = yield* owner.mdl.acquire({ key, mode: "EXCLUSIVE", duration: "STATEMENT" });
  if (outcome !== "granted") failMdl(outcome);
  yield* upgradeToExclusive(owner, found);
  server.catalog.put({ ...found, rowVersions: 0 });
  server.catalog.cacheDefinition(schema, table.name);
  return found;
}

function isOfInnodb({ engine }: CatalogTable): boolean {
  return !isNonTransactional(engine);
}

/** Whoever holds LOCK INSTANCE FOR BACKUP is waited for (MySQL: acquire_shared_backup_lock). */
function* holdBackBackups(owner: Session): Exec<void> {
  const mode = "INTENTION_EXCLUSIVE";
  const outcome = yield* owner.mdl.acquire({ key: BACKUP_KEY, mode, duration: "TRANSACTION" });
  if (outcome !== "granted") failMdl(outcome);
}

/**
 * Who has the table open with HANDLER is waited for. Under LOCK TABLES ... WRITE a table stays locked EXCLUSIVE when it has
 * been repaired. MySQL: wait_while_table_is_used.
 */
function* keepToItself(owner: Session, table: TablePlace): Exec<void> {
  if (!owner.mdl.owns(tableKey(table.schema, table.name), "SHARED_NO_READ_WRITE")) return;
  yield* upgradeToExclusive(owner, table);
}

/** Throws 1066 when a table is named twice. */
function refuseRepeated(owner: Session, { tables }: TableMaintenance): void {
  const seen = new Set<string>();
  for (const { schema, name } of tables) {
    const place = `${schemaOf(owner, schema?.text ?? null)}\0${name.text}`;
    if (seen.has(place)) throw mysqlError("ER_NONUNIQ_TABLE", name.text);
    seen.add(place);
  }
}

/** A table that is not there or is a view, is not locked or locked for READ, or whose metadata lock was not to be had in time; the next has its turn. */
const SAID_IN_ROWS: ReadonlySet<number> = new Set([1099, 1100, 1146, 1205, 1347]);

/** KILL QUERY: said in rows as well. */
const INTERRUPTED = 1317;

/** FLUSH TABLES WITH READ LOCK by the session itself, too. */
const READ_LOCKED = 1223;

/** A READ ONLY session cannot store statistics. */
const REFUSED_ANALYZE: readonly Message[] = [
  ["Error", "Cannot execute statement in a READ ONLY transaction."],
  ["Error", "Unable to store dynamic table statistics into data dictionary."],
  ["status", "Unable to write table statistics to DD tables"],
];

const INSTEAD: Message = [
  "note",
  "Table does not support optimize, doing recreate + analyze instead",
];

function carryOut(
  execution: StatementExecution,
  operation: Exclude<TableMaintenance["operation"], "checksum">,
  table: CatalogTable,
): readonly Message[] {
  const { server } = execution;
  const isInnodb = isOfInnodb(table);
  switch (operation) {
    case "analyze":
      if (execution.owner.trxReadOnly && isInnodb) return REFUSED_ANALYZE;
      engineOf(server, table).analyze(table.info.id);
      server.shownStats.update(server, table);
      return [["status", isInnodb ? "OK" : "Table is already up to date"]];
    case "optimize":
      if (!isInnodb) return [["status", "OK"]];
      engineOf(server, table).analyze(table.info.id);
      server.shownStats.update(server, table);
      return [INSTEAD, ["status", "OK"]];
    case "check":
      return [["status", "OK"]];
    case "repair":
      return isInnodb
        ? [["note", "The storage engine for the table doesn't support repair"]]
        : [["status", "OK"]];
  }
}
