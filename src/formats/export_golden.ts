/**
 * A golden script: what each session did and what the server answered, as text that a person reads and a test compares.
 *
 *     A> BEGIN
 *     ---
 *     ok
 *
 *     B> UPDATE t SET v = 2 WHERE id = 1
 *     ---
 *     waits for A
 *     lock B t.PRIMARY X,REC_NOT_GAP WAITING @ 1
 */
import { keyText } from "../trace/explain/text.ts";
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import type { Outcome } from "../trace/state.ts";
import { oneLine, type PlayedLock, type PlayedStep } from "./played.ts";

export function goldenScript(scenario: Scenario, played: readonly PlayedStep[]): string {
  const head = [`# ${oneLine(scenario.title ?? scenario.id)}`, ""];
  const setup = scenario.setup.map((sql) => `setup> ${unspaced(sql)}\n`);
  const steps = played.map((one) => `${command(one)}\n---\n${answer(one).join("\n")}\n`);
  return [...head, ...setup, ...steps].join("\n");
}

const WORDS: Readonly<Record<string, string>> = {
  [DISCONNECT]: "disconnect",
  [RECONNECT]: "reconnect",
};

function command({ step }: PlayedStep): string {
  if ("advance" in step) return `+ ${step.advance} s`;
  if ("client" in step) return `# ${step.session}: client ${JSON.stringify(step.client)}`;
  if ("call" in step) return `# ${step.session}: ${step.call}`;
  return `${step.session}> ${WORDS[step.sql] ?? unspaced(step.sql)}`;
}

function answer(one: PlayedStep): readonly string[] {
  const own =
    one.kind === "blocked"
      ? [one.blockers.length > 0 ? `waits for ${one.blockers.join(", ")}` : "waits"]
      : one.kind === "skipped"
        ? ["not run"]
        : one.outcome === null
          ? ["ok"]
          : outcomeLines(one.outcome);
  const woken = one.woken.flatMap(({ session, step, outcome }) => {
    const [first = "", ...rest] = outcomeLines(outcome);
    return [`${session} goes on (step ${step + 1}): ${first}`, ...rest];
  });
  return [...own, ...woken, ...one.locks.map(lockLine)];
}

/** As the claims of a lesson write it. */
function lockLine({ lock, isWaiting }: PlayedLock): string {
  const { session, tableName, indexName, modeText, data } = lock;
  return `lock ${session} ${tableName}.${indexName} ${modeText}${isWaiting ? " WAITING" : ""} @ ${keyText(data)}`;
}

function outcomeLines(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case "rows":
      return [
        outcome.columns.join(" | "),
        ...outcome.rows.map((row) => row.map((value) => value ?? "NULL").join(" | ")),
        `${outcome.rows.length} ${outcome.rows.length === 1 ? "row" : "rows"}`,
      ];
    case "ok":
      return [outcome.affected === 0 ? "ok" : `ok, ${outcome.affected} affected`];
    case "error":
      return [`ERROR ${outcome.errno} (${outcome.sqlState}): ${outcome.message}`];
    case "lost":
      return [`connection lost: ${outcome.message}`];
  }
}

/** An empty line would end the statement when it is read back. */
function unspaced(sql: string): string {
  return sql.trim().replace(/\n\s*\n/g, "\n");
}
