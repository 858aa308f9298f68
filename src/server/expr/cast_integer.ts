/**
 * CAST(... AS SIGNED) and CAST(... AS UNSIGNED): the 64 bits read with or without a sign.
 *
 * MySQL: Item_typecast_signed::val_int, Item_typecast_unsigned::val_int, val_int_from_str (sql/item_func.cc).
 */
import { decimalText } from "../../base/decimal_text.ts";
import type { Warning } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { integerOf, type Present, textOf } from "../types/convert.ts";
import { rescale } from "../types/decimal.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { type Whole, wholeOf } from "../types/integer.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  classOf,
  SIGNED_MAX,
  SIGNED_MIN,
  UNSIGNED_MAX,
} from "../types/sql_type.ts";
import { type Item, makeItem, onValue } from "./item.ts";

export function castInteger(
  operand: Item,
  isUnsigned: boolean,
  text: () => string,
  env: EvalEnv,
): Item {
  const read = integerReader(operand, isUnsigned, env);
  const type = isUnsigned ? BIGINT_UNSIGNED : BIGINT;
  const compiled = onValue(operand, (value) => asSigned(read(value), isUnsigned));
  return makeItem([operand], compiled, { type, text });
}

/** The 64 bits read with or without a sign. */
function asSigned(value: Whole, isUnsigned: boolean): Whole {
  if (isUnsigned) return value < 0 ? wholeOf(BigInt.asUintN(64, BigInt(value))) : value;
  return value > SIGNED_MAX ? wholeOf(BigInt.asIntN(64, BigInt(value))) : value;
}

function integerReader(
  operand: Item,
  isUnsigned: boolean,
  env: EvalEnv,
): (value: Present) => Whole {
  const { type } = operand;
  if (type.kind === "decimal")
    return (value) => decimalInteger(value as Whole, type.scale, isUnsigned, env);
  if (classOf(type) !== "string" || type.kind === "enum") return integerOfItem(operand, env);
  const asText = textOf(type);
  const asInteger = integerOf(type, env);
  return (value) => textInteger(asText(value), asInteger(value), isUnsigned, env);
}

function decimalInteger(value: Whole, scale: number, isUnsigned: boolean, env: EvalEnv): Whole {
  const whole = rescale(value, scale, 0);
  const high = isUnsigned && value >= 0 ? UNSIGNED_MAX : SIGNED_MAX;
  if (whole <= high && whole >= SIGNED_MIN) return whole;
  dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DECIMAL", decimalText(value, scale));
  return whole < 0 ? SIGNED_MIN : high;
}

/** As a whole number: a computed DOUBLE beyond BIGINT is error 1690; a column or literal is cut. */
export function integerOfItem(operand: Item, env: EvalEnv): (value: Present) => Whole {
  const asInteger = integerOf(operand.type, env);
  const { kind } = operand.shape;
  if (classOf(operand.type) !== "double" || kind === "literal" || kind === "column") {
    return asInteger;
  }
  return (value) => {
    const number = Number(value);
    if (number >= 2 ** 63 || number < -(2 ** 63)) {
      throw mysqlError("ER_DATA_OUT_OF_RANGE", "BIGINT", operand.text());
    }
    return asInteger(value);
  };
}

function textInteger(text: string, value: Whole, isUnsigned: boolean, env: EvalEnv): Whole {
  const isNegative = /^\s*-/.test(text);
  if (isUnsigned && isNegative && value !== 0) env.ctx.warn(COMPLEMENT.unsigned);
  if (!isUnsigned && value > SIGNED_MAX && value !== UNSIGNED_MAX) {
    env.ctx.warn(COMPLEMENT.signed);
  }
  return value;
}

const COMPLEMENT: Readonly<Record<"signed" | "unsigned", Warning>> = {
  signed: {
    level: "Warning",
    errno: 1105,
    message: "Cast to signed converted positive out-of-range integer to its negative complement",
  },
  unsigned: {
    level: "Warning",
    errno: 1105,
    message: "Cast to unsigned converted negative integer to its positive complement",
  },
};
