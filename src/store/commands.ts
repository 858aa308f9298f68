/**
 * Everything that needs the server: running statements, letting time pass, opening scenarios, forks, undo. Commands
 * are carried out one after the other; a server that fails is started again and what was there before is replayed.
 */
import { intMapGet } from "../base/int_map.ts";
import { cannotSend } from "../trace/client_notes.ts";
import type { SessionName, StatementId } from "../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Step } from "../trace/scenario.ts";
import {
  appended,
  emptyTimeline,
  endOfCommand,
  eventAt,
  stepsUpTo,
  type Timeline,
} from "../trace/timeline.ts";
import { beside } from "./beside.ts";
import { type EngineClient, EngineFailure, PartMissing, type TakeEvents } from "./engine_client.ts";
import { type PageCommands, type Runnable, sleepingCommands } from "./page_commands.ts";
import { lookingAt, type PageState, type PageStore, type Snapshot } from "./page_store.ts";
import {
  type Branch,
  type Deed,
  type Script,
  scriptOfLesson,
  withStep,
  withSteps,
} from "./script.ts";

const UNDO_MAX = 200;
const BRANCHES_MAX = 20;
/** So many events come between two words about how far it is. */
const PROGRESS_EVENTS = 2_000;

/**
 * All but comparing, which has servers of its own (`comparing.ts`). `others` is an end of a wire to another worker, for
 * scenarios that have nothing to do with the page's.
 */
