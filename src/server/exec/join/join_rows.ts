/**
 * Produces the rows of a planned join in the tables' slots.
 *
 *   nested   the inner side is opened anew for each row of the outer one
 *   hash     one side is read whole into a hash table, the other looks its rows up
 *
 * MySQL: NestedLoopIterator, HashJoinIterator, FilterIterator (which unlocks a row that does not match), ConstIterator,
 * WeedoutIterator, RemoveDuplicatesOnIndexIterator, NestedLoopSemiJoinWithDuplicateRemovalIterator.
 */

import { isPending, settled } from "../../../base/answer.ts";
import type { Datum, Row } from "../../../innodb/api.ts";
import type { Answer, Exec } from "../../context.ts";
import { evalItem, type Item, OUTER_ROWS } from "../../expr/item.ts";
import { NO_CONSTANT_ROW } from "../../optimizer/access_path.ts";
import { rowKey } from "../aggregates.ts";
import { holds } from "../row_tests.ts";
import { filesortRows } from "../sort_rows.ts";
import { hashInner, hashRight } from "./hash_join.ts";
import { type Body, placeNulls, Run } from "./join_run.ts";
import {
  type JoinPlan,
  type JoinStep,
  type JoinTable,
  type JoinTree,
  REFUSED_CONSTANT_ROW,
} from "./join_types.ts";
import { madeRows } from "./made_values.ts";
import { type Handlers, openRows, type RowReader } from "./step_reader.ts";

/**
 * Of a table alone: nothing is asked of its rows, and `take` hands each on at once, whatever it is; `body` those behind a row
 * that had to be waited for.
 */
export function forEachRowPlainly(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers,
  take: (row: Row) => void,
): Answer<void> {
  const { tree, impossible, constants } = plan;
  const isAlone = tree.kind === "table" && tree.step.made === null && !plan.weedsOut;
  if (!isAlone || impossible !== null || constants.length > 0 || tree.step.conditions.length > 0)
    return forEachRow(plan, body, handlers);
  const run = new Run(plan, handlers, neverRefused, produce);
  return done(rowsPlainly(run, tree.step, body, take));
}

function rowsPlainly(
  run: Run,
  step: JoinStep,
  body: Body,
  take: (row: Row) => void,
): Answer<boolean> {
  const reader = openRows(run.plan.request, run.handlers, step, run);
  for (;;) {
    const row = reader.next();
    if (isPending(row)) return rowsLater(run, step, body, reader, { row });
    if (row === null) return true;
    take(row);
    reader.takeAhead?.(take);
  }
}

/** `wasRefused`: the body had no use for the row it got last, which is unlocked. */
export function forEachRow(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers = [],
  wasRefused: () => boolean = neverRefused,
): Answer<void> {
  if (plan.impossible !== null) return;
  const produced = plan.hasReadConstants || plan.constants.length === 0;
  if (produced) return done(eachOfTree(plan, body, handlers, wasRefused));
  for (let at = 0; at < plan.constants.length; at += 1) {
    const missing = readConstant(plan.request, handlers, plan.constants[at] as JoinStep);
    if (isPending(missing)) return eachLater(plan, body, handlers, wasRefused, at, missing);
    if (missing !== null) return;
  }
  return done(eachOfTree(plan, body, handlers, wasRefused));
}

const neverRefused = (): boolean => false;

function done(answer: Answer<boolean>): Answer<void> {
  if (isPending(answer)) return ended(answer);
}

function* ended(answer: Exec<boolean>): Exec<void> {
  yield* answer;
}

/** A constant table, the `first`, has to be waited for. */
function* eachLater(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers,
  wasRefused: () => boolean,
  first: number,
  missing: Exec<string | null>,
): Exec<void> {
  if ((yield* missing) !== null) return;
  for (const step of plan.constants.slice(first + 1)) {
    if ((yield* settled(readConstant(plan.request, handlers, step))) !== null) return;
  }
  yield* settled(eachOfTree(plan, body, handlers, wasRefused));
}

function eachOfTree(
  plan: JoinPlan,
  body: Body,
  handlers: Handlers,
  wasRefused: () => boolean,
): Answer<boolean> {
  if (plan.tree.kind === "single") return body();
  const run = new Run(plan, handlers, wasRefused, produce);
  if (wasRefused === neverRefused) return produce(run, plan.tree, body);
  return produce(run, plan.tree, () => {
    const wantsMore = body();
    if (!isPending(wantsMore)) return answered(run, wantsMore);
    return answeredLater(run, wantsMore);
  });
}

function answered(run: Run, wantsMore: boolean): boolean {
  if (wantsMore && run.wasRefused()) unlock(run, run.plan.tree);
  return wantsMore;
}

