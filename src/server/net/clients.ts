/**
 * The simulated clients of all sessions: what they ask of the server is done when it settles, and what they wait for is
 * among the things that time brings.
 *
 *     program ─▶ request ─▶ settleClients ─▶ scheduler.start, an OK for a ping, closeSession
 *     bytes leave the send buffer ─▶ settleClients ─▶ scheduler.wake of the statement that waits for room
 */
import { unreachable } from "../../base/assert.ts";
import type { Request } from "../../net/client/driver.ts";
import { Connection } from "../../net/connection.ts";
import { DEFAULT_CLIENT, settingsProblem } from "../../net/settings.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { ClientCall, ClientSettings } from "../../trace/state_net.ts";
import type { Server } from "../server.ts";
import { closeSession } from "../session/close_session.ts";
import type { Session } from "../session/session.ts";
import { serverStatus } from "./result_writer.ts";
import { Wire, type WireOptions } from "./wire.ts";

const US_PER_MS = 1000;

/** The session's client is simulated from now on, or changes. Returns what is wrong with the settings, or null. */
export function configureClient(
  server: Server,
  session: Session,
  change: Partial<ClientSettings>,
  options: WireOptions = {},
): string | null {
  const before = session.wire?.connection.settings ?? DEFAULT_CLIENT;
  const settings = { ...before, ...change };
  const problem = settingsProblem(settings);
  if (problem !== null) return problem;
  if (session.wire === null) {
    server.netSessions.push(session);
    session.wire = new Wire(newConnection(server, session, settings), session, server.log, options);
    return null;
  }
  const { connection } = session.wire;
  if (connection.settings.api === settings.api) {
    connection.configure(settings);
    return null;
  }
  if (!connection.isIdle) return "the API cannot change while a result is open";
  session.wire = new Wire(newConnection(server, session, settings), session, server.log, options);
  return null;
}

/** The simulated client of a connection that is gone goes on with a new one. */
export function takeClientOver(server: Server, before: Session, fresh: Session): void {
  const { log, netSessions } = server;
  const { wire } = before;
  if (wire === null) return;
  netSessions[netSessions.indexOf(before)] = fresh;
  const connection = newConnection(server, fresh, wire.connection.settings, wire);
  fresh.wire = new Wire(connection, fresh, log);
}

/** What the client does for one step of the schedule: runs its program on a statement, or makes a call. */
export function startClient(
  server: Server,
  wire: Wire,
  what: { readonly sql: string } | { readonly call: ClientCall; readonly size: number },
): void {
  wire.connection.start(server.log.command, what);
}

/** Whatever clients and their lines can do now is done. True when something of it concerns the server. */
export function settleClients(server: Server): boolean {
  let hasMoved = false;
  for (const session of server.netSessions) {
    const { wire } = session;
    if (wire === null) continue;
    const { connection } = wire;
    connection.pump();
    wire.flushIdle();
    if (session.run === null && connection.requests.length > 0) {
      const requests = connection.requests;
      connection.requests = [];
      for (const request of requests) carryOut(server, session, wire, request);
      hasMoved = true;
    }
    if (session.run?.suspension?.kind === "net" && session.run.verdict === null) {
      if (!connection.link.isWritable) continue;
      server.scheduler.wake(session.run, "granted");
      hasMoved = true;
    }
  }
  return hasMoved;
}

/** When the next thing happens on a line or in a client by itself. */
export function nextClientDueMs(server: Server): number | null {
  let next: number | null = null;
  for (const { wire } of server.netSessions) {
    const dueUs = wire?.connection.nextDueUs() ?? null;
    if (dueUs !== null && (next === null || dueUs < next)) next = dueUs;
  }
  return next === null ? null : next / US_PER_MS;
}

/** At the end of a step the trace knows of every movement. */
export function flushClients(server: Server): void {
  server.log.tellDigest();
  for (const { wire } of server.netSessions) wire?.connection.settle();
}

/** The client's library has an answer of its own to a command. */
export function refuseCommand(
  server: Server,
  session: SessionName,
  sql: string,
  errno: number,
  message: string,
): void {
  const refused = { sql, errno, message };
  const emitter = { statement: null, session };
  const event = { type: "command.refused", name: session, ...refused } as const;
  const seq = server.log.emitAs(emitter, event);
  server.clientNotes.push({ seq, session, kind: "refused", ...refused });
}

function newConnection(
  server: Server,
  session: Session,
  settings: ClientSettings,
  before = session.wire,
): Connection {
  const last = before?.connection.state().last ?? null;
  const { log } = server;
  return new Connection({
    refused: (sql, errno, message) => refuseCommand(server, session.name, sql, errno, message),
    last,
    session: session.name,
    settings,
    netBufferLength: session.variables.number("net_buffer_length"),
    nowUs: () => Math.round(log.nowMs * US_PER_MS),
    emit: (event) => {
      const statement = session.run?.id ?? null;
      log.within({ statement, session: session.name }, log.emit, event);
    },
  });
}

function carryOut(server: Server, session: Session, wire: Wire, request: Request): void {
  if (session.isGone) return;
  switch (request.kind) {
    case "query":
      server.scheduler.start(session, request.sql);
      return;
    case "ping":
      wire.pong(serverStatus(session));
      return;
    case "quit":
    case "close":
      session.clientKnowsItIsGone = true;
      closeSession(server, session, "disconnect");
      return;
    default:
      unreachable(request);
  }
}
