/** Composes the embedded playground: the same store and server as the page, a smaller view, and the host page's contract. */
import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { EMBED_VERSION } from "./embed/contract.ts";
import {
  askedPlace,
  openedBy,
  outcomesSince,
  positionAt,
  stateMessage,
} from "./embed/frame_store.ts";
import { type Asked, listenToHost } from "./embed/frame_talk.ts";
import { optionsIn } from "./embed/options.ts";
import { browserWorker, startWorker } from "./store/browser_worker.ts";
import { createCommands } from "./store/commands.ts";
import { createEngineClient } from "./store/engine_client.ts";
import { fragmentOf } from "./store/link/page_link.ts";
import { sleepingCommands } from "./store/page_commands.ts";
import { pageStore } from "./store/page_store.ts";
import { startPlayer } from "./store/player.ts";
import { defaultPreferences } from "./store/preferences.ts";
import { EmbedPage } from "./views/embed/EmbedPage.tsx";
import { mysqlOutput } from "./views/session/mysql_output.ts";

/** Put in by the build: the worker's file, beside this script. */
declare const ENGINE_FILE: string;

const PATIENCE_MS = 20_000;
const script =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
const element = document.getElementById("root");
if (element === null) throw new Error("embed.html has no #root");
const root: Root = createRoot(element);

const options = optionsIn(window.location.hash);
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
  commands: {
    ...sleepingCommands,
    ...createCommands(
      pageStore,
      createEngineClient(
        () => browserWorker(startWorker(new URL(ENGINE_FILE, script).href)),
        PATIENCE_MS,
      ),
    ),
  },
});
dark.addEventListener("change", () =>
  pageStore.getState().setSurroundings({ darkScheme: dark.matches }),
);
startPlayer(pageStore);

const talk = listenToHost(window, asked, () => {
  tellState();
  if (height > 0) talk.tell({ type: "resize", height });
});
let height = 0;
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
  if (page.phase === "ready" || page.playing) talk.tell(stateMessage(page));
}

function asked(message: Asked): void {
  if (message.type === "load") {
    void load(message);
    return;
  }
  const { timeline, position, setPlaying, seek } = pageStore.getState();
  setPlaying(false);
  seek(askedPlace(message, timeline, position));
}

async function load(message: Extract<Asked, { readonly type: "load" }>): Promise<void> {
  const opened = openedBy(message);
  if (typeof opened === "string") {
    draw(opened);
    talk.tell({ type: "error", message: opened });
    return;
  }
  draw(null);
  if (options.language === null && opened.language !== null) {
    pageStore.getState().prefer({ language: opened.language });
  }
  pageStore.setState({ texts: opened.texts });
  await pageStore.getState().commands.open(opened.script, opened.position);
  const { notice, timeline, setPlaying, seek } = pageStore.getState();
  if (notice?.kind === "notOpened") talk.tell({ type: "error", message: notice.message });
  if (options.at !== null) seek(positionAt(timeline, options.at));
  if (options.autoplay && !still.matches) {
    if (options.at === null) seek(positionAt(timeline, "0"));
    setPlaying(true);
  }
}

function linkToPage(): string {
  const { script, texts, timeline, position, selection, preferences } = pageStore.getState();
  const fragment = fragmentOf({
    script,
    texts,
    position: position === timeline.length ? null : position,
    selection,
    language: preferences.language,
    layouts: {},
    stage: null,
  });
  return new URL(`./${fragment}`, document.baseURI).href;
}

function draw(fault: string | null): void {
  root.render(
    <StrictMode>
      <EmbedPage
        panels={options.panels}
        isEditable={options.editable}
        fault={fault}
        linkToPage={linkToPage}
        onHeight={(now) => {
          height = now;
          talk.tell({ type: "resize", height });
        }}
      />
    </StrictMode>,
  );
}

element.dataset.version = String(EMBED_VERSION);
if (options.link !== null) void load({ type: "load", link: options.link });
else if (options.lesson !== null) void load({ type: "load", lesson: options.lesson });
else draw(options.waits ? null : "");
