/**
 * How long a row may become in the server's own format, which is what limits it (1118).
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_create_table, sql/unireg.cc: pack_header; Field::pack_length.
 */
import { fixedLength, isString } from "../../innodb/stored_length.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { ServerColumn } from "../context.ts";
import { characterBytes } from "../types/character_sets.ts";

export const ROW_BYTES_MAX = 65_535;

/** With a bit for each column that can be NULL. */
export function rowBytes(columns: readonly ServerColumn[]): number {
  const nullable = columns.filter((column) => column.nullable).length;
  const bytes = columns.reduce((sum, column) => sum + columnBytes(column.type), 0);
  return bytes + Math.ceil(nullable / 8);
}

function columnBytes(type: ColumnType): number {
  if (!isString(type)) return fixedLength(type);
  if (type.kind === "text" || type.kind === "blob") return 8 + lengthBytes(type.length);
  const bytes = type.length * characterBytes(type);
  if (type.kind === "char") return bytes;
  return bytes + (bytes > 255 ? 2 : 1);
}

function lengthBytes(length: number): number {
  if (length <= 0xff) return 1;
  if (length <= 0xffff) return 2;
  return length <= 0xff_ffff ? 3 : 4;
}
