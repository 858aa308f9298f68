/** records_in_range on trees of many pages: the `rows` of EXPLAIN on MySQL 9.7.4 for the same inserts. */
import { describe, expect, it } from "vitest";
import { settled } from "../../../src/base/answer.ts";
import type { Datum, RangeEnd, Row, StorageEngine, TableInfo } from "../../../src/innodb/api.ts";
import type { SessionName } from "../../../src/trace/ids.ts";
import { newDriver, tableDef } from "./driver.ts";

type End = readonly [Datum, boolean] | null;

function filled(
  count: number,
  row: (i: number) => Row,
): { engine: StorageEngine; info: TableInfo } {
  const { engine } = newDriver();
  const info = engine.createTable(tableDef("t", ["id", "c?", "pad$?"], ["PRIMARY id", "KEY c c"]));
  const trx = engine.begin({
    session: "S" as SessionName,
    isolation: "REPEATABLE READ",
    readOnly: false,
    autocommit: false,
    calls: [],
  });
  engine.statementStart(trx);
  const handler = engine.open(trx, info.id);
  for (let i = 1; i <= count; i += 1)
    settled(handler.writeRow(row(i), { onDuplicate: "error" })).next();
  engine.commit(trx);
  engine.analyze(info.id);
  return { engine, info };
}

const TABLES = {
  ascending: filled(900, (i) => [i * 2, i % 50, "x".repeat(100)]),
  mixed: filled(990, (i) => [(i * 7919) % 1009, i % 50, "x".repeat(150)]),
};

/** Table, index, low end, high end (value, inclusive), rows. */
const CASES: readonly (readonly [keyof typeof TABLES, string, End, End, number])[] = [
  ["ascending", "PRIMARY", null, [1300, false], 649],
  ["ascending", "PRIMARY", [14, true], [15, true], 1],
  ["ascending", "c", [29, true], [29, true], 18],
  ["ascending", "PRIMARY", [1128, false], [1148, false], 9],
  ["ascending", "PRIMARY", null, [444, true], 222],
  ["ascending", "PRIMARY", [1308, false], [1313, false], 2],
  ["ascending", "PRIMARY", [601, false], null, 600],
  ["ascending", "PRIMARY", [1748, true], [3248, true], 27],
  ["ascending", "PRIMARY", [1837, true], [1842, true], 1],
  ["ascending", "c", [33, true], [33, true], 18],
  ["ascending", "PRIMARY", null, [1171, true], 585],
  ["ascending", "PRIMARY", [1491, false], [2991, false], 155],
  ["ascending", "PRIMARY", [1713, false], null, 44],
  ["ascending", "c", [37, true], [39, true], 54],
  ["mixed", "PRIMARY", null, [1236, true], 495],
  ["mixed", "PRIMARY", null, [1171, true], 495],
  ["mixed", "PRIMARY", [254, false], null, 495],
  ["mixed", "c", [39, false], [41, false], 20],
  ["mixed", "PRIMARY", [487, true], [492, false], 5],
  ["mixed", "c", [46, false], [76, false], 57],
  ["mixed", "PRIMARY", [1748, true], [3248, true], 1],
  ["mixed", "PRIMARY", [893, false], null, 113],
  ["mixed", "PRIMARY", [1799, true], [2099, true], 1],
  ["mixed", "c", [38, true], [48, true], 212],
  ["mixed", "PRIMARY", [1713, false], null, 1],
  ["mixed", "PRIMARY", null, [475, true], 466],
  ["mixed", "c", [43, false], null, 114],
  ["mixed", "c", [44, false], null, 95],
];

describe("records in range of many pages", () => {
  it.each(CASES)("%s rows, index %s, from %j to %j: %i", (name, indexName, low, high, rows) => {
    const { engine, info } = TABLES[name];
    const index = info.indexes.find((candidate) => candidate.name === indexName);
    if (index === undefined) throw new Error(`no index ${indexName}`);
    const end = (at: End): RangeEnd | null =>
      at === null ? null : { key: [at[0]], inclusive: at[1] };
    expect(engine.recordsInRange(index.id, end(low), end(high), null)).toBe(rows);
  });
});