export function createCommands(
  store: PageStore,
  client: EngineClient,
  others: EngineClient = client,
): PageCommands {
  const { getState: page, setState: set } = store;
  let turn: Promise<void> = Promise.resolve();
  /** False when the worker's server is not the one that the timeline shows. */
  let serverIsOurs = false;
  /** The person pressed Stop. */
  let isHalted = false;

  /** One command at a time. */
  function inTurn(command: () => Promise<void>): Promise<void> {
    const done = turn.then(async () => {
      isHalted = false;
      set({ phase: "working", playing: false, notice: null });
      try {
        await command();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        set({
          notice: isHalted
            ? { kind: "halted", sql: "" }
            : error instanceof PartMissing
              ? { kind: "partMissing", retry: () => void inTurn(command) }
              : { kind: "notOpened", message },
        });
        // A fault of the page's own is told on, and does not keep the commands after it from their turn.
        if (!(error instanceof EngineFailure)) throw error;
      } finally {
        set({ phase: "ready", progress: null });
      }
    });
    turn = done.catch(() => undefined);
    return done;
  }

  /** Collects the events of one command. The page shows them when it is through: a picture for each message would cost more than the command. */
  function collector(begun: Timeline): { readonly take: TakeEvents; readonly end: () => Timeline } {
    let timeline = begun;
    let told = 0;
    return {
      take: (events) => {
        timeline = appended(timeline, events);
        const count = timeline.length - begun.length;
        if (count - told < PROGRESS_EVENTS) return;
        told = count;
        set({ progress: { events: count } });
      },
      end: () => timeline,
    };
  }

  /** A new server with all of the script behind it; nothing changes on the page until it is there. */
  async function load(
    script: Script,
    change: Partial<PageState>,
    position: number | null,
    isOpening = change.texts !== undefined,
  ) {
    const collected = collector(emptyTimeline);
    serverIsOurs = false;
    await client.reset(script.scenario, collected.take);
    serverIsOurs = true;
    const timeline = collected.end();
    set({
      ...change,
      openings: page().openings + (isOpening ? 1 : 0),
      // Where somebody has just gone back to, time does not run off again.
      timeRate: isOpening ? 0 : page().timeRate,
      hover: null,
      script,
      ...lookingAt(
        { ...page(), stateAtCursor: emptyTimeline.head, selection: null },
        timeline,
        position ?? timeline.length,
      ),
    });
  }

  /** Sends a step; a failure brings back the server as it was before. */
  async function take(step: Step): Promise<void> {
    if (!serverIsOurs) await load(page().script, {}, null);
    try {
      const collected = collector(page().timeline);
      await client.step(step, collected.take);
      const timeline = collected.end();
      const script = withStep(page().script, step);
      set({ ...lookingAt(page(), timeline, timeline.length), script });
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      const sql = "sql" in step ? step.sql : "";
      const halted = isHalted;
      await load(page().script, {}, null);
      set({
        notice: halted
          ? { kind: "halted", sql }
          : error instanceof PartMissing
            ? { kind: "partMissing", retry: () => void again(step) }
            : { kind: "crashed", message: error.message, sql },
      });
      throw new Stopped();
    }
  }

  function again(step: Step): Promise<void> {
    return untilStopped(async () => {
      await prepare("run", step);
      await take(step);
    });
  }

  /** Before anything new is run: remembers for undo, and leaves a future behind when the cursor is in the past. */
  async function prepare(by: Deed, step?: Step): Promise<void> {
    const { script, timeline, position, branches } = page();
    const last = script.scenario.steps.at(-1);
    // Time that passes bit by bit is taken back as one.
    const goesOn =
      step !== undefined && "advance" in step && last !== undefined && "advance" in last;
    if (!goesOn || position < timeline.length) remember({ script, texts: null, by });
    const steps = stepsUpTo(timeline, script.scenario, position);
    const stepsLeft = script.scenario.steps.length - steps.length;
    if (stepsLeft === 0) return set(lookingAt(page(), timeline, timeline.length));
    await load(
      withSteps(script, steps, position),
      { branches: withBranch(branches, script), notice: { kind: "forked", stepsLeft } },
      null,
    );
  }

  function remember(snapshot: Snapshot): void {
    set({ undo: [...page().undo, snapshot].slice(-UNDO_MAX), redo: [] });
  }

  function withBranch(branches: readonly Branch[], script: Script): readonly Branch[] {
    const last = branches.reduce((most, { id }) => Math.max(most, id), 0);
    return [...branches, { id: last + 1, script }].slice(-BRANCHES_MAX);
  }

  /** Says so when the session can take no statement. */
  function isRefused(session: SessionName): boolean {
    const why = cannotSend(page().stateAtCursor, session);
    if (why !== "waiting" && why !== "busy") return false;
    set({ notice: { kind: "cannotRun", session, why } });
    return true;
  }

  /** Says what became of a statement of another session that had been waiting until now. */
  function tellWoken(waiting: readonly StatementId[]): void {
    const { stateAtCursor, notice } = page();
    if (notice !== null) return;
    for (const id of waiting) {
      const statement = intMapGet(stateAtCursor.statements, id);
      const outcome = statement?.outcome ?? null;
      if (statement === undefined || outcome === null) continue;
      set({ notice: { kind: "woken", session: statement.session, outcome } });
      return;
    }
  }

  function waitingBeside(session: SessionName | null): readonly StatementId[] {
    return page().stateAtCursor.sessions.flatMap(({ name, statement }) =>
      name === session || statement === null ? [] : [statement],
    );
  }

  async function runAll(session: SessionName, statements: readonly Runnable[]): Promise<void> {
    if (isRefused(session)) return;
    let isPrepared = false;
    for (const [at, runnable] of statements.entries()) {
      if (typeof runnable === "object" && "clientCommand" in runnable) {
        const { clientCommand: command } = runnable;
        return set({ notice: { kind: "clientCommand", command } });
      }
      if (!isPrepared) await prepare("run");
      isPrepared = true;
      if (isRefused(session)) return;
      const waiting = waitingBeside(session);
      // As the mysql client does when it has found its connection gone.
      if (cannotSend(page().stateAtCursor, session) === "lost") {
        await take({ session, sql: RECONNECT });
      }
      await take(stepFor(session, runnable));
      tellWoken(waiting);
      const left = statements.length - at - 1;
      const stop = stopAfter(page(), session);
      if (stop !== null && left > 0) {
        return set({ notice: { kind: "stopped", session, at: stop, left } });
      }
    }
  }

  /** Moves a snapshot from one stack to the other and opens it. */
  async function travel(from: "undo" | "redo", to: "undo" | "redo"): Promise<void> {
    const now = page();
    const snapshot = now[from].at(-1);
    if (snapshot === undefined) return;
    const texts = snapshot.texts === null ? null : now.texts;
    await load(
      snapshot.script,
      {
        [from]: now[from].slice(0, -1),
        [to]: [...now[to], { script: now.script, texts, by: snapshot.by }],
        ...(snapshot.texts === null ? {} : { texts: snapshot.texts }),
      },
      null,
      true,
    );
  }

  function untilStopped(command: () => Promise<void>): Promise<void> {
    return inTurn(async () => {
      try {
        await command();
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
      }
    });
  }

  return {
    ...sleepingCommands,
    openLesson: (lesson) =>
      inTurn(() => {
        const { script, texts, openings, timeline } = page();
        if (openings > 0 || timeline.length > 0) remember({ script, texts, by: "opening" });
        return load(scriptOfLesson(lesson), { texts: lesson.editors, branches: [] }, null);
      }),
    openSetup: (setup) =>
      inTurn(() => {
        const { script, texts } = page();
        remember({ script, texts, by: "tables" });
        const scenario = { id: "mine", setup, steps: [] };
        return load({ ...script, lesson: null, scenario }, { branches: [] }, null);
      }),
    retell: (scenario) =>
      inTurn(() => {
        const { script } = page();
        remember({ script, texts: null, by: "settings" });
        return load({ ...script, scenario }, {}, null);
      }),
    open: (script, position, texts) =>
      inTurn(() => load(script, texts === undefined ? {} : { texts }, position, true)),
    run: (session, statements) =>
      statements.length === 0 ? Promise.resolve() : untilStopped(() => runAll(session, statements)),
    advance: (seconds) =>
      untilStopped(async () => {
        const step = { advance: seconds };
        await prepare("time", step);
        const waiting = waitingBeside(null);
        await take(step);
        tellWoken(waiting);
      }),
    setClient: (session, client) =>
      untilStopped(async () => {
        await prepare("settings");
        await take({ session, client });
      }),
    callClient: (session, call) =>
      untilStopped(async () => {
        await prepare("run");
        await take({ session, call });
      }),
    disconnect: (session) =>
      untilStopped(async () => {
        const status = sessionStatus(page(), session);
        if (status === "waiting" && isRefused(session)) return;
        if (status !== null && status !== "gone") {
          await prepare("disconnect");
          await take({ session, sql: DISCONNECT });
        }
        page().hideSession(session);
      }),
    restart: () =>
      inTurn(() => {
        const { script, branches } = page();
        remember({ script, texts: null, by: "restart" });
        const isKept = script.scenario.steps.length > 0 && !branches.some(isLike(script));
        const kept = isKept ? withBranch(branches, script) : branches;
        return load(withSteps(script, []), { branches: kept }, null, true);
      }),
    adopt: (other) =>
      inTurn(() => {
        const { script, branches } = page();
        remember({ script, texts: null, by: "branch" });
        return load(other, { branches: withBranch(branches, script) }, null, true);
      }),
    reschedule: (steps, focus) =>
      inTurn(async () => {
        const { script, position, timeline } = page();
        remember({ script, texts: null, by: "schedule" });
        const wasAtEnd = position === timeline.length;
        await load(withSteps(script, steps), {}, null, true);
        if (wasAtEnd || focus === null) return;
        page().seek(endOfCommand(page().timeline, focus));
      }),
    stop: () => {
      if (page().phase !== "working") return;
      isHalted = true;
      client.stop("stopped");
    },
    undo: () => inTurn(() => travel("undo", "redo")),
    redo: () => inTurn(() => travel("redo", "undo")),
    openBranch: (branch) =>
      inTurn(() => {
        const { script, branches } = page();
        remember({ script, texts: null, by: "branch" });
        const others = branches.filter((other) => other.id !== branch.id);
        return load(branch.script, { branches: withBranch(others, script) }, null, true);
      }),
    ask: (session, sql) =>
      untilStopped(async () => {
        if (isRefused(session)) return;
        if (sessionStatus(page(), session) === "gone") {
          return set({ notice: { kind: "cannotRun", session, why: "gone" } });
        }
        const peek = await (await beside()).peekAt(page(), client, { session, sql });
        set(
          peek.failure === null
            ? { peek }
            : { notice: { kind: "notOpened", message: peek.failure } },
        );
      }),
    play: async (scenario) => (await beside()).playedApart(others, scenario),
    look: async (sql) => (await beside()).outcomeAt(page(), client, sql),
  };
}

