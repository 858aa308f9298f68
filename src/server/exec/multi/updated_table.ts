/** A table that an UPDATE of several tables changes: what becomes of a row that the join has found. */
import type { Row } from "../../../innodb/api.ts";
import { changedColumns } from "../../../innodb/datum.ts";
import type { ThroughView } from "../../../sql/ast_view.ts";
import type { Exec, RowTriggers } from "../../context.ts";
import { evalItem } from "../../expr/item.ts";
import { newScope } from "../../expr/scope.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import { bindChecks, defaultItems } from "../binding.ts";
import {
  type CheckItem,
  type ColumnStore,
  changedToDefault,
  meets,
  storeOf,
} from "../column_values.ts";
import { bindGenerated, Generator, isGenerated } from "../generated.ts";
import { automaticColumns, nowFor } from "../row_changer.ts";
import type { StatementEnv } from "../statement_env.ts";
import { withoutNulls } from "../trigger_rows.ts";
import { readsAssigned } from "../update.ts";
import type { BoundAssignment, FoundRow, MultiUpdate, Target } from "./resolve_multi.ts";

interface OwnAssignment {
  readonly column: number;
  /** Null: the column's default. */
  readonly store: ColumnStore | null;
  readonly value: BoundAssignment["value"];
}

export class UpdatedTable {
  readonly target: Target;
  /** Columns that get values: assigned ones, and those generated from what changes. */
  readonly written: ReadonlySet<number>;
  /** Those, and what triggers may set. */
  readonly counted: ReadonlySet<number>;
  readonly checks: readonly CheckItem[];
  readonly triggers: RowTriggers | null;
  /** A row that stays the same is seen to be. */
  readonly isComparable: boolean;
  /** The AUTO_INCREMENT column, if it is assigned. */
  readonly counter: number | null;
  readonly #statement: StatementEnv;
  readonly #env: EvalEnv;
  readonly #assignments: readonly OwnAssignment[];
  readonly #generator: Generator;
  /** Of views over several tables. */
  readonly #ofViews: readonly CheckItem[];
  /** New rows that one of these refuses. */
  readonly #hidden = new Map<Row, CheckItem>();

  /** `env` converts values for columns. */
  constructor(
    target: Target,
    { assignments, checks }: Pick<MultiUpdate, "assignments" | "checks">,
    statement: StatementEnv,
    env: EvalEnv,
    through?: ThroughView,
  ) {
    const { table, joinTable } = target;
    const { scope } = joinTable;
    const own = assignments.filter((one) => one.target === scope.position);
    const assigned = new Set(own.map(({ column }) => column));
    const counter = table.columns.findIndex((column) => column.autoIncrement);
    this.counter = assigned.has(counter) ? counter : null;
    const changing = [...assigned, ...automaticColumns(table)];
    const generated = bindGenerated(table, statement, scope, changing);
    this.target = target;
    this.written = new Set([...assigned, ...generated.map(({ column }) => column)]);
    const alone = { ...newScope(null), tables: [scope], visible: [scope] };
    this.checks = bindChecks(table, statement, alone, through);
    this.#ofViews = checks;
    this.triggers = statement.ctx.triggersOf(table);
    this.counted = new Set([...this.written, ...(this.triggers?.assigned() ?? [])]);
    this.isComparable = readsAssigned(assigned, scope.used);
    this.#statement = statement;
    this.#env = env;
    this.#assignments = own.map(({ column, value }) => ({
      column,
      value,
      store: value === "default" ? null : storeOf(table, column, value, env),
    }));
    this.#generator = new Generator(generated, table, env);
  }

  /** What the assignments make of `row`, each seeing the row as it was. */
  *afterOf(row: Row): Exec<Row> {
    const { table } = this.target;
    let after = row;
    for (const { column, value, store } of this.#assignments) {
      if (isGenerated(table.columns[column])) continue;
      const next =
        value === "default" || store === null
          ? yield* changedToDefault(table, column, this.#env, defaultItems(table, this.#statement))
          : store.store(yield* evalItem(value));
      after = after.with(column, next);
    }
    const { slot } = this.target.joinTable.scope;
    const made = this.#generated(this.#withAutomatic(row, after));
    for (const check of this.#ofViews) {
      if (!(yield* meets(check))) this.#hidden.set(made, check);
    }
    slot.row = row;
    return made;
  }

  /** The CHECK OPTION that a new row does not meet. */
  hiddenBy(after: Row): CheckItem | null {
    return this.#hidden.get(after) ?? null;
  }

  /** A row that is changed after the join may have been changed by a cascade since: only what was assigned is written. */
  asItIsNow(found: FoundRow, row: Row): FoundRow {
    if (changedColumns(found.before, row).length === 0) return found;
    const columns = [...this.written, ...changedColumns(found.before, found.after)];
    let after = row;
    for (const column of columns) after = after.with(column, found.after[column] ?? null);
    return { ...found, before: row, after: this.#generated(after) };
  }

  /** The row's new values when its BEFORE triggers have run. */
  *triggered({ before, after }: FoundRow): Exec<Row> {
    const { triggers, target } = this;
    if (!triggers?.has("before", "update")) return after;
    const made = yield* triggers.before("update", { old: before, new: after });
    return this.#generated(withoutNulls(target.table, made, this.#env, false));
  }

  /** With its generated columns; the table's expressions see `row` from now on. */
  #generated(row: Row): Row {
    const { slot } = this.target.joinTable.scope;
    slot.row = row;
    return this.#generator.fill(slot);
  }

  /** ON UPDATE CURRENT_TIMESTAMP of columns that are not assigned, where the row changes. */
  #withAutomatic(before: Row, assigned: Row): Row {
    const { table } = this.target;
    let after = assigned;
    for (const column of automaticColumns(table)) {
      if (this.#assignments.some((one) => one.column === column)) continue;
      if (changedColumns(before, assigned).length === 0) break;
      after = after.with(column, nowFor(table, column, this.#statement.ctx));
    }
    return after;
  }
}
