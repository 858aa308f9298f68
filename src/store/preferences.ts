/** What a person chose about the page itself; kept across visits. */
import type { Arrangement } from "../lessons/lesson.ts";

export type Language = "en" | "zh";
/** "system": as the device is set. */
export type ThemeChoice = "system" | "light" | "dark";
export type Theme = "light" | "dark";

export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeChoice;
  /** Events a second while playing. */
  readonly playSpeed: number;
  /** Sizes of the panes by group, in per cent, as react-resizable-panels reports them. */
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly introOpen: boolean;
  readonly stage: StagePreferences;
}

/** How the pictures stand. Panels go by their names; one that is not known any more is left out when it is drawn. */
export interface StagePreferences {
  /** Null: as the example would have it. */
  readonly arrangement: Arrangement | null;
  /** By arrangement: panels put away. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
  /** By arrangement and cell: the panel in front. */
  readonly front: Readonly<Record<string, string>>;
  /** The one panel that has all the room. */
  readonly focused: string | null;
  /** By arrangement, where a person said so: what each session would see stands under the records. */
  readonly sights?: Readonly<Record<string, boolean>>;
}

export const DEFAULT_STAGE: StagePreferences = {
  arrangement: null,
  hidden: {},
  front: {},
  focused: null,
};

/** What the browser says about the person's surroundings. */
export interface Surroundings {
  readonly darkScheme: boolean;
  readonly reducedMotion: boolean;
  readonly languages: readonly string[];
}

export function defaultPreferences(surroundings: Surroundings): Preferences {
  const first = surroundings.languages[0] ?? "en";
  return {
    language: first.toLowerCase().startsWith("zh") ? "zh" : "en",
    theme: "system",
    playSpeed: 4,
    layouts: {},
    introOpen: true,
    stage: DEFAULT_STAGE,
  };
}

export function resolvedTheme(choice: ThemeChoice, surroundings: Surroundings): Theme {
  if (choice !== "system") return choice;
  return surroundings.darkScheme ? "dark" : "light";
}
