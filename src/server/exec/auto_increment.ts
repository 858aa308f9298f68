/**
 * The AUTO_INCREMENT column of one INSERT into a table that has one.
 *
 *     auto_increment_increment 10, _offset 3, three rows:   the engine gives [3, 33)   rows get 3, 13, 23
 *
 * Values are asked of the engine in one piece for VALUES lists, in pieces of 1, 2, 4, ... where the number of rows is not
 * known. A value that does not fit the column is cut to the largest one (1264, an error in strict mode); asking beyond that is
 * error 1467.
 *
 * Beyond 64 bits the sequence does not wrap around: 1264 with the table's name, and its own number where the row should be.
 *
 * MySQL: handler::update_auto_increment, compute_next_insert_id, prev_insert_id, restore_auto_increment,
 * adjust_next_insert_id_after_explicit_value.
 */
import type { Datum, Handler, Row, WriteResult } from "../../innodb/api.ts";
import { largestWhole } from "../../innodb/counter.ts";
import type { Answer, BaseTable, Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { dataProblem, type EvalEnv, hasSqlMode } from "../types/eval_env.ts";
import { type Whole, wholeOf } from "../types/integer.ts";
import { dbFailure } from "./db_failure.ts";

export class AutoIncrement {
  /** The first value generated for a row that went in: LAST_INSERT_ID(). */
  firstGenerated: Whole | null = null;
  /** The explicit value of the last row, for the client's insert id. */
  lastExplicit: Whole = 0;
  private readonly table: BaseTable;
  private readonly column: number;
  private readonly handler: Handler;
  private readonly env: EvalEnv;
  /** Of a VALUES list; null where it is not known. */
  private readonly rowCount: number | null;
  private readonly largest: bigint;
  private readonly offset: bigint;
  private readonly increment: bigint;
  private readonly keepsZero: boolean;
  /** MySQL: next_insert_id; 0 until a value was generated. */
  private next = 0n;
  private nextBefore = 0n;
  /** MySQL: auto_inc_interval_for_cur_row.minimum(), maximum(). */
  private start = 0n;
  private end = 0n;
  private pieces = 0;
  /** MySQL: insert_id_for_cur_row; 0 for an explicit value. */
  private generated = 0n;

  constructor(table: BaseTable, handler: Handler, env: EvalEnv, rowCount: number | null) {
    this.table = table;
    this.column = table.columns.findIndex((column) => column.autoIncrement);
    this.handler = handler;
    this.env = env;
    this.rowCount = rowCount;
    const variable = (name: string) => BigInt(Number(env.ctx.systemVariable("session", name)));
    this.largest = largestWhole(table.columns[this.column]?.type);
    this.offset = variable("auto_increment_offset");
    this.increment = variable("auto_increment_increment");
    this.keepsZero = hasSqlMode(env.ctx, "NO_AUTO_VALUE_ON_ZERO");
  }

  /** The row with its generated value, where the column was left out, NULL or 0. Throws 1467, 1264. */
  *fill(row: Row): Exec<Row> {
    const given: Datum = row[this.column] ?? null;
    this.nextBefore = this.next;
    if (given !== null && (given !== 0 || this.keepsZero)) {
      this.generated = 0n;
      this.passOver(row);
      return row;
    }
    this.generated = yield* this.take();
    this.next = this.after(this.generated);
    return row.with(this.column, wholeOf(this.generated));
  }

  /** SET insert_id is for one statement that asks for a value. MySQL: ha_release_auto_increment. */
  finish(): void {
    if (this.next > 0n) this.env.ctx.insertId.value = null;
  }

  noteInserted(row: Row): void {
    if (this.generated > 0n) this.firstGenerated ??= wholeOf(this.generated);
    else this.lastExplicit = wholeOf(wholeFrom(row[this.column] ?? 0));
  }

  /** INSERT ... SELECT met a duplicate: the counter goes beyond the value all the same (InnoDB: ha_innobase::write_row). */
  noteDuplicate(row: Row): Answer<WriteResult> {
    const value = row[this.column] ?? null;
    if (typeof value !== "number" && typeof value !== "bigint") return "ok";
    return this.handler.noteAutoIncrement(value);
  }

  /** REPLACE does not replace the row that has the value just generated. */
  madeKey({ index }: { readonly index: number }): boolean {
    const key = this.table.info.indexes.find((known) => known.id === index);
    return this.generated > 0n && key?.parts[0]?.column === this.column;
  }

  /** The row did not go in: the next one gets its generated value. */
  giveBack(): void {
    this.next = this.nextBefore > 0n ? this.nextBefore : this.generated;
  }

  /**
   * Whether ON DUPLICATE KEY UPDATE gives the value generated for the new row to the one that is there; it may not take one
   * reserved for another row. Throws 1869.
   */
  isTakenBy(row: Row): boolean {
    const value = wholeFrom(row[this.column] ?? null);
    if (this.generated === 0n) return false;
    if (value === this.generated) return true;
    if (this.start <= value && value < this.end) throw mysqlError("ER_AUTO_INCREMENT_CONFLICT");
    return false;
  }

  /** Values after an explicit one go on behind it. */
  private passOver(row: Row): void {
    if (this.column < 0) return;
    const explicit = wholeFrom(row[this.column] ?? null);
    if (explicit > 0n && this.next > 0n && explicit >= this.next) this.next = this.after(explicit);
  }

  private *take(): Exec<bigint> {
    if (this.next > this.largest) throw mysqlError("ER_AUTOINC_READ_FAILED");
    if (this.next > 0n && this.next < this.end) return this.fitting(this.next);
    if (this.pieces === 0 && this.env.ctx.insertId.value !== null) {
      this.pieces += 1;
      this.end = UNLIMITED;
      return this.fitting(this.env.ctx.insertId.value);
    }
    const isFirst = this.pieces === 0 && this.rowCount !== null;
    const count = isFirst ? (this.rowCount ?? 1) : 2 ** Math.min(this.pieces, PIECES_MAX);
    const piece = yield* this.handler.reserveAutoIncrement({
      count: BigInt(count),
      atLeast: this.next,
      offset: this.offset,
      increment: this.increment,
      isCountKnown: this.rowCount !== null,
    });
    if (piece === "exhausted") throw mysqlError("ER_AUTOINC_READ_FAILED");
    if ("err" in piece) throw dbFailure(piece, this.table);
    const value = this.after(piece.first - 1n);
    if (value === UNLIMITED)
      throw mysqlError("ER_WARN_DATA_OUT_OF_RANGE", this.table.name, AUTOINC_ERANGE);
    const first = this.fitting(value);
    this.pieces += 1;
    this.start = first;
    this.end = piece.count === null ? UNLIMITED : first + piece.count * this.increment;
    return first;
  }

  /** The value as the column takes it. */
  private fitting(value: bigint): bigint {
    if (value <= this.largest) return value;
    const column = this.table.columns[this.column]?.name ?? "";
    dataProblem(this.env, "ER_WARN_DATA_OUT_OF_RANGE", column, this.env.rowNumber);
    if (this.largest < this.offset || this.increment === 1n) return this.largest;
    return ((this.largest - this.offset) / this.increment) * this.increment + this.offset;
  }

  /** The smallest value of the sequence beyond this one; the largest of all where 64 bits wrap around. */
  private after(value: bigint): bigint {
    if (this.increment === 1n) return value + 1n;
    const { offset, increment } = this;
    const steps = BigInt.asUintN(64, value + increment - offset) / increment;
    const next = BigInt.asUintN(64, steps * increment + offset);
    return next > value ? next : UNLIMITED;
  }
}

/** MySQL: AUTO_INC_DEFAULT_NB_MAX_BITS. */
const PIECES_MAX = 16;

/** MySQL: HA_ERR_AUTOINC_ERANGE. */
const AUTOINC_ERANGE = 167;

const UNLIMITED = (1n << 64n) - 1n;

function wholeFrom(value: Datum): bigint {
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 0n;
}
