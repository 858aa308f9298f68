/** Plans a statement for EXPLAIN: nothing is changed, and read are constant tables and derived tables of one row alone. */
import type { PlanState } from "../../trace/state.ts";
import type { Exec, StatementContext } from "../context.ts";
import { newEnv } from "../types/eval_env.ts";
import { assignedVariables } from "./assigned_variables.ts";
import { type Executable, kindOf, onlyTable } from "./executable.ts";
import { estimated, type TreeNode, node as treeNode, treeText } from "./explain/tree.ts";
import { FETCHED_BEFORE, scanOf } from "./explain/tree_block.ts";
import { joinNode } from "./explain/tree_join.ts";
import { explainJoin } from "./explain_join.ts";
import { deletedAtOnce, updatedAtOnce } from "./immediate_targets.ts";
import { emptyConstants } from "./join_rows.ts";
import { type JoinPlan, NO_CONSTANT_ROW, REFUSED_CONSTANT_ROW } from "./join_types.ts";
import { decidedBefore } from "./known_constants.ts";
import { chooseModify } from "./modify_plan.ts";
import { openQuery } from "./query.ts";
import { resolveDelete, resolveUpdate } from "./resolve_modify.ts";
import {
  type MultiJoin,
  planMulti,
  resolveMultiDelete,
  resolveMultiUpdate,
  type Target,
} from "./resolve_multi.ts";
import { isPlannedAsJoin } from "./semijoin.ts";
import type { StatementEnv } from "./statement_env.ts";
import { tablesOf } from "./tables_of.ts";

export function* plansOf(ctx: StatementContext, node: Executable): Exec<readonly PlanState[]> {
  const plans: PlanState[] = [];
  const recording: StatementContext = Object.create(ctx, {
    planChosen: { value: (plan: PlanState) => plans.push(plan) },
  });
  const statement: StatementEnv = {
    ctx: recording,
    env: newEnv(recording),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
    isExplained: true,
  };
  switch (node.kind) {
    case "select":
      yield* openQuery(node.query, null, { statement, ctes: null }).explain();
      break;
    case "insert":
      plans.push(insertPlan(node.table.name.text));
      if (node.source.kind === "insertQuery")
        yield* openQuery(node.source.query, null, { statement, ctes: null }).explain();
      break;
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null || isPlannedAsJoin(node, ctx.facts)) {
        yield* explainMulti(statement, resolveMultiUpdate(statement, node));
        break;
      }
      const plan = resolveUpdate(statement, node, target);
      const assigned = new Set(plan.assignments.map(({ column }) => column));
      const { where, known } = yield* decidedBefore(plan.where, statement.env);
      chooseModify({ ...plan, where }, "update", assigned, known);
      break;
    }
    case "delete": {
      const target = node.targets === null ? onlyTable(node.from) : null;
      if (target === null || node.with !== null || isPlannedAsJoin(node, ctx.facts)) {
        yield* explainMulti(statement, resolveMultiDelete(statement, node));
        break;
      }
      const plan = resolveDelete(statement, node, target);
      const { where, known } = yield* decidedBefore(plan.where, statement.env);
      chooseModify({ ...plan, where }, "delete", new Set(), known);
      break;
    }
  }
  if (plans.length === 0) plans.push(NO_TABLES);
  const nothing = plans.find(
    ({ extra }) => extra === NO_CONSTANT_ROW || extra === REFUSED_CONSTANT_ROW,
  );
  return nothing === undefined ? plans : plans.filter(isInsertTarget).concat(nothing);
}

/** EXPLAIN FORMAT=TREE; null for what has no tree here. */
export function* treeOf(ctx: StatementContext, node: Executable): Exec<string | null> {
  const quiet: StatementContext = Object.create(ctx, { planChosen: { value: () => {} } });
  const statement: StatementEnv = {
    ctx: quiet,
    env: newEnv(quiet),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
    isExplained: true,
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
      const opened = openQuery(node.source.query, null, { statement, ctes: null });
      const source = opened.explainTree === undefined ? null : yield* opened.explainTree();
      if (source === null) return null;
      const { schema, name } = node.table;
      const { query } = node.source;
      const isRead = tablesOf({ kind: "select", span: query.span, query }).some(
        (use) => use.name === name.text && (use.schema ?? null) === (schema?.text ?? null),
      );
      return treeNode(text, null, [isRead ? buffered(source) : source]);
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
      const cost = plan.cost + DELETED_ROW_COST * plan.expectedRows;
      return treeNode(text, estimated(cost, plan.expectedRows), [joinNode(plan)]);
    }
  }
}

/** INSERT into a table that it reads: the rows are put aside first. */
function buffered(source: TreeNode): TreeNode {
  const { estimate } = source;
  if (estimate === null) {
    return treeNode("Table scan on <temporary>", null, [
      treeNode("Temporary table", null, [source]),
    ]);
  }
  const filled = estimate.cost + WRITTEN_ROW_COST * estimate.rows;
  const made = treeNode("Temporary table", estimated(filled, estimate.rows, filled), [source]);
  return treeNode("Table scan on <temporary>", scanOf(filled, estimate.rows), [made]);
}

const DELETED_ROW_COST = 0.23;
const WRITTEN_ROW_COST = 0.23;
const NO_ITERATORS = treeNode("<not executable by iterator executor>", null);

function* explainedPlan(statement: StatementEnv, join: MultiJoin): Exec<JoinPlan> {
  const plan = yield* planMulti(statement, join, new Map());
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

/** A query without tables, or one whose rows are written in it. */
const NO_TABLES: PlanState = {
  table: "",
  access: "none",
  key: null,
  keyLen: null,
  rows: 0,
  cost: 0,
  extra: "No tables used",
  condition: "",
  considered: [],
};

const isInsertTarget = ({ access, rows }: PlanState): boolean => access === "ALL" && rows === 0;

function* explainMulti(statement: StatementEnv, join: MultiJoin): Exec<void> {
  yield* explainJoin(yield* planMulti(statement, join, new Map()), statement.ctx);
}

function insertPlan(table: string): PlanState {
  return {
    table,
    access: "ALL",
    key: null,
    keyLen: null,
    rows: 0,
    cost: 0,
    extra: "",
    condition: "",
    considered: [],
  };
}
