/**
 * The AUTO_INCREMENT column of one INSERT (MySQL: handler::update_auto_increment, innodb_autoinc_lock_mode = 2).
 *
 * Values are reserved in one piece for VALUES lists, in pieces of 1, 2, 4, ... where the number of rows is not known.
 */
import type { Datum, Handler, Row } from "../../innodb/api.ts";
import type { BaseTable } from "../context.ts";

export class AutoIncrement {
  /** The first value generated for a row that went in: LAST_INSERT_ID(). */
  firstGenerated: number | null = null;
  /** The explicit value of the last row, for the client's insert id. */
  lastExplicit = 0;
  private readonly column: number;
  private readonly handler: Handler;
  private readonly rowCount: number | null;
  private next = 0;
  private left = 0;
  private pieces = 0;
  private isGenerated = false;

  constructor(table: BaseTable, handler: Handler, rowCount: number | null) {
    this.column = table.columns.findIndex((column) => column.autoIncrement);
    this.handler = handler;
    this.rowCount = rowCount;
  }

  /** The row with its generated value, where the column was left out, NULL or 0. */
  fill(row: Row): Row {
    this.isGenerated = false;
    if (this.column < 0) return row;
    const given: Datum = row[this.column] ?? null;
    if (given !== null && given !== 0) {
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
    this.next -= 1;
    this.left += 1;
  }

  /** Values after an explicit one go on behind it (MySQL: adjust_next_insert_id_after_explicit_value). */
  private passOver(explicit: number): void {
    if (this.pieces === 0 || explicit < this.next) return;
    const end = this.next + this.left;
    this.next = explicit + 1;
    this.left = Math.max(0, end - this.next);
  }

  private take(): number {
    if (this.left === 0) {
      const count = this.pieces === 0 && this.rowCount !== null ? this.rowCount : 2 ** this.pieces;
      this.pieces += 1;
      this.next = this.handler.reserveAutoIncrement(count);
      this.left = count;
    }
    const value = this.next;
    this.next += 1;
    this.left -= 1;
    return value;
  }
}