function stepFor(session: SessionName, said: Exclude<Runnable, { clientCommand: string }>): Step {
  if (typeof said === "string") return { session, sql: said };
  return { session, sql: said.sql, ...(said.vertical ? { vertical: true } : {}) };
}

/** The word to the person has been said; the rest of the command is not carried out. */
class Stopped extends Error {
  override readonly name = "Stopped";
}

/** The same statements in the same order: nobody needs that future twice. */
function isLike({ scenario }: Script): (branch: Branch) => boolean {
  const steps = JSON.stringify(scenario.steps);
  return ({ script }) => JSON.stringify(script.scenario.steps) === steps;
}

function sessionStatus(page: PageState, name: SessionName) {
  return page.stateAtCursor.sessions.find((session) => session.name === name)?.status ?? null;
}

/** Whether the session's last statement leaves the ones after it nothing to stand on. */
function stopAfter(page: PageState, name: SessionName): "wait" | "error" | null {
  if (sessionStatus(page, name) === "waiting") return "wait";
  const note = page.stateAtCursor.clientNotes.findLast(({ session }) => session === name);
  if (note?.kind === "refused" && note.seq === page.timeline.length - 1) return "error";
  for (let seq = page.timeline.length - 1; seq >= 0; seq -= 1) {
    const event = eventAt(page.timeline, seq);
    if (event?.type !== "statement.ended" || event.session !== name) continue;
    return event.outcome.kind === "error" || event.outcome.kind === "lost" ? "error" : null;
  }
  return null;
}
