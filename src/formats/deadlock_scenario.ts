/**
 * A deadlock log as a scenario that comes to the same deadlock: tables, the rows that the log shows, for each transaction a
 * made-up statement that takes what it is said to hold, then the statements of the log in the order in which they began.
 */
import { parseStatement } from "../sql/parser.ts";
import type { SessionName } from "../trace/ids.ts";
import { ScenarioBuilder } from "./builder.ts";
import { type ExpectedDeadlock, lockText } from "./deadlock_check.ts";
import { guessedChildren, insertionOfChild } from "./deadlock_children.ts";
import {
  cleaned,
  type DeadlockLog,
  deadlocksIn,
  inOrderOfWaiting,
  type LogLock,
  type LogTrx,
  locksOf,
  outsideOf,
} from "./deadlock_log.ts";
import { completed } from "./deadlock_missing.ts";
import { namesByValue } from "./deadlock_names.ts";
import { addNeighbours } from "./deadlock_neighbours.ts";
import { isAskingAgain } from "./deadlock_queue.ts";
import { addFound, related } from "./deadlock_relations.ts";
import { type Row, Rows } from "./deadlock_rows.ts";
import { guessedTable, type TableShape, tablesIn } from "./deadlock_tables.ts";
import { extraRows, WORK_TABLE, workStatement } from "./deadlock_weights.ts";
import { names, searchesBy, takeBack, whereOf } from "./deadlock_writes.ts";
import { type ImportedScenario, type ImportResult, SCENARIOS_MAX } from "./imported.ts";
import { ownLetter } from "./letters.ts";
import { deleteOf, statementsTaking } from "./lock_statements.ts";
import { tablesNamed, usedNames } from "./statement_names.ts";

const DATA_STATEMENTS = ["select", "insert", "update", "delete"];

/** `madeUp`: the words that a made-up statement has as its comment. */
export function readDeadlockLog(given: string, title: string, madeUp: string): ImportResult {
  const text = cleaned(given);
  const logs = deadlocksIn(text);
  const format = "deadlockLog";
  const [log] = logs;
  if (log === undefined) return { kind: "incomplete", format, missing: "deadlock" };
  if (log.trxs.length < 2) return { kind: "incomplete", format, missing: "transactions" };
  if (log.trxs.every((trx) => trx.waits === null))
    return { kind: "incomplete", format, missing: "locks" };
  const pasted = tablesIn(outsideOf(text));
  const whole = logs.filter((one) => one.trxs.length > 1).slice(0, SCENARIOS_MAX);
  const scenarios = whole.map((one, at) =>
    rebuilt(one, pasted, whole.length > 1 ? `${title} ${at + 1}` : title, madeUp),
  );
  return { kind: "imported", format, scenarios };
}

