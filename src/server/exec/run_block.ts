/**
 * The rows of a planned block: joined, grouped, computed, sorted.
 *
 * MySQL: JOIN::create_access_paths, Query_expression::ExecuteIteratorQuery.
 */
import { isPending, settled } from "../../base/answer.ts";
import type { Row } from "../../innodb/api.ts";
import type { Answer, Exec } from "../context.ts";
import { type Item, isTrue } from "../expr/item.ts";
import { type Block, isGrouped, sortsWindows } from "./block.ts";
import { comesGathered, wantsSorted } from "./block_gathering.ts";
import {
  directOutput,
  gatheredOutput,
  type Output,
  plainColumns,
  sortedOutput,
} from "./block_output.ts";
import { collectGroups, sortedIntake } from "./grouping.ts";
import { forEachRow, forEachRowPlainly } from "./join/join_rows.ts";
import type { Body } from "./join/join_run.ts";
import type { JoinPlan } from "./join/join_types.ts";
import type { Handlers } from "./join/step_reader.ts";
import type { LimitedSink } from "./limit.ts";
import { readEnds, showEnds } from "./min_max.ts";
import type { RowSink, RowTaker } from "./query_types.ts";
import { windowOutput } from "./windows/window_output.ts";

/** `all`: who takes every row, and may take it as it is. */
export function runBlock(
  block: Block,
  plan: JoinPlan,
  handlers: Handlers,
  limited: LimitedSink,
  all: RowTaker | null,
): Answer<void> {
  const { sink } = limited;
  const isWindowed = block.windows.length > 0;
  const isGathered =
    !isWindowed && (block.isDistinct || block.group !== null) && comesGathered(block, plan);
  const isSorted =
    block.order.length > 0 &&
    !isGathered &&
    !(block.isDistinct && comesLoosely(block.order, plan)) &&
    (isGrouped(block) ||
      sortsWindows(block) ||
      block.isDistinct ||
      block.having !== null ||
      !(plan.isOrdered || plan.sortsFirst));
  const order = isWindowed && isSorted && sortsBefore(block, plan) ? block.order : NO_ORDER;
  const behind =
    isSorted && order.length === 0
      ? sortedOutput(block, plan.expectedRows, sink)
      : isGathered && block.isDistinct
        ? gatheredOutput(block, sink)
        : directOutput(block, sink);
  const output = isWindowed ? windowOutput(block, order, behind) : behind;
  const { having } = block;
  const filtered: Body = having === null ? output.add : () => whenTrue(having, output.add);
  if (isGrouped(block)) return runGroups(block, plan, handlers, filtered, output);
  const where = block.from === null ? block.where : null;
  const body: Body = where === null ? filtered : () => whenTrue(where, filtered);
  const isDirect = plan.tree.kind === "table" && !isSorted && !isGathered && body === behind.add;
  const columns = all !== null && isDirect && limited.isWithoutLimit ? plainColumns(block) : null;
  if (all !== null && columns !== null) {
    return forEachRowPlainly(plan, body, handlers, (row) => {
      limited.noteSent();
      all(row, columns);
    });
  }
  const mayRefuse = !isWindowed && !isSorted && !block.isDistinct && block.limit.offset > 0;
  const refused = mayRefuse ? () => limited.wasSkipped() : undefined;
  const rows = forEachRow(plan, body, handlers, refused);
  return output.finish === null ? rows : finished(rows, output.finish);
}

const NO_ORDER: Block["order"] = [];

/** Windows that sort nothing see the rows of one table in ORDER BY's order (MySQL: JOIN::m_windows_sort, simple_order). */
function sortsBefore(block: Block, { steps }: JoinPlan): boolean {
  const { isDistinct, having } = block;
  const isPlain = !isGrouped(block) && !isDistinct && having === null;
  return isPlain && steps.length === 1 && !sortsWindows(block);
}

/** DISTINCT gets each kind of row once, in ORDER BY's order: LIMIT ends the scan. */
function comesLoosely(order: Block["order"], { steps }: JoinPlan): boolean {
  const path = steps[0]?.chosen.path;
  if (path?.kind !== "loose") return false;
  const { parts } = path.index;
  return order.every(({ item: { shape }, desc }, at) => {
    const part = parts[at];
    return shape.kind === "column" && shape.column === part?.column && !desc && !part.desc;
  });
}

function* finished(rows: Answer<void>, finish: () => Exec<void>): Exec<void> {
  if (isPending(rows)) yield* rows;
  yield* finish();
}

function* runGroups(
  block: Block,
  plan: JoinPlan,
  handlers: Handlers,
  filtered: Body,
  output: Output,
): Exec<void> {
  const where = block.from === null ? block.where : null;
  const emptyRows = block.scope.tables.map((table): Row => table.columns.map(() => null));
  const slots = block.scope.tables.map((table) => table.slot);
  const keys = block.group ?? [];
  const groups = collectGroups(
    { keys, isRollup: block.isRollup, keyCells: block.keyCells, uses: block.uses, slots },
    emptyRows,
  );
  const isSortedFirst = plan.isOrdered || plan.sortsFirst || !wantsSorted(block);
  const intake = isSortedFirst ? groups : sortedIntake(slots, keys, groups);
  const isInOrder =
    plan.isOrdered &&
    plan.steps.length > 0 &&
    plan.steps[0]?.chosen.path.kind !== "loose" &&
    keys.length > 0 &&
    !block.isRollup &&
    output.finish === null;
  yield* settled(
    forEachRow(
      plan,
      function* () {
        if (where !== null && !(yield* isTrue(where))) return true;
        if (isInOrder) return yield* groups.addInOrder(filtered);
        yield* intake.add();
        return true;
      },
      handlers,
    ),
  );
  yield* intake.finish();
  yield* groups.forEach(filtered);
  if (output.finish !== null) yield* output.finish();
}

function* whenTrue(condition: Item, body: Body): Exec<boolean> {
  if (!(yield* isTrue(condition))) return true;
  const wantsMore = body();
  return typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore;
}

/** MIN and MAX from the ends of indexes: one row. */
export function* runEnds(block: Block, sink: RowSink): Exec<void> {
  if (block.minMax === null || block.limit.count === 0) return;
  showEnds(block.minMax, block.context.statement.ctx);
  yield* readEnds(block.minMax);
  if (block.having === null || (yield* isTrue(block.having))) {
    const wantsMore = directOutput(block, sink).add();
    if (typeof wantsMore !== "boolean") yield* wantsMore;
  }
}
