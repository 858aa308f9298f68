/**
 * A code block with session comments, as a scenario. What stands before the first session is the set-up.
 *
 *     CREATE TABLE t (id INT PRIMARY KEY);
 *     -- A                       a heading, for all that follows; also "session A", "T1", "client 2"
 *     BEGIN;
 *     INSERT INTO t VALUES (1);  -- B      behind a statement: for this one
 *     -- +5 s                    time passes
 */
import { splitStatements } from "../sql/split.ts";
import { SESSION_NAMES } from "../store/script.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Step } from "../trace/scenario.ts";
import type { EmbedScenario } from "./contract.ts";

const SESSION =
  /^(?:--|#|\/\*)\s*(?:(?:session|client|connection|transaction|trx|tx|会话|事务)\s*)?([A-D]|[TtSs]?\d{1,2})\s*[:：]?\s*(?:\*\/)?$/;
const TIME = /^(?:--|#)\s*\+\s*(\d+(?:\.\d+)?)\s*s$/;

/** Null when no statement belongs to a session. */
export function scenarioInText(text: string): EmbedScenario | null {
  const setup: string[] = [];
  const steps: Step[] = [];
  const names = new Map<string, SessionName>();
  let heading: string | null = null;
  const statements = splitStatements(text);
  for (const [at, statement] of statements.entries()) {
    const before = text.slice(statements[at - 1]?.end ?? 0, statement.start);
    const after = text.slice(statement.end, statements[at + 1]?.start ?? text.length);
    // The first line behind a statement is the statement's own.
    for (const line of (at === 0 ? before : afterFirstLine(before)).split("\n")) {
      heading = SESSION.exec(line.trim())?.[1] ?? heading;
      const seconds = TIME.exec(line.trim())?.[1];
      if (seconds !== undefined) steps.push({ advance: Number(seconds) });
    }
    const own = SESSION.exec((after.split("\n")[0] ?? "").replace(/^\s*;/, "").trim())?.[1];
    const name = own ?? heading;
    if (name === null) setup.push(statement.text);
    else steps.push({ session: sessionOf(name, names), sql: statement.text });
  }
  return names.size === 0 ? null : { setup, steps };
}

function afterFirstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}

/** Letters are our own; other names get the first letter that is free. More than four share the last. */
function sessionOf(name: string, names: Map<string, SessionName>): SessionName {
  const known = names.get(name);
  if (known !== undefined) return known;
  const taken = new Set(names.values());
  const free = SESSION_NAMES.find((letter) => letter === name && !taken.has(letter));
  const session =
    free ?? SESSION_NAMES.find((letter) => !taken.has(letter)) ?? ("D" as SessionName);
  names.set(name, session);
  return session;
}
