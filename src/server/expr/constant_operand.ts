/**
 * Constants brought into the other side's type before a comparison: once, not for every row.
 *
 *     date_column = '2026-1-5'     the text becomes a DATE; error 1525 when it is none
 *     int_column = '5'             the text becomes a number
 *     year_column = 26             2026
 *
 * MySQL: convert_constant_arg_to_field, get_date_from_str (sql/item_cmpfunc.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import { comparisonKind } from "../types/compare.ts";
import { textOf, textToDouble } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BIGINT, classOf, DATE, DOUBLE, type SqlType } from "../types/sql_type.ts";
import { dateText, momentText, readMoment } from "../types/temporal.ts";
import { foldConstant, type Item, literalItem, makeItem, onValue } from "./item.ts";

/** `item` as it is compared with a value of the type `other`. */
export function constantOperand(item: Item, other: SqlType, env: EvalEnv): Item {
  if (!item.isConst || item.eval === null) return item;
  const kind = classOf(item.type);
  if (other.kind === "year" && kind === "int") return fullYear(item);
  if (kind !== "string" || item.type.kind === "enum") return item;
  if (other.kind === "date" || other.kind === "datetime" || other.kind === "timestamp") {
    return moment(item, other);
  }
  if (comparisonKind(item.type, other) === "double" && classOf(other) !== "string") {
    return number(item, other, env);
  }
  return item;
}

function fullYear(item: Item): Item {
  const value = item.eval?.() ?? null;
  if (typeof value !== "number" || value < 1 || value > 99) return item;
  return literalItem(value + (value < 70 ? 2000 : 1900), BIGINT, item.text());
}

function moment(item: Item, other: SqlType): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  const read = readMoment(text);
  if (read === null || read.isCut) {
    throw mysqlError("ER_WRONG_VALUE", other.kind === "date" ? "DATE" : "DATETIME", text);
  }
  if (!read.hasClock) return literalItem(dateText(read.value), DATE, item.text());
  const fsp = Math.min(/\.(\d+)\s*$/.exec(text)?.[1]?.length ?? 0, 6);
  const type: SqlType = { kind: "datetime", fsp };
  return literalItem(momentText(read.value, fsp), type, item.text());
}

/** A whole number stays exact beside whole numbers; everything else is compared as DOUBLE. */
function number(item: Item, other: SqlType, env: EvalEnv): Item {
  const value = item.eval?.() ?? null;
  if (value === null) return item;
  const text = textOf(item.type)(value);
  if (classOf(other) === "int" && /^\s*[+-]?\d{1,15}$/.test(text)) {
    return literalItem(Number(text), BIGINT, item.text());
  }
  const convert = (given: Exclude<Datum, null>): Datum =>
    textToDouble(textOf(item.type)(given), env);
  const own = { type: DOUBLE, text: item.text };
  return foldConstant(makeItem([item], onValue(item, convert), own));
}
