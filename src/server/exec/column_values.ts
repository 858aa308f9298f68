/**
 * Values on their way into a table: conversion, NOT NULL, defaults, CHECK.
 *
 * MySQL: fill_record, Field::set_default, check_null, invoke_table_check_constraints, set_field_to_null.
 */
import type { Datum } from "../../innodb/api.ts";
import { type BaseTable, type Exec, MysqlFailure, type ServerColumn } from "../context.ts";
import { mysqlError, mysqlErrorValue } from "../errors.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { textOf } from "../types/convert.ts";
import { columnProblem, dataProblem, type EvalEnv } from "../types/eval_env.ts";
import {
  isJson,
  isTemporal,
  isUnsigned,
  SIGNED_MAX,
  type SqlType,
  varchar,
} from "../types/sql_type.ts";
import { type Store, storeInto } from "../types/store.ts";

/** Converts a value for one column; built once per statement. In a new row a NULL asks for the AUTO_INCREMENT value. */
export interface ColumnStore {
  readonly column: number;
  /** `refusesNull`: a NULL for a NOT NULL column is an error even without strict mode (CHECK_FIELD_ERROR_FOR_NULL). */
  readonly store: (value: Datum, refusesNull?: boolean) => Datum;
}

export function columnStore(
  table: Pick<BaseTable, "columns"> & { readonly name?: string },
  column: number,
  from: SqlType,
  env: EvalEnv,
  isNewRow = false,
  isColumn = false,
): ColumnStore {
  const target = table.columns[column] as ServerColumn;
  const { name, type } = target;
  const isCopy =
    isColumn &&
    type.kind === "varchar" &&
    from.kind === "varchar" &&
    type.collation === from.collation;
  const convert: Store = storeInto({ name, type, isCopy, table: table.name ?? "" }, from, env);
  return {
    column,
    store: (value, refusesNull) => {
      if (value !== null) return convert(value);
      if (target.nullable || (target.autoIncrement && isNewRow)) return null;
      if (refusesNull === true) throw mysqlError("ER_BAD_NULL_ERROR", name);
      (isNewRow ? columnProblem : dataProblem)(env, "ER_BAD_NULL_ERROR", name);
      return valueForNull(target);
    },
  };
}

/**
 * As an assignment stores the expression. A date or a member of an ENUM that a subquery gives is stored as the text it is,
 * which no number is made of. MySQL: Item::save_in_field_inner.
 */
export function storeOf(
  table: Pick<BaseTable, "columns"> & { readonly name?: string },
  column: number,
  value: Item,
  env: EvalEnv,
  isNewRow = false,
): ColumnStore {
  const { type, shape } = value;
  if (shape.kind === "literal" && shape.number)
    return storeOfBits(table, column, value, shape.number, env, isNewRow);
  const isText = value.eval === null && (isTemporal(type) || type.kind === "enum");
  if (!isText || !NUMBERS.has(table.columns[column]?.type.kind)) {
    return columnStore(table, column, type, env, isNewRow, value.shape.kind === "column");
  }
  const toText = textOf(type);
  const { store } = columnStore(table, column, varchar(TEXT_CHARACTERS), env, isNewRow);
  return {
    column,
    store: (given, refuses) => store(given === null ? null : toText(given), refuses),
  };
}

/** 0x41 and b'11' are numbers to a column of numbers, without a sign. MySQL: Item_hex_string::save_in_field_inner. */
function storeOfBits(
  table: Pick<BaseTable, "columns"> & { readonly name?: string },
  column: number,
  { type }: Item,
  number: Item,
  env: EvalEnv,
  isNewRow: boolean,
): ColumnStore {
  const { name, type: to } = table.columns[column] as ServerColumn;
  const { kind } = to;
  if (!NUMBERS.has(kind) && kind !== "year") return columnStore(table, column, type, env, isNewRow);
  const { store } = columnStore(table, column, number.type, env, isNewRow);
  const given = number.eval?.() ?? null;
  const isHuge = typeof given === "bigint" && given > SIGNED_MAX;
  if (!isHuge || isUnsigned(to) || kind === "int") {
    return { column, store: (_, refuses) => store(given, refuses) };
  }
  return {
    column,
    store: (_, refuses) => {
      dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", name, env.rowNumber);
      return store(SIGNED_MAX, refuses);
    },
  };
}

