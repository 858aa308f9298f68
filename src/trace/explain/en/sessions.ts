/** English sentences about sessions, statements, plans, metadata locks and the clock. */
import { unreachable } from "../../../base/assert.ts";
import type {
  ClockEvent,
  MdlEvent,
  ResumeVerdict,
  SessionEvent,
  StatementEvent,
} from "../../events.ts";
import type { Outcome, PlanState } from "../../state.ts";
import { lastingOf } from "../../why/wait_ends.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { mdlObject, onlyRow, seconds, sessionNames, unstopped, who } from "../text.ts";
import {
  count,
  KEPT_UNTIL,
  list,
  SERVER_ONLY,
  sessions,
  waitForLock,
  waitReason,
} from "./words.ts";

const SERVER = "The server";

const CLOSED: Readonly<Record<EventOf<"session.closed">["why"], string>> = {
  disconnect: "its client disconnected",
  killed: "it was killed",
  release: "COMMIT or ROLLBACK ... RELEASE ends the connection",
  writeTimeout: "its client read nothing for net_write_timeout",
  clientGone: "its client was gone when the server wanted to send",
};

const UNLOCKS: Readonly<Record<"tables" | "globalReadLock" | "nothing", string>> = {
  tables: "its tables stay locked until UNLOCK TABLES",
  globalReadLock: "it keeps the global read lock until UNLOCK TABLES",
  nothing: "nothing is locked until UNLOCK TABLES any more",
};

const RESUMED: Readonly<Record<ResumeVerdict, string>> = {
  granted: "what it waited for is its own now",
  deadlockVictim: "it was chosen as the victim of a deadlock",
  timeout: "it has waited for too long",
  killed: "it was killed",
};

export const ACCESS: Readonly<Record<PlanState["access"], string>> = {
  system: "the table has one row",
  const: "at most one row, by a unique key",
  eq_ref: "one row for each row of the table before, by a unique key",
  ref: "all rows with one key value",
  ref_or_null: "all rows with one key value or NULL",
  range: "a range of the index",
  index_merge: "several indexes together, then the rows by the primary key",
  index: "the whole index from end to end",
  ALL: "the whole table, record by record",
  none: "no table access",
};

const MDL_RELEASED: Readonly<Record<EventOf<"mdl.released">["why"], string>> = {
  statementEnd: "the statement ended",
  transactionEnd: "the transaction ended",
  explicit: "it is not needed any more",
  timeout: "the wait took too long",
  deadlock: "the wait would never have ended",
  deadlockVictim: "the transaction was rolled back as the victim of a deadlock",
  killed: "it was killed",
  downgrade: "a weaker one is enough from here on",
  savepoint: "the savepoint was rolled back",
};

export const englishSessions: NarratorOf<SessionEvent | StatementEvent | MdlEvent | ClockEvent> = {
  "session.opened": ({ state }) =>
    `Session ${state.name} connects as connection ${state.connectionId}: ${state.isolation}, autocommit ${state.autocommit ? "on" : "off"}.`,
  "session.changed": (event) => `Session ${event.name}: ${sessionChanges(event)}.`,
  "session.closed": (event) => `Session ${event.name} is gone: ${CLOSED[event.why]}.`,
  "command.refused": ({ name, sql, errno, message }) =>
    `${name}'s client refuses ${sql} with error ${errno}: ${message}. The server hears nothing of it.`,
  "statement.started": (event) => `${who(event.session, SERVER)} runs ${event.sql}`,
  "statement.waiting": ({ session, blockers, reason, lock }) =>
    reason.kind === "sleep"
      ? `${who(session, SERVER)} sleeps until ${seconds(reason.untilMs)}.`
      : lock !== undefined
        ? `${who(session, SERVER)} WAITS ${waitForLock(lock, blockers)}.`
        : `${who(session, SERVER)} WAITS for ${waitReason(reason)}${blockers.length > 0 ? ` ${reason.kind === "tableFlush" ? "" : "held back "}by ${list(blockers)}` : ""}.`,
  "statement.resumed": (event) =>
    `${who(event.session, SERVER)} goes on: ${RESUMED[event.verdict]}.`,
  "statement.ended": (event) => outcomeSentence(who(event.session, SERVER), event.outcome),
  "plan.chosen": ({ plan }) => planSentence(plan),

  "mdl.granted": ({ lock, afterWait }) =>
    `${lock.session} ${afterWait ? "now gets" : "gets"} the metadata lock ${lock.mode} on ${mdlObject(lock)}, kept until ${KEPT_UNTIL[lastingOf(lock)]}.`,
  "mdl.waiting": ({ lock }) =>
    `${lock.session} waits for the metadata lock ${lock.mode} on ${mdlObject(lock)}: ${sessions(lock.blockers)} ${sessionNames(lock.blockers).length > 1 ? "hold" : "holds"} or asked for one that excludes it.`,
  "mdl.blockersChanged": (event) =>
    event.blockers.length === 0
      ? `Nobody holds back the metadata lock on ${event.name} any more.`
      : `The metadata lock on ${event.name} is now held back by ${sessions(event.blockers)}.`,
  "mdl.released": (event) =>
    event.isRequest
      ? `${who(event.session, SERVER)} gives up waiting for the metadata lock ${list(event.names)}: ${MDL_RELEASED[event.why]}.`
      : `${who(event.session, SERVER)} gives back ${count(event.ids.length, "metadata lock")} (${list([...new Set(event.names)])}): ${MDL_RELEASED[event.why]}.`,

  "clock.advanced": (event) =>
    `${seconds(event.byMs)} pass; the clock shows ${seconds(event.toMs)}.`,
};

