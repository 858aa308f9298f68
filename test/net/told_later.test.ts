/** A program that reads by itself, and is told to stop while its result is open. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";

const A = "A" as SessionName;

it("reads nothing more until it is asked to", () => {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(
    simulation.setup([
      "CREATE TABLE t (id INT PRIMARY KEY)",
      "INSERT INTO t VALUES (1), (2), (3), (4), (5), (6), (7), (8)",
    ]),
  ).toBeNull();
  const read = (): number => {
    const last = events.findLast((event) => "now" in event);
    return last !== undefined && "now" in last ? last.now.totals.rowsProcessed : -1;
  };
  simulation.step({ session: A, client: { api: "MySQLdb.SSCursor", fetch: "one", rowMs: 1000 } });
  simulation.step({ session: A, sql: "SELECT id FROM t" });
  simulation.step({ advance: 2 });
  simulation.step({ session: A, client: { fetch: "manual" } });
  simulation.step({ advance: 2 });
  const before = read();
  simulation.step({ advance: 60 });
  expect(read()).toBe(before);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(8);
  simulation.step({ session: A, call: "fetchall", size: 1 });
  expect(read()).toBe(8);
});
