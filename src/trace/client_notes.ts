/** Whether a session's client can send a command, and what it would say if not: read out of the state. */
import { intMapValues } from "../base/int_map.ts";
import type { SessionName } from "./ids.ts";
import type { ClientNote, State } from "./state.ts";

/**
 * "waiting": its last command is not through; "busy": its program is inside a call, or at work between two; "lost": it knows
 * that its connection is gone; null: the command goes out, or the client's library answers it.
 */
export type CannotSend = "waiting" | "busy" | "lost" | null;

/** Null too of a session that nobody has opened: its first command opens it. */
export function cannotSend(state: State, name: SessionName): CannotSend {
  const session = state.sessions.find((one) => one.name === name);
  const net = state.net.find((one) => one.session === name);
  if (session === undefined) return null;
  if (net !== undefined) {
    const { api } = net.settings;
    const { status, app, call } = net.client;
    const hasOpenResult = status === "useResult" || status === "getResult";
    // libmysqlclient looks at its own state and sends nothing: 2014.
    if (hasOpenResult && !api.startsWith("pymysql")) return null;
    if (status === "gone") return session.status === "gone" ? "lost" : null;
    if (app === "processing" || app === "paused") return "busy";
    if (call !== null && session.status !== "waiting") return "busy";
  }
  if (session.status === "waiting") {
    return session.wait?.reason.kind === "net" ? "busy" : "waiting";
  }
  return session.status === "gone" && knowsLoss(state, name) ? "lost" : null;
}

/** The command before had no answer. */
function knowsLoss(state: State, name: SessionName): boolean {
  const note = lastNote(state, name);
  if (note?.kind === "refused") return true;
  let last: {
    readonly startedAt: number;
    readonly outcome: { readonly kind: string } | null;
  } | null = null;
  for (const statement of intMapValues(state.statements)) {
    if (statement.session === name) last = statement;
  }
  return last !== null && last.startedAt > (note?.seq ?? -1) && last.outcome?.kind === "lost";
}

function lastNote(state: State, name: SessionName): ClientNote | undefined {
  return state.clientNotes.findLast((note) => note.session === name);
}
