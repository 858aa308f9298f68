/** Brings the page to life: reads what was kept, connects the worker, opens the last script or the first example. */
import { createCommands } from "./commands/commands.ts";
import { createEngineClient, type EngineClient, type WorkerLike } from "./engine_client.ts";
import { type DocumentSubject, openLinked, wantedPage } from "./link/open_link.ts";
import type { PageCommands } from "./page_commands.ts";
import { type PageStore, snapshotOf } from "./page_store.ts";
import { startPassingTime } from "./passing_time.ts";
import { playedBefore } from "./played.ts";
import { PlayedWorker } from "./played_worker.ts";
import { startPlayer } from "./player.ts";
import { defaultPreferences, type Surroundings } from "./preferences.ts";
import { revived } from "./revival.ts";
import { savedPage, savedPreferences } from "./saved_page.ts";
import { startSaving } from "./saving.ts";
import type { KeptTexts } from "./storage.ts";
import { startTwin } from "./twin.ts";

const PATIENCE_MS = 20_000;

/** What of the browser the page needs; tests give their own. */
export interface Environment {
  readonly spawnWorker: () => WorkerLike;
  readonly kept: KeptTexts;
  readonly surroundings: Surroundings;
  /** The first scenario waits for it: a page that shows none is drawn before. */
  readonly mayOpen: Promise<unknown>;
  /** What the address asks for: its fragment, and what the document is about. */
  readonly fragment: string;
  readonly subject: DocumentSubject;
}

/** What the page needs to know when it is about to close. */
export interface StartedPage {
  /** Resolves when the first scenario stands. */
  readonly opened: Promise<void>;
  readonly saveNow: () => void;
  /** Has the simulator load what it has not needed yet. */
  readonly prepare: () => void;
}

/** Opens what the address asks for or what was kept, and keeps what is done from then on. */
export function startPage(store: PageStore, environment: Environment): StartedPage {
  const { spawnWorker, kept, surroundings } = environment;
  const connect = () => createEngineClient(spawnWorker, PATIENCE_MS);
  // The first picture does not wait for a server whose answer is known.
  const engine = createEngineClient(
    () => revived(new PlayedWorker(spawnWorker, playedBefore), store),
    PATIENCE_MS,
  );
  const commands = {
    ...createCommands(store, engine, connect()),
    ...lazyComparing(store, connect),
  };
  const preferences = savedPreferences(kept, defaultPreferences(surroundings));
  store.setState({ commands, preferences, surroundings });

  const before = savedPage(kept);
  const opened = openWanted();

  async function openWanted(): Promise<void> {
    await environment.mayOpen;
    const wanted = await wantedPage(environment.fragment, environment.subject, store);
    if (wanted.kind === "link") return openLinked(store, wanted.page, before, openBefore);
    const { notice, script } = store.getState();
    // The lesson is about to open: an example in between would only flash up.
    if (wanted.kind === "guided" && before === null) return commands.open(script, null);
    await openBefore();
    if (notice !== null) store.setState({ notice });
  }

  /** What somebody was at, or the first example. */
  async function openBefore(): Promise<void> {
    if (before === null) return openFirst();
    const { texts, undo, redo, branches } = before;
    store.setState({ texts, undo, redo, branches });
    await commands.open(before.script, before.position).catch(() => undefined);
    const { openings, notice } = store.getState();
    if (openings > 0) return;
    // It cannot be opened, and would not be the next time: one Undo away, it does not leave the page empty.
    await openFirst();
    store.setState({
      undo: [...undo, snapshotOf(before, "opening")],
      redo,
      branches,
      notice,
    });
  }

  async function openFirst(): Promise<void> {
    const { FIRST_LESSON } = await import("../lessons/lessons.ts");
    await commands.openLesson(FIRST_LESSON);
  }

  startPlayer(store);
  startPassingTime(store);
  startTwin(store, createEngineClient(spawnWorker, PATIENCE_MS));
  return { opened, saveNow: startSaving(store, kept), prepare: () => engine.prepare() };
}

/** Comparing is loaded when something is compared. */
function lazyComparing(
  store: PageStore,
  connect: () => EngineClient,
): Pick<PageCommands, "compare" | "endComparison"> {
  let loaded: Promise<Pick<PageCommands, "compare" | "endComparison">> | null = null;
  return {
    compare: async (left, right) => {
      loaded ??= import("./comparing.ts").then(({ createComparing }) =>
        createComparing(store, connect),
      );
      await (await loaded).compare(left, right);
    },
    endComparison: () => void loaded?.then(({ endComparison }) => endComparison()),
  };
}
