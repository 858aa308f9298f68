/**
 * The schedule as Markdown for a post that takes no scripts: a row for each step, a column for each session, and what happened.
 * Reads back as the same statements (`markdown.ts`).
 *
 *     | step | A | B | what happened |
 *     | ---: | --- | --- | --- |
 *     | 2 |  | `UPDATE t SET v = 2` | **waits for A**; wants X,REC_NOT_GAP on t.PRIMARY 1 |
 */
import { maxOf } from "../base/lists.ts";
import { keyText } from "../trace/explain/text.ts";
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import type { Outcome } from "../trace/state.ts";
import type { ScheduleWords } from "./export_sql.ts";
import { oneLine, type PlayedLock, type PlayedStep, sessionsOf } from "./played.ts";

export interface MarkdownWords {
  /** Of the link to the page. */
  readonly open: string;
  readonly tables: string;
  readonly steps: string;
  readonly step: string;
  readonly happened: string;
  readonly ok: (affected: number) => string;
  readonly rows: (count: number) => string;
  readonly goesOn: (name: string, step: number) => string;
  readonly locks: (list: string) => string;
  readonly wants: (lock: string) => string;
  readonly lost: string;
  readonly more: (count: number) => string;
  /** Between things listed, and between what happened. */
  readonly comma: string;
  readonly semicolon: string;
}

/** Of a long result or many locks the first ones say enough. */
const ROWS_MAX = 6;
const LOCKS_MAX = 6;

export function markdownText(
  scenario: Scenario,
  played: readonly PlayedStep[],
  link: string,
  words: MarkdownWords & { readonly schedule: ScheduleWords },
): string {
  const sessions = sessionsOf(scenario);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = played.map((one, at) => {
    const { step } = one;
    const cells = sessions.map((name) =>
      "session" in step && step.session === name ? statementOf(one, words.schedule) : "",
    );
    return row([String(at + 1), ...cells, happened(one, words)]);
  });
  const tables = [
    `${words.tables}`,
    "",
    "```sql",
    ...scenario.setup.map((sql) => `${sql.trim().replace(/;$/, "")};`),
    "```",
    "",
  ];
  return [
    `# ${inCell(oneLine(scenario.title ?? scenario.id))}`,
    "",
    `[${words.open}](${link})`,
    "",
    ...(scenario.setup.length === 0 ? [] : tables),
    words.steps,
    "",
    row([words.step, ...sessions, words.happened]),
    row(["---:", ...sessions.map(() => "---"), "---"]),
    ...rows,
    "",
  ].join("\n");
}

function statementOf({ step }: PlayedStep, words: ScheduleWords): string {
  if ("call" in step) return code(`${step.call}()`);
  if (!("sql" in step)) return "";
  if (step.sql === DISCONNECT) return words.disconnect;
  return step.sql === RECONNECT ? words.connectAgain : code(step.sql);
}

function happened(
  one: PlayedStep,
  words: MarkdownWords & { readonly schedule: ScheduleWords },
): string {
  const { step, kind, outcome, blockers, woken, locks } = one;
  const { schedule } = words;
  const parts: string[] = [];
  if ("advance" in step) parts.push(schedule.pass(step.advance));
  if ("client" in step) parts.push(schedule.clientChanges(step.session));
  if (kind === "blocked") parts.push(`**${schedule.waits(blockers)}**`);
  if (kind === "skipped") parts.push(schedule.skipped);
  if (outcome !== null) parts.push(outcomeText(outcome, words));
  for (const { session, step: begun, outcome: end } of woken) {
    parts.push(`${words.goesOn(session, begun + 1)} ${outcomeText(end, words)}`);
  }
  const wanted = locks.filter(({ isWaiting }) => isWaiting).map(lockText);
  const taken = locks.filter(({ isWaiting }) => !isWaiting).map(lockText);
  for (const lock of wanted) parts.push(words.wants(lock));
  if (taken.length > 0) parts.push(words.locks(listed(taken, LOCKS_MAX, words)));
  return parts.join(words.semicolon);
}

function outcomeText(outcome: Outcome, words: MarkdownWords): string {
  switch (outcome.kind) {
    case "ok":
      return words.ok(outcome.affected);
    case "error":
      return `**ERROR ${outcome.errno} (${outcome.sqlState})**: ${inCell(outcome.message)}`;
    case "lost":
      return `**${words.lost}**: ${inCell(outcome.message)}`;
    case "rows": {
      const rows = outcome.rows.map((row) =>
        inCell(`(${row.map((value) => value ?? "NULL").join(", ")})`),
      );
      const count = words.rows(rows.length);
      return rows.length === 0 ? count : `${count}: ${listed(rows, ROWS_MAX, words)}`;
    }
  }
}

function lockText({ lock }: PlayedLock): string {
  const { session, tableName, indexName, modeText, data } = lock;
  return inCell(`${session} ${modeText} ${tableName}.${indexName} ${keyText(data)}`);
}

function listed(all: readonly string[], most: number, { more, comma }: MarkdownWords): string {
  const left = all.length - most;
  return [...all.slice(0, most), ...(left > 0 ? [more(left)] : [])].join(comma);
}

/** On one line, as code: fenced by more backticks than it has. */
function code(sql: string): string {
  const text = inCell(sql, false);
  const longest = maxOf(
    [...text.matchAll(/`+/g)].map(([ticks]) => ticks.length),
    0,
  );
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** What would end a cell, or be a mark of Markdown's or a tag of HTML's. */
function inCell(text: string, hasMarks = true): string {
  const line = text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|");
  return hasMarks ? line.replace(/[*_`<>[\]]/g, (mark) => `\\${mark}`) : line;
}
