/**
 * Documents: each fenced block of SQL is a scenario under the heading or the sentence above it, and a block that names no
 * session is the set-up of those after it, until the next one. A table with a column for each session is a scenario, too:
 *
 *     | Session 1 | Session 2 |
 *     | --- | --- |
 *     | begin; |  |
 *     |  | delete from t; |
 */
import { ScenarioBuilder } from "./builder.ts";
import { type ImportedScenario, type ImportResult, SCENARIOS_MAX } from "./imported.ts";
import { namesSessions, readLabelledSql } from "./labelled_sql.ts";
import { labelIn } from "./labels.ts";
import { isPrefixed, readPrefixedLines } from "./prefixed_lines.ts";
import { statementsIn } from "./script_statements.ts";

interface Block {
  readonly text: string;
  /** Lines before its first. */
  readonly lineOffset: number;
  readonly title: string;
}

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
  readonly title: string;
}

const SQL_VERB =
  /^\s*(?:\/\*.*?\*\/\s*)?(?:create|insert|begin|start|select|update|delete|set|drop|alter|lock|replace|commit|rollback|with)\b/im;
/** The same at the beginning, behind comments. */
const STARTS_AS_SQL = new RegExp(
  `^(?:\\s*(?:--[^\\n]*|#[^\\n]*)\\n)*(?:${SQL_VERB.source}|\\s*\\S{1,10}[>:]\\s)`,
  "i",
);

/** It has a fenced block or a table. */
export function isMarkdown(text: string): boolean {
  return /^(```|~~~)/m.test(text) || tablesIn(text.split("\n")).length > 0;
}

export function readMarkdown(text: string, name: string): ImportResult {
  const format = "markdown";
  const lines = text.split("\n");
  const parts = [...blocksIn(lines), ...tablesIn(lines)].sort((a, b) => lineOf(a) - lineOf(b));
  const scenarios: ImportedScenario[] = [];
  let setup: Block[] = [];
  let isSetupUsed = false;
  for (const part of parts) {
    if (scenarios.length >= SCENARIOS_MAX) break;
    if ("text" in part && !isPrefixed(part.text) && !namesSessions(part.text)) {
      if (!makesTables(part.text)) continue;
      // A second set-up after a scenario begins a new chapter; two in a row belong together.
      if (isSetupUsed) setup = [];
      isSetupUsed = false;
      setup.push(part);
      continue;
    }
    const builder = new ScenarioBuilder(part.title || name, text);
    for (const block of setup) {
      for (const { text: sql, line } of statementsIn(block.text)) {
        builder.setUp(sql, line + block.lineOffset);
      }
    }
    isSetupUsed = true;
    if ("header" in part) readTable(builder, part);
    else if (isPrefixed(part.text)) readPrefixedLines(builder, part.text, part.lineOffset);
    else readLabelledSql(builder, part.text, part.lineOffset);
    const scenario = builder.finish(`${name.replace(/[^\w-]+/g, "-")}-${scenarios.length + 1}`);
    if (scenario.scenario.steps.length > 0) scenarios.push(scenario);
  }
  return scenarios.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios };
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
    const text = lines.slice(at + 1, end).join("\n");
    const isSql = /^(sql|mysql|mariadb|postgresql|plsql)$/.test(language);
    if (isSql || (language === "" && STARTS_AS_SQL.test(text))) {
      blocks.push({ text, lineOffset: at + 1, title: titleAbove(lines, at) });
    }
    at = end;
  }
  return blocks;
}

function tablesIn(lines: readonly string[]): readonly Table[] {
  const tables: Table[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    if (!/^\s*\|?\s*:?-{2,}/.test(lines[at] ?? "") || !(lines[at] ?? "").includes("|")) continue;
    const header = cellsOf(lines[at - 1] ?? "");
    if (header.filter((cell) => labelIn(cell) !== null).length < 2) continue;
    const rows: { cells: readonly string[]; line: number }[] = [];
    let end = at + 1;
    while (end < lines.length && (lines[end] ?? "").includes("|")) {
      rows.push({ cells: cellsOf(lines[end] ?? ""), line: end + 1 });
      end += 1;
    }
    tables.push({ header, rows, title: titleAbove(lines, at - 1) });
    at = end;
  }
  return tables;
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function readTable(builder: ScenarioBuilder, table: Table): void {
  const labels = table.header.map((cell) => labelIn(cell));
  for (const label of labels) if (label !== null) builder.declare(label);
  for (const { cells, line } of table.rows) {
    for (const [column, cell] of cells.entries()) {
      const label = labels[column];
      if (label === null || label === undefined || cell === "") continue;
      const plain = cell.replace(/<br\s*\/?>/gi, "\n").replace(/`{1,3}/g, "");
      // Beside statements there are notes and results.
      if (!SQL_VERB.test(plain)) {
        builder.remark(line, "step", plain);
        continue;
      }
      for (const statement of statementsIn(plain)) {
        if (SQL_VERB.test(statement.text)) builder.run(label, statement.text, line);
      }
    }
  }
}

/** The nearest line above with words in it, without its marks. */
function titleAbove(lines: readonly string[], from: number): string {
  for (let at = from - 1; at >= 0 && at > from - 12; at -= 1) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || /^[-=|`~]+/.test(line)) continue;
    return line
      .replace(/^#+\s*/, "")
      .replace(/[:：]$/, "")
      .replaceAll("**", "")
      .slice(0, 120);
  }
  return "";
}
