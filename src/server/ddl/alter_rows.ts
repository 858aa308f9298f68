/**
 * What ALTER TABLE does to the rows: each column's value comes from an old column, converted, or from the default.
 *
 * MySQL: sql/sql_table.cc: copy_data_between_tables; sql/field_conv.cc: Copy_field.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import { fixedLength } from "../../innodb/stored_length.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { generatorOf } from "../exec/generated.ts";
import { characterBytes, shownCollation } from "../types/character_sets.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { isJson } from "../types/sql_type.ts";
import { storeInto } from "../types/store.ts";
import type { Alteration } from "./alteration.ts";
import type { DraftTable } from "./table_definition.ts";

/** `env` counts the rows from here on. */
export function convertRow(
  context: StatementContext,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
  env: EvalEnv,
): (row: Row) => Row {
  const converters = draft.columns.map((column, position) => {
    const source = alteration.sources[position] ?? -1;
    const before = table.columns[source];
    if (before === undefined) return constant(context, column, env);
    return becomesCounter(before, column)
      ? numbered(source, converter(column, before, source, env))
      : converter(column, before, source, env);
  });
  const generated = generatorOf(draft, env);
  env.rowNumber = 0;
  return (row) => {
    env.rowNumber += 1;
    return generated(converters.map((convert) => convert(row, env.rowNumber)));
  };
}

/** The column counts from now on: its values do not say so yet. */
export function becomesCounter(before: ServerColumn, after: ServerColumn): boolean {
  return after.autoIncrement && !before.autoIncrement;
}

/** NULL and 0 become the number after the largest before them. */
function numbered(source: number, convert: (row: Row) => Datum): (row: Row) => Datum {
  let top: number | bigint = 0;
  return (row) => {
    const value = row[source] === null ? 0 : convert(row);
    const isNumber = typeof value === "number" || typeof value === "bigint";
    if (isNumber && value > top) top = value;
    if (value !== 0 && value !== 0n) return value;
    top = typeof top === "bigint" ? top + 1n : top + 1;
    return top;
  };
}

function converter(
  column: ServerColumn,
  before: ServerColumn,
  source: number,
  env: EvalEnv,
): (row: Row) => Datum {
  const store = isCutOnly(before.type, column.type)
    ? cutTo(column, env)
    : storeInto(column, before.type, env);
  const isSame = staysAsItIs(before.type, column.type);
  return (row) => {
    const value = row[source] ?? null;
    if (value !== null) return isSame ? value : store(value);
    if (column.nullable) return null;
    dataProblem(env, "WARN_DATA_TRUNCATED", column.name, env.rowNumber);
    return implicitDefault(column.type, env, column);
  };
}

/** A shorter column of the same kind. */
function isCutOnly(before: ColumnType, after: ColumnType): boolean {
  const isCharacters = after.kind === "varchar" || after.kind === "char";
  return isCharacters && before.kind === after.kind && before.length > after.length;
}

/** MySQL: Copy_field's do_cut_string and do_varstring: unlike an INSERT it says "truncated". */
function cutTo(column: ServerColumn, env: EvalEnv): (value: Datum) => Datum {
  const { type } = column;
  const length = "length" in type ? type.length : 0;
  return (value) => {
    const characters = [...String(value)];
    if (characters.length <= length) return value;
    dataProblem(env, "WARN_DATA_TRUNCATED", column.name, env.rowNumber);
    return characters.slice(0, length).join("");
  };
}

/** In place, a column cannot become NOT NULL while a row has NULL there. Throws 1138. */
export function refuseNulls(draft: DraftTable, alteration: Alteration, row: Row): void {
  for (const [position, column] of draft.columns.entries()) {
    const source = alteration.sources[position] ?? -1;
    if (source >= 0 && !column.nullable && row[source] === null) {
      throw mysqlError("ER_INVALID_USE_OF_NULL");
    }
  }
}

/** A new column's value in the rows that are there. */
function constant(
  context: StatementContext,
  column: ServerColumn,
  env: EvalEnv,
): (row: Row, counter: number) => Datum {
  if (column.autoIncrement) return (_row, counter) => counter;
  switch (column.default.kind) {
    case "literal": {
      const { value } = column.default;
      return () => value;
    }
    case "now": {
      const now = context.nowText(column.default.fsp);
      return () => now;
    }
    case "none":
    case "generated":
    case "expr": {
      // Without a row nothing is wrong with a date of zeros.
      return () => (column.nullable ? null : implicitDefault(column.type, env, column));
    }
  }
}

const ZERO_MOMENT = "0000-00-00 00:00:00";

/** MySQL: the value of a NOT NULL column that nobody gave one. */
function implicitDefault(type: ColumnType, env: EvalEnv, column: ServerColumn): Datum {
  switch (type.kind) {
    case "int":
    case "decimal":
    case "double":
    case "float":
    case "year":
    case "time":
    case "rowId":
    case "bit":
      return 0;
    case "enum":
      return type.isSet ? 0 : 1;
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return isJson(type) ? "null" : "";
    case "timestamp":
      // Unlike those of the other dates it is not looked at. MySQL: error_if_not_empty.
      return type.fsp === 0 ? ZERO_MOMENT : `${ZERO_MOMENT}.${"0".repeat(type.fsp)}`;
    case "date":
    case "datetime":
      return storeInto(
        column,
        { kind: "varchar", length: 19, collation: "utf8mb4_bin" },
        env,
      )(type.kind === "date" ? "0000-00-00" : ZERO_MOMENT);
  }
}

/** Values of the old type are stored as values of the new one. */
export function staysAsItIs(before: ColumnType, after: ColumnType): boolean {
  if (storedForm(before) === storedForm(after)) return true;
  if (before.kind === "varchar" && after.kind === "varchar") {
    // A length byte more or less changes every record.
    const isLong = (type: ColumnType & { length: number }) =>
      type.length * characterBytes(type) > 255;
    return (
      shownCollation(before) === shownCollation(after) &&
      after.length >= before.length &&
      isLong(before) === isLong(after)
    );
  }
  if (before.kind === "enum" && after.kind === "enum") {
    if (before.isSet !== after.isSet || fixedLength(before) !== fixedLength(after)) return false;
    return before.members.every((member, at) => after.members[at] === member);
  }
  return false;
}

/** What says how values are stored: display widths and digits do not. */
export function storedForm(type: ColumnType): string {
  if (type.kind === "double" || type.kind === "float") return `${type.kind} ${type.unsigned}`;
  if (type.kind !== "int") return JSON.stringify(type);
  return JSON.stringify([type.kind, type.bytes, type.unsigned]);
}
