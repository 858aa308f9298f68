/** LOCK_DATA as performance_schema.data_locks of MySQL 9.7.4 printed it for a row with the value as its primary key, and the key as the page says it. */
import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../../src/base/int_map.ts";
import type { Datum } from "../../../src/innodb/api.ts";
import type { RecState } from "../../../src/trace/state.ts";
import type { Collation, ColumnType } from "../../../src/trace/values.ts";
import { insert, newDriver } from "./driver.ts";

function recOf(type: ColumnType, datum: Datum): RecState | undefined {
  const driver = newDriver();
  const table = driver.engine.createTable({
    schema: "sim",
    name: "t",
    columns: [{ name: "k", type, nullable: false, autoIncrement: false }],
    indexes: [{ name: "PRIMARY", unique: true, parts: [{ column: 0, prefix: null, desc: false }] }],
    foreignKeys: [],
    autoIncrement: 1n,
  });
  driver.run(driver.session("A"), insert(driver, table.id, [datum]));
  return intMapToArray(driver.state().recs)[0];
}

const int = (bytes: 1 | 2 | 3 | 4 | 8, unsigned = false): ColumnType => ({
  kind: "int",
  bytes,
  unsigned,
});
const decimal = (precision: number, scale: number): ColumnType => ({
  kind: "decimal",
  precision,
  scale,
  unsigned: false,
});
const varchar = (collation: Collation): ColumnType => ({ kind: "varchar", length: 20, collation });
const char = (collation: Collation): ColumnType => ({ kind: "char", length: 5, collation });
const time = (fsp: number): ColumnType => ({ kind: "time", fsp });
const datetime = (fsp: number): ColumnType => ({ kind: "datetime", fsp });
const DEFAULT = "utf8mb4_0900_ai_ci";

const CASES: readonly (readonly [ColumnType, Datum, string])[] = [
  [int(4), -5, "-5"],
  [int(4, true), 4294967295, "4294967295"],
  [int(8), 9223372036854775807n, "9223372036854775807"],
  [int(8), -9223372036854775808n, "-9223372036854775808"],
  [int(8, true), 18446744073709551615n, "18446744073709551615"],
  [decimal(10, 2), 1234, "0x8000000C22"],
  [decimal(10, 2), -1234, "0x7FFFFFF3DD"],
  [decimal(5, 0), 7, "0x800007"],
  [decimal(20, 6), -1234567890123456n, "0x7FFFFEF204C72DFE1DBF"],
  [decimal(10, 2), 0, "0x8000000000"],
  [{ kind: "double", unsigned: false }, 1.5, "0x000000000000F83F"],
  [{ kind: "double", unsigned: false }, -2, "0x00000000000000C0"],
  [{ kind: "float", unsigned: false }, 1.5, "0x0000C03F"],
  [varchar(DEFAULT), "Bao", "'Bao'"],
  [varchar(DEFAULT), "关羽", "'关羽'"],
  [varchar(DEFAULT), "it's", "'it''s'"],
  [varchar(DEFAULT), "a\\b", "'a\\\\b'"],
  [varchar(DEFAULT), "", "''"],
  [varchar("utf8mb4_bin"), "Bao", "'Bao'"],
  [varchar("binary"), "Bao", "0x42616F"],
  [char(DEFAULT), "ab", "'ab   '"],
  [char(DEFAULT), "关", "'关  '"],
  [char("binary"), "Bao", "0x42616F0000"],
  [{ kind: "date" }, "2026-11-21", "1037685"],
  [datetime(0), "2026-11-21 10:00:00", "0x99BB6AA000"],
  [datetime(3), "2026-11-21 10:00:00.123", "0x99BB6AA00004CE"],
  [datetime(6), "2026-11-21 10:00:00.123456", "0x99BB6AA00001E240"],
  [{ kind: "timestamp", fsp: 0 }, "2026-11-21 10:00:00", "0x6B016BA0"],
  [time(0), 37_230_000_000, "0x80A51E"],
  [time(0), -37_230_000_000, "0x7F5AE2"],
  [time(2), 37_230_450_000, "0x80A51E2D"],
  [time(2), -37_230_450_000, "0x7F5AE1D3"],
  [{ kind: "year" }, 2026, "126"],
  [{ kind: "enum", members: ["a", "b", "c"], collation: DEFAULT }, 2, "2"],
];

describe("LOCK_DATA", () => {
  it.each(CASES)("of %j %s is %s", (type, datum, text) => {
    const rec = recOf(type, datum);
    expect(rec?.lockData ?? rec?.key).toBe(text);
    expect(rec?.lockData).not.toBe(rec?.key);
  });
});

describe("the key for people", () => {
  it.each<readonly [ColumnType, Datum, string]>([
    [int(4), -5, "-5"],
    [decimal(10, 2), -1234, "-12.34"],
    [{ kind: "double", unsigned: false }, 1.5, "1.5"],
    [varchar(DEFAULT), "it's a\\b", "'it''s a\\b'"],
    [varchar("binary"), "Bao", "0x42616F"],
    [char(DEFAULT), "ab", "'ab'"],
    [{ kind: "date" }, "2026-11-21", "2026-11-21"],
    [datetime(3), "2026-11-21 10:00:00.123", "2026-11-21 10:00:00.123"],
    [time(0), -37_230_000_000, "-10:20:30"],
    [{ kind: "year" }, 2026, "2026"],
    [{ kind: "enum", members: ["a", "b", "c"], collation: DEFAULT }, 2, "'b'"],
  ])("of %j %s is %s", (type, datum, text) => {
    expect(recOf(type, datum)?.key).toBe(text);
  });
});
