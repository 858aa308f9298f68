import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/innodb/api.ts";
import type { TableId } from "../../../src/trace/ids.ts";
import { checkEngine, contents } from "./check_engine.ts";
import {
  type Driver,
  insert,
  newDriver,
  readAll,
  remove,
  type Session,
  tableDef,
  update,
} from "./driver.ts";

const SHAPES = [
  tableDef("t", ["id", "c?", "d?"], ["PRIMARY id", "KEY c c"]),
  tableDef("t", ["id", "c?", "d?"], ["PRIMARY id", "UNIQUE c c", "KEY d d"]),
  tableDef("t", ["id", "c?", "d?"], ["KEY c c", "KEY d d,c"]),
  tableDef("t", ["id", "c?", "d?"], ["UNIQUE id id", "UNIQUE cd c,d"]),
  tableDef("t", ["id", "c", "d?"], ["PRIMARY c,id", "KEY d d"]),
];

type Op =
  | {
      readonly kind: "insert" | "replace";
      readonly session: number;
      readonly row: readonly [number, number, number];
    }
  | {
      readonly kind: "update";
      readonly session: number;
      readonly at: number;
      readonly column: number;
      readonly value: number;
      readonly index: number;
    }
  | {
      readonly kind: "delete";
      readonly session: number;
      readonly at: number;
      readonly index: number;
    }
  | {
      readonly kind: "commit" | "rollback" | "read" | "savepoint" | "rollbackTo";
      readonly session: number;
    };

const session = fc.integer({ min: 0, max: 2 });
const value = fc.integer({ min: 0, max: 7 });
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("insert" as const),
      session,
      row: fc.tuple(value, value, value),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("update" as const),
      session,
      at: value,
      column: fc.integer({ min: 0, max: 2 }),
      value,
      index: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("delete" as const),
      session,
      at: value,
      index: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "commit" as const,
        "rollback" as const,
        "read" as const,
        "savepoint" as const,
        "rollbackTo" as const,
      ),
      session,
    }),
  },
);

interface World {
  readonly driver: Driver;
  readonly table: TableId;
  readonly sessions: readonly Session[];
  readonly indexNames: readonly string[];
}

function newWorld(
  shape: (typeof SHAPES)[number],
  isolation: "REPEATABLE READ" | "READ COMMITTED",
): World {
  const driver = newDriver();
  const info = driver.engine.createTable(shape);
  const setup = driver.session("setup");
  for (const n of [1, 3, 5]) driver.run(setup, insert(driver, info.id, [n, n, n]));
  driver.commit(setup);
  driver.settle();
  const indexNames = info.indexes
    .filter((index) => index.parts.length > 0)
    .map((index) => index.name);
  return {
    driver,
    table: info.id,
    sessions: ["A", "B", "C"].map((name) => driver.session(name, isolation)),
    indexNames,
  };
}

function perform(world: World, step: Op): void {
  const { driver, table } = world;
  const own = world.sessions[step.session];
  if (own === undefined || own.running !== null) return;
  switch (step.kind) {
    case "insert":
    case "replace":
      driver.run(own, insert(driver, table, step.row));
      break;
    case "update": {
      const name = world.indexNames[step.index % world.indexNames.length] ?? "";
      driver.run(
        own,
        update(driver, table, name, [step.at], (row) =>
          row.map((old, column) => (column === step.column ? step.value : old)),
        ),
      );
      break;
    }
    case "delete":
      driver.run(
        own,
        remove(driver, table, world.indexNames[step.index % world.indexNames.length] ?? "", [
          step.at,
        ]),
      );
      break;
    case "commit":
      driver.commit(own);
      break;
    case "rollback":
      driver.rollback(own);
      break;
    case "read":
      driver.run(own, readAll(driver, table));
      break;
    case "savepoint":
      if (own.trx !== null) driver.engine.savepoint(own.trx, "s");
      break;
    case "rollbackTo":
      if (own.trx !== null) driver.engine.rollbackToSavepoint(own.trx, "s");
      break;
  }
  driver.settle();
}

const shape = fc.constantFrom(...SHAPES);
const isolation = fc.constantFrom("REPEATABLE READ" as const, "READ COMMITTED" as const);

function endAll(world: World): void {
  for (let round = 0; round < 4; round += 1) {
    for (const own of world.sessions) if (own.running === null) world.driver.rollback(own);
    world.driver.settle();
  }
}

describe("the storage half under random statements of three sessions", () => {
  it("folds to what it is, after every step", () => {
    fc.assert(
      fc.property(shape, isolation, fc.array(op, { maxLength: 40 }), (def, level, steps) => {
        const world = newWorld(def, level);
        for (const step of steps) {
          perform(world, step);
          checkEngine(
            world.driver,
            world.sessions.every((own) => own.running === null),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a rollback restores rows, indexes and chains", () => {
    fc.assert(
      fc.property(
        shape,
        fc.array(op, { maxLength: 20 }),
        fc.array(op, { maxLength: 20 }),
        (def, before, during) => {
          const world = newWorld(def, "REPEATABLE READ");
          const alone = (steps: readonly Op[]): Op[] =>
            steps
              .filter((step) => step.kind !== "commit" && step.kind !== "rollback")
              .map((step) => ({ ...step, session: 0 }));
          for (const step of alone(before)) perform(world, step);
          world.driver.commit(world.sessions[0] as Session);
          world.driver.settle();
          const saved = contents(world.driver);
          for (const step of alone(during)) perform(world, step);
          world.driver.rollback(world.sessions[0] as Session);
          world.driver.settle();
          expect(contents(world.driver)).toEqual(saved);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("a read view's answers never change, and purge leaves it what it needs", () => {
    fc.assert(
      fc.property(shape, fc.array(op, { maxLength: 40 }), (def, steps) => {
        const world = newWorld(def, "REPEATABLE READ");
        const reader = world.driver.session("R");
        const read = (): Row[] =>
          world.driver.run(reader, readAll(world.driver, world.table)).result as Row[];
        const first = read();
        for (const step of steps) {
          perform(world, step);
          expect(read()).toEqual(first);
        }
        endAll(world);
        expect(read()).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it("when all have ended and purge has run nothing is left but live rows", () => {
    fc.assert(
      fc.property(shape, isolation, fc.array(op, { maxLength: 40 }), (def, level, steps) => {
        const world = newWorld(def, level);
        for (const step of steps) perform(world, step);
        endAll(world);
        const dump = world.driver.engine.dump();
        expect([
          dump.trxs.size,
          dump.undo.size,
          dump.history.length,
          dump.recLocks.size,
          dump.tableLocks.size,
          dump.readViews.size,
        ]).toEqual([0, 0, 0, 0, 0, 0]);
        const recs = contents(world.driver) as { recs: { deleted: boolean }[] }[];
        expect(recs.flatMap((index) => index.recs).filter((rec) => rec.deleted)).toEqual([]);
        expect(new Set(recs.map((index) => index.recs.length)).size).toBe(1);
        checkEngine(world.driver, true);
      }),
      { numRuns: 150 },
    );
  });
});
