/**
 * A SELECT block as EXPLAIN's tree: the join, and above it groups, HAVING, DISTINCT, ORDER BY and LIMIT.
 *
 * MySQL: JOIN::create_root_access_path_for_join, attach_access_paths_for_having_qualify_limit.
 * Departure: subqueries of conditions have no branch of their own.
 */
import { type Item, visitItem } from "../../expr/item.ts";
import { SUBQUERY_TEXT } from "../../expr/subquery.ts";
import { type Block, isGrouped } from "../block.ts";
import { comesGathered } from "../block_gathering.ts";
import type { JoinNode, JoinPlan } from "../join/join_types.ts";
import { type Estimate, estimated, node, ROW_COST, type TreeNode, throughTable } from "./tree.ts";
import { joinNode, sortText, type TreePlan } from "./tree_join.ts";
import { conditionsText } from "./tree_names.ts";

export const FETCHED_BEFORE: TreeNode = node("Rows fetched before execution", estimated(0, 1, 0));

/**
 * Windows, EXISTS in the select list and subqueries elsewhere have no tree here, and of tables that are made only one that
 * stands alone in a plain block.
 */
export function hasTree(block: Block): boolean {
  const { from, where, having, selected, order, group, windows } = block;
  const isPlain = !isGrouped(block) && !block.isDistinct && order.length === 0;
  if (windows.length > 0 || selected.some(({ item }) => hasExists(item))) return false;
  if (from !== null && readsMade(from) && (from.kind === "join" || !isPlain)) return false;
  const items = [where, having, ...order.map(({ item }) => item), ...(group ?? [])];
  return !items.some((item) => item?.text().includes(SUBQUERY_TEXT) === true);
}

/** Of the subqueries that are values only EXISTS is never NULL. */
function hasExists(item: Item): boolean {
  let isFound = false;
  visitItem(item, (part) => {
    if (part.text() === SUBQUERY_TEXT && !part.nullable) isFound = true;
  });
  return isFound;
}

/** A derived table or one of the server's own is in FROM. */
function readsMade(from: JoinNode): boolean {
  if (from.kind === "table") return from.table.source.kind === "rows";
  return readsMade(from.left) || readsMade(from.right);
}

export function blockNode(block: Block, plan: TreePlan): TreeNode {
  const isGathered = comesGathered(block, plan);
  let at = joinNode(plan);
  if (plan.impossible !== null && !isGrouped(block)) return at;
  const isBuffered = plan.request.isBuffered === true;
  if (isBuffered && isGrouped(block) && block.group === null) at = buffered(at);
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
  if (block.having !== null)
    at = node(`Filter: ${conditionsText([block.having])}`, at.estimate, [at]);
  const isSorted =
    block.order.length > 0 &&
    !isGathered &&
    (isGrouped(block) || block.isDistinct || !plan.isOrdered);
  const ends = isSorted ? null : tableLimit(block);
  if (block.isDistinct && !isGrouped(block))
    at = isGathered || isInOrder(block, plan) ? groups(plan, at) : distinct(at, ends);
  if (isSorted && !(plan.sortsFirst && !isGrouped(block))) at = sorted(block, plan, at);
  if (isBuffered && !isGrouped(block) && !block.isDistinct) at = buffered(at, ends);
  return limited(block, at);
}

/** The rows of INSERT ... SELECT from the table that it fills are put aside first. */
function buffered(source: TreeNode, ends: string | null = null): TreeNode {
  return throughTable("<temporary>", "Temporary table", source, ends);
}

/** A temporary table takes no more rows than LIMIT lets through. */
function tableLimit({ limit, isDistinct }: Block): string | null {
  if (!Number.isFinite(limit.count)) return null;
  return `Limit table size: ${limit.count + limit.offset} ${isDistinct ? "unique " : ""}row(s)`;
}

function grouped(block: Block, plan: JoinPlan, source: TreeNode): TreeNode {
  const texts = block.uses.map(({ text }) => plain(text())).join(", ");
  const cost = plan.cost + ROW_COST * plan.expectedRows;
  if (block.group === null) {
    const { init, cost: read, rows } = source.estimate ?? estimated(plan.cost, plan.expectedRows);
    const all = read + ROW_COST * rows;
    return node(`Aggregate: ${texts}`, estimated(all, 1, init === null ? null : all), [source]);
  }
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
  const cost = plan.cost + ROW_COST * plan.expectedRows;
  return node("Group (no aggregates)", estimated(cost, Math.sqrt(plan.expectedRows)), [source]);
}

function distinct(source: TreeNode, ends: string | null): TreeNode {
  return throughTable("<temporary>", "Temporary table with deduplication", source, ends);
}

function sorted(block: Block, plan: JoinPlan, source: TreeNode): TreeNode {
  const { limit } = block;
  const isHeld = plan.request.isBuffered === true;
  const chunk =
    Number.isFinite(limit.count) && !isHeld
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
  if (!isJoin) return node(text, block.isDistinct ? null : source.estimate, [source]);
  return node(text, null, [node("Stream results", source.estimate, [source])]);
}

function limited({ limit }: Block, source: TreeNode): TreeNode {
  if (!Number.isFinite(limit.count)) return source;
  const text =
    limit.offset === 0
      ? `Limit: ${limit.count} row(s)`
      : `Limit/Offset: ${limit.count}/${limit.offset} row(s)`;
  const { estimate } = source;
  return node(text, estimate === null ? null : limitedEstimate(estimate, limit), [source]);
}

/** Of what comes row by row LIMIT saves the rest. MySQL: EstimateLimitOffsetCost. */
function limitedEstimate(source: Estimate, { count, offset }: Block["limit"]): Estimate {
  const { init, cost } = source;
  const rows = Math.max(0, Math.min(count, source.rows - offset));
  if (init === null) return { init, cost, rows };
  const upTo = (read: number) =>
    init + Math.min(1, read / Math.max(1, source.rows)) * (cost - init);
  return { init: upTo(offset), cost: upTo(offset + count), rows };
}

function plain(text: string): string {
  return text.replace(/`([^`]+)`\.`([^`]+)`\.`([^`]+)`/g, "$2.$3");
}