function rebuilt(
  printed: DeadlockLog,
  given: readonly TableShape[],
  title: string,
  madeUp: string,
): ImportedScenario {
  const builder = new ScenarioBuilder(title, "");
  const statements = printed.trxs.map(({ sql }) => withoutSchemas(sql, printed));
  const read = asSpelled(printed, given, statements);
  const { log, guesses } = completed(read, statements, given);
  const known = related(log, statements, shapesOf(log, given, statements));
  const shapes = [...known, ...guessedChildren(log, statements, known)];
  const tables = new Map(shapes.map((shape) => [shape.name, new Rows(shape, log)] as const));
  for (const trx of read.trxs) noteWait(builder, read, trx);
  for (const { line, kind, detail } of guesses) builder.remark(line, kind, detail);
  for (const shape of shapes) {
    if (shape.isGuessed) builder.remark(log.line, "guessedTable", shape.sql);
  }
  for (const rows of tables.values()) addNeighbours(log, rows);
  addFound(log, statements, tables);
  for (const [at, trx] of log.trxs.entries()) takeBack(trx, statements[at] ?? "", tables);
  const comment = madeUp === "" ? "" : ` /* ${madeUp} */`;
  const order = log.trxs.toSorted((one, other) => Number(one.id) - Number(other.id));
  const made = new Map(order.map((trx) => [trx, holdsOf(trx, tables)] as const));
  const extra = extraRows(log, made, tables);
  const deleter = deletion(log, tables);
  const holding = order.flatMap((trx) => {
    const work = extra.get(trx.number);
    const own = work === undefined ? [] : [{ trx, sql: workStatement(trx, work), isWork: true }];
    return [...own, ...(made.get(trx) ?? []).map((sql) => ({ trx, sql, isWork: false }))];
  });
  const last = inOrderOfWaiting(log).flatMap((trx) => {
    const sql = statements[log.trxs.indexOf(trx)] ?? "";
    if (isData(sql)) return [{ trx, sql }];
    const rows = trx.waits === null ? undefined : tables.get(trx.waits.table);
    const waiting =
      rows === undefined || trx.waits === null ? [] : statementsTaking(trx.waits, rows, trx);
    const kind = waiting.length > 0 ? "noStatement" : "nothingToRun";
    builder.remark(trx.line, kind, `(${trx.number}) ${sql}`);
    return waiting.slice(0, 1).map((one) => ({ trx, sql: `${one}${comment}` }));
  });
  setUp(builder, shapes, tables, log.line);
  if (extra.size > 0) {
    builder.setUp(`CREATE TABLE ${WORK_TABLE} (id INT NOT NULL PRIMARY KEY)`, log.line);
    const own = order.flatMap((trx) => {
      const rows = extra.get(trx.number);
      return rows === undefined ? [] : [`(${trx.number}) ${workStatement(trx, rows)}`];
    });
    builder.remark(log.line, "weight", own.join("; "));
  }
  const isReadCommitted = leavesGaps(log, statements, tables);
  if (isReadCommitted) builder.remark(log.line, "guessedLevel", "READ COMMITTED");
  for (const trx of order) {
    const label = String(trx.number);
    builder.declare(label);
    if (isReadCommitted)
      builder.run(label, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", trx.line);
    builder.run(label, "BEGIN", trx.line);
  }
  for (const { trx, sql, isWork } of holding) {
    if (!isWork) builder.remark(trx.line, "madeUp", `(${trx.number}) ${sql}`);
    builder.run(String(trx.number), isWork ? sql : `${sql}${comment}`, trx.line);
  }
  // It lets the others go on only when both wait: then they hold their locks on the row that it has deleted.
  const third = String(log.trxs.length + 1);
  if (deleter !== null) {
    builder.run(third, "BEGIN", log.line);
    builder.run(third, `${deleter}${comment}`, log.line);
    builder.remark(log.line, "madeUp", `(${third}) ${deleter}`);
  }
  for (const { trx, sql } of last) builder.run(String(trx.number), sql, trx.line);
  if (deleter !== null) builder.run(third, "COMMIT", log.line);
  return { ...builder.finish("deadlock-log"), deadlock: expectedOf(read), log: read.text };
}

/** Transaction (1) is session A. */
function expectedOf({ trxs, victim }: DeadlockLog): ExpectedDeadlock {
  const sessionOf = (number: number): SessionName | null =>
    ownLetter(String(number)) as SessionName | null;
  const waits = trxs.flatMap(({ number, waits }) => {
    const session = sessionOf(number);
    return session === null || waits === null ? [] : [{ session, lock: lockText(waits) }];
  });
  const weights = trxs.flatMap(({ number, lockStructs, undoEntries }) => {
    const session = sessionOf(number);
    return session === null ? [] : [{ session, weight: lockStructs + undoEntries }];
  });
  const [again = null] = trxs.flatMap((trx) => {
    const behind = trxs.filter((one) => one !== trx && isAskingAgain(trx, one));
    const [session, other] = [trx, ...behind].map(({ number }) => sessionOf(number));
    return session && other ? [{ session, behind: other }] : [];
  });
  return { victim: victim === null ? null : sessionOf(victim), waits, weights, again };
}

/** The statement of the log takes a lock of its own on a secondary record before it waits for the row's clustered one. */
function holdsOf(trx: LogTrx, tables: ReadonlyMap<string, Rows>): readonly string[] {
  const made = trx.holds.flatMap((lock) => {
    const rows = tables.get(lock.table);
    if (rows === undefined || deletedIn(lock, rows, trx) !== null || isTakenNow(lock, trx, rows))
      return [];
    const child = insertionOfChild(lock, rows, trx, tables);
    return child === null ? statementsTaking(lock, rows, trx) : [child];
  });
  // Two of its locks may want the same statement.
  return [...new Set(made)];
}

/** A row that another transaction, which has committed, has deleted; its record is still there and an INSERT locked it. */
function deletedIn(lock: LogLock, rows: Rows, trx: LogTrx): Row | null {
  if (lock.mode !== "S" || rows.index(lock)?.isClustered !== true) return null;
  const deleted = lock.records.find((rec) => rec.isDeleted);
  const row = deleted === undefined ? null : rows.rowOf(lock, deleted);
  return row !== null && row.writer !== trx.id ? row : null;
}

/** The statement of the one that deleted it; null where no such row is locked. */
function deletion(log: DeadlockLog, tables: ReadonlyMap<string, Rows>): string | null {
  for (const trx of log.trxs) {
    for (const lock of trx.holds) {
      const rows = tables.get(lock.table);
      const row = rows === undefined ? null : deletedIn(lock, rows, trx);
      if (rows === undefined || row === null || log.trxs.some((one) => one.id === row.writer))
        continue;
      return deleteOf(rows, row);
    }
  }
  return null;
}

function isTakenNow(lock: LogLock, trx: LogTrx, rows: Rows): boolean {
  const { waits } = trx;
  if (waits === null || waits.table !== lock.table) return false;
  if (rows.index(lock)?.isClustered !== false || rows.index(waits)?.isClustered !== true)
    return false;
  const waited = waits.records.map((rec) => rows.rowOf(waits, rec));
  return lock.records.some((rec) => !rec.isSupremum && waited.includes(rows.rowOf(lock, rec)));
}

function setUp(
  builder: ScenarioBuilder,
  shapes: readonly TableShape[],
  tables: ReadonlyMap<string, Rows>,
  line: number,
): void {
  if (shapes.some((shape) => /\bREFERENCES\b/i.test(shape.sql)))
    builder.setUp("SET FOREIGN_KEY_CHECKS = 0", line);
  for (const shape of shapes) {
    builder.setUp(shape.sql, line);
    const rows = tables.get(shape.name);
    const there = rows?.before ?? [];
    if (rows !== undefined && there.length > 0) builder.setUp(rows.insertion(there), line);
  }
}

function shapesOf(
  log: DeadlockLog,
  given: readonly TableShape[],
  statements: readonly string[],
): readonly TableShape[] {
  const locks = locksOf(log);
  const names = [...new Set(locks.map((lock) => lock.table))];
  const missing = names.filter((name) => !given.some((shape) => isNamed(shape, name)));
  const guesses = missing.flatMap((name) => {
    const own = locks.filter((lock) => lock.table === name);
    const isUnique = (index: string): boolean =>
      log.trxs.some(
        (trx, at) =>
          /^\s*(?:insert|replace)\b/i.test(statements[at] ?? "") &&
          [...trx.holds, trx.waits].some((lock) => lock?.index === index && lock.mode === "S"),
      ) || /^(?:uk|uq|uniq|unique)_|_(?:uk|uq|unique)$/i.test(index);
    const named = namesByValue(log, statements, name);
    return guessedTable(name, own, { ...usedNames(statements, name), isUnique, named }) ?? [];
  });
  return [...given, ...guesses];
}

/** A server that keeps names in lower case prints them so; here they are called as the tables and statements call them. */
function asSpelled(
  log: DeadlockLog,
  given: readonly TableShape[],
  statements: readonly string[],
): DeadlockLog {
  const named = statements.flatMap((sql) => tablesNamed(sql).map(({ table }) => table));
  const names = [...given.map(({ name }) => name), ...named];
  const spelled = <L extends LogLock | null>(lock: L): L => {
    const is = (one: string): boolean => one.toLowerCase() === lock?.table.toLowerCase();
    const table = names.find(is);
    return lock === null || table === undefined ? lock : { ...lock, table };
  };
  const trxs = log.trxs.map((trx) => ({
    ...trx,
    holds: trx.holds.map(spelled),
    waits: spelled(trx.waits),
  }));
  return { ...log, trxs };
}

function isNamed(shape: TableShape, name: string): boolean {
  return shape.name.toLowerCase() === name.toLowerCase();
}

/** The tables are made in the one database that is there. */
function withoutSchemas(sql: string, log: DeadlockLog): string {
  const escaped = (one: string): string => one.replace(/\W/g, "\\$&");
  const schemas = new Set(locksOf(log).map(({ schema }) => escaped(schema)));
  const named = tablesNamed(sql).map(({ table }) => table);
  const tables = new Set([...locksOf(log).map(({ table }) => table), ...named].map(escaped));
  const behind = `\\s*\\.\\s*(?=\`?(?:${[...tables].join("|")})\\b)`;
  return [...schemas].reduce(
    (left, from) => left.replace(new RegExp(`\`?\\b${from}\\b\`?${behind}`, "gi"), ""),
    sql,
  );
}

function isData(sql: string): boolean {
  const parsed = parseStatement(sql);
  return parsed.ok && DATA_STATEMENTS.includes(parsed.statement.kind);
}

/** READ COMMITTED shows where a search by an index, or by none, locks nothing but records. */
function leavesGaps(
  log: DeadlockLog,
  statements: readonly string[],
  tables: ReadonlyMap<string, Rows>,
): boolean {
  if ([...tables.values()].some((rows) => rows.hasGaps)) return false;
  return log.trxs.some((trx, at) => {
    const rows = trx.waits === null ? undefined : tables.get(trx.waits.table);
    const index = rows === undefined || trx.waits === null ? null : rows.index(trx.waits);
    const sql = statements[at] ?? "";
    const where = whereOf(sql);
    if (rows === undefined || index === null || where === null) return false;
    if (index.isClustered) return !rows.shape.indexes.some((one) => searchesBy(sql, rows, one));
    const primary = rows.shape.indexes.find((one) => one.isClustered)?.columns ?? [];
    const isNamed = primary.some((one) => names(where, rows.shape.columns[one]?.name ?? "-"));
    return !index.isUnique && searchesBy(sql, rows, index) && !isNamed;
  });
}

function noteWait(builder: ScenarioBuilder, log: DeadlockLog, trx: LogTrx): void {
  const { waits } = trx;
  if (waits === null) return;
  const holders = log.trxs.filter(
    (one) =>
      one !== trx &&
      one.holds.some((lock) => lock.table === waits.table && lock.index === waits.index),
  );
  const by = holders.map((one) => `(${one.number})`).join(", ");
  const victim = log.victim === trx.number ? "✗ " : "";
  builder.remark(
    trx.line,
    "deadlockWait",
    `${victim}(${trx.number})${trx.thread === "" ? "" : ` thread ${trx.thread}`}: ${lockText(waits)}${by === "" ? "" : ` → ${by}`}`,
  );
}
