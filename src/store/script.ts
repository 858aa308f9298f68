/** What a person has typed and run so far: enough, with determinism, to bring everything else back. */
import type { Lesson } from "../lessons/lesson.ts";
import type { SessionName } from "../trace/ids.ts";
import { DISCONNECT, type Scenario, type Step } from "../trace/scenario.ts";

/** All there can be, in the order in which they come. */
export const SESSION_NAMES = [
  "A",
  "B",
  "C",
  "D",
  "E",
  "F",
  "G",
  "H",
] as readonly string[] as readonly SessionName[];

/** Longer logs are kept to the line before it. */
const LOG_LETTERS_MAX = 100_000;

/** As long as a name of a file. */
const TITLE_LETTERS_MAX = 80;

/** What was typed and run: a reset with it brings everything back. */
export interface Script {
  /** The built-in scenario it began as; null for one of the person's own. */
  readonly lesson: string | null;
  readonly scenario: Scenario;
  /** The cards on the page, one to eight, in the order of their letters. */
  readonly sessions: readonly SessionName[];
  /** Positions in its trace, ascending; absent when there are none. */
  readonly bookmarks?: readonly number[];
  /** The deadlock log that it was made from; absent when it was not. */
  readonly log?: string;
}

/** A future that was left by going back and running something else. */
export interface Branch {
  readonly id: number;
  readonly script: Script;
  /** When, in milliseconds; null where an older page did not note it. */
  readonly at: number | null;
}

/** With its sessions, two at least. */
export function scriptOfLesson(lesson: Lesson): Script {
  return {
    lesson: lesson.id,
    scenario: lesson.scenario,
    sessions: inOrder([
      ...SESSION_NAMES.slice(0, 2),
      ...sessionsIn(lesson.scenario.steps),
      ...typedIn(lesson.editors),
    ]),
  };
}

/** A scenario of no lesson's, with a card for each session that runs or has text. */
export function scriptOfScenario(
  scenario: Scenario,
  texts: Readonly<Record<string, string>>,
): Script {
  const used = [...sessionsIn(scenario.steps), ...typedIn(texts)];
  return { lesson: null, scenario, sessions: inOrder([...SESSION_NAMES.slice(0, 2), ...used]) };
}

/** One more step; a session that is new on the page gets a card. */
export function withStep(script: Script, step: Step): Script {
  const steps = [...script.scenario.steps, step];
  const leaves = "sql" in step && step.sql === DISCONNECT;
  const runs = "session" in step && !leaves ? [step.session] : [];
  return {
    ...script,
    scenario: { ...script.scenario, steps },
    sessions: inOrder([...script.sessions, ...runs]),
  };
}

/** The same script with these steps; bookmarks stand in another trace now, so only those before `same` stay. */
export function withSteps(script: Script, steps: readonly Step[], same = 0): Script {
  const { bookmarks = [], ...rest } = script;
  const kept = bookmarks.filter((position) => position <= same);
  return { ...rest, scenario: { ...script.scenario, steps }, bookmarks: kept };
}

/** `position`: behind so many events. */
export function withBookmarkToggled(script: Script, position: number): Script {
  const { bookmarks = [] } = script;
  const isThere = bookmarks.includes(position);
  const others = bookmarks.filter((one) => one !== position);
  return {
    ...script,
    bookmarks: isThere ? others : [...others, position].toSorted((a, b) => a - b),
  };
}

export function inOrder(sessions: readonly SessionName[]): readonly SessionName[] {
  return SESSION_NAMES.filter((name) => sessions.includes(name));
}

/** What led from a script that is remembered to the one behind it, and is what Undo takes back. */
export const DEEDS = [
  "run",
  "time",
  "settings",
  "disconnect",
  "schedule",
  "edit",
  "opening",
  "tables",
  "branch",
  "restart",
] as const;
export type Deed = (typeof DEEDS)[number];

/** The same statements in the same order on the same tables: nobody needs that future twice. */
export function isLike(one: Script, other: Script): boolean {
  const told = ({ scenario: { setup, steps } }: Script): string => JSON.stringify([setup, steps]);
  return told(one) === told(other);
}

/** Without one it goes by the name of its lesson, or by none. */
export function withTitle(script: Script, title: string): Script {
  const { title: _, ...scenario } = script.scenario;
  const wanted = title.replace(/\s+/g, " ").trim().slice(0, TITLE_LETTERS_MAX);
  return { ...script, scenario: wanted === "" ? scenario : { ...scenario, title: wanted } };
}

/** With the log it was made from, which is shown beside it. */
export function withLog(script: Script, log: string): Script {
  if (log.length <= LOG_LETTERS_MAX) return { ...script, log };
  return { ...script, log: `${log.slice(0, log.lastIndexOf("\n", LOG_LETTERS_MAX))}\n…` };
}

function sessionsIn(steps: readonly Step[]): readonly SessionName[] {
  return [...new Set(steps.flatMap((step) => ("session" in step ? [step.session] : [])))];
}

function typedIn(editors: Readonly<Record<string, string>>): readonly SessionName[] {
  return SESSION_NAMES.filter((name) => (editors[name] ?? "") !== "");
}
