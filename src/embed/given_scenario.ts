/** A scenario that a host page gives, or a text that it is in; frames that open something else do not load this. */
import { eventAt, storyStart, type Timeline } from "../trace/timeline.ts";
import type { EmbedScenario } from "./contract.ts";
import type { OpenFault } from "./faults.ts";
import type { Opened } from "./frame_store.ts";
import { panelsFor } from "./guided.ts";
import { scenarioInText } from "./session_comments.ts";

export async function openedGiven(
  given: { readonly text: string } | { readonly scenario: EmbedScenario },
): Promise<Opened | OpenFault> {
  if ("scenario" in given) return (await ofScenario(given.scenario)) ?? { fault: "noScenario" };
  if (given.text.trim() === "") return { fault: "empty" };
  const scenario = scenarioInText(given.text);
  if (scenario === null) return { fault: "noSession" };
  return (await ofScenario(scenario)) ?? { fault: "noScenario" };
}

async function ofScenario(scenario: EmbedScenario): Promise<Opened | null> {
  // What reads links needs it too.
  const { scriptOf } = await import("../store/saved_page.ts");
  const names = scenario.steps.flatMap((step) =>
    typeof step === "object" && step !== null && "session" in step ? [String(step.session)] : [],
  );
  const script = scriptOf({
    lesson: null,
    scenario: { ...scenario, id: "embedded" },
    sessions: ["A", "B", ...names],
  });
  if (script === null) return null;
  return {
    script,
    texts: {},
    position: null,
    language: null,
    panels: panelsFor("locks"),
    title: null,
    begin: endOfSessions,
  };
}

/** The end of what the sessions did, before what the server does by itself when they are through: purge. */
export function endOfSessions(timeline: Timeline): number {
  let at = timeline.length;
  for (; at > storyStart(timeline); at -= 1) {
    const event = eventAt(timeline, at - 1);
    if (event === null || event.session !== null || event.type === "clock.advanced") break;
  }
  return at;
}
