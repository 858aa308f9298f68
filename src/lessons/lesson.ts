/** A built-in scenario: what it shows, in both languages, and what stands in the editors when it opens. */

import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";

export interface InTwoLanguages {
  readonly en: string;
  readonly zh: string;
}

/** Which picture gets the most room. */
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const ARRANGEMENTS = ["locks", "versions", "waits", "levels", "streaming"] as const;

export interface Lesson {
  readonly id: string;
  readonly arrangement: Arrangement;
  readonly title: InTwoLanguages;
  /** One paragraph: what happens, and what to try next. */
  readonly intro: InTwoLanguages;
  readonly scenario: Scenario;
  /** By session: what has been run and what to run next. */
  readonly editors: Readonly<Record<string, string>>;
}

/** A step of a lesson's script. */
export function run(session: string, sql: string): Step {
  return { session: session as SessionName, sql };
}
