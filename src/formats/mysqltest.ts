/**
 * mysqltest scripts: `connect`, `connection`, `disconnect`, `send`, `reap`, `--error`, `sleep`, and `let` where it names a
 * value that stands in the script. What only shapes the printed result is passed over in silence; what would change what is
 * run is remarked on.
 *
 * A statement that is to end with a lock wait timeout is followed by as much time as the session waits.
 */
import { ScenarioBuilder } from "./builder.ts";
import type { ImportResult } from "./imported.ts";
import { type MysqltestPiece, mysqltestPieces } from "./mysqltest_lines.ts";
import { LockWaitTimeouts } from "./timeouts.ts";

const DEFAULT = "default";
/** They change what is printed, or wait for what has happened here already. */
const SILENT =
  /^(disable_|enable_|echo$|error$|reap$|replace_|result_format|sorted_result|partially_sorted|vertical_results|horizontal_results|lowercase_result|start_timer|end$|ping$|output$|character_set|query_attributes|skip|save_master_pos|sync_)/;
/** Waits, checks of the build, and house-keeping. */
const SILENT_SOURCE =
  /(have_|not_|big_test|no_|force_|count_sessions|wait_|assert|show_|turn_off|linux|only_|load_|elide|save_|restore_|begin_|end_)/;
const TIMEOUT = /\b(1205|ER_LOCK_WAIT_TIMEOUT)\b/;

export function readMysqltest(text: string, name: string): ImportResult {
  const format = "mysqltest";
  const reader = new Reader(name);
  for (const piece of mysqltestPieces(text)) {
    if (!reader.take(piece)) break;
  }
  reader.builder.leaveOutCleanUp();
  const scenario = reader.builder.finish(
    name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-") || "mysqltest",
  );
  const { setup, steps } = scenario.scenario;
  return setup.length + steps.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios: [scenario] };
}

class Reader {
  readonly builder: ScenarioBuilder;
  readonly #timeouts = new LockWaitTimeouts();
  readonly #values = new Map<string, string>();
  readonly #awaited = new Set<string>();
  #current = DEFAULT;
  /** The error that the next statement is to end with. */
  #expected = "";
  #isSent = false;

  constructor(name: string) {
    this.builder = new ScenarioBuilder(name, "");
    this.builder.declare(DEFAULT);
  }

  /** False at the end of the script. */
  take(piece: MysqltestPiece): boolean {
    const { kind, name, text, line } = piece;
    if (kind === "block") this.builder.remark(line, "block", text);
    else if (kind === "sql") this.#run(text, line);
    else return this.#command(name, text, line);
    return true;
  }

  #command(name: string, text: string, line: number): boolean {
    switch (name) {
      case "connect":
        this.#current = firstWord(text);
        return true;
      case "connection":
        this.#current = firstWord(text);
        return true;
      case "disconnect":
      case "dirty_close":
        this.builder.disconnect(firstWord(text), line);
        return true;
      case "send":
      case "send_eval":
        if (text === "") this.#isSent = true;
        else this.#send(text, line, name === "send_eval");
        return true;
      case "eval":
        this.#eval(text, line);
        return true;
      case "query":
      case "query_vertical":
      case "query_horizontal":
        this.#run(text, line);
        return true;
      case "error":
        this.#expected = text;
        return true;
      case "reap":
        if (TIMEOUT.test(this.#expected)) this.builder.advance(this.#timeouts.of(this.#current));
        this.#expected = "";
        this.#awaited.delete(this.#current);
        return true;
      case "sleep":
      case "real_sleep":
        this.builder.advance(Number.parseFloat(text));
        return true;
      case "let":
        this.#let(text);
        return true;
      case "exit":
        this.builder.remark(line, "command", name);
        return false;
      case "source":
        if (!SILENT_SOURCE.test(text)) this.builder.remark(line, "command", `source ${text}`);
        return true;
      default:
        if (!SILENT.test(name)) this.builder.remark(line, "command", `${name} ${text}`);
        return true;
    }
  }

  #let(text: string): void {
    const found = /^\$?(\w+)\s*=\s*([\s\S]*)$/.exec(text);
    if (found === null) return;
    const [, name = "", value = ""] = found;
    // A value between backticks comes from the server; of those one is known.
    if (/^`\s*select\s+connection_id\s*\(\s*\)\s*`$/i.test(value.trim())) {
      this.#values.set(name, `\${${this.#current}}`);
      return;
    }
    if (/^`|query_get_value/.test(value.trim())) this.#values.delete(name);
    else this.#values.set(name, value.trim());
  }

  #eval(text: string, line: number): void {
    const sql = this.#substituted(text);
    if (sql === null) this.builder.remark(line, "substitution", text);
    else this.#run(sql, line);
  }

  #substituted(text: string): string | null {
    let isKnown = true;
    const sql = text.replace(/\$(\w+)/g, (all, name: string) => {
      const value = this.#values.get(name);
      if (value === undefined) isKnown = false;
      return value ?? all;
    });
    return isKnown ? sql : null;
  }

  #send(text: string, line: number, isEval: boolean): void {
    const sql = isEval ? this.#substituted(text) : text;
    if (sql === null) {
      this.builder.remark(line, "substitution", text);
      return;
    }
    this.#awaited.add(this.#current);
    this.builder.run(this.#current, sql, line);
  }

  #run(sql: string, line: number): void {
    const expected = this.#expected;
    this.#expected = "";
    if (/^use\s/i.test(sql)) {
      // The database of mysqltest's connections.
      if (!/^use\s+`?test`?$/i.test(sql.trim())) this.builder.remark(line, "command", sql);
      return;
    }
    this.#timeouts.see(this.#current, sql);
    if (this.#isSent) {
      this.#isSent = false;
      this.#send(sql, line, false);
      return;
    }
    if (expected === "" && this.#current === DEFAULT) this.builder.setUpOrRun(DEFAULT, sql, line);
    else this.builder.run(this.#current, sql, line);
    if (TIMEOUT.test(expected)) this.builder.advance(this.#timeouts.of(this.#current));
  }
}

/** `(con1,localhost,root,,)`, `con1`, `con1;` */
function firstWord(text: string): string {
  return /^\(?\s*([^\s,();]+)/.exec(text)?.[1] ?? DEFAULT;
}
