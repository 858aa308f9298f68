/**
 * What the search for a join order wants to know of each table: the conditions that it can be looked up or restricted by.
 *
 * MySQL: update_ref_and_keys, JOIN::estimate_rowcount, optimize_semijoin_nests_for_materialization.
 */

import { compareItem } from "../../expr/comparison.ts";
import type { Item } from "../../expr/item.ts";
import { rowEvaluateCost } from "../../optimizer/cost.ts";
import type { FilterTerm } from "../../optimizer/filter_effect.ts";
import { type AccessQuestion, accessQuestion } from "../../optimizer/join_access.ts";
import type { Predicate } from "../../optimizer/predicate.ts";
import type { LookupValue } from "../lookup_value.ts";
import { hasNoLookup, mayBeMaterialized } from "../materialized_types.ts";
import { predicateOf } from "../predicate_of.ts";
import { sessionSwitches } from "../session_switches.ts";
import { withEqualsInside } from "./equal_inside.ts";
import { type JoinMember, type JoinModel, type JoinNest, nestAround } from "./join_model.ts";
import {
  type Materialization,
  type Position,
  type SearchTable,
  searchOrder,
} from "./join_search.ts";
import type { JoinRequest } from "./join_types.ts";
import { keyDependencies } from "./key_dependent.ts";
import { lateralOf } from "./lateral.ts";
import { madeRows } from "./made_rows.ts";
import { type Equalities, isSame, withEqual } from "./multiple_equality.ts";

/** The conditions of WHERE, and of each outer or anti join's ON. */
export interface Conditions {
  readonly where: Equalities;
  readonly on: ReadonlyMap<JoinNest, Equalities>;
}

export interface Candidate extends SearchTable {
  readonly outer: readonly LookupValue[];
  /** Null for a derived table. */
  readonly access: AccessQuestion | null;
}

const TEMPORARY_TABLE_COST = 1;
const TEMPORARY_ROW_COST = 0.1;

function conditionsFor({ nest }: JoinMember, { where, on }: Conditions): Equalities {
  const around = nestAround(nest, ["left", "anti"]);
  return around === null ? where : (on.get(around) ?? where);
}

export function candidateOf(
  member: JoinMember,
  conditions: Conditions,
  request: JoinRequest,
  constants: number,
): Candidate {
  const { source, scope } = member.table;
  const own = usableConditions(member, conditionsFor(member, conditions), request);
  const mayBuffer = mayUseBuffer(member, request);
  if (source.kind === "rows") {
    const { question, keyDependsOn } = madeRows(member, own, source, constants);
    const rows = source.estimate;
    return {
      member,
      question,
      foundRows: rows,
      totalRows: rows,
      keyDependsOn,
      outer: [],
      access: null,
      mayBuffer,
    };
  }
  const outer: LookupValue[] = [];
  const table = {
    position: scope.position,
    columns: source.table.columns,
    env: request.env,
    known: request.known,
    outer,
  };
  const where: Predicate = { kind: "and", args: own.map((item) => predicateOf(item, table)) };
  const query = { table: source.table, where, needed: scope.used, hints: source.hints };
  const filters = filtersOf(member, conditions.where, request);
  const change = source.lock.change ?? null;
  const question = accessQuestion(query, filters, change, request.rowLimit ?? null);
  return {
    member,
    question,
    access: question,
    outer,
    mayBuffer,
    foundRows: question.ranges.best?.rows ?? question.table.stats.rows,
    totalRows: question.table.stats.rows,
    keyDependsOn: keyDependencies(source.table.info, member.bit, own) & ~constants,
  };
}

/** MySQL: BNL_HINT_ENUM, OPTIMIZER_SWITCH_BNL, which hash joins go by as well. */
function mayUseBuffer({ table: { hints, scope } }: JoinMember, { ctx }: JoinRequest): boolean {
  const isOn = !sessionSwitches(ctx).has("block_nested_loop");
  return hints?.allows("BNL", scope.alias, isOn) ?? isOn;
}

