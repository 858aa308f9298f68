/**
 * Plain SQL: the whole schedule with the session behind each statement, as hermitage writes it, and a file for each session
 * that says where it stands between the others, to be pasted into as many clients.
 */
import { hasBody } from "../sql/compound.ts";
import { splitStatements } from "../sql/split.ts";
import type { SessionName } from "../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import { oneLine, type PlayedStep, sessionsOf } from "./played.ts";

/** `BEGIN; -- A`; the set-up first, with no session. Reads back as the same scenario, but for disconnects and clients. */
export function scheduleSql(scenario: Scenario, played: readonly PlayedStep[]): string {
  const lines = [`-- ${oneLine(scenario.title ?? scenario.id)}`, ""];
  for (const sql of scenario.setup) lines.push(`${closed(sql)}`);
  if (scenario.setup.length > 0) lines.push("");
  for (const one of played) {
    const { step } = one;
    if ("advance" in step) lines.push(`-- +${step.advance} s`);
    else if (!("sql" in step)) lines.push(`-- the simulated client of ${step.session} changes`);
    else if (step.sql === DISCONNECT) lines.push(`-- ${step.session} disconnects`);
    else if (step.sql === RECONNECT) lines.push(`-- ${step.session} connects again`);
    else lines.push(`${closed(step.sql)} -- ${step.session}${noteOf(one)}`);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** One session's statements. */
function sessionSql(
  scenario: Scenario,
  played: readonly PlayedStep[],
  session: SessionName,
): string {
  const lines = [`-- ${oneLine(scenario.title ?? scenario.id)}`, "", `-- session ${session}`];
  let others = new Map<string, number>();
  for (const [at, one] of played.entries()) {
    const { step } = one;
    if ("advance" in step) {
      lines.push(`-- step ${at + 1}: ${step.advance} s pass`);
      continue;
    }
    if (!("sql" in step)) continue;
    if (step.session !== session) {
      others.set(step.session, at + 1);
      continue;
    }
    if (others.size > 0) {
      const names = [...others].map(([name, last]) => `${name} has run step ${last}`);
      lines.push(`-- go on when ${names.join(" and ")}`);
      others = new Map();
    }
    lines.push(`-- step ${at + 1}${noteOf(one).replace(/^,/, ":")}`);
    lines.push(wordOf(step.sql) ?? forClient(step.sql));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What is done to the connection itself, for who reads it. */
function wordOf(sql: string): string | null {
  if (sql === DISCONNECT) return "-- disconnect";
  return sql === RECONNECT ? "-- connect again" : null;
}

/** The set-up, for a connection of its own. */
function setupSql(scenario: Scenario): string {
  return scenario.setup.map((sql) => `${forClient(sql)}\n`).join("");
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The sessions', then what is no session's: the set-up, and the whole to read beside them. */
export function sqlFiles(scenario: Scenario, played: readonly PlayedStep[]): readonly NamedText[] {
  const runs = (name: SessionName): boolean =>
    scenario.steps.some((step) => "sql" in step && step.session === name);
  return [
    ...sessionsOf(scenario)
      .filter(runs)
      .map((session) => ({
        name: `${session}.sql`,
        text: sessionSql(scenario, played, session),
      })),
    { name: "setup.sql", text: setupSql(scenario) },
    { name: "schedule.sql", text: scheduleSql(scenario, played) },
  ];
}

function noteOf(one: PlayedStep): string {
  const woken = one.woken.map(({ session }) => session);
  const parts: string[] = [];
  if (one.kind === "blocked") {
    parts.push(one.blockers.length > 0 ? `waits for ${one.blockers.join(" and ")}` : "waits");
  }
  if (one.kind === "skipped") parts.push("cannot be run: the session is waiting or gone");
  if (one.outcome?.kind === "error") parts.push(`error ${one.outcome.errno}`);
  if (woken.length > 0) parts.push(`${woken.join(" and ")} ${woken.length > 1 ? "go" : "goes"} on`);
  return parts.length === 0 ? "" : `, ${parts.join("; ")}`;
}

/** A comment at its end would swallow the semicolon, and say something in the place of the session's name. */
function closed(sql: string): string {
  const end = splitStatements(sql).at(-1)?.end ?? sql.length;
  return `${sql.slice(0, end).trim()};`;
}

/** A body with semicolons needs another delimiter in the mysql client. */
function forClient(sql: string): string {
  const text = closed(sql);
  return hasBody(sql) ? `DELIMITER //\n${text.slice(0, -1)} //\nDELIMITER ;` : text;
}
