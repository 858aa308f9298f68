import { describe, expect, it } from "vitest";
import type { TableId } from "../../../src/trace/ids.ts";
import { type Driver, insert, newDriver, readAll, remove, tableDef, update } from "./driver.ts";

function uTable(): { driver: Driver; u: TableId } {
  const driver = newDriver();
  const u = driver.engine.createTable(
    tableDef("u", ["id", "k?", "v?"], ["PRIMARY id", "UNIQUE k k"]),
  ).id;
  const setup = driver.session("setup");
  for (const row of [
    [1, 10, 100],
    [3, 30, 300],
    [5, 50, 500],
    [7, 70, 700],
  ])
    driver.run(setup, insert(driver, u, row));
  driver.commit(setup);
  driver.settle();
  return { driver, u };
}

describe("what a duplicate leaves behind", () => {
  it("is S next-key on the unique key and X,GAP where the row was, under REPEATABLE READ", () => {
    const { driver, u } = uTable();
    const a = driver.session("A");
    expect(driver.run(a, insert(driver, u, [4, 30, 1])).result).toMatchObject({
      err: "duplicateKey",
      indexName: "k",
    });
    expect(driver.locks()).toEqual([
      "A u IX GRANTED",
      "A u.PRIMARY X,GAP GRANTED @ 5",
      "A u.k S GRANTED @ 30, 3",
    ]);
    const b = driver.session("B");
    const waits = driver.run(b, insert(driver, u, [2, 25, 1]));
    expect(waits.result).toBe("waiting");
    driver.commit(a);
    driver.settle();
    expect(waits.result).toBe("ok");
  });

  it("is S next-key on the unique key alone under READ COMMITTED", () => {
    const { driver, u } = uTable();
    driver.run(driver.session("A", "READ COMMITTED"), insert(driver, u, [4, 30, 1]));
    expect(driver.locks()).toEqual(["A u IX GRANTED", "A u.k S GRANTED @ 30, 3"]);
  });

  it("is S,REC_NOT_GAP on the primary key", () => {
    const { driver, u } = uTable();
    driver.run(driver.session("A"), insert(driver, u, [3, 99, 1]));
    expect(driver.locks()).toEqual(["A u IX GRANTED", "A u.PRIMARY S,REC_NOT_GAP GRANTED @ 3"]);
  });
});

describe("a row's life", () => {
  it("insert, update, delete, commit and purge leave nothing", () => {
    const { driver, u } = uTable();
    const a = driver.session("A");
    driver.run(a, insert(driver, u, [2, 20, 200]));
    driver.run(
      a,
      update(driver, u, "PRIMARY", [2], ([id, , v]) => [id ?? null, 21, v ?? null]),
    );
    expect(driver.run(a, remove(driver, u, "k", [21])).result).toBe(1);
    driver.commit(a);
    driver.settle();
    expect(driver.run(driver.session("B"), readAll(driver, u)).result).toHaveLength(4);
    expect(driver.state().history).toEqual([]);
  });
});
