/** Commands to a session: statements, its client's settings and calls, its end; and time that passes for all of them. */
import { intMapGet } from "../../base/int_map.ts";
import { cannotSend } from "../../trace/client_notes.ts";
import type { SessionName, StatementId } from "../../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Step } from "../../trace/scenario.ts";
import { eventAt } from "../../trace/timeline.ts";
import type { PageCommands, Runnable } from "../page_commands.ts";
import type { PageState, PageStore } from "../page_store.ts";
import type { CommandTurns } from "./command_turns.ts";
import type { ScriptRun } from "./script_run.ts";

export function sessionCommands(
  store: PageStore,
  turns: CommandTurns,
  run: ScriptRun,
): Pick<PageCommands, "run" | "advance" | "setClient" | "callClient" | "disconnect"> {
  const page = store.getState;
  return {
    run: (session, statements) =>
      statements.length === 0
        ? Promise.resolve()
        : turns.untilStopped(() => runAll(store, run, session, statements)),
    advance: (seconds) =>
      turns.untilStopped(async () => {
        const step = { advance: seconds };
        await run.prepare("time", { step });
        const waiting = waitingBeside(page(), null);
        await run.take(step);
        tellWoken(store, waiting);
      }),
    setClient: (session, client) =>
      turns.untilStopped(async () => {
        await run.prepare("settings");
        await run.take({ session, client });
      }),
    callClient: (session, call) =>
      turns.untilStopped(async () => {
        await run.prepare("run");
        await run.take({ session, call });
      }),
    disconnect: (session) =>
      turns.untilStopped(async () => {
        const status = sessionStatus(page(), session);
        if (status === "waiting" && isRefused(store, session)) return;
        if (status !== null && status !== "gone") {
          await run.prepare("disconnect");
          await run.take({ session, sql: DISCONNECT });
        }
        page().hideSession(session);
      }),
  };
}

/** Says so when the session can take no statement. */
export function isRefused(store: PageStore, session: SessionName): boolean {
  const why = cannotSend(store.getState().stateAtCursor, session);
  if (why !== "waiting" && why !== "busy") return false;
  store.setState({ notice: { kind: "cannotRun", session, why } });
  return true;
}

export function sessionStatus(page: PageState, name: SessionName) {
  return page.stateAtCursor.sessions.find((session) => session.name === name)?.status ?? null;
}

/** The statements one after the other, up to one that leaves the rest nothing to stand on. */
async function runAll(
  store: PageStore,
  run: ScriptRun,
  session: SessionName,
  statements: readonly Runnable[],
): Promise<void> {
  const { getState: page, setState: set } = store;
  if (isRefused(store, session)) return;
  let isPrepared = false;
  for (const [at, runnable] of statements.entries()) {
    if (typeof runnable === "object" && "clientCommand" in runnable) {
      const { clientCommand: command } = runnable;
      return set({ notice: { kind: "clientCommand", command } });
    }
    if (!isPrepared) await run.prepare("run", { session });
    isPrepared = true;
    if (isRefused(store, session)) return;
    const waiting = waitingBeside(page(), session);
    // As the mysql client does when it has found its connection gone.
    if (cannotSend(page().stateAtCursor, session) === "lost") {
      await run.take({ session, sql: RECONNECT });
    }
    await run.take(stepFor(session, runnable));
    tellWoken(store, waiting);
    const left = statements.length - at - 1;
    const stop = stopAfter(page(), session);
    if (stop !== null && left > 0) {
      return set({ notice: { kind: "stopped", session, at: stop, left } });
    }
  }
}

function waitingBeside(page: PageState, session: SessionName | null): readonly StatementId[] {
  return page.stateAtCursor.sessions.flatMap(({ name, statement }) =>
    name === session || statement === null ? [] : [statement],
  );
}

/** Says what became of the statements of other sessions that had been waiting until now. */
function tellWoken(store: PageStore, waiting: readonly StatementId[]): void {
  const { stateAtCursor, notice } = store.getState();
  if (notice !== null) return;
  const ended = waiting.flatMap((id) => {
    const { session, outcome = null } = intMapGet(stateAtCursor.statements, id) ?? {};
    return session === undefined || outcome === null ? [] : [{ session, outcome }];
  });
  if (ended.length > 0) store.setState({ notice: { kind: "woken", ended } });
}

function stepFor(session: SessionName, said: Exclude<Runnable, { clientCommand: string }>): Step {
  if (typeof said === "string") return { session, sql: said };
  return { session, sql: said.sql, ...(said.vertical ? { vertical: true } : {}) };
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
