/**
 * One SELECT block: names resolved, then planned and run.
 *
 *   FROM, WHERE ─▶ join ─▶ [groups ─▶ HAVING] ─▶ select list ─▶ DISTINCT ─▶ ORDER BY ─▶ LIMIT ─▶ sink
 *
 * MySQL: Query_block::prepare, JOIN::optimize, JOIN::create_access_paths.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type {
  Limit,
  Locking,
  OrderItem,
  QuerySpecification,
  TableReference,
} from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { notSupported } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { deprecated } from "../expr/deprecated.ts";
import { evalItem, type Item, isTrue } from "../expr/item.ts";
import { asTruth } from "../expr/logic.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { type AggregateUse, bindAggregate, rowKey } from "./aggregates.ts";
import { compareKeys } from "./compare_keys.ts";
import { expectedRows } from "./expected_rows.ts";
import { checkFullGroupBy } from "./full_group_by.ts";
import { collectGroups } from "./grouping.ts";
import { planJoin } from "./join_plan.ts";
import { forEachRow, type Handlers } from "./join_rows.ts";
import type { JoinNode, JoinPlan } from "./join_types.ts";
import { type KnownConstants, knownConstants, NOTHING_KNOWN } from "./known_constants.ts";
import { limitedSink, type RowLimit, rowLimit } from "./limit.ts";
import { bindGroupBy, bindHaving, bindOrderBy } from "./named_clauses.ts";
import { commonTableOf, derivedTable, subqueryIn } from "./nested_queries.ts";
import type { OpenQuery, QueryContext, ResultRow, RowSink } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { rollupKeys } from "./rollup.ts";
import { bindSelectList, columnsOf, type SelectedItem } from "./select_list.ts";
import { bindJoinedWhere } from "./semijoin.ts";
import type { SortKey } from "./sort_rows.ts";
import { readLocks } from "./statement_env.ts";

/** What stands behind the block: of the query it belongs to. */
export interface BlockTail {
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | null;
  readonly locking: readonly Locking[];
}

interface Block {
  readonly context: QueryContext;
  readonly scope: Scope;
  readonly from: JoinNode | null;
  readonly where: Item | null;
  readonly selected: readonly SelectedItem[];
  readonly group: readonly Item[] | null;
  readonly isRollup: boolean;
  readonly keyCells: readonly { value: Datum }[];
  readonly uses: readonly AggregateUse[];
  readonly having: Item | null;
  readonly order: readonly SortKey[];
  readonly limit: RowLimit;
  readonly isDistinct: boolean;
  readonly countsAll: boolean;
}

export function openBlock(
  spec: QuerySpecification,
  tail: BlockTail,
  parent: Scope | null,
  context: QueryContext,
): OpenQuery {
  const block = resolveBlock(spec, tail, parent, context);
  let plan: JoinPlan | null = null;
  const planned = (known: KnownConstants): JoinPlan => {
    plan ??= planOf(block, known);
    return plan;
  };
  const handlers: Handlers = new Map();
  let found = 0;
  return {
    columns: columnsOf(block.selected),
    outerTables: block.scope.outerTables,
    estimate: estimateOf(block),
    *forEach(sink) {
      const limited = limitedSink(block.limit, block.countsAll, sink);
      if (block.limit.count > 0 || block.countsAll) {
        yield* runBlock(
          block,
          planned(plan === null ? yield* knownConstants(block.where) : NOTHING_KNOWN),
          handlers,
          limited.sink,
        );
      }
      found = block.countsAll ? limited.offered() : limited.sent();
    },
    foundRows: () => found,
    explain: () => {
      planned(NOTHING_KNOWN);
    },
  };
}

const CALC_FOUND_ROWS_DEPRECATED = deprecated(
  "SQL_CALC_FOUND_ROWS is deprecated and will be removed in a future release. Consider using two separate queries instead.",
);

