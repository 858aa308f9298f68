/**
 * What the simulated server does at the beginning of a built-in story, known without it: the build has played the story on the
 * same server, which does the same each time. A trace has a twentieth of the server's size, so the first picture stands before the
 * server is there (`played_worker.ts`).
 */
import { NOTHING, PLAYED } from "virtual:played";
import { isKeptOffline } from "../lessons/kept_offline.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { Scenario } from "../trace/scenario.ts";
import { type Played, storyOf } from "./story.ts";
import { eventsTold } from "./told_events.ts";

const known = new Map([[NOTHING.story, NOTHING.told]]);

/** Something came with what it belongs to: a lesson's text. */
export function keepPlayed({ story, told }: Played): void {
  known.set(story, told);
}

/** Null when only the server can tell, or is at hand. Never rejects. */
export async function playedBefore(scenario: Scenario): Promise<readonly TraceEvent[] | null> {
  const story = storyOf(scenario);
  const told = known.get(story);
  if (told !== undefined) return eventsTold(told);
  // A site that is kept for offline has the server, and not these.
  if (isKeptOffline()) return null;
  const load = Object.hasOwn(PLAYED, scenario.id) ? PLAYED[scenario.id] : undefined;
  const file = await load?.().catch(() => null);
  return file?.played.story === story ? eventsTold(file.played.told) : null;
}
