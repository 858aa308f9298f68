/** SET and BIT as the client, the record and the trace have them; the metadata are what a MySQL 9.7.4 sent. */
import { expect, it } from "vitest";
import { fixedPart } from "../../src/net/protocol/column_definition.ts";
import { fieldBytes } from "../../src/server/innodb_status/field_bytes.ts";
import { typeText } from "../../src/server/show/type_text.ts";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { valueText } from "../../src/trace/printing.ts";
import type { ColumnType } from "../../src/trace/values.ts";

const UTF8MB4_UNICODE = 224;
const SET: ColumnType = {
  kind: "enum",
  members: ["a", "bcd"],
  collation: "utf8mb4_0900_ai_ci",
  isSet: true,
};
const BIT: ColumnType = { kind: "bit", length: 12, unsigned: true };

it("a result's columns are told to the client as BIT and as a text with the flag SET", () => {
  expect(fixedPart(BIT, UTF8MB4_UNICODE)).toEqual({
    typeCode: 16,
    length: 12,
    flags: 32,
    decimals: 0,
    charset: 63,
  });
  expect(fixedPart(SET, UTF8MB4_UNICODE)).toEqual({
    typeCode: 254,
    length: 20,
    flags: 2048,
    decimals: 0,
    charset: UTF8MB4_UNICODE,
  });
});

it("a record holds the bits, a byte for every eight", () => {
  expect(typeText(BIT)).toBe("bit(12)");
  expect(fieldBytes(BIT, "b'100000000001'")).toEqual([0x08, 0x01]);
  expect(typeText(SET)).toBe("set('a','bcd')");
  expect(fieldBytes(SET, "a,bcd")).toEqual([3]);
  expect(fieldBytes(SET, "")).toEqual([0]);
});

it("the trace shows the members of a SET and a BIT as MySQL writes it", () => {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup(["CREATE TABLE t (b BIT(4) PRIMARY KEY, s SET('x','y','z'))"]);
  simulation.step({ session: "A" as SessionName, sql: "INSERT INTO t VALUES (b'0101', 'z,x')" });
  expect(JSON.stringify(events)).toContain(`"b'101'","x,z"`);
});

it("an outcome tells how the client prints each column: numbers, room for NULL, bytes as hex", () => {
  const simulation = new Simulation({ emit: () => {} });
  simulation.setup([
    "CREATE TABLE p (id INT PRIMARY KEY, n INT, b BIT(12), v VARBINARY(9), j JSON, s SET('a') NOT NULL)",
    "INSERT INTO p VALUES (1, NULL, b'101010101010', 'x', '[]', 'a')",
  ]);
  const printed = (sql: string) => {
    const { outcome } = simulation.step({ session: "A" as SessionName, sql });
    return outcome?.kind === "rows" ? outcome.printed : outcome;
  };
  expect(printed("SELECT * FROM p")).toEqual([1, 3, 6, 6, 2, 0]);
  expect(
    printed("SELECT COUNT(*), MAX(id), NULL, 0xFF, HEX(v), b + 0 FROM p GROUP BY v, b"),
  ).toEqual([1, 3, 2, 4, 2, 3]);
  simulation.step({
    session: "A" as SessionName,
    sql: "CREATE PROCEDURE c() BEGIN SELECT b FROM p; SELECT id FROM p; END",
  });
  const { outcome } = simulation.step({ session: "A" as SessionName, sql: "CALL c()" });
  expect(outcome).toMatchObject({ printed: [6], call: { more: [{ printed: [1] }] } });
});

it("a picture has bytes as a key has them, and an empty text as one", () => {
  const bytes: ColumnType = { kind: "varchar", length: 9, collation: "binary" };
  expect(valueText("\0\xff", bytes)).toBe("0x00FF");
  expect(valueText("", { ...bytes, collation: "utf8mb4_bin" })).toBe("''");
  expect([valueText(null, bytes), valueText(5), valueText("b'101'", BIT)]).toEqual([
    "NULL",
    "5",
    "b'101'",
  ]);
});
