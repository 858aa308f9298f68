/**
 * MIN and MAX straight from an end of an index: `SELECT MAX(id) FROM t` reads one record, and locks little.
 *
 * Every condition has to be one on the parts of the key: equalities on those before the column, comparisons on the
 * column itself.
 *
 * MySQL: optimize_aggregated_query, find_key_for_maxmin, matching_cond, get_index_min_value, get_index_max_value
 * (sql/opt_sum.cc).
 */
import { settled } from "../../base/answer.ts";
import type { Datum, FindFlag, Handler, ReadResult, Row } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { BaseTable, Exec, StatementContext } from "../context.ts";
import { type Item, isTrue, OUTER_ROWS } from "../expr/item.ts";
import type { KeyInfo } from "../optimizer/key_info.ts";
import { type PlanTable, planTable } from "../optimizer/plan_table.ts";
import type { CompareOp, Predicate } from "../optimizer/predicate.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { AggregateUse } from "./aggregates.ts";
import { decidedConditions } from "./constant_conditions.ts";
import { dbFailure } from "./db_failure.ts";
import { type JoinMember, joinModel } from "./join/join_model.ts";
import type { JoinNode, JoinTable } from "./join/join_types.ts";
import { NOTHING_KNOWN } from "./known_constants.ts";
import { predicateOf } from "./predicate_of.ts";

export const OPTIMIZED_AWAY = "Select tables optimized away";
export const NO_MATCHING_END = "No matching min/max row";

/** One aggregate and the read that gives it. */
interface IndexEnd {
  readonly use: AggregateUse;
  readonly table: JoinTable;
  readonly base: BaseTable;
  readonly conditions: readonly Item[];
  readonly key: KeyInfo;
  readonly column: number;
  readonly read: { readonly values: readonly Datum[]; readonly flag: FindFlag } | "first" | "last";
  /** MIN of a nullable column: all values may be NULL after all. */
  readonly skipsNull: boolean;
}

export interface MinMaxPlan {
  readonly ends: readonly IndexEnd[];
  /** Every aggregate has its end, and every table that makes rows has one. */
  readonly isAll: boolean;
}

/**
 * Null when no aggregate is to be had from an index. One that is not among others that are does not keep the ends from being
 * read, and locked, before the rows are. Tables on the inner side of outer joins have no part in it.
 */
export function minMaxPlan(
  from: JoinNode | null,
  where: Item | null,
  uses: readonly AggregateUse[],
  env: EvalEnv,
): MinMaxPlan | null {
  if (from === null || !uses.some((use) => use.extreme !== null)) return null;
  const { members, nests, where: conditions } = joinModel(from, where);
  const read = conditions.reduce((mask, item) => mask | item.tables, 0);
  const isInner = ({ nest }: JoinMember): boolean => nest !== null;
  if (nests.some(({ kind }) => kind !== "left") || (read & OUTER_ROWS) !== 0) return null;
  if (members.some((member) => isInner(member) && (read & member.bit) !== 0)) return null;
  const outer = members.filter((member) => !isInner(member));
  const ends = uses.flatMap((use) => {
    const member = outer.find(({ bit }) => bit === use.extreme?.item.tables);
    return member === undefined ? [] : (endFor(use, member, conditions, env) ?? []);
  });
  if (ends.length === 0) return null;
  const hasAll = outer.every(({ table }) => ends.some((end) => end.table === table));
  return { ends, isAll: ends.length === uses.length && hasAll };
}

function endFor(
  use: AggregateUse,
  { table, bit }: JoinMember,
  conditions: readonly Item[],
  env: EvalEnv,
): IndexEnd | null {
  const { source, scope } = table;
  if (source.kind !== "base" || conditions.some(({ tables }) => (tables & ~bit) !== 0)) return null;
  const own = {
    position: scope.position,
    columns: source.table.columns,
    env,
    outer: [],
    known: NOTHING_KNOWN,
    isForEnds: true,
  };
  const args = decidedConditions(conditions, [own], env).map((item) => predicateOf(item, own));
  const query = {
    table: source.table,
    where: { kind: "and", args } as const,
    needed: scope.used,
    hints: source.hints,
  };
  return endOf(use, table, source.table, planTable(query, true), conditions);
}

