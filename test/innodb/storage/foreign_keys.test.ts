/** The locks and errors of FOREIGN KEY checks, as MySQL 9.7.4 showed them (data_locks after each statement). */
import { beforeEach, describe, expect, it } from "vitest";
import type { ForeignKeyDef } from "../../../src/innodb/api.ts";
import type { TableId } from "../../../src/trace/ids.ts";
import { type Driver, insert, newDriver, remove, tableDef, update } from "./driver.ts";

function reference(
  name: string,
  column: number,
  action: ForeignKeyDef["onDelete"],
  refTable = "p",
): ForeignKeyDef {
  return {
    name,
    columns: [column],
    refSchema: "sim",
    refTable,
    refColumns: ["id"],
    onDelete: action,
    onUpdate: action,
  };
}

interface Family {
  readonly driver: Driver;
  readonly p: TableId;
  readonly ch: TableId;
}

/** p: 1, 2, 5, 9; ch: 10 and 11 are children of 1, 12 of 5, 13 of nobody. */
function family(action: ForeignKeyDef["onDelete"]): Family {
  const driver = newDriver();
  const p = driver.engine.createTable(
    tableDef("p", ["id", "v?", "u?"], ["PRIMARY id", "UNIQUE u u"]),
  ).id;
  const ch = driver.engine.createTable(
    tableDef(
      "ch",
      ["id", "pid?", "x?"],
      ["PRIMARY id", "KEY pid pid"],
      [reference("ch_p", 1, action)],
    ),
  ).id;
  const setup = driver.session("setup");
  for (const id of [1, 2, 5, 9]) driver.run(setup, insert(driver, p, [id, id * 10, id * 100]));
  for (const row of [
    [10, 1, 1],
    [11, 1, 1],
    [12, 5, 1],
    [13, null, 1],
  ])
    driver.run(setup, insert(driver, ch, row));
  driver.commit(setup);
  driver.settle();
  return { driver, p, ch };
}

describe("a child row", () => {
  let world: Family;
  beforeEach(() => {
    world = family("RESTRICT");
  });

  it("locks the parent's record shared", () => {
    const { driver, ch } = world;
    expect(driver.run(driver.session("A"), insert(driver, ch, [20, 9, 1])).result).toBe("ok");
    expect(driver.locks()).toEqual([
      "A ch IX GRANTED",
      "A p IS GRANTED",
      "A p.PRIMARY S,REC_NOT_GAP GRANTED @ 9",
    ]);
  });

  it("without a parent locks the gap where it would be, before the child's table", () => {
    const { driver, ch } = world;
    expect(driver.run(driver.session("A"), insert(driver, ch, [20, 3, 1])).result).toMatchObject({
      err: "noReferencedRow",
    });
    expect(driver.locks()).toEqual(["A p IS GRANTED", "A p.PRIMARY S,GAP GRANTED @ 5"]);
  });

  it("without a parent locks nothing but the table under READ COMMITTED", () => {
    const { driver, ch } = world;
    driver.run(driver.session("A", "READ COMMITTED"), insert(driver, ch, [20, 3, 1]));
    expect(driver.locks()).toEqual(["A p IS GRANTED"]);
  });

  it("with a NULL asks nobody", () => {
    const { driver, ch } = world;
    driver.run(driver.session("A"), insert(driver, ch, [20, null, 1]));
    expect(driver.locks()).toEqual(["A ch IX GRANTED"]);
  });

  it("that changes its parent locks the new one", () => {
    const { driver, ch } = world;
    driver.run(
      driver.session("A"),
      update(driver, ch, "PRIMARY", [12], ([id, , x]) => [id ?? null, 9, x ?? null]),
    );
    expect(driver.locks()).toEqual([
      "A ch IX GRANTED",
      "A ch.PRIMARY X,REC_NOT_GAP GRANTED @ 12",
      "A p IS GRANTED",
      "A p.PRIMARY S,REC_NOT_GAP GRANTED @ 9",
    ]);
  });

  it("waits for a parent that is being deleted", () => {
    const { driver, p, ch } = world;
    const [a, b] = [driver.session("A"), driver.session("B")];
    driver.run(a, remove(driver, p, "PRIMARY", [2]));
    const child = driver.run(b, insert(driver, ch, [20, 2, 1]));
    expect(child.result).toBe("waiting");
    driver.commit(a);
    driver.settle();
    expect(child.result).toMatchObject({ err: "noReferencedRow" });
  });
});

