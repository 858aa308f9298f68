/**
 * The names of a SELECT block: FROM, WHERE, the select list, GROUP BY, HAVING, ORDER BY, in that order.
 *
 * MySQL: Query_block::prepare (sql/sql_resolver.cc).
 */
import type {
  Limit,
  Locking,
  OrderItem,
  QuerySpecification,
  TableReference,
} from "../../sql/ast_query.ts";
import { mysqlError } from "../errors.ts";
import { bindCondition } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { compareItem } from "../expr/comparison.ts";
import { deprecated } from "../expr/deprecated.ts";
import type { Item } from "../expr/item.ts";
import { andItem, asTruth, isNullItem, orItem } from "../expr/logic.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { type AggregateUse, bindAggregate } from "./aggregates.ts";
import { type Block, isGrouped } from "./block.ts";
import { pushedDown } from "./derived_pushdown.ts";
import { equalitiesFirst } from "./equalities_first.ts";
import { checkDistinctOrder, checkFullGroupBy } from "./full_group_by.ts";
import { withGenerated } from "./generated_conditions.ts";
import { leaves } from "./join/join_model.ts";
import { equalitiesOf, isSame } from "./join/multiple_equality.ts";
import { rowLimit } from "./limit.ts";
import { minMaxPlan } from "./min_max.ts";
import { bindGroupBy, bindHaving, bindOrderBy } from "./named_clauses.ts";
import { binderIn, commonTableOf, derivedTable } from "./nested_queries.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type { PushedTest, QueryContext } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { GroupingCalls, rollupKeys } from "./rollup.ts";
import { bindSelectList, type SelectedItem } from "./select_list.ts";
import { bindJoinedWhere } from "./semijoin.ts";
import { hasAggregate } from "./simple_block.ts";
import { hintsOf, readLocks } from "./statement_env.ts";
import { WindowBinder } from "./windows/bind_windows.ts";

/** What stands behind the block: of the query it belongs to. */
export interface BlockTail {
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | null;
  readonly locking: readonly Locking[];
  /** A part of a UNION: without LIMIT its order is nobody's business. MySQL: setup_order_final. */
  readonly isOperand?: true;
}

const NO_WINDOWS: Block["windows"] = [];

const CALC_FOUND_ROWS_DEPRECATED = deprecated(
  "SQL_CALC_FOUND_ROWS is deprecated and will be removed in a future release. Consider using two separate queries instead.",
);

