/** The complete state, from the server's and the engine's own objects and not from the trace. */
import { intMapFrom, intMapSet } from "../base/int_map.ts";
import type { MdlState, SessionState, State, StatementState } from "../trace/state.ts";
import { ticketState } from "./mdl/locks.ts";
import type { Server } from "./server.ts";
import type { Session } from "./session/session.ts";

export function dumpState(server: Server): State {
  const { log } = server;
  return {
    seq: log.nextSeq,
    clockMs: log.nowMs,
    sessions: [...server.sessions.values()].map((session) => sessionState(server, session)),
    statements: intMapFrom<StatementState>(
      server.history.all(server.sessions.values()).map((run) => [run.id, run.state()]),
    ),
    net: server.netSessions
      .flatMap(({ wire }) => (wire === null ? [] : [wire.connection.state()]))
      .sort((a, b) => (a.session < b.session ? -1 : 1)),
    clientNotes: [...server.clientNotes],
    ...engineState(server),
    mdls: intMapFrom<MdlState>(
      [...server.mdl.tickets()].map((ticket) => [ticket.id, ticketState(ticket)]),
    ),
  };
}

/** The engine's part, and the tables without transactions beside its own. */
function engineState(server: Server): ReturnType<Server["engine"]["dump"]> {
  const dump = server.engine.dump();
  let { tables } = dump;
  for (const table of server.myisam.states()) tables = intMapSet(tables, table.id, table);
  return { ...dump, tables };
}

function sessionState(server: Server, session: Session): SessionState {
  const { run } = session;
  const reason = run === null ? null : server.scheduler.waitReason(run);
  if (run === null || reason === null) return session.state();
  return {
    ...session.state(),
    wait: {
      reason,
      blockers: server.scheduler.blockersOf(run),
      sinceMs: run.waits.at(-1)?.fromMs ?? 0,
      untilMs: reason.kind === "net" ? run.toldUntilMs : run.untilMs,
    },
  };
}
