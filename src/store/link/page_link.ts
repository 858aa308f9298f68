/**
 * A link to what is seen: scenario, schedule, cursor, selection, arrangement and language, in the fragment of the URL.
 * Determinism brings the trace back.
 * Links of old versions keep opening: `test/fixtures/links`.
 */
import type { Ref } from "../../trace/ref.ts";
import type { Step } from "../../trace/scenario.ts";
import type { PageState } from "../page_store.ts";
import { DEFAULT_STAGE, type Language, type StagePreferences } from "../preferences.ts";
import { layoutsOf, type SavedPlace, scriptOf, stageOf, textsOf } from "../saved_page.ts";
import type { Branch, Script } from "../script.ts";
import { refOf } from "./link_ref.ts";
import { type LinkFault, lettersOf, textOfLetters } from "./link_text.ts";

/** What a link opens. */
export interface LinkedPage extends SavedPlace {
  readonly selection: Ref | null;
  readonly language: Language | null;
  readonly layouts: Layouts;
  /** How the pictures stand; null: as they stand where the link is opened. */
  readonly stage: StagePreferences | null;
  /** The futures that were left; absent when the link has none. */
  readonly branches?: readonly Branch[];
}

type Layouts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export type LinkReading =
  | { readonly kind: "none" }
  | { readonly kind: "page"; readonly page: LinkedPage }
  | { readonly kind: "fault"; readonly fault: LinkFault };

const KEY = "#s=";
/** As many as the page remembers. */
const BRANCHES_MAX = 20;
const STATEMENTS_MAX = 2_000;
const STATEMENT_LETTERS_MAX = 100_000;
const SECONDS_MAX = 1e9;

/** The fragment, with its `#`. */
export function fragmentOf(page: LinkedPage): string {
  const { script, texts, position, selection, language, layouts, stage, branches = [] } = page;
  const { id, title, setup, steps } = script.scenario;
  const isOther = (tables: readonly string[]) => JSON.stringify(tables) !== JSON.stringify(setup);
  const short = {
    ...(script.lesson === null ? {} : { lesson: script.lesson }),
    ...(id === script.lesson ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    sessions: script.sessions.join(""),
    texts,
    ...(position === null ? {} : { position }),
    ...(language === null ? {} : { language }),
    ...(selection === null ? {} : { selection }),
    ...(Object.keys(layouts).length === 0 ? {} : { layouts: whole(layouts) }),
    ...(stage === null || isDefault(stage) ? {} : { stage }),
    setup,
    steps: steps.map(shortStep),
    ...(branches.length === 0
      ? {}
      : {
          futures: branches.map(({ script: { scenario } }) => ({
            ...(isOther(scenario.setup) ? { setup: scenario.setup } : {}),
            steps: scenario.steps.map(shortStep),
          })),
        }),
    ...(script.log === undefined ? {} : { log: script.log }),
  };
  return KEY + lettersOf(JSON.stringify(short));
}

type Look = Omit<LinkedPage, keyof SavedPlace | "branches">;

/** The fragment of what is seen now; at the end of the trace it leads to the end, wherever that will be. */
export function fragmentOfPage(page: PageState, look: Look): string {
  const { log: _, ...script } = page.script;
  return fragmentOf({ ...linkedPage(page, look), script });
}

/** What may stay out of a link that would be long with it; a saved file has it. */
export interface LeftOut {
  readonly futures: number;
  readonly hasLog: boolean;
}

/** With the futures that were left and the log that was pasted, where the fragment stays as short as wanted. */
export function fullFragmentOfPage(
  page: PageState,
  look: Look,
  lettersMax: number,
): { readonly fragment: string; readonly left: LeftOut } {
  const { branches } = page;
  const { log, ...script } = page.script;
  const without = linkedPage(page, look);
  const choices = [
    { futures: branches, kept: log },
    { futures: [], kept: log },
    { futures: branches, kept: undefined },
  ];
  for (const { futures, kept } of choices) {
    const own = kept === undefined ? script : { ...script, log: kept };
    const fragment = fragmentOf({ ...without, script: own, branches: futures });
    if (fragment.length > lettersMax) continue;
    const left = { futures: branches.length - futures.length, hasLog: kept !== log };
    return { fragment, left };
  }
  const left = { futures: branches.length, hasLog: log !== undefined };
  return { fragment: fragmentOf({ ...without, script }), left };
}

function linkedPage({ script, texts, timeline, position }: PageState, look: Look): LinkedPage {
  const place = position === timeline.length ? null : position;
  return { script, texts, position: place, ...look };
}

/** Never throws, whatever the fragment is. */
export function readFragment(fragment: string): LinkReading {
  if (!fragment.startsWith(KEY)) return { kind: "none" };
  const read = textOfLetters(fragment.slice(KEY.length));
  if (typeof read === "string") return { kind: "fault", fault: read };
  const page = pageOf(read.text);
  return page === null ? { kind: "fault", fault: "scenario" } : { kind: "page", page };
}

function isDefault(stage: StagePreferences): boolean {
  return JSON.stringify(stage) === JSON.stringify(DEFAULT_STAGE);
}

/** "A" and the statement; other steps as they are. */
function shortStep(step: Step): unknown {
  return "sql" in step ? step.session + step.sql : step;
}

/** Whole per cents are as good to look at; the last pane gets what is left. */
function whole(layouts: Layouts): Layouts {
  return Object.fromEntries(
    Object.entries(layouts).map(([group, sizes]) => {
      const names = Object.keys(sizes);
      const rounded = names.map((name) => Math.round(sizes[name] ?? 0));
      const before = rounded.slice(0, -1).reduce((sum, size) => sum + size, 0);
      return [
        group,
        Object.fromEntries(
          names.map((name, at) => [
            name,
            at === names.length - 1 ? 100 - before : (rounded[at] ?? 0),
          ]),
        ),
      ];
    }),
  );
}

/** Only panes that fill their place. */
function fitting(layouts: Layouts): Layouts {
  return Object.fromEntries(
    Object.entries(layouts).filter(([, sizes]) => {
      const all = Object.values(sizes);
      const sum = all.reduce((one, other) => one + other, 0);
      return all.every((size) => size > 0 && size < 100) && Math.abs(sum - 100) < 0.01;
    }),
  );
}

type Loose = Readonly<Record<string, unknown>>;

function pageOf(text: string): LinkedPage | null {
  let value: Loose;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return null;
    value = parsed as Loose;
  } catch {
    return null;
  }
  if (!isModest(value)) return null;
  const { lesson, title, sessions, position, log } = value;
  const script = scriptOf({
    lesson,
    scenario: {
      id: value.id ?? lesson,
      ...(typeof title === "string" ? { title } : {}),
      setup: value.setup,
      steps: Array.isArray(value.steps) ? value.steps.map(longStep) : null,
    },
    sessions: typeof sessions === "string" ? [...sessions] : [],
    ...(typeof log === "string" && isModestText(log) ? { log } : {}),
  });
  if (script === null) return null;
  const branches = branchesOf(value.futures, script);
  return {
    ...(branches.length === 0 ? {} : { branches }),
    script,
    texts: textsOf(objectOr(value.texts)),
    position: isCount(position) ? position : null,
    selection: refOf(value.selection),
    language: value.language === "en" || value.language === "zh" ? value.language : null,
    layouts: fitting(layoutsOf(objectOr(value.layouts))),
    stage: stageOf(objectOr(value.stage)),
  };
}