describe("a parent row", () => {
  it("is kept by its first child, which is locked shared", () => {
    const { driver, p } = family("NO ACTION");
    expect(driver.run(driver.session("A"), remove(driver, p, "PRIMARY", [1])).result).toMatchObject(
      { err: "rowIsReferenced", childTable: "ch" },
    );
    expect(driver.locks()).toEqual([
      "A ch IS GRANTED",
      "A ch.pid S GRANTED @ 1, 10",
      "A p IX GRANTED",
      "A p.PRIMARY X,REC_NOT_GAP GRANTED @ 1",
    ]);
  });

  it("without children goes, and the gap where they would be is locked", () => {
    const { driver, p } = family("RESTRICT");
    expect(driver.run(driver.session("A"), remove(driver, p, "PRIMARY", [2])).result).toBe(1);
    expect(driver.locks()).toEqual([
      "A ch IS GRANTED",
      "A ch.pid S,GAP GRANTED @ 5, 12",
      "A p IX GRANTED",
      "A p.PRIMARY X,REC_NOT_GAP GRANTED @ 2",
    ]);
  });

  it("takes its children with it", () => {
    const { driver, p } = family("CASCADE");
    driver.run(driver.session("A"), remove(driver, p, "PRIMARY", [1]));
    expect(driver.locks()).toEqual([
      "A ch IX GRANTED",
      "A ch.PRIMARY X,REC_NOT_GAP GRANTED @ 10",
      "A ch.PRIMARY X,REC_NOT_GAP GRANTED @ 11",
      "A ch.pid X GRANTED @ 1, 10",
      "A ch.pid X GRANTED @ 1, 11",
      "A ch.pid X,GAP GRANTED @ 5, 12",
      "A p IX GRANTED",
      "A p.PRIMARY X,REC_NOT_GAP GRANTED @ 1",
    ]);
  });

  it("gives its new key to its children", () => {
    const { driver, p } = family("CASCADE");
    driver.run(
      driver.session("A"),
      update(driver, p, "PRIMARY", [5], ([, v, u]) => [6, v ?? null, u ?? null]),
    );
    expect(driver.locks()).toEqual([
      "A ch IX GRANTED",
      "A ch.PRIMARY X,REC_NOT_GAP GRANTED @ 12",
      "A ch.pid X GRANTED @ 5, 12",
      "A ch.pid X,GAP GRANTED @ 6, 12",
      "A ch.pid X,REC_NOT_GAP GRANTED @ 6, 12",
      "A p IX GRANTED",
      "A p.PRIMARY X,REC_NOT_GAP GRANTED @ 5",
      "A p.u S,GAP GRANTED @ 500, 5",
      "A p.u S,GAP GRANTED @ 500, 6",
      "A p.u S,GAP GRANTED @ 900, 9",
      "A p.u X,REC_NOT_GAP GRANTED @ 500, 5",
    ]);
  });

  it("leaves its children without a parent", () => {
    const { driver, p } = family("SET NULL");
    driver.run(
      driver.session("A"),
      update(driver, p, "PRIMARY", [5], ([, v, u]) => [6, v ?? null, u ?? null]),
    );
    expect(driver.locks()).toContain("A ch.pid X GRANTED @ supremum pseudo-record");
    expect(driver.locks()).toContain("A ch.pid X GRANTED @ 5, 12");
  });
});

describe("a table that refers to itself", () => {
  function tree(action: ForeignKeyDef["onDelete"]): { driver: Driver; t: TableId } {
    const driver = newDriver();
    const t = driver.engine.createTable(
      tableDef(
        "t",
        ["id", "pid?"],
        ["PRIMARY id", "KEY pid pid"],
        [reference("s", 1, action, "t")],
      ),
    ).id;
    const setup = driver.session("setup");
    for (const row of [
      [1, null],
      [2, 1],
      [3, 2],
      [4, 2],
      [9, 9],
    ])
      driver.run(setup, insert(driver, t, row));
    driver.commit(setup);
    driver.settle();
    return { driver, t };
  }

  it("deletes the whole tree below a row", () => {
    const { driver, t } = tree("CASCADE");
    driver.run(driver.session("A"), remove(driver, t, "PRIMARY", [1]));
    expect(driver.locks()).toEqual([
      "A t IX GRANTED",
      ...[1, 2, 3, 4].map((id) => `A t.PRIMARY X,REC_NOT_GAP GRANTED @ ${id}`),
      "A t.pid X GRANTED @ 1, 2",
      "A t.pid X GRANTED @ 2, 3",
      "A t.pid X GRANTED @ 2, 4",
      "A t.pid X,GAP GRANTED @ 9, 9",
    ]);
  });

  it("meets a row that is its own parent once", () => {
    const { driver, t } = tree("CASCADE");
    expect(driver.run(driver.session("A"), remove(driver, t, "PRIMARY", [9])).result).toBe(1);
    expect(driver.locks()).toEqual([
      "A t IX GRANTED",
      "A t.PRIMARY X,REC_NOT_GAP GRANTED @ 9",
      "A t.pid X GRANTED @ 9, 9",
      "A t.pid X GRANTED @ supremum pseudo-record",
    ]);
  });

  it("does not update itself in a cascade", () => {
    const { driver, t } = tree("CASCADE");
    expect(
      driver.run(
        driver.session("A"),
        update(driver, t, "PRIMARY", [2], ([, pid]) => [20, pid ?? null]),
      ).result,
    ).toMatchObject({ err: "rowIsReferenced" });
  });

  it("accepts a row that is its own parent without a look", () => {
    const { driver, t } = tree("CASCADE");
    driver.run(driver.session("A"), insert(driver, t, [7, 7]));
    expect(driver.locks()).toEqual(["A t IX GRANTED"]);
  });
});