function endOf(
  use: AggregateUse,
  table: JoinTable,
  base: BaseTable,
  planned: PlanTable,
  conditions: readonly Item[],
): IndexEnd | null {
  const { extreme } = use;
  if (extreme === null || extreme.item.shape.kind !== "column") return null;
  const { column } = extreme.item.shape;
  for (const key of planned.keys) {
    const part = key.parts.findIndex((one) => one.column === column);
    const info = key.parts[part];
    if (info === undefined || isCutOrTurned(key, part)) continue;
    const search = searchFor(key, part, planned.query, extreme.isMax);
    if (search === null) continue;
    const { values, isOpen } = search;
    const skipsNull = !extreme.isMax && info.nullable && values.length === part;
    if (skipsNull) values.push(null);
    return {
      use,
      table,
      base,
      conditions,
      key,
      column,
      skipsNull,
      read: readOf(values, isOpen || skipsNull, extreme.isMax),
    };
  }
  return null;
}

/** A part up to this one is a prefix, or runs backwards (MySQL: find_key_for_maxmin). */
function isCutOrTurned(key: KeyInfo, last: number): boolean {
  return key.parts.slice(0, last + 1).some(({ prefix, desc }) => prefix !== null || desc);
}

function readOf(values: readonly Datum[], isOpen: boolean, isMax: boolean): IndexEnd["read"] {
  if (values.length === 0) return isMax ? "last" : "first";
  if (isMax) return { values, flag: isOpen ? "before" : "prefixLastOrPrev" };
  return { values, flag: isOpen ? "after" : "orNext" };
}

interface Search {
  readonly values: Datum[];
  /** The end itself is not meant: c < 5 for MAX, c > 5 for MIN. */
  readonly isOpen: boolean;
}

/** A condition as the search takes it in: `value` is what would bound it, null where it only lies on the other side. */
interface Bounding {
  readonly column: number;
  readonly kind: "equal" | "between" | "near" | "far";
  readonly value: Datum;
  /** c < 5, c > 5 */
  readonly isOpen: boolean;
  readonly allows: (value: Datum) => boolean;
}

/** The search key; null when the conditions say more than one bound on each side of the column, or something else. */
function searchFor(
  key: KeyInfo,
  part: number,
  { table, where }: PlanTable["query"],
  isMax: boolean,
): Search | null {
  const values: Datum[] = [];
  const given = new Set<number>();
  const far = { isUnbounded: true };
  const near = { isUnbounded: true, isOpen: false };
  for (const condition of boundsOf(where)) {
    const bounding = boundingOf(condition, isMax, table);
    if (bounding === null) return null;
    const at = key.parts.findIndex((one) => one.column === bounding.column);
    const { kind, value } = bounding;
    if (at < 0 || at > part || (at < part && kind !== "equal")) return null;
    const isNew = kind !== "far" && !given.has(at);
    const isBounded = !far.isUnbounded && !near.isUnbounded && !near.isOpen;
    if (!isNew && (kind === "equal" || isBounded)) return null;
    if (kind === "far" || !(isNew || !bounding.allows(values[at] ?? null))) {
      far.isUnbounded = false;
      continue;
    }
    given.add(at);
    values[at] = value;
    if (at < part) continue;
    near.isUnbounded = false;
    near.isOpen = bounding.isOpen;
    if (kind !== "near") far.isUnbounded = false;
  }
  for (let at = 0; at < part; at += 1) if (!given.has(at)) return null;
  return { values, isOpen: near.isOpen };
}

/** The conjuncts, with BETWEEN as one. */
function boundsOf(predicate: Predicate): readonly Predicate[] {
  if (predicate.kind === "true") return [];
  if (predicate.kind !== "and" || predicate.isBetween === true) return [predicate];
  return predicate.args.flatMap(boundsOf);
}

