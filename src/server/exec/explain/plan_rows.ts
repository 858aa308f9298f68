/**
 * The lines that EXPLAIN's traditional form has for a join: one per table, in the order in which they are read.
 *
 * MySQL: Explain_join (sql/opt_explain.cc).
 */
import { columnsOf, type Item } from "../../expr/item.ts";
import type { Scope, ScopeColumn, ScopeTable } from "../../expr/scope.ts";
import { columnBytes } from "../../optimizer/key_info.ts";
import { planState } from "../../optimizer/plan_state.ts";
import { planTable } from "../../optimizer/plan_table.ts";
import type { SqlType } from "../../types/sql_type.ts";
import { explainExtra } from "../join/join_extra.ts";
import { joinModel } from "../join/join_model.ts";
import type { JoinPlan, JoinStep, MadeValues } from "../join/join_types.ts";
import { splitConjuncts } from "../predicate_of.ts";
import { type ExplainRow, messageRow, RECURSIVE } from "./explained.ts";
import { possibleKeys } from "./possible_keys.ts";

export interface BlockPlace {
  readonly id: number;
  readonly selectType: string;
  /** Columns of GROUP BY or DISTINCT of the block, as items; null without. */
  readonly gathered: readonly Item[] | null;
  /** The step whose values are made here. */
  readonly within?: JoinStep;
}

export const NO_TABLES = "No tables used";

export function planRows(plan: JoinPlan, place: BlockPlace): readonly ExplainRow[] {
  const { id, selectType } = place;
  if (plan.impossible !== null) return [messageRow(id, selectType, plan.impossible)];
  const steps = [...plan.constants, ...plan.steps];
  if (steps.length === 0) return [messageRow(id, selectType, NO_TABLES)];
  return [
    ...steps.map((step) =>
      step.made === null ? stepRow(plan, step, place) : madeRow(plan, step, step.made, place),
    ),
    ...steps.flatMap((step) =>
      (step.made?.steps ?? []).map((inner) => {
        const { made } = step;
        const id = made?.block ?? place.id;
        return stepRow(plan, inner, { ...place, id, selectType: "MATERIALIZED", within: step });
      }),
    ),
  ];
}

/** The values of a semi-join, which are made once. */
function madeRow(plan: JoinPlan, step: JoinStep, made: MadeValues, place: BlockPlace): ExplainRow {
  const { key, inner, isOptional, block } = made;
  const row = messageRow(place.id, place.selectType, explainExtra(plan, step));
  const table = `<subquery${block ?? 2}>`;
  if (key === null) return { ...row, table, type: "ALL", filtered: 100 };
  const length = inner.reduce((sum, item) => sum + keyBytes(item, isOptional), 0);
  return {
    ...row,
    table,
    type: "eq_ref",
    possibleKeys: DISTINCT_KEY,
    key: DISTINCT_KEY,
    keyLen: String(length),
    ref: key.map((item) => nameOf(plan, item)).join(","),
    rows: 1,
    filtered: 100,
  };
}

/** Of a derived table, those that it is looked up by. */
function madeColumns({ table: { scope }, chosen: { path } }: JoinStep): readonly ScopeColumn[] {
  if (path.kind !== "made") return [];
  return path.columns.flatMap((column) => scope.columns[column] ?? []);
}

const DISTINCT_KEY = "<auto_distinct_key>";

function keyBytes(
  { type, nullable }: { readonly type: SqlType; readonly nullable: boolean },
  mayBeNull: boolean,
): number {
  return (type.kind === "null" ? 0 : columnBytes(type)) + (nullable || mayBeNull ? 1 : 0);
}

