/**
 * Produces the rows of a planned join in the tables' slots.
 *
 *   constants ─▶ step 0 ─▶ step 1 (nested loop: opened anew for each row; hash join: the rows before it are collected
 *   and the table is read once) ─▶ ... ─▶ body
 *
 * MySQL: NestedLoopIterator, HashJoinIterator, FilterIterator (which unlocks a row that does not match), ConstIterator.
 */
import { collationKey } from "../../base/collation.ts";
import type { Datum, Handler, Row } from "../../innodb/api.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Item, isTrue } from "../expr/item.ts";
import { equalityKey } from "../types/compare.ts";
import { isDbError, openAccess } from "./access_reader.ts";
import { dbFailure } from "./db_failure.ts";
import { type JoinPlan, type JoinStep, nullRow } from "./join_types.ts";

/** Called with every table's row in its slot; false stops the join. */
export type Body = () => Exec<boolean>;

/** Handlers by table position: what a locking statement changes rows through. */
export type Handlers = Map<number, Handler>;

export function* forEachRow(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers = new Map(),
): Exec<void> {
  if (plan.impossible !== null) return;
  for (const step of plan.constants) {
    if (!(yield* readConstant(plan, step, handlers))) return;
  }
  yield* runStep(plan, 0, body, handlers);
}

function* readConstant(plan: JoinPlan, step: JoinStep, handlers: Handlers): Exec<boolean> {
  const reader = openRows(plan, step, handlers);
  const row = yield* reader.next();
  if (row === null) return false;
  step.table.scope.slot.row = row;
  return yield* holds(step.conditions);
}

function* runStep(plan: JoinPlan, at: number, body: Body, handlers: Handlers): Exec<boolean> {
  const step = plan.steps[at];
  if (step === undefined) return yield* body();
  const next = plan.steps[at + 1];
  const onward: Body = () => runStep(plan, at + 1, body, handlers);
  if (next?.hash && next.leftJoin === null) return yield* runHashed(plan, at, body, handlers);
  if (step.leftJoin !== null) return yield* runLeftJoined(plan, step, onward, handlers);
  const reader = openRows(plan, step, handlers);
  for (;;) {
    const row = yield* reader.next();
    if (row === null) return true;
    step.table.scope.slot.row = row;
    if (!(yield* holds(step.conditions))) {
      reader.unlock();
      continue;
    }
    if (!(yield* onward())) return false;
  }
}

function* runLeftJoined(
  plan: JoinPlan,
  step: JoinStep,
  onward: Body,
  handlers: Handlers,
): Exec<boolean> {
  const { slot } = step.table.scope;
  const reader = openRows(plan, step, handlers);
  let hasMatch = false;
  for (;;) {
    const row = yield* reader.next();
    if (row === null) break;
    slot.row = row;
    if (!(yield* holds(step.leftJoin?.on ?? []))) {
      reader.unlock();
      continue;
    }
    hasMatch = true;
    if ((yield* holds(step.conditions)) && !(yield* onward())) return false;
  }
  if (hasMatch) return true;
  slot.row = nullRow(step.table);
  return (yield* holds(step.conditions)) ? yield* onward() : true;
}

/** The rows of step `at` are the build side, those of the next table the probe side. */
function* runHashed(plan: JoinPlan, at: number, body: Body, handlers: Handlers): Exec<boolean> {
  const build = plan.steps[at] as JoinStep;
  const probe = plan.steps[at + 1] as JoinStep;
  const before = plan.steps.slice(0, at + 1).map((step) => step.table.scope.slot);
  const buckets = new Map<string, Row[][]>();
  const keyOf = hashKey(probe);
  const collect: Body = function* () {
    const key = yield* keyOf("outer");
    if (key === null) return true;
    const bucket = buckets.get(key);
    const rows = before.map((slot) => slot.row);
    if (bucket === undefined) buckets.set(key, [rows]);
    else bucket.unshift(rows);
    return true;
  };
  yield* collectRows(plan, build, collect, handlers);
  if (buckets.size === 0) return true;
  const reader = openRows(plan, probe, handlers);
  const isInner = (item: Item) => item.tables === 2 ** probe.table.scope.position;
  const early = probe.conditions.filter(isInner);
  const late = probe.conditions.filter((item) => !isInner(item));
  for (;;) {
    const row = yield* reader.next();
    if (row === null) return true;
    probe.table.scope.slot.row = row;
    if (!(yield* holds(early))) {
      reader.unlock();
      continue;
    }
    const key = yield* keyOf("inner");
    for (const rows of key === null ? [] : (buckets.get(key) ?? [])) {
      for (const [i, slot] of before.entries()) slot.row = rows[i] as Row;
      if ((yield* holds(late)) && !(yield* runStep(plan, at + 2, body, handlers))) return false;
    }
  }
}

function* collectRows(plan: JoinPlan, step: JoinStep, body: Body, handlers: Handlers): Exec<void> {
  const reader = openRows(plan, step, handlers);
  for (;;) {
    const row = yield* reader.next();
    if (row === null) return;
    step.table.scope.slot.row = row;
    if (yield* holds(step.conditions)) yield* body();
    else reader.unlock();
  }
}

/** The join key of the current rows as text; null when a part is NULL, which matches nothing. */
function hashKey(step: JoinStep): (side: "inner" | "outer") => Exec<string | null> {
  const keys = step.hash?.keys ?? [];
  const parts = keys.map(({ inner, outer }) => ({
    inner,
    outer,
    form: inner.type.kind === "null" ? null : equalityKey(inner.type, collationKey),
  }));
  return function* (side) {
    let key = "";
    for (const part of parts) {
      const value: Datum = yield* evalItem(part[side]);
      if (value === null || part.form === null) return null;
      key += `${part.form(value)}\u0000`;
    }
    return key;
  };
}

export function* holds(conditions: readonly Item[]): Exec<boolean> {
  for (const condition of conditions) {
    if (!(yield* isTrue(condition))) return false;
  }
  return true;
}

interface RowReader {
  readonly next: () => Exec<Row | null>;
  readonly unlock: () => void;
}

function openRows(plan: JoinPlan, step: JoinStep, handlers: Handlers): RowReader {
  const { source, scope } = step.table;
  if (source.kind === "rows") {
    let rows: readonly Row[] | null = null;
    let at = 0;
    return {
      *next() {
        plan.request.ctx.checkInterrupt();
        rows ??= yield* source.rows();
        const row = rows[at] ?? null;
        at += 1;
        return row;
      },
      unlock: () => {},
    };
  }
  const handler = handlers.get(scope.position) ?? source.table.open();
  handlers.set(scope.position, handler);
  handler.setReadLock(source.lock.mode, source.lock.onConflict);
  const reader = openAccess({
    handler,
    chosen: step.chosen,
    outerValue: (operand) => step.outer[operand.id]?.eval?.() ?? null,
    pushed: pushedCondition(step),
  });
  return {
    *next() {
      plan.request.ctx.checkInterrupt();
      const row = yield* reader.next();
      if (isDbError(row)) throw dbFailure(row, source.table);
      return row;
    },
    unlock: () => handler.unlockRow(),
  };
}

function pushedCondition(step: JoinStep): ((row: Row) => boolean) | null {
  if (step.pushed.length === 0) return null;
  const { slot } = step.table.scope;
  return (row) => {
    slot.row = row;
    return step.pushed.every((item) => {
      const value = item.eval?.() ?? null;
      return value !== null && value !== 0;
    });
  };
}
