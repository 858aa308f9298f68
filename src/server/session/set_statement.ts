/**
 * SET and SET TRANSACTION.
 *
 * All of a SET statement's values are computed and checked before the first one is stored, so that a bad one leaves
 * everything as it was.
 *
 * MySQL: sql/set_var.cc: sql_set_variables, sys_var::check, set_var::check; sql/sys_vars.cc: fix_autocommit,
 * Sys_var_transaction_isolation::session_update, Sys_var_transaction_read_only::session_update.
 */

import { settled } from "../../base/answer.ts";
import { unreachable } from "../../base/assert.ts";
import type {
  SetAssignment,
  SetStatement,
  SetSystemVariable,
  SetTransaction,
} from "../../sql/ast.ts";
import type { Exec, ExecResult } from "../context.ts";
import { warnOfCharset } from "../ddl/charset_warnings.ts";
import { declaredCollation } from "../ddl/collations.ts";
import { done } from "../ddl/result.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { warnOfVariable } from "../expr/deprecated.ts";
import { idleFlags } from "../optimizer/switches.ts";
import type { Server } from "../server.ts";
import { wholeOf } from "../types/integer.ts";
import type { VariableDefinition } from "../variables/definitions.ts";
import { knownVariable, refuseStructured } from "../variables/store.ts";
import { checkedText, type SetValue } from "../variables/values.ts";
import { charsetUpdates, holdsCharset } from "./charset_variables.ts";
import { evaluate, evaluateForVariable } from "./executor.ts";
import { refuseToSetReadOnly, setGlobalReadOnly } from "./read_only.ts";
import { dashed, type Session, undashed } from "./session.ts";
import type { StatementExecution } from "./statement_execution.ts";
import { commitTransaction } from "./transaction.ts";
import { refuseInXa } from "./xa.ts";

/** Does what a checked assignment asks for. */
type Update = () => Exec<void>;

/** The optimizer's switches that were set and do nothing here are named in the answer. */
export function* setStatement(
  execution: StatementExecution,
  statement: SetStatement,
): Exec<ExecResult> {
  const switches = () => execution.owner.variables.text("optimizer_switch");
  const before = switches();
  const updates: Update[] = [];
  for (const assignment of statement.assignments) {
    updates.push(yield* prepare(execution, assignment));
  }
  for (const update of updates) yield* update();
  execution.owner.publish("SET");
  const ignored = switches() === before ? [] : idleFlags(before, switches());
  return ignored.length === 0
    ? done()
    : { kind: "ok", affected: 0, info: "", insertId: 0, ignored };
}

export function setTransaction(server: Server, session: Session, statement: SetTransaction): void {
  const { scope, isolation, access } = statement;
  if (isolation !== null) {
    setCharacteristic(server, session, scope, "transaction_isolation", dashed(isolation));
  }
  if (access !== null) {
    const text = access === "readOnly" ? "ON" : "OFF";
    setCharacteristic(server, session, scope, "transaction_read_only", text);
  }
  session.publish("SET TRANSACTION");
}

function* prepare(execution: StatementExecution, assignment: SetAssignment): Exec<Update> {
  const { owner } = execution;
  switch (assignment.kind) {
    case "setUserVariable": {
      const value = yield* evaluateForVariable(execution, assignment.value);
      return instantly(() => {
        const name = assignment.name.toLowerCase();
        if (value !== undefined) owner.userVariables.set(name, value);
      });
    }
    case "setSystemVariable":
      return yield* prepareSystemVariable(execution, assignment);
    case "setNames":
    case "setCharacterSet": {
      const charset = assignment.charset?.toLowerCase() ?? "utf8mb4";
      const collation = "collation" in assignment ? assignment.collation : null;
      if (assignment.kind === "setNames") warnOfCharset(execution, charset, collation);
      const declared = declaredCollation(charset, collation);
      return instantly(() => {
        const connection = assignment.kind === "setNames" ? charset : "utf8mb4";
        setTold(owner, "character_set_client", charset);
        setTold(owner, "character_set_results", charset);
        setTold(owner, "character_set_connection", connection);
        owner.variables.set("collation_connection", declared);
      });
    }
    default:
      return unreachable(assignment);
  }
}

