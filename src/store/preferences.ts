/** What a person chose about the page itself; kept across visits. */
export type Language = "en" | "zh";
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
}

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
  };
}

export function resolvedTheme(choice: ThemeChoice, surroundings: Surroundings): Theme {
  if (choice !== "system") return choice;
  return surroundings.darkScheme ? "dark" : "light";
}
