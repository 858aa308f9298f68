/**
 * Stored values as the bytes InnoDB keeps in a record, for the record dumps of SHOW ENGINE INNODB STATUS.
 *
 *     INT 5            80000005   big-endian, the sign bit turned round so that bytes sort like numbers
 *     VARCHAR 'Bao'    42616f     UTF-8
 *     DB_TRX_ID        6 bytes,   DB_ROLL_PTR 7 bytes
 *
 * InnoDB: mach0data, row_mysql_store_col_in_innobase_format; rem0rec.cc: rec_print_new.
 */

import { binaryBytes, utf8Bytes } from "../../base/utf8.ts";
import { bytesOfBits } from "../../innodb/bits.ts";
import {
  datetimeBytes,
  decimalBytes,
  floatingBytes,
  integerBytes,
  packedDate,
  timeBytes,
  timestampBytes,
} from "../../innodb/stored_bytes.ts";
import { fixedLength } from "../../innodb/stored_length.ts";
import type { ColumnType, Value } from "../../trace/values.ts";

/** Bytes as numbers; null for SQL NULL. */
export function fieldBytes(type: ColumnType, value: Value): readonly number[] | null {
  if (value === null) return null;
  switch (type.kind) {
    case "int":
      return integerBytes(BigInt(value), type.bytes, type.unsigned);
    case "enum":
      // The trace shows a member by its text; the record holds its place, 0 for the empty text of a bad value.
      if (type.isSet)
        return integerBytes(bitsOfMembers(value, type.members), fixedLength(type), true);
      return integerBytes(BigInt(type.members.indexOf(String(value)) + 1), fixedLength(type), true);
    case "bit":
      return bytesOfBits(BigInt(`0${String(value).replaceAll("'", "")}`), fixedLength(type));
    case "year":
      return integerBytes(BigInt(Number(value) === 0 ? 0 : Number(value) - 1900), 1, true);
    case "rowId":
      return integerBytes(BigInt(value), 6, true);
    case "decimal":
      return decimalBytes(BigInt(String(value).replace(".", "")), type.precision, type.scale);
    case "float":
      return floatingBytes(Number(value), 4);
    case "double":
      return floatingBytes(Number(value), 8);
    case "date":
      return integerBytes(BigInt(packedDate(String(value))), 3, false);
    case "datetime":
      return datetimeBytes(String(value), type.fsp);
    case "timestamp":
      return timestampBytes(String(value), type.fsp);
    case "time":
      return timeBytes(microsOf(String(value)), type.fsp);
    case "char":
      return paddedBytes(textBytes(type.collation, value), type.length);
    case "varchar":
    case "text":
    case "blob":
      return textBytes(type.collation, value);
    default:
      return utf8Bytes(String(value));
  }
}

function bitsOfMembers(value: Value, members: readonly string[]): bigint {
  const given = new Set(String(value).split(","));
  return members.reduce((bits, one, at) => (given.has(one) ? bits | (1n << BigInt(at)) : bits), 0n);
}

function textBytes(collation: string, value: unknown): number[] {
  return collation === "binary" ? binaryBytes(String(value)) : utf8Bytes(String(value));
}

/** "-12:34:56.123456" */
function microsOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.replace("-", "").split(":").map(Number);
  const micros = (hour * 3600 + minute * 60) * 1_000_000 + Math.round(second * 1_000_000);
  return time.startsWith("-") ? -micros : micros;
}

/** A CHAR has at least as many bytes as it may have characters. */
function paddedBytes(bytes: readonly number[], length: number): readonly number[] {
  return bytes.length >= length
    ? bytes
    : [...bytes, ...Array<number>(length - bytes.length).fill(0x20)];
}

/** " 0: len 4; hex 80000005; asc     ;;" */
export function fieldLine(position: number, bytes: readonly number[] | null): string {
  if (bytes === null) return ` ${position}: SQL NULL;`;
  const shown = bytes.slice(0, SHOWN_BYTES);
  const hex = shown.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const ascii = shown
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : " "))
    .join("");
  const rest = bytes.length > SHOWN_BYTES ? ` (total ${bytes.length} bytes)` : "";
  return ` ${position}: len ${shown.length}; hex ${hex}; asc ${ascii};${rest};`;
}

/** Longer fields are cut. */
const SHOWN_BYTES = 30;
