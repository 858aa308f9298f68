/**
 * Rows of information_schema.tables, .columns and .statistics.
 *
 * MySQL: sql/dd/impl/system_views/{tables,columns,statistics}.cc.
 */
import { maxOf } from "../../base/lists.ts";
import type { Datum, IndexInfo } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { compareNames } from "../catalog/names.ts";
import { nowText } from "../clock_text.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { columnDescriptions } from "../show/column_text.ts";
import { viewsAsTables } from "../show/create_view.ts";
import { characterBytes, charsetOf } from "../types/character_sets.ts";
import { wholeOf } from "../types/integer.ts";

export function allTables(server: Server, session: Session): Datum[][] {
  const tables = server.catalog.allTables().map((table): Datum[] => {
    const stats = server.shownStats.shown(server, session, table);
    const hasCounter = table.columns.some((column) => column.autoIncrement);
    const { rows, dataLength } = stats;
    return [
      "def",
      table.schema,
      table.name,
      "BASE TABLE",
      table.engine,
      10,
      "Dynamic",
      rows,
      rows === 0 ? 0 : Math.floor(dataLength / rows),
      dataLength,
      0,
      stats.indexLength,
      0,
      hasCounter ? wholeOf(stats.autoIncrement) : null,
      nowText(table.createdMs),
      null,
      null,
      table.collation,
      null,
      table.rowFormat === null ? "" : `row_format=${table.rowFormat.toUpperCase()}`,
      table.comment,
    ];
  });
  if (!server.catalog.hasViews) return tables;
  const placeOf = ([, schema, name]: Datum[]) => `${schema}.${name}`;
  return [...tables, ...viewsAsTables(server)].sort((a, b) => compareNames(placeOf(a), placeOf(b)));
}

export function allTablesWithColumns(server: Server): Datum[][] {
  return server.catalog.allTables().flatMap((table) => {
    return columnDescriptions(table).map((column, at): Datum[] => {
      const type = table.columns[at]?.type;
      return [
        "def",
        table.schema,
        table.name,
        column.field,
        at + 1,
        column.default,
        column.nullable ? "YES" : "NO",
        column.type.replace(/[( ].*/s, ""),
        ...(type === undefined ? [] : measures(type)),
        column.collation === null ? null : charsetOf(column.collation),
        column.collation,
        column.type,
        column.key,
        column.extra,
        "select,insert,update,references",
        column.comment,
        column.expression,
        null,
      ];
    });
  });
}

/** Length in characters and bytes, digits and digits after the point, digits of fractional seconds. */
export function measures(type: ColumnType): Datum[] {
  switch (type.kind) {
    case "char":
    case "varchar":
      return [type.length, type.length * characterBytes(type), null, null, null];
    case "text":
    case "blob":
      if (type.isJson) return [null, null, null, null, null];
      return [type.length, type.length, null, null, null];
    case "enum": {
      const texts = type.isSet ? [type.members.join()] : type.members;
      const longest = maxOf(texts.map((text) => [...text].length));
      return [longest, longest * characterBytes(type), null, null, null];
    }
    case "bit":
      return [null, null, type.length, null, null];
    case "int":
      return [null, null, INT_DIGITS[type.bytes] + (isLargest(type) ? 1 : 0), 0, null];
    case "decimal":
      return [null, null, type.precision, type.scale, null];
    case "float":
    case "double": {
      const [digits = type.kind === "float" ? 12 : 22, decimals = null] = type.digits ?? [];
      return [null, null, digits, decimals, null];
    }
    case "datetime":
    case "timestamp":
    case "time":
      return [null, null, null, null, type.fsp];
    default:
      return [null, null, null, null, null];
  }
}

const INT_DIGITS = { 1: 3, 2: 5, 3: 7, 4: 10, 8: 19 } as const;

function isLargest(type: ColumnType & { kind: "int" }): boolean {
  return type.bytes === 8 && type.unsigned;
}

export function indexColumns(server: Server, session: Session): Datum[][] {
  return server.catalog.allTables().flatMap((table) => {
    const { cardinality } = server.shownStats.shown(server, session, table);
    const byName = declaredIndexes(table.info).toSorted((a, b) =>
      a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
    );
    return byName.flatMap((index) =>
      index.parts.map((_, at): Datum[] => [
        "def",
        table.schema,
        table.name,
        index.unique ? 0 : 1,
        table.schema,
        ...keyPartColumns(table, index, at, cardinality.get(index.name)?.[at] ?? null),
      ]),
    );
  });
}

/** What STATISTICS and SHOW INDEX say alike of a key's column, from the key's name to the expression. */
export function keyPartColumns(
  { info, invisibleKeys, keyNotes }: CatalogTable,
  index: IndexInfo,
  at: number,
  cardinality: number | null,
): (string | number | null)[] {
  const part = index.parts[at] as IndexInfo["parts"][number];
  const column = info.columns[part.column];
  return [
    index.name,
    at + 1,
    column?.name ?? null,
    part.desc ? "D" : "A",
    cardinality,
    part.prefix,
    null,
    column?.nullable === true ? "YES" : "",
    "BTREE",
    "",
    keyNotes.get(index.name)?.comment ?? "",
    invisibleKeys.includes(index.name) ? "NO" : "YES",
    null,
  ];
}
