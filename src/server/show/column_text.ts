/** A table's columns as DESCRIBE and information_schema.columns tell of them. */

import { bitText } from "../../innodb/bits.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn } from "../context.ts";
import { declaredIndexes } from "../ddl/draft.ts";
import { shownCollation } from "../types/character_sets.ts";
import { type Present, textOf } from "../types/convert.ts";
import type { Whole } from "../types/integer.ts";
import { isJson } from "../types/sql_type.ts";
import { typeText } from "./type_text.ts";

export interface ColumnDescription {
  readonly field: string;
  readonly type: string;
  readonly collation: string | null;
  readonly nullable: boolean;
  readonly key: "" | "PRI" | "UNI" | "MUL";
  readonly default: string | null;
  readonly extra: string;
  readonly comment: string;
  /** What a generated column is made from; empty for any other. */
  readonly expression: string;
}

export function columnDescriptions(table: CatalogTable): readonly ColumnDescription[] {
  return table.columns.map((column, at) => describedColumn(column, keyOf(table, at)));
}

/** `key`: the part it has in the table's indexes. */
export function describedColumn(
  column: ServerColumn,
  key: ColumnDescription["key"],
): ColumnDescription {
  return {
    field: column.name,
    type: typeText(column.type),
    collation:
      "collation" in column.type && column.type.collation !== "binary" && !isJson(column.type)
        ? shownCollation(column.type)
        : null,
    nullable: column.nullable,
    key,
    default: defaultText(column),
    extra: extraOf(column),
    comment: column.comment,
    expression: column.default.kind === "generated" ? escaped(column.default.text) : "",
  };
}

/** The default as text; null for none and for NULL. */
export function defaultText(column: ServerColumn): string | null {
  switch (column.default.kind) {
    case "none":
    case "generated":
      return null;
    case "literal":
      return column.default.value === null ? null : valueText(column.type, column.default.value);
    case "expr":
      return escaped(column.default.text);
    case "now":
      return nowWord(column.default.fsp);
  }
}

function valueText(type: ColumnType, value: Present): string {
  return type.kind === "bit" ? bitText(value as Whole) : textOf(type)(value);
}

function escaped(text: string): string {
  return text.replaceAll("'", "\\'");
}

export function nowWord(fsp: number): string {
  return fsp === 0 ? "CURRENT_TIMESTAMP" : `CURRENT_TIMESTAMP(${fsp})`;
}

function keyOf(table: CatalogTable, column: number): ColumnDescription["key"] {
  const indexes = declaredIndexes(table.info);
  const primary = indexes.find((index) => index.name === "PRIMARY");
  if (primary?.parts.some((part) => part.column === column)) return "PRI";
  const led = indexes.filter((index) => index.parts[0]?.column === column);
  const single = led.find((index) => index.unique && index.parts.length === 1);
  if (single !== undefined) {
    const isClustered = single.clustered && primary === undefined;
    return isClustered ? "PRI" : "UNI";
  }
  return led.length > 0 ? "MUL" : "";
}

function extraOf(column: ServerColumn): string {
  const parts: string[] = [];
  if (column.autoIncrement) parts.push("auto_increment");
  if (column.default.kind === "now" || column.default.kind === "expr")
    parts.push("DEFAULT_GENERATED");
  if (column.default.kind === "generated")
    parts.push(`${column.default.stored ? "STORED" : "VIRTUAL"} GENERATED`);
  if (column.onUpdateNow) {
    const fsp = "fsp" in column.type ? column.type.fsp : 0;
    parts.push(`on update ${nowWord(fsp)}`);
  }
  if (column.isInvisible) parts.push("INVISIBLE");
  return parts.join(" ");
}
