/** A trace that is written as its changes is the same when it is read again. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsTold, toldEvents } from "../../src/store/told_events.ts";
import type { TraceEvent } from "../../src/trace/events.ts";

/** Few names and values, so that events are often alike. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, 0, 7, -3, 0.1, 2.7, 1e21, "", "7", "-4", "08", "x"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.record({ a: tie("any"), b: tie("any") }, { requiredKeys: ["a"] }),
  ),
})).any;
const event = fc
  .record({ type: fc.constantFrom("one", "other"), seq: fc.nat(), more: value })
  .map((made) => made as unknown as TraceEvent);

const there = (events: readonly TraceEvent[]) =>
  eventsTold(JSON.parse(JSON.stringify(toldEvents(events))));

describe("a trace written as its changes", () => {
  it("is the same when it is read, to the letter", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const plain = JSON.parse(JSON.stringify(events)) as readonly TraceEvent[];
        expect(JSON.stringify(there(plain))).toBe(JSON.stringify(plain));
      }),
      { numRuns: 2000 },
    );
  });

  it("says of rows that are read one after the other only how they go on", () => {
    const rows = [1, 2, 3].map((row) => ({
      type: "rec.visited",
      rec: row + 7,
      key: String(row),
      table: "t",
    }));
    const told = toldEvents(rows as unknown as readonly TraceEvent[]);
    expect(told.slice(2)).toEqual([
      "rec.visited",
      { rec: 1, key: "1" },
      "rec.visited",
      { rec: 1, key: "1" },
    ]);
  });
});
