/** What our server's deadlock log prints of a value, the reader of such logs reads back. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { dateOfDay, EPOCH_DAY } from "../../src/base/calendar.ts";
import { decimalText } from "../../src/base/decimal_text.ts";
import { dateText, timeText } from "../../src/base/temporal_text.ts";
import { fieldValue, likelyText } from "../../src/formats/record_fields.ts";
import { fieldBytes } from "../../src/server/innodb_status/field_bytes.ts";
import type { DataType, DataTypeName } from "../../src/sql/ast_type.ts";
import type { ColumnType, Value } from "../../src/trace/values.ts";

/** The written type of a column. */
function written(
  name: DataTypeName,
  length: number | null,
  decimals: number | null = null,
): DataType {
  return {
    kind: "dataType",
    span: { start: 0, end: 0 },
    name,
    length,
    decimals,
    unsigned: false,
    zerofill: false,
    values: [],
    charset: null,
    collation: null,
    binary: false,
  };
}

function readBack(type: ColumnType, value: Value, declared: DataType): string {
  const bytes = fieldBytes(type, value) ?? [];
  return fieldValue(declared, { bytes, isCut: false }).literal;
}

const fsp = fc.integer({ min: 0, max: 6 });
const day = fc.integer({ min: 366, max: 3_652_424 });
const micros = fc.integer({ min: 0, max: 86_399_999_999 });
const date = (days: number): string => {
  const found = dateOfDay(days);
  return found === null ? "" : dateText(found);
};

it("whole numbers and decimals of any size", () => {
  const sizes = fc.constantFrom<1 | 2 | 3 | 4 | 8>(1, 2, 3, 4, 8);
  fc.assert(
    fc.property(sizes, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (bytes, any) => {
      const value = Number(BigInt.asIntN(bytes * 8, any));
      if (!Number.isSafeInteger(value)) return;
      const read = readBack({ kind: "int", bytes, unsigned: false }, value, written("int", null));
      expect(read).toBe(String(value));
    }),
  );
  const shape = fc
    .tuple(fc.integer({ min: 1, max: 65 }), fc.nat(30), fc.bigInt(-(10n ** 65n), 10n ** 65n))
    .map(([precision, scale, any]) => {
      const least = Math.max(precision, scale);
      return { precision: least, scale, unscaled: any % 10n ** BigInt(least) };
    });
  fc.assert(
    fc.property(shape, ({ precision, scale, unscaled }) => {
      const text = decimalText(unscaled, scale);
      const type: ColumnType = { kind: "decimal", precision, scale, unsigned: false };
      expect(readBack(type, text, written("decimal", precision, scale))).toBe(text);
    }),
  );
});

it("dates, times and moments to the microsecond", () => {
  fc.assert(
    fc.property(day, micros, fsp, (days, clock, digits) => {
      const moment = `${date(days)} ${timeText(clock, digits)}`;
      expect(readBack({ kind: "date" }, date(days), written("date", null))).toBe(`'${date(days)}'`);
      const datetime = readBack(
        { kind: "datetime", fsp: digits },
        moment,
        written("datetime", digits),
      );
      expect(datetime).toBe(`'${moment}'`);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 0x7fffffff }), fsp, (seconds, digits) => {
      const clock = timeText((seconds % 86_400) * 1_000_000 + 123_456, digits);
      const moment = `${date(Math.floor(seconds / 86_400) + EPOCH_DAY)} ${clock}`;
      const type: ColumnType = { kind: "timestamp", fsp: digits };
      expect(readBack(type, moment, written("timestamp", digits))).toBe(`'${moment}'`);
    }),
  );
  const times = fc.integer({ min: -3_020_399_000_000, max: 3_020_399_000_000 });
  fc.assert(
    fc.property(times, fsp, (any, digits) => {
      const text = timeText(any - (any % 10 ** (6 - digits)), digits);
      const type: ColumnType = { kind: "time", fsp: digits };
      expect(readBack(type, text, written("time", digits))).toBe(`'${text}'`);
    }),
  );
});

it("without its table a field is told as a value where its bytes have only one likely meaning", () => {
  const told = (hex: string): string =>
    likelyText({ bytes: [...Buffer.from(hex, "hex")], isCut: false });
  expect(told("8000007800")).toBe("120.00");
  expect(told("99b8c2a000")).toBe("'2026-01-01 10:00:00'");
  expect(told("8fd421")).toBe("'2026-01-01'");
  expect(told("80000005")).toBe("5");
  expect(told("416e6e")).toBe("'Ann'");
  expect(likelyText(null)).toBe("NULL");
});
