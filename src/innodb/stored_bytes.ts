/**
 * Values as the bytes of a record.
 *
 *     INT 5                 80000005         big-endian, the sign bit turned round so that bytes sort like numbers
 *     DECIMAL(10,2) 1.00    8000000100       nine digits in four bytes, fewer in fewer; turned round below zero
 *     DATE                  8fd05d           year * 512 + month * 32 + day
 *     DATETIME(3)           99b2bac8b81ed2   year * 13 + month, day, hour, minute, second in 40 bits; then the fraction
 *     TIMESTAMP             65e079f0         seconds since 1970, UTC
 *     TIME                  80c8b8           hours, minutes, seconds in 24 bits
 *     DOUBLE 0.1            9a9999999999b93f as the machine has it
 *
 * InnoDB: mach0data; MySQL: decimal2bin, my_datetime_packed_to_binary, my_timestamp_to_binary, my_time_packed_to_binary.
 */
import { dayNumber, EPOCH_DAY } from "../base/calendar.ts";
import { bytesOfDigits, bytesOfFraction } from "./stored_length.ts";

/** Of a signed one the sign bit is turned round. */
export function integerBytes(value: bigint, length: number, unsigned: boolean): number[] {
  const bits = BigInt(length * 8);
  const stored = BigInt.asUintN(Number(bits), unsigned ? value : value + (1n << (bits - 1n)));
  return Array.from({ length }, (_one, at) =>
    Number((stored >> BigInt((length - 1 - at) * 8)) & 0xffn),
  );
}

/** `unscaled`: 12.34 is 1234 with scale 2. */
export function decimalBytes(unscaled: bigint, precision: number, scale: number): number[] {
  const isNegative = unscaled < 0n;
  const digits = String(isNegative ? -unscaled : unscaled).padStart(precision, "0");
  const point = digits.length - scale;
  // The incomplete group stands at the far end on either side of the point.
  const first = point % 9;
  const groups = [
    digits.slice(0, first),
    ...groupsOf(digits.slice(first, point)),
    ...groupsOf(digits.slice(point)),
  ];
  const bytes = groups.flatMap((group) =>
    integerBytes(BigInt(group), bytesOfDigits(group.length), true),
  );
  return bytes.map((byte, at) => byte ^ (isNegative ? 0xff : 0) ^ (at === 0 ? 0x80 : 0));
}

/** FLOAT (4) and DOUBLE (8) as records hold them, lowest byte first (InnoDB: mach_double_write). */
export function floatingBytes(value: number, length: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(length));
  if (length === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return Array.from({ length }, (_one, at) => view.getUint8(at));
}

/** "2024-02-29" as the number that is stored. */
export function packedDate(text: string): number {
  const [year = 0, month = 0, day = 0] = numbersIn(text);
  return year * 512 + month * 32 + day;
}

/** "2024-02-29 12:34:56.789" */
export function datetimeBytes(text: string, fsp: number): number[] {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbersIn(text);
  const days = BigInt((year * 13 + month) * 32 + day);
  const packed = (days << 17n) | BigInt((hour << 12) | (minute << 6) | second);
  return [...integerBytes(packed, 5, false), ...fractionBytes(text, fsp)];
}

/** Departure: the server's time zone is UTC. */
export function timestampBytes(text: string, fsp: number): number[] {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbersIn(text);
  const days = dayNumber(year, month, day) - EPOCH_DAY;
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
  // A timestamp of zeros is 0.
  const stored = BigInt(year === 0 ? 0 : seconds);
  return [...integerBytes(stored, 4, true), ...fractionBytes(text, fsp)];
}

/** Below zero the fraction is part of the number that is turned round. */
export function timeBytes(microseconds: number, fsp: number): number[] {
  const total = Math.abs(microseconds);
  const seconds = Math.floor(total / 1_000_000);
  const length = bytesOfFraction(fsp);
  const clock =
    (Math.floor(seconds / 3600) << 12) | (Math.floor((seconds / 60) % 60) << 6) | (seconds % 60);
  const fraction = Math.floor((total % 1_000_000) / 10 ** (6 - length * 2));
  const size = (BigInt(clock) << BigInt(length * 8)) | BigInt(fraction);
  return integerBytes(microseconds < 0 ? -size : size, 3 + length, false);
}

/** Two digits a byte: 1 and 2 digits are stored as hundredths, 3 and 4 as ten thousandths. */
function fractionBytes(text: string, fsp: number): number[] {
  const length = bytesOfFraction(fsp);
  const digits = (text.split(".")[1] ?? "").slice(0, fsp).padEnd(length * 2, "0");
  return length === 0 ? [] : integerBytes(BigInt(digits), length, true);
}

function groupsOf(digits: string): string[] {
  return digits.match(/.{1,9}/g) ?? [];
}

function numbersIn(text: string): number[] {
  return (text.split(".")[0] ?? "").split(/[-: ]/).map(Number);
}
