/** A session of 100,000 events: what it holds in memory, and how long a seek in it takes. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { maxOf } from "../../base/lists.ts";
import { Simulation } from "../../server/simulation.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";
import { appended, emptyTimeline, seek, type Timeline } from "../../trace/timeline.ts";
import { percentile } from "./measure.ts";

export interface LongSession {
  readonly events: number;
  readonly heapMb: number;
  readonly seekMedianMs: number;
  readonly seekP95Ms: number;
  readonly seekMaxMs: number;
}

const EVENTS = 100_000;
const SEEKS = 500;
/** Prime, so that the places to seek lie all over the session. */
const STRIDE = 61_169;
const MB = 1024 * 1024;

export function measureLongSession(): LongSession {
  const before = heapBytes();
  const played = play();
  const heapMb = (heapBytes() - before) / MB;
  const seeks = Array.from({ length: SEEKS }, (_, at) => {
    const position = (at * STRIDE) % played.timeline.length;
    const fromMs = performance.now();
    seek(played.timeline, position);
    return performance.now() - fromMs;
  });
  return {
    // The simulation counts as long as the page would hold it.
    events: played.simulation.nextSeq,
    heapMb,
    seekMedianMs: percentile(seeks, 50),
    seekP95Ms: percentile(seeks, 95),
    seekMaxMs: maxOf(seeks),
  };
}

function play(): { readonly simulation: Simulation; readonly timeline: Timeline } {
  let events: TraceEvent[] = [];
  let timeline = emptyTimeline;
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  const take = () => {
    timeline = appended(timeline, events);
    events = [];
  };
  simulation.setup([
    "CREATE TABLE t (id INT PRIMARY KEY, k INT NOT NULL, name VARCHAR(40), KEY (k))",
    `INSERT INTO t VALUES ${Array.from({ length: 50 }, (_, at) => `(${at * 10}, ${at}, 'row')`)}`,
  ]);
  take();
  for (let turn = 0; timeline.length < EVENTS; turn += 1) {
    for (const [session, sql] of steps(turn)) {
      simulation.step({ session: session as SessionName, sql });
      take();
    }
  }
  return { simulation, timeline };
}

/** Two sessions, one of which waits for the other. */
function steps(turn: number): readonly (readonly [string, string])[] {
  const id = ((turn * 7) % 50) * 10;
  return [
    ["A", "BEGIN"],
    ["A", `UPDATE t SET k = k + 1 WHERE id = ${id}`],
    ["B", "BEGIN"],
    ["B", `SELECT * FROM t WHERE id BETWEEN ${id - 40} AND ${id + 40} FOR UPDATE`],
    ["A", `INSERT INTO t VALUES (${id + 1 + (turn % 9)}, ${turn % 100}, 'new')`],
    ["A", turn % 3 === 0 ? "ROLLBACK" : "COMMIT"],
    ["B", `DELETE FROM t WHERE id = ${id + 1 + ((turn + 5) % 9)}`],
    ["B", "COMMIT"],
  ];
}

function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
