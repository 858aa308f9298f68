/** Rows of information_schema.columns and .statistics. */
import type { Datum } from "../../innodb/api.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import type { Server } from "../server.ts";
import { columnDescriptions } from "../show/column_text.ts";

export function allTablesWithColumns(server: Server): Datum[][] {
  return server.catalog
    .allTables()
    .flatMap((table) =>
      columnDescriptions(table).map((column, at) => [
        "def",
        table.schema,
        table.name,
        column.field,
        at + 1,
        column.default,
        column.nullable ? "YES" : "NO",
        column.type.replace(/[( ].*/, ""),
        column.collation,
        column.type,
        column.key,
        column.extra,
        column.comment,
      ]),
    );
}

export function indexColumns(server: Server): Datum[][] {
  return server.catalog.allTables().flatMap((table) => {
    const { rows, recPerKey } = engineOf(server, table).stats(table.info.id);
    return declaredIndexes(table.info).flatMap((index) =>
      index.parts.map((part, at): Datum[] => {
        const column = table.info.columns[part.column];
        const perKey = Math.max(recPerKey.get(index.id)?.[at] ?? 1, 1);
        return [
          "def",
          table.schema,
          table.name,
          index.unique ? 0 : 1,
          table.schema,
          index.name,
          at + 1,
          column?.name ?? null,
          part.desc ? "D" : "A",
          Math.round(rows / perKey),
          part.prefix,
          column?.nullable === true ? "YES" : "",
          "BTREE",
          "YES",
        ];
      }),
    );
  });
}
