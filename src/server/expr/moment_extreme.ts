/**
 * GREATEST and LEAST of dates among texts and numbers: all are read as dates, and the result is written anew.
 *
 * MySQL: Item_func_min_max::cmp_datetimes, val_str (sql/item_func.cc).
 */

import { maxOf } from "../../base/lists.ts";
import { dateText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import { momentKey } from "../types/compare.ts";
import type { Present } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { LOOSE } from "../types/read_moment.ts";
import { classOf, fractionDigits, type SqlType, scaleOf, varchar } from "../types/sql_type.ts";

import { momentOf } from "../types/temporal_of.ts";
import { columnName } from "./constant_operand.ts";
import type { Call } from "./function_table.ts";
import { type Item, makeItem, onValues } from "./item.ts";

export function isOfMoments(args: readonly Item[]): boolean {
  const isDated = args.some(({ type }) => hasDate(type));
  return isDated && !args.every(({ type }) => hasDate(type)) && args.every(mayBeDated);
}

function hasDate({ kind }: SqlType): boolean {
  return kind === "date" || kind === "datetime" || kind === "timestamp";
}

function mayBeDated({ type }: Item): boolean {
  const found = classOf(type);
  if (found === "string") return type.kind !== "enum";
  return hasDate(type) || type.kind === "int";
}

/** What is no date beats all dates in GREATEST, and shows like this. */
const NO_DATE = "16383-15-31";

export function momentExtreme({ args, env, text }: Call, sign: 1 | -1): Item {
  const dated = args.find(({ type }) => hasDate(type)) as Item;
  const isDate = args.every(({ type }) => !hasDate(type) || type.kind === "date");
  const keys = args.map((arg) => (isDate ? dateKey(arg, env) : timedKey(arg, dated, env)));
  const fsp = maxOf(args.map(digitsOf));
  const length = isDate ? NO_DATE.length : 20 + fsp;
  const compiled = onValues(args, (values): Datum => {
    let best: string | null = null;
    for (const [at, value] of values.entries()) {
      if (value === null) return null;
      const key = (keys[at] as (v: Present) => string)(value);
      if (best === null || (sign > 0 ? isAbove(key, best) : isAbove(best, key))) best = key;
    }
    return best !== null && !isDate ? best.slice(0, fsp === 0 ? 19 : 20 + fsp) : best;
  });
  return makeItem(args, compiled, { type: varchar(length), text, isMomentText: true });
}

function isAbove(a: string, b: string): boolean {
  return a === NO_DATE ? b !== NO_DATE : b !== NO_DATE && a > b;
}

function dateKey({ type }: Item, env: EvalEnv): (value: Present) => string {
  const read = momentOf(type, env, LOOSE, "date");
  return (value) => {
    const moment = read(value);
    return moment === null ? NO_DATE : dateText(moment);
  };
}

function timedKey({ type }: Item, dated: Item, env: EvalEnv): (value: Present) => string {
  const isNamed = classOf(type) === "string" && dated.shape.kind === "column";
  const column = isNamed ? columnName(dated) : null;
  return momentKey(type, dated.type, env, column === null ? "cast" : { column });
}

/** Digits after the second: of a text that is no constant, as many as there may be. */
function digitsOf(arg: Item): number {
  if (hasDate(arg.type)) return scaleOf(arg.type);
  if (classOf(arg.type) !== "string") return 0;
  const value = arg.isConst ? arg.eval?.() : null;
  if (typeof value !== "string") return Math.min(fractionDigits(arg.type), 6);
  return Math.min(/\.(\d*)\s*$/.exec(value)?.[1]?.length ?? 0, 6);
}
