/**
 * Documents: each fenced block of SQL is a scenario under the heading or the sentence above it, and a block that names no
 * session is the set-up of those after it, until the next one. Blocks under the names of sessions ("Session 2:") are one scenario
 * together. A table with a column for each session is a scenario, too:
 *
 *     | Session 1 | Session 2 |
 *     | --- | --- |
 *     | begin; |  |
 *     |  | delete from t; |
 */
import { ScenarioBuilder } from "./builder.ts";
import { type ImportedScenario, type ImportResult, SCENARIOS_MAX } from "./imported.ts";
import { namesSessions, readLabelledSql } from "./labelled_sql.ts";
import { sessionIn } from "./posted_sessions.ts";
import { isTerminal, plainPost, sqlLines } from "./posted_text.ts";
import { isPrefixed, readPrefixedLines } from "./prefixed_lines.ts";
import { statementsIn } from "./script_statements.ts";
import {
  readTable,
  SQL_VERB,
  type Table,
  tablesIn,
  titleAbove,
  withoutHtml,
} from "./session_tables.ts";

interface Block {
  readonly text: string;
  /** Lines before its first. */
  readonly lineOffset: number;
  readonly title: string;
}

/** The same at the beginning, behind comments. */
const STARTS_AS_SQL = new RegExp(
  `^(?:\\s*(?:--[^\\n]*|#[^\\n]*)\\n)*(?:${SQL_VERB.source}|\\s*\\S{1,10}[>:]\\s)`,
  "i",
);

/** It has a fenced block or a table. */
export function isMarkdown(text: string): boolean {
  return /^(```|~~~)/m.test(text) || tablesIn(withoutHtml(text).split("\n")).length > 0;
}

export function readMarkdown(text: string, name: string): ImportResult {
  const format = "markdown";
  const lines = withoutHtml(text).split("\n");
  const tables = tablesIn(lines);
  const fenced = blocksIn(lines);
  const blocks = fenced.length > 0 ? fenced : between(lines, tables);
  const isByTitle = sessionsInTitles(blocks) > 1;
  const chapters = new Chapters(text, name);
  for (const part of [...blocks, ...tables].sort((a, b) => lineOf(a) - lineOf(b))) {
    if (chapters.scenarios.length >= SCENARIOS_MAX) break;
    const isAlone = "header" in part || isPrefixed(part.text) || namesSessions(part.text);
    const session = isByTitle && "text" in part ? sessionIn(part.title) : null;
    if (isAlone) chapters.addScenario(part);
    else if (session !== null) chapters.addTurn(part, session);
    else if (makesTables(part.text)) chapters.addSetup(part);
  }
  const { scenarios } = chapters.close();
  return scenarios.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios };
}

/** The scenarios of a document as its parts come. */
class Chapters {
  readonly scenarios: ImportedScenario[] = [];
  readonly #text: string;
  readonly #name: string;
  #setup: Block[] = [];
  #isSetupUsed = false;
  /** Of blocks that belong to the session above them, one after the other. */
  #turns: ScenarioBuilder | null = null;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  addSetup(block: Block): void {
    this.close();
    // A second set-up after a scenario begins a new chapter; two in a row belong together.
    if (this.#isSetupUsed) this.#setup = [];
    this.#isSetupUsed = false;
    this.#setup.push(block);
  }

  addTurn(block: Block, session: string): void {
    this.#turns ??= this.#begin(this.#name);
    for (const { text, line } of statementsIn(block.text))
      this.#turns.setUpOrRun(session, text, line + block.lineOffset);
  }

  addScenario(part: Block | Table): void {
    this.close();
    const builder = this.#begin(part.title);
    if ("header" in part) readTable(builder, part);
    else if (isPrefixed(part.text)) readPrefixedLines(builder, part.text, part.lineOffset);
    else readLabelledSql(builder, part.text, part.lineOffset);
    this.#finish(builder);
  }

  close(): this {
    if (this.#turns !== null) this.#finish(this.#turns);
    this.#turns = null;
    return this;
  }

  #begin(title: string): ScenarioBuilder {
    const builder = new ScenarioBuilder(title || this.#name, this.#text);
    for (const block of this.#setup) {
      for (const { text, line } of statementsIn(block.text))
        builder.setUp(text, line + block.lineOffset);
    }
    this.#isSetupUsed = true;
    return builder;
  }

  #finish(builder: ScenarioBuilder): void {
    const name = this.#name.replace(/[^\w-]+/g, "-");
    const scenario = builder.finish(`${name}-${this.scenarios.length + 1}`);
    if (scenario.scenario.steps.length > 0) this.scenarios.push(scenario);
  }
}

function sessionsInTitles(blocks: readonly Block[]): number {
  return new Set(blocks.flatMap(({ title }) => sessionIn(title) ?? [])).size;
}

/** The SQL beside the tables of a text that fences nothing. */
function between(lines: readonly string[], tables: readonly Table[]): readonly Block[] {
  const ends = [0, ...tables.map(({ to }) => to)];
  return ends.flatMap((from, at) => {
    const text = sqlLines(lines.slice(from, tables[at]?.from).join("\n"));
    return makesTables(text) ? { text, lineOffset: from, title: "" } : [];
  });
}

function lineOf(part: Block | Table): number {
  return "text" in part ? part.lineOffset : (part.rows[0]?.line ?? 0);
}

function makesTables(text: string): boolean {
  return /^\s*(create\s+table|insert\s+into)\b/im.test(text);
}

function blocksIn(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^\s*(```+|~~~+)\s*(\w*)/.exec(lines[at] ?? "");
    if (fence === null) continue;
    const close = fence[1] ?? "```";
    let end = at + 1;
    while (end < lines.length && !(lines[end] ?? "").trim().startsWith(close)) end += 1;
    const language = (fence[2] ?? "").toLowerCase();
    const given = lines.slice(at + 1, end).join("\n");
    const text = plainPost(given);
    const isSql = /^(sql|mysql|mariadb|postgresql|plsql)$/.test(language) || isTerminal(given);
    if (
      isSql ||
      (/^(bash|sh|shell|console|text|txt|)$/.test(language) && STARTS_AS_SQL.test(text))
    ) {
      blocks.push({ text, lineOffset: at + 1, title: titleAbove(lines, at) });
    }
    at = end;
  }
  return blocks;
}
