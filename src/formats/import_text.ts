/**
 * The door for whatever somebody drops on the page: which format it is, and what comes of it. Nothing here runs anything or
 * throws; YAML is read by a library that the caller has loaded.
 */
import { unreachable } from "../base/assert.ts";
import { ScenarioBuilder } from "./builder.ts";
import { isDeadlockLog } from "./deadlock_log.ts";
import { readDeadlockLog } from "./deadlock_scenario.ts";
import { readGoQueries } from "./go_queries.ts";
import { CHARACTERS_MAX, type FormatId, type ImportResult } from "./imported.ts";
import { readIsolationSpec } from "./isolation_spec.ts";
import { readJson } from "./json_files.ts";
import { missedName, namesSessions, readLabelledSql } from "./labelled_sql.ts";
import { isMarkdown, readMarkdown } from "./markdown.ts";
import { readMysqltest } from "./mysqltest.ts";
import { plainPost } from "./posted_text.ts";
import { isPrefixed, readPrefixedLines } from "./prefixed_lines.ts";
import { readYamlScenario, type YamlDocument } from "./yaml_scenario.ts";

/** Null where the text is broken YAML: then what is wrong with it. */
export type ReadYaml = (
  text: string,
) => YamlDocument | { readonly line: number; readonly message: string };

/** One in so many letters may be none. */
const FOREIGN_SHARE = 50;

const QUOTE = /^ ?(?:> ?)+/;

/** By what stands in it; the name of the file only decides where that leaves a doubt. */
export function detectFormat(given: string, name = ""): FormatId {
  return formatOf(posted(unquoted(given), name), name);
}

/** Where it is SQL: what a terminal showed and how people name their sessions becomes SQL with comments. */
function posted(text: string, name: string): string {
  const format = formatOf(text, name);
  const isSql = format === "plainSql" || format === "labelledSql" || format === "prefixedLines";
  return isSql ? plainPost(text) : text;
}

function formatOf(text: string, name: string): FormatId {
  if (isDeadlockLog(text)) return "deadlockLog";
  const start = text.trimStart();
  if (/^[[{]/.test(start) && !/^\[?\w+\]?\s*[>:]/.test(start)) return "scenario";
  if (/^steps:\s*(#.*)?$/m.test(text) && /^(setup|sessions|title|claim):/m.test(text))
    return "yaml";
  if (/^\s*session\s+("[^"]+"|\w+)\s*$|^\s*session\s+("[^"]+"|\w+)\s+(setup|step)\b/m.test(text)) {
    if (/\bstep\s+("[^"]+"|[\w-]+)\s*\{/.test(text)) return "isolationSpec";
  }
  if (/\bQuery:\s*["`]\s*\/\*\s*client\b/i.test(text)) return "goQueries";
  if (isMarkdown(text)) return "markdown";
  if (isMysqltest(text, name)) return "mysqltest";
  if (isPrefixed(text)) return "prefixedLines";
  return namesSessions(text) ? "labelledSql" : "plainSql";
}

/** Whether the library for YAML has to be there first. */
export function needsYaml(format: FormatId): boolean {
  return format === "yaml";
}

/** `madeUp`: the comment of statements that a log does not have, in the reader's language. */
export function importText(
  given: string,
  name: string,
  readYaml: ReadYaml | null,
  madeUp = "made up",
): ImportResult {
  if (given.length > CHARACTERS_MAX) return { kind: "tooLarge", characters: given.length };
  if (!isText(given)) return { kind: "notText" };
  const text = posted(unquoted(given.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n")), name);
  const format = formatOf(text, name);
  const title = name.replace(/^.*[\\/]/, "").replace(/\.[A-Za-z]{1,11}$/, "") || "SQL";
  switch (format) {
    case "scenario":
    case "ownFile":
    case "transcript":
      return readJson(text);
    case "yaml": {
      const yaml = readYaml?.(text) ?? { line: 1, message: "YAML" };
      if ("message" in yaml) return { kind: "broken", format, ...yaml };
      return readYamlScenario(yaml, title);
    }
    case "isolationSpec":
      return readIsolationSpec(text, title);
    case "deadlockLog":
      return readDeadlockLog(text, title, madeUp);
    case "goQueries":
      return readGoQueries(text, title);
    case "markdown":
      return readMarkdown(text, title);
    case "mysqltest":
      return readMysqltest(text, title);
    case "prefixedLines":
    case "labelledSql":
    case "plainSql":
      return readSql(format, text, title);
    default:
      return unreachable(format);
  }
}

/** As a mail quotes it: `> ` before most lines, more than one where it was answered again. */
function unquoted(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const quoted = lines.filter((line) => QUOTE.test(line));
  if (quoted.length < 2 || quoted.length * 2 < lines.length) return text;
  return text
    .split("\n")
    .map((line) => line.replace(QUOTE, ""))
    .join("\n");
}

/** Decoded as UTF-8: a byte that is none becomes U+FFFD. A few of them, in a comment say, are no reason to refuse. */
function isText(given: string): boolean {
  if (given.includes("\0")) return false;
  const foreign = given.match(/\uFFFD/g)?.length ?? 0;
  return foreign * FOREIGN_SHARE <= given.length;
}

function readSql(
  format: "prefixedLines" | "labelledSql" | "plainSql",
  text: string,
  title: string,
): ImportResult {
  const builder = new ScenarioBuilder(title, text);
  if (format === "prefixedLines") readPrefixedLines(builder, text);
  else readLabelledSql(builder, text);
  const missed = format === "plainSql" ? missedName(text) : null;
  if (missed !== null) builder.remark(missed.line, "oneSession", missed.name);
  const scenario = builder.finish(title.replace(/[^\w-]+/g, "-") || "sql");
  const { setup, steps } = scenario.scenario;
  return setup.length + steps.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios: [scenario] };
}

function isMysqltest(text: string, name: string): boolean {
  if (/^\s*(--\s*)?connect\s*\(\s*\w+\s*,|^\s*(--\s*)?connection\s+\w+\s*;?\s*$/im.test(text))
    return true;
  if (
    /^\s*--\s*(echo|error|source|sleep|disable_\w+|enable_\w+|replace_\w+|sorted_result|query_vertical|let|eval)\b/im.test(
      text,
    )
  )
    return true;
  return /\.(test|inc)$/i.test(name) && !/^#!/.test(text);
}
