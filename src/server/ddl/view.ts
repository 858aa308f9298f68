/**
 * CREATE VIEW, ALTER VIEW, DROP VIEW.
 *
 * MySQL: sql/sql_view.cc: mysql_create_view, mysql_drop_view.
 * Departure: `*` of a derived table, and of tables joined by USING, is not replaced by the columns there are now.
 */
import { settled } from "../../base/answer.ts";
import type { Identifier, TableName } from "../../sql/ast.ts";
import type { Exists } from "../../sql/ast_expression.ts";
import type {
  Query,
  QueryBody,
  QuerySpecification,
  SelectItem,
  TableReference,
} from "../../sql/ast_query.ts";
import type { CreateView, DropView } from "../../sql/ast_view.ts";
import type { StoredView } from "../catalog/catalog.ts";
import type { Exec, ExecResult } from "../context.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import { executeQuery } from "../exec/execute_query.ts";
import { renamed } from "../exec/nested_queries.ts";
import { selecting } from "../exec/read_views.ts";
import { changeableBlock, isUpdatable } from "../exec/view_shape.ts";
import { noSuchTable } from "../no_such_table.ts";
import { withoutRows } from "../session/made_statements.ts";
import { openNames } from "../session/open_names.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { lockTableNames, type TablePlace } from "./name_locks.ts";
import { done } from "./result.ts";
import { temporaryTable } from "./temporary.ts";

/** Throws 1050, 1146, 1353, 1368, and what the query throws. */
export function* createView(
  execution: StatementExecution,
  statement: CreateView,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const { catalog } = server;
  const { present } = statement;
  const place = placeOf(execution, statement.name);
  refuseUnderLockTables(execution);
  yield* lockTableNames(owner, [place], "EXCLUSIVE");
  const {
    statement: select,
    views,
    uses,
  } = yield* openNames(execution, selecting(statement.query));
  const temporary = uses.find(
    (use) => temporaryTable(owner, schemaOf(owner, use.schema), use.name) !== null,
  );
  if (temporary !== undefined) throw mysqlError("ER_VIEW_SELECT_TMPTABLE", temporary.name);
  // For its own query it is not there.
  if (views.some(({ schema, name }) => schema === place.schema && name === place.name))
    throw noSuchTable(place.schema, place.name);
  const before = catalog.view(place.schema, place.name);
  const table = catalog.table(place.schema, place.name);
  if (present === "alter" && before === null) {
    if (table === null) throw noSuchTable(place.schema, place.name);
    throw mysqlError("ER_WRONG_OBJECT", `${place.schema}.${place.name}`, "VIEW");
  }
  if (table !== null && present === "replace") {
    throw mysqlError("ER_WRONG_OBJECT", `${place.schema}.${place.name}`, "VIEW");
  }
  if (table !== null || (before !== null && (present === "refuse" || present === "keep"))) {
    if (present !== "keep") throw mysqlError("ER_TABLE_EXISTS_ERROR", place.name);
    execution.warn(mysqlWarning("Note", "ER_TABLE_EXISTS_ERROR", place.name));
    return done();
  }
  const probe = yield* settled(executeQuery(execution, withoutRows(select.query)));
  const found = probe.kind === "rows" ? probe.columns : [];
  const names = statement.columns.map(({ text }) => text);
  const query = stored(execution, statement.query);
  const asked = names.length > 0 ? names : writtenNames(query.body);
  const columns = renamed(found.map(nameless), asked).map(({ name }) => name);
  const { definer, security, check } = statement;
  const cannotMerge = statement.algorithm === "merge" && changeableBlock(query) === null;
  if (cannotMerge) execution.warn(mysqlWarning("Warning", "ER_WARN_VIEW_MERGE"));
  const algorithm = cannotMerge ? "undefined" : statement.algorithm;
  const how = { algorithm, definer, security, check };
  const changeable = isUpdatable(execution.viewPlace, { query, how });
  if (check !== "none" && !changeable) {
    throw mysqlError("ER_VIEW_NONUPD_CHECK", place.schema, place.name);
  }
  const isRenamed = names.length > 0;
  catalog.putView({
    ...place,
    columns,
    query,
    how,
    isRenamed,
    isUpdatable: changeable,
    createdMs: server.log.nowMs,
    checkedFor: 0,
  });
  return done();
}

/** Throws 1051 and 1347. */
export function* dropViews(execution: StatementExecution, statement: DropView): Exec<ExecResult> {
  const { server, owner } = execution;
  const { catalog } = server;
  const places = statement.names.map((name) => placeOf(execution, name));
  refuseUnderLockTables(execution);
  yield* lockTableNames(owner, places, "EXCLUSIVE");
  const absences = places.flatMap(({ schema, name }): [ErrorName, string, ...string[]][] => {
    if (catalog.view(schema, name) !== null) return [];
    return catalog.table(schema, name) === null
      ? [["ER_BAD_TABLE_ERROR", `${schema}.${name}`]]
      : [["ER_WRONG_OBJECT", `${schema}.${name}`, "VIEW"]];
  });
  if (!statement.ifExists && absences.length > 0) {
    const table = absences.find(([error]) => error === "ER_WRONG_OBJECT");
    if (table !== undefined) throw mysqlError(...table);
    throw mysqlError("ER_BAD_TABLE_ERROR", absences.map(([, place]) => place).join(","));
  }
  for (const absence of absences) execution.warn(mysqlWarning("Note", ...absence));
  for (const place of places) {
    if (catalog.view(place.schema, place.name) !== null) catalog.removeView(place);
  }
  return done();
}

