/**
 * The script and the server that it runs on: a server is filled anew with all of a script, or takes one step more; what was
 * there before is remembered for undo, or becomes a branch.
 */
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import { appended, emptyTimeline, stepsUpTo, type Timeline } from "../../trace/timeline.ts";
import {
  type EngineClient,
  EngineFailure,
  PartMissing,
  type TakeEvents,
} from "../engine_client.ts";
import { tellAll } from "../leaving.ts";
import {
  lookingAt,
  type PageState,
  type PageStore,
  type Snapshot,
  snapshotOf,
} from "../page_store.ts";
import type { Preferences } from "../preferences.ts";
import { type Branch, type Deed, isLike, type Script, withStep, withSteps } from "../script.ts";
import { type CommandTurns, Stopped } from "./command_turns.ts";
import { editBetween } from "./text_edits.ts";

const UNDO_MAX = 200;
const BRANCHES_MAX = 20;
/** So many events come between two words about how far it is. */
const PROGRESS_EVENTS = 2_000;

export class ScriptRun {
  readonly #store: PageStore;
  readonly #client: EngineClient;
  readonly #turns: CommandTurns;
  /** False when the worker's server is not the one that the timeline shows. */
  #serverIsOurs = false;

  constructor(store: PageStore, client: EngineClient, turns: CommandTurns) {
    this.#store = store;
    this.#client = client;
    this.#turns = turns;
  }

  /**
   * A new server with all of the script behind it; nothing changes on the page until it is there. `changing`: what else changes
   * then, on the page as it is left. `position`: behind so many events, null behind all.
   */
  async load(
    script: Script,
    changing: Partial<PageState> | ((left: PageState) => Partial<PageState>),
    position: number | null,
    isAnother = false,
  ): Promise<void> {
    const collected = this.#collector(emptyTimeline);
    this.#serverIsOurs = false;
    await this.#client.reset(script.scenario, collected.take);
    this.#serverIsOurs = true;
    const timeline = collected.end();
    // What was typed meanwhile belongs to what is left.
    tellAll();
    const page = this.#store.getState();
    const change = typeof changing === "function" ? changing(page) : changing;
    const isOpening = isAnother || change.texts !== undefined;
    this.#store.setState({
      ...change,
      ...(isOpening ? { ranTexts: change.texts ?? page.texts } : {}),
      openings: page.openings + (isOpening ? 1 : 0),
      // Where somebody has just gone back to, time does not run off again.
      timeRate: isOpening ? 0 : page.timeRate,
      hover: null,
      script,
      ...(isOpening && page.openings > 0
        ? { preferences: allPanels(page, change.texts !== undefined, script) }
        : {}),
      ...lookingAt({ ...page, selection: null }, timeline, position ?? timeline.length),
    });
  }

  /** Sends a step; a failure brings back the server as it was before, and throws `Stopped`. */
  async take(step: Step): Promise<void> {
    const page = this.#store.getState;
    if (!this.#serverIsOurs) await this.load(page().script, {}, null);
    try {
      const collected = this.#collector(page().timeline);
      await this.#client.step(step, collected.take);
      const timeline = collected.end();
      const script = withStep(page().script, step);
      // What was asked about before is over: now it is asked what this came to.
      const selection = null;
      this.#store.setState({ ...lookingAt(page(), timeline, timeline.length), selection, script });
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      const sql = "sql" in step ? step.sql : "";
      const halted = this.#turns.isHalted;
      const { script, undo } = page();
      const isMissing = error instanceof PartMissing;
      await this.load(script, {}, null);
      this.#store.setState({
        // Nothing came of it, so there is nothing to take back; unless it is tried again.
        undo: isMissing || undo.at(-1)?.script !== script ? undo : undo.slice(0, -1),
        notice: halted
          ? { kind: "halted", sql }
          : isMissing
            ? { kind: "partMissing", retry: () => void this.#again(step) }
            : { kind: "crashed", message: error.message, sql },
      });
      throw new Stopped();
    }
  }

  /** Before anything new is run: remembers for undo, and leaves a future behind when the cursor is in the past. */
  async prepare(
    by: Deed,
    { step, session }: { readonly step?: Step; readonly session?: SessionName } = {},
  ): Promise<void> {
    const { script, timeline, position } = this.#store.getState();
    const last = script.scenario.steps.at(-1);
    // Time that passes bit by bit is taken back as one.
    const goesOn =
      step !== undefined && "advance" in step && last !== undefined && "advance" in last;
    if (!goesOn || position < timeline.length) this.rememberScript(by, session);
    const steps = stepsUpTo(timeline, script.scenario, position);
    const stepsLeft = script.scenario.steps.length - steps.length;
    if (stepsLeft === 0) {
      return this.#store.setState(lookingAt(this.#store.getState(), timeline, timeline.length));
    }
    await this.load(
      withSteps(script, steps, position),
      {
        branches: withBranch(this.#store.getState().branches, script),
        notice: { kind: "forked", stepsLeft },
      },
      null,
    );
  }

  /** Before the script changes, and neither texts nor branches go with it; by a run of the session, what was edited for it does. */
  rememberScript(by: Deed, session?: SessionName): void {
    this.#store.setState((page) => {
      const { texts, ranTexts } = page;
      const edit = session === undefined ? null : editBetween(session, page);
      const ran = session === undefined ? {} : { [session]: texts[session] ?? "" };
      return {
        ...remembered(page, { ...snapshotOf(page, by), texts: null, branches: null, edit }),
        ranTexts: { ...ranTexts, ...ran },
      };
    });
  }

  /** Before the script and the branches change. */
  rememberBranches(by: Deed): void {
    this.#store.setState((page) => remembered(page, { ...snapshotOf(page, by), texts: null }));
  }

  /** Before all of the page changes. */
  rememberAll(by: Deed): void {
    this.#store.setState((page) => remembered(page, snapshotOf(page, by)));
  }

  #again(step: Step): Promise<void> {
    return this.#turns.untilStopped(async () => {
      await this.prepare("run", { step });
      await this.take(step);
    });
  }

  /** Collects the events of one command. The page shows them when it is through: a picture for each message would cost more than the command. */
  #collector(begun: Timeline): { readonly take: TakeEvents; readonly end: () => Timeline } {
    let timeline = begun;
    let told = 0;
    return {
      take: (events) => {
        timeline = appended(timeline, events);
        const count = timeline.length - begun.length;
        if (count - told < PROGRESS_EVENTS) return;
        told = count;
        this.#store.setState({ progress: { events: count } });
      },
      end: () => timeline,
    };
  }
}

