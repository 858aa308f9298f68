/** INSERT, REPLACE, UPDATE, DELETE, DO. */

import type {
  Assignment,
  Delete,
  Do,
  Insert,
  InsertQuery,
  InsertRow,
  InsertValues,
  RowAlias,
  TableName,
  Update,
} from "./ast.ts";
import type { ColumnReference } from "./ast_expression.ts";
import type { BaseTable, Query, ValuesRow, With } from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";
import { orderItems } from "./parser_aggregate.ts";
import { expression } from "./parser_expression.ts";
import { hintsBehind } from "./parser_hints.ts";
import { columnReference, nameList } from "./parser_names.ts";
import { atQuery, queryExpression, simpleLimit, valueOrDefault } from "./parser_query.ts";
import { selectAlias } from "./parser_select.ts";
import { tableReferences } from "./parser_table.ts";

// ---------------------------------------------------------------- INSERT and REPLACE

/** Reads INSERT or REPLACE. */
export function insert(cursor: Cursor): Insert {
  const { start, key } = cursor.advance();
  const hints = hintsBehind(cursor);
  const verb = key === "INSERT" ? "insert" : "replace";
  const priority = insertPriority(cursor, verb);
  const ignore = verb === "insert" && cursor.accept("IGNORE");
  cursor.accept("INTO");
  const table = cursor.tableName();
  const partitions = cursor.accept("PARTITION") ? nameList(cursor) : [];
  const { columns, source } = cursor.accept("SET") ? setForm(cursor) : columnsAndSource(cursor);
  const mayAlias = verb === "insert" && source.kind === "insertValues" && source.form !== "rows";
  const rowAlias = mayAlias && cursor.at("AS") ? rowAliasOf(cursor) : null;
  const onDuplicateKeyUpdate = verb === "insert" && cursor.at("ON") ? onDuplicate(cursor) : null;
  return {
    kind: "insert",
    span: cursor.span(start),
    hints,
    verb,
    priority,
    ignore,
    table,
    partitions,
    columns,
    source,
    rowAlias,
    onDuplicateKeyUpdate,
  };
}

function insertPriority(cursor: Cursor, verb: Insert["verb"]): Insert["priority"] {
  if (cursor.accept("LOW_PRIORITY")) return "low";
  if (cursor.accept("DELAYED")) return "delayed";
  return verb === "insert" && cursor.accept("HIGH_PRIORITY") ? "high" : null;
}

type ColumnsAndSource = Pick<Insert, "columns" | "source">;

function columnsAndSource(cursor: Cursor): ColumnsAndSource {
  const { key } = cursor.peek(1);
  const queryInside = ["SELECT", "WITH", "TABLE", "VALUES", "("].includes(key);
  const columns = cursor.at("(") && !queryInside ? list(cursor) : null;
  const valueWord = cursor.at("VALUE") || (cursor.at("VALUES") && cursor.peek(1).key !== "ROW");
  if (!valueWord) return { columns, source: insertQuery(cursor) };
  const { start } = cursor.advance();
  const rows = cursor.list(insertRow);
  const source: InsertValues = {
    kind: "insertValues",
    span: cursor.span(start),
    form: "values",
    rows,
  };
  return { columns, source };
}

function list(cursor: Cursor): readonly ColumnReference[] {
  cursor.expect("(");
  const columns = cursor.at(")") ? [] : cursor.list(columnReference);
  cursor.expect(")");
  return columns;
}

function insertRow(cursor: Cursor): InsertRow {
  const start = cursor.start;
  cursor.expect("(");
  const values = cursor.at(")") ? [] : cursor.list(valueOrDefault);
  cursor.expect(")");
  return { kind: "insertRow", span: cursor.span(start), values };
}

/** VALUES ROW(..) alone are given rows as well, whatever ORDER BY and LIMIT follow. MySQL: PT_insert: has_query_block. */
function insertQuery(cursor: Cursor): InsertQuery | InsertValues {
  if (!atQuery(cursor) && !cursor.at("(")) cursor.fail();
  const query = queryExpression(cursor);
  if (query.into !== null) cursor.defer(3954);
  const { span } = query;
  const rows = rowsAlone(query)?.map(({ span, values }): InsertRow => {
    return { kind: "insertRow", span, values };
  });
  if (rows === undefined || rows.some(({ values }) => values.length === 0))
    return { kind: "insertQuery", span, query };
  return { kind: "insertValues", span, form: "rows", rows };
}

function rowsAlone(query: Query): readonly ValuesRow[] | undefined {
  if (query.with !== null) return undefined;
  if (query.body.kind === "query") return rowsAlone(query.body);
  return query.body.kind === "valuesRows" ? query.body.rows : undefined;
}

/** `SET a = 1, b = 2` as columns and one row. */
function setForm(cursor: Cursor): ColumnsAndSource {
  const { start } = cursor.previous();
  const assignments = cursor.list(assignment);
  const span = cursor.span(start);
  const row: InsertRow = { kind: "insertRow", span, values: assignments.map(({ value }) => value) };
  const columns = assignments.map(({ column }) => column);
  return { columns, source: { kind: "insertValues", span, form: "set", rows: [row] } };
}

