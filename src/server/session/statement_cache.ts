/**
 * A session's statements that came before: what was parsed and resolved is used again for a text of the same shape.
 *
 *     seen a few times ──again──▶ resolved with places for its literals ──again──▶ run with other values
 *                           └──▶ cannot be kept: parsed and resolved each time
 *
 * Nothing of it shows: a statement gives the same events, warnings and errors whether it was kept or not. What is kept
 * was resolved under tables, variables and an isolation level that are compared before it runs again; whatever is decided
 * by the values of the literals (access path, ranges, conversions) is decided each time.
 *
 * MySQL: Prepared_statement, and Sql_cmd_dml::is_prepared.
 */
import type { Statement } from "../../sql/ast.ts";
import type { ParseOptions } from "../../sql/cursor.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import {
  type PlainLiteral,
  patternOf,
  type ShapePattern,
  type TextShape,
  textShape,
  valuesLike,
} from "../../sql/text_shape.ts";
import type { IsolationLevel } from "../../trace/state.ts";
import { keepableLiterals } from "../exec/keepable.ts";
import { GivenLiterals } from "../expr/given_literals.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import { refuseBadNames } from "./name_lengths.ts";
import { parseOne } from "./parse_one.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";
import { StatementExecution } from "./statement_execution.ts";
import { type StatementTraits, traitsOf } from "./statement_traits.ts";

const ENTRIES_MAX = 64;
const SEEN_MAX = 1_000;
/** Scripts of a few statements, as most are, do without all this, and without loading it. */
export const KEPT_FROM = 8;

/** A statement as it is to be carried out. */
export interface CarriedStatement {
  readonly statement: Statement;
  readonly facts: StatementFacts;
  readonly traits: StatementTraits;
}

export interface ReadStatement extends CarriedStatement {
  readonly execution: StatementExecution;
}

/** What names, types and locks were resolved under. */
interface Surroundings {
  readonly tables: number;
  readonly variables: number;
  readonly globals: number;
  readonly database: string;
  readonly isolation: IsolationLevel;
  readonly inMultiStatement: boolean;
  readonly lockedTables: Session["lockedTables"];
}

interface Entry {
  readonly pattern: ShapePattern;
  lastUse: number;
  /** False once it has turned out that it cannot be kept. */
  isTried: boolean;
  parsed: CarriedStatement | null;
  kept: { readonly read: ReadStatement; readonly under: Surroundings } | null;
  /** Of BEGIN, COMMIT and ROLLBACK, which have nothing to resolve: the statement as it ran before. */
  plain: ReadStatement | null;
  /** The one that came after it the last time: mostly it comes after it again. */
  next: Entry | null;
}

type Values = readonly PlainLiteral["value"][];

export class StatementCache {
  /** By the hash of their shapes; of shapes with one hash the first is kept. */
  readonly #entries = new Map<number, Entry>();
  /** How often shapes were seen that have no entry yet, by their hashes. */
  readonly #seen = new Map<number, number>();
  readonly #keepsFrom: number;
  #uses = 0;
  /** The entry of the statement before; null when that was none of these. */
  #last: Entry | null = null;
  /** How the texts were read that are kept. */
  #reading: ParseOptions | null = null;

  /** `keepsFrom`: the time that a shape is seen and kept, the second at the earliest; before, and with Infinity, it is read in full. */
  constructor(keepsFrom: number) {
    this.#keepsFrom = keepsFrom;
  }

