/**
 * Collects a scenario while a file is read: statements with the names the file has for its sessions. The letters are
 * given out at the end, when all names are known: A to H keep theirs, 1 to 8 become A to H, others come in their order.
 */
import { parseStatement } from "../sql/parser.ts";
import type { SessionName } from "../trace/ids.ts";
import { DISCONNECT, type Scenario, type Step } from "../trace/scenario.ts";
import { type ImportedScenario, type Remark, type RemarkKind, STEPS_MAX } from "./imported.ts";
import { lettersFor, ownLetter } from "./letters.ts";
import { isPostgres, toMySql } from "./postgres_sql.ts";

type Draft =
  | { readonly kind: "sql"; readonly label: string; readonly sql: string; readonly line: number }
  | { readonly kind: "advance"; readonly seconds: number };

const DETAIL_MAX = 160;
const CLEANS_UP =
  /^(drop\s+(table|view|database|schema|procedure|function|trigger|user)|@disconnect)\b/i;
const SETS_LEVEL = /^set\s+transaction\s+isolation\b/i;
const BEGINS = /^(begin|start\s+transaction)\b/i;
const RETURNS = /^(?:insert|update|delete|with)\b[\s\S]*\sreturning\b/i;
const MAKES_TABLES =
  /^(create\s+(table|(unique\s+|fulltext\s+|spatial\s+)?index|database|schema)|drop\s+(table|index|database|schema|view|procedure|function|trigger)|create\s+(or\s+replace\s+)?(definer\s*=\s*\S+\s+)?(view|procedure|function|trigger)|alter\s+table|insert|replace|truncate|analyze|update|delete)\b/i;

export class ScenarioBuilder {
  readonly #title: string;
  readonly #source: string;
  readonly #isForeign: boolean;
  readonly #setup: string[] = [];
  readonly #drafts: Draft[] = [];
  readonly #remarks: Remark[] = [];
  readonly #declared: string[] = [];
  readonly #missing: string[] = [];

  /** `source`: the whole text; where it shows that it was written for PostgreSQL, statements are translated. */
  constructor(title: string, source: string) {
    this.#title = title;
    this.#source = source;
    this.#isForeign = isPostgres(source);
  }

  remark(line: number, kind: RemarkKind, detail: string): void {
    const oneLine = detail.trim().replace(/\s+/g, " ");
    const short = oneLine.length > DETAIL_MAX ? `${oneLine.slice(0, DETAIL_MAX - 1)}…` : oneLine;
    this.#remarks.push({ line, kind, detail: short });
  }

