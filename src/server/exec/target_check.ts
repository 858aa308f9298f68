/**
 * A table that a statement changes may not be read by its subqueries (error 1093); what a derived table reads is
 * copied first and may be.
 *
 * MySQL: unique_table (sql/sql_base.cc).
 */
import type { DerivedTable } from "../../sql/ast_query.ts";
import type { MysqlFailure, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { mergeableBlock } from "./merge_derived.ts";

export interface ChangedTable {
  readonly schema: string;
  readonly name: string;
  /** As the statement calls it, or the view that it is changed through. */
  readonly alias: string;
  readonly view?: ViewName | undefined;
  readonly verb: "UPDATE" | "DELETE" | "INSERT";
}

interface ViewName {
  readonly schema: string;
  readonly name: string;
}

/** Throws 1093 when a subquery anywhere in `node` reads the table, 1443 where a view stands between. */
export function checkNotRead(
  node: unknown,
  table: ChangedTable,
  ctx: Pick<StatementContext, "database" | "facts">,
): void {
  if (ctx.facts.queries > 0) check(node, table, ctx.database, null);
}

/** `within`: the view whose query is looked at. */
function check(
  node: unknown,
  table: ChangedTable,
  database: string,
  within: DerivedTable | null,
): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const part of node) check(part, table, database, within);
    return;
  }
  if (isDerived(node)) {
    const isMerged = node.view?.isMade === false && mergeableBlock(node.query) !== null;
    if (isMerged) check(node.query, table, database, within ?? node);
    return;
  }
  if (isTableNode(node)) {
    const schema = node.name.schema?.text ?? database;
    if (node.name.name.text !== table.name || schema !== table.schema) return;
    throw alreadyRead(table, within);
  }
  for (const key in node) {
    if (key !== "span") check(node[key as keyof typeof node], table, database, within);
  }
}

function isDerived(node: object): node is DerivedTable {
  return "kind" in node && node.kind === "derivedTable";
}

/** MySQL: update_non_unique_table_error. */
function alreadyRead(
  { alias, view, verb }: ChangedTable,
  within: DerivedTable | null,
): MysqlFailure {
  const other = within?.view;
  const isSame = other?.schema === view?.schema && other?.name === view?.name;
  if (isSame) return mysqlError("ER_UPDATE_TABLE_USED", alias);
  return mysqlError("ER_VIEW_PREVENT_UPDATE", within?.alias?.text ?? alias, verb, alias);
}

interface TableNode {
  readonly kind: "table";
  readonly name: {
    readonly schema: { readonly text: string } | null;
    readonly name: { readonly text: string };
  };
}

function isTableNode(node: object): node is TableNode {
  return "kind" in node && node.kind === "table";
}

/** What is said of a target that nobody can change: a schema of the server's own denies it, of others it is no base table. */
export function notUpdatable(
  target: { readonly schema: string | null; readonly name: string },
  verb: string,
): MysqlFailure {
  switch (target.schema?.toLowerCase()) {
    case "information_schema":
      return mysqlError("ER_DBACCESS_DENIED_ERROR", "root", "localhost", "information_schema");
    case "performance_schema":
      return mysqlError("ER_TABLEACCESS_DENIED_ERROR", verb, "root", "localhost", target.name);
    default:
      return mysqlError("ER_NON_UPDATABLE_TABLE", target.name, verb);
  }
}
