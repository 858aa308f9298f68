import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../../src/base/int_map.ts";
import type { TableId } from "../../../src/trace/ids.ts";
import { checkEngine, recsOf } from "./check_engine.ts";
import { type Driver, insert, newDriver, readAll, remove, tableDef, update } from "./driver.ts";

function filled(): { driver: Driver; t: TableId } {
  const driver = newDriver();
  const t = driver.engine.createTable(
    tableDef("t", ["id", "c?", "name$?"], ["PRIMARY id", "KEY c c"]),
  ).id;
  const setup = driver.session("setup");
  for (const row of [
    [1, 10, "a"],
    [2, 10, "b"],
    [3, null, "B"],
    [4, 30, null],
  ])
    driver.run(setup, insert(driver, t, row));
  driver.commit(setup);
  driver.settle();
  return { driver, t };
}

function keysOf(driver: Driver, name: string): string[] {
  const index = intMapToArray(driver.state().indexes).find((candidate) => candidate.name === name);
  return index === undefined ? [] : recsOf(driver.state(), index).map((rec) => rec.key);
}

describe("indexes come and go", () => {
  it("a new index has every row", () => {
    const { driver, t } = filled();
    const info = driver.engine.addIndex(t, {
      name: "name",
      unique: false,
      parts: [{ column: 2, prefix: null, desc: false }],
    });
    expect(info).toMatchObject({ indexes: [{ name: "PRIMARY" }, { name: "c" }, { name: "name" }] });
    expect(keysOf(driver, "name")).toEqual(["NULL, 4", "'a', 1", "'b', 2", "'B', 3"]);
    checkEngine(driver, true);
  });

  it("a unique one is refused when two rows have the key, and nothing changes", () => {
    const { driver, t } = filled();
    const events = driver.events.length;
    const refused = driver.engine.addIndex(t, {
      name: "c2",
      unique: true,
      parts: [{ column: 1, prefix: null, desc: false }],
    });
    expect(refused).toMatchObject({ err: "duplicateKey", indexName: "c2", key: [10] });
    expect(driver.events.length).toBe(events);
    checkEngine(driver, true);
  });

  it("unique keys come before others, and those without NULLs first", () => {
    const { driver, t } = filled();
    driver.engine.addIndex(t, {
      name: "u",
      unique: true,
      parts: [{ column: 0, prefix: null, desc: true }],
    });
    expect(driver.engine.tableInfo(t).indexes.map((index) => index.name)).toEqual([
      "PRIMARY",
      "u",
      "c",
    ]);
    expect(keysOf(driver, "u")).toEqual(["4", "3", "2", "1"]);
  });

  it("a dropped one is gone from the state", () => {
    const { driver, t } = filled();
    expect(driver.engine.dropIndex(t, "c").indexes.map((index) => index.name)).toEqual(["PRIMARY"]);
    expect(keysOf(driver, "c")).toEqual([]);
    checkEngine(driver, true);
  });

  it("a prefix key holds so many characters", () => {
    const { driver, t } = filled();
    driver.run(driver.session("A"), insert(driver, t, [9, 1, "关羽张飞"]));
    driver.engine.addIndex(t, {
      name: "p",
      unique: false,
      parts: [{ column: 2, prefix: 2, desc: false }],
    });
    expect(keysOf(driver, "p")).toContain("'关羽', 9");
  });
});

