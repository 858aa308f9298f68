/**
 * One SELECT block: planned and run.
 *
 *   FROM, WHERE ─▶ join ─▶ [groups ─▶ HAVING] ─▶ select list ─▶ DISTINCT ─▶ ORDER BY ─▶ LIMIT ─▶ sink
 *
 * MySQL: JOIN::optimize, JOIN::create_access_paths, Query_expression::ExecuteIteratorQuery.
 */

import { isPending, settled } from "../../base/answer.ts";
import { append } from "../../base/lists.ts";
import type { QuerySpecification } from "../../sql/ast_query.ts";
import type { Answer, Exec } from "../context.ts";
import { type Item, type Slot, textForm } from "../expr/item.ts";
import type { Scope } from "../expr/scope.ts";
import type { SqlType } from "../types/sql_type.ts";
import { type Block, isGrouped, sortsWindows } from "./block.ts";
import {
  endsWithGroups,
  gatheredBy,
  gatheringOrder,
  gathersBy,
  ordersAsGathered,
  wantsSorted,
} from "./block_gathering.ts";
import { blockWith, pushedDown } from "./derived_pushdown.ts";
import { expectedRows } from "./expected_rows.ts";
import { messageRow } from "./explain/explained.ts";
import { planRows } from "./explain/plan_rows.ts";
import type { TreeNode } from "./explain/tree.ts";
import { blockNode, FETCHED_BEFORE, hasTree } from "./explain/tree_block.ts";
import { planJoin } from "./join/join_plan.ts";
import { emptyConstants, readConstant } from "./join/join_rows.ts";
import { type JoinPlan, type JoinTable, type MadeSize, searchedTables } from "./join/join_types.ts";
import { equalitiesOf, isSame } from "./join/multiple_equality.ts";
import type { Handlers } from "./join/step_reader.ts";
import { isTestedBy, isTestedLookup } from "./join/tested_lookup.ts";
import { type KeptPlan, planAgain } from "./kept_plan.ts";
import { decidedBefore, type KnownConstants, NOTHING_KNOWN } from "./known_constants.ts";
import { LimitedSink } from "./limit.ts";
import { looseRequest } from "./loose_request.ts";
import { NO_MATCHING_END, OPTIMIZED_AWAY, readEnds } from "./min_max.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type {
  OpenQuery,
  PushedTest,
  QueryContext,
  QueryStart,
  RowSink,
  RowTaker,
} from "./query_types.ts";
import { type BlockTail, resolveBlock } from "./resolve_block.ts";
import { runBlock, runEnds } from "./run_block.ts";
import { columnsOf } from "./select_list.ts";
import { hintsOf, isStraight } from "./statement_env.ts";

const IMPOSSIBLE_WHERE = "Impossible WHERE";

const NOTHING_GATHERED: readonly Item[] = [];

/** MySQL: PLACEHOLDER_TABLE_ROW_ESTIMATE. */
const MADE_ROWS_MIN = 2;

export function openBlock(
  spec: QuerySpecification,
  tail: BlockTail,
  parent: Scope | null,
  context: QueryContext,
  test?: PushedTest,
): OpenQuery {
  return new BlockQuery(resolveBlock(spec, tail, parent, context, test));
}

class BlockQuery implements OpenQuery {
  readonly columns: OpenQuery["columns"];
  readonly outerTables: number;
  #written: Block;
  #block: Block;
  readonly #handlers: Handlers = [];
  #plan: JoinPlan | null = null;
  /** Of a statement that is kept: what the plan of the time before was made of. */
  #kept: KeptPlan | null = null;
  readonly #keep: ((kept: KeptPlan) => void) | null;
  #found = 0;

  constructor(block: Block) {
    this.#written = block;
    this.#block = block;
    this.columns = columnsOf(block.selected, block.scope);
    const keep = (kept: KeptPlan): void => {
      this.#kept = kept;
    };
    this.#keep = block.context.statement.env.given === null ? null : keep;
    this.outerTables = block.scope.outerTables;
  }

