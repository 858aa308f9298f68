/**
 * PostgreSQL's isolation-tester specifications: one scenario for each permutation.
 *
 *     setup { CREATE TABLE t (id int PRIMARY KEY); }
 *     session s1   setup { BEGIN; }   step r1 { SELECT * FROM t; }   step c1 { COMMIT; }
 *     session s2   setup { BEGIN; }   step w2 { INSERT INTO t VALUES (1); }   step c2 { COMMIT; }
 *     permutation r1 w2 c2 c1
 *
 * The SQL is put into MySQL's words where it can be (`postgres_sql.ts`); what cannot is left out with a remark. Teardown
 * is not read: every scenario begins on a new server.
 */
import { maxOf } from "../base/lists.ts";
import { ScenarioBuilder } from "./builder.ts";
import type { ImportedScenario, ImportResult } from "./imported.ts";
import { statementsIn } from "./script_statements.ts";
import { type SpecWord, specWords } from "./spec_words.ts";

const PERMUTATIONS_MAX = 100;

interface Block {
  readonly sql: string;
  readonly line: number;
}

interface Session {
  readonly name: string;
  readonly setup: Block[];
  readonly steps: { readonly name: string; readonly block: Block }[];
}

interface Spec {
  readonly setup: Block[];
  readonly sessions: Session[];
  readonly permutations: { readonly steps: readonly string[]; readonly line: number }[];
}

export function readIsolationSpec(text: string, name: string): ImportResult {
  const format = "isolationSpec";
  const spec = parsedSpec(text);
  if ("message" in spec) return { kind: "broken", format, ...spec };
  const given = spec.permutations.slice(0, PERMUTATIONS_MAX);
  const wanted = given.length > 0 ? given : madeUp(spec);
  const scenarios = wanted.map((one, at): ImportedScenario => {
    const title = wanted.length === 1 ? name : `${name} ${at + 1}: ${one.steps.join(" ")}`;
    const builder = new ScenarioBuilder(title, "postgres");
    if (given.length === 0) builder.remark(1, "permutations", String(wanted.length));
    for (const block of spec.setup) {
      for (const { text: sql, line } of statementsIn(block.sql)) {
        // Nobody sees its rows: it calls a function of that server, for what it does there.
        if (/^select\b/i.test(sql)) builder.remark(block.line + line - 1, "notMysql", sql);
        else builder.setUp(sql, block.line + line - 1);
      }
    }
    for (const session of spec.sessions) builder.declare(session.name);
    // A session that runs none of the steps would only take a letter from those that do.
    const used = spec.sessions.filter((session) =>
      session.steps.some((step) => one.steps.includes(step.name)),
    );
    for (const session of used) {
      for (const block of session.setup) runAll(builder, session.name, block);
    }
    for (const wantedStep of one.steps) {
      const session = used.find((each) => each.steps.some((step) => step.name === wantedStep));
      const step = session?.steps.find((each) => each.name === wantedStep);
      if (session === undefined || step === undefined) builder.remark(one.line, "step", wantedStep);
      else runAll(builder, session.name, step.block);
    }
    return builder.finish(`${idOf(name)}-${at + 1}`);
  });
  return scenarios.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios };
}

function runAll(builder: ScenarioBuilder, session: string, block: Block): void {
  for (const { text, line } of statementsIn(block.sql)) {
    builder.run(session, text, block.line + line - 1);
  }
}

function parsedSpec(text: string): Spec | { readonly line: number; readonly message: string } {
  const words = specWords(text);
  const spec: Spec = { setup: [], sessions: [], permutations: [] };
  let session: Session | null = null;
  for (let at = 0; at < words.length; ) {
    const word = words[at] as SpecWord;
    const next = words[at + 1];
    const fail = { line: word.line, message: word.text.slice(0, 60) };
    if (word.kind !== "word") return fail;
    if (word.text === "setup" || word.text === "teardown") {
      if (next?.kind !== "block") return fail;
      const block = { sql: next.text, line: next.line };
      if (word.text === "setup") (session ?? spec).setup.push(block);
      at += 2;
    } else if (word.text === "session") {
      if (next?.kind !== "word") return fail;
      session = { name: next.text, setup: [], steps: [] };
      spec.sessions.push(session);
      at += 2;
    } else if (word.text === "step") {
      const block = words[at + 2];
      if (next?.kind !== "word" || block?.kind !== "block" || session === null) return fail;
      session.steps.push({ name: next.text, block: { sql: block.text, line: block.line } });
      at += 3;
    } else if (word.text === "permutation") {
      const { steps, end } = permutationAt(words, at + 1);
      spec.permutations.push({ steps, line: word.line });
      at = end;
    } else return fail;
  }
  return spec.sessions.length === 0 ? { line: 1, message: "session" } : spec;
}

/** Step names up to the next permutation; marks in parentheses say only when the tester goes on. */
function permutationAt(words: readonly SpecWord[], from: number) {
  const steps: string[] = [];
  let depth = 0;
  let at = from;
  for (; at < words.length; at += 1) {
    const word = words[at] as SpecWord;
    if (word.kind === "word" && depth === 0 && word.text === "permutation") break;
    if (word.text === "(") depth += 1;
    else if (word.text === ")") depth -= 1;
    else if (word.kind === "word" && depth === 0) steps.push(word.text);
  }
  return { steps, end: at };
}

/** Without an order in the file the tester runs all of them: here one after the other, and by turns. */
function madeUp(spec: Spec): Spec["permutations"] {
  const all = spec.sessions.map((session) => session.steps.map((step) => step.name));
  const byTurns: string[] = [];
  const longest = maxOf(
    all.map((steps) => steps.length),
    0,
  );
  for (let at = 0; at < longest; at += 1) {
    for (const steps of all) if (steps[at] !== undefined) byTurns.push(steps[at] as string);
  }
  const inRow = all.flat();
  if (inRow.length === 0) return [];
  return all.length === 1
    ? [{ steps: inRow, line: 1 }]
    : [
        { steps: byTurns, line: 1 },
        { steps: inRow, line: 1 },
      ];
}

function idOf(name: string): string {
  return name.replace(/\.[a-z]+$/i, "").replace(/[^\w-]+/g, "-") || "spec";
}