function boundingOf(condition: Predicate, isMax: boolean, table: BaseTable): Bounding | null {
  if (condition.kind === "and") {
    const [low, high] = condition.args.map((one) => boundingOf(one, isMax, table));
    if (low == null || high == null || condition.isBetween !== true) return null;
    const { column } = low;
    const allows = (value: Datum) => low.allows(value) && high.allows(value);
    return { column, kind: "between", value: (isMax ? high : low).value, isOpen: false, allows };
  }
  const simple = simpleComparison(condition);
  if (simple === null) return null;
  const { column, op, value } = simple;
  if (op === "=") return { column, kind: "equal", value, isOpen: false, allows: () => true };
  const isUpper = op === "<" || op === "<=";
  const isOpen = op === "<" || op === ">";
  const type = table.columns[column]?.type;
  const allows = (other: Datum): boolean => {
    const order = type === undefined ? 0 : compareDatum(type, other, value);
    return order === 0 ? !isOpen : isUpper === order < 0;
  };
  return { column, kind: isUpper === isMax ? "near" : "far", value, isOpen, allows };
}

interface SimpleComparison {
  readonly column: number;
  readonly op: Exclude<CompareOp, "<=>" | "<>">;
  readonly value: Datum;
}

function simpleComparison(condition: Predicate): SimpleComparison | null {
  if (condition.kind === "isNull") return { column: condition.column, op: "=", value: null };
  if (condition.kind !== "compare" || condition.value.kind !== "const") return null;
  const { column, op } = condition;
  const { value } = condition.value;
  if (op === "<>" || (value === null && op !== "<=>")) return null;
  return { column, op: op === "<=>" ? "=" : op, value };
}

/** Reads the ends and puts the values into the aggregates' cells. False: none fits one of them, so that there is no row at all. */
export function* readEnds({ ends }: MinMaxPlan): Exec<boolean> {
  for (const end of ends) {
    const { scope, source } = end.table;
    if (source.kind !== "base") continue;
    const handler = end.base.open();
    handler.setReadLock(source.lock.mode, source.lock.onConflict);
    handler.indexInit(end.key.index.id, { keyRead: !end.key.isClusteredPrimary, pushed: null });
    handler.setEndRange(null);
    const row = yield* endRow(handler, end, end.base);
    if (row !== null) scope.slot.row = row;
    let fits = row !== null;
    for (const condition of end.conditions) if (fits) fits = yield* isTrue(condition);
    end.use.cell.value = row?.[end.column] ?? null;
    if (fits) continue;
    for (const { use } of ends) use.cell.value = null;
    return false;
  }
  return true;
}

function* endRow(handler: Handler, end: IndexEnd, table: BaseTable): Exec<Row | null> {
  const { read } = end;
  let result: ReadResult;
  if (read === "first") result = yield* settled(handler.indexFirst());
  else if (read === "last") result = yield* settled(handler.indexLast());
  else {
    result = yield* settled(handler.indexRead(read.values, read.flag));
    const isOutside =
      result === "notFound" || ("row" in result && !hasPrefix(result.row, end, read.values));
    if (end.skipsNull && isOutside)
      result = yield* settled(handler.indexRead(read.values, "exact"));
  }
  if (result === "notFound") return null;
  if ("err" in result) throw dbFailure(result, table);
  return result.row;
}

/** Has the row the values of the parts before the column? */
function hasPrefix(row: Row, { key }: IndexEnd, values: readonly Datum[]): boolean {
  return values.slice(0, -1).every((value, at) => row[key.parts[at]?.column ?? -1] === value);
}

export function showEnds({ ends }: MinMaxPlan, ctx: StatementContext): void {
  const [first] = ends;
  if (first === undefined) return;
  const nothing = { access: "none", key: null, keyLen: null, rows: 0, cost: 0 } as const;
  const extra = OPTIMIZED_AWAY;
  ctx.planChosen({
    table: first.table.scope.alias,
    ...nothing,
    extra,
    condition: "",
    unindexed: [],
    considered: [],
  });
}