  /** A session's name in the order of the file, whether it runs anything yet or not. */
  declare(label: string): void {
    if (!this.#declared.includes(label)) this.#declared.push(label);
  }

  setUp(given: string, line: number): void {
    for (const sql of this.#accepted(given, line, true)) {
      const missing = this.#missing.find((table) => mentions(sql, table));
      if (missing === undefined) this.#setup.push(sql);
      else this.remark(line, "missingTable", sql);
    }
  }

  run(label: string, given: string, line: number): void {
    for (const sql of this.#accepted(given, line, false)) {
      this.declare(label);
      const before = this.#drafts.findLastIndex((one) => one.kind === "sql" && one.label === label);
      const draft: Draft = { kind: "sql", label, sql, line };
      const last = this.#drafts[before];
      if (
        this.#isForeign &&
        SETS_LEVEL.test(sql) &&
        last?.kind === "sql" &&
        BEGINS.test(last.sql)
      ) {
        // Elsewhere the level of a transaction is set inside it, in MySQL before it.
        this.#drafts.splice(before, 0, draft);
        this.remark(line, "translated", `${sql}; ${last.sql}`);
      } else this.#drafts.push(draft);
    }
  }

  /** Table making before anything else belongs to the set-up; everything after the first other statement is run. */
  setUpOrRun(label: string, sql: string, line: number): void {
    if (this.#drafts.length === 0 && MAKES_TABLES.test(sql.trim())) this.setUp(sql, line);
    else this.run(label, sql, line);
  }

  disconnect(label: string, line: number): void {
    const hasRun = this.#drafts.some((draft) => draft.kind === "sql" && draft.label === label);
    if (hasRun) this.#drafts.push({ kind: "sql", label, sql: DISCONNECT, line });
  }

  advance(seconds: number): void {
    if (Number.isFinite(seconds) && seconds > 0) {
      this.#drafts.push({ kind: "advance", seconds: Math.min(seconds, 100_000) });
    }
  }

  /** Drops at the end what only cleans up. */
  leaveOutCleanUp(): void {
    const last = this.#drafts.findLastIndex(
      (draft) => draft.kind === "sql" && !CLEANS_UP.test(draft.sql),
    );
    const dropped = this.#drafts.splice(last + 1);
    const first = dropped.find((draft) => draft.kind === "sql");
    if (first?.kind === "sql") {
      this.remark(first.line, "cleanUp", String(dropped.length));
    }
  }

  get isEmpty(): boolean {
    return this.#setup.length === 0 && this.#drafts.length === 0;
  }

  finish(id: string): ImportedScenario {
    if (this.#isForeign) this.#noteDefaultLevel();
    const { letters, left } = lettersFor(this.#labels());
    for (const label of left) this.remark(this.#firstLineOf(label), "session", label);
    const all = this.#drafts.flatMap((draft): readonly Step[] => {
      if (draft.kind === "advance") return [{ advance: draft.seconds }];
      const session = letters.get(draft.label);
      return session === undefined ? [] : [{ session, sql: named(draft.sql, letters) }];
    });
    const steps = all.slice(0, STEPS_MAX);
    if (all.length > STEPS_MAX) this.remark(1, "tooLong", String(all.length - STEPS_MAX));
    const scenario: Scenario = { id, title: this.#title, setup: this.#setup, steps };
    const remarks = this.#remarks.toSorted((a, b) => a.line - b.line);
    return { title: this.#title, scenario, remarks, editors: null, position: null, futures: [] };
  }

  /** A plain BEGIN is READ COMMITTED in PostgreSQL, and REPEATABLE READ here. */
  #noteDefaultLevel(): void {
    const levels = new Set<string>();
    for (const draft of this.#drafts) {
      if (draft.kind !== "sql") continue;
      if (SETS_LEVEL.test(draft.sql)) levels.add(draft.label);
      if (!BEGINS.test(draft.sql)) continue;
      if (levels.delete(draft.label)) continue;
      this.remark(draft.line, "defaultLevel", draft.sql);
      return;
    }
  }

  #labels(): readonly string[] {
    const used = new Set(
      this.#drafts.flatMap((draft) => (draft.kind === "sql" ? [draft.label] : [])),
    );
    return this.#declared.filter((label) => used.has(label));
  }

  #firstLineOf(label: string): number {
    const first = this.#drafts.find((draft) => draft.kind === "sql" && draft.label === label);
    return first?.kind === "sql" ? first.line : 1;
  }

  /** What of a statement is run: itself, its translation, or nothing. */
  #accepted(given: string, line: number, isSetUp: boolean): readonly string[] {
    const sql = trimmed(given);
    if (sql === "") return [];
    if (this.#isForeign) {
      const { statements, isChanged, lost } = toMySql(sql);
      if (lost !== null) {
        this.#leaveOut(line, "notMysql", `${lost}: ${sql}`, sql);
        return [];
      }
      const isReturning = RETURNS.test(sql.replace(/'(?:[^']|'')*'/g, ""));
      const accepted = statements.flatMap((one) => this.#understood(one, line, isSetUp));
      if (isChanged && accepted.length > 0) this.remark(line, "translated", accepted.join("; "));
      if (isReturning && accepted.length > 0) this.remark(line, "returning", sql);
      return accepted;
    }
    return this.#understood(sql, line, isSetUp);
  }

  #understood(sql: string, line: number, isSetUp: boolean): readonly string[] {
    // `${A}`, the connection id of a session, is put in when the statement is run.
    const parsed = parseStatement(sql.replace(/\$\{[^{}]+\}/g, "1"));
    if (!parsed.ok) {
      if (isSetUp || this.#isForeign) this.#leaveOut(line, "notMysql", sql, sql);
      else this.remark(line, "mistake", sql);
      return isSetUp || this.#isForeign ? [] : [sql];
    }
    const { statement } = parsed;
    if (statement.kind === "empty") return [];
    if (this.#isForeignDatabase(sql)) {
      this.remark(line, "command", sql);
      return [];
    }
    if (statement.kind !== "unsupported") return [sql];
    this.#leaveOut(line, "notSimulated", `${statement.feature}: ${sql}`, sql);
    return [];
  }

  /** USE of a database that no other statement names: the tables are made in ours. */
  #isForeignDatabase(sql: string): boolean {
    const name = /^use\s+`?(\w+)`?$/i.exec(sql)?.[1];
    return (
      name !== undefined &&
      !/^(?:sim|sys|mysql|(?:information|performance)_schema)$/i.test(name) &&
      !this.#source.includes(`${name}.`)
    );
  }

  /** What fills a table that is not made cannot be run either. */
  #leaveOut(line: number, kind: RemarkKind, detail: string, sql: string): void {
    this.remark(line, kind, detail);
    const table = /^create\s+(?:temporary\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w.`"]+)/i.exec(
      sql,
    );
    if (table?.[1] !== undefined) this.#missing.push(table[1].replace(/[`"]/g, ""));
  }
}

/** `${con1}` in a statement is that session's connection id: the page knows it by the letter. */
function named(sql: string, letters: ReadonlyMap<string, SessionName>): string {
  return sql.replace(/\$\{([^{}]+)\}/g, (all, label: string) => {
    const letter = letters.get(label) ?? ownLetter(label) ?? undefined;
    return letter === undefined ? all : `\${${letter}}`;
  });
}

function trimmed(sql: string): string {
  return sql.trim().replace(/(\s*;)+$/, "");
}

function mentions(sql: string, table: string): boolean {
  return new RegExp(
    `(^|[^\\w.])[\`"]?${table.replace(/[^\w]/g, "\\$&")}[\`"]?($|[^\\w])`,
    "i",
  ).test(sql);
}
