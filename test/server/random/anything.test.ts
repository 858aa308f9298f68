/** Whatever four sessions say: locks, waits, indexes and the trace stay right, everybody goes on, and nothing is left. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../../../src/trace/events.ts";
import { holds, SEED, TIMEOUT_MS } from "../../fixtures/random_sql/property.ts";
import { EVERYTHING, ROWS, scripts, someTables } from "../../fixtures/random_sql/script.ts";
import { ALL_TABLES, INNODB_TABLES, setupOf } from "../../fixtures/random_sql/tables.ts";
import { World } from "../../fixtures/random_sql/world.ts";

const SESSIONS = ["A", "B", "C", "D"];

const anything = someTables(ALL_TABLES).chain((tables) =>
  fc.record({
    setup: fc.constant(setupOf(tables)),
    steps: scripts({ sessions: SESSIONS, tables, mixture: EVERYTHING, stepsMax: 50 }),
  }),
);

const onRows = someTables(INNODB_TABLES).chain((tables) =>
  fc.record({
    setup: fc.constant(setupOf(tables)),
    steps: scripts({ sessions: SESSIONS.slice(0, 3), tables, mixture: ROWS, stepsMax: 50 }),
  }),
);

describe(`over random scripts (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("the trace folds to what the server is, no granted locks conflict, every wait has a blocker in its way", () => {
    holds(80, anything, ({ setup, steps }) => {
      const world = new World(setup);
      for (const step of steps) {
        const found = world.play(step);
        if (found.length > 0) return [step, ...found];
      }
      return [];
    });
  });

  it("everybody who waits goes on once the others have let go, and then nothing is left", () => {
    holds(80, anything, ({ setup, steps }) => {
      const world = new World(setup);
      for (const step of steps) world.simulation.step(step);
      const waiting = world.letGo();
      if (waiting.length > 0) return waiting;
      const found = world.faults();
      world.end();
      return [...found, ...world.faults(), ...world.leftovers()];
    });
  });

  it("sessions that end in the middle of everything leave nothing", () => {
    holds(80, anything, ({ setup, steps }) => {
      const world = new World(setup);
      for (const step of steps) world.simulation.step(step);
      world.end();
      return [...world.faults(), ...world.leftovers()];
    });
  });

  it("no circle of record locks stays, and the lightest transaction of a circle pays", () => {
    holds(80, onRows, ({ setup, steps }) => {
      const found: unknown[] = [];
      const world = new World(setup, (event) => found.push(...wrongVictim(event)));
      for (const step of steps) {
        world.simulation.step(step);
        found.push(...circles(world));
        if (found.length > 0) return [step, ...found];
      }
      return [];
    });
  });

  it("counts agree by whatever index they are taken", () => {
    holds(60, anything, ({ setup, steps }) => {
      const world = new World(setup);
      for (const step of steps) world.simulation.step(step);
      world.end();
      return ALL_TABLES.flatMap(({ name, keys }) => {
        const counts = keys.map((key) =>
          world.query("Z", `SELECT COUNT(*) FROM ${name} FORCE INDEX (\`${key.name}\`)`),
        );
        const known = counts.filter((count) => typeof count !== "number");
        return new Set(known.map((count) => JSON.stringify(count))).size > 1 ? [name, counts] : [];
      });
    });
  });

  it("the generators reach every sort of outcome", () => {
    const seen = new Set<string>();
    holds(60, anything, ({ setup, steps }) => {
      const world = new World(setup);
      for (const step of steps) {
        const { kind, outcome } = world.simulation.step(step);
        seen.add(outcome === null ? kind : outcome.kind);
      }
      return [];
    });
    expect([...seen].sort()).toEqual([
      "advanced",
      "blocked",
      "ended",
      "error",
      "lost",
      "ok",
      "rows",
      "skipped",
    ]);
  });
});

/**
 * Sessions of a circle in which each waits for one other session only. InnoDB follows one edge of each that waits
 * (trx_lock_t::blocking_trx): a circle through another edge shows only when that one has gone.
 */
function circles({ state }: World): string[] {
  const waitsFor = new Map(
    state.sessions.map(({ name, wait }) => {
      const blockers = wait?.blockers ?? [];
      return [name, blockers.length === 1 ? blockers[0] : undefined] as const;
    }),
  );
  return [...waitsFor.keys()].filter((name) => {
    let next = waitsFor.get(name);
    for (let hops = 0; next !== undefined && next !== name && hops < waitsFor.size; hops += 1) {
      next = waitsFor.get(next);
    }
    return next === name;
  });
}

function wrongVictim(event: TraceEvent): unknown[] {
  if (event.type !== "deadlock.found") return [];
  const { cycle, victim } = event.deadlock;
  const own = cycle.find(({ trx }) => trx === victim)?.weight;
  const isLightest = own !== undefined && cycle.every(({ weight }) => own <= weight);
  return isLightest ? [] : [{ victim, cycle }];
}
