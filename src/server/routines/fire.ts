/**
 * Triggers fire: for each row, before and after it is changed.
 *
 *     INSERT, UPDATE, DELETE ─▶ row ─▶ BEFORE triggers ─▶ NOT NULL, CHECK, foreign keys, write ─▶ AFTER triggers
 *                                       SET NEW.a = ...                                            │
 *                                                               statements of their bodies ◀───────┘
 *
 * MySQL: sql/table_trigger_dispatcher.cc: process_triggers; sql/sql_base.cc: fill_record_n_invoke_before_triggers.
 */
import type { BaseTable, ChangedRow, Exec, RowTriggers, SetRow, TriggerEvent } from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { perform } from "../session/perform.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { callProcedure } from "./call.ts";
import { Frame, type Transition } from "./frame.ts";
import { BodyRunner } from "./run_body.ts";
import { withinStatement } from "./sub_statement.ts";
import { rowColumns } from "./trigger_body.ts";
import type { Trigger } from "./triggers.ts";

/** Null for a table without triggers. */
export function triggersOf(execution: StatementExecution, table: BaseTable): RowTriggers | null {
  const { server, owner } = execution;
  const { schema, name } = table;
  const all = server.catalog.triggersOf(schema, name);
  if (all.length === 0 || temporaryTable(owner, schema, name) !== null) return null;
  return new TableTriggers(execution, table, all);
}

class TableTriggers implements RowTriggers {
  readonly #execution: StatementExecution;
  readonly #table: BaseTable;
  readonly #all: readonly Trigger[];

  constructor(execution: StatementExecution, table: BaseTable, all: readonly Trigger[]) {
    this.#execution = execution;
    this.#table = table;
    this.#all = all;
  }

  has(timing: "before" | "after", event: TriggerEvent): boolean {
    return this.#of(timing, event).length > 0;
  }

  columns(event: TriggerEvent): readonly number[] {
    const ofEvent = this.#all.filter(({ definition }) => definition.event === event);
    return this.#named(ofEvent, ["NEW", "OLD"]);
  }

  /** MySQL: Trigger::mark_fields: Item_trigger_field::get_settable_routine_parameter. */
  assigned(): readonly number[] {
    return this.#named(this.#of("before", "update"), ["NEW"]);
  }

  #named(triggers: readonly Trigger[], rows: readonly ("NEW" | "OLD")[]): readonly number[] {
    const names = triggers
      .flatMap(({ definition }) => rowColumns(definition.body))
      .filter(({ row }) => rows.includes(row))
      .map(({ name }) => name.toLowerCase());
    const { columns } = this.#table;
    return columns.flatMap(({ name }, at) => (names.includes(name.toLowerCase()) ? [at] : []));
  }

  *before(event: TriggerEvent, { old, new: given }: ChangedRow): Exec<SetRow> {
    const transition = { table: this.#table, old, new: given, set: new Set<number>() };
    yield* this.#fire("before", event, transition);
    return { row: transition.new ?? old ?? [], set: transition.set };
  }

  *after(event: TriggerEvent, { old, new: given }: ChangedRow): Exec<void> {
    const transition = { table: this.#table, old, new: given, set: new Set<number>() };
    yield* this.#fire("after", event, transition);
  }

  #of(timing: "before" | "after", event: TriggerEvent): readonly Trigger[] {
    return this.#all.filter(
      ({ definition }) => definition.timing === timing && definition.event === event,
    );
  }

  *#fire(timing: "before" | "after", event: TriggerEvent, transition: Transition): Exec<void> {
    const execution = this.#execution;
    for (const trigger of this.#of(timing, event)) {
      const frame = new Frame(trigger, null, transition);
      const runner = new BodyRunner(execution, frame, perform, callProcedure);
      yield* withinStatement(execution, () => runner.run(trigger.definition.body));
    }
  }
}
