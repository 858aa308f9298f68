/**
 * A row as MySQL has it in memory, table->record[0]: bits that say what is NULL, then the columns.
 *
 *     (id INT NOT NULL, a INT)   5, NULL        fe | 05 00 00 00 | 00 00 00 00        bit 0 says that a is NULL
 *     with a VARCHAR, BLOB       no bit is left for deleted rows in front
 *
 * MySQL: TABLE_SHARE::default_values, Field::pack_length; sql/sql_table.cc: mysql_checksum_table.
 * Departure: texts of multi-byte character sets that are no UTF have the bytes of utf8mb4.
 */
import { utf8Bytes } from "../../base/utf8.ts";
import type { Datum, Row } from "../../innodb/api.ts";
import { bytesOfBits } from "../../innodb/bits.ts";
import { toValue } from "../../innodb/datum.ts";
import { packedDate } from "../../innodb/stored_bytes.ts";
import { fixedLength, isString, type StringType } from "../../innodb/stored_length.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn } from "../context.ts";
import { fieldBytes } from "../innodb_status/field_bytes.ts";
import { characterBytes, shownCollation } from "../types/character_sets.ts";
import { isJson } from "../types/sql_type.ts";

type Table = Pick<CatalogTable, "columns">;

/** Piece by piece: the NULL bits first. */
export function* recordBytes(table: Table, row: Row): Iterable<readonly number[]> {
  yield nullBits(table, row);
  for (const [at, column] of table.columns.entries()) yield columnBytes(column, row[at] ?? null);
}

/** Bits behind the last are set; where none is left over, MySQL sets those of the whole last byte. */
function nullBits(table: Table, row: Row): readonly number[] {
  const nullable = table.columns.flatMap(({ nullable: one }, at) => (one ? [at] : []));
  const isPacked = table.columns.some(({ type }) => isString(type) && type.kind !== "char");
  const bits = [...(isPacked ? [] : [true]), ...nullable.map((at) => (row[at] ?? null) === null)];
  const bytes = Array<number>(Math.ceil(bits.length / 8)).fill(0);
  for (let at = 0; at < bytes.length * 8; at += 1) {
    const isOfLast = bits.length % 8 === 0 && at >= bits.length - 8;
    if (isOfLast || (bits[at] ?? true)) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return bytes;
}

/** NULL has the bytes of the default, else of nothing. */
function columnBytes(column: ServerColumn, value: Datum): readonly number[] {
  const { type } = column;
  if (value !== null) return bytesOf(type, value);
  const known = column.default.kind === "literal" ? column.default.value : null;
  if (known !== null) return bytesOf(type, known);
  return zeroBytes(type);
}

/** MySQL: Field::reset. */
function zeroBytes(type: ColumnType): readonly number[] {
  switch (type.kind) {
    case "decimal":
    case "time":
      return bytesOf(type, 0);
    case "datetime":
      return bytesOf(type, "0000-00-00 00:00:00");
    case "char":
      return padded(type, []);
    case "text":
      return isJson(type) ? bytesOf(type, "null") : [];
    default:
      return isString(type) ? [] : Array<number>(fixedLength(type)).fill(0);
  }
}

/** Whole numbers and dates lie lowest byte first. */
function bytesOf(type: ColumnType, value: Datum): readonly number[] {
  switch (type.kind) {
    case "int":
      return lowestFirst(BigInt(value as number | bigint), type.bytes);
    case "enum":
      return lowestFirst(BigInt(value as number | bigint), fixedLength(type));
    case "date":
      return lowestFirst(BigInt(packedDate(String(value))), 3);
    case "bit":
      return bytesOfBits(value as number | bigint, fixedLength(type));
    case "char":
      return padded(type, textBytes(type, String(value)));
    case "varchar":
    case "text":
    case "blob":
      return textBytes(type, String(value));
    default:
      return fieldBytes(type, toValue(type, value)) ?? [];
  }
}

function lowestFirst(value: bigint, length: number): number[] {
  return Array.from({ length }, (_one, at) => Number((value >> BigInt(at * 8)) & 0xffn));
}

type TextType = Extract<ColumnType, { readonly collation: string }>;

function textBytes(type: TextType, text: string): number[] {
  const isBinary = shownCollation(type) === "binary";
  const isOneByte = characterBytes(type) === 1;
  return isBinary || isOneByte
    ? Array.from(text, (char) => char.charCodeAt(0) & 0xff)
    : utf8Bytes(text);
}

/** A CHAR fills its column, with blanks, a BINARY with zeros. */
function padded(type: StringType, bytes: readonly number[]): number[] {
  const length = type.length * characterBytes(type);
  const filler = type.collation === "binary" ? 0 : 0x20;
  return [...bytes, ...Array<number>(Math.max(length - bytes.length, 0)).fill(filler)];
}
