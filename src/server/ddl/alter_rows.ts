/**
 * What ALTER TABLE does to the rows: each column's value comes from an old column, converted, or from the default.
 *
 * MySQL: sql/sql_table.cc: copy_data_between_tables; storage/innobase/handler/handler0alter.cc: what needs no copy.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn, StatementContext } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { type EvalEnv, isStrictMode, newEnv } from "../types/eval_env.ts";
import { storeInto } from "../types/store.ts";
import type { Alteration } from "./alter_actions.ts";
import type { DraftTable } from "./table_definition.ts";

/** True when only ALGORITHM=COPY can do it. */
export function needsCopy(table: CatalogTable, draft: DraftTable, alteration: Alteration): boolean {
  if (alteration.copies || draft.engine !== table.engine) return true;
  return draft.columns.some((column, position) => {
    const source = alteration.sources[position] ?? -1;
    const before = table.columns[source];
    return before !== undefined && !staysAsItIs(before.type, column.type);
  });
}

export function convertRow(
  context: StatementContext,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): (row: Row) => Row {
  const env = newEnv(context);
  env.strict = isStrictMode(context);
  const converters = draft.columns.map((column, position) => {
    const source = alteration.sources[position] ?? -1;
    const before = table.columns[source];
    return before === undefined
      ? constant(context, column, env)
      : converter(column, before, source, env);
  });
  let counter = 0;
  return (row) => {
    env.rowNumber += 1;
    counter += 1;
    return converters.map((convert) => convert(row, counter));
  };
}

function converter(
  column: ServerColumn,
  before: ServerColumn,
  source: number,
  env: EvalEnv,
): (row: Row) => Datum {
  const store = storeInto(column, before.type, env);
  const isSame = staysAsItIs(before.type, column.type);
  return (row) => {
    const value = row[source] ?? null;
    if (value !== null) return isSame ? value : store(value);
    if (!column.nullable) throw mysqlError("ER_INVALID_USE_OF_NULL");
    return null;
  };
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
    case "expr": {
      const value = column.nullable ? null : implicitDefault(column.type, env, column);
      return () => value;
    }
  }
}

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
      return 0;
    case "enum":
      return 1;
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return "";
    case "date":
    case "datetime":
    case "timestamp":
      return storeInto(
        column,
        { kind: "varchar", length: 19, collation: "utf8mb4_bin" },
        env,
      )(type.kind === "date" ? "0000-00-00" : "0000-00-00 00:00:00");
  }
}

function staysAsItIs(before: ColumnType, after: ColumnType): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return true;
  if (before.kind === "varchar" && after.kind === "varchar") {
    // A length byte more or less changes every record.
    const isLong = (length: number) => length * 4 > 255;
    return (
      before.collation === after.collation &&
      after.length >= before.length &&
      isLong(before.length) === isLong(after.length)
    );
  }
  if (before.kind === "enum" && after.kind === "enum") {
    return before.members.every((member, at) => after.members[at] === member);
  }
  return false;
}
