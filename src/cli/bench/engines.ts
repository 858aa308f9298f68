/**
 * The databases that are measured side by side, behind one door. Each gets SQL text and parses it every time; each lives in
 * memory, in this process, in a thread of its own (`isolate.ts`).
 */
import { PGlite } from "@electric-sql/pglite";
import alasql from "alasql";
import initSqlJs from "sql.js";
import { unreachable } from "../../base/assert.ts";
import { Simulation } from "../../server/simulation.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";

export type EngineName = "interleave" | "sql.js" | "PGlite" | "alasql";

export interface Engine {
  readonly name: EngineName;
  /** Throws (or rejects) when the statement fails. */
  readonly run: (sql: string) => unknown;
  /** How it spells a transaction that locks the rows it reads, as far as it can. */
  readonly dialect: Dialect;
}

export interface Dialect {
  readonly begin: string;
  readonly rollback: string;
  /** After a SELECT; empty where the database knows no row locks. */
  readonly forUpdate: string;
}

const MYSQL: Dialect = { begin: "BEGIN", rollback: "ROLLBACK", forUpdate: " FOR UPDATE" };
const SQLITE: Dialect = { ...MYSQL, forUpdate: "" };
const ALASQL: Dialect = {
  begin: "BEGIN TRANSACTION",
  rollback: "ROLLBACK TRANSACTION",
  forUpdate: "",
};

/** Ours first: the others are compared with it. */
export const ENGINE_NAMES: readonly EngineName[] = ["interleave", "sql.js", "PGlite", "alasql"];

export async function openEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case "interleave":
      return interleave();
    case "sql.js": {
      const database = new (await initSqlJs()).Database();
      return { name, run: (sql) => database.exec(sql), dialect: SQLITE };
    }
    case "PGlite": {
      const database = await PGlite.create();
      return { name, run: (sql) => database.query(sql), dialect: MYSQL };
    }
    case "alasql": {
      const database = new alasql.Database("bench");
      return { name, run: (sql) => database.exec(sql), dialect: ALASQL };
    }
    default:
      return unreachable(name);
  }
}

/** The trace is on: as in the worker, the events of each statement are collected and handed on. */
function interleave(): Engine {
  let events: TraceEvent[] = [];
  const simulation = new Simulation({
    emit: (event) => events.push(event),
  });
  const session = "A" as SessionName;
  const run = (sql: string) => {
    events = [];
    const { outcome } = simulation.step({ session, sql });
    if (events.length === 0) throw new Error("the trace is empty");
    if (outcome === null || outcome.kind === "error") {
      throw new Error(`${sql.slice(0, 200)}: ${JSON.stringify(outcome)}`);
    }
    return outcome;
  };
  return { name: "interleave", run, dialect: MYSQL };
}
