/**
 * Fields of an InnoDB record as values to write in SQL, and the other way round what type bytes may be of.
 *
 *     INT        80000005        big-endian, the sign bit turned round
 *     DECIMAL    8000000100      nine digits in four bytes, fewer in fewer; all bits turned round below zero
 *     DATETIME   99b2c20000      17 bits of year * 13 + month, then day, hour, minute, second
 *
 * InnoDB: mach0data; the server's decimal2bin, my_datetime_packed_to_binary, my_time_packed_to_binary.
 */
import { type CalendarDate, dateOfDay, EPOCH_DAY } from "../base/calendar.ts";
import { clockText, dateText, timeText } from "../base/temporal_text.ts";
import type { DataType, DataTypeName } from "../sql/ast_type.ts";
import type { LogField } from "./deadlock_log.ts";

export interface FieldValue {
  /** As it is written in a statement. */
  readonly literal: string;
  /** What it is compared by: a whole number, a text, or nothing that is known. */
  readonly sort: bigint | string | null;
}

export const NULL_VALUE: FieldValue = { literal: "NULL", sort: null };

const INTEGERS = ["tinyint", "smallint", "mediumint", "int", "bigint"];
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

/** What of a column's type says how its bytes are read. */
type FieldType = Pick<DataType, "name" | "length" | "decimals" | "unsigned" | "values">;

/** A field's bytes, as InnoDB stores them, as a value of the column's type. */
export function fieldValue(type: FieldType, field: LogField | null): FieldValue {
  if (field === null) return NULL_VALUE;
  if (field.named !== undefined)
    return typeof field.named === "string" ? text(field.named) : number(field.named);
  const { bytes } = field;
  const whole = unsigned(bytes);
  const offset = 1n << BigInt(Math.max(1, bytes.length * 8) - 1);
  if (INTEGERS.includes(type.name)) return number(type.unsigned ? whole : whole - offset);
  switch (type.name) {
    case "year":
      return number(whole === 0n ? 0n : whole + 1900n);
    case "enum":
      return text(type.values[Number(whole) - 1] ?? "");
    case "set":
    case "bit":
      return number(whole);
    case "decimal":
      return plain(decimal(bytes, type.length ?? 10, type.decimals ?? 0));
    case "float":
    case "double":
      return plain(String(floating(bytes)));
    case "date":
      return quoted(date(Number(whole - offset)));
    case "datetime":
      return quoted(
        datetime(unsigned(bytes.slice(0, 5)) - 0x8000000000n) + fraction(bytes.slice(5), type),
      );
    case "timestamp":
      return quoted(
        timestamp(Number(unsigned(bytes.slice(0, 4)))) + fraction(bytes.slice(4), type),
      );
    case "time":
      return quoted(time(whole - offset, type));
    case "char":
    case "varchar":
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
      return text(type.name === "char" ? utf8(bytes).trimEnd() : utf8(bytes));
    default:
      return { literal: bytes.length === 0 ? "''" : `0x${hex(bytes)}`, sort: null };
  }
}

/** A value that lies between two of an index, where there is one to be found; null: no bound on that side. */
export function valueBetween(low: FieldValue | null, high: FieldValue | null): string | null {
  const [from, to] = [low?.sort ?? null, high?.sort ?? null];
  if (typeof to === "bigint") {
    const below = to - 1n;
    return typeof from === "bigint" && below <= from ? null : String(below);
  }
  if (typeof from === "bigint") return String(from + 1n);
  if (typeof to === "string") {
    const below = to.slice(0, -1);
    if (to !== "" && (typeof from !== "string" || below > from)) return text(below).literal;
    return typeof from === "string" ? text(`${from}0`).literal : null;
  }
  return typeof from === "string" ? text(`${from}z`).literal : null;
}

