/**
 * mysql.innodb_table_stats and innodb_index_stats: what InnoDB has counted of tables, for the optimizer.
 *
 * InnoDB: dict0stats.cc: dict_stats_save.
 * Departure: they are read only. A table is counted by ANALYZE alone.
 */
import type { Datum } from "../../innodb/api.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { nowText } from "../clock_text.ts";
import type { Server } from "../server.ts";
import { words } from "./empty_tables.ts";
import type { SchemaTable } from "./schema_table.ts";

export const MYSQL_SCHEMA: readonly SchemaTable[] = [
  {
    name: "innodb_table_stats",
    columns: words(
      "database_name table_name @last_update #n_rows #clustered_index_size #sum_of_other_index_sizes",
    ),
    rows: (server) => counted(server).map((table) => tableRow(server, table)),
  },
  {
    name: "innodb_index_stats",
    columns: words(
      "database_name table_name index_name @last_update stat_name #stat_value #sample_size stat_description",
    ),
    rows: (server) => counted(server).flatMap((table) => indexRows(server, table)),
  },
];

function counted({ catalog }: Server): CatalogTable[] {
  return catalog.allTables().filter(({ engine }) => engine === "InnoDB");
}

function tableRow(server: Server, table: CatalogTable): Datum[] {
  const { rows, indexes } = server.engine.writtenStats(table.info.id);
  const [clustered = 0, ...others] = indexes.map(({ pages }) => pages);
  const ofOthers = others.reduce((sum, pages) => sum + pages, 0);
  return [table.schema, table.name, whenOf(server, table), rows, clustered, ofOthers];
}

function indexRows(server: Server, table: CatalogTable): Datum[][] {
  const { indexes } = server.engine.writtenStats(table.info.id);
  const when = whenOf(server, table);
  return indexes
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, columns, distinct, leaves, pages }) => {
      const names = columns.map((at) => table.columns[at]?.name ?? "DB_ROW_ID");
      const row = (stat: string, value: number, sample: number | null, text: string) =>
        [table.schema, table.name, name, when, stat, value, sample, text] as const;
      return [
        ...names.map((_, at) => {
          const stat = `n_diff_pfx${String(at + 1).padStart(2, "0")}`;
          return row(stat, distinct[at] ?? 0, leaves, names.slice(0, at + 1).join(","));
        }),
        row("n_leaf_pages", leaves, null, "Number of leaf pages in the index"),
        row("size", pages, null, "Number of pages in the index"),
      ].map((made) => [...made]);
    });
}

/** Departure: what has been counted is as old as the table, or as the numbers that information_schema shows. */
function whenOf(server: Server, table: CatalogTable): string {
  return nowText(Math.max(server.shownStats.shownSinceMs(table), table.createdMs));
}
