/**
 * SHOW CREATE VIEW, information_schema.views, and what the lists of tables say of a view.
 *
 * MySQL: sql/sql_show.cc: view_store_create_info; sql/dd/impl/system_views/views.cc.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Catalog, StoredView } from "../catalog/catalog.ts";
import { nowText } from "../clock_text.ts";
import { type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlWarning } from "../errors.ts";
import { definerOf } from "../routines/routine_text.ts";
import type { Server } from "../server.ts";
import { checkViews } from "../session/checked_views.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { shownResult } from "./shown.ts";
import { viewQueryText } from "./view_query.ts";

const CHARACTER_SETS = ["utf8mb4", "utf8mb4_0900_ai_ci"];

/** Warns of 1356 where its tables or columns are gone. */
export function showView(execution: StatementExecution, view: StoredView): ExecResult {
  const { server, owner } = execution;
  try {
    checkViews(execution, [{ schema: view.schema, name: view.name }]);
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    execution.warn(mysqlWarning("Warning", "ER_VIEW_INVALID", view.schema, view.name));
  }
  return shownResult({
    columns: ["View", "Create View", "character_set_client", "collation_connection"],
    rows: [[view.name, createViewText(server.catalog, view, owner.database), ...CHARACTER_SETS]],
  });
}

function createViewText(catalog: Catalog, view: StoredView, database: string): string {
  const { schema, name, how, columns } = view;
  const { user, host } = definerOf(how.definer);
  const isNear = schema === database;
  // The schema is left out where it is the current one for all.
  const isAllNear = isNear && schemasIn(view.query).every((one) => one === database);
  const list = view.isRenamed ? ` (${columns.map(quoted).join(",")})` : "";
  const check = how.check === "none" ? "" : ` WITH ${how.check.toUpperCase()} CHECK OPTION`;
  return [
    `CREATE ALGORITHM=${how.algorithm.toUpperCase()} DEFINER=${quoted(user)}@${quoted(host)}`,
    `SQL SECURITY ${how.security.toUpperCase()}`,
    `VIEW ${isNear ? "" : `${quoted(schema)}.`}${quoted(name)}${list}`,
    `AS ${viewQueryText(view.query, { catalog, schema }, isAllNear ? database : null)}${check}`,
  ].join(" ");
}

/** Of every table that a query names. */
function schemasIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(schemasIn);
  const { kind, schema } = node as { kind?: string; schema?: { readonly text: string } | null };
  const own = kind === "tableName" && schema != null ? [schema.text] : [];
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, part]) => (key === "span" ? [] : schemasIn(part))),
  ];
}

/** Of information_schema.views. */
export function viewRows({ catalog }: Server): Datum[][] {
  return allViews(catalog).map((view) => {
    const { schema, name, how } = view;
    const { user, host } = definerOf(how.definer);
    return [
      "def",
      schema,
      name,
      viewQueryText(view.query, { catalog, schema }, null),
      how.check.toUpperCase(),
      view.isUpdatable ? "YES" : "NO",
      `${user}@${host}`,
      how.security.toUpperCase(),
      ...CHARACTER_SETS,
    ];
  });
}

/** Of information_schema.tables. */
export function viewsAsTables({ catalog }: Server): Datum[][] {
  return allViews(catalog).map(({ schema, name, createdMs }) => [
    "def",
    schema,
    name,
    "VIEW",
    ...nothing(10),
    nowText(createdMs),
    ...nothing(5),
    "VIEW",
  ]);
}

/** Of SHOW TABLE STATUS. */
export function viewStatus(catalog: Catalog, schema: string): (string | null)[][] {
  return catalog
    .viewsIn(schema)
    .map(({ name, createdMs }) => [
      name,
      ...nothing(10),
      nowText(createdMs),
      ...nothing(5),
      "VIEW",
    ]);
}

function nothing(length: number): null[] {
  return Array.from({ length }, () => null);
}

function allViews(catalog: Catalog): readonly StoredView[] {
  if (!catalog.hasViews) return [];
  return catalog.databaseNames().flatMap((schema) => catalog.viewsIn(schema));
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
