/**
 * What an embed is to show, as the fragment of the frame's URL; the same words are the attributes of the element.
 *
 *     embed.html#lesson=gap-locks&panels=sessions,index&theme=dark&lang=zh&at=12&editable=no&autoplay=yes
 */
import { EMBED_PANELS, type EmbedPanel } from "./contract.ts";

export interface EmbedOptions {
  readonly lesson: string | null;
  /** What the bar says in place of the lesson's own; null: nothing else. */
  readonly title: string | null;
  /** The letters of a link, after its `#s=`. */
  readonly link: string | null;
  /** Null: those that the lesson wants. */
  readonly panels: readonly EmbedPanel[] | null;
  readonly theme: "light" | "dark" | "auto";
  readonly language: "en" | "zh" | null;
  /** Where to start: behind a step (0: the set-up), `e12` behind an event, `p2` a guided lesson's part; null: at the end. */
  readonly at: string | null;
  readonly editable: boolean;
  readonly autoplay: boolean;
  /** The host sends what to show: open nothing until then. */
  readonly waits: boolean;
}

export const OPTION_NAMES = [
  "lesson",
  "title",
  "scenario",
  "panels",
  "theme",
  "lang",
  "at",
  "editable",
  "autoplay",
] as const;

/** `options`: by name, as they stand in attributes; what is empty or not known is left out. */
export function fragmentOf(options: ReadonlyMap<string, string>, waits: boolean): string {
  const search = new URLSearchParams();
  for (const name of OPTION_NAMES) {
    const value = options.get(name);
    if (value !== undefined) search.set(name, value);
  }
  if (waits) search.set("wait", "yes");
  return `#${search}`;
}

/** Never throws: what makes no sense is as if it were not there. */
export function optionsIn(fragment: string): EmbedOptions {
  const search = new URLSearchParams(fragment.replace(/^#/, ""));
  const theme = search.get("theme");
  const language = search.get("lang")?.toLowerCase() ?? "";
  const wanted = (search.get("panels") ?? "").split(/[\s,]+/);
  const panels = EMBED_PANELS.filter((panel) => wanted.includes(panel));
  const at = search.get("at");
  return {
    lesson: search.get("lesson"),
    title: search.get("title")?.trim() || null,
    link: search.get("s") ?? linkIn(search.get("scenario")),
    panels: panels.length === 0 ? null : panels,
    theme: theme === "dark" || theme === "light" ? theme : "auto",
    language: language.startsWith("zh") ? "zh" : language.startsWith("en") ? "en" : null,
    at: at !== null && /^[ep]?\d{1,6}$/.test(at) ? at : null,
    editable: isYes(search.get("editable"), true),
    autoplay: isYes(search.get("autoplay"), false),
    waits: isYes(search.get("wait"), false),
  };
}

/** A whole link, its fragment, or only its letters. */
function linkIn(scenario: string | null): string | null {
  if (scenario === null) return null;
  return scenario.slice(scenario.indexOf("#s=") < 0 ? 0 : scenario.indexOf("#s=") + 3);
}

/** An attribute without a value is a yes. */
function isYes(value: string | null, otherwise: boolean): boolean {
  return value === null ? otherwise : !/^(no|false|off|0)$/i.test(value);
}
