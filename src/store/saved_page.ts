/** What survives a reload: the script, the editors, the cursor, the preferences; read back with distrust. */
import { ARRANGEMENTS } from "../lessons/lesson.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import { CLIENT_CALLS } from "../trace/state_net.ts";
import type { Snapshot, TextEdit } from "./page_store.ts";
import type { Preferences, StagePreferences } from "./preferences.ts";
import { type Branch, DEEDS, type Script, SESSION_NAMES } from "./script.ts";
import type { KeptTexts } from "./storage.ts";

const PAGE_KEY = "page.1";
const PLACE_KEY = "place.1";
/** Storage has room for a few megabytes: of a long script fewer undos are kept, rather than nothing at all. */
const PAGE_CHARACTERS_MAX = 1_500_000;
const KEPT_AT_MOST = [50, 12, 3, 0];
const PREFERENCES_KEY = "preferences.1";

/** A script, what stands in the editors, and where in time somebody was. */
export interface SavedPlace {
  readonly script: Script;
  readonly texts: Readonly<Record<string, string>>;
  /** Null: at the end of the trace. */
  readonly position: number | null;
}

/** What a reload brings back. */
export interface SavedPage extends SavedPlace {
  /** Where undo and redo lead, so that nothing is lost by a reload. */
  readonly undo: readonly Snapshot[];
  readonly redo: readonly Snapshot[];
  /** The futures that were left. */
  readonly branches: readonly Branch[];
}

/** `at`: now, in milliseconds. */
export function savePage(kept: KeptTexts, page: SavedPage, at: number): void {
  const { undo, redo, branches } = page;
  savePlace(kept, page.position);
  for (const most of KEPT_AT_MOST) {
    const last = <T>(list: readonly T[]): readonly T[] => (most === 0 ? [] : list.slice(-most));
    const text = JSON.stringify({
      ...page,
      at,
      undo: last(undo),
      redo: last(redo),
      branches: last(branches),
    });
    if (text.length > PAGE_CHARACTERS_MAX && most > 0) continue;
    kept.write(PAGE_KEY, text);
    return;
  }
}

/** Where the cursor stands, by itself: it moves often, and a long script is long to write. Null: at the end. */
export function savePlace(kept: KeptTexts, position: number | null): void {
  kept.write(PLACE_KEY, JSON.stringify({ position }));
}

export function savePreferences(kept: KeptTexts, preferences: Preferences): void {
  kept.write(PREFERENCES_KEY, JSON.stringify(preferences));
}

/** The script alone, and when it was kept. */
export function savedHead(
  kept: KeptTexts,
): { readonly script: Script; readonly at: number | null } | null {
  const page = parsed(kept.read(PAGE_KEY));
  const script = scriptOf(objectOr(page.script));
  if (script === null) return null;
  return { script, at: numberOf(page.at) };
}

/** Null when there is nothing, or nothing that can be trusted. */
export function savedPage(kept: KeptTexts): SavedPage | null {
  const page = parsed(kept.read(PAGE_KEY));
  const script = scriptOf(objectOr(page.script));
  if (script === null) return null;
  return {
    script,
    texts: textsOf(objectOr(page.texts)),
    position: placeOf(kept, page),
    undo: snapshotsOf(page.undo),
    redo: snapshotsOf(page.redo),
    branches: branchesOf(page.branches),
  };
}

export function savedPreferences(kept: KeptTexts, defaults: Preferences): Preferences {
  const saved = parsed(kept.read(PREFERENCES_KEY));
  const { language, theme, playSpeed, layouts, introOpen, stage } = saved;
  return {
    language: language === "en" || language === "zh" ? language : defaults.language,
    theme: theme === "light" || theme === "dark" ? theme : defaults.theme,
    playSpeed: typeof playSpeed === "number" && playSpeed > 0 ? playSpeed : defaults.playSpeed,
    layouts: layoutsOf(objectOr(layouts)),
    introOpen: typeof introOpen === "boolean" ? introOpen : defaults.introOpen,
    stage: stageOf(objectOr(stage)),
  };
}

type Loose = Readonly<Record<string, unknown>>;

