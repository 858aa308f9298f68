import { describe, expect, it } from "vitest";
import { settled } from "../../../src/base/answer.ts";
import type { Datum, Row, Steps, Trx } from "../../../src/innodb/api.ts";
import type { IsolationLevel } from "../../../src/trace/state.ts";
import { type Driver, insert, newDriver, remove, tableDef, update } from "../storage/driver.ts";

describe("a consistent read", () => {
  it("goes back along the chain to the version its view sees, and says each look", () => {
    const t = twoSessions("REPEATABLE READ");
    expect(t.read("PRIMARY", 1)).toEqual([[1, 10]]);
    t.change(20);
    t.change(30);
    expect(t.read("PRIMARY", 1)).toEqual([[1, 10]]);
    expect(t.looks()).toEqual([
      "PRIMARY 0 no atOrAboveLowLimit",
      "PRIMARY 1 no atOrAboveLowLimit",
      "PRIMARY 2 yes belowUpLimit",
    ]);
  });

  it("opens a view for each statement under READ COMMITTED", () => {
    const t = twoSessions("READ COMMITTED");
    expect(t.read("PRIMARY", 1)).toEqual([[1, 10]]);
    t.change(20);
    expect(t.read("PRIMARY", 1)).toEqual([[1, 20]]);
  });

  it("sees what is not committed under READ UNCOMMITTED, and opens no view", () => {
    const t = twoSessions("READ UNCOMMITTED");
    t.change(20, false);
    expect(t.read("PRIMARY", 1)).toEqual([[1, 20]]);
    expect(t.driver.events.some((event) => event.type === "readView.opened")).toBe(false);
  });

  it("takes a covering entry as it is while its page is older than the view", () => {
    const t = twoSessions("REPEATABLE READ");
    t.read("PRIMARY", 1);
    expect(t.read("c", 10, true)).toEqual([[1, 10]]);
    expect(t.looks()).toEqual(["page yes"]);
  });

  it("looks behind a covering entry on a page that is newer than the view", () => {
    const t = twoSessions("REPEATABLE READ");
    t.read("PRIMARY", 1);
    t.change(20);
    expect(t.read("c", 10, true)).toEqual([[1, 10]]);
    expect(t.looks()).toEqual([
      "page no",
      "PRIMARY 0 no atOrAboveLowLimit",
      "PRIMARY 1 yes belowUpLimit",
    ]);
    expect(t.read("c", 20, true)).toEqual([]);
  });

  it("sees a row that somebody deleted afterwards, though it is purged for new views", () => {
    const t = twoSessions("REPEATABLE READ");
    t.read("PRIMARY", 1);
    t.removeRow();
    t.driver.settle();
    expect(t.read("PRIMARY", 1)).toEqual([[1, 10]]);
  });

  it("does not know a table that is younger than its view", () => {
    const t = twoSessions("REPEATABLE READ");
    t.read("PRIMARY", 1);
    const young = t.driver.engine.createTable(tableDef("young", ["id"], ["PRIMARY id"]));
    const { result } = t.driver.run(t.driver.session("A"), (trx) => {
      const handler = t.driver.engine.open(trx, young.id);
      handler.setReadLock("none", "wait");
      handler.rndInit();
      return settled(handler.rndNext());
    });
    expect(result).toEqual({ err: "tableDefinitionChanged" });
  });
});

/** `t (id PRIMARY KEY, c, KEY c)` with (1, 10); A reads, B changes the row and commits. */
function twoSessions(isolation: IsolationLevel) {
  const driver = newDriver();
  const table = driver.engine.createTable(tableDef("t", ["id", "c?"], ["PRIMARY id", "KEY c c"]));
  const setup = driver.session("setup");
  driver.run(setup, insert(driver, table.id, [1, 10]));
  driver.commit(setup);
  const reader = driver.session("A", isolation);
  const writer = driver.session("B");
  let seen = 0;
  return {
    driver,
    read(indexName: string, key: number, keyRead = false): unknown {
      seen = driver.events.length;
      return driver.run(reader, readExact(driver, table.id, indexName, [key], keyRead)).result;
    },
    change(c: number, commits = true): void {
      driver.run(
        writer,
        update(driver, table.id, "PRIMARY", [1], ([id]) => [id ?? null, c]),
      );
      if (commits) driver.commit(writer);
    },
    removeRow(): void {
      driver.run(writer, remove(driver, table.id, "PRIMARY", [1]));
      driver.commit(writer);
    },
    /** What the last read looked at. */
    looks(): string[] {
      return driver.events.slice(seen).flatMap((event) => {
        if (event.type === "readView.pageChecked") return [`page ${event.visible ? "yes" : "no"}`];
        if (event.type !== "readView.checked") return [];
        const verdict = event.visible ? "yes" : "no";
        return [`${event.indexName} ${event.depth} ${verdict} ${event.rule}`];
      });
    },
  };
}

function readExact(
  driver: Driver,
  table: Parameters<Driver["engine"]["open"]>[1],
  indexName: string,
  key: readonly Datum[],
  keyRead: boolean,
): (trx: Trx) => Steps<unknown> {
  return function* (trx) {
    const handler = driver.engine.open(trx, table);
    handler.setReadLock("none", "wait");
    const index = handler.table.indexes.find((one) => one.name === indexName);
    if (index === undefined) throw new Error(`no index ${indexName}`);
    handler.indexInit(index.id, { keyRead, pushed: null });
    const rows: Row[] = [];
    let found = yield* settled(handler.indexRead(key, "exact"));
    while (found !== "notFound") {
      if ("err" in found) return found;
      rows.push(found.row);
      found = yield* settled(handler.indexNextSame());
    }
    return rows;
  };
}
