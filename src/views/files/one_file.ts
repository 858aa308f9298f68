/** What is seen, as one HTML file that needs nothing else: the build's form, the server's files, a lesson or a link. */
import { ENGINE_FILE, ONE_FILE_FORM } from "virtual:one-file";
import { guidePlace } from "../../store/guide_place.ts";
import { guideStore } from "../../store/guide_store.ts";
import { fragmentOfPage } from "../../store/link/page_link.ts";
import { FILE_PLACE, type OneFile, TITLE_PLACE } from "../../store/one_file.ts";
import type { PageState } from "../../store/page_store.ts";
import { landmarksOf } from "../../trace/landmarks.ts";
import { titledScenario } from "./save_scenario.ts";

/** As the core knows its parts (`PartFile` in `src/worker/part_loader.ts`), and the end that the names of their files have. */
const PART = /\["([a-z-]+)"(?:,\d+){3}/g;
const END = /"(-[\w-]{8}\.js)"/;

/** As the form's script knows a lesson's name. */
const LESSON_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Rejects when a file of the site cannot be had. */
export async function oneFile(page: PageState): Promise<string> {
  if (ONE_FILE_FORM === null || ENGINE_FILE === null) throw new Error("only the built site has it");
  const engine = ENGINE_FILE;
  const [form, core] = await Promise.all([textAt(ONE_FILE_FORM), textAt(engine)]);
  const [, end = ""] = END.exec(core) ?? [];
  const names = [...core.matchAll(PART)].map(([, name]) => `engine-${name}${end}`);
  const beside = (name: string): string => engine.replace(/[^/]+$/, name);
  const parts = await Promise.all(
    names.map(async (name) => [`./${name}`, await textAt(beside(name))]),
  );
  const file: OneFile = { ...shown(page), engine: { core, parts: Object.fromEntries(parts) } };
  const { title, id } = titledScenario(page);
  return form
    .replace(TITLE_PLACE, () => escaped(title ?? id))
    .replace(FILE_PLACE, () => JSON.stringify(file).replaceAll("<", "\\u003c"));
}

/** A lesson's text while one is on its way through it, else what a link would lead to. */
function shown(page: PageState): Omit<OneFile, "engine"> {
  const { script, selection, preferences } = page;
  const { language, theme } = preferences;
  const { lesson, part } = guideStore.getState();
  const search = new URLSearchParams({
    lang: language,
    theme: theme === "system" ? "auto" : theme,
  });
  const isOnItsWay =
    lesson !== null &&
    LESSON_NAME.test(lesson.id) &&
    guidePlace(lesson, part, script).kind !== "astray";
  if (isOnItsWay) {
    search.set("lesson", lesson.id);
    search.set("at", `p${part + 1}`);
    return { fragment: `#${search}`, lessons: { [lesson.id]: lesson } };
  }
  const look = { selection, language, layouts: {}, stage: null };
  const panels = PANELS[arrangementOf(page)];
  if (panels !== undefined) search.set("panels", panels);
  const { title } = script.scenario;
  if (title !== undefined) search.set("title", title);
  return { fragment: `${fragmentOfPage(page, look)}&${search}`, lessons: {} };
}

/** With the locks the page shows who waits for whom; there it stands below, and only where somebody waits. */
function arrangementOf({ preferences, timeline }: PageState): string {
  const chosen = preferences.stage.arrangement ?? "";
  const isOfLocks = chosen === "" || chosen === "locks";
  return isOfLocks && landmarksOf(timeline).some(({ kind }) => kind === "wait") ? "waits" : chosen;
}

/** What is seen beside the sessions. */
const PANELS: Readonly<Record<string, string>> = {
  locks: "sessions,index",
  versions: "sessions,versions",
  waits: "sessions,index,waits",
};

async function textAt(address: string): Promise<string> {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
