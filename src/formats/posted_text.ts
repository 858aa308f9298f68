/**
 * What people post about two sessions, line for line as SQL with its sessions in comments:
 *
 *     mysql> begin;                        a terminal: prompts go, answers and results become empty lines
 *     Query OK, 0 rows affected
 *     session2>insert into t values (1);   /* session 2 *\/ insert into t values (1);
 *     ==session1==, Tran A:, 窗口二         -- session 1
 *     tx1: commit;                         /* session 1 *\/ commit;
 *
 * A text that shows neither comes back as it was.
 */

import { sessionHeading, sessionIn } from "./posted_sessions.ts";
import { isPrefixed } from "./prefixed_lines.ts";
import { VERBS } from "./sql_verbs.ts";

const VERB = new RegExp(`^(?:\\/\\*.*?\\*\\/\\s*)?\\(?(?:${VERBS})\\b`, "i");
/** `mysql>`, `mysql1>`, `MariaDB [test]>`, `mysql [localhost:8032] {msandbox} (test) >` */
const CLIENT = /^\s*(?:mysql|mariadb)\s*(\d{0,2})(?![\w-])[^>|;'"`\n]{0,60}>\s*(.*)$/i;
const NAMED = /^\s*([\p{L}\d][\p{L}\d_ .#-]{0,18}?)\s*([>:：])\s*(\S.*)$/u;
const GOES_ON = /^\s*(?:->|'>|">|`>|\/\*>)\s?/;
const ANSWER =
  /^\s*(?:Query OK,|Empty set|\d+ rows? in set|ERROR \d{4}|Rows matched:|Records: \d|Database changed|\*{5,}|\+-{2,}|\|)/;
const COMMENT = /^\s*(?:--\s|#)/;
const RULE = /^\s*[-=*_~]{3,}\s*$/;
const DELIMITER = /^\s*delimiter\s+(\S+)\s*$/i;
const ROUTINE = /^\s*(?:\/\*.*?\*\/\s*)?create\b[^;(]*\b(?:procedure|function|trigger|event)\b/i;
const OPENS_BLOCK = /\b(?:begin|case)\b/i;
const ENDS_BLOCK = /\bend\b(?!\s*(?:if|while|loop|repeat|for)\b)/i;
/** What a post shows first, on whichever terminal: made before anything runs. */
const MAKES = /^(?:create|insert|drop|use|set\s+names)\b/i;

/** Whether a terminal's prompts or answers stand in it. Our golden scripts have rules before the answers. */
export function isTerminal(text: string): boolean {
  const lines = text.split("\n");
  if (lines.some((line) => CLIENT.test(line))) return true;
  if (/^---$/m.test(text) && isPrefixed(text)) return false;
  return (
    lines.some((line) => ANSWER.test(line)) && lines.some((line) => namedPrompt(line) !== null)
  );
}

export function plainPost(text: string): string {
  if (isTerminal(text)) return rewritten(text, true);
  if (isPrefixed(text)) return text;
  const sessions = text.split("\n").map((line) => sessionHeading(line) ?? prompt(line)?.session);
  const named = new Set(sessions.filter((session) => session != null));
  return named.size < 2 ? text : rewritten(text, false);
}

/** Nothing but the statements of a text that is prose besides. */
export function sqlLines(text: string): string {
  return rewritten(text, true);
}

interface Prompt {
  readonly session: string | null;
  readonly sql: string;
}

function rewritten(text: string, isTerminal: boolean): string {
  const post = new Post(isTerminal);
  for (const line of text.split("\n")) post.add(line);
  return post.lines.join("\n");
}

/** A post line by line, each as SQL, as a comment or as nothing. */
class Post {
  readonly lines: string[] = [];
  readonly #isTerminal: boolean;
  readonly #numbers = new Map<string, string>();
  /** What has been read of a statement that goes on. */
  #open = "";
  #delimiter = ";";
  #isMaking: boolean;
  #heading: string | null = null;

  constructor(isTerminal: boolean) {
    this.#isTerminal = isTerminal;
    this.#isMaking = isTerminal;
  }

  add(line: string): void {
    const isOpen = this.#open !== "";
    const found = isOpen && !this.#isTerminal ? null : prompt(line, this.#numbers);
    const heading = found === null && !isRoutine(this.#open) ? sessionHeading(line) : null;
    if (found !== null) this.#begin(found.sql, found.session);
    else if (heading !== null) this.#head(heading);
    else if (isOpen && !ANSWER.test(line)) {
      this.#take(this.#isTerminal ? line.replace(GOES_ON, "") : line);
    } else if (!ANSWER.test(line) && (VERB.test(line.trim()) || DELIMITER.test(line))) {
      this.#begin(line, null);
    } else {
      this.#close();
      this.lines.push(COMMENT.test(line) && !RULE.test(line) ? line : "");
    }
  }

  #head(session: string): void {
    this.#close();
    this.#heading = session;
    this.lines.push(this.#isMaking ? "" : `-- session ${session}`);
  }

  #begin(given: string, named: string | null): void {
    this.#close();
    const line = finished(given);
    const delimiter = DELIMITER.exec(line)?.[1];
    if (delimiter !== undefined) {
      this.#delimiter = delimiter;
      this.lines.push(line);
      return;
    }
    const wasMaking = this.#isMaking;
    this.#isMaking &&= MAKES.test(line.trim());
    const session = named ?? (wasMaking ? this.#heading : null);
    this.#take(session === null || this.#isMaking ? line : `/* session ${session} */ ${line}`);
  }

  #take(line: string): void {
    const sql = this.#delimiter === ";" ? withoutNote(line) : line;
    this.lines.push(sql);
    const whole = `${this.#open}\n${sql}`;
    this.#open = isEnded(whole, this.#delimiter) ? "" : whole;
  }

  #close(): void {
    if (this.#open !== "") this.lines[this.lines.length - 1] += this.#delimiter;
    this.#open = "";
  }
}

/** Names that say nothing to us are counted as they come: `111>`, `222>`. */
function prompt(line: string, numbers: Map<string, string> = new Map()): Prompt | null {
  const client = CLIENT.exec(line);
  if (client !== null) return { session: client[1] || null, sql: client[2] ?? "" };
  const named = namedPrompt(line);
  if (named === null) return null;
  const known = sessionIn(named.name);
  if (known === null && named.mark !== ">") return null;
  const count = numbers.get(named.name) ?? String(numbers.size + 1);
  if (known === null) numbers.set(named.name, count);
  return { session: known ?? count, sql: named.sql };
}

function namedPrompt(line: string): { name: string; mark: string; sql: string } | null {
  const [, name = "", mark = "", sql = ""] = NAMED.exec(line) ?? [];
  return VERB.test(sql) && !VERB.test(name) ? { name, mark, sql } : null;
}

/** The client's own commands need no semicolon, and what is a statement on a line of its own is often left without. */
function finished(sql: string): string {
  const isWhole = /^\s*(?:use\s+\S*[^;\s]|begin|commit|rollback|start\s+transaction)\s*$/i.test(
    sql,
  );
  return isWhole ? `${sql.trim()};` : sql;
}

function isEnded(sql: string, delimiter: string): boolean {
  if (sql.trim() === "") return true;
  if (delimiter !== ";") return sql.trimEnd().endsWith(delimiter);
  if (!/(?:;|\\[Gg])\s*(?:(?:--|#|\/\*).*)?$/.test(sql)) return false;
  return !isRoutine(sql) || count(sql, OPENS_BLOCK) <= count(sql, ENDS_BLOCK);
}

/** Whether it makes a procedure or its like out of a block of statements. */
function isRoutine(sql: string): boolean {
  return ROUTINE.test(sql) && OPENS_BLOCK.test(sql);
}

function count(text: string, pattern: RegExp): number {
  return text.match(new RegExp(pattern, "gi"))?.length ?? 0;
}

/** Without what stands behind the last semicolon and is neither a comment nor a statement: "(blocked)", "//note". */
function withoutNote(line: string): string {
  const [, sql = line, note = ""] = /^(.*;)\s*(\/\/.*|[^;'"`]+)$/.exec(line) ?? [];
  return note === "" || /^(?:--|#|\/\*)/.test(note) || VERB.test(note) ? line : sql;
}