/** The conditions on a table, and those that follow for it from what its columns are equal to. */
export function usableConditions(
  { bit }: JoinMember,
  { classes, others }: Equalities,
  { env }: JoinRequest,
): readonly Item[] {
  const found = others.flatMap((item) =>
    (item.tables & bit) === 0 ? [] : [withEqualsInside(item, bit, env)],
  );
  for (const { columns, constant } of classes) {
    for (const column of columns) {
      if (column.tables !== bit) continue;
      if (constant !== null) {
        found.push(compareItem("=", column, constant, env));
        continue;
      }
      for (const other of columns) {
        if (isSame(other, column)) continue;
        if (other.tables !== bit) found.push(compareItem("=", column, other, env));
        for (const item of others) {
          if ((item.tables & other.tables) === 0 || other.tables === bit || item.eval === null)
            continue;
          const moved = withEqual(item, (part) => (isSame(part, other) ? column : null));
          if (moved !== item && (moved.tables & bit) !== 0) found.push(moved);
        }
      }
    }
  }
  return found;
}

function filtersOf(
  { table, bit }: JoinMember,
  { classes, others }: Equalities,
  request: JoinRequest,
): readonly FilterTerm[] {
  const { source, scope } = table;
  if (source.kind !== "base") return [];
  const terms: FilterTerm[] = classes.flatMap(({ columns, constant }) => {
    const own = columns.flatMap((column) =>
      column.tables === bit && column.shape.kind === "column" ? [column.shape.column] : [],
    );
    if (own.length === 0) return [];
    const around = columns.reduce((mask, { tables }) => mask | tables, 0) & ~bit;
    return [{ kind: "equal", columns: own, hasConstant: constant !== null, others: around }];
  });
  const predicates = {
    position: scope.position,
    columns: source.table.columns,
    env: request.env,
    known: request.known,
    outer: [],
    isFilter: true,
  };
  for (const item of others) {
    if ((item.tables & bit) === 0) continue;
    terms.push({ kind: "predicate", predicate: predicateOf(item, predicates) });
  }
  return terms;
}

/** The semi-joins that nothing but equalities ties to the tables around them may be materialized. */
export function materializationsOf(
  { nests }: JoinModel,
  tables: readonly Candidate[],
  constants: number,
): ReadonlyMap<JoinNest, Materialization> {
  const found = new Map<JoinNest, Materialization>();
  for (const nest of nests) {
    const isTied = (nest.correlated & ~constants) !== 0;
    if (nest.kind === "left" || nest.links.length === 0 || isTied) continue;
    if (nest.off.has("materialization")) continue;
    if (!nest.links.every(({ outer, inner }) => mayBeMaterialized(outer.type, inner.type)))
      continue;
    const own = tables.filter(({ member }) => (member.bit & nest.tables) !== 0);
    const positions = searchOrder({
      tables: own,
      constants,
      materializations: new Map(),
      hasSemijoins: false,
      hasLateral: own.some(({ member }) => lateralOf(member.table) !== null),
      endsUnfiltered: false,
      sortTable: null,
      limit: Number.POSITIVE_INFINITY,
      within: nest,
      isStraight: false,
    });
    if (positions.length === 0) continue;
    const { cost, rows } = partialJoin(positions);
    const read = nest.links.reduce((mask, { inner }) => mask | inner.tables, 0);
    const distinct = own
      .filter(({ member }) => (member.bit & read) !== 0)
      .reduce((product, { foundRows }) => product * Math.max(1, foundRows), 1);
    const expected = Math.min(rows, distinct);
    found.set(nest, {
      positions,
      cost: cost + TEMPORARY_TABLE_COST + TEMPORARY_ROW_COST * rows,
      rows: expected,
      scanCost: TEMPORARY_ROW_COST * expected,
      lookupCost: TEMPORARY_ROW_COST,
      canLookUp: !nest.links.some(({ inner }) => hasNoLookup(inner.type)),
    });
  }
  return found;
}

/** Tables without a row cost nothing, and do not make the join empty. MySQL: get_partial_join_cost. */
function partialJoin(positions: readonly Position[]): {
  readonly cost: number;
  readonly rows: number;
} {
  let rows = 1;
  let cost = 0;
  for (const { access } of positions) {
    if (access.rowsFetched <= 0) continue;
    rows *= access.rowsFetched;
    cost += access.readCost + rowEvaluateCost(rows);
    rows *= access.filterEffect;
  }
  return { cost, rows };
}
