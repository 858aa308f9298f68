/**
 * The YAML scenario files of database-transactions: `setup`, `sessions`, and `steps` of which each has one session's name
 * as its key. What the file claims about results is not read; what a step needs from an earlier result is known here only
 * when it is a connection's id.
 */
import { ScenarioBuilder } from "./builder.ts";
import type { ImportResult } from "./imported.ts";
import { statementsIn } from "./script_statements.ts";
import { LockWaitTimeouts } from "./timeouts.ts";

/** A YAML text as the library read it: plain data, and where in the text a part of it stands. */
export interface YamlDocument {
  readonly text: string;
  readonly root: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

type Loose = Readonly<Record<string, unknown>>;

const RESERVED = new Set(
  "note sleep locked success failure expect affected error comment capture blocks tl".split(" "),
);

export function readYamlScenario(yaml: YamlDocument, name: string): ImportResult {
  const format = "yaml";
  const root = objectOr(yaml.root);
  if (!Array.isArray(root.steps)) return { kind: "empty", format };
  const title = typeof root.title === "string" ? root.title.trim() : name;
  const builder = new ScenarioBuilder(title, yaml.text);
  const timeouts = new LockWaitTimeouts();
  const captures = new Map<string, string>();
  const pending = new Map<string, string>();
  if (Array.isArray(root.sessions)) for (const one of root.sessions) builder.declare(String(one));
  if (typeof root.setup === "string") {
    const first = yaml.lineOf(["setup"]);
    for (const { text, line } of statementsIn(root.setup)) builder.setUp(text, first + line - 1);
  }
  for (const [at, given] of root.steps.entries()) {
    const step = objectOr(given);
    const line = yaml.lineOf(["steps", at]);
    if (typeof step.sleep === "number") builder.advance(step.sleep / 1000);
    if (typeof step.failure === "string" && isTimeout(step.error)) {
      builder.advance(timeouts.of(pending.get(step.failure) ?? ""));
    }
    const keys = Object.keys(step).filter((key) => !RESERVED.has(key));
    const [key] = keys;
    if (keys.length > 1 || (key !== undefined && typeof step[key] === "object")) {
      builder.remark(line, "step", keys.join(", "));
      continue;
    }
    if (key === undefined) continue;
    const [session = "", verb] = key.split(".");
    const sql = substituted(String(step[key]), captures);
    if (sql === null) {
      builder.remark(line, "substitution", String(step[key]));
      continue;
    }
    timeouts.see(session, sql);
    for (const statement of statementsIn(sql)) builder.run(session, statement.text, line);
    if (typeof step.blocks === "string") pending.set(step.blocks, session);
    if (verb === "fails" && isTimeout(step.error)) builder.advance(timeouts.of(session));
    if (typeof step.capture === "string") see(captures, step.capture, session, sql);
  }
  if (builder.isEmpty) return { kind: "empty", format };
  const id = name.replace(/\.ya?ml$/i, "").replace(/[^\w-]+/g, "-");
  return { kind: "imported", format, scenarios: [builder.finish(id || "scenario")] };
}

function isTimeout(error: unknown): boolean {
  return [error].flat().map(String).includes("1205");
}

/** `SELECT connection_id() AS id`: its value is the session's own. */
function see(captures: Map<string, string>, name: string, session: string, sql: string): void {
  const found = /connection_id\s*\(\s*\)\s+(?:as\s+)?(\w+)/i.exec(sql);
  if (found?.[1] !== undefined) captures.set(`${name}.${found[1]}`, session);
}

function substituted(sql: string, captures: ReadonlyMap<string, string>): string | null {
  let isKnown = true;
  const result = sql.replace(/\$\{([\w.]+)\}|\$pid\((\w+)\)/g, (_all, capture, session) => {
    const name = session ?? captures.get(capture);
    if (name === undefined) isKnown = false;
    return `\${${name}}`;
  });
  return isKnown ? result : null;
}

function objectOr(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}