export function compareValues(one: FieldValue, other: FieldValue): number {
  const [a, b] = [one.sort, other.sort];
  if (a === null || b === null) return one.literal < other.literal ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a column of such bytes may be declared as. `fields`: its fields in all records of the log. */
export function guessedType(fields: readonly LogField[]): string {
  const samples = fields.filter((field) => field.named === undefined);
  const [first] = samples;
  if (first === undefined) {
    if (fields.some(({ named }) => typeof named === "string")) return "VARCHAR(255)";
    const isLong = fields.some(({ named }) => typeof named === "bigint" && named > 0x7fff_ffffn);
    return isLong ? "BIGINT" : "INT";
  }
  const lengths = new Set(samples.map(({ bytes }) => bytes.length));
  const { length } = first.bytes;
  const lead = first.bytes[0] ?? 0;
  const isPrintable = samples.every(({ bytes }) => bytes.every((byte) => byte >= 32 && byte < 127));
  if (samples.some(({ isCut }) => isCut)) return "VARCHAR(1000)";
  if (length > 8 && lengths.size === 1 && samples.some(isBinary)) return `BINARY(${length})`;
  if (lengths.size > 1 || (isPrintable && lead > 32) || length > 8) return "VARCHAR(255)";
  const isSigned = lead >= 0x7f && lead <= 0x80;
  const timed = { 5: "DATETIME", 6: "DATETIME(2)", 7: "DATETIME(3)", 8: "DATETIME(6)" }[length];
  if (timed !== undefined && lead === 0x99) return timed;
  const digits = { 5: 10, 6: 12, 7: 15 }[length];
  if (digits !== undefined && samples.every(({ bytes }) => isDecimal(bytes, digits)))
    return `DECIMAL(${digits},2)`;
  if (length === 3 && lead === 0x8f) return "DATE";
  const name = { 1: "TINYINT", 2: "SMALLINT", 3: "MEDIUMINT", 4: "INT", 8: "BIGINT" }[length];
  if (name === undefined) return "VARCHAR(255)";
  return isSigned || (length === 1 && lead > 0x7f) ? name : `${name} UNSIGNED`;
}

/** Whether they are such a number with two digits behind its point, and a small one. */
function isDecimal(bytes: readonly number[], digits: number): boolean {
  const lead = bytes[0] ?? 0;
  const [whole = "", rest = ""] = decimal(bytes, digits, 2).replace("-", "").split(".");
  return lead >= 0x7f && lead <= 0x80 && whole.length <= digits - 2 && rest.length === 2;
}

/** Bytes that no text has. */
function isBinary({ bytes }: LogField): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32)) || bytes.includes(0xff);
}

/** What it says, as far as its bytes tell without the table: a number, a text, a time, or the bytes. */
export function likelyText(field: LogField | null): string {
  if (field === null) return "NULL";
  const written = guessedType([field]);
  const [, name = "", length, decimals] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(written) ?? [];
  if (!TOLD_BY_BYTES.includes(name)) return asInLockData(field);
  const type = {
    name: name.toLowerCase() as DataTypeName,
    length: length === undefined ? null : Number(length),
    decimals: decimals === undefined ? null : Number(decimals),
    unsigned: false,
    values: [],
  };
  return fieldValue(type, field).literal;
}

/** What LOCK_DATA has in hexadecimal, and people do not. */
const TOLD_BY_BYTES = ["DECIMAL", "DATE", "DATETIME"];

/** As LOCK_DATA has it: times and numbers with a point as their bytes. */
export function asInLockData(field: LogField | null): string {
  if (field === null) return "NULL";
  const type = guessedType([field]);
  const { bytes } = field;
  if (type.startsWith("VARCHAR")) return text(utf8(bytes)).literal;
  if (!type.includes("INT")) return `0x${hex(bytes)}`;
  const offset = type.includes("UNSIGNED") ? 0n : 1n << BigInt(bytes.length * 8 - 1);
  return String(unsigned(bytes) - offset);
}

/** A quoted text. */
export function text(value: string): FieldValue {
  return { literal: `'${value.replace(/[\\']/g, (one) => one + one)}'`, sort: value };
}

