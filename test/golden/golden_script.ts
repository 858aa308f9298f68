/**
 * Golden scripts: a story a person can follow, and what came of it.
 *
 *     # What it shows, and what to look at.
 *     setup: CREATE TABLE t (...)
 *     setup: INSERT INTO t VALUES ...
 *     explain locks                      the sentences of this family are printed from here on; `explain off` ends it
 *     tell client. net.shutDown          the sentences of events whose types begin so
 *     A: BEGIN                           a statement in a session's lane
 *     A client {"api": "mysql_use_result"}   settings of a simulated client
 *     A call fetchmany 3                 a call of its program
 *     net                                prints the stages between net_buffer and the application
 *     advance 1.5                        seconds
 *     locks                              prints the lock table
 *     ---
 *     (the output; UPDATE_GOLDEN=1 writes it anew)
 */
import { intMapToArray } from "../../src/base/int_map.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { type EventFamily, FAMILIES, isInFamily } from "../../src/trace/event_families.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { Outcome } from "../../src/trace/state.ts";
import type { ClientCall } from "../../src/trace/state_net.ts";
import { appended, emptyTimeline, type Timeline } from "../../src/trace/timeline.ts";
import { mysqlOutput } from "../../src/views/session/mysql_output.ts";

export interface GoldenScript {
  /** Everything before the `---`, as it stands in the file. */
  readonly head: string;
  readonly expected: string;
}

const SEPARATOR = "\n---\n";

export function parsed(file: string): GoldenScript {
  const at = file.indexOf(SEPARATOR);
  if (at < 0) return { head: file.trimEnd(), expected: "" };
  return { head: file.slice(0, at), expected: file.slice(at + SEPARATOR.length) };
}

export function printed(script: GoldenScript, output: string): string {
  return `${script.head}${SEPARATOR}${output}`;
}

type Line =
  | { readonly kind: "setup"; readonly sql: string }
  | { readonly kind: "step"; readonly step: Step; readonly text: string }
  | { readonly kind: "explain"; readonly family: EventFamily | null }
  | { readonly kind: "tell"; readonly types: readonly string[] }
  | { readonly kind: "locks" }
  | { readonly kind: "net" };

/** A family of events, or beginnings of types; null: nothing is told. */
type Told = EventFamily | readonly string[] | null;

/** Runs the script and prints what happened. */
export function outputOf(script: GoldenScript): string {
  const lines = script.head.split("\n").flatMap((line) => parsedLine(line.trim()));
  const out: string[] = [];
  let timeline = emptyTimeline;
  let fresh: TraceEvent[] = [];
  const server = new Simulation({ emit: (event) => fresh.push(event) });
  const failure = server.setup(lines.flatMap((line) => (line.kind === "setup" ? [line.sql] : [])));
  if (failure !== null) throw new Error(`the set-up failed at ${failure.sql}`);
  timeline = appended(timeline, fresh);
  let told: Told = null;
  for (const line of lines) {
    if (line.kind === "explain") told = line.family;
    if (line.kind === "tell") told = line.types;
    if (line.kind === "locks") out.push(...lockLines(timeline).map((lock) => `    ${lock}`), "");
    if (line.kind === "net") out.push(...netLines(timeline).map((text) => `    ${text}`), "");
    if (line.kind !== "step") continue;
    fresh = [];
    const result = server.step(line.step);
    timeline = appended(timeline, fresh);
    out.push(line.text);
    if (result.kind === "skipped") out.push("    (not run: the session waits or is gone)");
    const clients = new Set(timeline.head.net.map(({ session }) => session));
    for (const event of fresh) out.push(...eventLines(event, told, clients));
    const programs = [...result.woken.map(({ session, outcome }) => ({ session, outcome }))];
    if ("session" in line.step && result.outcome !== null) {
      programs.push({ session: line.step.session, outcome: result.outcome });
    }
    for (const { session, outcome } of programs) {
      if (clients.has(session)) out.push(`  ${session}  its program: ${programLine(outcome)}`);
    }
    out.push("");
  }
  return out.join("\n");
}

