/**
 * How long a row may become in the server's own format, which is what limits it (1118).
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_create_table, sql/unireg.cc: pack_header; Field::pack_length.
 */
import { unreachable } from "../../base/assert.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { ServerColumn } from "../context.ts";

export const ROW_BYTES_MAX = 65_535;

/** With a bit for each column that can be NULL. */
export function rowBytes(columns: readonly ServerColumn[]): number {
  const nullable = columns.filter((column) => column.nullable).length;
  const bytes = columns.reduce((sum, column) => sum + columnBytes(column.type), 0);
  return bytes + Math.ceil(nullable / 8);
}

function columnBytes(type: ColumnType): number {
  switch (type.kind) {
    case "int":
      return type.bytes;
    case "decimal":
      return digitBytes(type.precision - type.scale) + digitBytes(type.scale);
    case "float":
      return 4;
    case "double":
      return 8;
    case "year":
      return 1;
    case "date":
      return 3;
    case "time":
      return 3 + fractionBytes(type.fsp);
    case "timestamp":
      return 4 + fractionBytes(type.fsp);
    case "datetime":
      return 5 + fractionBytes(type.fsp);
    case "enum":
      return type.members.length < 256 ? 1 : 2;
    case "char":
      return type.length * bytesPerCharacter(type.collation);
    case "varchar": {
      const bytes = type.length * bytesPerCharacter(type.collation);
      return bytes + (bytes > 255 ? 2 : 1);
    }
    case "text":
    case "blob":
      return 8 + lengthBytes(type.length);
    case "rowId":
      return 6;
    default:
      return unreachable(type);
  }
}

function bytesPerCharacter(collation: string): number {
  return collation === "binary" ? 1 : 4;
}

/** Nine decimal digits take four bytes. */
function digitBytes(digits: number): number {
  return Math.floor(digits / 9) * 4 + Math.ceil((digits % 9) / 2);
}

function fractionBytes(fsp: number): number {
  return Math.ceil(fsp / 2);
}

function lengthBytes(length: number): number {
  if (length <= 0xff) return 1;
  if (length <= 0xffff) return 2;
  return length <= 0xff_ffff ? 3 : 4;
}
