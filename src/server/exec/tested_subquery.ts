/**
 * IN with a subquery that is no semi-join: run for each value, which stands in its WHERE, or made once and looked
 * through, whichever costs less.
 *
 *     a NOT IN (SELECT x FROM t)     ─▶  not exists (SELECT 1 FROM t WHERE x = <a> OR x IS NULL)
 *
 * Where NULL is as good as false (in WHERE's ANDs and ORs), only `x = <a>` is looked for.
 *
 * MySQL: JOIN::compare_costs_of_subquery_strategies, Item_in_subselect::single_value_in_to_exists_transformer;
 * EXPLAIN's unique_subquery and index_subquery.
 * Departure: blocks with groups, UNION and LIMIT are always made once.
 */
import { settled } from "../../base/answer.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Query, QuerySpecification } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import type { TestedSubquery } from "../expr/binder.ts";
import { type Item, makeItem, OUTER_ROWS } from "../expr/item.ts";
import type { Scope } from "../expr/scope.ts";
import { hasNoLookup, mayBeMaterialized } from "./materialized_types.ts";
import type { OpenQuery, QueryContext } from "./query_types.ts";
import { sessionSwitches } from "./session_switches.ts";
import { simpleBlock } from "./simple_block.ts";
import { hintsOf } from "./statement_env.ts";

const TEMPORARY_TABLE_COST = 1;
const TEMPORARY_ROW_COST = 0.1;

export function testedSubquery(
  query: Query,
  scope: Scope,
  context: QueryContext,
  plain: OpenQuery,
  operand: readonly Item[],
  isTruth: boolean,
): TestedSubquery | null {
  const block = simpleBlock(query);
  if (block === null) return null;
  const cells = operand.map(() => ({ value: null as Datum }));
  const values = operand.map((item, at) => outerValue(item, cells[at] as { value: Datum }));
  const guard = { isOff: false };
  const tested = context.open(query, scope, context, { kind: "equal", values, isTruth, guard });
  const strategy = canBeMade(operand, plain) ? strategyOf(block, context) : "exists";
  let isChosen: boolean | null = strategy === "cheaper" ? null : strategy === "exists";
  let scan: OpenQuery | null = null;
  const choose = function* (): Exec<boolean> {
    isChosen ??= yield* costsLess(tested, plain, scope.rowsLookedAt);
    return isChosen;
  };
  context.statement.explained?.addTested(query, { opened: tested, isChosen: choose });
  return {
    isChosen: choose,
    *eachMatch(now, take) {
      for (const [at, cell] of cells.entries()) cell.value = now[at] ?? null;
      yield* settled(tested.eachRow(take));
    },
    *hasRow() {
      if (tested.planned !== undefined && !(yield* tested.planned()).looksUp) {
        guard.isOff = true;
        try {
          return yield* hasAny(tested);
        } finally {
          guard.isOff = false;
        }
      }
      scan ??= context.open(query, scope, context, { kind: "scan" });
      return yield* hasAny(scan);
    },
  };
}

/** MySQL: Item_in_subselect::subquery_allows_materialization. */
function canBeMade(operand: readonly Item[], { outerTables, columns }: OpenQuery): boolean {
  if (outerTables !== 0) return false;
  return columns.every(
    ({ type }, at) => !hasNoLookup(type) && mayBeMaterialized((operand[at] as Item).type, type),
  );
}

/** MySQL: Query_block::subquery_strategy. */
function strategyOf(
  block: QuerySpecification,
  { statement }: QueryContext,
): "made" | "exists" | "cheaper" {
  const hint = hintsOf(statement, block)?.subquery ?? null;
  if (hint !== null) return hint.strategy === "MATERIALIZATION" ? "made" : "exists";
  const off = sessionSwitches(statement.env.ctx);
  if (off.has("materialization")) return "exists";
  return off.has("subquery_materialization_cost_based") ? "made" : "cheaper";
}

function* hasAny(opened: OpenQuery): Exec<boolean> {
  let isFound = false;
  yield* settled(
    opened.eachRow(() => {
      isFound = true;
      return false;
    }),
  );
  return isFound;
}

function* costsLess(tested: OpenQuery, plain: OpenQuery, times: number): Exec<boolean> {
  if (tested.planned === undefined || plain.planned === undefined) return true;
  const one = yield* tested.planned();
  const all = yield* plain.planned();
  const made = all.cost + TEMPORARY_TABLE_COST + TEMPORARY_ROW_COST * all.rows;
  return made + times * TEMPORARY_ROW_COST >= times * one.cost;
}

/** The value on the left of IN, which the subquery takes for one of the rows around it. */
function outerValue(item: Item, cell: { value: Datum }): Item {
  if (item.isConst && item.eval !== null && item.eval() !== null) return item;
  const value = makeItem(
    [],
    { eval: () => cell.value, steps: null },
    {
      type: item.type,
      nullable: item.nullable,
      isConst: false,
      text: () => `<cache>(${item.text()})`,
    },
  );
  return { ...value, tables: OUTER_ROWS, shape: { kind: "other", args: [], isCache: true } };
}
