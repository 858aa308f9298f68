/**
 * InnoDB's deadlock log as text: the LATEST DETECTED DEADLOCK of SHOW ENGINE INNODB STATUS, whole or only that section, or
 * what innodb_print_all_deadlocks writes to the error log. 5.7, 8.0, 9 and MariaDB differ in which locks they list and in
 * what order, so a lock is counted to the transaction that its own line names, not to the heading above it.
 *
 * InnoDB: lock0lock.cc: Deadlock_notifier::notify, lock_rec_print; rem0rec.cc: rec_print_new.
 */

import { isOnSameRecord, isQueuedBehind } from "./deadlock_queue.ts";

/** A field of a record; null: SQL NULL. Longer ones are cut after 30 bytes. */
export interface LogField {
  readonly bytes: readonly number[];
  readonly isCut: boolean;
  /** The log does not show it: what a statement says. */
  readonly named?: bigint | string;
}

/** A record as its fields' bytes; null is SQL's NULL. */
export interface LogRecord {
  readonly isSupremum: boolean;
  readonly isDeleted: boolean;
  readonly fields: readonly (LogField | null)[];
}

/** A lock that is held or waited for, with the records that are printed below it. */
export interface LogLock {
  readonly schema: string;
  readonly table: string;
  /** Null: the lock is the table's. */
  readonly index: string | null;
  /** "S" or "X", or a table lock's mode. */
  readonly mode: string;
  readonly shape: "ordinary" | "gap" | "recNotGap";
  readonly isInsertIntention: boolean;
  readonly records: readonly LogRecord[];
}

/** A transaction of the deadlock. `id` is its trx id, `thread` the connection's, `sql` the statement that was running. */
export interface LogTrx {
  /** From 1: `*** (1) TRANSACTION`. */
  readonly number: number;
  readonly id: string;
  readonly thread: string;
  readonly line: number;
  readonly sql: string;
  readonly undoEntries: number;
  readonly lockStructs: number;
  /** Locks of records, the one that is waited for among them; 0: the log does not say. */
  readonly rowLocks: number;
  /** How many tables its statement has opened; 0: the log does not say. */
  readonly tablesInUse: number;
  readonly holds: readonly LogLock[];
  readonly waits: LogLock | null;
}

/** LATEST DETECTED DEADLOCK as it was printed; lines count from 1. */
export interface DeadlockLog {
  readonly line: number;
  /** From its first transaction's heading to the line that names the victim. */
  readonly text: string;
  readonly trxs: readonly LogTrx[];
  /** The number of the transaction that was rolled back; null: the text ends before. */
  readonly victim: number | null;
}

const FIRST = /^\*\*\* \(1\) TRANSACTION:/;
const MONITOR =
  /^(?:\*\*\* \(\d+\) TRANSACTION:|LATEST DETECTED DEADLOCK$|.* INNODB MONITOR OUTPUT)/m;
const LOCK = /^(?:RECORD LOCKS|TABLE LOCK) /;
const PREFIX =
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s+\d+ \[\w+\](?: \[MY-\d+\])?(?: \[\w+\])?(?: InnoDB:)?[ \t]*/;

/** As it is pasted, or as SHOW CREATE TABLE prints it. */
const TABLE = /^\s*(?:\|.*\|\s*|Create Table:\s*)?CREATE\s+TABLE\b/i;

/** A line that has such quotes and no straight one. */
const CURVED = /^(?=.*[‘’“”])[^'"]*$/;

/** By a heading of the monitor's, or of a transaction in it. */
export function isDeadlockLog(text: string): boolean {
  return MONITOR.test(cleaned(text));
}

/**
 * Without the error log's prefixes and a text editor's curved quotes; what the client printed in one line with `\n` in it gets
 * its lines back.
 */
export function cleaned(text: string): string {
  const lines = text.includes("\\n*** (1) TRANSACTION") ? text.replace(/\\n/g, "\n") : text;
  return lines
    .split("\n")
    .map((line) =>
      line
        .replace(PREFIX, "")
        .replace(/^ +(?=\*\*\* \()/, "")
        .replace(/[ \t]+$/, "")
        .replace(CURVED, (quotes) => quotes.replace(/[‘’]/g, "'").replace(/[“”]/g, '"')),
    )
    .join("\n");
}

/** Every deadlock of the text, which is {@link cleaned}, in its order. */
export function deadlocksIn(text: string): readonly DeadlockLog[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, at) => (FIRST.test(line) ? [at] : []));
  return starts.map((start, at) => readDeadlock(lines, start, starts[at + 1] ?? lines.length));
}