export function resolveBlock(
  spec: QuerySpecification,
  tail: BlockTail,
  parent: Scope | null,
  context: QueryContext,
  test?: PushedTest,
): Block {
  const countsAll = spec.modifiers.includes("sqlCalcFoundRows");
  if (countsAll) context.statement.ctx.warn(CALC_FOUND_ROWS_DEPRECATED);
  if (spec.qualify !== null) throw mysqlError("ER_NEEDS_HYPERGRAPH", "QUALIFY clause");
  const { statement } = context;
  const scope = newScope(parent);
  const binder = binderIn(context, scope, "field list");
  const bindIn = (clause: Binder["clause"]): Binder => ({ ...binder, clause });
  const from0 = test?.kind === "scan" ? spec.from.map(withoutIndexes) : spec.from;
  const written = resolveFrom(from0, {
    statement,
    scope,
    lockOf: readLocks(statement, tail.locking),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) => asTruth(bindCondition(expression, bindIn("on clause")), statement.env),
    hints: hintsOf(statement, spec),
  });
  const uses: AggregateUse[] = [];
  let windowed = spec.windows.length === 0 ? null : new WindowBinder(spec.windows);
  const calls = spec.groupBy === null ? null : new GroupingCalls();
  let withAggregates: Binder = {
    ...binder,
    grouping: calls?.bind ?? null,
    aggregate: (node, inner) => bindAggregate(node, inner, uses),
    overWindow: (node, inner) => {
      windowed ??= new WindowBinder(spec.windows);
      return windowed.bind(node, inner);
    },
  };
  let selected = bindSelectList(spec.items, withAggregates);
  const bound = bindJoinedWhere(spec, written, bindIn("where clause"), context);
  const group =
    spec.groupBy === null
      ? null
      : bindGroupBy(spec.groupBy.items, selected, bindIn("group statement"), windowed);
  const isRollup = spec.groupBy?.rollup ?? false;
  const rollup = rollupKeys(isRollup ? (group ?? []) : []);
  if (isRollup) {
    withAggregates = { ...withAggregates, replaced: rollup.replaced };
    uses.length = 0;
    windowed?.forget();
    selected = bindSelectList(spec.items, withAggregates);
  }
  const having =
    spec.having === null
      ? null
      : asTruth(
          bindHaving(
            spec.having,
            selected,
            group,
            { ...withAggregates, overWindow: null },
            windowed,
          ),
          statement.env,
        );
  // One row needs no order: MySQL: Query_block::prepare, is_implicitly_grouped.
  const beforeOrder = uses.length;
  const ordered = bindOrderBy(tail.orderBy, selected, withAggregates);
  if (group === null && beforeOrder === 0 && uses.length > 0) {
    const at = tail.orderBy.findIndex(({ expression }) => hasAggregate(expression));
    throw mysqlError("ER_AGGREGATE_ORDER_NON_AGG_QUERY", at + 1);
  }
  const own = tail.isOperand === true && tail.limit === null ? [] : ordered;
  const windows = windowed?.windows(withAggregates) ?? NO_WINDOWS;
  calls?.settle(group ?? [], rollup.cells);
  const takesOrder =
    own.length === 0 && spec.from.length === 1 && spec.from[0]?.kind !== "join" && !spec.distinct;
  const isGrouping = group !== null || uses.length > 0;
  const order = takesOrder && !isGrouping ? scope.mergedOrder : own;
  const tested =
    test?.kind === "equal" ? withEqualities(bound.where, selected, test, binder) : bound.where;
  const pushed = pushedDown({ from: bound.from, where: tested }, statement.env);
  const { from } = pushed;
  const made = withGenerated(pushed.where, from === null ? [] : leaves(from), statement);
  // Of a join the planner makes the equalities itself, with those of its ON conditions.
  const where = from?.kind === "table" ? equalitiesFirst(made, statement.env) : made;
  const block: Block = {
    context,
    spec,
    scope,
    from,
    where,
    selected,
    group,
    isRollup,
    keyCells: rollup.cells,
    uses,
    having,
    windows,
    order,
    limit: rowLimit(tail.limit),
    isDistinct: spec.distinct,
    isBigResult: spec.modifiers.includes("sqlBigResult"),
    countsAll,
    testedFor: test?.kind === "equal" ? test.values : [],
    isGuarded:
      test?.kind === "equal" && !test.isTruth && test.values.some(({ nullable }) => nullable),
    minMax: null,
    endsFirst: null,
  };
  if (block.isDistinct) checkDistinctOrder(block, binder);
  if (!isGrouped(block)) return block;
  checkFullGroupBy(block, binder);
  return { ...block, ...endsOf(block, uses.slice(0, beforeOrder)) };
}

/** MySQL: Item_in_subselect::single_value_in_to_exists_transformer. */
function withEqualities(
  where: Item | null,
  selected: readonly SelectedItem[],
  { values, isTruth, guard }: Extract<PushedTest, { kind: "equal" }>,
  { env }: Binder,
): Item {
  const { classes } = equalitiesOf(splitConjuncts(where), env);
  const constantOf = (item: Item): Item | null =>
    classes.find(({ columns }) => columns.some((one) => isSame(one, item)))?.constant ?? null;
  const tests = selected.map(({ item }, at) => {
    const value = values[at] as Item;
    const own = constantOf(item) ?? item;
    const equal = compareItem("=", own, value, env);
    const test = own.nullable && !isTruth ? orItem([equal, isNullItem(own, false)], env) : equal;
    return value.nullable && !isTruth ? guarded(test, guard) : test;
  });
  return andItem(where === null ? tests : [where, ...tests], env);
}

/** MySQL: Item_func_trig_cond. */
function guarded(test: Item, guard: { readonly isOff: boolean }): Item {
  const { eval: compute, steps } = test;
  if (compute !== null) return { ...test, eval: () => (guard.isOff ? 1 : compute()), steps: null };
  return {
    ...test,
    eval: null,
    *steps() {
      return guard.isOff ? 1 : yield* steps();
    },
  };
}

function withoutIndexes(reference: TableReference): TableReference {
  if (reference.kind !== "table") return reference;
  const { span } = reference;
  return {
    ...reference,
    hints: [{ kind: "indexHint", span, action: "use", scope: null, indexes: [] }],
  };
}

/** Without GROUP BY, MIN and MAX may be read from ends of indexes; a block of nothing else may not need its rows. */
function endsOf(block: Block, uses: readonly AggregateUse[]): Pick<Block, "minMax" | "endsFirst"> {
  const ends =
    block.group === null
      ? minMaxPlan(block.from, block.where, uses, block.context.statement.env)
      : null;
  const isFixed = block.selected.every(({ item }) => item.tables === 0);
  const isHavingFixed = block.having === null || block.having.tables === 0;
  const isPlain = isFixed && isHavingFixed && block.windows.length === 0;
  const isWhole = ends?.isAll === true && isPlain && !block.countsAll;
  return isWhole ? { minMax: ends, endsFirst: null } : { minMax: null, endsFirst: ends };
}