function parsed(text: string | null): Loose {
  try {
    return objectOr(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function objectOr(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}

/** Null when it is not a script. */
export function scriptOf(value: Loose): Script | null {
  const scenario = scenarioOf(objectOr(value.scenario));
  if (scenario === null) return null;
  const names = strings(value.sessions);
  const bookmarks = numbers(value.bookmarks);
  return {
    lesson: typeof value.lesson === "string" ? value.lesson : null,
    scenario,
    ...(bookmarks.length > 0 ? { bookmarks } : {}),
    ...(typeof value.log === "string" && value.log !== "" ? { log: value.log } : {}),
    sessions: SESSION_NAMES.filter(
      (name, at) => names.includes(name) || (names.length === 0 && at < 2),
    ),
  };
}

/** What was written last says more than what was written with the script. */
function placeOf(kept: KeptTexts, page: Loose): number | null {
  const place = parsed(kept.read(PLACE_KEY));
  const { position } = "position" in place ? place : page;
  return numberOf(position);
}

function branchesOf(value: unknown): readonly Branch[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, at): readonly Branch[] => {
    const script = scriptOf(objectOr(objectOr(item).script));
    return script === null ? [] : [{ id: at + 1, script, at: numberOf(objectOr(item).at) }];
  });
}

function snapshotsOf(value: unknown): readonly Snapshot[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item): readonly Snapshot[] => {
    const snapshot = objectOr(item);
    const script = scriptOf(objectOr(snapshot.script));
    if (script === null) return [];
    const hasTexts = typeof snapshot.texts === "object" && snapshot.texts !== null;
    const texts = hasTexts ? textsOf(objectOr(snapshot.texts)) : null;
    const by = DEEDS.find((deed) => deed === snapshot.by) ?? (hasTexts ? "opening" : "run");
    const branches = Array.isArray(snapshot.branches) ? branchesOf(snapshot.branches) : null;
    const [position, edit] = [numberOf(snapshot.position), editOf(objectOr(snapshot.edit))];
    return [{ script, texts, branches, position, edit, by }];
  });
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function editOf({ session, from, to }: Loose): TextEdit | null {
  const name = SESSION_NAMES.find((one) => one === session);
  if (name === undefined || typeof from !== "string" || typeof to !== "string") return null;
  return { session: name, from, to };
}

function scenarioOf(value: Loose): Scenario | null {
  if (!Array.isArray(value.setup) || !Array.isArray(value.steps)) return null;
  const steps = value.steps.map((step) => stepOf(objectOr(step)));
  if (steps.some((step) => step === null)) return null;
  return {
    id: typeof value.id === "string" ? value.id : "mine",
    ...(typeof value.title === "string" ? { title: value.title } : {}),
    setup: strings(value.setup),
    steps: steps.filter((step) => step !== null),
  };
}

function stepOf(value: Loose): Step | null {
  if (typeof value.advance === "number") return { advance: value.advance };
  const session = SESSION_NAMES.find((name) => name === value.session);
  if (session === undefined) return null;
  if (typeof value.client === "object") return { session, client: objectOr(value.client) };
  const call = CLIENT_CALLS.find((name) => name === value.call);
  if (call !== undefined) {
    return { session, call, ...(typeof value.size === "number" ? { size: value.size } : {}) };
  }
  if (typeof value.sql !== "string") return null;
  return { session, sql: value.sql, ...(value.vertical === true ? { vertical: true } : {}) };
}

export function textsOf(value: Loose): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

export function layoutsOf(value: Loose): Preferences["layouts"] {
  const layouts: Record<string, Readonly<Record<string, number>>> = {};
  for (const [group, sizes] of Object.entries(value)) {
    const entries = Object.entries(objectOr(sizes)).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    );
    layouts[group] = Object.fromEntries(entries);
  }
  return layouts;
}

export function stageOf(value: Loose): StagePreferences {
  const hidden = Object.entries(objectOr(value.hidden)).map(
    ([arrangement, panels]) => [arrangement, strings(panels)] as const,
  );
  const sights = Object.entries(objectOr(value.sights)).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
  );
  return {
    arrangement: ARRANGEMENTS.find((name) => name === value.arrangement) ?? null,
    hidden: Object.fromEntries(hidden),
    front: textsOf(objectOr(value.front)),
    focused: typeof value.focused === "string" ? value.focused : null,
    ...(sights.length > 0 ? { sights: Object.fromEntries(sights) } : {}),
  };
}
