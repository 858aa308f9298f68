/**
 * The row that an UPDATE makes of another: assignments in their order, columns that change by themselves, generated ones,
 * and what BEFORE triggers set.
 *
 * MySQL: fill_record_n_invoke_before_triggers.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type {
  Answer,
  BaseTable,
  ChangedRow,
  Exec,
  RowTriggers,
  ServerColumn,
  StatementContext,
} from "../context.ts";
import { evalItem, type Item } from "../expr/item.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  type CheckItem,
  type ColumnStore,
  changedToDefault,
  implicitDefault,
  storeOf,
} from "./column_values.ts";
import { type GeneratedItem, Generator, isGenerated } from "./generated.ts";
import { keepingNull, withoutNulls } from "./trigger_rows.ts";

export interface AssignmentPlan {
  readonly column: number;
  /** "default": SET c = DEFAULT. */
  readonly value: Item | "default";
}

export interface RowChange {
  readonly assignments: readonly AssignmentPlan[];
  readonly checks: readonly CheckItem[];
  /** Columns made from those that change. */
  readonly generated: readonly GeneratedItem[];
  readonly defaultItem: (column: number) => Item;
  readonly isIgnore: boolean;
  /** BEFORE triggers see a NULL for a NOT NULL column. */
  readonly keepsNull: boolean;
  /** NULL in the AUTO_INCREMENT column is 0 (MySQL: TABLE::next_number_field is set). */
  readonly isOnDuplicate?: true;
}

/** Computes the row after the assignments, and leaves it in the slot. */
export class RowChanger {
  readonly #change: RowChange;
  readonly #table: BaseTable;
  readonly #env: EvalEnv;
  readonly #stores: readonly (ColumnStore | null)[];
  /** Columns that change by themselves. */
  readonly #automatic: readonly number[];
  readonly #generator: Generator | null;
  readonly #refusesNull: boolean;

  constructor(change: RowChange, table: BaseTable, env: EvalEnv, refusesNull = false) {
    this.#refusesNull = refusesNull;
    this.#change = change;
    this.#table = table;
    this.#env = env;
    const { generated } = change;
    this.#generator = generated.length === 0 ? null : new Generator(generated, table, env);
    this.#stores = change.assignments.map(({ column, value }) =>
      value === "default" ? null : keepingNull(change.keepsNull, this.#storeOf(column, value)),
    );
    this.#automatic = automaticColumns(table).filter((at) =>
      change.assignments.every(({ column }) => column !== at),
    );
  }

  #storeOf(column: number, value: Item): ColumnStore {
    const made = storeOf(this.#table, column, value, this.#env);
    const target = this.#table.columns[column];
    if (!this.#change.isOnDuplicate || !target?.autoIncrement) return made;
    const zero = implicitDefault(target);
    return {
      column,
      store: (given, refuses) => (given === null ? zero : made.store(given, refuses)),
    };
  }

  /** The row as BEFORE UPDATE triggers leave it. Throws 1048. */
  *triggered(triggers: RowTriggers, rows: ChangedRow, slot: { row: Row }): Exec<Row> {
    const made = yield* triggers.before("update", rows);
    slot.row = withoutNulls(this.#table, made, this.#env, false);
    return this.#generator?.fill(slot) ?? slot.row;
  }

  after(before: Row, slot: { row: Row }): Answer<Row> {
    const { assignments } = this.#change;
    slot.row = before;
    for (let at = 0; at < assignments.length; at += 1) {
      const { column, value } = assignments[at] as AssignmentPlan;
      const store = this.#stores[at];
      if (value === "default" || !store || value.eval === null) {
        return this.#afterFrom(at, before, slot);
      }
      slot.row = slot.row.with(column, store.store(value.eval(), this.#refusesNull));
    }
    return this.#withAutomatic(before, slot);
  }

  /** From an assignment on whose value may have to be waited for. */
  *#afterFrom(first: number, before: Row, slot: { row: Row }): Exec<Row> {
    const { assignments, defaultItem } = this.#change;
    for (let at = first; at < assignments.length; at += 1) {
      const { column, value } = assignments[at] as AssignmentPlan;
      if (isGenerated(this.#table.columns[column])) continue;
      const store = this.#stores[at];
      let next: Datum;
      if (value === "default" || !store)
        next = yield* changedToDefault(this.#table, column, this.#env, defaultItem);
      else
        next = store.store(
          value.eval === null ? yield* evalItem(value) : value.eval(),
          this.#refusesNull,
        );
      slot.row = slot.row.with(column, next);
    }
    return this.#withAutomatic(before, slot);
  }

  #withAutomatic(before: Row, slot: { row: Row }): Row {
    if (this.#automatic.length > 0 && changedColumns(before, slot.row).length > 0) {
      for (const column of this.#automatic) {
        slot.row = slot.row.with(column, nowFor(this.#table, column, this.#env.ctx));
      }
    }
    return this.#generator?.fill(slot) ?? slot.row;
  }
}

/** Columns that change by themselves (ON UPDATE CURRENT_TIMESTAMP). */
export function automaticColumns(table: BaseTable): readonly number[] {
  return table.columns.flatMap((column, at) => (column.onUpdateNow ? [at] : []));
}

/** The statement's time, with as many digits as the column keeps. */
export function nowFor(table: BaseTable, column: number, ctx: StatementContext): string {
  const { type } = table.columns[column] as ServerColumn;
  return ctx.nowText("fsp" in type ? type.fsp : 0);
}
