/**
 * Decimals, floating points, dates and times as the bytes of a record.
 *
 *     DECIMAL(10,2) 1.00    8000000100       nine digits in four bytes, fewer in fewer; turned round below zero
 *     DATE                  8fd05d           year * 512 + month * 32 + day
 *     DATETIME(3)           99b2bac8b81ed2   year * 13 + month, day, hour, minute, second in 40 bits; then the fraction
 *     TIMESTAMP             65e079f0         seconds since 1970, UTC
 *     TIME                  80c8b8           hours, minutes, seconds in 24 bits
 *     DOUBLE 0.1            9a9999999999b93f as the machine has it
 *
 * The server: decimal2bin, my_datetime_packed_to_binary, my_timestamp_to_binary, my_time_packed_to_binary.
 */
import { integerBytes } from "./integer_bytes.ts";

const DIGITS_MAX = 9;
const BYTES_OF_DIGITS = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

export function decimalBytes(text: string, precision: number, scale: number): number[] {
  const isNegative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const before = whole.replace(/^0+/, "").padStart(precision - scale, "0");
  const after = fraction.padEnd(scale, "0");
  // The incomplete group stands at the far end on either side of the point.
  const first = before.length % DIGITS_MAX;
  const groups = [before.slice(0, first), ...groupsOf(before.slice(first)), ...groupsOf(after)];
  const bytes = groups.flatMap((digits) =>
    integerBytes(BigInt(digits || "0"), BYTES_OF_DIGITS[digits.length] ?? 4, true),
  );
  return bytes.map((byte, at) => (byte ^ (isNegative ? 0xff : 0) ^ (at === 0 ? 0x80 : 0)) & 0xff);
}

export function floatingBytes(value: number, length: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(length));
  if (length === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return Array.from({ length }, (_one, at) => view.getUint8(at));
}

/** "2024-02-29" */
export function dateBytes(text: string): number[] {
  const [year = 0, month = 0, day = 0] = numbersIn(text);
  return integerBytes(BigInt(year * 512 + month * 32 + day), 3, false);
}

/** "2024-02-29 12:34:56.789" */
export function datetimeBytes(text: string, fsp: number): number[] {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbersIn(text);
  const days = BigInt((year * 13 + month) * 32 + day);
  const packed = (days << 17n) | BigInt((hour << 12) | (minute << 6) | second);
  return [...integerBytes(packed, 5, false), ...fractionBytes(text, fsp)];
}

/** In UTC. */
export function timestampBytes(text: string, fsp: number): number[] {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbersIn(text);
  const seconds = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  // A timestamp of zeros is 0.
  const stored = BigInt(year === 0 ? 0 : seconds);
  return [...integerBytes(stored, 4, true), ...fractionBytes(text, fsp)];
}

/** "-12:34:56.123456": below zero the fraction is part of the number that is turned round. */
export function timeBytes(text: string, fsp: number): number[] {
  const [hour = 0, minute = 0, second = 0] = numbersIn(text.replace("-", ""));
  const fraction = fractionBytes(text, fsp);
  const bits = BigInt(fraction.length * 8);
  const rest = fraction.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = (BigInt((hour << 12) | (minute << 6) | second) << bits) | rest;
  return integerBytes(text.startsWith("-") ? -size : size, 3 + fraction.length, false);
}

/** Two digits a byte: 1 and 2 digits are stored as hundredths, 3 and 4 as ten thousandths. */
function fractionBytes(text: string, fsp: number): number[] {
  const length = Math.ceil(fsp / 2);
  const digits = (text.split(".")[1] ?? "").slice(0, fsp).padEnd(length * 2, "0");
  return length === 0 ? [] : integerBytes(BigInt(digits), length, true);
}

function groupsOf(digits: string): string[] {
  return digits.match(/.{1,9}/g) ?? [];
}

function numbersIn(text: string): number[] {
  return (text.split(".")[0] ?? "").split(/[-: ]/).map(Number);
}

function daysSince1970(year: number, month: number, day: number): number {
  // March is the first month, so that the leap day is the last of its year.
  const years = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 1 - 719_468;
}
