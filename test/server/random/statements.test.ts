/**
 * Thousands of statements in a row on one server, most of them malformed: recorded ones, random ones, and both spoiled. Each
 * ends with rows, OK or MySQL's own kind of error, or waits; and no session is left unusable.
 *
 *     INTERLEAVE_STATEMENTS=100000 npx vitest run --project unit test/server/random/statements.test.ts
 */
import { describe, expect, it } from "vitest";
import { Simulation, type StepResult } from "../../../src/server/simulation.ts";
import type { ConnectionId, SessionName } from "../../../src/trace/ids.ts";
import { type Recorded, readRecorded } from "../../conformance/transcript.ts";
import { Dice } from "../../fixtures/random_sql/dice.ts";
import { malformed } from "../../fixtures/random_sql/mutations.ts";
import { SEED } from "../../fixtures/random_sql/property.ts";
import { EVERYTHING, statement } from "../../fixtures/random_sql/script.ts";
import { ALL_TABLES, setupOf } from "../../fixtures/random_sql/tables.ts";

const STATEMENTS = Number(process.env.INTERLEAVE_STATEMENTS ?? 5_000);
/** After so many everybody is killed, and the tables are made anew. */
const ROUND = 250;
const NAMES = ["A", "B", "C", "D"];
const PLAUSIBLE = /undefined|NaN|\[object|assertion/;

class Crowd {
  readonly faults: string[] = [];
  readonly outcomes = new Map<string, number>();
  readonly #dice: Dice;
  readonly #recorded: readonly Recorded[];
  readonly #open = new Map<SessionName, ConnectionId>();
  readonly #server: Simulation;
  #round = 0;
  #sources: readonly string[] = [];

  constructor(seed: number, recorded: readonly Recorded[]) {
    this.#dice = new Dice(seed);
    this.#recorded = recorded;
    this.#server = new Simulation({
      rowsExaminedMax: 20_000,
      emit: (event) => {
        if (event.type === "session.opened") {
          this.#open.set(event.state.name, event.state.connectionId);
        }
        if (event.type === "session.closed") this.#open.delete(event.name);
      },
    });
  }

  play(statements: number): void {
    for (let at = 0; at < statements; at += 1) {
      if (at % ROUND === 0) this.#newRound();
      if (this.#dice.chance(0.03)) this.#server.step({ advance: this.#dice.pick([1, 60]) });
      this.#run(`${this.#dice.pick(NAMES)}${this.#round}`, this.#statement());
    }
    this.#newRound();
  }

  #statement(): string {
    const sql = this.#dice.chance(0.5)
      ? statement(this.#dice, {
          sessions: NAMES,
          tables: ALL_TABLES,
          mixture: EVERYTHING,
          stepsMax: 0,
        })
      : this.#dice.pick(this.#sources);
    return this.#dice.chance(0.4) ? malformed(this.#dice, sql) : sql;
  }

  #run(session: string, sql: string): StepResult | null {
    try {
      const result = this.#server.step({ session: session as SessionName, sql });
      const { kind, outcome } = result;
      const what = outcome === null ? kind : outcome.kind;
      this.outcomes.set(what, (this.outcomes.get(what) ?? 0) + 1);
      if (outcome?.kind === "error") {
        const { errno, sqlState, message } = outcome;
        const isMysqls = errno >= 1000 && /^[0-9A-Z]{5}$/.test(sqlState) && message !== "";
        if (!isMysqls || PLAUSIBLE.test(message.replaceAll(sql, ""))) {
          this.faults.push(`${JSON.stringify(sql)}: ${JSON.stringify(outcome)}`);
        }
      }
      return result;
    } catch (error) {
      throw new Error(`crash at ${session}: ${JSON.stringify(sql)}`, { cause: error });
    }
  }

  /** Everybody is killed; who comes anew finds a server that answers, and tables of a recorded scenario besides ours. */
  #newRound(): void {
    this.#round += 1;
    const admin = `K${this.#round}` as SessionName;
    for (const [name, id] of [...this.#open]) {
      this.#run(admin, `KILL ${id}`);
      if (this.#open.has(name)) this.faults.push(`${name} cannot be killed`);
    }
    const { transcript } = this.#dice.pick(this.#recorded);
    const { setup = [], steps } = transcript as typeof transcript & { setup?: readonly string[] };
    this.#sources = [...setup, ...steps.flatMap(({ sql }) => sql ?? [])];
    // One of the random statements may have made the server read only.
    this.#run(admin, "SET GLOBAL read_only = OFF");
    for (const sql of ["DROP DATABASE IF EXISTS sim", "CREATE DATABASE sim", "USE sim"]) {
      const outcome = this.#run(admin, sql)?.outcome;
      if (outcome?.kind !== "ok") this.faults.push(`${sql}: ${JSON.stringify(outcome)}`);
    }
    for (const sql of [...setup, ...setupOf(ALL_TABLES)]) this.#run(admin, sql);
    this.#run(admin, "@disconnect");
  }
}

describe(`${STATEMENTS} statements in a row (seed ${SEED})`, { timeout: 600_000 }, () => {
  it("end as statements do, and leave every session usable", () => {
    const crowd = new Crowd(SEED, readRecorded());
    crowd.play(STATEMENTS);
    expect(crowd.faults.slice(0, 10)).toEqual([]);
    for (const what of ["rows", "ok", "error", "blocked"]) {
      expect(crowd.outcomes.get(what), what).toBeGreaterThan(STATEMENTS / 200);
    }
  });
});