  /** Values that go through a temporary table have its columns' types; others are sent as they are. */
  shownTypes(): readonly SqlType[] {
    const block = this.#block;
    if (isGrouped(block) || block.isDistinct || block.windows.length > 0)
      return this.columns.map(({ type }) => type);
    const items = block.selected.map(({ item }) => textForm(item));
    if (items.every((item, at) => item === block.selected[at]?.item)) {
      return this.columns.map(({ type }) => type);
    }
    const selected = block.selected.map((one, at) => ({ ...one, item: items[at] ?? one.item }));
    this.#block = { ...block, selected };
    this.#written = this.#block;
    return items.map((item, at) => {
      const isOwn = item === block.selected[at]?.item;
      return isOwn ? (this.columns[at]?.type ?? item.type) : item.type;
    });
  }

  get estimate(): number {
    return estimateOf(this.#block);
  }

  /** MySQL: Query_expression::estimated_rowcount is 1: the table made of it is a system table. */
  get isOneRow(): boolean {
    const { from, group, limit } = this.#block;
    const isOneGroup = isGrouped(this.#block) && (group?.length ?? 0) === 0;
    return isOneGroup || from === null || limit.count <= 1;
  }

  eachRow(sink: RowSink, start?: QueryStart, all: RowTaker | null = null): Answer<void> {
    const { where, minMax, endsFirst, scope } = this.#block;
    const mayWait = (where !== null && where.eval === null) || endsFirst !== null;
    if (minMax !== null || start !== undefined || mayWait || scope.toPlan.length > 0) {
      return this.#eachRow(sink, start);
    }
    const { limit, countsAll } = this.#block;
    const limited = new LimitedSink(limit, countsAll, sink);
    if (limit.count > 0 || countsAll) {
      const planned = this.#plan ?? this.#makeOrKeep();
      if (!("tree" in planned)) return this.#eachPlanned(planned, limited);
      this.#plan = planned;
      const rest = runBlock(this.#block, planned, this.#handlers, limited, all);
      if (isPending(rest)) return this.#finish(rest, limited);
    }
    this.#note(limited);
  }

  *#eachPlanned(planned: Exec<JoinPlan>, limited: LimitedSink): Exec<void> {
    const plan = yield* planned;
    this.#plan = plan;
    const block = this.#block;
    if (plan.impossible === null) for (const one of block.scope.toPlan) yield* one();
    yield* settled(runBlock(block, plan, this.#handlers, limited, null));
    this.#note(limited);
  }

  *#finish(rest: Exec<void>, limited: LimitedSink): Exec<void> {
    yield* rest;
    this.#note(limited);
  }

  #note(limited: LimitedSink): void {
    this.#found = this.#block.countsAll ? limited.offered : limited.sent;
  }

  *#eachRow(sink: RowSink, start: QueryStart | undefined): Exec<void> {
    const { limit, countsAll, minMax } = this.#block;
    const limited = new LimitedSink(limit, countsAll, sink);
    if (minMax !== null) yield* runEnds(this.#block, limited.sink);
    else if (limit.count > 0 || countsAll) {
      const plan = this.#plan ?? (yield* this.#makePlan());
      const block = this.#block;
      if (plan.impossible === null) for (const one of block.scope.toPlan) yield* one();
      if (start !== undefined) yield* start(usesTemporary(block, plan));
      yield* settled(runBlock(block, plan, this.#handlers, limited, null));
    }
    this.#note(limited);
  }

  foundRows(): number {
    return this.#found;
  }

  #makeOrKeep(): Answer<JoinPlan> {
    const again = this.#kept === null ? null : planAgain(this.#kept);
    if (again !== null) return again;
    this.#kept = null;
    return planOf(this.#block, NOTHING_KNOWN, this.#handlers, null, this.#keep);
  }

  /** MySQL: Query_expression::optimize: constant tables are read before any block of the union runs. */
  *readConstants(): Exec<void> {
    const { limit, countsAll, minMax } = this.#block;
    if (minMax !== null || (limit.count === 0 && !countsAll)) return;
    const plan = this.#plan ?? (yield* this.#makePlan());
    if (plan.hasReadConstants || plan.constants.length === 0) return;
    let impossible = plan.impossible;
    for (const step of plan.constants) {
      impossible ??= yield* settled(readConstant(plan.request, this.#handlers, step));
    }
    this.#plan = { ...plan, impossible, hasReadConstants: true };
  }

  /** What it takes goes as far down as it can. */
  take(condition: Item, slot: Slot, isTrial: boolean): boolean {
    const { env } = this.#written.context.statement;
    const block = blockWith(this.#written, condition, slot, env);
    if (block === null || isTrial) return block !== null;
    this.#written = { ...block, ...pushedDown(block, env) };
    this.#block = this.#written;
    return true;
  }

  renew(): void {
    this.#block = this.#written;
    this.#plan = null;
    this.#found = 0;
    for (let at = 0; at < this.#handlers.length; at += 1) this.#handlers[at] = undefined;
  }

  *planned(): ReturnType<NonNullable<OpenQuery["planned"]>> {
    const plan = this.#plan ?? (yield* this.#makePlan());
    const looksUp = plan.steps.some((step) => isTestedBy(plan.request, step.chosen, step.outer));
    return { cost: plan.cost, rows: plan.expectedRows, looksUp, isLookup: isTestedLookup(plan) };
  }

  /** MySQL: JOIN::refine_best_rowcount: only constant tables make one that is sure to have one row. */
  *madeSize(): Exec<MadeSize> {
    if (this.isOneRow) return { rows: 1, isOneRow: true };
    const plan = this.#plan ?? (yield* this.#makePlan());
    if (isOneGroup(this.#block)) return { rows: 1, isOneRow: true };
    if (plan.impossible === IMPOSSIBLE_WHERE) return { rows: 0, isOneRow: true };
    if (plan.impossible !== null || plan.steps.length === 0) return { rows: 1, isOneRow: true };
    const { count, offset } = this.#block.limit;
    const rows = Math.max(MADE_ROWS_MIN, Math.floor(plan.expectedRows));
    return { rows: Math.min(rows, count + offset), isOneRow: false };
  }

  *explain(selectType: string): Exec<void> {
    const { explained } = this.#block.context.statement;
    if (explained === undefined) return;
    const id = explained.numberOf(this.#block.spec);
    const place = {
      id,
      selectType: selectType === "SIMPLE" && explained.hasUnits ? "PRIMARY" : selectType,
      gathered: gatheredBy(this.#block),
    };
    if (this.#block.minMax !== null) {
      const isComplete = yield* readEnds(this.#block.minMax);
      const message = isComplete ? OPTIMIZED_AWAY : NO_MATCHING_END;
      explained.rows.push(messageRow(id, place.selectType, message));
    } else {
      const plan = this.#plan ?? (yield* this.#makePlan());
      for (const { table } of plan.steps) yield* sizeMade(table);
      const impossible = plan.impossible ?? (yield* emptyConstants(plan));
      append(explained.rows, planRows({ ...plan, impossible }, place));
    }
    yield* explained.explainUnits(this.#block.scope);
  }

  *explainTree(): Exec<TreeNode | null> {
    const block = this.#block;
    const { explained } = block.context.statement;
    if (explained === undefined || !hasTree(block)) return null;
    const beside = yield* explained.treesOf(block.scope);
    if (beside === null) return null;
    if (block.minMax !== null) return { ...FETCHED_BEFORE, beside };
    const plan = this.#plan ?? (yield* this.#makePlan());
    for (const { table } of plan.steps) yield* sizeMade(table);
    if (isMadeOnce(plan)) return { ...FETCHED_BEFORE, beside };
    const made = yield* explained.madeIn(block.scope, plan);
    if (made === null) return null;
    const impossible = plan.impossible ?? (yield* emptyConstants(plan));
    return { ...blockNode(this.#block, { ...plan, impossible, made }), beside };
  }

  *#makePlan(): Exec<JoinPlan> {
    const written = this.#block;
    const { where, known } = yield* decidedBefore(
      written.where,
      written.context.statement.env,
      searchedTables(written.from),
    );
    const block = where === written.where ? written : { ...written, where };
    const isEmpty = block.endsFirst !== null && !(yield* readEnds(block.endsFirst));
    const planned = planOf(block, known, this.#handlers, isEmpty ? NO_MATCHING_END : null);
    const plan = "tree" in planned ? planned : yield* planned;
    this.#block = block;
    this.#plan = plan;
    return plan;
  }
}

/** A derived table has as many rows as its plan says; one of a single row is told as a system table. */
function* sizeMade({ source }: JoinTable): Exec<void> {
  if (source.kind !== "rows" || source.plan === undefined) return;
  const { rows, isOneRow } = yield* source.plan();
  source.estimate = rows;
  if (isOneRow) source.isOneRow = true;
}

function isMadeOnce({ steps: [step] }: JoinPlan): boolean {
  return step?.table.source.kind === "rows" && step.table.source.isOneRow === true;
}

/** Grouped by what is the same in all rows. MySQL: JOIN::group_optimized_away. */
function isOneGroup({ group, where, isRollup, context }: Block): boolean {
  if (group === null || isRollup) return false;
  const { classes } = equalitiesOf(splitConjuncts(where), context.statement.env);
  const fixed = classes.flatMap(({ constant, columns }) => (constant === null ? [] : columns));
  return group.every((key) => key.isConst || fixed.some((item) => isSame(item, key)));
}

function estimateOf(block: Block): number {
  if (isGrouped(block) && (block.group?.length ?? 0) === 0) return 1;
  return Math.max(1, Math.min(block.limit.count, expectedRows(block.from, block.where)));
}

function planOf(
  block: Block,
  known: KnownConstants,
  handlers: Handlers,
  nothing: string | null = null,
  keep: ((kept: KeptPlan) => void) | null = null,
): Answer<JoinPlan> {
  const { statement } = block.context;
  const grouped = isGrouped(block);
  const isWindowed = sortsWindows(block);
  const isPlain = !grouped && !block.isDistinct && block.having === null && !isWindowed;
  const groupOrder = gatheringOrder(block);
  const hasOneOrder = isPlain || ordersAsGathered(block, groupOrder);
  const { limit, countsAll } = block;
  const limitWritten =
    Number.isFinite(limit.count) && !countsAll ? limit.count + limit.offset : null;
  const isUnsorted =
    !block.isDistinct && block.order.length === 0 && (block.group ?? []).length === 0;
  return planJoin({
    ctx: statement.ctx,
    env: statement.env,
    from: block.from,
    where: block.where,
    known,
    nothing,
    order: isPlain ? block.order : groupOrder,
    hasOneOrder,
    isGroup: !isPlain,
    gathers: gathersBy(block),
    sortsWindows: isWindowed,
    isBuffered: statement.gathered?.body === block.spec,
    wantsSorted: wantsSorted(block),
    gatheredBy: isPlain ? NOTHING_GATHERED : (gatheredBy(block) ?? NOTHING_GATHERED),
    limitWritten,
    rowLimit: isUnsorted ? limitWritten : null,
    endsUnfiltered: endsUnfiltered(block),
    loose: isPlain ? null : looseRequest(block),
    maySkip:
      block.group === null &&
      !block.isDistinct &&
      block.uses.every(({ distinct }) => distinct === null),
    limit:
      (isPlain || (hasOneOrder && endsWithGroups(block))) && block.windows.length === 0
        ? limitWritten
        : null,
    mayHash: true,
    hints: hintsOf(statement, block.spec),
    isStraight: isStraight(statement, block.spec),
    isWholeStatement: isPlain && block.scope.parent === null && block.context.ctes === null,
    mayPush: !block.isGuarded,
    testedFor: block.testedFor,
    isGuarded: block.isGuarded,
    handlers,
    keep,
    scope: block.scope,
  });
}

/** MySQL: calculate_condition_filter, of the last table of a block that is no part of another. */
function endsUnfiltered({ context, scope, order, group, limit }: Block): boolean {
  if (context.isMade === true || scope.parent !== null) return false;
  if (context.statement.isExplained === true) return false;
  return (order.length === 0 && group === null) || !Number.isFinite(limit.count);
}

/** Do rows go through a temporary table on their way to the select list? MySQL: JOIN::need_tmp_before_win. */
function usesTemporary(block: Block, plan: JoinPlan): boolean {
  if (block.isDistinct) return true;
  if (isGrouped(block)) {
    return (block.group?.length ?? 0) > 0 && !block.isRollup && !plan.isOrdered;
  }
  if (block.order.length === 0 || plan.isOrdered || plan.steps.length < 2) return false;
  const first = plan.steps[0]?.table.scope.position ?? 0;
  const sortable = [first, ...plan.constants.map(({ table }) => table.scope.position)];
  const mask = sortable.reduce((bits, position) => bits | (2 ** position), 0);
  return block.order.some(({ item }) => (item.tables & ~mask) !== 0);
}