function number(value: bigint): FieldValue {
  return { literal: String(value), sort: value };
}

function plain(value: string): FieldValue {
  return { literal: value, sort: null };
}

function quoted(value: string): FieldValue {
  return { literal: `'${value}'`, sort: null };
}

function unsigned(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** As the log prints them. */
export function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was cut in the middle of a character loses it. */
function utf8(bytes: readonly number[]): string {
  for (let end = bytes.length; end >= bytes.length - 3 && end >= 0; end--) {
    try {
      return decodeURIComponent(hex(bytes.slice(0, end)).replace(/../g, "%$&"));
    } catch {
      // One byte fewer.
    }
  }
  return bytes.map((byte) => String.fromCharCode(byte)).join("");
}

function decimal(bytes: readonly number[], precision: number, scale: number): string {
  const isNegative = ((bytes[0] ?? 0) & 0x80) === 0;
  const turned = bytes.map(
    (byte, at) => (byte ^ (at === 0 ? 0x80 : 0) ^ (isNegative ? 0xff : 0)) & 0xff,
  );
  const whole = precision - scale;
  const groups = [whole % 9, ...Array<number>(Math.floor(whole / 9)).fill(9)];
  const after = [...Array<number>(Math.floor(scale / 9)).fill(9), scale % 9];
  let at = 0;
  const digits = (counts: readonly number[]): string =>
    counts
      .filter((count) => count > 0)
      .map((count) => {
        const size = DIGIT_BYTES[count] ?? 4;
        const part = unsigned(turned.slice(at, at + size));
        at += size;
        return String(part).padStart(count, "0");
      })
      .join("");
  const before = digits(groups).replace(/^0+(?=\d)/, "") || "0";
  const rest = digits(after);
  return `${isNegative ? "-" : ""}${before}${rest === "" ? "" : `.${rest}`}`;
}

function floating(bytes: readonly number[]): number {
  const view = new DataView(new ArrayBuffer(8));
  for (const [at, byte] of bytes.slice(0, 8).entries()) view.setUint8(at, byte);
  return bytes.length === 4
    ? Number(view.getFloat32(0, true).toPrecision(6))
    : view.getFloat64(0, true);
}

function date(packed: number): string {
  return dateText({ year: packed >> 9, month: (packed >> 5) & 15, day: packed & 31 });
}

function datetime(packed: bigint): string {
  const clock = Number(packed & 0x1ffffn);
  const days = Number(packed >> 17n);
  const months = days >> 5;
  const date = { year: Math.floor(months / 13), month: months % 13, day: days & 31 };
  return `${dateText(date)} ${packedClock(clock)}`;
}

/** Below zero the fraction is part of the number that is turned round. */
function time(packed: bigint, type: FieldType): string {
  const length = Math.ceil((type.length ?? 0) / 2);
  const size = packed < 0n ? -packed : packed;
  const clock = packedClock(Number(size >> BigInt(length * 8)));
  const digits = String(size & ((1n << BigInt(length * 8)) - 1n)).padStart(length * 2, "0");
  const rest = length === 0 ? "" : `.${digits.slice(0, type.length ?? 0)}`;
  return `${packed < 0n ? "-" : ""}${clock}${rest}`;
}

/** Two digits a byte. */
function fraction(bytes: readonly number[], type: FieldType): string {
  if (bytes.length === 0) return "";
  const digits = String(unsigned(bytes)).padStart(bytes.length * 2, "0");
  return `.${digits.slice(0, type.length ?? digits.length)}`;
}

/** Six bits each of minutes and seconds, the hours above. */
function packedClock(packed: number): string {
  return clockText(packed >> 12, (packed >> 6) & 63, packed & 63);
}

/** Seconds since 1970 as UTC. */
function timestamp(seconds: number): string {
  const date = dateOfDay(Math.floor(seconds / 86_400) + EPOCH_DAY) as CalendarDate;
  return `${dateText(date)} ${timeText((seconds % 86_400) * 1_000_000, 0)}`;
}
