/** A scenario that a host page gives, or a text that it is in; frames that open something else do not load this. */
import type { Timeline } from "../trace/timeline.ts";
import type { EmbedScenario } from "./contract.ts";
import type { OpenFault } from "./faults.ts";
import type { Opened } from "./frame_store.ts";
import { scenarioInText } from "./session_comments.ts";

/** Given and not imported: rolldown would take the frame's own script apart, which has to be in one piece to run at once. */
interface Means {
  readonly scriptOf: typeof import("../store/saved_page.ts").scriptOf;
  readonly panels: Opened["panels"];
}

/** A text or a scenario of the post's own, read with distrust. */
export function openedGiven(
  given: { readonly text: string } | { readonly scenario: EmbedScenario },
  means: Means,
): Opened | OpenFault {
  if ("scenario" in given) return ofScenario(given.scenario, means) ?? { fault: "noScenario" };
  if (given.text.trim() === "") return { fault: "empty" };
  const scenario = scenarioInText(given.text);
  if (scenario === null) return { fault: "noSession" };
  return ofScenario(scenario, means) ?? { fault: "noScenario" };
}

function ofScenario(scenario: EmbedScenario, { scriptOf, panels }: Means): Opened | null {
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
    panels,
    title: null,
    begin: endOfSessions,
  };
}

/** The end of what the sessions did, before what the server does by itself when they are through: purge. */
function endOfSessions(timeline: Timeline): number {
  const last = timeline.chunks
    .flat()
    .findLast(
      ({ session, type, command }) => command < 0 || session !== null || type === "clock.advanced",
    );
  return last === undefined ? 0 : last.seq + 1;
}
