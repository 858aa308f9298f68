/** Where a text in a post opens, and what is not opened. */
import { describe, expect, it } from "vitest";
import { openedGiven } from "../../src/embed/given_scenario.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { scriptOf } from "../../src/store/saved_page.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { appended, emptyTimeline, eventAt, type Timeline } from "../../src/trace/timeline.ts";
import { BLOCK } from "../../src/views/manual/manual_text.ts";

const MEANS = { scriptOf, panels: ["sessions", "index"] } as const;
const IN_MANUAL = /<code>([\s\S]*)<\/code>/.exec(BLOCK)?.[1] ?? "";

function played({ setup, steps }: Scenario): Timeline {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({
    patienceMs: 20_000,
    statementsKept: 0,
    emit: (event) => void events.push(event),
  });
  expect(simulation.setup(setup)).toBe(null);
  for (const step of steps) simulation.step(step);
  return appended(emptyTimeline, events);
}

function opened(text: string): { readonly timeline: Timeline; readonly begin: number } {
  const given = openedGiven({ text }, MEANS);
  if ("fault" in given) throw new Error(given.fault);
  const timeline = played(given.script.scenario);
  return { timeline, begin: given.begin?.(timeline) ?? -1 };
}

describe("a text in a post", () => {
  it("opens when its sessions are through, and not after the purge that follows", () => {
    const { timeline, begin } = opened(IN_MANUAL);
    expect(eventAt(timeline, begin - 1)).toMatchObject({ type: "statement.ended", session: "B" });
    expect(eventAt(timeline, begin)?.session).toBe(null);
    expect(timeline.head.sessions.some(({ wait }) => wait !== null)).toBe(false);
  });

  it("opens at its very end where time passes or a session waits there", () => {
    const waiting = IN_MANUAL.replace("COMMIT; -- A\n", "");
    for (const text of [waiting, waiting.replace("-- +3 s\n", "")]) {
      const { timeline, begin } = opened(text);
      expect(begin).toBe(timeline.length);
    }
  });

  it("opens at the set-up when nothing is run", () => {
    const given = openedGiven(
      { scenario: { setup: ["CREATE TABLE t (id INT)"], steps: [] } },
      MEANS,
    );
    if ("fault" in given) throw new Error(given.fault);
    const timeline = played(given.script.scenario);
    expect(given.begin?.(timeline)).toBe(timeline.length);
  });

  it("is not opened when it is empty, names no session, or is no scenario", () => {
    expect(openedGiven({ text: " \n" }, MEANS)).toEqual({ fault: "empty" });
    expect(openedGiven({ text: "SELECT 1;" }, MEANS)).toEqual({ fault: "noSession" });
    const odd = { setup: [7], steps: [{ session: 9 }] } as never;
    expect(openedGiven({ scenario: odd }, MEANS)).toEqual({ fault: "noScenario" });
  });
});