function stepRow(plan: JoinPlan, step: JoinStep, place: BlockPlace): ExplainRow {
  const { source, scope } = step.table;
  const { id, selectType } = place;
  const extra = explainExtra(plan, step);
  if (source.kind === "rows") {
    const isOne = source.isOneRow === true || step.chosen.path.kind === "system";
    const isLookup = step.chosen.path.kind === "made" && step.chosen.path.isLookup;
    const isItself = source.block === RECURSIVE;
    const key = isLookup ? `<auto_key${source.isDistinctUnion === true ? 1 : 0}>` : null;
    const lengths = madeColumns(step).map((item) => keyBytes(item, false));
    return {
      ...messageRow(id, selectType, isItself ? joined("Recursive", extra) : extra),
      table: source.block === undefined || isItself ? scope.alias : `<derived${source.block}>`,
      possibleKeys: key,
      key,
      keyLen: isLookup ? String(lengths.reduce((sum, bytes) => sum + bytes, 0)) : null,
      type: isOne ? "system" : isLookup ? "ref" : "ALL",
      rows: isOne
        ? 1
        : shownRows(step.chosen.path.kind === "all" ? source.estimate : step.chosen.rows),
      filtered: filteredOf(plan, step),
    };
  }
  const { info } = source.table;
  const state = planState(scope.alias, info, step.chosen, extra, () => "?");
  const bit = 2 ** scope.position;
  const query = {
    table: source.table,
    where: { kind: "and", args: [] } as const,
    needed: scope.used,
    hints: source.hints,
  };
  const gathered = place.gathered?.flatMap((item) => columnsOf(item, bit)) ?? [];
  const isGathered = place.gathered?.every((item) => item.tables === bit) === true;
  const isOnly = plan.request.from?.kind === "table";
  // Found by a whole unique key before any range is thought of.
  const isOneRow = state.access === "const" || state.access === "system";
  return {
    id,
    selectType,
    table: state.table,
    type: state.access,
    possibleKeys: possibleKeys({
      table: planTable(query, source.lock.change === undefined),
      bit,
      conditions: conditionsOf(plan, bit),
      isOptional: scope.isNullable,
      gathered: isGathered && gathered.length > 0 ? gathered : null,
      maySkip: isOnly && place.gathered === null && !isOneRow,
      onlyConstants: false,
    }),
    key: state.key,
    keyLen: state.keyLen === null ? null : String(state.keyLen),
    ref: refOf(plan, step, place.within),
    rows: shownRows(state.rows),
    filtered: filteredOf(plan, step),
    extra,
  };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}

/** Of WHERE, and of each ON that the table is on the inner side of. */
function conditionsOf({ request }: JoinPlan, bit: number): readonly Item[] {
  const { where, nests } = joinModel(request.from, request.where);
  const own = nests.filter(({ tables }) => (tables & bit) !== 0).flatMap(({ on }) => on);
  return [...where, ...own].flatMap((item) => [...splitConjuncts(item)]);
}

export function shownRows(rows: number): number {
  return Math.max(1, Math.trunc(rows));
}

function filteredOf(plan: JoinPlan, { chosen, estimate }: JoinStep): number {
  if (plan.constants.length > 0 && plan.steps.length === 0) return 100;
  if (["const", "system", "merge"].includes(chosen.path.kind) || chosen.rows <= 0) return 100;
  return Math.min(100, (100 * estimate.filtered) / chosen.rows);
}

function refOf(
  plan: JoinPlan,
  { chosen: { path }, outer }: JoinStep,
  within: JoinStep | undefined,
): string | null {
  if (path.kind === "const") return path.key.map(() => "const").join(",");
  if (path.kind !== "ref") return null;
  return path.key
    .map(({ operand }) => {
      const item = operand.kind === "const" ? null : outer[operand.id];
      return item === null || item === undefined || item.isConst
        ? "const"
        : nameOf(plan, item, within);
    })
    .join(",");
}

/** "sim.t.id"; "func" for what is computed. */
function nameOf(plan: JoinPlan, item: Item, within?: JoinStep): string {
  const { request, constants } = plan;
  const { shape } = item;
  if (shape.kind !== "column") return "func";
  const table = tableOf(request.scope, (candidate) => candidate.slot === shape.slot);
  if (table === null) return "func";
  const found = plan.steps.find((step) =>
    step.made?.steps.some((one) => one.table.scope === table),
  );
  if (found !== undefined && found !== within) {
    const name = table.columns[shape.column]?.name ?? "?";
    return `<subquery${found.made?.block ?? 2}>.${name}`;
  }
  if (constants.some((step) => step.table.scope === table)) return "const";
  const column = table.columns[shape.column]?.name ?? "?";
  return [table.schema, table.alias, column].filter((part) => part !== null).join(".");
}

function tableOf(scope: Scope, isIt: (table: ScopeTable) => boolean): ScopeTable | null {
  const found = scope.tables.find(isIt);
  if (found !== undefined || scope.parent === null) return found ?? null;
  return tableOf(scope.parent, isIt);
}
