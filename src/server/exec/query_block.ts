/**
 * One SELECT block: planned and run.
 *
 *   FROM, WHERE ─▶ join ─▶ [groups ─▶ HAVING] ─▶ select list ─▶ DISTINCT ─▶ ORDER BY ─▶ LIMIT ─▶ sink
 *
 * MySQL: JOIN::optimize, JOIN::create_access_paths, Query_expression::ExecuteIteratorQuery.
 */
import type { Row } from "../../innodb/api.ts";
import type { QuerySpecification } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { isTrue } from "../expr/item.ts";
import type { Scope } from "../expr/scope.ts";
import { type Block, isGrouped } from "./block.ts";
import { directOutput, sortedOutput } from "./block_output.ts";
import { expectedRows } from "./expected_rows.ts";
import { explainJoin } from "./explain_join.ts";
import { collectGroups } from "./grouping.ts";
import { planJoin } from "./join_plan.ts";
import { forEachRow, type Handlers } from "./join_rows.ts";
import type { JoinPlan } from "./join_types.ts";
import { type KnownConstants, knownConstants, NOTHING_KNOWN } from "./known_constants.ts";
import { limitedSink } from "./limit.ts";
import { readEnds, showEnds } from "./min_max.ts";
import type { OpenQuery, QueryContext, RowSink } from "./query_types.ts";
import { type BlockTail, resolveBlock } from "./resolve_block.ts";
import { columnsOf } from "./select_list.ts";
import type { SortKey } from "./sort_rows.ts";

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
    columns: columnsOf(block.selected, block.scope),
    outerTables: block.scope.outerTables,
    estimate: estimateOf(block),
    *forEach(sink) {
      const limited = limitedSink(block.limit, block.countsAll, sink);
      if (block.minMax !== null) yield* runEnds(block, limited.sink);
      else if (block.limit.count > 0 || block.countsAll) {
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
    *explain() {
      const { ctx } = context.statement;
      if (block.minMax !== null) showEnds(block.minMax, ctx);
      else yield* explainJoin(planned(yield* knownConstants(block.where)), ctx);
    },
  };
}

function estimateOf(block: Block): number {
  if (isGrouped(block) && (block.group?.length ?? 0) === 0) return 1;
  return Math.max(1, Math.min(block.limit.count, expectedRows(block.from, block.where)));
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
    mayHash: true,
    mayPush: true,
  });
}

function* runBlock(block: Block, plan: JoinPlan, handlers: Handlers, sink: RowSink): Exec<void> {
  const isSorted =
    block.order.length > 0 &&
    (isGrouped(block) || block.isDistinct || block.having !== null || !plan.isOrdered);
  const output = isSorted
    ? sortedOutput(block, plan.expectedRows, sink)
    : directOutput(block, sink);
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

/** MIN and MAX from the ends of indexes: one row. */
function* runEnds(block: Block, sink: RowSink): Exec<void> {
  if (block.minMax === null || block.limit.count === 0) return;
  showEnds(block.minMax, block.context.statement.ctx);
  yield* readEnds(block.minMax, block.where);
  if (block.having === null || (yield* isTrue(block.having))) {
    yield* directOutput(block, sink).add();
  }
}
