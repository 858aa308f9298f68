/**
 * The text of LOCK_DATA in performance_schema.data_locks: integers as numbers, character strings quoted, and all
 * that InnoDB keeps as opaque bytes (DECIMAL, DATETIME, TIME, BLOB, prefixes of TEXT) in hexadecimal as stored.
 * And the same key for people: with the values that the columns have.
 *
 * InnoDB: p_s.cc (p_s_fill_lock_data), row0row.cc (row_raw_format).
 */
import { unreachable } from "../base/assert.ts";
import { binaryBytes, utf8Bytes } from "../base/utf8.ts";
import { wholeNumberText } from "../base/whole_number_text.ts";
import type { Datum } from "./api.ts";
import { bytesOfBits } from "./bits.ts";
import { toValue } from "./datum.ts";
import {
  datetimeBytes,
  decimalBytes,
  floatingBytes,
  integerBytes,
  packedDate,
  timeBytes,
  timestampBytes,
} from "./stored_bytes.ts";
import { fixedLength } from "./stored_length.ts";
import type { Index, IndexField, Rec } from "./types.ts";

/** For people: "5", "10, 10", "'Bao', 3", "2026-01-01 10:00:00, 7", "NULL, 0x000000000201"; of a key prefix, so much of it. */
export function keyText(index: Index, key: readonly Datum[]): string {
  const first = key[0];
  if (typeof first === "number" && key.length === 1 && index.fields[0]?.type.kind === "int")
    return wholeNumberText(first);
  return fieldTexts(index, key, shownText);
}

/** The key of a user record, for people. */
export function recKeyText(rec: Rec): string {
  rec.keyText ??= keyText(rec.page.index, rec.key);
  return rec.keyText;
}

/** LOCK_DATA where it is not what people read ("0x99B8A2A000, 7"), else null. */
export function opaqueKeyText(index: Index, key: readonly Datum[], shown: string): string | null {
  if (index.fields.every(({ type }) => type.kind === "int")) return null;
  const text = fieldTexts(index, key, storedText);
  return text === shown ? null : text;
}

function fieldTexts(
  index: Index,
  key: readonly Datum[],
  textOf: (field: IndexField, datum: Datum) => string,
): string {
  let text = "";
  for (let i = 0; i < key.length; i += 1) {
    if (i > 0) text += ", ";
    text += textOf(index.fields[i] as IndexField, key[i] as Datum);
  }
  return text;
}

/** A column's value; what has no other text than its bytes as LOCK_DATA has it. */
function shownText(field: IndexField, datum: Datum): string {
  const { type } = field;
  const isText = "collation" in type;
  if (datum === null || type.kind === "rowId" || (isText && type.collation === "binary"))
    return storedText(field, datum);
  const text = String(toValue(type, datum));
  return isText ? `'${text.replaceAll("'", "''")}'` : text;
}

function storedText(field: IndexField, datum: Datum): string {
  if (datum === null) return "NULL";
  const { type } = field;
  switch (type.kind) {
    case "int":
    case "enum":
      return String(datum);
    case "bit":
      return opaque(bytesOfBits(datum as number | bigint, fixedLength(type)));
    case "rowId":
      return opaque(integerBytes(BigInt(datum), 6, true));
    case "year":
      return String(datum === 0 ? 0 : Number(datum) - 1900);
    case "date":
      return String(packedDate(String(datum)));
    case "decimal":
      return opaque(decimalBytes(BigInt(datum), type.precision, type.scale));
    case "float":
      return opaque(floatingBytes(Number(datum), 4));
    case "double":
      return opaque(floatingBytes(Number(datum), 8));
    case "datetime":
      return opaque(datetimeBytes(String(datum), type.fsp));
    case "timestamp":
      return opaque(timestampBytes(String(datum), type.fsp));
    case "time":
      return opaque(timeBytes(Number(datum), type.fsp));
    case "varchar":
      return type.collation === "binary"
        ? opaque(binaryBytes(String(datum)))
        : quoted(String(datum));
    case "char":
      return charText(String(datum), type.length, field.prefix, type.collation === "binary");
    case "text":
      return opaque(utf8Bytes(String(datum)));
    case "blob":
      return opaque(binaryBytes(String(datum)));
    default:
      return unreachable(type);
  }
}

/**
 * InnoDB: ut_str_sql_format doubles quotes and backslashes; the text is in the server's own character set, utf8mb3, where a
 * character of four bytes is a question mark.
 */
function quoted(text: string): string {
  const short = text.replace(/[\u{10000}-\u{10ffff}]/gu, "?");
  return `'${short.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
}

/** CHAR(n) is stored with spaces up to n bytes, BINARY(n) with zero bytes; of a prefix, its first characters. */
function charText(text: string, length: number, prefix: number | null, isBinary: boolean): string {
  const bytes = isBinary ? binaryBytes(text) : utf8Bytes(text);
  const missing = Math.max(0, length - bytes.length);
  if (isBinary) {
    const stored = [...bytes, ...Array<number>(missing).fill(0)];
    return opaque(stored.slice(0, prefix ?? length));
  }
  const stored = text + " ".repeat(missing);
  return quoted(prefix === null ? stored : [...stored].slice(0, prefix).join(""));
}

/** "0x8000000100" */
function opaque(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `0x${hex.toUpperCase()}`;
}