/** The lines of a text that are no log: where tables may have been pasted along. */
export function outsideOf(text: string): string {
  let isInside = false;
  return text
    .split("\n")
    .map((line) => {
      if (/^(?:=+$|.*INNODB MONITOR OUTPUT|LATEST DETECTED DEADLOCK|\*\*\* \(\d+\))/.test(line))
        isInside = true;
      else if (TABLE.test(line)) isInside = false;
      return isInside ? "" : line;
    })
    .join("\n");
}

/** All that are held or waited for. */
export function locksOf(log: DeadlockLog): readonly LogLock[] {
  return log.trxs.flatMap((trx) => [...trx.holds, ...(trx.waits === null ? [] : [trx.waits])]);
}

/**
 * The log begins with the transaction that waits for the one whose request closed the cycle, so that one is (2), whichever
 * number there are.
 */
export function inOrderOfWaiting({ trxs }: DeadlockLog): readonly LogTrx[] {
  return [...trxs.slice(2), ...trxs.slice(0, 2)];
}

function readDeadlock(lines: readonly string[], start: number, end: number): DeadlockLog {
  const heads: { number: number; at: number }[] = [];
  let victim: number | null = null;
  let last = end;
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? "";
    const head = /^\*\*\* \((\d+)\) TRANSACTION:/.exec(line);
    if (head !== null) heads.push({ number: Number(head[1]), at });
    const chosen = /^\*\*\* WE ROLL BACK TRANSACTION \((\d+)\)/.exec(line);
    if (chosen === null) continue;
    victim = Number(chosen[1]);
    last = at;
    break;
  }
  const locks = lines
    .slice(start, last)
    .flatMap((line, at) => (LOCK.test(line) ? [lockAt(lines, start + at)] : []))
    .filter((one) => one !== null);
  const trxs = heads.map(({ number, at }): LogTrx => {
    const header = headerAt(lines, at, last);
    const own = locks.filter(({ trx }) => trx === header.id);
    const holds = own.filter((one) => !one.isWaiting).map(({ lock }) => lock);
    return {
      number,
      ...header,
      holds: holds.filter((lock, place) => holds.findIndex((one) => isSame(one, lock)) === place),
      waits: own.find((one) => one.isWaiting)?.lock ?? null,
    };
  });
  const text = lines.slice(start, victim === null ? afterLog(lines, start, end) : last + 1);
  return { line: start + 1, text: text.join("\n").trimEnd(), trxs: withHolders(trxs), victim };
}

/** Where a log that is cut off ends: tables may be pasted behind it. */
function afterLog(lines: readonly string[], start: number, end: number): number {
  const table = lines.findIndex((line, at) => at > start && at < end && TABLE.test(line));
  return table < 0 ? end : table;
}

/** The lines that InnoDB prints of a transaction before its statement; some tools leave the later ones out. */
const HEADING =
  /^(?:(?:---)?TRANSACTION [\dA-F]+|mysql tables in use |(?:[A-Z]+ )*\d+ lock struct\(s\)|(?:MySQL|MariaDB) thread id |Trx read view |undo log entries |$)/;

