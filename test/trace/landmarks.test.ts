/** Where one jumps to: what the client's library says without the server is an error too, once. */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { landmarksOf } from "../../src/trace/landmarks.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { appended, emptyTimeline, eventAt } from "../../src/trace/timeline.ts";

const A = "A" as SessionName;

/** The kinds of landmark, each with the event it stands behind. */
function landmarks(...steps: readonly Step[]): readonly string[] {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  const setup = ["CREATE TABLE r (id INT PRIMARY KEY)", "INSERT INTO r VALUES (1), (2), (3)"];
  expect(simulation.setup(setup)).toBeNull();
  for (const step of steps) simulation.step(step);
  const timeline = appended(emptyTimeline, events);
  return landmarksOf(timeline).map(
    ({ kind, position }) => `${kind}: ${eventAt(timeline, position - 1)?.type}`,
  );
}

describe("errors", () => {
  it("are those of statements", () => {
    expect(landmarks({ session: A, sql: "SELECT nothing FROM r" })).toEqual([
      "error: statement.ended",
    ]);
  });

  it("are also commands out of sync, which the server never hears of", () => {
    expect(
      landmarks(
        {
          session: A,
          client: { api: "mysql_use_result", turnAtRow: 1, turn: "query", query: "SELECT 1" },
        },
        { session: A, sql: "SELECT * FROM r" },
      ),
    ).toEqual(["error: client.failed"]);
  });

  it("are not counted again when the client meets its closed connection", () => {
    expect(
      landmarks({ session: A, sql: "KILL CONNECTION_ID()" }, { session: A, sql: "SELECT 1" })
        .length,
    ).toBe(1);
  });
});
