import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { ClientSettings } from "../../src/trace/state_net.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { lossBefore, unharmedPause } from "../../src/views/stream/loss.ts";

const A = "A" as SessionName;
const PAUSE = { fetch: "one", rowMs: 0, pauseAtRow: 5, pauseMs: 600_000 } as const;
const SMALL = { sendBufferBytes: 16384, receiveBufferBytes: 32768 } as const;

describe("a program that pauses at a row", () => {
  it("loses its connection to net_write_timeout when the rows are on the line", () => {
    const { state, timeline } = paused({ ...PAUSE, ...SMALL, api: "mysql_use_result" }, 400, 61);
    expect(lossBefore(timeline, timeline.length, A)).toBe("writeTimeout");
    expect(state.net[0] && unharmedPause(state.net[0])).toBeNull();
  });

  it("keeps it when the library had stored all rows, and hears which call leaves them on the line", () => {
    const { state, timeline } = paused({ ...PAUSE, ...SMALL, api: "mysql_store_result" }, 400, 61);
    expect(lossBefore(timeline, timeline.length, A)).toBeNull();
    expect(state.net[0] && unharmedPause(state.net[0])).toEqual({
      kind: "stored",
      instead: { api: "mysql_use_result", fetch: "one", storeFirst: false },
    });
  });

  it("keeps it when the buffers hold the whole result", () => {
    const { state } = paused({ ...PAUSE, ...SMALL, api: "MySQLdb.SSCursor" }, 20, 61);
    expect(state.net[0] && unharmedPause(state.net[0])).toMatchObject({
      kind: "fits",
      room: 49_152,
    });
  });
});

function paused(client: Partial<ClientSettings>, rows: number, seconds: number) {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup([
    "CREATE TABLE r (id INT PRIMARY KEY, pad VARCHAR(600))",
    `INSERT INTO r WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i, REPEAT('x', 600) FROM n`,
  ]);
  const steps: readonly Parameters<Simulation["step"]>[0][] = [
    { session: A, client },
    { session: A, sql: "SELECT * FROM r" },
    { advance: seconds },
  ];
  for (const step of steps) simulation.step(step);
  return { state: applyEvents(initialState, events), timeline: appended(emptyTimeline, events) };
}