const NUMBERS = new Set<SqlType["kind"] | undefined>(["int", "decimal", "double", "float"]);

const TEXT_CHARACTERS = 255;

/** What a NOT NULL column holds that was given NULL. MySQL: Field::reset, after which an ENUM has no member. */
function valueForNull(column: ServerColumn): Datum {
  return column.type.kind === "enum" ? 0 : implicitDefault(column);
}

/** MySQL: the value of a NOT NULL column that is given none: zero, the empty text, the first member. */
export function implicitDefault(column: ServerColumn): Datum {
  switch (column.type.kind) {
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return isJson(column.type) ? "null" : "";
    case "date":
      return "0000-00-00";
    case "datetime":
    case "timestamp":
      return column.type.fsp === 0
        ? "0000-00-00 00:00:00"
        : `0000-00-00 00:00:00.${"0".repeat(column.type.fsp)}`;
    case "enum":
      return column.type.isSet ? 0 : 1;
    default:
      return 0;
  }
}

/** DEFAULT in an UPDATE: an AUTO_INCREMENT column gets 0, it does not count on. */
export function* changedToDefault(
  table: BaseTable,
  column: number,
  env: EvalEnv,
  expression: (column: number) => Item,
): Exec<Datum> {
  if (table.columns[column]?.autoIncrement === true) return 0;
  return yield* defaultOf(table, column, env, expression);
}

/** The default of a column that a statement leaves out. `expression` compiles a default that is written as one. */
export function* defaultOf(
  table: BaseTable,
  column: number,
  env: EvalEnv,
  expression: (column: number) => Item,
): Exec<Datum> {
  const target = table.columns[column] as ServerColumn;
  if (target.autoIncrement) return null;
  const { default: given } = target;
  switch (given.kind) {
    case "literal":
      return given.value;
    case "now":
      return env.ctx.nowText(given.fsp);
    case "expr": {
      const item = expression(column);
      const value = yield* evalItem(item);
      return columnStore(table, column, item.type, env).store(value);
    }
    case "generated":
    case "none":
      // MySQL: an ENUM NOT NULL has its first member for a default.
      if (target.type.kind === "enum" && !target.type.isSet) return 1;
      columnProblem(env, "ER_NO_DEFAULT_FOR_FIELD", target.name);
      return implicitDefault(target);
  }
}

export interface CheckItem {
  readonly name: string;
  readonly item: Item;
  /** The schema of a view whose CHECK OPTION it is: NULL does not meet that. */
  readonly view?: string;
}

/** False when a row is passed over with a warning (IGNORE); throws 3819 and 1369 otherwise. */
export function* passesChecks(
  checks: readonly CheckItem[],
  env: EvalEnv,
  isIgnore: boolean,
): Exec<boolean> {
  for (const check of checks) {
    if (yield* meets(check)) continue;
    refuseRow(check, env, isIgnore);
    return false;
  }
  return true;
}

/** NULL meets a CHECK constraint and no CHECK OPTION. */
export function* meets({ item, view }: CheckItem): Exec<boolean> {
  const value = yield* evalItem(item);
  return value !== 0 && (view === undefined || value !== null);
}

/** A warning, with IGNORE. Throws 3819 and 1369. */
export function refuseRow({ name, view }: CheckItem, env: EvalEnv, isIgnore: boolean): void {
  const problem =
    view === undefined
      ? mysqlErrorValue("ER_CHECK_CONSTRAINT_VIOLATED", name)
      : mysqlErrorValue("ER_VIEW_CHECK_FAILED", view, name);
  if (!isIgnore) throw new MysqlFailure(problem);
  env.ctx.warn({ level: "Warning", errno: problem.errno, message: problem.message });
}