/** A view cannot be locked by name, so none is made or dropped then (1192). */
function refuseUnderLockTables({ owner }: StatementExecution): void {
  if (owner.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
}

function placeOf({ owner }: StatementExecution, { schema, name }: TableName): TablePlace {
  return { schema: schemaOf(owner, schema?.text ?? null), name: name.text };
}

type Column = Parameters<typeof renamed>[0][number];

/** Of a result's columns the names are asked for. */
function nameless({
  name,
  type,
  nullable = true,
}: Pick<Column, "name" | "type"> & { readonly nullable?: boolean }): Column {
  return { name, type, nullable };
}

/** Columns without names of their own are called as the definition writes them; none where they are not all written out. */
function writtenNames(body: QueryBody): readonly string[] {
  if (body.kind === "setOperation") return writtenNames(body.left);
  if (body.kind !== "querySpecification") return [];
  const names = body.items.flatMap((item) =>
    item.kind === "selectExpression" ? [item.columnName] : [],
  );
  return names.length === body.items.length ? names : [];
}

/** The query with schemas in its tables' names and columns in place of `*`. */
function stored(execution: StatementExecution, query: Query): Query {
  return qualified(query, execution, []) as Query;
}

function qualified(
  node: unknown,
  execution: StatementExecution,
  outer: readonly string[],
): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => qualified(part, execution, outer));
  const { kind } = node as { readonly kind?: string };
  let common = outer;
  if (kind === "query") {
    const own = (node as Query).with?.tables.map(({ name }) => name.text.toLowerCase()) ?? [];
    common = [...outer, ...own];
  }
  if (kind === "table") return inSchema(node as Named, execution, common);
  if (kind === "exists") return qualifiedExists(node as Exists, execution, common);
  const spec =
    kind === "querySpecification" ? withColumns(node as QuerySpecification, execution) : node;
  const entries = Object.entries(spec).map(([key, part]) => [
    key,
    key === "span" ? part : qualified(part, execution, common),
  ]);
  return Object.fromEntries(entries);
}

/** What EXISTS selects does not matter: `*` is 1. */
function qualifiedExists(
  node: Exists,
  execution: StatementExecution,
  outer: readonly string[],
): Exists {
  const { query } = node;
  const { body, span } = query;
  const isStar = body.kind === "querySpecification" && body.items[0]?.kind === "selectStar";
  const one = { kind: "integer", span, text: "1" } as const;
  const item = { kind: "selectExpression", span, expression: one, alias: null } as const;
  const items = [{ ...item, text: "1", columnName: "1" }];
  const asked = isStar ? { ...query, body: { ...body, items } } : query;
  return { ...node, query: qualified(asked, execution, outer) as Query };
}

type Named = Extract<TableReference, { readonly kind: "table" }>;

function inSchema(table: Named, { owner }: StatementExecution, common: readonly string[]): Named {
  const { name } = table;
  if (name.schema !== null || common.includes(name.name.text.toLowerCase())) return table;
  const schema: Identifier = { ...name.name, text: schemaOf(owner, null) };
  // A name with a schema is no alias any more.
  return { ...table, name: { ...name, schema }, alias: table.alias ?? name.name };
}

/** Each `*` as the columns that the tables have now. */
function withColumns(spec: QuerySpecification, execution: StatementExecution): QuerySpecification {
  const tables = columnsBehind(spec.from, execution);
  if (tables === null) return spec;
  const items = spec.items.flatMap((item): readonly SelectItem[] => {
    if (item.kind !== "selectStar") return [item];
    const meant = tables.filter(
      ({ alias }) => item.table === null || item.table.name.text === alias,
    );
    return meant.flatMap(({ alias, columns }) =>
      columns.map((text): SelectItem => {
        const { span } = item;
        const name = { kind: "identifier", span, text } as const;
        const table = { kind: "identifier", span, text: alias } as const;
        const expression = { kind: "column", span, schema: null, table, name } as const;
        return { kind: "selectExpression", span, expression, alias: null, text, columnName: text };
      }),
    );
  });
  return { ...spec, items };
}

interface Behind {
  readonly alias: string;
  readonly columns: readonly string[];
}

function columnsBehind(
  references: readonly TableReference[],
  execution: StatementExecution,
): readonly Behind[] | null {
  const { catalog } = execution.server;
  const found: Behind[] = [];
  for (const reference of references) {
    if (reference.kind === "join") {
      if (reference.natural || reference.using.length > 0) return null;
      const inner = columnsBehind([reference.left, reference.right], execution);
      if (inner === null) return null;
      for (const one of inner) found.push(one);
      continue;
    }
    if (reference.kind !== "table") return null;
    const place = placeOf(execution, reference.name);
    const view: StoredView | null = catalog.view(place.schema, place.name);
    const columns =
      view?.columns ??
      catalog
        .table(place.schema, place.name)
        ?.columns.filter(({ isInvisible }) => isInvisible !== true)
        .map(({ name }) => name);
    if (columns === undefined) return null;
    found.push({ alias: reference.alias?.text ?? place.name, columns });
  }
  return found;
}
