/**
 * ANALYZE TABLE ... UPDATE | DROP HISTOGRAM: which columns have one.
 *
 * MySQL: sql/histograms/histogram.cc: update_histograms, drop_histograms; sql/sql_admin.cc: handle_histogram_command.
 * Departure: the optimizer knows nothing of them, and information_schema.COLUMN_STATISTICS is not simulated.
 */
import type { HistogramChange, TableMaintenance } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import { isJson } from "../types/sql_type.ts";
import { declaredIndexes } from "./draft.ts";

/** A row of the answer behind the table and "histogram". */
export type HistogramMessage = readonly [type: "Error" | "status", text: string];

const BUCKETS_MAX = 1024;

/** Throws 1690 and 1060; what is said instead of all else, or null. */
export function refuseHistogram(
  { columns, buckets }: HistogramChange,
  { tables }: TableMaintenance,
): string | null {
  if (buckets !== null && (buckets < 1 || buckets > BUCKETS_MAX)) {
    throw mysqlError("ER_DATA_OUT_OF_RANGE", "Number of buckets", "ANALYZE TABLE");
  }
  for (const [at, { text }] of columns.entries()) {
    if (columns.slice(0, at).some((other) => sameName(other.text, text))) {
      throw mysqlError("ER_DUP_FIELDNAME", text);
    }
  }
  return tables.length === 1
    ? null
    : "Only one table can be specified while modifying histogram statistics.";
}

/** In the order of the columns' names. */
export function changeHistograms(
  { catalog }: Server,
  table: CatalogTable,
  { action, columns }: HistogramChange,
): readonly HistogramMessage[] {
  const told = columns.map(({ text }): readonly [name: string, error: string | null] => {
    const column = table.columns.find(({ name }) => sameName(name, text));
    if (column === undefined) return [text, `The column '${text}' does not exist.`];
    return [column.name, (action === "update" ? unfit : missing)(table, column)];
  });
  const done = told.flatMap(([name, error]) => (error === null ? [name] : [])).sort();
  const others = table.histograms.filter((name) => !done.includes(name));
  if (done.length > 0) {
    catalog.put({ ...table, histograms: action === "update" ? [...others, ...done] : others });
    catalog.cacheDefinition(table.schema, table.name);
  }
  const verb = action === "update" ? "created" : "removed";
  return told
    .flatMap(([name, error]): [string, HistogramMessage][] => [
      [
        name,
        error === null
          ? ["status", `Histogram statistics ${verb} for column '${name}'.`]
          : ["Error", error],
      ],
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, message]) => message);
}

function unfit(table: CatalogTable, { name, type }: ServerColumn): string | null {
  const isUnique = declaredIndexes(table.info).some(
    ({ unique, parts: [first, second] }) =>
      unique && second === undefined && table.columns[first?.column ?? -1]?.name === name,
  );
  if (isUnique) return `The column '${name}' is covered by a single-part unique index.`;
  return isJson(type) ? `The column '${name}' has an unsupported data type.` : null;
}

function missing({ histograms }: CatalogTable, { name }: ServerColumn): string | null {
  return histograms.includes(name) ? null : `No histogram statistics found for column '${name}'.`;
}