function rowAliasOf(cursor: Cursor): RowAlias {
  const { start } = cursor.advance();
  const name = cursor.name();
  const columns = cursor.at("(") ? nameList(cursor) : [];
  return { kind: "rowAlias", span: cursor.span(start), name, columns };
}

function onDuplicate(cursor: Cursor): readonly Assignment[] {
  for (const word of ["ON", "DUPLICATE", "KEY", "UPDATE"]) cursor.expect(word);
  return cursor.list(assignment);
}

function assignment(cursor: Cursor): Assignment {
  const start = cursor.start;
  const column = columnReference(cursor);
  cursor.expectOne(["=", ":="]);
  const value = valueOrDefault(cursor);
  return { kind: "assignment", span: cursor.span(start), column, value };
}

// ---------------------------------------------------------------- UPDATE

/** Reads UPDATE; a WITH clause before it has been read. */
export function update(cursor: Cursor, start: number, withClause: With | null): Update {
  cursor.expect("UPDATE");
  const hints = hintsBehind(cursor);
  const lowPriority = cursor.accept("LOW_PRIORITY");
  const ignore = cursor.accept("IGNORE");
  const tables = tableReferences(cursor);
  cursor.expect("SET");
  const assignments = cursor.list(assignment);
  const where = cursor.accept("WHERE") ? expression(cursor) : null;
  const orderBy = orderItems(cursor);
  const limit = simpleLimit(cursor);
  return {
    kind: "update",
    span: cursor.span(start),
    hints,
    with: withClause,
    lowPriority,
    ignore,
    tables,
    assignments,
    where,
    orderBy,
    limit,
  };
}

// ---------------------------------------------------------------- DELETE

/** Reads DELETE in its three forms; a WITH clause before it has been read. */
export function deleteFrom(cursor: Cursor, start: number, withClause: With | null): Delete {
  cursor.expect("DELETE");
  const hints = hintsBehind(cursor);
  const options = deleteOptions(cursor);
  const { targets, from } = cursor.accept("FROM") ? afterFrom(cursor) : beforeFrom(cursor);
  const where = cursor.accept("WHERE") ? expression(cursor) : null;
  const orderBy = targets === null ? orderItems(cursor) : [];
  const limit = targets === null ? simpleLimit(cursor) : null;
  return {
    kind: "delete",
    span: cursor.span(start),
    hints,
    with: withClause,
    ...options,
    targets,
    from,
    where,
    orderBy,
    limit,
  };
}

function deleteOptions(cursor: Cursor): Pick<Delete, "lowPriority" | "quick" | "ignore"> {
  let lowPriority = false;
  let quick = false;
  let ignore = false;
  for (;;) {
    if (cursor.accept("LOW_PRIORITY")) lowPriority = true;
    else if (cursor.at("QUICK") && cursor.peek(1).key !== ".") quick = cursor.accept("QUICK");
    else if (cursor.accept("IGNORE")) ignore = true;
    else return { lowPriority, quick, ignore };
  }
}

type Targets = Pick<Delete, "targets" | "from">;

/** `DELETE t1, t2 FROM ...` */
function beforeFrom(cursor: Cursor): Targets {
  const targets = cursor.list((inner) => target(inner).table);
  cursor.expect("FROM");
  return { targets, from: tableReferences(cursor) };
}

/** `DELETE FROM t ...`, or `DELETE FROM t1, t2 USING ...`. */
function afterFrom(cursor: Cursor): Targets {
  const start = cursor.start;
  const { table, wild } = target(cursor);
  if (wild || cursor.at(",") || cursor.at("USING")) {
    const targets = [table];
    while (cursor.accept(",")) targets.push(target(cursor).table);
    cursor.expect("USING");
    return { targets, from: tableReferences(cursor) };
  }
  const alias = cursor.accept("AS") || cursor.atName() ? cursor.name() : null;
  const partitions = cursor.accept("PARTITION") ? nameList(cursor) : [];
  const span = cursor.span(start);
  const only: BaseTable = { kind: "table", span, name: table, alias, partitions, hints: [] };
  return { targets: null, from: [only] };
}

/** `t`, `db.t`, `t.*`, `db.t.*`; `wild` when the star was written. */
function target(cursor: Cursor): { readonly table: TableName; readonly wild: boolean } {
  const name = cursor.name();
  const short: TableName = { kind: "tableName", span: name.span, schema: null, name };
  if (!cursor.accept(".")) return { table: short, wild: false };
  if (cursor.accept("*")) return { table: short, wild: true };
  const second = cursor.name();
  const span = cursor.span(name.span.start);
  const table: TableName = { kind: "tableName", span, schema: name, name: second };
  const wild = cursor.accept(".");
  if (wild) cursor.expect("*");
  return { table, wild };
}

// ---------------------------------------------------------------- DO

/** Reads `DO expression [AS alias], ...`. */
export function doExpressions(cursor: Cursor): Do {
  const { start } = cursor.advance();
  const expressions = cursor.list((inner) => {
    const value = expression(inner);
    selectAlias(inner);
    return value;
  });
  return { kind: "do", span: cursor.span(start), expressions };
}
