/**
 * The AUTO_INCREMENT column of one INSERT (MySQL: handler::update_auto_increment, innodb_autoinc_lock_mode = 2).
 *
 * Values are reserved in one piece for VALUES lists, in pieces of 1, 2, 4, ... 65535 where the number of rows is not known.
 */
import type { AutoIncrementStep, Datum, Handler, Row } from "../../innodb/api.ts";
import type { BaseTable, StatementContext } from "../context.ts";
import { sqlMode } from "../types/eval_env.ts";

/** MySQL: AUTO_INC_DEFAULT_NB_MAX. */
const PIECE_MAX = 65535;

export class AutoIncrement {
  /** The first value generated for a row that went in: LAST_INSERT_ID(). */
  firstGenerated: number | null = null;
  /** The explicit value of the last row, for the client's insert id. */
  lastExplicit = 0;
  private readonly column: number;
  private readonly handler: Handler;
  private readonly rowCount: number | null;
  private readonly step: AutoIncrementStep;
  private readonly zeroIsValue: boolean;
  private next = 0;
  private left = 0;
  private pieces = 0;
  private isGenerated = false;

  constructor(ctx: StatementContext, table: BaseTable, handler: Handler, rowCount: number | null) {
    this.column = table.columns.findIndex((column) => column.autoIncrement);
    this.handler = handler;
    this.rowCount = rowCount;
    this.step = {
      step: Number(ctx.systemVariable("session", "auto_increment_increment")),
      offset: Number(ctx.systemVariable("session", "auto_increment_offset")),
    };
    this.zeroIsValue = this.column >= 0 && /NO_AUTO_VALUE_ON_ZERO/i.test(sqlMode(ctx));
  }

  /** The row with its generated value, where the column was left out, NULL or 0. */
  fill(row: Row): Row {
    this.isGenerated = false;
    if (this.column < 0) return row;
    const given: Datum = row[this.column] ?? null;
    if (given !== null && (given !== 0 || this.zeroIsValue)) {
      this.passOver(Number(given));
      return row;
    }
    this.isGenerated = true;
    return row.with(this.column, this.take());
  }

  noteInserted(row: Row): void {
    if (this.column < 0) return;
    const value = Number(row[this.column] ?? 0);
    if (this.isGenerated) this.firstGenerated ??= value;
    else this.lastExplicit = value;
    this.noteValue(row);
  }

  /**
   * The counter goes beyond a value that a row brought itself: once the row is in, and for REPLACE and INSERT ... SELECT
   * also when it met a duplicate (InnoDB: ha_innobase::write_row, set_max_autoinc).
   */
  noteValue(row: Row): void {
    const value = this.column < 0 || this.isGenerated ? null : (row[this.column] ?? null);
    if (typeof value === "number" || typeof value === "bigint") {
      this.handler.noteAutoIncrement(value);
    }
  }

  /** The row did not go in: the next one gets its generated value (MySQL: restore_auto_increment). */
  giveBack(): void {
    if (!this.isGenerated) return;
    this.next -= this.step.step;
    this.left += 1;
  }

  /** Values after an explicit one go on behind it (MySQL: adjust_next_insert_id_after_explicit_value). */
  private passOver(explicit: number): void {
    if (this.pieces === 0 || explicit < this.next) return;
    const end = this.next + this.left * this.step.step;
    this.next = this.after(explicit);
    this.left = Math.max(0, Math.ceil((end - this.next) / this.step.step));
  }

  private take(): number {
    if (this.left === 0) {
      const isKnown = this.pieces === 0 && this.rowCount !== null;
      const count = isKnown ? (this.rowCount ?? 1) : Math.min(2 ** this.pieces, PIECE_MAX);
      this.pieces += 1;
      this.next = this.after(this.handler.reserveAutoIncrement(count, this.step) - 1);
      this.left = count;
    }
    const value = this.next;
    this.next = this.after(value);
    this.left -= 1;
    return value;
  }

  /** The next of offset, offset + step, offset + 2 * step, ... (MySQL: compute_next_insert_id). */
  private after(value: number): number {
    const { step, offset } = this.step;
    if (step === 1) return value + 1;
    const next = Math.floor((value + step - offset) / step) * step + offset;
    return next <= value ? value + step : next;
  }
}
