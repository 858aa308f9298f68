/**
 * Stored values as the bytes InnoDB keeps in a record, for the record dumps of SHOW ENGINE INNODB STATUS.
 *
 *     INT 5            80000005   big-endian, the sign bit turned round so that bytes sort like numbers
 *     VARCHAR 'Bao'    42616f     UTF-8
 *     DB_TRX_ID        6 bytes,   DB_ROLL_PTR 7 bytes
 *
 * InnoDB: mach0data, row_mysql_store_col_in_innobase_format; rem0rec.cc: rec_print_new.
 */

import type { ColumnType, Value } from "../../trace/values.ts";
import { integerBytes } from "./integer_bytes.ts";
import {
  dateBytes,
  datetimeBytes,
  decimalBytes,
  floatingBytes,
  timeBytes,
  timestampBytes,
} from "./packed_bytes.ts";

/** Bytes as numbers; null for SQL NULL. */
export function fieldBytes(type: ColumnType, value: Value): readonly number[] | null {
  if (value === null) return null;
  switch (type.kind) {
    case "int":
      return integerBytes(BigInt(value), type.bytes, type.unsigned);
    case "enum":
      // The trace shows a member by its text; the record holds its place, 0 for the empty text of a bad value.
      return integerBytes(
        BigInt(type.members.indexOf(String(value)) + 1),
        type.members.length > 255 ? 2 : 1,
        true,
      );
    case "year":
      return integerBytes(BigInt(Number(value) === 0 ? 0 : Number(value) - 1900), 1, true);
    case "rowId":
      return integerBytes(BigInt(value), 6, true);
    case "decimal":
      return decimalBytes(String(value), type.precision, type.scale);
    case "float":
      return floatingBytes(Number(value), 4);
    case "double":
      return floatingBytes(Number(value), 8);
    case "date":
      return dateBytes(String(value));
    case "datetime":
      return datetimeBytes(String(value), type.fsp);
    case "timestamp":
      return timestampBytes(String(value), type.fsp);
    case "time":
      return timeBytes(String(value), type.fsp);
    case "char":
      return paddedBytes(textBytes(String(value)), type.length);
    default:
      return textBytes(String(value));
  }
}

/** A CHAR has at least as many bytes as it may have characters. */
function paddedBytes(bytes: readonly number[], length: number): readonly number[] {
  return bytes.length >= length
    ? bytes
    : [...bytes, ...Array<number>(length - bytes.length).fill(0x20)];
}

export function textBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0));
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0));
  }
  return bytes;
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

function tail(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f);
}
