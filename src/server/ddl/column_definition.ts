/**
 * A column as CREATE and ALTER TABLE write it, checked and turned into the server's.
 *
 * MySQL: sql/sql_table.cc: prepare_create_field; sql/create_field.cc: Create_field::init; sql/unireg.cc: default values.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { ColumnDefinition } from "../../sql/ast_table.ts";
import type { ColumnType } from "../../trace/values.ts";
import { MysqlFailure, type ServerColumn, type StatementContext } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { parseDecimal } from "../types/decimal.ts";
import { isStrictMode, newEnv } from "../types/eval_env.ts";
import { wholeOf } from "../types/integer.ts";
import { ANY_ZERO, readMomentText } from "../types/read_moment.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  DOUBLE,
  decimal,
  NULL_TYPE,
  type SqlType,
  varchar,
} from "../types/sql_type.ts";
import { storeInto } from "../types/store.ts";
import { columnType, warnOfType } from "./column_type.ts";
import { refuseBadDefault } from "./stored_expression.ts";

/** `inKey`: the column belongs to the primary key, which makes it NOT NULL. */
export function serverColumn(
  context: StatementContext,
  definition: ColumnDefinition,
  options: { readonly collation: string; readonly inPrimaryKey: boolean },
): ServerColumn {
  const name = definition.name.text;
  if (name === "" || name.endsWith(" ")) throw mysqlError("ER_WRONG_COLUMN_NAME", name);
  if (definition.generated !== null) refuseWithGenerated(definition);
  warnOfType(context, definition.type);
  const type = columnType(name, definition.type, options.collation);
  const isPrimary = definition.primaryKey || options.inPrimaryKey;
  if (isPrimary && definition.nullable === true) throw mysqlError("ER_PRIMARY_CANT_HAVE_NULL");
  const nullable = definition.nullable ?? !(isPrimary || definition.autoIncrement);
  const isTime = type.kind === "timestamp" || type.kind === "datetime";
  if (definition.onUpdateNow && !isTime) throw mysqlError("ER_INVALID_ON_UPDATE", name);
  if (definition.autoIncrement) checkAutoIncrement(name, type, definition);
  return {
    name,
    type,
    nullable: nullable && !definition.autoIncrement,
    autoIncrement: definition.autoIncrement,
    default: defaultOf(context, definition, type, nullable),
    onUpdateNow: definition.onUpdateNow,
    ...(definition.visible ? {} : { isInvisible: true }),
    comment: checkedComment(name, definition.comment ?? ""),
  };
}

const COMMENT_MAX = 1024;

function checkedComment(name: string, comment: string): string {
  if (comment.length <= COMMENT_MAX) return comment;
  throw mysqlError("ER_TOO_LONG_FIELD_COMMENT", name, COMMENT_MAX);
}

/** The default of a column whose definition says DEFAULT `value`; also for ALTER COLUMN SET DEFAULT. */
export function literalDefault(
  context: StatementContext,
  column: { readonly name: string; readonly type: ColumnType; readonly nullable: boolean },
  value: Expression,
): ServerColumn["default"] {
  // MySQL: a temporal literal is an expression, which needs parentheses here.
  if (value.kind === "temporal") throw mysqlError("ER_INVALID_DEFAULT", column.name);
  const [datum, from] = literalValue(value, NUMBERS.has(column.type.kind));
  if (datum === null) {
    if (!column.nullable) throw mysqlError("ER_INVALID_DEFAULT", column.name);
    return { kind: "literal", value: null };
  }
  if (column.type.kind === "text" || column.type.kind === "blob") {
    throw mysqlError("ER_BLOB_CANT_HAVE_DEFAULT", column.name);
  }
  const env = newEnv(context);
  env.strict = true;
  try {
    return { kind: "literal", value: storeInto(column, from, env)(datum) };
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    if (isStrictMode(context) || !isZeroDate(column.type, datum)) {
      throw mysqlError("ER_INVALID_DEFAULT", column.name);
    }
    env.strict = false;
    return { kind: "literal", value: storeInto(column, from, env)(datum) };
  }
}

