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
import type { BaseTable, Exec, StatementContext } from "../context.ts";
import { type Item, isTrue } from "../expr/item.ts";
import type { KeyInfo } from "../optimizer/key_info.ts";
import { type PlanTable, planTable } from "../optimizer/plan_table.ts";
import { type CompareOp, conjuncts, type Predicate, TRUE } from "../optimizer/predicate.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { AggregateUse } from "./aggregates.ts";
import { dbFailure } from "./db_failure.ts";
import type { JoinNode, JoinTable } from "./join_types.ts";
import { NOTHING_KNOWN } from "./known_constants.ts";
import { predicateOf } from "./predicate_of.ts";

export const OPTIMIZED_AWAY = "Select tables optimized away";

/** One aggregate and the read that gives it. */
interface IndexEnd {
  readonly use: AggregateUse;
  readonly key: KeyInfo;
  readonly column: number;
  readonly read: { readonly values: readonly Datum[]; readonly flag: FindFlag } | "first" | "last";
  /** MIN of a nullable column: all values may be NULL after all. */
  readonly skipsNull: boolean;
}

export interface MinMaxPlan {
  readonly table: JoinTable;
  readonly base: BaseTable;
  readonly ends: readonly IndexEnd[];
}

/** Null when an aggregate is none of the two, or not to be had from an index. */
export function minMaxPlan(
  from: JoinNode | null,
  where: Item | null,
  uses: readonly AggregateUse[],
  env: EvalEnv,
): MinMaxPlan | null {
  if (from?.kind !== "table" || from.table.source.kind !== "base" || uses.length === 0) return null;
  const { table } = from;
  const { table: base, hints } = from.table.source;
  const predicate =
    where === null
      ? TRUE
      : predicateOf(where, {
          position: table.scope.position,
          columns: base.columns,
          env,
          outer: [],
          known: NOTHING_KNOWN,
        });
  const query = { table: base, where: predicate, needed: table.scope.used, hints };
  const planned = planTable(query, true);
  const ends: IndexEnd[] = [];
  for (const use of uses) {
    const end = endFor(use, table, planned);
    if (end === null) return null;
    ends.push(end);
  }
  return { table, base, ends };
}

function endFor(use: AggregateUse, table: JoinTable, planned: PlanTable): IndexEnd | null {
  const { extreme } = use;
  if (extreme === null || extreme.item.shape.kind !== "column") return null;
  if (extreme.item.tables !== 2 ** table.scope.position) return null;
  const { column } = extreme.item.shape;
  for (const key of planned.keys) {
    const part = key.parts.findIndex((one) => one.column === column);
    const info = key.parts[part];
    if (info === undefined || info.prefix !== null || info.desc) continue;
    const search = searchFor(key, part, conjuncts(planned.query.where), extreme.isMax);
    if (search === null) continue;
    const { values, isOpen } = search;
    const skipsNull = !extreme.isMax && info.nullable && values.length === part;
    if (skipsNull) values.push(null);
    return {
      use,
      key,
      column,
      skipsNull,
      read: readOf(values, isOpen || skipsNull, extreme.isMax),
    };
  }
  return null;
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

/** The search key; null when a condition is about something else than the parts up to `part`. */
function searchFor(
  key: KeyInfo,
  part: number,
  conditions: readonly Predicate[],
  isMax: boolean,
): Search | null {
  const given = new Map<number, Datum>();
  let bound: { readonly value: Datum; readonly isOpen: boolean } | null = null;
  for (const condition of conditions) {
    const simple = simpleComparison(condition);
    if (simple === null) return null;
    const at = key.parts.findIndex((one) => one.column === simple.column);
    if (at < 0 || at > part) return null;
    const isEquality = simple.op === "=";
    if (isEquality) {
      if (given.has(at) || (at === part && bound !== null)) return null;
      given.set(at, simple.value);
      continue;
    }
    if (at < part || given.has(part)) return null;
    const isUpper = simple.op === "<" || simple.op === "<=";
    if (isUpper !== isMax) continue;
    if (bound !== null) return null;
    bound = { value: simple.value, isOpen: simple.op === "<" || simple.op === ">" };
  }
  const values: Datum[] = [];
  for (let at = 0; at < part; at += 1) {
    if (!given.has(at)) return null;
    values.push(given.get(at) ?? null);
  }
  if (given.has(part)) return { values: [...values, given.get(part) ?? null], isOpen: false };
  if (bound === null) return { values, isOpen: false };
  return { values: [...values, bound.value], isOpen: bound.isOpen };
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

/** Reads the ends and puts the values into the aggregates' cells; NULL where no row fits. Says whether one did for each. */
export function* readEnds(plan: MinMaxPlan, where: Item | null): Exec<boolean> {
  const { scope, source } = plan.table;
  let isComplete = true;
  if (source.kind !== "base") return isComplete;
  for (const end of plan.ends) {
    const handler = plan.base.open();
    handler.setReadLock(source.lock.mode, source.lock.onConflict);
    handler.indexInit(end.key.index.id, { keyRead: !end.key.isClusteredPrimary, pushed: null });
    handler.setEndRange(null);
    const row = yield* endRow(handler, end, plan.base);
    if (row !== null) scope.slot.row = row;
    const fits = row !== null && (where === null || (yield* isTrue(where)));
    end.use.cell.value = fits ? (row[end.column] ?? null) : null;
    isComplete &&= fits;
  }
  return isComplete;
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

export function showEnds({ table }: MinMaxPlan, ctx: StatementContext): void {
  const nothing = { access: "none", key: null, keyLen: null, rows: 0, cost: 0 } as const;
  const extra = OPTIMIZED_AWAY;
  ctx.planChosen({ table: table.scope.alias, ...nothing, extra, condition: "", considered: [] });
}
