/**
 * A table's AUTO_INCREMENT counter as one statement uses it.
 *
 *     innodb_autoinc_lock_mode   INSERT ... VALUES            INSERT ... SELECT
 *     0 traditional              AUTO-INC lock, row by row    AUTO-INC lock, row by row
 *     1 consecutive              no lock, unless somebody     AUTO-INC lock until the statement ends
 *                                holds the AUTO-INC lock
 *     2 interleaved              no lock                      no lock
 *
 * A value that a row brings along takes the same lock once it is in, when the counter goes beyond it; an UPDATE of the column
 * locks as INSERT ... SELECT does. The counter is no part of the transaction: nothing gives values back.
 *
 * InnoDB: ha_innodb.cc: ha_innobase::get_auto_increment, innobase_lock_autoinc, innobase_set_max_autoinc, write_row.
 */
import type {
  Answer,
  CounterRange,
  CounterRequest,
  DbError,
  Handler,
  Row,
  Steps,
  WriteResult,
} from "./api.ts";
import { largestWhole, nextCounter } from "./counter.ts";
import type { Storage } from "./storage.ts";
import type { Table, TrxImpl } from "./types.ts";
import { lockTableFor } from "./write/table_lock.ts";

export class AutoIncrementCounter {
  readonly #storage: Storage;
  readonly #trx: TrxImpl;
  readonly #table: Table;
  readonly #column: number;
  readonly #largest: bigint;
  /** InnoDB: autoinc_last_value; 0 before the first request. */
  #lastReserved = 0n;
  /** InnoDB: trx_t::n_autoinc_rows: rows that the values were reserved for and that were not written yet. */
  #rowsExpected = 0n;

  constructor(storage: Storage, trx: TrxImpl, table: Table) {
    this.#storage = storage;
    this.#trx = trx;
    this.#table = table;
    this.#column = table.def.columns.findIndex((column) => column.autoIncrement);
    this.#largest = largestWhole(table.def.columns[this.#column]?.type);
  }

  *reserve(request: CounterRequest): Steps<CounterRange | "exhausted" | DbError> {
    const mode = this.#storage.context.autoincLockMode();
    const locking = this.#lock(request.isCountKnown);
    const locked = locking === null ? "ok" : yield* locking;
    if (locked !== "ok") return locked;
    this.#table.counterSequence = request;
    const counter = this.#inSequence(this.#table.autoIncrement);
    let first = request.atLeast;
    if (this.#rowsExpected === 0n) {
      this.#rowsExpected = request.count > 0n ? request.count : 1n;
      if (counter > first) first = counter;
    } else if (this.#lastReserved === 0n) {
      if (counter > first) first = counter;
    }
    const count = this.#rowsExpected;
    if (first >= ULLONG_MAX) return "exhausted";
    if (mode === 0) this.#lastReserved = 0n;
    else {
      const from = first > this.#largest ? counter : first;
      this.#lastReserved = nextCounter(from, count, this.#table.counterSequence, this.#largest);
      if (this.#lastReserved < first) return "exhausted";
      this.#raise(this.#lastReserved);
    }
    return { first, count };
  }

  /** A row is about to be tried (InnoDB: dict_table_autoinc_log, from row_ins_clust_index_entry_low). */
  rowBegins(row: Row): void {
    const value = row[this.#column];
    if (typeof value !== "number" && typeof value !== "bigint") return;
    if (value > this.#table.autoIncrementLogged) this.#table.autoIncrementLogged = BigInt(value);
  }

  /** A row was tried: the counter goes beyond a value that it did not reserve itself. */
  rowWritten(
    row: Row,
    isIn: boolean,
    { onDuplicate, rows }: Parameters<Handler["writeRow"]>[1],
  ): Answer<WriteResult> {
    if (this.#column < 0) return "ok";
    if (this.#rowsExpected > 0n) this.#rowsExpected -= 1n;
    const value = row[this.#column] ?? null;
    if (value === null || typeof value === "string") return "ok";
    const counts = isIn ? value >= this.#lastReserved : onDuplicate === "replace";
    return counts ? this.note(value, rows ?? "unlocked") : "ok";
  }

  noteRow(row: Row): Answer<WriteResult> {
    const value = row[this.#column] ?? null;
    return value === null || typeof value === "string" ? "ok" : this.note(value, "known");
  }

  /** `rows`: whether the statement knows how many it writes; "unlocked" for a table that nobody else sees. */
  note(value: number | bigint, rows: "known" | "unknown" | "unlocked"): Answer<WriteResult> {
    if (value <= 0 || value > this.#largest) return "ok";
    const locking = rows === "unlocked" ? null : this.#lock(rows === "known");
    if (locking !== null) return this.#noteLater(value, locking);
    this.#raise(nextCounter(BigInt(value), 1n, this.#table.counterSequence, this.#largest));
    return "ok";
  }

  *#noteLater(value: number | bigint, locking: Steps<WriteResult>): Steps<WriteResult> {
    const locked = yield* locking;
    if (locked !== "ok") return locked;
    this.#raise(nextCounter(BigInt(value), 1n, this.#table.counterSequence, this.#largest));
    return "ok";
  }

  /** The AUTO-INC lock, where the mode asks for it (InnoDB: innobase_lock_autoinc). */
  #lock(isCountKnown: boolean): Steps<WriteResult> | null {
    const mode = this.#storage.context.autoincLockMode();
    if (mode === 2 || (mode === 1 && this.#mayPassBy(isCountKnown))) return null;
    return lockTableFor(this.#storage, this.#trx, this.#table, "AUTO_INC", "autoInc");
  }

  #raise(counter: bigint): void {
    if (counter > this.#table.autoIncrement) this.#table.autoIncrement = counter;
  }

  /** Mode 1: a statement that knows its rows takes no lock, as long as nobody else has it. */
  #mayPassBy(isCountKnown: boolean): boolean {
    return isCountKnown && this.#table.locks.every((lock) => lock.mode !== "AUTO_INC");
  }

  #inSequence(counter: bigint): bigint {
    const { offset, increment } = this.#table.counterSequence;
    if (increment === 1n || counter >= this.#largest || increment > ULLONG_MAX - counter)
      return counter;
    // An offset beyond the increment makes the 64 bits wrap around.
    const steps = BigInt.asUintN(64, counter - 1n + increment - offset) / increment;
    const next = BigInt.asUintN(64, steps * increment + offset);
    return next >= this.#largest ? counter : next;
  }
}

/**
 * A session opens the table: where the next value is one that a row was tried with, which failed or still waits, it is taken
 * for a counter that has just been read from the dictionary, and the one behind it is next (InnoDB: ha_innobase::open).
 */
export function counterOpened(table: Table): void {
  const counter = table.autoIncrement;
  if (counter !== table.autoIncrementLogged) return;
  const column = table.def.columns.find((candidate) => candidate.autoIncrement);
  const plain = { offset: 0n, increment: 1n };
  table.autoIncrement = nextCounter(counter, 1n, plain, largestWhole(column?.type));
}

const ULLONG_MAX = (1n << 64n) - 1n;
