/** Why? Every lock, wait, grant, verdict, plan and error of the scenes has an answer, and it is as reviewed. */
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { why } from "../../src/trace/why/why.ts";

const MUST_ANSWER = [
  "lock.granted",
  "lock.waiting",
  "lock.grantedAfterWait",
  "lock.alreadyHeld",
  "lock.refused",
  "lock.timedOut",
  "mdl.waiting",
  "mdl.granted",
  "readView.checked",
  "readView.opened",
  "plan.chosen",
  "deadlock.found",
];

function answers(id: string): readonly { event: TraceEvent; en: string[]; zh: string[] }[] {
  const lesson = LESSONS.find((each) => each.id === id);
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(simulation.setup(lesson?.scenario.setup ?? [])).toBeNull();
  const start = events.length;
  for (const step of lesson?.scenario.steps ?? []) simulation.step(step);
  let state = initialState;
  return events.flatMap((event) => {
    state = applyEvent(state, event);
    if (event.seq < start) return [];
    const causeOf = (seq: number) => events[seq] ?? null;
    const said = (language: "en" | "zh"): string[] => {
      const answer = why(event, state, language, causeOf);
      if (answer === null) return [];
      const { functionName, file, manualUrl } = answer.source;
      expect(manualUrl).toMatch(
        /^https:\/\/dev\.mysql\.com\/doc\/refman\/9\.7\/en\/[a-z-]+\.html$/,
      );
      return [...answer.rule, ...(language === "en" ? [`[${functionName}, ${file}]`] : [])];
    };
    return [{ event, en: said("en"), zh: said("zh") }];
  });
}

describe("the answer to why", () => {
  it.each(LESSONS.map((lesson) => lesson.id))("in %s is as reviewed", async (id) => {
    const seen = new Set<string>();
    const lines = answers(id).flatMap(({ event, en, zh }) => {
      const isError = event.type === "statement.ended" && event.outcome.kind === "error";
      if (MUST_ANSWER.includes(event.type) || isError) {
        expect(en, `${event.type} ${event.seq}`).not.toEqual([]);
        expect(zh).toHaveLength(en.length - 1);
      }
      const text = [...en, ...zh].join("\n  ");
      if (text === "" || seen.has(text)) return [];
      seen.add(text);
      return [`${event.type}\n  ${text}\n`];
    });
    await expect(lines.join("\n")).toMatchFileSnapshot(`snapshots/why_${id}.txt`);
  });
});
