/**
 * `virtual:played`: what the simulated server does when a built-in example is opened, played here once (`src/store/played.ts` says
 * what for). A guided lesson's beginning comes with its text: `texts/NAME.md?one` has it beside the text itself. Stories that
 * take more to tell than a good part of the server are left to the server.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import type { LessonText } from "../../../src/lessons/format/lesson_text.ts";
import { parseLesson } from "../../../src/lessons/format/parse_lesson.ts";
import { scenarioOf, stepsBefore } from "../../../src/lessons/format/steps_of.ts";
import { LESSONS } from "../../../src/lessons/lessons.ts";
import { PROTOCOL_VERSION } from "../../../src/protocol/messages.ts";
import { type Played, storyOf } from "../../../src/store/story.ts";
import { eventsTold, toldEvents } from "../../../src/store/told_events.ts";
import type { TraceEvent } from "../../../src/trace/events.ts";
import type { Scenario } from "../../../src/trace/scenario.ts";
import { WorkerHost } from "../../../src/worker/host.ts";

const NAME = "virtual:played";
/** After gzip. */
const BYTES_MAX = 50_000;
const LESSON = /\/texts\/[\w-]+\.md\?one$/;

export function playedExamples(): Plugin {
  return {
    name: "played-examples",
    enforce: "pre",
    resolveId: (source) => (source.startsWith(NAME) ? source : null),
    load(id) {
      if (id === NAME) {
        const nothing = asCode(played({ id: "nothing", setup: [], steps: [] }));
        return `export const PLAYED = {${examples().map(entry).join()}};\nexport const NOTHING = ${nothing};`;
      }
      if (id.startsWith(NAME)) {
        const example = LESSONS.find((one) => one.id === id.slice(NAME.length + 1));
        if (example === undefined) throw new Error(`no example is ${id}`);
        return `export const played = ${asCode(played(example.scenario))};`;
      }
      if (!LESSON.test(id)) return null;
      const text = readFileSync(id.replace(/\?.*/, ""), "utf8");
      const { lesson } = parseLesson(text);
      return `export const text = ${JSON.stringify(text)};\nexport const played = ${asCode(beginning(lesson))};`;
    },
  };
}

function entry(id: string): string {
  return `${JSON.stringify(id)}: () => import(${JSON.stringify(`${NAME}/${id}`)})`;
}

/** Those that are told in few bytes. */
function examples(): readonly string[] {
  return LESSONS.flatMap(({ id, scenario }) => (played(scenario) === null ? [] : [id]));
}

/** The lesson as it opens: its tables, before the first part. */
export function beginning(lesson: LessonText): Played | null {
  const scenario = scenarioOf(lesson);
  return played({ ...scenario, steps: scenario.steps.slice(0, stepsBefore(lesson, 0)) });
}

/** Null: too long. */
function played(scenario: Scenario): Played | null {
  const events = eventsOf(scenario);
  const told = toldEvents(events);
  const text = JSON.stringify(told);
  if (JSON.stringify(eventsTold(JSON.parse(text))) !== JSON.stringify(events)) {
    throw new Error(`${scenario.id}: what is told is not what was played`);
  }
  const size = gzipSync(text, { level: 9 }).length;
  return size > BYTES_MAX ? null : { story: storyOf(scenario), told };
}

function eventsOf(scenario: Scenario): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  const host = new WorkerHost((reply) => {
    if (reply.kind === "failed") throw new Error(`${scenario.id}: ${reply.message}`);
    if (reply.kind === "events") events.push(...reply.events);
  });
  host.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
  return events;
}

/** A text that is read is there sooner than an object that is compiled. */
export function asCode(value: unknown): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}
