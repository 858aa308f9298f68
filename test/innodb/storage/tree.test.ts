import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settled } from "../../../src/base/answer.ts";
import { intMapToArray } from "../../../src/base/int_map.ts";
import type { TableDef } from "../../../src/innodb/api.ts";
import type { SessionName, TableId } from "../../../src/trace/ids.ts";
import { checkEngine, recsOf } from "./check_engine.ts";
import { type Driver, insert, newDriver, remove, tableDef } from "./driver.ts";

/** Rows of about 1.5 KB, so that few of them fill a page. */
const WIDE: TableDef = {
  ...tableDef("w", ["id", "pad$"], ["PRIMARY id"]),
  columns: [
    {
      name: "id",
      type: { kind: "int", bytes: 4, unsigned: false },
      nullable: false,
      autoIncrement: false,
    },
    {
      name: "pad",
      type: { kind: "varchar", length: 3000, collation: "binary" },
      nullable: false,
      autoIncrement: false,
    },
  ],
};

function wide(): { driver: Driver; w: TableId } {
  const driver = newDriver();
  return { driver, w: driver.engine.createTable(WIDE).id };
}

function keys(driver: Driver): number[] {
  const [index] = intMapToArray(driver.state().indexes);
  return index === undefined ? [] : recsOf(driver.state(), index).map((rec) => Number(rec.key));
}

function recordsPerLeaf(driver: Driver): number[] {
  const [index] = intMapToArray(driver.state().indexes);
  if (index === undefined) return [];
  const recs = recsOf(driver.state(), index);
  return index.leaves.map((no) => recs.filter((rec) => rec.page === no).length);
}

describe("the tree", () => {
  it("keeps its order through splits and merges", () => {
    const step = fc.record({ add: fc.boolean(), id: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 50, maxLength: 300 }), (steps) => {
        const { driver, w } = wide();
        const a = driver.session("A");
        const wanted = new Set<number>();
        for (const { add, id } of steps) {
          if (add) driver.run(a, insert(driver, w, [id, "x".repeat(1500)]));
          else driver.run(a, remove(driver, w, "PRIMARY", [id]));
          driver.commit(a);
          driver.settle();
          if (add) wanted.add(id);
          else wanted.delete(id);
        }
        expect(keys(driver)).toEqual([...wanted].sort((one, other) => one - other));
        checkEngine(driver, true);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps its order when it is four levels high, and finds every key", () => {
    const key = (id: number): string => String(id).padStart(4, "0") + "k".repeat(3500);
    const def = tableDef("h", ["name$", "c?"], ["PRIMARY name", "KEY c c"]);
    const step = fc.record({ add: fc.boolean(), id: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 400 }), (steps) => {
        const driver = newDriver();
        const h = driver.engine.createTable(def).id;
        const a = driver.session("A");
        const wanted = new Set<string>();
        for (const { add, id } of steps) {
          if (add) driver.run(a, insert(driver, h, [key(id), id]));
          else driver.run(a, remove(driver, h, "PRIMARY", [key(id)]));
          driver.commit(a);
          driver.settle();
          if (add) wanted.add(key(id));
          else wanted.delete(key(id));
        }
        const [index] = intMapToArray(driver.state().indexes);
        const found =
          index === undefined ? [] : recsOf(driver.state(), index).map((rec) => rec.values[0]);
        expect(found).toEqual([...wanted].sort());
        for (const name of wanted)
          expect(driver.run(a, remove(driver, h, "PRIMARY", [name])).result).toBe(1);
        driver.commit(a);
        driver.settle();
        checkEngine(driver, true);
        expect(intMapToArray(driver.state().recs)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  // What information_schema.innodb_buffer_page of MySQL 9.7.4 says of the same inserts.
  it("splits where InnoDB does: ascending, descending and mixed inserts", () => {
    const ids = [...Array(100).keys()];
    const mixed = ids.toSorted((one, other) => ((one * 7919) % 101) - ((other * 7919) % 101));
    const leaves = (order: readonly number[]): number[] => {
      const { driver, w } = wide();
      const a = driver.session("A");
      for (const id of order) driver.run(a, insert(driver, w, [id, "x".repeat(1500)]));
      checkEngine(driver, true);
      return recordsPerLeaf(driver).sort((one, other) => one - other);
    };
    expect(leaves(ids)).toEqual([4, 6, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    expect(leaves(ids.toReversed())).toEqual([5, 5, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    expect(leaves(mixed)).toEqual([6, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10]);
  });

  it("becomes one leaf again when its rows go", () => {
    const { driver, w } = wide();
    const a = driver.session("A");
    for (let id = 0; id < 60; id += 1) driver.run(a, insert(driver, w, [id, "x".repeat(1500)]));
    driver.rollback(a);
    expect(recordsPerLeaf(driver)).toEqual([0]);
    checkEngine(driver, true);
  });

  it("costs a point statement the same with 50,000 rows: so many compared keys at most", () => {
    const driver = newDriver();
    const engine = driver.engine;
    const t = engine.createTable(tableDef("t", ["id", "c?"], ["PRIMARY id", "KEY c c"])).id;
    const trx = engine.begin({
      session: "S" as SessionName,
      isolation: "REPEATABLE READ",
      readOnly: false,
      autocommit: false,
      calls: [],
    });
    engine.statementStart(trx);
    const handler = engine.open(trx, t);
    for (let id = 0; id < 50_000; id += 1)
      settled(handler.writeRow([id, (id * 7) % 50_000], { onDuplicate: "error" })).next();
    engine.commit(trx);
    const searched = driver.events.findLast((event) => event.type === "index.searched");
    expect(searched?.type === "index.searched" && searched.path.length).toBe(2);
    engine.analyze(t);
    expect(engine.stats(t)).toMatchObject({ rows: 50_000 });
  }, 30_000);
});

describe("records in range", () => {
  it("counts exactly on one page, and at least one", () => {
    const { driver, w } = wide();
    const a = driver.session("A");
    for (const id of [0, 5, 10, 15, 20]) driver.run(a, insert(driver, w, [id, ""]));
    const index = driver.engine.tableInfo(w).indexes[0]?.id as never;
    const range = (
      low: number | null,
      lowIn: boolean,
      high: number | null,
      highIn: boolean,
    ): number =>
      driver.engine.recordsInRange(
        index,
        low === null ? null : { key: [low], inclusive: lowIn },
        high === null ? null : { key: [high], inclusive: highIn },
        null,
      );
    expect(range(5, true, 15, true)).toBe(3);
    expect(range(5, false, 15, false)).toBe(1);
    expect(range(5, true, 5, true)).toBe(1);
    expect(range(6, true, 9, true)).toBe(1);
    expect(range(null, false, null, false)).toBe(5);
    expect(range(10, false, null, false)).toBe(2);
    expect(range(100, true, 200, true)).toBe(1);
  });
});
