/** Column types as SHOW CREATE TABLE and SHOW COLUMNS print them (MySQL: Field::sql_type). */
import { unreachable } from "../../base/assert.ts";
import type { ColumnType } from "../../trace/values.ts";

const INT_NAMES = { 1: "tinyint", 2: "smallint", 3: "mediumint", 4: "int", 8: "bigint" } as const;

export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "int":
      return `${INT_NAMES[type.bytes]}${type.width === undefined ? "" : `(${type.width})`}${unsigned(type)}`;
    case "decimal":
      return `decimal(${type.precision},${type.scale})${unsigned(type)}`;
    case "double":
    case "float":
      return `${type.kind}${type.digits === undefined ? "" : `(${type.digits.join(",")})`}${unsigned(type)}`;
    case "char":
    case "varchar":
      return type.collation === "binary"
        ? `${type.kind === "char" ? "binary" : "varbinary"}(${type.length})`
        : `${type.kind}(${type.length})`;
    case "text":
    case "blob":
      return type.isJson ? "json" : `${sizeName(type.length)}${type.kind}`;
    case "date":
    case "year":
      return type.kind;
    case "datetime":
    case "timestamp":
    case "time":
      return type.fsp === 0 ? type.kind : `${type.kind}(${type.fsp})`;
    case "enum":
      return `${type.isSet ? "set" : "enum"}(${type.members.map(quoted).join(",")})`;
    case "bit":
      return `bit(${type.length})`;
    case "rowId":
      return "bigint unsigned";
    default:
      return unreachable(type);
  }
}

/** A string literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function unsigned(type: { readonly unsigned: boolean; readonly zerofill?: true }): string {
  return `${type.unsigned ? " unsigned" : ""}${type.zerofill === true ? " zerofill" : ""}`;
}

function sizeName(length: number): string {
  if (length <= 255) return "tiny";
  if (length <= 65_535) return "";
  return length <= 16_777_215 ? "medium" : "long";
}
