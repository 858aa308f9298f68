/**
 * Golden scripts: a story a person can follow, and what came of it.
 *
 *     # What it shows, and what to look at.
 *     setup: CREATE TABLE t (...)
 *     setup: INSERT INTO t VALUES ...
 *     explain locks                      the sentences of this family are printed from here on; `explain off` ends it
 *     A: BEGIN                           a statement in a session's lane
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
  | { readonly kind: "locks" };

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
  let family: EventFamily | null = null;
  for (const line of lines) {
    if (line.kind === "explain") family = line.family;
    if (line.kind === "locks") out.push(...lockLines(timeline).map((lock) => `    ${lock}`), "");
    if (line.kind !== "step") continue;
    fresh = [];
    const result = server.step(line.step);
    timeline = appended(timeline, fresh);
    out.push(line.text);
    if (result.kind === "skipped") out.push("    (not run: the session waits or is gone)");
    for (const event of fresh) out.push(...eventLines(event, family));
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
  const advance = /^advance ([\d.]+)$/.exec(line);
  if (advance?.[1] !== undefined) {
    return [{ kind: "step", step: { advance: Number(advance[1]) }, text: line }];
  }
  const explaining = /^explain (\w+)$/.exec(line);
  if (explaining?.[1] === "off") return [{ kind: "explain", family: null }];
  const family = FAMILIES.find((name) => name === explaining?.[1]);
  if (family !== undefined) return [{ kind: "explain", family }];
  if (line === "locks") return [{ kind: "locks" }];
  throw new Error(`not a line of a golden script: ${line}`);
}

/** The sentence, if its family is asked for; what the client printed and who waits, always. */
function eventLines(event: TraceEvent, family: EventFamily | null): readonly string[] {
  if (event.type === "statement.ended") {
    return mysqlOutput(event.outcome, 0)
      .replace(/ \(0\.00 sec\)/, "")
      .split("\n")
      .map((line) => `  ${event.session}  ${line}`);
  }
  const isTold = family !== null && isInFamily(event, family);
  const isAlwaysTold = event.type === "statement.waiting" || event.type === "deadlock.found";
  if (event.type === "statement.started" || !(isTold || isAlwaysTold)) return [];
  return [`    ${explain(event, "en")}`];
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