/** Each has the tables of the scenario or its own. */
function branchesOf(futures: unknown, { log: _, ...script }: Script): readonly Branch[] {
  if (!Array.isArray(futures)) return [];
  return futures.slice(0, BRANCHES_MAX).flatMap((item: unknown, at): readonly Branch[] => {
    const { setup = script.scenario.setup, steps } = objectOr(item);
    if (!Array.isArray(steps) || !isModest({ setup, steps })) return [];
    const scenario = { ...script.scenario, setup, steps: steps.map(longStep) };
    const sessions = steps.flatMap((step) => (typeof step === "string" ? [step.slice(0, 1)] : []));
    const read = scriptOf({ ...script, scenario, sessions: [...script.sessions, ...sessions] });
    return read === null ? [] : [{ id: at + 1, script: read, at: null }];
  });
}

function longStep(step: unknown): unknown {
  if (typeof step !== "string") return step;
  return { session: step.slice(0, 1), sql: step.slice(1) };
}

/** No more statements than a person can look at, and no longer ones; no time without end. */
function isModest(value: Loose): boolean {
  const { setup, steps } = value;
  if (!Array.isArray(setup) || !Array.isArray(steps)) return false;
  if (setup.length + steps.length > STATEMENTS_MAX) return false;
  if (!setup.every((sql) => typeof sql === "string" && isModestText(sql))) return false;
  return steps.every((step: unknown) => {
    if (typeof step === "string") return isModestText(step);
    const { advance } = objectOr(step);
    if (advance === undefined) return typeof step === "object" && step !== null;
    return typeof advance === "number" && advance >= 0 && advance <= SECONDS_MAX;
  });
}

function isModestText(text: string): boolean {
  return text.length <= STATEMENT_LETTERS_MAX;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function objectOr(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}
