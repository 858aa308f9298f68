/**
 * Constants brought into the other side's type before a comparison: once, not for every row.
 *
 *     date_column = '2026-1-5'     the text becomes a DATE; error 1525 when it is none
 *     date_column = 20260105       so does a number, if it is one
 *     time_column = '10:20'        the text becomes a TIME with the column's digits
 *     int_column = '5'             the text becomes a number
 *     year_column = 26             2026
 *
 * MySQL: convert_constant_arg_to_field, convert_constant_item, get_date_from_const, cache_converted_constant
 * (sql/item_cmpfunc.cc).
 */
import { dateText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { bytesBeside } from "../types/bytes_as_text.ts";
import { clockMicros, type Moment } from "../types/calendar.ts";
import { badComparison, comparisonKind, hasDate } from "../types/compare.ts";
import { decimalOf, type Present, textOf, textToDouble } from "../types/convert.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import type { Whole } from "../types/integer.ts";
import { rounded } from "../types/moment_rounding.ts";
import { ANY_ZERO, readMomentNumber, readMomentText } from "../types/read_moment.ts";
import { readTimeNumber, readTimeText } from "../types/read_time.ts";
import {
  BIGINT,
  classOf,
  DATE,
  DOUBLE,
  decimal,
  isNumeric,
  isTemporal,
  type SqlType,
  varchar,
} from "../types/sql_type.ts";
import { rulesOf } from "../types/store_temporal.ts";
import { momentText, roundMicros } from "../types/temporal.ts";
import { splitNumber, warnOfDelimiter } from "../types/temporal_of.ts";
import {
  foldConstant,
  type Item,
  literalItem,
  makeItem,
  numericForm,
  onValue,
  textSource,
} from "./item.ts";

/** `item` as it is compared with `other` by =, <, and so on. */
export function constantOperand(item: Item, other: Item, env: EvalEnv): Item {
  const stored = columnConstant(item, other, env);
  if (stored !== item || !item.isConst || item.eval === null) return stored;
  if (!isText(item.type)) return item;
  if (hasDate(other.type)) return moment(item, other, env);
  if (other.type.kind === "bit") return item;
  const kind = comparisonKind(item.type, other.type);
  if (kind !== "double" || classOf(other.type) === "string") return item;
  const made =
    other.type.kind === "decimal" && !other.isConst
      ? exactNumber(item, env)
      : number(item, other.type, env);
  return made === item ? item : converted(made);
}

/** Of a row that was read while planning: it was no constant when constants were converted. */
function wasColumn({ shape }: Item): boolean {
  return shape.kind === "literal" && shape.wasColumn === true;
}

/** What is compared with it is not replaced by its equal (MySQL: Item_field::equal_fields_propagator, by cmp_context). */
export function wasConverted({ shape }: Item): boolean {
  return shape.kind === "literal" && shape.wasConverted === true;
}

function converted(made: Item): Item {
  return { ...made, shape: { kind: "literal", wasConverted: true } };
}

/** What BETWEEN and IN do too: the constant as the column beside it would store it, if it can. */
export function columnConstant(item: Item, other: Item, env: EvalEnv): Item {
  if (!item.isConst || item.eval === null || wasColumn(item)) return item;
  const { type } = other;
  if (other.shape.kind !== "column") return item;
  if ("collation" in item.type && item.type.collation === "binary") return characters(item, type);
  if (item.type.kind === type.kind) return item;
  if (type.kind === "year") return fullYear(item);
  if (type.kind === "time") return columnTime(item, other, type.fsp, env);
  if (hasDate(type) && isNumeric(item.type)) {
    return columnMoment(item, other, env);
  }
  return item;
}

/** `isKept`: the list is converted beforehand. Unlike with =, a text that is no date is only warned of, and taken for the zero date. */
export function inConstant(item: Item, operand: Item, isKept: boolean, env: EvalEnv): Item {
  const { kind } = operand.type;
  if (kind === "year") return item;
  if (kind === "time") return columnConstant(item, { ...operand, type: { kind, fsp: 6 } }, env);
  if (!isKept) return columnConstant(item, operand, env);
  const isDate = hasDate(operand.type) && classOf(item.type) === "string" && item.isConst;
  return isDate ? listedMoment(item, operand, env) : constantOperand(item, operand, env);
}

/** Bytes beside a column: a number, or characters. */
function characters(item: Item, type: SqlType): Item {
  if (isNumeric(type)) return numericForm(item);
  const value = item.eval?.();
  if (item.shape.kind !== "literal" || typeof value !== "string") return item;
  if (!("collation" in type) || type.collation === "binary" || type.kind === "enum") return item;
  const text = bytesBeside(value, type);
  return literalItem(text, varchar(text.length, type.collation), item.text());
}

function isText(type: SqlType): boolean {
  return classOf(type) === "string" && type.kind !== "enum";
}

/** The name of a column, for messages. */
export function columnName(item: Item): string | null {
  return item.shape.kind === "column" ? (/`([^`]*)`$/.exec(item.text())?.[1] ?? null) : null;
}

function fullYear(item: Item): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const isTextual = isText(item.type);
  if (!isTextual && isTemporal(item.type)) return item;
  const text = textOf(item.type)(value).trim();
  if (!/^\d{1,4}(\.\d*)?$/.test(text)) return item;
  const year = Math.round(Number(text));
  if (year >= 1901 && year <= 2155) return literalItem(year, BIGINT, item.text());
  if (year > 99) return item;
  if (year === 0 && !isTextual) return literalItem(0, BIGINT, item.text());
  return literalItem(year + (year < 70 ? 2000 : 1900), BIGINT, item.text());
}

function columnTime(item: Item, other: Item, fsp: number, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null || classOf(item.type) === "temporal") return item;
  const text = textOf(item.type)(value);
  const read = timeRead(item.type, value, text);
  if (read.micros === null || read.trouble !== null) {
    dataProblem(env, "INCORRECT_VALUE_FOR_COLUMN", "time", text, columnName(other) ?? "", 1);
    return item;
  }
  if (read.isMoment) {
    const name = columnName(other) ?? "";
    env.ctx.warn(mysqlWarning("Note", "INCORRECT_VALUE_FOR_COLUMN", "time", text, name, 1));
  }
  const micros = roundMicros(read.micros, fsp);
  return converted(literalItem(micros === 0 ? 0 : micros, { kind: "time", fsp }, item.text()));
}

function timeRead(type: SqlType, value: Present, text: string) {
  if (isText(type)) return readTimeText(text);
  if (classOf(type) === "int") return readTimeNumber(value as Whole, 0);
  const { whole, nanos } = splitNumber(type)(value);
  return readTimeNumber(whole, nanos);
}

function columnMoment(item: Item, other: Item, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const split = classOf(item.type) === "int" ? null : splitNumber(item.type)(value);
  const rules = { ...ANY_ZERO, noZeroIn: true, anyDay: true };
  const [whole, nanos] = [split?.whole ?? (value as Whole), split?.nanos ?? 0];
  const read = readMomentNumber(whole, nanos, rules);
  const text = split?.text() ?? String(value);
  const what = other.type.kind === "date" ? "date" : "datetime";
  const name = columnName(other) ?? "";
  const isNone = read.moment === null || (Number(whole) === 0 && nanos !== 0);
  if (isNone || read.trouble !== null) {
    dataProblem(env, "INCORRECT_VALUE_FOR_COLUMN", what, text, name, 1);
  }
  if (read.moment === null || isNone) return item;
  if (what === "date" && clockMicros(read.moment) > 0) {
    env.ctx.warn(mysqlWarning("Note", "INCORRECT_VALUE_FOR_COLUMN", what, text, name, 1));
  }
  return converted(momentLiteral(read.moment, other.type, item.text()));
}

function momentLiteral(value: Moment, type: SqlType, text: string): Item {
  if (type.kind === "date") return literalItem(dateText(value), DATE, text);
  const fsp = "fsp" in type ? type.fsp : 0;
  return literalItem(momentText(rounded(value, fsp), fsp), { kind: "datetime", fsp }, text);
}

/** Error 1525 for a text that is no date. */
function moment(item: Item, other: Item, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  const read = readMomentText(text, rulesOf(env));
  const isDate = other.type.kind === "date";
  if (read.moment === null || read.trouble !== null) {
    badComparison(text, isDate ? "date" : "datetime", columnName(other), env);
  }
  if (read.moment === null) {
    const what = other.type.kind === "timestamp" ? "TIMESTAMP" : isDate ? "DATE" : "DATETIME";
    throw mysqlError("ER_WRONG_VALUE", what, text);
  }
  warnOfDelimiter(text, read.delimiter, env);
  if (read.kind === "date") return literalItem(dateText(read.moment), DATE, item.text());
  const fsp = Math.min(read.digits, 6);
  const type: SqlType = { kind: "datetime", fsp };
  return literalItem(momentText(read.moment, fsp), type, item.text());
}

/** A text in a list beside a date. */
function listedMoment(item: Item, operand: Item, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  const read = readMomentText(text, rulesOf(env));
  const isDate = operand.type.kind === "date";
  if (read.moment === null || read.trouble !== null) {
    const name = isDate ? null : columnName(operand);
    badComparison(text, isDate ? "date" : "datetime", name, env);
  } else warnOfDelimiter(text, read.delimiter, env);
  const type: SqlType = { kind: "datetime", fsp: 6 };
  const kept = read.moment === null ? "0000-00-00 00:00:00.000000" : momentText(read.moment, 6);
  if (read.kind === "date") return literalItem(kept.slice(0, 10), DATE, item.text());
  return literalItem(kept, type, item.text());
}

/** A text beside decimals keeps its digits. */
function exactNumber(item: Item, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  const scale = Math.min(/\.(\d+)/.exec(text)?.[1]?.length ?? 0, 30);
  const own = { type: decimal(65, scale), text: item.text };
  return foldConstant(
    makeItem([item], onValue(item, decimalOf(item.type, scale, env, textSource(item))), own),
    null,
  );
}

/** A whole number stays exact beside whole numbers; everything else is compared as DOUBLE. */
function number(item: Item, other: SqlType, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  if (classOf(other) === "int" && /^\s*[+-]?\d{1,15}\s*$/.test(text)) {
    return literalItem(Number(text), BIGINT, item.text());
  }
  const convert = (given: Present): Datum => textToDouble(textOf(item.type)(given), env);
  const own = { type: DOUBLE, text: item.text };
  return foldConstant(makeItem([item], onValue(item, convert), own), null);
}
