/**
 * A join plan as EXPLAIN's tree.
 *
 * MySQL: ExplainJoinTypeAndCondition, ExplainAccessPath; the estimates of ConnectJoins.
 * Departure: what materializing, weeding out and looking for a first match cost is left out.
 */
import type { Item } from "../../expr/item.ts";
import { rowEvaluateCost } from "../../optimizer/cost.ts";
import type { JoinPlan, JoinStep, JoinTable, JoinTree } from "../join/join_types.ts";
import { type Estimate, estimated, node, type TreeNode, throughTable } from "./tree.ts";
import { accessNode } from "./tree_access.ts";
import { conditionsText, itemText, nameText } from "./tree_names.ts";

/** How a derived table is filled. */
export interface MadeTree {
  readonly filling: string;
  readonly tree: TreeNode;
}

export type TreePlan = JoinPlan & { readonly made?: ReadonlyMap<JoinTable, MadeTree> };

export function joinNode(plan: TreePlan): TreeNode {
  if (plan.impossible !== null) return node(`Zero rows (${plan.impossible})`, estimated(0, 0, 0));
  return treeNode(plan, plan.tree);
}

function treeNode(plan: TreePlan, tree: JoinTree): TreeNode {
  switch (tree.kind) {
    case "single":
      return node("Rows fetched before execution", estimated(0, 1, 0));
    case "table":
      return stepNode(plan, tree.step);
    case "filter": {
      const source = treeNode(plan, tree.source);
      return node(`Filter: ${conditionsText(tree.conditions)}`, source.estimate, [source]);
    }
    case "first": {
      const source = treeNode(plan, tree.source);
      return node("Limit: 1 row(s)", source.estimate, [source]);
    }
    case "sorted": {
      const source = treeNode(plan, tree.source);
      return node(`Sort: ${sortText(tree.order)}`, source.estimate, [source]);
    }
    case "nested": {
      if (tree.outer.kind === "single") return treeNode(plan, tree.inner);
      const names = {
        inner: "Nested loop inner join",
        left: "Nested loop left join",
        semi: "Nested loop semijoin (FirstMatch)",
        anti: "Nested loop antijoin",
      } as const;
      const [outer, inner] = [treeNode(plan, tree.outer), treeNode(plan, tree.inner)];
      const strategy =
        tree.type === "inner" && tree.outer.kind === "distinct" ? " (LooseScan)" : "";
      const estimate = nestedEstimate(outer, inner, tree.inner);
      return node(`${names[tree.type]}${strategy}`, estimate, [outer, inner]);
    }
    case "hash": {
      const names = {
        inner: "Inner hash join",
        left: "Left hash join",
        semi: "Hash semijoin (FirstMatch)",
        anti: "Hash antijoin",
      } as const;
      const equal = tree.keys.map(
        ({ build, probe }) => `${keyText(build, probe, tree.buildTables)}`,
      );
      const conditions = equal.length === 0 ? " (no condition)" : ` ${joinText(equal)}`;
      const extra =
        tree.extra.length === 0 ? "" : `, extra conditions: ${conditionsText(tree.extra)}`;
      const [probe, build] = [treeNode(plan, tree.probe), treeNode(plan, tree.build)];
      const estimate = hashEstimate(probe, build, tree.type === "inner" ? tree.probe : tree.build);
      const children = [probe, node("Hash", null, [build])];
      return node(`${names[tree.type]}${conditions}${extra}`, estimate, children);
    }
    case "weedout": {
      const tables = tree.tables.map(({ scope }) => scope.alias).join(", ");
      const source = treeNode(plan, tree.source);
      const text = `Remove duplicate ${tables} rows using temporary table (weedout)`;
      return node(text, source.estimate, [source]);
    }
    case "distinct": {
      const source = treeNode(plan, tree.source);
      const columns = tree.columns.map((item) => nameText(columnName(item))).join(", ");
      const distinct = node(`Remove duplicates from input sorted on ${columns}`, source.estimate, [
        source,
      ]);
      if (tree.inner === null) return distinct;
      const inner = treeNode(plan, tree.inner);
      const estimate = nestedEstimate(source, inner, tree.inner);
      return node("Nested loop semijoin with duplicate removal", estimate, [source, inner]);
    }
  }
}