function* prepareSystemVariable(
  execution: StatementExecution,
  assignment: SetSystemVariable,
): Exec<Update> {
  const { server, owner } = execution;
  if (assignment.base !== null) {
    refuseStructured(assignment.base, assignment.name);
    throw notSupported("structured system variables");
  }
  if (assignment.scope === "persist" || assignment.scope === "persistOnly") {
    throw notSupported("SET PERSIST");
  }
  const definition = knownVariable(assignment.name);
  const { name } = definition;
  const isGlobal = assignment.scope === "global";
  checkScope(definition, isGlobal);
  warnOfVariable(name, execution);
  if (holdsCharset(name)) return yield* prepareCharset(execution, assignment, definition);
  const text =
    assignment.value.kind === "setDefault"
      ? defaultText(server, definition, isGlobal)
      : checkedText(
          definition,
          yield* valueToSet(execution, assignment.value),
          () => (isGlobal ? server.globals : owner.variables).text(name),
          (warning) => execution.warn(warning),
        );
  if (definition.settable === "globalOnly" && !isGlobal) {
    throw mysqlError("ER_VARIABLE_IS_READONLY", "SESSION", name, "GLOBAL");
  }
  if (name === "transaction_isolation" || name === "transaction_read_only") {
    const scope = isGlobal ? "global" : assignment.scope === "default" ? "next" : "session";
    if (scope === "next") refuseInTransaction(owner);
    return instantly(() => setCharacteristic(server, owner, scope, name, text));
  }
  if (isGlobal && (name === "read_only" || name === "super_read_only")) {
    refuseToSetReadOnly(owner);
    return () => setGlobalReadOnly(server, owner, name, text);
  }
  if (isGlobal) {
    return instantly(() => {
      server.globals.set(name, text);
      if (name === "innodb_deadlock_detect") server.engine.lookForDeadlocks();
    });
  }
  if (name === "autocommit") return () => setAutocommit(server, owner, text);
  return instantly(() => setSession(owner, name, text));
}

function* prepareCharset(
  execution: StatementExecution,
  { value, scope }: SetSystemVariable,
  definition: VariableDefinition,
): Exec<Update> {
  const { server, owner } = execution;
  const isGlobal = scope === "global";
  const updates = charsetUpdates(
    definition.name,
    value.kind === "setDefault" ? null : yield* valueToSet(execution, value),
    (name) => defaultText(server, knownVariable(name), isGlobal),
    execution,
  );
  return instantly(() => {
    for (const [name, text] of updates) {
      if (isGlobal) server.globals.set(name, text);
      else if (TOLD.test(name)) setTold(owner, name, text);
      else owner.variables.set(name, text);
    }
  });
}

/** Of those variables (MySQL: session_track_system_variables). */
const TOLD = /^character_set_(client|connection|results)$/;

/** The client is told of some of them. */
function setTold(owner: Session, name: string, text: string): void {
  owner.variables.set(name, text);
  owner.changes.variable(name, text);
}

function instantly(work: () => void): Update {
  // biome-ignore lint/correctness/useYield: nothing to wait for
  return function* () {
    work();
  };
}

/** Throws 1238, 1229, 1228. */
function checkScope({ name, scope, settable }: VariableDefinition, isGlobal: boolean): void {
  if (settable === "never") throw mysqlError("ER_INCORRECT_GLOBAL_LOCAL_VAR", name, "read only");
  if (isGlobal) {
    if (scope === "session") throw mysqlError("ER_LOCAL_VARIABLE", name);
    return;
  }
  if (scope === "global") throw mysqlError("ER_GLOBAL_VARIABLE", name);
}

/** A session's DEFAULT is the global value, a global's the one compiled in. */
function defaultText(server: Server, definition: VariableDefinition, isGlobal: boolean): string {
  if (isGlobal || definition.scope === "session") return definition.default;
  return server.globals.text(definition.name);
}

function* valueToSet(
  execution: StatementExecution,
  value: Exclude<SetSystemVariable["value"], { kind: "setDefault" }>,
): Exec<SetValue> {
  if (value.kind === "setWord") return { text: value.text, isNumber: false, isFractional: false };
  // `SET sql_mode = ansi`: a bare name is a string.
  if (value.kind === "column" && value.table === null && value.schema === null) {
    return { text: value.name.text, isNumber: false, isFractional: false };
  }
  const [result] = yield* evaluate(execution, [value]);
  return result ?? { text: null, isNumber: false, isFractional: false };
}

function setSession(session: Session, name: string, text: string): void {
  if (name === "last_insert_id" || name === "identity")
    session.lastInsertId.value = wholeOf(BigInt(text));
  else if (name === "insert_id") session.insertId.value = BigInt(text);
  else session.variables.set(name, text);
}

/** MySQL: fix_autocommit: turning it on commits. */
function* setAutocommit(server: Server, session: Session, text: string): Exec<void> {
  const turnsOn = text === "ON" && !session.autocommit;
  if (turnsOn) {
    refuseInXa(session);
    yield* settled(commitTransaction(server, session));
  }
  setTold(session, "autocommit", text);
}

/** Of the next transaction alone, of all of the session's, or of the sessions that connect from here on. */
function setCharacteristic(
  server: Server,
  session: Session,
  scope: "next" | "session" | "global",
  name: "transaction_isolation" | "transaction_read_only",
  text: string,
): void {
  if (scope === "global") {
    server.globals.set(name, text);
    return;
  }
  if (scope === "next") refuseInTransaction(session);
  else if (name === "transaction_isolation") session.isolation = undashed(text);
  else session.variables.set(name, text);
  if (session.inTransaction) return;
  if (name === "transaction_isolation") session.trxIsolation = undashed(text);
  else session.trxReadOnly = text === "ON";
}

function refuseInTransaction(session: Session): void {
  if (session.inTransaction) throw mysqlError("ER_CANT_CHANGE_TX_CHARACTERISTICS");
}