/** A date but for its zeros, which sql_mode may refuse. */
function isZeroDate({ kind }: ColumnType, value: Datum): boolean {
  if (kind !== "date" && kind !== "datetime" && kind !== "timestamp") return false;
  const { moment, trouble } = readMomentText(String(value), ANY_ZERO);
  return value === 0 || (moment !== null && trouble === null);
}

function defaultOf(
  context: StatementContext,
  definition: ColumnDefinition,
  type: ColumnType,
  nullable: boolean,
): ServerColumn["default"] {
  const { default: written, generated } = definition;
  const name = definition.name.text;
  if (generated !== null) {
    const { expression: expr, stored } = generated;
    return { kind: "generated", expr, text: "", stored };
  }
  if (written === null) {
    const isNull = nullable && !definition.autoIncrement;
    return isNull ? { kind: "literal", value: null } : { kind: "none" };
  }
  if (definition.autoIncrement) throw mysqlError("ER_INVALID_DEFAULT", name);
  switch (written.form) {
    case "literal":
      return literalDefault(context, { name, type, nullable }, written.value);
    case "now":
      if (type.kind !== "timestamp" && type.kind !== "datetime") {
        throw mysqlError("ER_INVALID_DEFAULT", name);
      }
      return { kind: "now", fsp: type.fsp };
    case "expression": {
      refuseBadDefault(name, written.value);
      return { kind: "expr", expr: written.value, text: "" };
    }
  }
}

/** Throws 1221: what a generated column cannot have. */
function refuseWithGenerated({
  default: given,
  autoIncrement,
  onUpdateNow,
}: ColumnDefinition): void {
  const what = given !== null ? "DEFAULT" : autoIncrement ? "AUTO_INCREMENT" : "ON UPDATE";
  if (given === null && !autoIncrement && !onUpdateNow) return;
  throw mysqlError("ER_WRONG_USAGE", what, "generated column");
}

function checkAutoIncrement(name: string, type: ColumnType, definition: ColumnDefinition): void {
  if (type.kind !== "int") throw mysqlError("ER_WRONG_FIELD_SPEC", name);
  if (definition.default !== null) throw mysqlError("ER_INVALID_DEFAULT", name);
}

const NUMBERS = new Set<ColumnType["kind"]>(["int", "decimal", "double", "float", "year"]);

/** A signed literal and its type; `asNumber`: of a hexadecimal one, too. */
function literalValue(value: Expression, asNumber: boolean): readonly [Datum, SqlType] {
  switch (value.kind) {
    case "null":
      return [null, NULL_TYPE];
    case "boolean":
      return [value.value ? 1 : 0, BIGINT];
    case "integer": {
      const number = Number(value.text);
      return [Number.isSafeInteger(number) ? number : BigInt(value.text), BIGINT];
    }
    case "decimal": {
      const { value: unscaled, scale } = parseDecimal(value.text);
      return [unscaled, decimal(65, scale)];
    }
    case "float":
      return [Number(value.text), DOUBLE];
    case "string":
      return [value.value, varchar(value.value.length)];
    case "hex": {
      if (asNumber) return [wholeOf(BigInt(`0x${value.digits || "0"}`)), BIGINT_UNSIGNED];
      const bytes = value.digits.match(/../g) ?? [];
      const text = bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
      return [text, varchar(text.length, "binary")];
    }
    case "bit":
      return [wholeOf(BigInt(`0b${value.digits || "0"}`)), BIGINT_UNSIGNED];
    case "unary": {
      const [datum, type] = literalValue(value.operand, asNumber);
      if (value.operator !== "-" || datum === null || typeof datum === "string")
        return [datum, type];
      return [typeof datum === "bigint" ? -datum : -datum, type];
    }
    default:
      throw notSupported("defaults that are not literals, without parentheses");
  }
}