function resolveBlock(
  spec: QuerySpecification,
  tail: BlockTail,
  parent: Scope | null,
  context: QueryContext,
): Block {
  const countsAll = spec.modifiers.includes("sqlCalcFoundRows");
  if (countsAll) context.statement.ctx.warn(CALC_FOUND_ROWS_DEPRECATED);
  if (spec.windows.length > 0 || spec.qualify !== null) throw notSupported("window functions");
  const { statement } = context;
  const scope = newScope(parent);
  const binder: Binder = {
    env: statement.env,
    scope,
    clause: "field list",
    aggregate: null,
    subquery: subqueryIn(context),
    insertedValue: null,
    defaultValue: null,
    alias: null,
    assigned: statement.assigned,
  };
  const bindIn = (clause: Binder["clause"]): Binder => ({ ...binder, clause });
  const written = resolveFrom(spec.from, {
    statement,
    scope,
    lockOf: readLocks(statement, tail.locking, aliasesOf(spec.from)),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) => asTruth(bindExpression(expression, bindIn("on clause")), statement.env),
  });
  const { from, where } = bindJoinedWhere(spec.where, written, bindIn("where clause"), context);
  const uses: AggregateUse[] = [];
  let withAggregates: Binder = {
    ...binder,
    aggregate: (node, inner) => bindAggregate(node, inner, uses),
  };
  let selected = bindSelectList(spec.items, withAggregates);
  const group =
    spec.groupBy === null
      ? null
      : bindGroupBy(spec.groupBy.items, selected, bindIn("group statement"));
  const isRollup = spec.groupBy?.rollup ?? false;
  const rollup = rollupKeys(isRollup ? (group ?? []) : []);
  if (isRollup) {
    withAggregates = { ...withAggregates, replaced: rollup.replaced };
    uses.length = 0;
    selected = bindSelectList(spec.items, withAggregates);
  }
  const having =
    spec.having === null
      ? null
      : asTruth(bindHaving(spec.having, selected, group, withAggregates), statement.env);
  const order = bindOrderBy(tail.orderBy, selected, withAggregates);
  const block: Block = {
    context,
    scope,
    from,
    where,
    selected,
    group,
    isRollup,
    keyCells: rollup.cells,
    uses,
    having,
    order,
    limit: rowLimit(tail.limit),
    isDistinct: spec.distinct,
    countsAll,
  };
  if (isGrouped(block)) checkFullGroupBy(block, binder);
  return block;
}

function aliasesOf(references: readonly TableReference[]): string[] {
  const aliases: string[] = [];
  for (const reference of references) {
    if (reference.kind === "table") {
      aliases.push(reference.alias?.text ?? reference.name.name.text);
    } else if (reference.kind === "derivedTable") {
      aliases.push(...(reference.alias === null ? [] : [reference.alias.text]));
    } else if (reference.kind === "join") {
      aliases.push(...aliasesOf([reference.left, reference.right]));
    }
  }
  return aliases;
}

function estimateOf(block: Block): number {
  if (isGrouped(block) && (block.group?.length ?? 0) === 0) return 1;
  return Math.max(1, Math.min(block.limit.count, expectedRows(block.from, block.where)));
}

function isGrouped(block: Pick<Block, "group" | "uses">): boolean {
  return block.group !== null || block.uses.length > 0;
}

function planOf(block: Block, known: KnownConstants): JoinPlan {
  const { statement } = block.context;
  const grouped = isGrouped(block);
  const isPlain = !grouped && !block.isDistinct && block.having === null;
  const groupOrder = (block.group ?? []).map((item): SortKey => ({ item, desc: false }));
  return planJoin({
    ctx: statement.ctx,
    env: statement.env,
    from: block.from,
    where: block.where,
    known,
    order: isPlain ? block.order : block.isRollup ? [] : groupOrder,
    limit:
      isPlain && !block.countsAll && Number.isFinite(block.limit.count)
        ? block.limit.count + block.limit.offset
        : null,
    mayReadKeysOnly: true,
    mayPush: true,
  });
}

