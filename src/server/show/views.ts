/**
 * The views that SHOW statements read, by which the client is told where their columns come from.
 *
 * MySQL: sql/dd/info_schema/show.cc (build_show_*_query): SHOW is a query on views of the data dictionary.
 */
import type { ColumnOrigin } from "../context.ts";

export interface ShownView {
  readonly schema: string;
  readonly table: string;
  /** The table under the view: one for all columns, or by column; a column without one is computed. */
  readonly orgTable: string | Readonly<Record<string, string>>;
  /** Columns that are constants and come from nowhere. */
  readonly constants?: readonly string[];
  /** The view's own names, where they are not the headings. */
  readonly upperCase?: boolean;
}

export const TABLES_VIEW: ShownView = { schema: "", table: "TABLES", orgTable: "tables" };
export const SCHEMATA_VIEW: ShownView = { schema: "", table: "SCHEMATA", orgTable: "schemata" };
export const COLUMNS_VIEW: ShownView = {
  schema: "",
  table: "COLUMNS",
  orgTable: { Type: "columns", Key: "columns", Default: "columns" },
};
export const STATISTICS_VIEW: ShownView = {
  schema: "",
  table: "SHOW_STATISTICS",
  orgTable: { Table: "tables", Seq_in_index: "index_column_usage", Index_comment: "indexes" },
  constants: ["Packed"],
};
export const TABLE_STATUS_VIEW: ShownView = {
  schema: "",
  table: "TABLES",
  orgTable: {
    Name: "tables",
    Row_format: "tables",
    Create_time: "tables",
    Collation: "collations",
  },
};
export const OPEN_TABLES_VIEW = informationSchema("OPEN_TABLES");
export const ENGINES_VIEW: ShownView = { ...informationSchema("ENGINES"), upperCase: true };

/** session_variables, global_status and the like. */
export function variablesView(
  scope: "global" | "session",
  what: "variables" | "status",
): ShownView {
  const table = `${scope}_${what}`;
  return { schema: "performance_schema", table, orgTable: table };
}

export function shownOrigin(view: ShownView, name: string): ColumnOrigin | null {
  if (view.constants?.includes(name) === true) return null;
  const { schema, table } = view;
  const orgTable = typeof view.orgTable === "string" ? view.orgTable : (view.orgTable[name] ?? "");
  const orgName = view.upperCase === true ? name.toUpperCase() : name;
  return { schema, table, orgTable, orgName, flags: 0 };
}

function informationSchema(table: string): ShownView {
  return { schema: "information_schema", table, orgTable: table };
}
