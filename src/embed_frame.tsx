/**
 * Composes the embedded playground: the same store and server as the page, a smaller view, and the host page's contract.
 * What only some embeds need is imported when it is: the pictures, a lesson, the words of its language, what reads links.
 */
import { loadWords } from "virtual:words";
import {
  type ComponentType,
  Fragment,
  StrictMode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import * as jsxRuntime from "react/jsx-runtime";
import { createPortal } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { useStore } from "zustand";
import { EMBED_VERSION, type EmbedPanel, type FaultKind } from "./embed/contract.ts";
import type * as Faults from "./embed/faults.ts";
import { fetchPart, type Guide, makeDoor } from "./embed/frame_door.ts";
import { type FrameHeight, noteWhoFollows } from "./embed/frame_height.ts";
import {
  askedPlace,
  type Opened,
  openedBy,
  outcomesSince,
  placeNamed,
  stateMessage,
} from "./embed/frame_store.ts";
import { type Asked, listenToHost } from "./embed/frame_talk.ts";
import { isLessonName, panelsFor, panelsOf } from "./embed/guided.ts";
import { optionsIn } from "./embed/options.ts";
import { arrangementOf } from "./lessons/lesson_files.ts";
import { createFrameCommands } from "./store/commands/frame_commands.ts";
import type { WorkerLike } from "./store/engine_client.ts";
import * as engineClient from "./store/engine_client.ts";
import { workersOfFile } from "./store/file_worker.ts";
import * as hooks from "./store/hooks.ts";
import { bringPlayer } from "./store/late_player.ts";
import { ownFile } from "./store/one_file.ts";
import * as store from "./store/page_store.ts";
import { keepPlayed, playedBefore } from "./store/played.ts";
import { PlayedWorker } from "./store/played_worker.ts";
import { defaultPreferences } from "./store/preferences.ts";
import { workersFor } from "./store/shared_worker.ts";
import type { Played } from "./store/story.ts";
import * as explaining from "./trace/explain.ts";
import * as timelines from "./trace/timeline.ts";
import { storyStart } from "./trace/timeline.ts";
import { EmbedPage } from "./views/embed/EmbedPage.tsx";
import { FileTools } from "./views/embed/FileTools.tsx";
import { bringKeysLate } from "./views/embed/late_keys.ts";
import { type PictureViews, pictureViews } from "./views/embed/panel_views.ts";
import { mysqlOutput } from "./views/session/mysql_output.ts";

/** Put in by the build: the worker's file, beside this script. */
declare const ENGINE_FILE: string;

/** Put in by the build: the guide's script and style. */
declare const GUIDE_FILES: readonly string[];

/** Put in by the build: the script and style that answer "why?". */
declare const WHY_FILES: readonly string[];

/** Put in by the build: whether this is no frame but the script of a file that has all in it. */
declare const ONE_FILE: boolean;

const PATIENCE_MS = 20_000;
const PART_MISSING = "a part of the simulator could not be loaded";
const script =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
const element = document.getElementById("root");
if (element === null) throw new Error("embed.html has no #root");
const root: Root = createRoot(element);
const { pageStore } = store;
const { prefer } = pageStore.getState();

const options = optionsIn(ONE_FILE ? ownFile().fragment : window.location.hash);
const spawnWorker = ONE_FILE ? workersOfFile(ownFile().engine) : spawning();
type GuideView = ComponentType<{ readonly links: (id: string) => string }>;
/** By the names that `test/tools/build/embed_build.ts` looks for. */
const door = makeDoor<GuideView, ComponentType>({
  shared: {
    react: { Fragment, useEffect, useMemo, useRef, useState },
    "react-dom": { createPortal },
    "react/jsx-runtime": jsxRuntime,
    zustand: { useStore },
    "store/engine_client.ts": engineClient,
    "store/hooks.ts": hooks,
    "store/page_store.ts": store,
    "trace/explain.ts": explaining,
    "trace/timeline.ts": timelines,
  },
  spawnWorker,
  lessons: ONE_FILE ? { ...ownFile().lessons } : {},
  // Another version of the server may do something else.
  told: (server: string, played: Played) => server === ENGINE_FILE && keepPlayed(played),
  guide: null,
  why: null,
});

const engine = engineClient.createEngineClient(
  () => new PlayedWorker(spawnWorker, playedBefore),
  PATIENCE_MS,
);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const surroundings = {
  darkScheme: dark.matches,
  reducedMotion: still.matches,
  languages: navigator.languages,
};
const defaults = defaultPreferences(surroundings);
pageStore.setState({
  surroundings,
  preferences: {
    ...defaults,
    language: options.language ?? defaults.language,
    theme: options.theme === "auto" ? "system" : options.theme,
  },
  commands: createFrameCommands(pageStore, engine),
});
dark.addEventListener("change", () =>
  pageStore.getState().setSurroundings({ darkScheme: dark.matches }),
);
bringPlayer(pageStore);
const height: FrameHeight = { wanted: 0, isGreeted: false };
noteWhoFollows(height);
bringKeysLate();
// Where statements are typed, and where a lesson runs them, the server will be wanted.
window.addEventListener("focusin", ({ target }) => {
  if (target instanceof Element && target.matches("textarea, input, .guide button")) engine.wake();
});
const talk = listenToHost(
  window,
  asked,
  () => {
    height.isGreeted = true;
    if (unopened === null) tellState();
    else talk.tell({ type: "error", about: "open", message: unopened });
    if (height.wanted > 0) tellHeight();
  },
  (message) => void tellFault("message", ({ messageFault }) => messageFault(message, language())),
);
/** Why nothing is open, for a host that greets later. */
let unopened: string | null = null;
/** What is being opened: steps wait for it. */
let opening: Promise<void> = Promise.resolve();
/** The guide of the lesson that is open; null: what is open is no lesson. */
let guide: Guide<GuideView> | null = null;
let wanted: readonly EmbedPanel[] = panelsFor("locks");
let views: PictureViews = {};
let title: Opened["title"] = null;
let loads = 0;
/** Events of the trace whose outcomes the host has been told. */
let told = 0;

pageStore.subscribe((page, old) => {
  if (page.openings !== old.openings) told = 0;
  if (page.timeline !== old.timeline) {
    for (const message of outcomesSince(page.timeline, told, mysqlOutput)) talk.tell(message);
    told = page.timeline.length;
  }
  const isSame =
    page.position === old.position &&
    page.timeline === old.timeline &&
    page.playing === old.playing &&
    page.phase === old.phase;
  if (!isSame) tellState();
});

function tellState(): void {
  const page = pageStore.getState();
  if (page.notice?.kind === "notOpened") return;
  if (page.phase === "ready" || page.playing) talk.tell(stateMessage(page));
}

function tellHeight(): void {
  talk.tell({ type: "resize", height: height.wanted });
}

function language(): "en" | "zh" {
  return pageStore.getState().preferences.language;
}

/** The words for it come when there is something to say. */
async function tellFault(about: FaultKind, said: (words: typeof Faults) => string): Promise<void> {
  const words = await import("./embed/faults.ts").catch(() => null);
  talk.tell({ type: "error", about, message: words === null ? PART_MISSING : said(words) });
}

function asked(message: Asked): void {
  if (message.type === "load") opening = load(message);
  else void opening.then(() => go(message));
}

function go(message: Exclude<Asked, { readonly type: "load" }>): void {
  const page = pageStore.getState();
  const { timeline, script } = page;
  const place = askedPlace(message, page);
  if (place === null) {
    const steps = script.scenario.steps.length;
    const events = timeline.length - storyStart(timeline);
    void tellFault("place", (words) => words.placeFault(message, steps, events, language()));
    return;
  }
  page.setPlaying(false);
  page.seek(place);
}

async function load(message: Extract<Asked, { readonly type: "load" }>): Promise<void> {
  loads += 1;
  const mine = loads;
  unopened = null;
  draw(null);
  if ("lesson" in message) bringEarly(message.lesson);
  try {
    const [opened] = await Promise.all([openedBy(message), languageIsThere()]);
    // Something else was asked for meanwhile.
    if (mine !== loads) return;
    if (!("fault" in opened)) await open(opened, mine);
    else if ("lesson" in message && isLessonName(message.lesson)) {
      await openGuided(message.lesson, mine, opened);
    } else await failBy(opened, mine);
  } catch {
    if (mine !== loads) return;
    pageStore.setState({ notice: { kind: "partMissing", retry: () => void load(message) } });
    tellUnopened(PART_MISSING);
  }
}

/** `fault`: what is said when there is no lesson of that name. */
async function openGuided(name: string, mine: number, fault: Faults.OpenFault): Promise<void> {
  try {
    if (ONE_FILE) await import("./embed_guide.tsx");
    else {
      const parts = [...GUIDE_FILES, `../lessons/${name}.js`];
      await Promise.all(parts.map((part) => fetchPart(beside(part))));
    }
  } catch {
    await failBy(fault, mine);
    return;
  }
  const lesson = door.lessons[name];
  if (lesson === undefined || door.guide === null || mine !== loads) return;
  const panels = panelsOf(lesson);
  await bring(panels);
  if (mine !== loads) return;
  guide = door.guide;
  wanted = panels;
  title = null;
  const isOpen = guide.open(lesson, options.at);
  draw(null);
  await isOpen;
}

async function bringWhy(): Promise<ComponentType> {
  if (ONE_FILE) await import("./embed_why.tsx");
  else await Promise.all(WHY_FILES.map((part) => fetchPart(beside(part))));
  if (door.why === null) throw new Error(PART_MISSING);
  return door.why;
}

/** Before anything is said about events. */
async function languageIsThere(): Promise<void> {
  await loadWords(pageStore.getState().preferences.language);
}

/** The pictures of a lesson come with its text; what cannot be had is missed when it is needed. */
function bringEarly(lesson: string): void {
  const view = arrangementOf(lesson);
  if (view !== null) void pictureViews(options.panels ?? panelsFor(view)).catch(() => {});
}

/** What the panels are drawn with, and what they say. */
async function bring(panels: readonly EmbedPanel[]): Promise<void> {
  const brought = await pictureViews(options.panels ?? panels);
  await languageIsThere();
  views = brought;
}

async function failBy(fault: Faults.OpenFault, mine: number): Promise<void> {
  const { openFault } = await import("./embed/faults.ts");
  if (mine === loads) fail(openFault(fault, language()));
}

function fail(message: string): void {
  guide = null;
  draw(message);
  tellUnopened(message);
}

function tellUnopened(message: string): void {
  unopened = message;
  talk.tell({ type: "error", about: "open", message });
}

async function open(opened: Opened, mine: number): Promise<void> {
  if (options.language === null && opened.language !== null) {
    await loadWords(opened.language);
    prefer({ language: opened.language });
  }
  pageStore.setState({ texts: opened.texts });
  guide = null;
  wanted = opened.panels;
  title = opened.title;
  draw(null);
  const isStarted = pageStore.getState().commands.open(opened.script, opened.position);
  await bring(opened.panels);
  if (mine !== loads) return;
  draw(null);
  await isStarted;
  if (mine !== loads) return;
  const page = pageStore.getState();
  const { notice, timeline, seek } = page;
  if (notice?.kind === "notOpened") fail(notice.message);
  else if (notice?.kind === "partMissing") tellUnopened(PART_MISSING);
  else if (options.at !== null) go(placeNamed(options.at));
  else if (opened.begin !== null) seek(opened.begin(timeline));
  if (unopened === null && options.autoplay && !still.matches) {
    if (options.at === null) seek(storyStart(timeline));
    page.setPlaying(true);
  }
}

/** Where it is known that a scenario will be asked for, the first worker is on its way before it is. */
function spawning(): () => WorkerLike {
  const spawn = workersFor(beside(ENGINE_FILE));
  let early = options.link === null ? null : spawn();
  return () => {
    const worker = early ?? spawn();
    early = null;
    return worker;
  };
}

/** A file of the site, as the build names it. */
function beside(name: string): string {
  return new URL(name, script).href;
}

function lessonOnPage(id: string): string {
  // A file has no page beside it.
  if (ONE_FILE) return "";
  return new URL(`./#/learn/${id}`, document.baseURI).href;
}

async function speak(language: "en" | "zh"): Promise<void> {
  await loadWords(language);
  prefer({ language });
}

async function linkToPage(): Promise<string> {
  const { fragmentOfPage } = await import("./store/link/page_link.ts");
  const page = pageStore.getState();
  const { lesson } = page.script;
  if (guide?.isOnItsWay() === true && lesson !== null) return lessonOnPage(lesson);
  const { selection, preferences } = page;
  const look = { selection, language: preferences.language, layouts: {}, stage: null };
  const fragment = fragmentOfPage(page, look);
  return new URL(`./${fragment}`, document.baseURI).href;
}

function draw(fault: string | null): void {
  root.render(
    <StrictMode>
      <EmbedPage
        panels={options.panels ?? wanted}
        views={views}
        title={options.title === null ? title : { en: options.title, zh: options.title }}
        guide={guide === null ? null : <guide.View links={lessonOnPage} />}
        isEditable={options.editable}
        fault={fault}
        linkToPage={linkToPage}
        bringWhy={bringWhy}
        tools={ONE_FILE ? <FileTools speak={speak} /> : null}
        onHeight={(now) => {
          height.wanted = now;
          tellHeight();
        }}
      />
    </StrictMode>,
  );
}

element.dataset.version = String(EMBED_VERSION);
if (options.link !== null) asked({ type: "load", link: options.link });
else if (options.lesson !== null) asked({ type: "load", lesson: options.lesson });
else draw(options.waits ? null : "");