function* runBlock(block: Block, plan: JoinPlan, handlers: Handlers, sink: RowSink): Exec<void> {
  const isSorted =
    block.order.length > 0 &&
    (isGrouped(block) || block.isDistinct || block.having !== null || !plan.isOrdered);
  const output = isSorted ? sortedOutput(block, sink) : directOutput(block, sink);
  const filtered = function* (): Exec<boolean> {
    if (block.having !== null && !(yield* isTrue(block.having))) return true;
    return yield* output.add();
  };
  const emptyRows = block.scope.tables.map((table): Row => table.columns.map(() => null));
  const where = block.from === null ? block.where : null;
  const passes = function* (): Exec<boolean> {
    return where === null || (yield* isTrue(where));
  };
  if (isGrouped(block)) {
    const slots = block.scope.tables.map((table) => table.slot);
    const keys = block.group ?? [];
    const groups = collectGroups(
      { keys, isRollup: block.isRollup, keyCells: block.keyCells, uses: block.uses, slots },
      emptyRows,
    );
    yield* forEachRow(
      plan,
      function* () {
        if (yield* passes()) yield* groups.add();
        return true;
      },
      handlers,
    );
    yield* groups.forEach(filtered);
  } else {
    yield* forEachRow(
      plan,
      function* () {
        return (yield* passes()) ? yield* filtered() : true;
      },
      handlers,
    );
  }
  yield* output.finish();
}

interface Output {
  /** Takes the row that stands in the slots. */
  readonly add: () => Exec<boolean>;
  readonly finish: () => Exec<void>;
}

function* selectedValues(selected: readonly SelectedItem[]): Exec<ResultRow> {
  const values: Datum[] = [];
  for (const { item } of selected) {
    values.push(item.eval === null ? yield* evalItem(item) : item.eval());
  }
  return values;
}

function distinctTest(block: Block): (row: ResultRow) => boolean {
  if (!block.isDistinct) return () => true;
  const keyOf = rowKey(block.selected.map(({ item }) => item.type));
  const seen = new Set<string>();
  return (row) => {
    const { size } = seen;
    seen.add(keyOf(row));
    return seen.size > size;
  };
}

function directOutput(block: Block, sink: RowSink): Output {
  const isNew = distinctTest(block);
  return {
    *add() {
      const row = yield* selectedValues(block.selected);
      return isNew(row) ? yield* sink(row) : true;
    },
    *finish() {},
  };
}

interface Entry {
  readonly keys: readonly Datum[];
  /** The select list's values, or the rows to compute them from after sorting. */
  readonly values: ResultRow | null;
  readonly rows: readonly Row[];
}

/** MySQL: filesort. The select list of rows that LIMIT cuts off is not computed, where that can be told apart. */
function sortedOutput(block: Block, sink: RowSink): Output {
  const { order, selected } = block;
  const isNew = distinctTest(block);
  const slots = block.scope.tables.map((table) => table.slot);
  const isEager =
    isGrouped(block) || block.isDistinct || order.some(({ item }) => isSelected(item, selected));
  const entries: Entry[] = [];
  return {
    *add() {
      const values = isEager ? yield* selectedValues(selected) : null;
      if (values !== null && !isNew(values)) return true;
      const keys: Datum[] = [];
      for (const { item } of order) {
        const at = values === null ? -1 : selected.findIndex((one) => one.item === item);
        keys.push(at >= 0 ? (values?.[at] ?? null) : yield* evalItem(item));
      }
      entries.push({ keys, values, rows: values === null ? slots.map((slot) => slot.row) : [] });
      return true;
    },
    *finish() {
      entries.sort((a, b) => compareKeys(order, a.keys, b.keys));
      for (const { values, rows } of entries) {
        if (values === null) for (const [i, slot] of slots.entries()) slot.row = rows[i] as Row;
        const row = values ?? (yield* selectedValues(selected));
        if (!(yield* sink(row))) return;
      }
    },
  };
}

/** A sort key that is a computed select item: both have to see the same value. */
function isSelected(item: Item, selected: readonly SelectedItem[]): boolean {
  return item.shape.kind !== "column" && selected.some((one) => one.item === item);
}