function* answeredLater(run: Run, wantsMore: Exec<boolean>): Exec<boolean> {
  return answered(run, yield* wantsMore);
}

/** EXPLAIN: why the constant tables leave nothing to do, null when they do not. Read with the locks of the statement itself. */
export function* emptyConstants(plan: JoinPlan): Exec<string | null> {
  if (plan.hasReadConstants) return null;
  for (const step of plan.constants) {
    if (step.table.source.kind !== "base") continue;
    // What the rows around say is not known here.
    const conditions = step.conditions.filter(({ tables }) => (tables & OUTER_ROWS) === 0);
    const empty = yield* settled(readConstant(plan.request, [], { ...step, conditions }));
    if (empty !== null) return empty;
  }
  return null;
}

/** The row into its slot; null, or why there is none. */
export function readConstant(
  request: Pick<JoinPlan["request"], "ctx">,
  handlers: Handlers,
  step: JoinStep,
): Answer<string | null> {
  const row = openRows(request, handlers, step).next();
  if (isPending(row)) return constantLater(step, row);
  const isMatch = placeConstant(step, row);
  if (isPending(isMatch)) return constantRefused(isMatch);
  return row === null ? NO_CONSTANT_ROW : isMatch ? null : REFUSED_CONSTANT_ROW;
}

function placeConstant(step: JoinStep, row: Row | null): Answer<boolean> {
  if (row === null) return false;
  step.table.scope.slot.row = row;
  return holds(step.conditions);
}

function* constantLater(step: JoinStep, read: Exec<Row | null>): Exec<string | null> {
  const row = yield* read;
  const isMatch = yield* settled(placeConstant(step, row));
  return row === null ? NO_CONSTANT_ROW : isMatch ? null : REFUSED_CONSTANT_ROW;
}

function* constantRefused(isMatch: Exec<boolean>): Exec<string | null> {
  return (yield* isMatch) ? null : REFUSED_CONSTANT_ROW;
}

/** The rows of a part of the plan; false when the body wants no more. */
function produce(run: Run, tree: JoinTree, body: Body): Answer<boolean> {
  switch (tree.kind) {
    case "single":
      return body();
    case "table":
      return tableRows(run, tree.step, body);
    case "filter":
      return produce(run, tree.source, function* () {
        if (yield* matches(run, tree.conditions)) return yield* settled(body());
        unlock(run, tree.source);
        return true;
      });
    case "first":
      return firstRow(run, tree.source, body);
    case "sorted":
      return sortedRows(run, tree, body);
    case "nested":
      return nestedRows(run, tree, body);
    case "hash":
      return tree.type === "inner" ? hashInner(run, tree, body) : hashRight(run, tree, body);
    case "weedout":
      return weededOut(run, tree, body);
    case "distinct":
      return distinctRows(run, tree, body);
  }
}

function tableRows(run: Run, step: JoinStep, body: Body): Answer<boolean> {
  if (step.made !== null) return madeRows(run, step, body);
  const { slot } = step.table.scope;
  const reader = openRows(run.plan.request, run.handlers, step, run);
  run.readers[step.table.scope.position] = reader;
  const mayWait = run.plan.weedsOut || step.conditions.some((item) => item.eval === null);
  if (mayWait) return rowsLater(run, step, body, reader, null);
  for (;;) {
    const row = reader.next();
    if (isPending(row)) return rowsLater(run, step, body, reader, { row });
    if (row === null) return true;
    slot.row = row;
    if (holds(step.conditions) !== true) {
      reader.unlock();
      continue;
    }
    const wantsMore = body();
    if (isPending(wantsMore)) return rowsLater(run, step, body, reader, { wantsMore });
    if (!wantsMore) return false;
  }
}

/** From where something has to be waited for: the next row, or what the body does with the last one. */
function* rowsLater(
  run: Run,
  step: JoinStep,
  body: Body,
  reader: RowReader,
  awaited: { readonly row: Exec<Row | null> } | { readonly wantsMore: Exec<boolean> } | null,
): Exec<boolean> {
  const { slot } = step.table.scope;
  let begun: Exec<Row | null> | null = null;
  if (awaited !== null && "row" in awaited) begun = awaited.row;
  else if (awaited !== null && !(yield* awaited.wantsMore)) return false;
  for (;;) {
    const next: Answer<Row | null> = begun ?? reader.next();
    begun = null;
    const row = isPending(next) ? yield* next : next;
    if (row === null) return true;
    slot.row = row;
    const isMatch = holds(step.conditions);
    if (!(typeof isMatch === "boolean" ? isMatch : yield* interruptible(run, isMatch))) {
      reader.unlock();
      continue;
    }
    if (run.plan.weedsOut) noteRecord(run, step.table, row);
    const wantsMore = body();
    if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return false;
  }
}

