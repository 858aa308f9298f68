/**
 * The way into the executor: SELECT, INSERT, REPLACE, UPDATE and DELETE, and EXPLAIN of them.
 */
import type { Explain } from "../../sql/ast_show.ts";
import type { Answer, Exec, ExecResult, StatementContext } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import type { GivenLiterals } from "../expr/given_literals.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { BIGINT, varchar } from "../types/sql_type.ts";
import { assignedVariables } from "./assigned_variables.ts";
import { runDelete } from "./delete.ts";
import { type Executable, kindOf, onlyTable } from "./executable.ts";
import type { ExplainRow } from "./explain/explained.ts";
import { explainRows } from "./explain/statement_rows.ts";
import { treeOf } from "./explain/statement_tree.ts";
import { runInsert } from "./insert.ts";
import { runMultiDelete } from "./multi/multi_delete.ts";
import { runMultiUpdate } from "./multi/multi_update.ts";
import { resolveMultiDelete, resolveMultiUpdate } from "./multi/resolve_multi.ts";
import { openQuery } from "./query.ts";
import { resolveInsert } from "./resolve_insert.ts";
import { resolveDelete, resolveUpdate } from "./resolve_modify.ts";
import { clientTexts, openSelect, runSelect, selectInto } from "./run_select.ts";
import { isPlannedAsJoin } from "./semijoin.ts";
import type { StatementEnv, StatementKind } from "./statement_env.ts";
import { runUpdate } from "./update.ts";
import { changeableTable, updateVirtual } from "./update_virtual.ts";

export function executeQuery(
  ctx: StatementContext,
  node: Executable,
  kind: StatementKind = kindOf(node),
): Answer<ExecResult> {
  return resolveQuery(ctx, node, null, kind).run();
}

/** A statement whose names are resolved. */
export interface ResolvedQuery {
  readonly run: () => Answer<ExecResult>;
  /** Makes it ready to run once more, for the same `ctx`; null where it was resolved for one time only. */
  readonly renew: (() => void) | null;
}

/** `given`: the literals that will have other values when it runs again. */
export function resolveQuery(
  ctx: StatementContext,
  node: Executable,
  given: GivenLiterals | null,
  kind: StatementKind = kindOf(node),
): ResolvedQuery {
  const env: EvalEnv = { ...newEnv(ctx), strict: refusesBadData(ctx, node), given };
  const statement: StatementEnv = {
    ctx,
    env,
    kind,
    assigned: assignedVariables(node, ctx.facts),
  };
  const renew = (): void => {
    env.rowNumber = 1;
  };
  const locked = (run: () => Answer<ExecResult>) => (): Answer<ExecResult> => {
    ctx.requireWriteLocks();
    return run();
  };
  switch (node.kind) {
    case "select": {
      const opened = openSelect(statement, node.query);
      const { into } = node.query;
      if (into?.kind === "intoVariables") {
        return { run: locked(() => selectInto(statement, opened, into)), renew: null };
      }
      const texts = clientTexts(opened);
      const run = locked(() => runSelect(statement, opened, texts));
      if (opened.renew === undefined) return { run, renew: null };
      const renewed = () => {
        renew();
        opened.renew?.();
      };
      return { run, renew: renewed };
    }
    case "insert": {
      const plan = resolveInsert(statement, node);
      return { run: locked(() => runInsert(plan)), renew };
    }
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null || isPlannedAsJoin(node, ctx.facts)) {
        return { run: () => runMultiUpdate(statement, node), renew: null };
      }
      const changeable = changeableTable(statement, target);
      if (changeable !== null) {
        return { run: () => updateVirtual(statement, node, target, changeable), renew: null };
      }
      const plan = resolveUpdate(statement, node, target);
      return { run: locked(() => runUpdate(plan)), renew };
    }
    case "delete": {
      const target = node.targets === null && node.with === null ? onlyTable(node.from) : null;
      if (target === null || isPlannedAsJoin(node, ctx.facts)) {
        return { run: () => runMultiDelete(statement, node), renew: null };
      }
      const plan = resolveDelete(statement, node, target);
      return { run: locked(() => runDelete(plan)), renew };
    }
  }
}

/** MySQL: Strict_error_handler, pushed for statements that change rows, unless they say IGNORE. */
function refusesBadData(ctx: StatementContext, node: Executable): boolean {
  return node.kind !== "select" && !node.ignore && isStrictMode(ctx);
}

/** Looks up the names of a statement and does no more. Throws 1054, 1146 and the like. */
export function resolveOnly(ctx: StatementContext, node: Executable): void {
  const statement: StatementEnv = {
    ctx,
    env: newEnv(ctx),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
  };
  switch (node.kind) {
    case "select":
      openQuery(node.query, null, { statement, ctes: null });
      return;
    case "insert":
      resolveInsert(statement, node);
      return;
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null) resolveMultiUpdate(statement, node);
      else resolveUpdate(statement, node, target);
      return;
    }
    case "delete": {
      const target = node.targets === null && node.with === null ? onlyTable(node.from) : null;
      if (target === null) resolveMultiDelete(statement, node);
      else resolveDelete(statement, node, target);
      return;
    }
  }
}

const EXPLAIN_COLUMNS = [
  "id",
  "select_type",
  "table",
  "partitions",
  "type",
  "possible_keys",
  "key",
  "key_len",
  "ref",
  "rows",
  "filtered",
  "Extra",
];

/**
 * EXPLAIN: the statement is planned, its plans are shown, nothing is read or changed.
 *
 * Departure: what has no tree here is shown in the traditional form where the tree is only the default.
 */
export function* explainQuery(ctx: StatementContext, explain: Explain): Exec<ExecResult> {
  const { statement } = explain;
  const format = explain.format ?? String(ctx.systemVariable(null, "explain_format")).toLowerCase();
  if (format === "tree") {
    const tree = yield* treeOf(ctx, statement);
    if (tree !== null)
      return { kind: "rows", columns: [{ name: "EXPLAIN", type: varchar(65535) }], rows: [[tree]] };
    if (explain.format !== null) throw notSupported("EXPLAIN FORMAT=TREE of this statement");
  } else if (format === "json") {
    throw notSupported("EXPLAIN FORMAT=JSON");
  } else if (!format.startsWith("traditional")) {
    throw mysqlError("ER_UNKNOWN_EXPLAIN_FORMAT", format);
  }
  const rows = (yield* explainRows(ctx, statement)).map(shownRow);
  const columns = EXPLAIN_COLUMNS.map((name) => ({
    name,
    type: name === "id" || name === "rows" ? BIGINT : varchar(256),
  }));
  return { kind: "rows", columns, rows };
}

function shownRow(row: ExplainRow): readonly (string | null)[] {
  return [
    String(row.id),
    row.selectType,
    row.table,
    null,
    row.type,
    row.possibleKeys,
    row.key,
    row.keyLen,
    row.ref,
    row.rows === null ? null : String(row.rows),
    row.filtered === null ? null : row.filtered.toFixed(2),
    row.extra === "" ? null : row.extra,
  ];
}
