/**
 * Rows on their way through BEFORE triggers: a NULL for a NOT NULL column is looked at when they have run, and so is a
 * column without a default that got no value.
 *
 * MySQL: Field::is_tmp_null, check_record, check_that_all_fields_are_given_values.
 */
import type { Row } from "../../innodb/api.ts";
import type { BaseTable, SetRow } from "../context.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { NULL_TYPE } from "../types/sql_type.ts";
import { type ColumnStore, columnStore } from "./column_values.ts";

export function keepingNull(keeps: boolean, given: ColumnStore): ColumnStore {
  if (!keeps) return given;
  const { column, store } = given;
  return {
    column,
    store: (value, refusesNull) => (value === null ? null : store(value, refusesNull)),
  };
}

/** What triggers see: an AUTO_INCREMENT column that is to count on is 0. */
export function seenByTriggers(table: BaseTable, row: Row): Row {
  const counter = table.columns.findIndex((column) => column.autoIncrement);
  return counter < 0 || row[counter] !== null ? row : row.with(counter, 0);
}

/** Throws 1048, or puts the type's own default there with a warning. */
export function withoutNulls(
  table: BaseTable,
  { row }: SetRow,
  env: EvalEnv,
  refusesNull: boolean,
): Row {
  let checked = row;
  for (const [at, { nullable, autoIncrement }] of table.columns.entries()) {
    if (nullable || autoIncrement || checked[at] !== null) continue;
    checked = checked.with(at, columnStore(table, at, NULL_TYPE, env).store(null, refusesNull));
  }
  return checked;
}
