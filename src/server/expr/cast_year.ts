/**
 * CAST(... AS YEAR).
 *
 * MySQL: Item_typecast_year::val_int (sql/item_timefunc.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import { mysqlWarning } from "../errors.ts";
import { integerOf, type Present, textOf } from "../types/convert.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { COMPUTED_YEAR, classOf, isTemporal } from "../types/sql_type.ts";
import { momentOf } from "../types/temporal_of.ts";
import { type Item, makeItem, onValue } from "./item.ts";

const FIRST_YEAR = 1901;
const LAST_YEAR = 2155;

export function castYear(operand: Item, text: () => string, env: EvalEnv): Item {
  const read = yearReader(operand, env);
  const compute = (value: Present): Datum => {
    const year = read(value);
    if (year === null || year === 0 || (year >= FIRST_YEAR && year <= LAST_YEAR)) return year;
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "YEAR", String(year));
    return null;
  };
  return makeItem([operand], onValue(operand, compute), {
    type: COMPUTED_YEAR,
    nullable: true,
    text,
  });
}

function yearReader(operand: Item, env: EvalEnv): (value: Present) => number | null {
  const { type } = operand;
  if (isTemporal(type)) {
    const moment = momentOf(type, env);
    return (value) => moment(value)?.year ?? null;
  }
  if (classOf(type) === "string" && type.kind !== "enum") {
    const asText = textOf(type);
    return (value) => yearOfText(asText(value), env);
  }
  const asInteger = integerOf(type, env);
  return (value) => fullYear(Number(asInteger(value)));
}

/** '0' is 2000. */
function yearOfText(text: string, env: EvalEnv): number | null {
  const digits = /^\s*[+-]?\d+/.exec(text)?.[0];
  if (digits === undefined) {
    env.ctx.warn(mysqlWarning("Warning", "ER_WRONG_VALUE", "YEAR", text));
    return null;
  }
  if (digits.length !== text.length) {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "YEAR", text);
  }
  const year = Number(digits);
  return year === 0 ? 2000 : fullYear(year);
}

function fullYear(year: number): number {
  if (year > 0 && year < 70) return year + 2000;
  return year >= 70 && year < 100 ? year + 1900 : year;
}
