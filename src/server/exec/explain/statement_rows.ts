/**
 * EXPLAIN's traditional form of a statement: nothing is changed, and read are constant tables and derived tables of one row
 * alone.
 *
 * MySQL: explain_query, explain_single_table_modification (sql/opt_explain.cc).
 */

import { maxOf } from "../../../base/lists.ts";
import type { PlanState } from "../../../trace/state.ts";
import type { Exec, StatementContext } from "../../context.ts";
import type { Item } from "../../expr/item.ts";
import { NO_CONSTANT_ROW } from "../../optimizer/access_path.ts";
import { planTable } from "../../optimizer/plan_table.ts";
import { newEnv } from "../../types/eval_env.ts";
import { assignedVariables } from "../assigned_variables.ts";
import { type Executable, kindOf, onlyTable } from "../executable.ts";
import { emptyConstants } from "../join/join_rows.ts";
import { REFUSED_CONSTANT_ROW } from "../join/join_types.ts";
import { decidedBefore } from "../known_constants.ts";
import { chooseModify, type ModifyPlan } from "../modify_plan.ts";
import {
  type MultiJoin,
  planMulti,
  resolveMultiDelete,
  resolveMultiUpdate,
} from "../multi/resolve_multi.ts";
import { splitConjuncts } from "../predicate_of.ts";
import { openQuery, queryContext } from "../query.ts";
import { openInserted, resolveInsert } from "../resolve_insert.ts";
import { resolveDelete, resolveUpdate } from "../resolve_modify.ts";
import { isPlannedAsJoin } from "../semijoin.ts";
import type { StatementEnv } from "../statement_env.ts";
import { notUpdatable } from "../target_check.ts";
import { bareQuery } from "./bare_query.ts";
import { blockNumbers } from "./block_numbers.ts";
import { Explained, type ExplainRow, messageRow } from "./explained.ts";
import { NO_TABLES, planRows, shownRows } from "./plan_rows.ts";
import { possibleKeys } from "./possible_keys.ts";

export function* explainRows(ctx: StatementContext, node: Executable): Exec<readonly ExplainRow[]> {
  const plans: PlanState[] = [];
  const recording: StatementContext = Object.create(ctx, {
    planChosen: { value: (plan: PlanState) => plans.push(plan) },
  });
  const explained = new Explained(blockNumbers(node));
  const statement: StatementEnv = {
    ctx: recording,
    env: newEnv(recording),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
    isExplained: true,
    explained,
  };
  yield* explainStatement(statement, explained, node, plans);
  yield* explained.explainRest();
  return explained.rows;
}

function* explainStatement(
  statement: StatementEnv,
  explained: Explained,
  node: Executable,
  plans: readonly PlanState[],
): Exec<void> {
  switch (node.kind) {
    case "select":
      yield* openQuery(node.query, null, queryContext(statement)).explain("SIMPLE");
      return;
    case "insert": {
      const message = messageRow(1, node.verb.toUpperCase(), "");
      const target: ExplainRow = { ...message, table: node.table.name.text, type: "ALL" };
      if (node.source.kind === "insertQuery") {
        yield* explainInserted(statement, explained, node, target);
        return;
      }
      resolveInsert(statement, node);
      explained.rows.push(target);
      return;
    }
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null || isPlannedAsJoin(node, statement.ctx.facts)) {
        yield* explainJoin(statement, explained, resolveMultiUpdate(statement, node), "UPDATE");
        return;
      }
      const plan = resolveUpdate(statement, node, target);
      const { where, known } = yield* decidedBefore(plan.where, statement.env, [
        { slot: plan.slot, info: plan.table.info },
      ]);
      const chosen = chooseModify({ ...plan, where }, "update", plan.storing.written, known);
      explained.rows.push(modifyRow("UPDATE", plan, where, plans.at(-1), chosen));
      return;
    }
    case "delete": {
      const target = node.targets === null ? onlyTable(node.from) : null;
      if (target === null || node.with !== null || isPlannedAsJoin(node, statement.ctx.facts)) {
        yield* explainJoin(statement, explained, resolveMultiDelete(statement, node), "DELETE");
        return;
      }
      const plan = resolveDelete(statement, node, target);
      const { where, known } = yield* decidedBefore(plan.where, statement.env, [
        { slot: plan.slot, info: plan.table.info },
      ]);
      const isFreed = where === null && plan.where !== null;
      const chosen = chooseModify({ ...plan, where, isFreed }, "delete", new Set(), known);
      explained.rows.push(modifyRow("DELETE", plan, where, plans.at(-1), chosen));
      return;
    }
  }
}

/** The target stands first, in the place of "No tables used"; where a query is known to give nothing, there is no target. */
function* explainInserted(
  statement: StatementEnv,
  explained: Explained,
  { source, table: { schema, name } }: Extract<Executable, { kind: "insert" }>,
  target: ExplainRow,
): Exec<void> {
  if (source.kind !== "insertQuery") return;
  const table = statement.ctx.table(schema?.text ?? null, name.text, name.text);
  if (table.kind !== "base") throw notUpdatable(table, "INSERT");
  const at = explained.rows.length;
  yield* openInserted(statement, bareQuery(source.query), table).explain("SIMPLE");
  const first = explained.rows[at];
  if (first?.table !== null) explained.rows.splice(at, 0, target);
  else if (first.extra === NO_TABLES) explained.rows[at] = target;
}

function* explainJoin(
  statement: StatementEnv,
  explained: Explained,
  join: MultiJoin,
  verb: "UPDATE" | "DELETE",
): Exec<void> {
  const plan = yield* planMulti(statement, join, []);
  const impossible = plan.impossible ?? (yield* emptyConstants(plan));
  const selectType = explained.hasUnits ? "PRIMARY" : "SIMPLE";
  const rows = planRows({ ...plan, impossible }, { id: 1, selectType, gathered: null });
  const targets = new Set(join.targets.map(({ joinTable }) => joinTable.scope.alias));
  for (const row of rows) {
    const isTarget = row.table !== null && targets.has(row.table);
    const isNothing = impossible === NO_CONSTANT_ROW || impossible === REFUSED_CONSTANT_ROW;
    explained.rows.push(isTarget || isNothing ? { ...row, selectType: verb } : row);
  }
}

/** The one table that an UPDATE or DELETE reads and changes. MySQL: Explain_table. */
function modifyRow(
  verb: "UPDATE" | "DELETE",
  plan: ModifyPlan,
  where: Item | null,
  state: PlanState | undefined,
  { path }: ReturnType<typeof chooseModify>,
): ExplainRow {
  if (state === undefined || state.access === "none") {
    return messageRow(1, verb, state?.extra ?? "");
  }
  const { table, needed, hints } = plan;
  const endsEarly = path.kind === "index" && where === null && plan.order.length > 0;
  const parts = path.kind === "range" ? maxOf(path.ranges.map((range) => range.parts)) : 0;
  return {
    id: 1,
    selectType: verb,
    table: state.table,
    type: state.access,
    possibleKeys: possibleKeys({
      table: planTable({ table, where: { kind: "and", args: [] }, needed, hints }, false),
      bit: 1,
      conditions: [...splitConjuncts(where)],
      isOptional: false,
      gathered: null,
      maySkip: false,
      onlyConstants: true,
    }),
    key: state.key,
    keyLen: state.keyLen === null ? null : String(state.keyLen),
    ref: parts === 0 ? null : Array.from({ length: parts }, () => "const").join(","),
    rows: shownRows(endsEarly ? Math.min(state.rows, plan.limit ?? state.rows) : state.rows),
    filtered: 100,
    extra: state.extra,
  };
}
