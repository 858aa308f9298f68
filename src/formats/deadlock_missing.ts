/**
 * What a deadlock log that was cut off or written short does not show is taken from its statements, and each guess is said.
 *
 *     a lock that is waited for, without a record   the row that the holder's lock shows, or that WHERE names
 *     a transaction without WAITING                 the lock of the other, on the row that its own statement names
 *     a lock that is held, without a record         the row that the one before waits for
 */
import type { Expression } from "../sql/ast_expression.ts";
import { parseStatement } from "../sql/parser.ts";
import { lockText } from "./deadlock_check.ts";
import {
  type DeadlockLog,
  type LogField,
  type LogLock,
  type LogRecord,
  type LogTrx,
  withHolders,
} from "./deadlock_log.ts";
import type { TableShape } from "./deadlock_tables.ts";
import type { RemarkKind } from "./imported.ts";
import { conjuncts, usedNames, walk } from "./statement_names.ts";

/** A remark on what the log does not say and was made up. */
export interface Guess {
  readonly line: number;
  readonly kind: Extract<
    RemarkKind,
    "guessedWait" | "guessedRecord" | "noWait" | "noRecord" | "noVictim"
  >;
  readonly detail: string;
}

/** `statements`: the log's own, without database names; `given`: the tables that were pasted along. */
export function completed(
  log: DeadlockLog,
  statements: readonly string[],
  given: readonly TableShape[],
): { readonly log: DeadlockLog; readonly guesses: readonly Guess[] } {
  const guesses: Guess[] = [];
  const say = (trx: LogTrx, kind: Guess["kind"], detail: string): void => {
    guesses.push({ line: trx.line, kind, detail: `(${trx.number}) ${detail}`.trim() });
  };
  const made = log.trxs.flatMap(({ waits }, at) => {
    const sql = statements[at] ?? "";
    const lock = waits ?? guessedWait(log, sql);
    const isMissing = lock !== null && lock.records.length === 0 && lock.index !== null;
    const rec = isMissing ? recordFor(lock, at + 1, sql) : null;
    return lock === null || rec === null ? [] : [{ lock, rec }];
  });
  const waiting = log.trxs.map((trx, at): LogTrx => {
    const sql = statements[at] ?? "";
    const waits = trx.waits ?? guessedWait(log, sql);
    if (waits === null) {
      say(trx, "noWait", sql);
      return trx;
    }
    if (trx.waits === null) say(trx, "guessedWait", lockText(waits));
    if (waits.records.length > 0 || waits.index === null) return { ...trx, waits };
    const held = heldRecords(log, trx, waits);
    const rec = held.length > 0 ? null : madeFor(waits, recordFor(waits, at + 1, sql));
    const records = rec === null ? held : [rec];
    const key = rec?.fields[0]?.named ?? null;
    const row = rec?.isSupremum ? " @ supremum" : key === null ? "" : ` @ ${key}`;
    say(trx, records.length > 0 ? "guessedRecord" : "noRecord", `${lockText(waits)}${row}`);
    return { ...trx, waits: { ...waits, records } };
  });
  const trxs = waiting.map((trx, at) => {
    const before = waiting[(at + waiting.length - 1) % waiting.length]?.waits;
    const holds = trx.holds.map((lock) => {
      const isThere = before?.table === lock.table && before.index === lock.index;
      return lock.records.length > 0 || !isThere ? lock : { ...lock, records: before.records };
    });
    return { ...trx, holds };
  });
  if (log.victim === null)
    guesses.push({
      line: log.line,
      kind: "noVictim",
      detail: log.trxs.map((trx) => `(${trx.number})`).join(", "),
    });
  return { log: { ...log, trxs: withHolders(trxs) }, guesses };

  function recordFor(lock: LogLock, number: number, sql: string): LogRecord | null {
    const columns = columnsOf(lock);
    if (!lock.isInsertIntention || lock.shape !== "gap")
      return namedRecord(lock, number, sql, columns);
    return askedBehind(lock, columns, sql) ?? recordBehind(lock, columns, statements);
  }

  /** The record behind what `sql` inserts that another asks for and names. */
  function askedBehind(
    lock: LogLock,
    columns: readonly (string | undefined)[],
    sql: string,
  ): LogRecord | null {
    const inserted = namedValues(sql).get(columns[0]?.toLowerCase() ?? "");
    if (inserted === undefined) return null;
    for (const [at, { waits }] of log.trxs.entries()) {
      if (waits === null || waits.isInsertIntention || waits.records.length > 0) continue;
      if (waits.table !== lock.table || waits.index !== lock.index) continue;
      const rec = namedRecord(waits, at + 1, statements[at] ?? "", columns);
      const key = rec?.fields[0]?.named ?? null;
      if (rec !== null && key !== null && asNumber(key) > asNumber(inserted)) return rec;
    }
    return null;
  }

  /** The one that was made first for a lock of the index, if it has the same key. */
  function madeFor(lock: LogLock, rec: LogRecord | null): LogRecord | null {
    const parts = columnsOf(lock).length;
    const key = (one: LogRecord): string =>
      one.fields
        .slice(0, parts)
        .map((field) => field?.named)
        .join();
    const there = made.find(
      (one) =>
        one.lock.table === lock.table &&
        one.lock.index === lock.index &&
        (rec === null || key(one.rec) === key(rec)),
    );
    return there?.rec ?? rec;
  }

  function columnsOf(lock: LogLock): readonly (string | undefined)[] {
    const shape = given.find((one) => one.name.toLowerCase() === lock.table.toLowerCase());
    const index = shape?.indexes.find((one) => one.name === lock.index);
    if (shape !== undefined) return index?.columns.map((at) => shape.columns[at]?.name) ?? [];
    const used = usedNames(statements, lock.table);
    if (lock.index !== "PRIMARY") return used.columnsFor(lock.index ?? "");
    const others = log.trxs
      .flatMap((trx) => [...trx.holds, ...(trx.waits === null ? [] : [trx.waits])])
      .flatMap((one) => used.columnFor(one.index ?? "") ?? []);
    return [used.keys(new Set(others))[0] ?? used.inserted[0]];
  }
}

