/**
 * The rows that an UPDATE or DELETE of several tables changes: found by a join, changed at once where that is safe
 * (immediate_targets.ts), else kept until the join has ended.
 *
 * MySQL: UpdateRowsIterator, DeleteRowsIterator (sql_update.cc, sql_delete.cc).
 */
import { settled } from "../../../base/answer.ts";
import type { Handler, Row, RowRef } from "../../../innodb/api.ts";
import type { BaseTable, Exec } from "../../context.ts";
import { dbFailure } from "../db_failure.ts";
import { joinModel, nestAround } from "../join/join_model.ts";
import { forEachRow } from "../join/join_rows.ts";
import type { JoinPlan } from "../join/join_types.ts";
import type { Handlers } from "../join/step_reader.ts";
import { refuseWithoutKey } from "../modify_plan.ts";
import type { StatementEnv } from "../statement_env.ts";
import { type FoundRow, type MultiJoin, planMulti, type Target } from "./resolve_multi.ts";

/** Puts a cursor on the row to be changed; null when it is gone. */
export type Place = () => Exec<Handler | null>;

export interface CollectJob {
  readonly join: MultiJoin;
  /** UPDATE: the first table's rows are looked at in their last committed version before anybody waits for them. */
  readonly isSemiConsistent: boolean;
  /** The targets whose rows change while the join goes on. */
  readonly atOnce: (plan: JoinPlan) => ReadonlySet<Target>;
  readonly afterOf: (target: Target, row: Row) => Exec<Row>;
  readonly change: (target: Target, found: FoundRow, place: Place) => Exec<void>;
}

/** Runs the join and takes, for each target, each row once: it is changed, or kept with the values it is to get. */
export function* collect(statement: StatementEnv, job: CollectJob): Exec<void> {
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

export function writer(table: BaseTable): Handler {
  const handler = table.open();
  handler.setReadLock("X", "wait");
  return handler;
}

/** The row as it is now, with the handler's cursor on it; null when it is gone. */
export function* placed(handler: Handler, ref: RowRef, table: BaseTable): Exec<Row | null> {
  const result = yield* settled(handler.rndPos(ref));
  if (result === "notFound") return null;
  if ("err" in result) throw dbFailure(result, table);
  return result.row;
}
