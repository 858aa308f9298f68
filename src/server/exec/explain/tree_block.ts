/**
 * A SELECT block as EXPLAIN's tree: the join, and above it groups, HAVING, DISTINCT, ORDER BY and LIMIT.
 *
 * MySQL: JOIN::create_root_access_path_for_join, attach_access_paths_for_having_qualify_limit.
 * Departure: subqueries of expressions have no branch of their own.
 */
import { type Block, isGrouped } from "../block.ts";
import { comesGathered } from "../block_gathering.ts";
import type { JoinPlan } from "../join/join_types.ts";
import { type Estimate, estimated, node, type TreeNode } from "./tree.ts";
import { joinNode, sortText } from "./tree_join.ts";
import { conditionsText } from "./tree_names.ts";

const AGGREGATE_ROW_COST = 0.23;
const TEMPORARY_SCAN_COST = 2.5;
const TEMPORARY_SCAN_ROW_COST = 0.0125;

export const FETCHED_BEFORE: TreeNode = node("Rows fetched before execution", estimated(0, 1, 0));

export function blockNode(block: Block, plan: JoinPlan): TreeNode {
  const isGathered = comesGathered(block, plan);
  let at = joinNode(plan);
  if (plan.impossible !== null && !isGrouped(block)) return at;
  const [step] = plan.steps;
  const isPlainCount =
    isGrouped(block) &&
    block.group === null &&
    plan.steps.length === 1 &&
    block.where === null &&
    block.selected.length === 1 &&
    block.uses.length === 1 &&
    block.uses[0]?.text() === "count(0)" &&
    step?.table.source.kind === "base";
  if (isPlainCount) at = node(`Count rows in ${step.table.scope.alias}`, null);
  else if (isGrouped(block)) at = grouped(block, plan, at);
  if (block.having !== null) at = node(`Filter: ${conditionsText([block.having])}`, null, [at]);
  if (block.isDistinct && !isGrouped(block))
    at = isGathered || isInOrder(block, plan) ? groups(plan, at) : distinct(at);
  const isSorted =
    block.order.length > 0 &&
    !isGathered &&
    (isGrouped(block) || block.isDistinct || !plan.isOrdered);
  if (isSorted && !(plan.sortsFirst && !isGrouped(block))) at = sorted(block, plan, at);
  return limited(block, at);
}

function grouped(block: Block, plan: JoinPlan, source: TreeNode): TreeNode {
  const texts = block.uses.map(({ text }) => plain(text())).join(", ");
  const cost = plan.cost + AGGREGATE_ROW_COST * plan.expectedRows;
  if (block.group === null) return node(`Aggregate: ${texts}`, estimated(cost, 1), [source]);
  if (plan.isOrdered || block.isRollup || block.uses.some(({ wantsSorted }) => wantsSorted)) {
    const text = texts === "" ? "Group (no aggregates)" : `Group aggregate: ${texts}`;
    return node(text, estimated(cost, Math.sqrt(plan.expectedRows)), [source]);
  }
  const made =
    texts === "" ? "Temporary table with deduplication" : "Aggregate using temporary table";
  return node("Table scan on <temporary>", null, [node(made, null, [source])]);
}

/** Equal rows stand together in the index that is read. */
function isInOrder({ selected }: Block, { steps }: JoinPlan): boolean {
  const path = steps[0]?.chosen.path;
  if (steps.length !== 1 || path?.kind !== "index") return false;
  const columns = selected.map(({ item }) =>
    item.shape.kind === "column" ? item.shape.column : -1,
  );
  return path.index.parts.slice(0, columns.length).every(({ column }) => columns.includes(column));
}

function groups(plan: JoinPlan, source: TreeNode): TreeNode {
  const cost = plan.cost + AGGREGATE_ROW_COST * plan.expectedRows;
  return node("Group (no aggregates)", estimated(cost, Math.sqrt(plan.expectedRows)), [source]);
}

function distinct(source: TreeNode): TreeNode {
  const { estimate } = source;
  if (estimate === null) {
    const made = node("Temporary table with deduplication", null, [source]);
    return node("Table scan on <temporary>", null, [made]);
  }
  const filled = estimate.cost + AGGREGATE_ROW_COST * estimate.rows;
  const made = node(
    "Temporary table with deduplication",
    estimated(filled, estimate.rows, filled),
    [source],
  );
  return node("Table scan on <temporary>", scanOf(filled, estimate.rows), [made]);
}

/** The rows of a temporary table that cost `filled` to fill. */
export function scanOf(filled: number, rows: number): Estimate {
  const scan = TEMPORARY_SCAN_COST + TEMPORARY_SCAN_ROW_COST * rows;
  return estimated(filled + scan, rows, filled + scan / Math.max(1, rows));
}

function sorted(block: Block, plan: JoinPlan, source: TreeNode): TreeNode {
  const { limit } = block;
  const chunk = Number.isFinite(limit.count)
    ? `, limit input to ${limit.count + limit.offset} row(s) per chunk`
    : "";
  // Of a temporary table's columns the names are known, of others the expressions.
  const order = block.order.map((key) => {
    const named = isGrouped(block)
      ? block.selected.find(({ item }) => item === key.item)
      : undefined;
    return named === undefined ? sortText([key]) : `${named.name}${key.desc ? " DESC" : ""}`;
  });
  const text = `Sort: ${order.join(", ")}${chunk}`;
  const isJoin = plan.steps.length > 1 && !isGrouped(block) && !block.isDistinct;
  if (!isJoin) return node(text, source.estimate, [source]);
  return node(text, null, [node("Stream results", source.estimate, [source])]);
}

function limited({ limit }: Block, source: TreeNode): TreeNode {
  if (!Number.isFinite(limit.count)) return source;
  const text =
    limit.offset === 0
      ? `Limit: ${limit.count} row(s)`
      : `Limit/Offset: ${limit.count}/${limit.offset} row(s)`;
  const { estimate } = source;
  const rows = Math.max(0, Math.min(limit.count, (estimate?.rows ?? 0) - limit.offset));
  return node(text, estimate === null ? null : { ...estimate, rows }, [source]);
}

function plain(text: string): string {
  return text.replace(/`([^`]+)`\.`([^`]+)`\.`([^`]+)`/g, "$2.$3");
}