/** From the transaction's heading to the next one. */
function headerAt(lines: readonly string[], at: number, end: number) {
  let next = at + 1;
  while (next < end && !/^\*\*\* /.test(lines[next] ?? "")) next += 1;
  const part = lines.slice(at + 1, next);
  const all = part.join("\n");
  const first = part.findIndex((line) => !HEADING.test(line));
  const told = (first < 0 ? part.length : first) - 1;
  const number = (found: RegExp): number => Number(found.exec(all)?.[1] ?? 0);
  const until = part.findIndex((line, place) => place > told && LOCK.test(line));
  const sql = part.slice(told + 1, until < 0 ? part.length : until);
  return {
    id: /^(?:---)?TRANSACTION ([\dA-F]+)/m.exec(all)?.[1] ?? "",
    thread: /^(?:MySQL|MariaDB) thread id (\d+)/m.exec(all)?.[1] ?? "",
    line: at + 1 + told + 2,
    sql: sql.join("\n").trim(),
    undoEntries: number(/undo log entries (\d+)/),
    lockStructs: number(/(\d+) lock struct\(s\)/),
    rowLocks: number(/(\d+) row lock\(s\)/),
    tablesInUse: number(/mysql tables in use (\d+)/),
  };
}

function lockAt(lines: readonly string[], at: number) {
  const line = lines[at] ?? "";
  const found =
    /(?:index [`"]?([^`"\s]+)[`"]?\s+of\s+)?table\s+[`"]?([^`".]+)[`"]?\.[`"]?([^`"\s]+)[`"]?.* trx id ([\dA-F]+) lock[_ ]mode:? (\S+)(.*)$/.exec(
      line,
    );
  if (found === null) return null;
  const [, index, schema = "", table = "", trx = "", mode = "", rest = ""] = found;
  const shape = rest.includes("rec but not gap")
    ? "recNotGap"
    : rest.includes("gap before rec")
      ? "gap"
      : "ordinary";
  const lock: LogLock = {
    schema,
    table,
    index: index ?? null,
    mode,
    shape,
    isInsertIntention: rest.includes("insert intention"),
    records: recordsAfter(lines, at),
  };
  return { trx, isWaiting: / waiting\b/.test(rest), lock };
}

function recordsAfter(lines: readonly string[], at: number): readonly LogRecord[] {
  const records: { isDeleted: boolean; fields: (LogField | null)[] }[] = [];
  for (const line of lines.slice(at + 1)) {
    if (/^\*\*\* |^-{4,}|^TRANSACTION /.test(line) || LOCK.test(line)) break;
    const head = /^Record lock, heap no \d+(?:.*info bits (\d+))?/.exec(line);
    if (head !== null) records.push({ isDeleted: (Number(head[1] ?? 0) & 32) !== 0, fields: [] });
    const field = /^\s*\d+: (?:len \d+; hex ([0-9a-f]*);(.*)|SQL NULL.*)$/.exec(line);
    if (field === null) continue;
    const bytes = (field[1]?.match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16));
    const isCut = /\(total \d+ bytes/.test(field[2] ?? "");
    records.at(-1)?.fields.push(field[1] === undefined ? null : { bytes, isCut });
  }
  return records.map(({ isDeleted, fields }) => ({
    isDeleted,
    fields,
    isSupremum: isSupremum(fields),
  }));
}

/** Its only field is its name. */
function isSupremum(fields: readonly (LogField | null)[]): boolean {
  const bytes = fields[0]?.bytes ?? [];
  return fields.length === 1 && SUPREMUM.every((byte, at) => bytes[at] === byte);
}

const SUPREMUM = [0x73, 0x75, 0x70, 0x72, 0x65, 0x6d, 0x75, 0x6d];

/**
 * 5.7 does not print what the first one holds: it is in the way of the one whose lock nobody is said to hold, by a lock or by
 * nothing but its place in the queue.
 */
export function withHolders(trxs: readonly LogTrx[]): readonly LogTrx[] {
  return trxs.map((trx, at) => {
    if (trx.holds.length > 0) return trx;
    const before = trxs[(at + trxs.length - 1) % trxs.length];
    const waits = before?.waits;
    if (waits === null || waits === undefined || waits.index === null) return trx;
    if (before !== undefined && isQueuedBehind(before, trx)) return trx;
    const shape = waits.isInsertIntention ? "gap" : "recNotGap";
    // It goes with what the other one holds there.
    const isShared = before?.holds.some((lock) => lock.mode === "S" && isOnSameRecord(lock, waits));
    const mode = isShared && !waits.isInsertIntention ? "S" : "X";
    return { ...trx, holds: [{ ...waits, mode, shape, isInsertIntention: false }] };
  });
}

function isSame(one: LogLock, other: LogLock): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
