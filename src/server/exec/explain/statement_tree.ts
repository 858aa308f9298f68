/** A statement's plan as a tree: nothing is changed, and read are constant tables and derived tables of one row alone. */
import type { Exec, StatementContext } from "../../context.ts";
import { newEnv } from "../../types/eval_env.ts";
import { assignedVariables } from "../assigned_variables.ts";
import { type Executable, kindOf, onlyTable } from "../executable.ts";
import { emptyConstants } from "../join/join_rows.ts";
import type { JoinPlan } from "../join/join_types.ts";
import { deletedAtOnce, updatedAtOnce } from "../multi/immediate_targets.ts";
import {
  type MultiJoin,
  planMulti,
  resolveMultiDelete,
  resolveMultiUpdate,
  type Target,
} from "../multi/resolve_multi.ts";
import { openQuery } from "../query.ts";
import { openInserted } from "../resolve_insert.ts";
import { isPlannedAsJoin } from "../semijoin.ts";
import type { StatementEnv } from "../statement_env.ts";
import { bareQuery } from "./bare_query.ts";
import { blockNumbers } from "./block_numbers.ts";
import { Explained } from "./explained.ts";
import { estimated, ROW_COST, type TreeNode, node as treeNode, treeText } from "./tree.ts";
import { FETCHED_BEFORE } from "./tree_block.ts";
import { joinNode } from "./tree_join.ts";

/** EXPLAIN FORMAT=TREE; null for what has no tree here. */
export function* treeOf(ctx: StatementContext, node: Executable): Exec<string | null> {
  const quiet: StatementContext = Object.create(ctx, { planChosen: { value: () => {} } });
  const statement: StatementEnv = {
    ctx: quiet,
    env: newEnv(quiet),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
    isExplained: true,
    explained: new Explained(blockNumbers(node)),
  };
  const tree = yield* statementTree(statement, node);
  return tree === null ? null : treeText(tree);
}

function* statementTree(statement: StatementEnv, node: Executable): Exec<TreeNode | null> {
  switch (node.kind) {
    case "select": {
      const opened = openQuery(node.query, null, { statement, ctes: null });
      return opened.explainTree === undefined ? null : yield* opened.explainTree();
    }
    case "insert": {
      const text = `${node.verb === "replace" ? "Replace" : "Insert"} into ${node.table.name.text}`;
      if (node.source.kind !== "insertQuery") {
        return treeNode(text, null, [treeNode(FETCHED_BEFORE.text, null)]);
      }
      const { schema, name } = node.table;
      const table = { name: name.text, schema: schema?.text ?? statement.ctx.database };
      const opened = openInserted(statement, bareQuery(node.source.query), table);
      const source = opened.explainTree === undefined ? null : yield* opened.explainTree();
      return source === null ? null : treeNode(text, null, [{ ...source, beside: [] }]);
    }
    case "update": {
      const target = onlyTable(node.tables);
      const isOne = target !== null && node.with === null;
      if (isOne && !isPlannedAsJoin(node, statement.ctx.facts)) return NO_ITERATORS;
      const resolved = resolveMultiUpdate(statement, node);
      const plan = yield* explainedPlan(statement, resolved);
      const assigned = new Map(
        resolved.targets.map((one) => {
          const { position } = one.joinTable.scope;
          const own = resolved.assignments.filter((assignment) => assignment.target === position);
          return [one, new Set(own.map(({ column }) => column))] as const;
        }),
      );
      const atOnce = updatedAtOnce(plan, resolved.targets, assigned);
      return treeNode(`Update ${targetsText(resolved, atOnce)}`, null, [joinNode(plan)]);
    }
    case "delete": {
      const target = node.targets === null ? onlyTable(node.from) : null;
      const isOne = target !== null && node.with === null;
      if (isOne && !isPlannedAsJoin(node, statement.ctx.facts)) return NO_ITERATORS;
      const resolved = resolveMultiDelete(statement, node);
      const plan = yield* explainedPlan(statement, resolved);
      const text = `Delete from ${targetsText(resolved, deletedAtOnce(plan, resolved.targets))}`;
      const cost = plan.cost + ROW_COST * plan.expectedRows;
      return treeNode(text, estimated(cost, plan.expectedRows), [joinNode(plan)]);
    }
  }
}

const NO_ITERATORS = treeNode("<not executable by iterator executor>", null);

function* explainedPlan(statement: StatementEnv, join: MultiJoin): Exec<JoinPlan> {
  const plan = yield* planMulti(statement, join, []);
  return { ...plan, impossible: plan.impossible ?? (yield* emptyConstants(plan)) };
}

function targetsText({ targets }: MultiJoin, atOnce: ReadonlySet<Target>): string {
  return targets
    .map((target) => {
      const how = atOnce.has(target) ? "immediate" : "buffered";
      return `${target.joinTable.scope.alias} (${how})`;
    })
    .join(", ");
}
