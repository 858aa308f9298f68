/**
 * The databases that are measured side by side, behind one door. Each gets SQL text and parses it every time; each lives in
 * memory, in this process.
 */
import { PGlite } from "@electric-sql/pglite";
import alasql from "alasql";
import initSqlJs from "sql.js";
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
export async function openEngines(): Promise<readonly Engine[]> {
  const sqlJs = new (await initSqlJs()).Database();
  const pglite = await PGlite.create();
  const database = new alasql.Database("bench");
  return [
    interleave(),
    { name: "sql.js", run: (sql) => sqlJs.exec(sql), dialect: SQLITE },
    { name: "PGlite", run: (sql) => pglite.query(sql), dialect: MYSQL },
    { name: "alasql", run: (sql) => database.exec(sql), dialect: ALASQL },
  ];
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