function* matches(run: Run, conditions: readonly Item[]): Exec<boolean> {
  const isMatch = holds(conditions);
  return typeof isMatch === "boolean" ? isMatch : yield* interruptible(run, isMatch);
}

/** A condition that waited is the last one of a statement that was killed meanwhile. MySQL: FilterIterator::Read. */
function* interruptible({ plan }: Run, steps: Exec<boolean>): Exec<boolean> {
  const isMatch = yield* steps;
  plan.request.ctx.checkInterrupt(0);
  return isMatch;
}

function noteRecord({ handlers, records }: Run, { scope, source }: JoinTable, row: Row): void {
  const handler = handlers[scope.position];
  if (source.kind === "base" && handler !== undefined) records.set(row, handler.position().rec);
}

/** The row read last is not wanted: of a join, that of its inner side. */
function unlock(run: Run, tree: JoinTree): void {
  if (tree.kind === "table") run.readers[tree.step.table.scope.position]?.unlock();
  else if (tree.kind === "nested") unlock(run, tree.inner);
  else if (tree.kind === "filter" || tree.kind === "first") unlock(run, tree.source);
}

function* firstRow(run: Run, source: JoinTree, body: Body): Exec<boolean> {
  let wantsMore = true;
  yield* settled(
    produce(run, source, function* () {
      wantsMore = yield* settled(body());
      return false;
    }),
  );
  return wantsMore;
}

/** MySQL: SortingIterator under a join. */
function* sortedRows(
  run: Run,
  { source, table, order }: Extract<JoinTree, { readonly kind: "sorted" }>,
  body: Body,
): Exec<boolean> {
  const { slot } = table.scope;
  const rows: Row[] = [];
  yield* settled(
    produce(run, source, () => {
      rows.push(slot.row);
      return true;
    }),
  );
  const sorted = yield* filesortRows(rows, order, null, (row) => {
    slot.row = row;
  });
  for (const row of sorted) {
    slot.row = row;
    if (!(yield* settled(body()))) return false;
  }
  return true;
}

type Nested = Extract<JoinTree, { readonly kind: "nested" }>;

function* nestedRows(run: Run, tree: Nested, body: Body): Exec<boolean> {
  const { type, outer, inner, innerTables } = tree;
  if (type === "inner") return yield* settled(produce(run, outer, () => produce(run, inner, body)));
  return yield* settled(
    produce(run, outer, function* () {
      let hasMatch = false;
      let wantsMore = true;
      yield* settled(
        produce(run, inner, function* () {
          hasMatch = true;
          if (type === "left") wantsMore = yield* settled(body());
          return type === "left" && wantsMore;
        }),
      );
      if (!wantsMore) return false;
      if (type === "semi") return hasMatch ? yield* settled(body()) : true;
      if (hasMatch) return true;
      placeNulls(innerTables);
      return yield* settled(body());
    }),
  );
}

/** Rows are told apart by the records that the tables' cursors stand on, or by their values where there is none. */
function* weededOut(
  run: Run,
  { source, tables }: Extract<JoinTree, { readonly kind: "weedout" }>,
  body: Body,
): Exec<boolean> {
  const seen = new Set<string>();
  return yield* settled(
    produce(run, source, function* () {
      const key = tables.map(({ scope }) => idOf(run, scope.slot.row)).join(" ");
      if (seen.has(key)) return true;
      seen.add(key);
      return yield* settled(body());
    }),
  );
}

/** The record that a row was read from; rows that were made are told apart by themselves, those of NULLs are all one. */
function idOf({ records }: Run, row: Row): number {
  const known = records.get(row);
  if (known !== undefined) return known;
  const id = row.every((value) => value === null) ? 0 : -1 - records.size;
  records.set(row, id);
  return id;
}

function* distinctRows(
  run: Run,
  { source, columns, inner }: Extract<JoinTree, { readonly kind: "distinct" }>,
  body: Body,
): Exec<boolean> {
  const keyOf = rowKey(columns.map(({ type }) => type));
  let last: string | null = null;
  return yield* settled(
    produce(run, source, function* () {
      const values: Datum[] = [];
      for (const column of columns) values.push(yield* evalItem(column));
      const key = keyOf(values);
      if (key === last) return true;
      if (inner === null) {
        last = key;
        return yield* settled(body());
      }
      let wantsMore = true;
      yield* settled(
        produce(run, inner, function* () {
          last = key;
          wantsMore = yield* settled(body());
          return false;
        }),
      );
      return wantsMore;
    }),
  );
}