/** Undo comes back to the snapshot; where Redo led, until now, becomes a branch. */
export function remembered(
  page: PageState,
  snapshot: Snapshot,
): Pick<PageState, "undo" | "redo" | "branches"> {
  const undone = page.redo[0]?.script;
  return {
    undo: [...page.undo, snapshot].slice(-UNDO_MAX),
    redo: [],
    branches: undone === undefined ? page.branches : withBranch(page.branches, undone),
  };
}

/** The script becomes a branch with an id of its own, in the place of one that is like it; the oldest are forgotten. */
export function withBranch(branches: readonly Branch[], script: Script): readonly Branch[] {
  const last = branches.reduce((most, { id }) => Math.max(most, id), 0);
  const others = branches.filter((branch) => !isLike(branch.script, script));
  return [...others, { id: last + 1, script, at: Date.now() }].slice(-BRANCHES_MAX);
}

/** One panel alone, and a tab that was brought in front, were for the story before this one. */
function allPanels(page: PageState, hasTexts: boolean, { lesson, scenario }: Script): Preferences {
  const { preferences, script } = page;
  const isSame =
    lesson === script.lesson &&
    (lesson !== null || String(scenario.setup) === String(script.scenario.setup));
  const isOther = hasTexts && !isSame;
  const { stage } = preferences;
  const front = isOther ? {} : stage.front;
  return { ...preferences, stage: { ...stage, front, focused: null } };
}
