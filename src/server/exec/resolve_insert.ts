/** INSERT and REPLACE: the syntax tree into a plan with every name resolved. */

import { settled } from "../../base/answer.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Insert } from "../../sql/ast.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { BaseTable, StatementContext } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import { addTable, newScope, type Scope } from "../expr/scope.ts";
import {
  bindChecks,
  binderOf,
  bindWhere,
  columnPosition,
  defaultItems,
  isBareDefault,
} from "./binding.ts";
import { defaultItem } from "./default_item.ts";
import { bindGenerated, refuseGiven } from "./generated.ts";
import {
  type InsertPlan,
  type InsertSource,
  type InsertValue,
  rowMakingOf,
} from "./insert_rows.ts";
import { openQuery, queryContext } from "./query.ts";
import type { OpenQuery } from "./query_types.ts";
import { resolveOnDuplicate } from "./resolve_on_duplicate.ts";
import { type SelectedColumns, selectedColumns } from "./selected_columns.ts";
import type { StatementEnv } from "./statement_env.ts";
import { tablesOf } from "./tables_of.ts";
import { checkNotRead, notUpdatable } from "./target_check.ts";

/** DELAYED says nothing any more. MySQL: sql_yacc.yy, insert_lock_option. */
function warnOfDelayed(ctx: StatementContext, verb: string): void {
  ctx.warn(mysqlWarning("Warning", "ER_WARN_LEGACY_SYNTAX_CONVERTED", `${verb} DELAYED`, verb));
}

export function resolveInsert(statement: StatementEnv, node: Insert): InsertPlan {
  const { ctx } = statement;
  const table = ctx.table(
    node.table.schema?.text ?? null,
    node.table.name.text,
    node.table.name.text,
  );
  if (table.kind !== "base") throw notUpdatable(table, "INSERT");
  if (node.priority === "delayed") warnOfDelayed(ctx, node.verb.toUpperCase());
  const columns = givenColumns(node, table);
  const scope = newScope(null);
  const inserted = addTable(scope, {
    alias: table.name,
    schema: table.schema,
    columns: table.columns,
    defaultOf: (column) => defaultItem(statement, table, column),
  });
  const values = node.source.kind === "insertValues" ? node.source : null;
  const { schema, name } = table;
  const changed = { schema, name, alias: name, verb: "INSERT" } as const;
  if (node.through === undefined) checkNotRead([values, node.onDuplicateKeyUpdate], changed, ctx);
  const selected = selectedColumns(statement, node, table);
  const source = resolveSource(statement, node, { table, columns, scope, selected });
  const triggers = ctx.triggersOf(table);
  const plan = {
    ctx,
    table,
    columns,
    source,
    triggers,
    keepsNull: triggers?.has("before", "insert") === true,
    mode: node.verb,
    isIgnore: node.ignore,
    checks: bindChecks(table, statement, scope, node.through),
    shown: node.through === undefined ? null : bindWhere(node.through.shown, statement, scope),
    generated: bindGenerated(table, statement, inserted, null),
    defaultItem: defaultItems(table, statement, scope),
    insertedSlot: inserted.slot,
    onDuplicate:
      node.onDuplicateKeyUpdate === null
        ? null
        : resolveOnDuplicate(statement, node, { table, columns, inserted, selected }),
  };
  return { ...plan, making: rowMakingOf(plan) };
}

function givenColumns(node: Insert, table: BaseTable): readonly number[] {
  const hasNoList = node.columns === null || node.columns.length === 0;
  const columns = hasNoList
    ? [...table.columns.keys()].filter((at) => table.columns[at]?.isInvisible !== true)
    : (node.columns ?? []).map((column) => columnPosition(table, column.name.text));
  // MySQL counts the columns of a view by their names there alone.
  if (node.through !== undefined) return columns;
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined)
    throw mysqlError("ER_FIELD_SPECIFIED_TWICE", table.columns[twice]?.name ?? "");
  return columns;
}

interface Target {
  readonly table: BaseTable;
  readonly columns: readonly number[];
  readonly scope: Scope;
  readonly selected: SelectedColumns;
}

function resolveSource(
  statement: StatementEnv,
  node: Insert,
  { table, columns, scope, selected }: Target,
): InsertSource {
  const { source } = node;
  if (source.kind === "insertQuery") {
    const node = selected.query ?? source.query;
    const readsTarget = doesRead(statement, node, table);
    const query = openQuery(node, null, queryContext(inserting(statement, node, readsTarget)));
    const given = query.columns.slice(0, query.columns.length - selected.count);
    if (given.length !== columns.length) throw mysqlError("ER_WRONG_VALUE_COUNT_ON_ROW", 1);
    for (const column of columns) refuseGiven(table, column, null);
    return {
      kind: "query",
      types: given.map(({ type }) => type),
      selectedSlot: selected.slot,
      eachRow: counted(statement, query, readsTarget ? buffered(query) : plain(query)),
    };
  }
  const binder = binderOf(statement, scope, "field list");
  const rows = source.rows.map(({ values }, at): readonly InsertValue[] => {
    if (values.length === 0) return columns.map(() => "default");
    if (values.length !== columns.length) throw mysqlError("ER_WRONG_VALUE_COUNT_ON_ROW", at + 1);
    return values.map((value, place) => {
      const bound = isBareDefault(value) ? "default" : bindExpression(value, binder);
      refuseGiven(table, columns[place] as number, value);
      return bound;
    });
  });
  return { kind: "values", rows };
}

/** Opens the query of INSERT ... SELECT for EXPLAIN. */
export function openInserted(statement: StatementEnv, query: Query, table: TableName): OpenQuery {
  const readsTarget = doesRead(statement, query, table);
  return openQuery(query, null, queryContext(inserting(statement, query, readsTarget)));
}

type TableName = Pick<BaseTable, "name" | "schema">;

function doesRead({ ctx }: StatementEnv, query: Query, table: TableName): boolean {
  return tablesOf({ kind: "select", span: query.span, query }).some(
    (use) => use.name === table.name && (use.schema ?? ctx.database) === table.schema,
  );
}

function inserting(statement: StatementEnv, query: Query, readsTarget: boolean): StatementEnv {
  return readsTarget ? { ...statement, gathered: query } : statement;
}

type ForEachRow = Extract<InsertSource, { readonly kind: "query" }>["eachRow"];

function plain(query: OpenQuery): ForEachRow {
  return (sink) => query.eachRow(sink);
}

/** FOUND_ROWS() tells the query's rows afterwards. */
function counted({ ctx }: StatementEnv, query: OpenQuery, eachRow: ForEachRow): ForEachRow {
  return function* (sink) {
    yield* settled(eachRow(sink));
    ctx.foundRows.value = query.foundRows();
  };
}

/** A query that reads the table it fills is read to its end first (EXPLAIN: "Using temporary"). */
function buffered(query: OpenQuery): ForEachRow {
  return function* (sink) {
    const rows: (readonly Datum[])[] = [];
    yield* settled(
      query.eachRow((values) => {
        rows.push(values);
        return true;
      }),
    );
    for (const values of rows) {
      const wantsMore = sink(values);
      if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return;
    }
  };
}
