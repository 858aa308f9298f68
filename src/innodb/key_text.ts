/**
 * The text of LOCK_DATA in performance_schema.data_locks: integers as numbers, character strings quoted, and all
 * that InnoDB keeps as opaque bytes (DECIMAL, DATETIME, TIME, BLOB, prefixes of TEXT) in hexadecimal as stored.
 *
 * InnoDB: p_s.cc (p_s_fill_lock_data), row0row.cc (row_raw_format); the byte formats are those of
 * MySQL: decimal2bin, my_datetime_packed_to_binary, my_time_packed_to_binary.
 */
import { unreachable } from "../base/assert.ts";
import { utf8Bytes } from "../base/utf8.ts";

import type { Datum } from "./api.ts";
import type { Index, IndexField } from "./types.ts";

/** "5", "10, 10", "'Bao', 3", "NULL, 0x000000000201"; of a key prefix, so much of it. */
export function keyText(index: Index, key: readonly Datum[]): string {
  let text = "";
  for (let i = 0; i < key.length; i += 1) {
    if (i > 0) text += ", ";
    text += fieldText(index.fields[i] as IndexField, key[i] as Datum);
  }
  return text;
}

function fieldText(field: IndexField, datum: Datum): string {
  if (datum === null) return "NULL";
  const { type } = field;
  switch (type.kind) {
    case "int":
    case "enum":
      return String(datum);
    case "rowId":
      return `0x${hexOf(BigInt(datum), 6)}`;
    case "year":
      return String(datum === 0 ? 0 : Number(datum) - 1900);
    case "date":
      return String(packedDate(String(datum)));
    case "decimal":
      return `0x${decimalHex(BigInt(datum), type.precision, type.scale)}`;
    case "double":
    case "float":
      return `0x${floatHex(Number(datum), type.kind === "float" ? 4 : 8)}`;
    case "datetime":
      return `0x${datetimeHex(String(datum), type.fsp)}`;
    case "timestamp":
      return `0x${timestampHex(String(datum), type.fsp)}`;
    case "time":
      return `0x${timeHex(Number(datum), type.fsp)}`;
    case "varchar":
      return type.collation === "binary"
        ? `0x${bytesHex(utf8Bytes(String(datum)))}`
        : quoted(String(datum));
    case "char":
      return charText(String(datum), field.prefix ?? type.length, type.collation === "binary");
    case "text":
    case "blob":
      return `0x${bytesHex(utf8Bytes(String(datum)))}`;
    default:
      return unreachable(type);
  }
}

/** InnoDB: ut_str_sql_format doubles quotes and backslashes. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
}

/** CHAR(n) is stored with spaces up to n bytes, BINARY(n) with zero bytes. */
function charText(text: string, length: number, isBinary: boolean): string {
  const bytes = utf8Bytes(text);
  const missing = Math.max(0, length - bytes.length);
  if (isBinary) return `0x${bytesHex(bytes)}${"00".repeat(missing)}`;
  return quoted(text + " ".repeat(missing));
}

function bytesHex(bytes: readonly number[]): string {
  return bytes
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

/** Two's complement, big endian. */
function hexOf(value: bigint, bytes: number): string {
  return BigInt.asUintN(bytes * 8, value)
    .toString(16)
    .padStart(bytes * 2, "0")
    .toUpperCase();
}

function floatHex(value: number, bytes: 4 | 8): string {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return bytesHex([...new Uint8Array(view.buffer)]);
}

/** Bytes that 0 to 9 decimal digits take. */
const DIGIT_BYTES: readonly number[] = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

/** Bytes of a DECIMAL value. */
export function decimalBytes(precision: number, scale: number): number {
  const whole = precision - scale;
  const part = (digits: number): number =>
    Math.floor(digits / 9) * 4 + (DIGIT_BYTES[digits % 9] as number);
  return part(whole) + part(scale);
}

/** MySQL: decimal2bin: groups of nine digits, the sign in the first bit, a negative number inverted. */
function decimalHex(unscaled: bigint, precision: number, scale: number): string {
  const isNegative = unscaled < 0n;
  const digits = (isNegative ? -unscaled : unscaled).toString().padStart(precision, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  const bytes: number[] = [];
  const put = (group: string): void => {
    const hex = hexOf(BigInt(group === "" ? "0" : group), DIGIT_BYTES[group.length] as number);
    for (let i = 0; i < hex.length; i += 2) bytes.push(Number.parseInt(hex.slice(i, i + 2), 16));
  };
  const lead = whole.length % 9;
  if (lead > 0) put(whole.slice(0, lead));
  for (let i = lead; i < whole.length; i += 9) put(whole.slice(i, i + 9));
  for (let i = 0; i < fraction.length; i += 9) put(fraction.slice(i, i + 9));
  const stored = isNegative ? bytes.map((byte) => byte ^ 0xff) : bytes;
  stored[0] = (stored[0] as number) ^ 0x80;
  return bytesHex(stored);
}

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

function momentOf(text: string): Moment {
  const [date = "", clock = ""] = text.split(" ");
  const [year, month, day] = date.split("-").map(Number);
  const [hms = "", fraction = ""] = clock.split(".");
  const [hour, minute, second] = hms.split(":").map(Number);
  return {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
    microsecond: Number(fraction.padEnd(6, "0").slice(0, 6)),
  };
}

function packedDate(text: string): number {
  const { year, month, day } = momentOf(text);
  return year * 512 + month * 32 + day;
}

function datetimeHex(text: string, fsp: number): string {
  const m = momentOf(text);
  const ymd = (m.year * 13 + m.month) * 32 + m.day;
  const packed = BigInt(ymd) * 0x20000n + BigInt(m.hour * 4096 + m.minute * 64 + m.second);
  return hexOf(packed + 0x8000000000n, 5) + fractionHex(m.microsecond, fsp);
}

/** Departure: the server's time zone is UTC. */
function timestampHex(text: string, fsp: number): string {
  const m = momentOf(text);
  const seconds =
    daysFromEpoch(m.year, m.month, m.day) * 86_400 + m.hour * 3600 + m.minute * 60 + m.second;
  return hexOf(BigInt(m.year === 0 ? 0 : seconds), 4) + fractionHex(m.microsecond, fsp);
}

/** Days from 1970-01-01 in the Gregorian calendar. */
function daysFromEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Bytes of the fraction of a second: two digits each. */
function fractionHex(microsecond: number, fsp: number): string {
  const bytes = Math.ceil(fsp / 2);
  return bytes === 0 ? "" : hexOf(BigInt(Math.trunc(microsecond / 10 ** (6 - bytes * 2))), bytes);
}

function timeHex(microseconds: number, fsp: number): string {
  const total = Math.abs(microseconds);
  const seconds = Math.floor(total / 1_000_000);
  const clock =
    Math.floor(seconds / 3600) * 4096 + (Math.floor(seconds / 60) % 60) * 64 + (seconds % 60);
  const unsigned = BigInt(clock) * 0x1000000n + BigInt(total % 1_000_000);
  const packed = microseconds < 0 ? -unsigned : unsigned;
  const bytes = Math.ceil(fsp / 2);
  if (bytes === 3) return hexOf(packed + 0x800000000000n, 6);
  const fraction = packed % 0x1000000n;
  return (
    hexOf((packed >> 24n) + 0x800000n, 3) +
    (bytes === 0 ? "" : hexOf(fraction / BigInt(10 ** (6 - bytes * 2)), bytes))
  );
}
