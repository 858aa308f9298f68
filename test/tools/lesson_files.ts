/** The lessons' text files from the disk, and a lesson played on the simulated server without a browser. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PROTOCOL_VERSION, type Reply } from "../../src/protocol/messages.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { appended, emptyTimeline, type Timeline } from "../../src/trace/timeline.ts";
import { WorkerHost } from "../../src/worker/host.ts";

const FOLDER = resolve("src/lessons/texts");

export interface LessonFile {
  readonly name: string;
  readonly text: string;
}

/** In the order of their numbers. */
export function lessonFiles(folder = FOLDER): readonly LessonFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** Through the worker's own host, so that it is what the page sees. Throws when the set-up fails. */
export function played(scenario: Scenario): Timeline {
  let timeline = emptyTimeline;
  let failure: string | null = null;
  const host = new WorkerHost((reply: Reply) => {
    if (reply.kind === "events") timeline = appended(timeline, reply.events);
    if (reply.kind === "failed") failure = reply.message;
  });
  host.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
  if (failure !== null) throw new Error(failure);
  return timeline;
}