function stepNode(plan: TreePlan, step: JoinStep): TreeNode {
  const { estimate, conditions, chosen } = step;
  if (step.made !== null) {
    const inner = treeNode(plan, step.made.tree);
    const made = node("Materialize with deduplication", null, [inner]);
    const alias = `<subquery${nestNumber(plan, step)}>`;
    const how = step.made.key === null ? "Table scan on" : "Single-row index lookup on";
    const by = step.made.key === null ? "" : ` using <auto_distinct_key> (${keyOf(step.made)})`;
    return node(`${how} ${alias}${by}`, null, [made]);
  }
  const made = plan.made?.get(step.table);
  if (made !== undefined) {
    const scan = throughTable(step.table.scope.alias, made.filling, made.tree);
    if (conditions.length === 0) return scan;
    return node(`Filter: ${conditionsText(conditions)}`, scan.estimate, [scan]);
  }
  const access = accessNode(step, estimated(estimate.cost, chosen.rows));
  if (conditions.length === 0) return access;
  const isSorted = plan.steps.length === 1 && !plan.isOrdered && !plan.request.isGroup;
  const rows = isSorted ? chosen.rows : estimate.filtered;
  const filtered = estimated(estimate.cost, rows);
  return node(`Filter: ${conditionsText(conditions)}`, filtered, [access]);
}

/** MySQL numbers query blocks in the order of the text; a statement's first subquery is the second. */
function nestNumber(plan: JoinPlan, step: JoinStep): number {
  const found = plan.steps.filter(({ made }) => made !== null);
  return step.made?.block ?? found.findIndex(({ made }) => made === step.made) + 2;
}

function keyOf({ inner, key }: NonNullable<JoinStep["made"]>): string {
  return (key ?? [])
    .map((item, at) => `${nameText(columnName(inner[at] ?? item))} = ${itemText(item)}`)
    .join(", ");
}

function columnName(item: Item): string {
  return /`((?:[^`]|``)+)`\)?$/.exec(item.text())?.[1] ?? item.text();
}

/** MySQL: SetCostOnNestedLoopAccessPath. */
function nestedEstimate(outer: TreeNode, inner: TreeNode, within: JoinTree): Estimate | null {
  const [step] = stepsIn(within);
  if (step === undefined || outer.estimate === null || inner.estimate === null) return null;
  const { readCost, filter } = step.estimate;
  const rows = outer.estimate.rows * (filter > 0 ? inner.estimate.rows / filter : 0);
  return estimated(outer.estimate.cost + readCost + rowEvaluateCost(rows), rows * filter);
}

/** MySQL: SetCostOnHashJoinAccessPath. `joined`: the table that is joined to those before it. */
function hashEstimate(probe: TreeNode, build: TreeNode, joined: JoinTree): Estimate | null {
  const [step] = stepsIn(joined);
  if (step === undefined || probe.estimate === null || build.estimate === null) return null;
  const { readCost, filter } = step.estimate;
  const rows = probe.estimate.rows * build.estimate.rows;
  return estimated(build.estimate.cost + readCost + rowEvaluateCost(rows), rows * filter);
}

function stepsIn(tree: JoinTree): readonly JoinStep[] {
  switch (tree.kind) {
    case "single":
      return [];
    case "table":
      return [tree.step];
    case "filter":
    case "first":
    case "sorted":
    case "weedout":
      return stepsIn(tree.source);
    case "distinct":
      return [...stepsIn(tree.source), ...(tree.inner === null ? [] : stepsIn(tree.inner))];
    case "nested":
      return [...stepsIn(tree.outer), ...stepsIn(tree.inner)];
    case "hash":
      return [...stepsIn(tree.probe), ...stepsIn(tree.build)];
  }
}

/** The table that is read later stands on the left. */
function keyText(build: Item, probe: Item, buildTables: readonly JoinTable[]): string {
  const isBuiltLater = buildTables.some(
    ({ scope }) => (probe.tables & (2 ** scope.position - 1)) !== 0,
  );
  const [left, right] = isBuiltLater ? [build, probe] : [probe, build];
  return `${itemText(left)} = ${itemText(right)}`;
}

function joinText(parts: readonly string[]): string {
  return parts.map((part) => `(${part})`).join(", ");
}

export function sortText(
  order: readonly { readonly item: Item; readonly desc: boolean }[],
): string {
  return order.map(({ item, desc }) => `${itemText(item)}${desc ? " DESC" : ""}`).join(", ");
}
