/**
 * UPDATE and DELETE of several tables: a join that finds the rows; changes are made at once where that is safe
 * (immediate_targets.ts), else, table by table, when the join has ended.
 *
 * MySQL: UpdateRowsIterator, DeleteRowsIterator (sql_update.cc, sql_delete.cc).
 */

import { settled } from "../../base/answer.ts";
import type { Handler, Row, RowRef } from "../../innodb/api.ts";
import { changedColumns, compareKeys } from "../../innodb/datum.ts";
import type { Delete, Update } from "../../sql/ast.ts";
import type { BaseTable, Exec, ExecResult, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { evalItem } from "../expr/item.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { isStrictMode } from "../types/eval_env.ts";
import { bindChecks, defaultItems } from "./binding.ts";
import { changedToDefault, passesChecks, storeOf } from "./column_values.ts";
import { dbFailure, passOverCutOff } from "./db_failure.ts";
import { bindGenerated, Generator, isGenerated } from "./generated.ts";
import { deletedAtOnce, updatedAtOnce } from "./immediate_targets.ts";
import { joinModel, nestAround } from "./join/join_model.ts";
import { forEachRow } from "./join/join_rows.ts";
import type { JoinPlan } from "./join/join_types.ts";
import type { Handlers } from "./join/step_reader.ts";
import { refuseWithoutKey } from "./modify_plan.ts";
import {
  type BoundAssignment,
  type FoundRow,
  type MultiJoin,
  planMulti,
  resolveMultiDelete,
  resolveMultiUpdate,
  type Target,
} from "./resolve_multi.ts";
import { automaticColumns, nowFor } from "./row_changer.ts";
import type { StatementEnv } from "./statement_env.ts";
import { withoutNulls } from "./trigger_rows.ts";
import { isIgnorable, readsAssigned, updateInfo } from "./update.ts";

export function* runMultiUpdate(statement: StatementEnv, node: Update): Exec<ExecResult> {
  const { ctx } = statement;
  const env = { ...statement.env, strict: isStrictMode(ctx) && !node.ignore };
  const join = resolveMultiUpdate(statement, node);
  const { targets, assignments } = join;
  const stores = assignments.map(({ target, column, value }) =>
    value === "default" ? null : storeOf(tableOf(targets, target), column, value, env),
  );

  const comparable = new Set(
    targets.filter(({ joinTable: { scope: table } }) => {
      const assigned = assignments.filter((one) => one.target === table.position);
      return readsAssigned(new Set(assigned.map(({ column }) => column)), table.used);
    }),
  );

  function* afterOf(target: Target, row: Row): Exec<Row> {
    let after = row;
    for (const [at, { target: position, column, value }] of assignments.entries()) {
      if (position !== target.joinTable.scope.position) continue;
      if (isGenerated(target.table.columns[column])) continue;
      const store = stores[at];
      const next =
        value === "default" || !store
          ? yield* changedToDefault(
              target.table,
              column,
              env,
              defaultItems(target.table, statement),
            )
          : store.store(yield* evalItem(value));
      after = after.with(column, next);
    }
    const changedRow = withAutomatic(target, row, after, assignments, ctx);
    const { slot } = target.joinTable.scope;
    slot.row = changedRow;
    const made = generators.get(target)?.fill(slot) ?? changedRow;
    slot.row = row;
    return made;
  }

  const assigned = new Map(
    targets.map((target) => {
      const own = assignments.filter((one) => one.target === target.joinTable.scope.position);
      return [target, new Set(own.map(({ column }) => column))];
    }),
  );
  const generators = new Map(
    targets.map((target) => {
      const { table, joinTable } = target;
      const changed = [...(assigned.get(target) ?? []), ...automaticColumns(table)];
      const items = bindGenerated(table, statement, joinTable.scope, changed);
      for (const { column } of items) assigned.get(target)?.add(column);
      return [target, new Generator(items, table, env)];
    }),
  );
  const checksOf = new Map(
    targets.map((target) => {
      const { scope } = target.joinTable;
      const checkScope: Scope = { ...newScope(null), tables: [scope], visible: [scope] };
      return [target, bindChecks(target.table, statement, checkScope)];
    }),
  );
  let matched = 0;
  let changed = 0;
  /** A row that is changed after the join may have been changed by a cascade since: only what was assigned is written. */
  function asItIsNow(target: Target, found: FoundRow, row: Row): FoundRow {
    if (changedColumns(found.before, row).length === 0) return found;
    const columns = [...(assigned.get(target) ?? []), ...changedColumns(found.before, found.after)];
    let after = row;
    for (const column of columns) after = after.with(column, found.after[column] ?? null);
    const { slot } = target.joinTable.scope;
    slot.row = after;
    return { ...found, before: row, after: generators.get(target)?.fill(slot) ?? after };
  }
  const triggersOf = new Map(targets.map((target) => [target, ctx.triggersOf(target.table)]));
  function* change(target: Target, found: FoundRow, place: Place): Exec<void> {
    matched += 1;
    const { before } = found;
    let { after } = found;
    const triggers = triggersOf.get(target) ?? null;
    if (triggers?.has("before", "update")) {
      const made = yield* triggers.before("update", { old: before, new: after });
      const { slot } = target.joinTable.scope;
      slot.row = withoutNulls(target.table, made, env, false);
      after = generators.get(target)?.fill(slot) ?? slot.row;
    }
    const isSame = changedColumns(before, after).length === 0;
    if (isSame && comparable.has(target)) return;
    target.joinTable.scope.slot.row = after;
    const checks = checksOf.get(target) ?? [];
    if (!isSame && !(yield* passesChecks(checks, env, node.ignore))) return;
    const handler = yield* place();
    if (handler === null) return;
    const result = yield* settled(handler.updateRow(after, { ignoreDuplicate: node.ignore }));
    const soFar = () => done(changed, updateInfo(matched, changed, ctx.warningCount()));
    if (result === "ok") {
      changed += isSame ? 0 : 1;
      if (triggers !== null) yield* triggers.after("update", { old: before, new: after });
    } else if (passOverCutOff(result, true, target.table, soFar)) return;
    else if (node.ignore && isIgnorable(result.err)) {
      ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
    } else throw dbFailure(result, target.table);
  }

  yield* collect(statement, {
    join,
    isSemiConsistent: true,
    atOnce: (plan) => updatedAtOnce(plan, targets, assigned),
    afterOf,
    change,
  });
  for (const target of targets) {
    const handler = writer(target.table);
    for (const found of target.found.values()) {
      const row = yield* placed(handler, found.ref, target.table);
      if (row === null) continue;
      // biome-ignore lint/correctness/useYield: the cursor stands on the row
      yield* change(target, asItIsNow(target, found, row), function* () {
        return handler;
      });
    }
  }
  ctx.foundRows.value = 0;
  return done(changed, updateInfo(matched, changed, ctx.warningCount()));
}

function done(affected: number, info: string): Extract<ExecResult, { kind: "ok" }> {
  return { kind: "ok", affected, info, insertId: 0 };
}

export function* runMultiDelete(statement: StatementEnv, node: Delete): Exec<ExecResult> {
  const { ctx } = statement;
  const join = resolveMultiDelete(statement, node);
  const { targets } = join;
  let deleted = 0;
  const triggersOf = new Map(targets.map((target) => [target, ctx.triggersOf(target.table)]));
  function* change(target: Target, { before: old }: FoundRow, place: Place): Exec<void> {
    const handler = yield* place();
    if (handler === null) return;
    const triggers = triggersOf.get(target) ?? null;
    if (triggers !== null) yield* triggers.before("delete", { old, new: null });
    const result = yield* settled(handler.deleteRow());
    if (result === "ok") {
      deleted += 1;
      if (triggers !== null) yield* triggers.after("delete", { old, new: null });
    } else if (passOverCutOff(result, true, target.table, () => done(deleted, ""))) return;
    else if (node.ignore && isIgnorable(result.err)) {
      ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
    } else throw dbFailure(result, target.table);
  }
  yield* collect(statement, {
    join,
    isSemiConsistent: false,
    atOnce: (plan) => deletedAtOnce(plan, targets),
    // biome-ignore lint/correctness/useYield: a deleted row has no new values
    *afterOf(_target, row) {
      return row;
    },
    change,
  });
  for (const target of targets) {
    const handler = writer(target.table);
    for (const found of inKeyOrder(target)) {
      yield* change(target, found, function* () {
        return (yield* placed(handler, found.ref, target.table)) === null ? null : handler;
      });
    }
  }
  ctx.foundRows.value = 0;
  return { kind: "ok", affected: deleted, info: "", insertId: 0 };
}

/** Puts a cursor on the row to be changed; null when it is gone. */
type Place = () => Exec<Handler | null>;

/** ON UPDATE CURRENT_TIMESTAMP of columns that are not assigned, where the row changes. */
function withAutomatic(
  { joinTable, table }: Target,
  before: Row,
  assigned: Row,
  assignments: readonly BoundAssignment[],
  ctx: StatementContext,
): Row {
  const { position } = joinTable.scope;
  let after = assigned;
  for (const column of automaticColumns(table)) {
    if (assignments.some((one) => one.target === position && one.column === column)) continue;
    if (changedColumns(before, assigned).length === 0) break;
    after = after.with(column, nowFor(table, column, ctx));
  }
  return after;
}

interface CollectJob {
  readonly join: MultiJoin;
  /** UPDATE: the first table's rows are looked at in their last committed version before anybody waits for them. */
  readonly isSemiConsistent: boolean;
  /** The targets whose rows change while the join goes on. */
  readonly atOnce: (plan: JoinPlan) => ReadonlySet<Target>;
  readonly afterOf: (target: Target, row: Row) => Exec<Row>;
  readonly change: (target: Target, found: FoundRow, place: Place) => Exec<void>;
}

/** Runs the join and takes, for each target, each row once: it is changed, or kept with the values it is to get. */
function* collect(statement: StatementEnv, job: CollectJob): Exec<void> {
  const { join, isSemiConsistent } = job;
  const handlers: Handlers = [];
  const plan = yield* planMulti(statement, join, handlers);
  for (const { table, chosen } of plan.steps) {
    if (join.targets.some(({ joinTable }) => joinTable === table))
      refuseWithoutKey(statement.ctx, chosen);
  }
  if (plan.impossible === null) for (const one of join.scope.toPlan) yield* one();
  const atOnce = job.atOnce(plan);
  const optional = optionalTables(plan);
  const changed = new Set<number>();
  const outermost = isSemiConsistent ? semiConsistent(plan, handlers) : null;
  yield* settled(
    forEachRow(
      plan,
      function* () {
        // The row is read once more then, with its lock.
        if (outermost?.wasSemiConsistentRead() === true) return true;
        for (const target of join.targets) {
          const { scope } = target.joinTable;
          const handler = handlers[scope.position];
          if (handler === undefined) continue;
          if (optional.has(scope.position) && isNullRow(scope.slot.row, target.table)) continue;
          const ref = handler.position();
          if (target.found.has(ref.rec) || changed.has(ref.rec)) continue;
          const before = scope.slot.row;
          const found = { ref, before, after: yield* job.afterOf(target, before) };
          if (!atOnce.has(target)) target.found.set(ref.rec, found);
          else {
            changed.add(ref.rec);
            // biome-ignore lint/correctness/useYield: the cursor stands on the row
            yield* job.change(target, found, function* () {
              return handler;
            });
          }
        }
        return true;
      },
      handlers,
    ),
  );
}

/** The first table; a constant one has been read. MySQL: UpdateRowsIterator::Init, m_outermost_table. */
function semiConsistent(plan: JoinPlan, handlers: Handlers): Handler | null {
  if (plan.constants.length > 0) return null;
  const source = plan.steps[0]?.table.source;
  const position = plan.steps[0]?.table.scope.position;
  if (position === undefined || source?.kind !== "base") return null;
  const handler = source.table.open();
  handler.trySemiConsistentRead(true);
  handlers[position] = handler;
  return handler;
}

/** Positions of the tables that a row of NULLs may stand for. */
function optionalTables({ request }: JoinPlan): ReadonlySet<number> {
  const { members } = joinModel(request.from, request.where);
  const inner = members.filter(({ nest }) => nestAround(nest, ["left"]) !== null);
  return new Set(inner.map(({ table }) => table.scope.position));
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

/** The row as it is now, with the handler's cursor on it; null when it is gone. */
function* placed(handler: Handler, ref: RowRef, table: BaseTable): Exec<Row | null> {
  const result = yield* settled(handler.rndPos(ref));
  if (result === "notFound") return null;
  if ("err" in result) throw dbFailure(result, table);
  return result.row;
}

/** MySQL: Unique, which sorts the rows that DELETE puts off by where they are. */
function inKeyOrder({ table, found }: Target): readonly FoundRow[] {
  const clustered = table.info.indexes.find((index) => index.clustered);
  const fields = (clustered?.parts ?? []).flatMap(({ column, prefix, desc }) => {
    const info = table.columns[column];
    return info === undefined ? [] : [{ column, prefix, desc, type: info.type, nullable: false }];
  });
  return [...found.values()].sort((a, b) =>
    fields.length === 0
      ? a.ref.rec - b.ref.rec
      : compareKeys(fields, a.ref.key, b.ref.key, fields.length),
  );
}

function tableOf(targets: readonly Target[], position: number): BaseTable {
  const target = targets.find((one) => one.joinTable.scope.position === position);
  if (target === undefined) throw mysqlError("ER_NON_UPDATABLE_TABLE", "", "UPDATE");
  return target.table;
}