/** A circle has no transaction that waits for nothing: it waits as the other does. */
function guessedWait(log: DeadlockLog, sql: string): LogLock | null {
  const like = log.trxs.find(({ waits }) => waits !== null && waits.index !== null)?.waits;
  const isData = /^\s*(?:select|insert|replace|update|delete)\b/i.test(sql);
  if (like === null || like === undefined || !isData) return null;
  if (!new RegExp(`\\b${like.table.replace(/\W/g, "\\$&")}\\b`, "i").test(sql)) return null;
  const isInsert = /^\s*(?:insert|replace)\b/i.test(sql);
  if (isInsert === like.isInsertIntention) return { ...like, records: [] };
  const mode = isInsert ? "S" : "X";
  return { ...like, mode, shape: "recNotGap", isInsertIntention: false, records: [] };
}

function heldRecords(log: DeadlockLog, trx: LogTrx, lock: LogLock): readonly LogRecord[] {
  const others = log.trxs.filter((one) => one !== trx);
  const held = others.flatMap((one) => one.holds);
  const waited = lock.isInsertIntention ? [trx, ...others].flatMap((one) => one.waits ?? []) : [];
  const found = [...held, ...waited].find(
    (one) => one.table === lock.table && one.index === lock.index && one.records.length > 0,
  );
  return found?.records ?? [];
}

/** Null where the statement does not name the whole key. An INSERT goes into the gap behind all. */
function namedRecord(
  lock: LogLock,
  number: number,
  sql: string,
  columns: readonly (string | undefined)[],
): LogRecord | null {
  if (lock.isInsertIntention) {
    const bytes = [..."supremum"].map((one) => one.charCodeAt(0));
    return { isSupremum: true, isDeleted: false, fields: [{ bytes, isCut: false }] };
  }
  const values = namedValues(sql);
  const fields = columns.flatMap((name): readonly LogField[] => {
    const named = name === undefined ? undefined : values.get(name.toLowerCase());
    return named === undefined ? [] : [{ bytes: [], isCut: false, named }];
  });
  if (columns.length === 0 || fields.length < columns.length) return null;
  // Behind a secondary key stands the primary one, which nothing tells.
  const primary: LogField = { bytes: [], isCut: false, named: BigInt(number) };
  const isPrimary = lock.index === "PRIMARY";
  return { isSupremum: false, isDeleted: false, fields: isPrimary ? fields : [...fields, primary] };
}

/** Behind all that the statements insert: its key begins with a greater value. */
function recordBehind(
  lock: LogLock,
  columns: readonly (string | undefined)[],
  statements: readonly string[],
): LogRecord | null {
  const values = statements.map((sql) => namedValues(sql));
  const fields = columns.map((name, at): LogField | null => {
    const named = values.flatMap((row) => row.get(name?.toLowerCase() ?? "") ?? []);
    const greatest = named.map(asNumber).reduce((most, one) => (one > most ? one : most), "");
    if (named.length === 0) return null;
    if (at > 0) return { bytes: [], isCut: false, named: greatest };
    const next = typeof greatest === "bigint" ? greatest + 10n : `${greatest}z`;
    return { bytes: [], isCut: false, named: next };
  });
  const whole = fields.filter((field) => field !== null);
  if (columns.length === 0 || whole.length < columns.length) return null;
  const primary: LogField[] =
    lock.index === "PRIMARY" ? [] : [{ bytes: [], isCut: false, named: 1000n }];
  return { isSupremum: false, isDeleted: false, fields: [...whole, ...primary] };
}

/** '18' is written for a number too. */
function asNumber(value: bigint | string): bigint | string {
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? BigInt(value) : value;
}

/** `WHERE id = 5 AND name = 'x'`, `INSERT INTO t (id, name) VALUES (5, 'x')`, by column in lower case. */
function namedValues(sql: string): ReadonlyMap<string, bigint | string> {
  const values = new Map<string, bigint | string>();
  const parsed = parseStatement(sql);
  if (!parsed.ok) return values;
  const note = (column: Expression, value: Expression): void => {
    if (column.kind !== "column") return;
    const name = column.name.text.toLowerCase();
    if (value.kind === "integer") values.set(name, BigInt(value.text));
    if (value.kind === "string") values.set(name, value.value);
  };
  const { statement } = parsed;
  if (statement.kind === "insert") {
    const { source, columns } = statement;
    const row = source.kind === "insertValues" ? (source.rows[0]?.values ?? []) : [];
    for (const [at, column] of (columns ?? []).entries()) note(column, row[at] ?? column);
    return values;
  }
  let where: Expression | null = null;
  walk(statement, (node) => {
    where ??= (node.where ?? null) as Expression | null;
  });
  for (const part of conjuncts(where)) {
    if (part.kind !== "comparison" || part.operator !== "=") continue;
    note(part.left, part.right);
    note(part.right, part.left);
  }
  return values;
}