function parsedLine(line: string): readonly Line[] {
  if (line === "" || line.startsWith("#")) return [];
  const setup = /^setup: (.+)$/.exec(line);
  if (setup?.[1] !== undefined) return [{ kind: "setup", sql: setup[1] }];
  const step = /^([A-D]): (.+)$/.exec(line);
  if (step?.[1] !== undefined && step[2] !== undefined) {
    const session = step[1] as SessionName;
    return [{ kind: "step", step: { session, sql: step[2] }, text: line }];
  }
  const client = /^([A-D]) client (\{.*\})$/.exec(line);
  if (client?.[1] !== undefined && client[2] !== undefined) {
    const step = { session: client[1] as SessionName, client: JSON.parse(client[2]) };
    return [{ kind: "step", step, text: line }];
  }
  const call = /^([A-D]) call (\w+)(?: (\d+))?$/.exec(line);
  if (call?.[1] !== undefined) {
    const size = call[3] === undefined ? {} : { size: Number(call[3]) };
    const step = { session: call[1] as SessionName, call: call[2] as ClientCall, ...size };
    return [{ kind: "step", step, text: line }];
  }
  if (line === "net") return [{ kind: "net" }];
  const advance = /^advance ([\d.]+)$/.exec(line);
  if (advance?.[1] !== undefined) {
    return [{ kind: "step", step: { advance: Number(advance[1]) }, text: line }];
  }
  const telling = /^tell (.+)$/.exec(line);
  if (telling?.[1] !== undefined) return [{ kind: "tell", types: telling[1].split(" ") }];
  const explaining = /^explain (\w+)$/.exec(line);
  if (explaining?.[1] === "off") return [{ kind: "explain", family: null }];
  const family = FAMILIES.find((name) => name === explaining?.[1]);
  if (family !== undefined) return [{ kind: "explain", family }];
  if (line === "locks") return [{ kind: "locks" }];
  throw new Error(`not a line of a golden script: ${line}`);
}

/** The sentence, if its family is asked for; what the client printed and who waits, always. */
function eventLines(
  event: TraceEvent,
  told: Told,
  clients: ReadonlySet<SessionName>,
): readonly string[] {
  if (event.type === "statement.ended" && event.session !== null && clients.has(event.session)) {
    return [`    ${explain(event, "en")}`];
  }
  if (event.type === "statement.ended") {
    return mysqlOutput(event.outcome, 0)
      .replace(/ \(0\.00 sec\)/, "")
      .split("\n")
      .map((line) => `  ${event.session}  ${line}`);
  }
  const isTold = isAskedFor(event, told);
  const isAlwaysTold = event.type === "statement.waiting" || event.type === "deadlock.found";
  if (event.type === "statement.started" || !(isTold || isAlwaysTold)) return [];
  return [`    ${explain(event, "en")}`];
}

function isAskedFor(event: TraceEvent, told: Told): boolean {
  if (told === null) return false;
  return typeof told === "string"
    ? isInFamily(event, told)
    : told.some((start) => event.type.startsWith(start));
}

/** As the recorded transcripts print data_locks. */
function lockLines(timeline: Timeline): readonly string[] {
  const { recLocks, tableLocks } = timeline.head;
  const status = (lock: { status: string }) => lock.status.toUpperCase();
  return [
    ...intMapToArray(tableLocks).map(
      (lock) => `${lock.session} ${lock.tableName} ${lock.mode} ${status(lock)}`,
    ),
    ...intMapToArray(recLocks).map(
      (lock) =>
        `${lock.session} ${lock.tableName}.${lock.indexName} ${lock.modeText} ${status(lock)} @ ${lock.data}`,
    ),
  ].sort();
}

/** What a simulated client's program got for a step, in a line. */
function programLine(outcome: Outcome): string {
  switch (outcome.kind) {
    case "rows":
      return `${outcome.rows.length} rows`;
    case "ok":
      return "done";
    case "error":
      return `ERROR ${outcome.errno}: ${outcome.message}`;
    case "lost":
      return "its connection is lost";
  }
}

/** Where the bytes and the rows of every simulated client are. */
function netLines(timeline: Timeline): readonly string[] {
  return timeline.head.net.flatMap(({ session, server, client, gauges, totals }) => [
    `${session} server ${server.phase}, client ${client.status}, program ${client.app}`,
    `${session} bytes: net_buffer ${gauges.netBuffer} + ${gauges.rowPacket}, send buffer ${gauges.sendQueue}, wire ${gauges.wire}, receive buffer ${gauges.receiveBuffer}, read buffer ${gauges.readBuffer}, client memory ${gauges.clientMemory} + ${gauges.appMemory}`,
    `${session} rows: written ${totals.rowsWritten}, sent ${totals.rowsSent}, arrived ${totals.rowsArrived}, fetched ${totals.rowsFetched}, done ${totals.rowsProcessed}, drained ${totals.rowsDrained}`,
  ]);
}