describe("tables come and go", () => {
  it("a rebuilt table has the converted rows, without delete-marked ones", () => {
    const { driver, t } = filled();
    const a = driver.session("A");
    driver.run(a, remove(driver, t, "PRIMARY", [2]));
    driver.commit(a);
    const def = tableDef("t", ["id", "c?"], ["KEY c c"]);
    const info = driver.engine.rebuildTable(t, def, ([id, c]) => [id ?? null, c ?? null]);
    expect(info.indexes.map((index) => index.name)).toEqual(["GEN_CLUST_INDEX", "c"]);
    expect(driver.run(a, readAll(driver, info.id)).result).toEqual([
      [1, 10],
      [3, null],
      [4, 30],
    ]);
    driver.settle();
    checkEngine(driver, true);
  });

  it("the undo of a dropped table is purged without it", () => {
    const { driver, t } = filled();
    const reader = driver.session("R");
    const other = driver.engine.createTable(tableDef("o", ["id"], ["PRIMARY id"])).id;
    driver.run(reader, readAll(driver, other));
    const a = driver.session("A");
    driver.run(
      a,
      update(driver, t, "PRIMARY", [1], ([id, , name]) => [id ?? null, 11, name ?? null]),
    );
    driver.commit(a);
    driver.engine.dropTable(t, "drop");
    driver.commit(reader);
    driver.settle();
    expect(driver.engine.dump()).toMatchObject({
      history: [],
      undo: { size: 0 },
      tables: { size: 1 },
    });
    checkEngine(driver, true);
  });
});

describe("purge", () => {
  it("waits for the oldest read view, and says so once", () => {
    const { driver, t } = filled();
    const reader = driver.session("R");
    driver.run(reader, readAll(driver, t));
    const a = driver.session("A");
    driver.run(a, remove(driver, t, "PRIMARY", [1]));
    driver.commit(a);
    driver.settle();
    driver.settle();
    expect(driver.events.filter((event) => event.type === "purge.heldBack")).toHaveLength(1);
    expect(keysOf(driver, "PRIMARY")).toEqual(["1", "2", "3", "4"]);
    driver.commit(reader);
    driver.settle();
    expect(keysOf(driver, "PRIMARY")).toEqual(["2", "3", "4"]);
    expect(keysOf(driver, "c")).toEqual(["NULL, 3", "10, 2", "30, 4"]);
    checkEngine(driver, true);
  });

  it("leaves an entry that a newer version of the row has again", () => {
    const { driver, t } = filled();
    const a = driver.session("A");
    for (const c of [11, 10])
      driver.run(
        a,
        update(driver, t, "PRIMARY", [1], ([id, , name]) => [id ?? null, c, name ?? null]),
      );
    driver.commit(a);
    driver.settle();
    expect(keysOf(driver, "c")).toEqual(["NULL, 3", "10, 1", "10, 2", "30, 4"]);
    checkEngine(driver, true);
  });

  it("an insert undone over a delete-marked record leaves nothing when nobody needs the old row", () => {
    const { driver, t } = filled();
    const [a, b] = [driver.session("A"), driver.session("B")];
    driver.run(a, remove(driver, t, "PRIMARY", [1]));
    driver.run(a, insert(driver, t, [1, 99, "z"]));
    driver.rollback(a);
    driver.settle();
    expect(driver.run(b, readAll(driver, t)).result).toHaveLength(4);
    expect(keysOf(driver, "c")).toEqual(["NULL, 3", "10, 1", "10, 2", "30, 4"]);
    checkEngine(driver, true);
  });
});

describe("savepoints", () => {
  it("one keeps locks and read view", () => {
    const { driver, t } = filled();
    const a = driver.session("A");
    driver.run(a, readAll(driver, t));
    if (a.trx === null) throw new Error("a transaction is open");
    driver.engine.savepoint(a.trx, "s");
    driver.run(
      a,
      update(driver, t, "PRIMARY", [1], ([id, , name]) => [id ?? null, 11, name ?? null]),
    );
    driver.engine.rollbackToSavepoint(a.trx, "s");
    expect(driver.locks()).toEqual([
      "A t IX GRANTED",
      "A t.PRIMARY X,REC_NOT_GAP GRANTED @ 1",
      // The entry (11, 1) is gone; the lock on it passed to the next one.
      "A t.c X,GAP GRANTED @ 30, 4",
    ]);
    expect(driver.engine.dump().readViews.size).toBe(1);
    checkEngine(driver, true);
  });
});