function sessionChanges({ change, why }: EventOf<"session.changed">): string {
  const said: string[] = [];
  if (change.isolation !== undefined) said.push(`the isolation level is now ${change.isolation}`);
  if (change.nextIsolation !== undefined && change.nextIsolation !== null) {
    said.push(`the next transaction, and only that, runs at ${change.nextIsolation}`);
  }
  if (change.autocommit !== undefined) {
    said.push(
      change.autocommit
        ? "autocommit is on, so a statement outside BEGIN commits by itself"
        : "autocommit is off, so a transaction lasts until COMMIT or ROLLBACK",
    );
  }
  if (change.readOnly !== undefined) said.push(change.readOnly ? "read only" : "read write");
  if (change.inTransaction !== undefined) {
    said.push(change.inTransaction ? "in a transaction" : "not in a transaction any more");
  }
  if (change.unlocks !== undefined) said.push(UNLOCKS[change.unlocks ?? "nothing"]);
  if (change.trx !== undefined) {
    said.push(change.trx === null ? "no InnoDB transaction" : "InnoDB has a transaction for it");
  }
  if (change.database !== undefined) said.push(`the database is ${change.database}`);
  if (change.processState !== undefined) said.push(processState(change.processState));
  if (change.deadlockVictim === true) said.push("deadlock victim");
  return said.join("; ") || why;
}

function processState(state: string): string {
  return state === "" ? "SHOW PROCESSLIST shows no state" : `SHOW PROCESSLIST says "${state}"`;
}

function outcomeSentence(session: string, outcome: Outcome): string {
  switch (outcome.kind) {
    case "rows":
      if (outcome.streamed !== undefined) {
        return `${session}'s statement is over for the server: ${count(outcome.streamed, "row")} sent, or in the socket.`;
      }
      return `${session} gets ${outcome.rows.length === 0 ? "an empty set" : count(outcome.rows.length, "row")}${onlyRow(outcome, ": ")}.`;
    case "ok":
      return `${session} is done: ${count(outcome.affected, "row")} affected.${outcome.ignored === undefined ? "" : ` The simulated server keeps ${list(outcome.ignored)} and does not obey it; a real one may.`}`;
    case "error":
      return `${failure(session, outcome)}.${outcome.notSimulated === undefined ? "" : " A real MySQL 9.7 can do it; Interleave's simulated server cannot."}`;
    case "lost":
      return `${session} loses its connection: ERROR 2013 (HY000): Lost connection to MySQL server during query.`;
    default:
      return unreachable(outcome);
  }
}

function failure(session: string, outcome: Extract<Outcome, { kind: "error" }>): string {
  const { errno, sqlState, message } = outcome;
  const error = `ERROR ${errno} (${sqlState}): ${unstopped(message)}`;
  const told = SERVER_ONLY[errno];
  return told === undefined
    ? `${session} gets ${error}`
    : `${session}'s statement fails: ${error}; it ${told}`;
}

function planSentence(plan: PlanState): string {
  const by = plan.key === null ? "" : ` through ${plan.key}`;
  const condition = plan.condition === "" ? "" : ` for ${plan.condition}`;
  const choice =
    plan.considered.length > 1 ? `, the cheapest of ${plan.considered.length} ways` : "";
  return `The optimizer reads ${plan.table}${by}${condition} (${plan.access}: ${ACCESS[plan.access]}), about ${count(plan.rows, "row")} at cost ${plan.cost.toFixed(2)}${choice}.`;
}
