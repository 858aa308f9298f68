/**
 * HANDLER ... OPEN, READ and CLOSE.
 *
 * Open, a handler keeps a metadata lock SHARED, which only an exclusive one waits for. A read takes SHARED_READ besides, for
 * itself: LOCK TABLES ... WRITE of others keeps it out. Where that is a deadlock, as with DDL that waits for the handler, it
 * is the handler that is closed, and the read begins again with the table as it is then.
 *
 * MySQL: sql/sql_handler.cc: Sql_cmd_handler_open, Sql_cmd_handler_read, Sql_cmd_handler_close.
 */
import { settled } from "../../base/answer.ts";
import type { HandlerClose, HandlerOpen, HandlerRead } from "../../sql/ast_handler.ts";
import type { Exec, ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError } from "../errors.ts";
import { type HandlerScan, readThroughHandler } from "../exec/handler_scan.ts";
import { tableKey } from "../mdl/keys.ts";
import { lockStatementTables } from "../myisam/statement_locks.ts";
import { functionsIn } from "../routines/trigger_body.ts";
import { virtualTable } from "../schema_tables/virtual_tables.ts";
import { closeHandler, type HandlerTable, type OpenHandler } from "./handlers.ts";
import { failMdl } from "./mdl_failure.ts";
import { openTables } from "./open_tables.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";
import { closeWanted } from "./settle_handlers.ts";
import type { StatementExecution } from "./statement_execution.ts";
import { registerEngine } from "./transaction.ts";
import { refuseTablesInXa } from "./xa.ts";

/** Throws 1192, 1066, 1031, 1347 and what opening a table throws. */
export function* openHandler(
  execution: StatementExecution,
  { table, alias: written }: HandlerOpen,
): Exec<ExecResult> {
  const { owner, server } = execution;
  refuseUnderLocks(owner);
  const alias = written?.text ?? table.name.text;
  const key = alias.toLowerCase();
  if (owner.handlers.has(key)) throw mysqlError("ER_NONUNIQ_TABLE", alias);
  closeWanted(server, owner);
  const schema = schemaOf(owner, table.schema?.text ?? null);
  const handler: HandlerTable = { schema, name: table.name.text, alias, open: null };
  yield* openTable(execution, handler);
  owner.handlers.set(key, handler);
  return done();
}

/** Throws 1192 and 1109. */
export function closeHandlerByName(
  { server, owner }: StatementExecution,
  { alias: { text: alias } }: HandlerClose,
): ExecResult {
  refuseUnderLocks(owner);
  const handler = owner.handlers.get(alias.toLowerCase());
  if (handler === undefined) throw mysqlError("ER_UNKNOWN_TABLE", alias, "HANDLER");
  closeHandler(server, owner, handler);
  owner.handlers.delete(alias.toLowerCase());
  return done();
}

/** Throws 1192, 1109 and what opening a table and reading it throws. */
export function* readHandler(
  execution: StatementExecution,
  statement: HandlerRead,
): Exec<ExecResult> {
  const { server, owner } = execution;
  refuseUnderLocks(owner);
  refuseTablesInXa(owner);
  if (functionsIn(statement).length > 0) {
    throw mysqlError("ER_NOT_SUPPORTED_YET", "stored functions in HANDLER ... READ");
  }
  for (;;) {
    const alias = statement.alias.text;
    const handler = owner.handlers.get(alias.toLowerCase());
    if (handler === undefined) throw mysqlError("ER_UNKNOWN_TABLE", alias, "HANDLER");
    const open = handler.open ?? (yield* openTable(execution, handler));
    const mark = owner.mdl.savepoint();
    if (open.ticket !== null) {
      const { key } = open.ticket.lock;
      const outcome = yield* owner.mdl.acquire({
        key,
        mode: "SHARED_READ",
        duration: "TRANSACTION",
      });
      if (outcome === "deadlockVictim") {
        closeHandler(server, owner, handler);
        continue;
      }
      if (outcome !== "granted") failMdl(outcome);
    }
    try {
      const { schema, name } = handler;
      yield* lockStatementTables(server, owner, [
        { schema, name, alias, lock: "read", changes: [] },
      ]);
      if (owner.inMultiStatement && open.table.engine === "InnoDB") registerEngine(owner);
      return yield* readThroughHandler(scanOf(execution, open), statement);
    } finally {
      owner.mdl.rollbackToSavepoint(mark, "statementEnd");
    }
  }
}

function refuseUnderLocks(session: Session): void {
  if (session.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
}

/** Opens the handler's table, anew if need be. */
function* openTable(
  { server, owner }: StatementExecution,
  handler: HandlerTable,
): Exec<OpenHandler> {
  const { schema, name, alias } = handler;
  refuseVirtual(server, owner, handler);
  const mark = owner.mdl.savepoint();
  yield* settled(
    openTables(server, owner, [{ schema, name, alias, lock: "handler", changes: [] }]),
  );
  owner.openTables = [];
  const temporary = temporaryTable(owner, schema, name);
  const table = temporary ?? server.catalog.table(schema, name);
  if (table === null || table.engine === "MEMORY") {
    owner.mdl.rollbackToSavepoint(mark, "statementEnd");
    if (table !== null) throw mysqlError("ER_ILLEGAL_HA", alias);
    throw mysqlError("ER_WRONG_OBJECT", `${schema}.${name}`, "BASE TABLE");
  }
  const key = tableKey(schema, name);
  const ticket = temporary === null ? owner.mdl.keepExplicit(key, "SHARED") : null;
  handler.open = { table, ticket, cursor: null };
  return handler.open;
}

function scanOf(execution: StatementExecution, open: OpenHandler): HandlerScan {
  return {
    ctx: execution,
    table: execution.baseTable(open.table),
    cursor() {
      const { handler } = open.cursor ?? { handler: null };
      handler?.goOnIn?.(execution.trx());
      open.cursor ??= { handler: execution.baseTable(open.table).open(), at: null };
      return open.cursor;
    },
  };
}

/** Those of information_schema and sys are views; the tables of performance_schema cannot be read so. */
function refuseVirtual(
  server: StatementExecution["server"],
  owner: Session,
  { schema, name, alias }: HandlerTable,
): void {
  const table = virtualTable(server, owner, schema, name);
  if (table === null) return;
  if (table.columns[0]?.isOfView !== true) throw mysqlError("ER_ILLEGAL_HA", alias);
  throw mysqlError("ER_WRONG_OBJECT", `${table.schema}.${table.name}`, "BASE TABLE");
}
