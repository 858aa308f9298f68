/** What is undone is undone completely: rows, every index, version chains; by ROLLBACK, to a savepoint, after an error. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Step } from "../../../src/trace/scenario.ts";
import { holds, SEED, TIMEOUT_MS } from "../../fixtures/random_sql/property.ts";
import { ROWS, scripts, someTables } from "../../fixtures/random_sql/script.ts";
import { INNODB_TABLES, setupOf, type Table } from "../../fixtures/random_sql/tables.ts";
import { errnoOf, World } from "../../fixtures/random_sql/world.ts";

/** Changes and nothing else, of one session. */
const CHANGES = { reads: 1, changes: 9, control: 0 };

function changes(tables: readonly Table[], stepsMax: number): fc.Arbitrary<string[]> {
  return scripts({ sessions: ["A"], tables, mixture: CHANGES, stepsMax }).map((steps) =>
    steps.flatMap((step) => ("sql" in step ? [step.sql] : [])),
  );
}

const twoParts = someTables(INNODB_TABLES).chain((tables) =>
  fc.record({
    setup: fc.constant(setupOf(tables)),
    level: fc.constantFrom("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"),
    /** Somebody's old read view keeps purge away from what was there before. */
    isWatched: fc.boolean(),
    before: changes(tables, 15),
    during: changes(tables, 15),
  }),
);

type Parts = { readonly setup: readonly string[]; readonly level: string } & {
  readonly isWatched: boolean;
  readonly before: readonly string[];
};

/** A world in which the first part has happened. */
function worldAfter({ setup, level, isWatched, before }: Parts): World {
  const world = new World(setup);
  if (isWatched) world.run("W", "START TRANSACTION WITH CONSISTENT SNAPSHOT");
  world.run("A", `SET SESSION TRANSACTION ISOLATION LEVEL ${level}`);
  for (const sql of before) world.run("A", sql);
  return world;
}

function difference(was: unknown, is: unknown): unknown[] {
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ was, is }];
}

describe(`over random changes (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("ROLLBACK restores rows, indexes and version chains", () => {
    holds(60, twoParts, (parts) => {
      const world = worldAfter(parts);
      const was = world.contents();
      world.run("A", "BEGIN");
      for (const sql of parts.during) world.run("A", sql);
      world.run("A", "ROLLBACK");
      return [...difference(was, world.contents()), ...world.faults()];
    });
  });

  it("ROLLBACK TO SAVEPOINT restores what stood at the savepoint", () => {
    holds(60, twoParts, (parts) => {
      const world = worldAfter({ ...parts, before: ["BEGIN", ...parts.before, "SAVEPOINT s"] });
      const was = world.contents();
      for (const sql of parts.during) world.run("A", sql);
      world.run("A", "ROLLBACK TO s");
      return [...difference(was, world.contents()), ...world.faults()];
    });
  });

  it("a statement that fails changes nothing, in a transaction and alone", () => {
    let failures = 0;
    holds(60, fc.tuple(twoParts, fc.boolean()), ([parts, isAlone]) => {
      const world = worldAfter(parts);
      if (!isAlone) world.run("A", "BEGIN");
      for (const sql of parts.during) {
        const was = world.contents();
        if (errnoOf(world.run("A", sql).outcome) === null) continue;
        failures += 1;
        const found = difference(was, world.contents());
        if (found.length > 0) return [sql, ...found];
      }
      return world.faults();
    });
    expect(failures).toBeGreaterThan(50);
  });

  it("a transaction ended by KILL or by its client leaves nothing", () => {
    holds(40, fc.tuple(twoParts, fc.constantFrom("kill", "disconnect")), ([parts, how]) => {
      const world = worldAfter(parts);
      const was = world.contents();
      world.run("A", "BEGIN");
      for (const sql of parts.during) world.run("A", sql);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: A's connection id
      if (how === "kill") world.run("B", "KILL ${A}");
      else world.run("A", "@disconnect");
      return [...difference(was, world.contents()), ...world.faults()];
    });
  });
});

const watched = someTables(INNODB_TABLES).chain((tables) =>
  fc.record({
    tables: fc.constant(tables),
    steps: scripts({
      sessions: ["A", "B", "C"],
      tables,
      mixture: { ...ROWS, definitions: 0.5, administration: 0.5, time: 0.2, disconnects: 0.1 },
      stepsMax: 40,
    }),
  }),
);

describe(`a read view (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("gives the same answers as long as its transaction lasts, by every index", () => {
    holds(30, watched, ({ tables, steps }) => {
      const world = new World(setupOf(tables));
      world.run("R", "START TRANSACTION WITH CONSISTENT SNAPSHOT");
      const ask = () => tables.flatMap(queries).map((sql) => [sql, world.query("R", sql)]);
      const first = ask();
      const answers = JSON.stringify(first);
      for (const step of withoutSession("R", steps)) {
        world.simulation.step(step);
        const now = ask();
        if (JSON.stringify(now) !== answers) return [step, { first, now }];
      }
      return [];
    });
  });

  it("answers the same by every index", () => {
    holds(30, watched, ({ tables, steps }) => {
      const world = new World(setupOf(tables));
      for (const step of steps) world.simulation.step(step);
      world.run("R", "START TRANSACTION WITH CONSISTENT SNAPSHOT");
      return tables.flatMap(({ name, keys }) => {
        const rows = keys.map((key) => {
          const all = world.query(
            "R",
            `SELECT * FROM ${name} FORCE INDEX (\`${key.name}\`) WHERE ${key.first} IS NULL OR ${key.first} <> 77`,
          );
          return Array.isArray(all)
            ? JSON.stringify(all.map((row) => JSON.stringify(row)).sort())
            : null;
        });
        const known = new Set(rows.filter((text) => text !== null));
        return known.size > 1 ? [name, ...known] : [];
      });
    });
  });
});

/** Whole rows and counts, by every index. */
function queries({ name, keys }: Table): string[] {
  return [
    `SELECT * FROM ${name}`,
    ...keys.flatMap((key) => [
      `SELECT COUNT(*) FROM ${name} FORCE INDEX (\`${key.name}\`)`,
      `SELECT * FROM ${name} FORCE INDEX (\`${key.name}\`) WHERE ${key.first} IS NULL OR ${key.first} <> 77`,
    ]),
  ];
}

function withoutSession(name: string, steps: readonly Step[]): Step[] {
  return steps.filter((step) => !("session" in step) || step.session !== name);
}