  /** Reads the text, or finds what was read before. Throws 1064 and what else is wrong with a text by itself. */
  read(server: Server, run: StatementRun): ReadStatement {
    if (this.#keepsFrom === Number.POSITIVE_INFINITY || run.session.wire !== null)
      return inFull(server, run);
    const { reading } = run.session.variables;
    if (reading.ansiQuotes || reading.plainBackslash) return inFull(server, run);
    if (reading !== this.#reading) {
      this.clear();
      this.#reading = reading;
    }
    this.#uses += 1;
    const before = this.#last;
    const expected = before?.next ?? null;
    let values = expected === null ? null : valuesLike(run.sql, expected.pattern);
    const entry = values === null ? this.#find(run.sql) : expected;
    if (values === null && entry !== null) values = valuesLike(run.sql, entry.pattern);
    this.#last = values === null ? null : entry;
    if (before !== null) before.next = this.#last;
    if (entry === null || values === null) return inFull(server, run);
    entry.lastUse = this.#uses;
    const { plain } = entry;
    if (plain !== null) {
      plain.execution.begin(run);
      return plain;
    }
    return keptAgain(server, run, entry, values) ?? readToKeep(server, run, entry, values);
  }

  clear(): void {
    this.#entries.clear();
    this.#seen.clear();
    this.#last = null;
  }

  /** By the hash of the text's shape; one that is new is noted. */
  #find(sql: string): Entry | null {
    const shape = textShape(sql);
    if (shape === null) return null;
    const entry = this.#entries.get(shape.hash);
    if (entry !== undefined) return entry;
    const times = (this.#seen.get(shape.hash) ?? 0) + 1;
    if (this.#seen.size >= SEEN_MAX) this.#seen.clear();
    this.#seen.set(shape.hash, times);
    if (times >= this.#keepsFrom - 1) this.#note(shape);
    return null;
  }

  #note(shape: TextShape): void {
    if (this.#entries.size >= ENTRIES_MAX) this.#dropOldest();
    const pattern = patternOf(shape);
    const lastUse = this.#uses;
    const nothing = { parsed: null, kept: null, plain: null, next: null };
    this.#seen.delete(shape.hash);
    this.#entries.set(shape.hash, { pattern, lastUse, isTried: true, ...nothing });
  }

  #dropOldest(): void {
    let oldest: number | null = null;
    let lastUse = Number.POSITIVE_INFINITY;
    for (const [key, entry] of this.#entries) {
      if (entry.lastUse >= lastUse) continue;
      lastUse = entry.lastUse;
      oldest = key;
    }
    if (oldest === null) return;
    const dropped = this.#entries.get(oldest);
    this.#entries.delete(oldest);
    for (const entry of this.#entries.values()) if (entry.next === dropped) entry.next = null;
    if (this.#last === dropped) this.#last = null;
  }
}

function inFull(server: Server, run: StatementRun): ReadStatement {
  return { ...parsedText(run), execution: new StatementExecution(server, run) };
}

function parsedText({ sql, session }: StatementRun): CarriedStatement {
  const { statement, facts } = parseOne(sql, session.variables.reading);
  refuseBadNames(sql, statement);
  return { statement, facts, traits: traitsOf(statement) };
}

/** The statement of that shape, its literals exchanged; null when there is none, or the values decide otherwise. */
function keptAgain(
  server: Server,
  run: StatementRun,
  entry: Entry,
  values: Values,
): ReadStatement | null {
  const { kept } = entry;
  if (kept === null) return null;
  const { read, under } = kept;
  if (!isUnder(server, run.session, under)) {
    entry.kept = null;
    entry.parsed = null;
    return null;
  }
  const { execution } = read;
  if (execution.resolution?.given.give(values) !== true) return null;
  execution.begin(run);
  return read;
}

function readToKeep(
  server: Server,
  run: StatementRun,
  entry: Entry,
  values: Values,
): ReadStatement {
  const isSameText = values.length === 0;
  const parsed = (isSameText ? entry.parsed : null) ?? parsedText(run);
  const { statement, facts, traits } = parsed;
  const execution = new StatementExecution(server, run);
  const read: ReadStatement = { statement, facts, traits, execution };
  if (isSameText) entry.parsed = parsed;
  if (isSameText && RESOLVES_NOTHING.has(statement.kind)) {
    entry.plain = read;
    return read;
  }
  if (!entry.isTried || entry.kept !== null) return read;
  const nodes = isExecutable(statement) ? keepableLiterals(statement) : null;
  if (nodes === null || !areThose(nodes, textShape(run.sql)?.literals ?? [])) {
    entry.isTried = false;
    return read;
  }
  const under = surroundingsOf(server, run.session);
  execution.keepAs({
    given: new GivenLiterals(nodes, values),
    decide: (isKept) => {
      entry.isTried = isKept && under !== null && readsTransactionalTables(execution);
      if (!entry.isTried || under === null) return;
      entry.parsed = parsed;
      entry.kept = { read, under };
    },
  });
  return read;
}

const RESOLVES_NOTHING: ReadonlySet<Statement["kind"]> = new Set([
  "startTransaction",
  "commit",
  "rollback",
]);

function isExecutable(statement: Statement): statement is Parameters<typeof keepableLiterals>[0] {
  const { kind } = statement;
  return kind === "select" || kind === "insert" || kind === "update" || kind === "delete";
}

/** Every literal of the text stands where another may stand. */
function areThose(
  nodes: NonNullable<ReturnType<typeof keepableLiterals>>,
  literals: readonly PlainLiteral[],
): boolean {
  if (nodes.length !== literals.length) return false;
  return nodes.every(({ span }, at) => {
    const literal = literals[at];
    return literal?.start === span.start && literal.end === span.end;
  });
}

/** Null with temporary tables, whose names come and go. */
function surroundingsOf(server: Server, session: Session): Surroundings | null {
  if (session.temporaryTables.size > 0) return null;
  return {
    tables: server.catalog.version,
    variables: session.variables.version,
    globals: server.globals.version,
    database: session.database,
    isolation: session.engineIsolation,
    inMultiStatement: session.inMultiStatement,
    lockedTables: session.lockedTables,
  };
}

function isUnder(server: Server, session: Session, under: Surroundings): boolean {
  return (
    under.tables === server.catalog.version &&
    under.variables === session.variables.version &&
    under.globals === server.globals.version &&
    under.database === session.database &&
    under.isolation === session.engineIsolation &&
    under.inMultiStatement === session.inMultiStatement &&
    under.lockedTables === session.lockedTables &&
    session.temporaryTables.size === 0
  );
}

/** The cursors of tables without transactions know where the file ended when the statement was resolved. */
function readsTransactionalTables({ server, owner, resolution }: StatementExecution): boolean {
  const uses = resolution?.uses ?? [];
  return uses.every(({ schema, name }) => {
    const table = server.catalog.table(schemaOf(owner, schema), name);
    return table?.engine === "InnoDB";
  });
}
