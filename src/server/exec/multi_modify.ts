/**
 * UPDATE and DELETE of several tables: a join that finds the rows, then the changes, table by table.
 *
 * MySQL: Query_result_update, Query_result_delete (sql_update.cc, sql_delete.cc).
 * Departure: every table's changes wait until the join has ended; MySQL makes those of the first table at once where
 * that is safe, which changes the order of locks only where the join meets a row again.
 */

import { settled } from "../../base/answer.ts";
import type { Handler, Row, RowRef } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type { Delete, Update } from "../../sql/ast.ts";
import type { BaseTable, Exec, ExecResult } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { isStrictMode } from "../types/eval_env.ts";
import { bindChecks, defaultItems } from "./binding.ts";
import { columnStore, defaultOf, passesChecks } from "./column_values.ts";
import { dbFailure } from "./db_failure.ts";
import { forEachRow } from "./join_rows.ts";
import type { JoinNode, JoinPlan } from "./join_types.ts";
import { knownConstants } from "./known_constants.ts";
import { planMulti, resolveMultiDelete, resolveMultiUpdate, type Target } from "./resolve_multi.ts";
import type { StatementEnv } from "./statement_env.ts";
import type { Handlers } from "./step_reader.ts";
import { isIgnorable, readsAssigned, updateInfo } from "./update.ts";

export function* runMultiUpdate(statement: StatementEnv, node: Update): Exec<ExecResult> {
  const { ctx } = statement;
  const env = { ...statement.env, strict: isStrictMode(ctx) && !node.ignore };
  const { from, where, targets, assignments } = resolveMultiUpdate(statement, node);
  const stores = assignments.map(({ target, column, value }) =>
    value === "default" ? null : columnStore(tableOf(targets, target), column, value.type, env),
  );

  const comparable = new Set(
    targets.filter(({ joinTable: { scope: table } }) => {
      const assigned = assignments.filter((one) => one.target === table.position);
      return readsAssigned(new Set(assigned.map(({ column }) => column)), table.used);
    }),
  );

  const job = { from, where, targets, isSemiConsistent: true };
  yield* collect(statement, job, function* (target, row) {
    let after = row;
    for (const [at, { target: position, column, value }] of assignments.entries()) {
      if (position !== target.joinTable.scope.position) continue;
      const store = stores[at];
      const next =
        value === "default" || !store
          ? yield* defaultOf(target.table, column, env, defaultItems(target.table, statement))
          : store.store(yield* evalItem(value), true);
      after = after.with(column, next);
    }
    return after;
  });

  let matched = 0;
  let changed = 0;
  for (const target of targets) {
    const checkScope: Scope = {
      ...newScope(null),
      tables: [target.joinTable.scope],
      visible: [target.joinTable.scope],
    };
    const checks = bindChecks(target.table, statement, checkScope);
    const handler = writer(target.table);
    const isComparable = comparable.has(target);
    for (const { ref, before, after } of target.found.values()) {
      matched += 1;
      const isSame = changedColumns(before, after).length === 0;
      if (isSame && isComparable) continue;
      target.joinTable.scope.slot.row = after;
      if (!isSame && !(yield* passesChecks(checks, env, node.ignore))) continue;
      if (!(yield* placed(handler, ref, target.table))) continue;
      const result = yield* handler.updateRow(after, { ignoreDuplicate: node.ignore });
      if (result === "ok") changed += isSame ? 0 : 1;
      else if (node.ignore && isIgnorable(result.err)) {
        ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
      } else throw dbFailure(result, target.table);
    }
  }
  const info = updateInfo(matched, changed, ctx.warningCount());
  return { kind: "ok", affected: changed, info, insertId: 0 };
}

export function* runMultiDelete(statement: StatementEnv, node: Delete): Exec<ExecResult> {
  const { ctx } = statement;
  const { from, where, targets } = resolveMultiDelete(statement, node);
  const job = { from, where, targets, isSemiConsistent: false };
  // biome-ignore lint/correctness/useYield: a deleted row has no new values
  yield* collect(statement, job, function* (_target, row) {
    return row;
  });
  let deleted = 0;
  for (const target of targets) {
    const handler = writer(target.table);
    for (const { ref } of target.found.values()) {
      if (!(yield* placed(handler, ref, target.table))) continue;
      const result = yield* handler.deleteRow();
      if (result === "ok") deleted += 1;
      else if (node.ignore && isIgnorable(result.err)) {
        ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
      } else throw dbFailure(result, target.table);
    }
  }
  return { kind: "ok", affected: deleted, info: "", insertId: 0 };
}

interface CollectJob {
  readonly from: JoinNode | null;
  readonly where: Item | null;
  readonly targets: readonly Target[];
  /** UPDATE: the first table's rows are looked at in their last committed version before anybody waits for them. */
  readonly isSemiConsistent: boolean;
}

/** Runs the join and keeps, for each target, each row once, with the values it is to get. */
function* collect(
  statement: StatementEnv,
  { from, where, targets, isSemiConsistent }: CollectJob,
  afterOf: (target: Target, row: Row) => Exec<Row>,
): Exec<void> {
  const handlers: Handlers = new Map();
  const known = yield* knownConstants(where);
  const planned = planMulti(statement, { from, where, targets }, known, handlers, false);
  const plan = "tree" in planned ? planned : yield* planned;
  const outermost = isSemiConsistent ? semiConsistent(plan, handlers) : null;
  yield* forEachRow(
    plan,
    function* () {
      // The row is read once more then, with its lock.
      if (outermost?.wasSemiConsistentRead() === true) return true;
      for (const target of targets) {
        const { scope } = target.joinTable;
        const handler = handlers.get(scope.position);
        if (handler === undefined || isNullRow(scope.slot.row, target.table)) continue;
        const ref = handler.position();
        if (target.found.has(ref.rec)) continue;
        const before = scope.slot.row;
        target.found.set(ref.rec, { ref, before, after: yield* afterOf(target, before) });
      }
      return true;
    },
    handlers,
  );
}

/** MySQL: UpdateRowsIterator::Init: the first table that is read row by row. */
function semiConsistent(plan: JoinPlan, handlers: Handlers): Handler | null {
  const source = plan.steps[0]?.table.source;
  const position = plan.steps[0]?.table.scope.position;
  if (position === undefined || source?.kind !== "base") return null;
  const handler = source.table.open();
  handler.trySemiConsistentRead(true);
  handlers.set(position, handler);
  return handler;
}

/** The row of NULLs that stands for no match of a LEFT JOIN. */
function isNullRow(row: Row, table: BaseTable): boolean {
  const required = table.columns.findIndex((column) => !column.nullable);
  return required >= 0 ? row[required] === null : row.every((value) => value === null);
}

function writer(table: BaseTable): Handler {
  const handler = table.open();
  handler.setReadLock("X", "wait");
  return handler;
}

/** Puts the cursor on a row; false when it is gone. */
function* placed(handler: Handler, ref: RowRef, table: BaseTable): Exec<boolean> {
  const result = yield* settled(handler.rndPos(ref));
  if (result === "notFound") return false;
  if ("err" in result) throw dbFailure(result, table);
  return true;
}

function tableOf(targets: readonly Target[], position: number): BaseTable {
  const target = targets.find((one) => one.joinTable.scope.position === position);
  if (target === undefined) throw mysqlError("ER_NON_UPDATABLE_TABLE", "", "UPDATE");
  return target.table;
}
