/**
 * Plain SQL: the whole schedule with the session behind each statement, as hermitage writes it, and a file for each session
 * that says where it stands between the others, to be pasted into as many clients.
 */
import { hasBody } from "../sql/compound.ts";
import { splitStatements } from "../sql/split.ts";
import type { SessionName } from "../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import { type Ending, oneLine, type PlayedStep, sessionsOf } from "./played.ts";

/** What the comments say. */
export interface ScheduleWords {
  readonly session: (name: string) => string;
  readonly step: (at: number, note: string) => string;
  readonly pass: (seconds: number) => string;
  readonly goOnWhen: (what: readonly string[]) => string;
  readonly hasRun: (name: string, step: number) => string;
  /** It waits, perhaps for the one who reads this. */
  readonly hasSent: (name: string, step: number) => string;
  readonly disconnect: string;
  readonly connectAgain: string;
  readonly disconnects: (name: string) => string;
  readonly connectsAgain: (name: string) => string;
  readonly clientChanges: (name: string) => string;
  readonly waits: (blockers: readonly string[]) => string;
  readonly skipped: string;
  readonly getsError: (errno: number) => string;
  readonly getsErrorLater: (errno: number, step: number) => string;
  readonly goesOn: (name: string) => string;
  readonly otherGetsError: (name: string, errno: number) => string;
}

export const ENGLISH_SCHEDULE: ScheduleWords = {
  session: (name) => `session ${name}`,
  step: (at, note) => (note === "" ? `step ${at}` : `step ${at}: ${note}`),
  pass: (seconds) => `${seconds} s pass`,
  goOnWhen: (what) =>
    `go on when ${[what.slice(0, -1).join(", "), ...what.slice(-1)].filter((one) => one !== "").join(" and ")}`,
  hasRun: (name, step) => `${name} has run step ${step}`,
  hasSent: (name, step) => `${name} has sent step ${step} (which waits)`,
  disconnect: "disconnect",
  connectAgain: "connect again",
  disconnects: (name) => `${name} disconnects`,
  connectsAgain: (name) => `${name} connects again`,
  clientChanges: (name) => `the simulated client of ${name} changes`,
  waits: (blockers) => (blockers.length > 0 ? `waits for ${blockers.join(" and ")}` : "waits"),
  skipped: "cannot be run: the session is waiting or gone",
  getsError: (errno) =>
    `gets ${errno} here${errno === DEADLOCK ? ", as the deadlock's victim" : ""}`,
  getsErrorLater: (errno, step) =>
    `gets ${errno}${errno === DEADLOCK ? ", as the deadlock's victim," : ""} in step ${step}`,
  goesOn: (name) => `${name} goes on`,
  otherGetsError: (name, errno) => `${name} gets ${errno}`,
};

export const DEADLOCK = 1213;

/** `BEGIN; -- A`; the set-up first, with no session. Reads back as the same scenario, but for disconnects and clients. */
export function scheduleSql(
  scenario: Scenario,
  played: readonly PlayedStep[],
  words: ScheduleWords = ENGLISH_SCHEDULE,
): string {
  const late = endingsOf(played);
  const lines = [`-- ${oneLine(scenario.title ?? scenario.id)}`, ""];
  for (const sql of scenario.setup) lines.push(`${closed(sql)}`);
  if (scenario.setup.length > 0) lines.push("");
  for (const [at, one] of played.entries()) {
    const { step } = one;
    if ("advance" in step) lines.push(`-- +${step.advance} s`);
    else if (!("sql" in step)) lines.push(`-- ${words.clientChanges(step.session)}`);
    else if (step.sql === DISCONNECT) lines.push(`-- ${words.disconnects(step.session)}`);
    else if (step.sql === RECONNECT) lines.push(`-- ${words.connectsAgain(step.session)}`);
    else {
      const note = noteOf(one, late.get(at), words);
      lines.push(`${closed(step.sql)} -- ${step.session}${note === "" ? "" : `, ${note}`}`);
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** One session's statements. */
function sessionSql(
  scenario: Scenario,
  played: readonly PlayedStep[],
  session: SessionName,
  words: ScheduleWords,
): string {
  const title = oneLine(scenario.title ?? scenario.id);
  const lines = [`-- ${title}`, "", `-- ${words.session(session)}`];
  const late = endingsOf(played);
  let others = new Map<string, string>();
  const waitForOthers = (): void => {
    if (others.size > 0) lines.push(`-- ${words.goOnWhen([...others.values()])}`);
    others = new Map();
  };
  for (const [at, one] of played.entries()) {
    const { step } = one;
    if ("advance" in step) {
      waitForOthers();
      lines.push(`-- ${words.step(at + 1, words.pass(step.advance))}`);
      continue;
    }
    if (!("sql" in step)) continue;
    if (step.session !== session) {
      // What waits has not run: this session may be the one that it waits for.
      const done = one.kind === "blocked" ? words.hasSent : words.hasRun;
      others.set(step.session, done(step.session, at + 1));
      continue;
    }
    waitForOthers();
    lines.push(`-- ${words.step(at + 1, noteOf(one, late.get(at), words))}`);
    lines.push(wordOf(step.sql, words) ?? forClient(step.sql));
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What is done to the connection itself, for who reads it. */
function wordOf(sql: string, words: ScheduleWords): string | null {
  if (sql === DISCONNECT) return `-- ${words.disconnect}`;
  return sql === RECONNECT ? `-- ${words.connectAgain}` : null;
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
export function sqlFiles(
  scenario: Scenario,
  played: readonly PlayedStep[],
  words: ScheduleWords = ENGLISH_SCHEDULE,
): readonly NamedText[] {
  const runs = (name: SessionName): boolean =>
    scenario.steps.some((step) => "sql" in step && step.session === name);
  return [
    ...sessionsOf(scenario)
      .filter(runs)
      .map((session) => ({
        name: `${session}.sql`,
        text: sessionSql(scenario, played, session, words),
      })),
    ...(scenario.setup.length > 0 ? [{ name: "setup.sql", text: setupSql(scenario) }] : []),
    { name: "schedule.sql", text: scheduleSql(scenario, played, words) },
  ];
}

/** What ended in a later step than it began in, by its own step. */
function endingsOf(played: readonly PlayedStep[]): ReadonlyMap<number, Ending & { in: number }> {
  return new Map(
    played.flatMap(({ woken }, at) => woken.map((one) => [one.step, { ...one, in: at }] as const)),
  );
}

function noteOf(
  one: PlayedStep,
  end: (Ending & { in: number }) | undefined,
  words: ScheduleWords,
): string {
  const parts: string[] = [];
  if (one.kind === "blocked") parts.push(words.waits(one.blockers));
  if (one.kind === "skipped") parts.push(words.skipped);
  if (one.outcome?.kind === "error") parts.push(words.getsError(one.outcome.errno));
  if (end?.outcome.kind === "error")
    parts.push(words.getsErrorLater(end.outcome.errno, end.in + 1));
  for (const { session, outcome } of one.woken) {
    parts.push(
      outcome.kind === "error"
        ? words.otherGetsError(session, outcome.errno)
        : words.goesOn(session),
    );
  }
  return parts.join("; ");
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
