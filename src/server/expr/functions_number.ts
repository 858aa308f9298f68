/** Numbers: ABS, ROUND, MOD, POW, CRC32 and so on. MySQL: sql/item_func.cc. */

import { crc32 } from "../../base/crc32.ts";
import { utf8Bytes } from "../../base/utf8.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { seededNumbers } from "../random_numbers.ts";
import { decimalOf, doubleOf, type Present } from "../types/convert.ts";
import { rescale, truncateScale } from "../types/decimal.ts";
import { roundedDouble } from "../types/double.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { negateWhole, powerOfTen, type Whole, wholeOf } from "../types/integer.ts";
import { binaryLog, decimalLog, naturalLog } from "../types/logarithm.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  classOf,
  DOUBLE,
  decimal,
  fixedDouble,
  integerDigits,
  isUnsigned,
  SIGNED_MAX,
  SIGNED_MIN,
  type SqlType,
  scaleOf,
  UNSIGNED_MAX,
  varchar,
  whole,
} from "../types/sql_type.ts";
import { arithmeticItem } from "./arithmetic.ts";
import { areBytes, countedBits } from "./bit_operators.ts";
import {
  type Call,
  encoding,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  numberText,
  ofDoubles,
  ofTexts,
  onlyOfNull,
  strict,
  wholeArg,
  withNumbers,
} from "./function_table.ts";
import { type Item, literalItem, makeItem, onValues } from "./item.ts";

export const NUMBER_FUNCTIONS: FunctionTable = {
  abs: onlyOfNull(exactOrReal((value) => (value < 0 ? negateWhole(value) : value), Math.abs)),
  sign: onlyOfNull(ofDoubles(1, 1, BIGINT, ([x]) => Math.sign(x as number))),
  mod: {
    min: 2,
    max: 2,
    make: ({ args, env }) => arithmeticItem("%", args[0] as Item, args[1] as Item, env),
  },
  round: withNumbers({ min: 1, max: 2, make: (call) => rounding(call, "round") }),
  truncate: withNumbers({ min: 2, max: 2, make: (call) => rounding(call, "truncate") }),
  floor: onlyOfNull(toWhole(Math.floor, -1)),
  ceil: onlyOfNull(toWhole(Math.ceil, 1)),
  ceiling: onlyOfNull(toWhole(Math.ceil, 1)),
  sqrt: ofDoubles(1, 1, DOUBLE, ([x]) => Math.sqrt(x as number)),
  exp: checkedReal(1, ([x]) => Math.exp(x as number)),
  ln: logarithm(naturalLog),
  log: { min: 1, max: 2, make: (call) => (call.args.length === 1 ? LN : LOG_TO_BASE).make(call) },
  log2: logarithm(binaryLog),
  log10: logarithm(decimalLog),
  pow: checkedReal(2, ([x, y]) => power(x as number, y as number)),
  power: checkedReal(2, ([x, y]) => power(x as number, y as number)),
  pi: { min: 0, max: 0, make: ({ text }) => literalItem(Math.PI, fixedDouble(6), text()) },
  sin: ofDoubles(1, 1, DOUBLE, ([x]) => Math.sin(x as number)),
  cos: ofDoubles(1, 1, DOUBLE, ([x]) => Math.cos(x as number)),
  tan: ofDoubles(1, 1, DOUBLE, ([x]) => Math.tan(x as number)),
  cot: checkedReal(1, ([x]) => 1 / Math.tan(x as number)),
  asin: ofDoubles(1, 1, DOUBLE, ([x]) => Math.asin(x as number)),
  acos: ofDoubles(1, 1, DOUBLE, ([x]) => Math.acos(x as number)),
  atan: ofDoubles(1, 2, DOUBLE, ([x, y]) =>
    y === undefined ? Math.atan(x as number) : Math.atan2(x as number, y),
  ),
  atan2: ofDoubles(2, 2, DOUBLE, ([x, y]) => Math.atan2(x as number, y as number)),
  radians: onlyOfNull(ofDoubles(1, 1, DOUBLE, ([x]) => (x as number) * (Math.PI / 180))),
  degrees: onlyOfNull(ofDoubles(1, 1, DOUBLE, ([x]) => (x as number) * (180 / Math.PI))),
  rand: { min: 0, max: 1, make: randomItem },
  crc32: onlyOfNull(ofTexts(1, 1, whole(10, true), ([text]) => crc32(utf8Bytes(text as string)))),
  conv: encoding(
    strict(3, 3, varchar(65), (call) => {
      const [from, to] = [integerArg(call, 1), integerArg(call, 2)];
      const text = numberText(call);
      return (values) => converted(text(values), from(values), to(values), call.env);
    }),
  ),
  bit_count: onlyOfNull(
    strict(1, 1, BIGINT, (call) => {
      if (areBytes(call.args[0] as Item, null)) return ([bytes]) => countedBits(String(bytes));
      const read = wholeArg(call, 0);
      return (values) => {
        let bits = BigInt.asUintN(64, BigInt(read(values)));
        let count = 0;
        for (; bits > 0n; bits >>= 1n) count += Number(bits & 1n);
        return count;
      };
    }),
  ),
};

/** RAND(): a seed of the statement begins once, one of the row for each row. NULL is seed 0. */
function randomItem(call: Call): Item {
  const { args, env, text } = call;
  const shape = { kind: "other", args, isRandom: true } as const;
  const facts = { type: DOUBLE, text, isConst: false, nullable: false, shape };
  if (args.length === 0) {
    return makeItem(args, { eval: () => env.ctx.random(), steps: null }, facts);
  }
  // Kept for the next time, it would go on where it was.
  env.given?.noteLook();
  const isOfRow = args.some(({ tables }) => tables !== 0);
  const read = wholeArg(call, 0);
  let next: (() => number) | null = null;
  const draw = ([value]: readonly Datum[]): number => {
    if (next === null || isOfRow) {
      const seed = value === null || value === undefined ? 0 : read([value]);
      next = seededNumbers(Number(BigInt.asUintN(32, BigInt(seed))));
    }
    return next();
  };
  return makeItem(args, onValues(args, draw), facts);
}

/** Error 1690 for a result that no DOUBLE holds. */
function checkedReal(args: number, fn: (numbers: readonly number[]) => number): FunctionDef {
  return withNumbers(
    strict(args, args, DOUBLE, (call) => {
      const read = call.args.map((arg) => doubleOf(arg.type, call.env));
      return (values) => {
        const result = fn(values.map((value, at) => (read[at] as (v: Present) => number)(value)));
        if (!Number.isFinite(result)) {
          throw mysqlError("ER_DATA_OUT_OF_RANGE", "DOUBLE", call.text());
        }
        return result;
      };
    }),
  );
}

function logarithm(fn: (x: number) => number): FunctionDef {
  return withNumbers(
    strict(1, 1, DOUBLE, ({ args, env }) => {
      const read = doubleOf((args[0] as Item).type, env);
      return ([value]) => {
        const x = read(value as Present);
        return x > 0 ? fn(x) : noLogarithm(env);
      };
    }),
  );
}

const LN: FunctionDef = logarithm(naturalLog);

const LOG_TO_BASE: FunctionDef = withNumbers(
  strict(2, 2, DOUBLE, ({ args, env }) => {
    const [readBase, readX] = args.map((arg) => doubleOf(arg.type, env));
    return ([b, x]) => {
      const base = (readBase as (v: Present) => number)(b as Present);
      if (base <= 0) return noLogarithm(env);
      const number = (readX as (v: Present) => number)(x as Present);
      return number <= 0 || base === 1 ? noLogarithm(env) : naturalLog(number) / naturalLog(base);
    };
  }),
);

function noLogarithm(env: EvalEnv): null {
  dataProblem(env, "ER_INVALID_ARGUMENT_FOR_LOGARITHM");
  return null;
}

/** Keeps integers and decimals exact, takes everything else as DOUBLE. */
function exactOrReal(exact: (value: Whole) => Whole, real: (value: number) => number): FunctionDef {
  return strict(
    1,
    1,
    ({ args }) => numericType((args[0] as Item).type as ColumnType),
    ({ args, env, text }) => {
      const { type } = args[0] as Item;
      if (isExact(type as ColumnType))
        return ([value]) => inRange(exact(value as Whole), type, text);
      const read = doubleOf(type, env);
      return ([value]) => real(read(value as Present));
    },
  );
}

/** ABS(-9223372036854775808) is error 1690. */
function inRange(value: Whole, type: SqlType, text: () => string): Whole {
  if (type.kind !== "int" || value <= (type.unsigned ? UNSIGNED_MAX : SIGNED_MAX)) return value;
  throw mysqlError("ER_DATA_OUT_OF_RANGE", "BIGINT", text());
}

function isExact(type: ColumnType): boolean {
  const kind = classOf(type);
  return kind === "int" || kind === "decimal";
}

function numericType(type: ColumnType): ColumnType {
  if (type.kind === "bit") return BIGINT_UNSIGNED;
  if (type.kind === "year") return whole(4, true);
  return isExact(type) || type.kind === "double" ? type : DOUBLE;
}

/** FLOOR and CEILING: exact numbers give whole ones. */
function toWhole(real: (value: number) => number, away: 1 | -1): FunctionDef {
  const typeOf = ({ args }: Call): ColumnType => {
    const type = (args[0] as Item).type as ColumnType;
    if (classOf(type) === "int") return isUnsigned(type) ? BIGINT_UNSIGNED : BIGINT;
    if (type.kind !== "decimal") return DOUBLE;
    return type.precision - type.scale >= 18
      ? decimal(type.precision, 0)
      : isUnsigned(type)
        ? BIGINT_UNSIGNED
        : BIGINT;
  };
  return strict(1, 1, typeOf, ({ args, env }) => {
    const type = (args[0] as Item).type as ColumnType;
    if (classOf(type) === "int") return ([value]) => value as Whole;
    if (type.kind !== "decimal") {
      const read = doubleOf(type, env);
      return ([value]) => real(read(value as Present));
    }
    const { scale } = type;
    return ([value]) => {
      const cut = truncateScale(value as Whole, scale, 0);
      const isExactAlready = rescale(cut, 0, scale) === value;
      const goesAway = !isExactAlready && (away > 0 ? (value as Whole) > 0 : (value as Whole) < 0);
      return goesAway ? wholeOf(BigInt(cut) + BigInt(away)) : cut;
    };
  });
}

/** MySQL: Item_func_round: a constant number of places tells the result's scale. */
function rounding(call: Call, how: "round" | "truncate"): Item {
  const value = call.args[0] as Item;
  const type = value.type as ColumnType;
  return isExact(type) ? exactRounding(call, type, how) : realRounding(call, type, how);
}

function exactRounding(call: Call, type: ColumnType, how: "round" | "truncate"): Item {
  const { args, env } = call;
  const places = args[1];
  const scale = scaleOf(type);
  const constant = places === undefined ? 0 : places.isConst ? (places.eval?.() ?? 0) : null;
  const digits = integerArg(call, 1);
  const wantedOf = (given: number): number => Math.max(-30, Math.min(30, given));
  const isUnsignedPlaces = places !== undefined && isUnsigned(places.type);
  const read = (values: readonly Present[]): number =>
    places === undefined
      ? 0
      : wantedOf(isUnsignedPlaces && digits(values) > 30 ? 30 : digits(values));
  const known = constant === null ? scale : wantedOf(Number(digits([0, constant])));
  const kept = Math.max(0, Math.min(scale, known));
  const isCut = known < scale;
  const result =
    type.kind === "decimal"
      ? decimal(integerDigits(type) + kept + (isCut && how === "round" ? 1 : 0), kept)
      : classOf(type) === "int"
        ? isUnsigned(type)
          ? BIGINT_UNSIGNED
          : BIGINT
        : type;
  const toScale = how === "round" ? rescale : truncateScale;
  const def = strict(1, 2, result, () => (values) => {
    const at = Math.min(scale, read(values));
    const exact = decimalOf(type, scale, env)(values[0] as Present);
    if (at >= 0) return rescale(toScale(exact, scale, at), at, kept);
    const whole = wholeOf(BigInt(toScale(exact, scale - at, 0)) * powerOfTen(-at));
    if (classOf(result) === "int" && isBeyond(whole, result)) {
      const what = isUnsigned(result) ? "BIGINT UNSIGNED" : "BIGINT";
      throw mysqlError("ER_DATA_OUT_OF_RANGE", what, call.text());
    }
    return wholeOf(BigInt(whole) * powerOfTen(kept));
  });
  return onlyOfNull(def).make(call);
}

function isBeyond(whole: Whole, type: ColumnType): boolean {
  return whole > (isUnsigned(type) ? UNSIGNED_MAX : SIGNED_MAX) || whole < SIGNED_MIN;
}

function realRounding(call: Call, type: ColumnType, how: "round" | "truncate"): Item {
  const read = doubleOf(type, call.env);
  const digits = integerArg(call, 1);
  const def = strict(1, 2, DOUBLE, () => (values) => {
    const number = read(values[0] as Present);
    const places = call.args.length === 1 ? 0 : digits(values);
    if (places <= -309) return 0;
    if (how === "round") return roundedDouble(number, places);
    const factor = 10 ** Math.min(Math.abs(places), 400);
    if (places < 0) return Math.trunc(number / factor) * factor;
    const scaled = number * factor;
    return Number.isFinite(scaled) ? Math.trunc(scaled) / factor : number;
  });
  return onlyOfNull(def).make(call);
}

/** MySQL: Item_func_conv: a text without a digit is warned of. */
export function converted(text: string, from: number, to: number, env: EvalEnv): string | null {
  const [base, target] = [Math.abs(from), Math.abs(to)];
  if (base < 2 || base > 36 || target < 2 || target > 36 || text === "") return null;
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  const match = /^\s*([+-]?)([0-9a-z]*)/i.exec(text);
  const isNegative = match?.[1] === "-";
  let value = 0n;
  let count = 0;
  for (const char of (match?.[2] ?? "").toLowerCase()) {
    const digit = digits.indexOf(char);
    if (digit < 0) break;
    // Too large is too large, however many digits follow.
    if (value <= UNSIGNED_MAX) value = value * BigInt(base) + BigInt(digit);
    count += 1;
  }
  const isHuge = from < 0 ? value > 2n ** 63n - (isNegative ? 0n : 1n) : value > UNSIGNED_MAX;
  if (count === 0 || isHuge) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DECIMAL", text);
  if (isHuge)
    value = isNegative ? (from < 0 ? 2n ** 63n : 0n) : from < 0 ? 2n ** 63n - 1n : UNSIGNED_MAX;
  const signed = isNegative ? -value : value;
  const shown = to < 0 ? BigInt.asIntN(64, signed) : BigInt.asUintN(64, signed);
  return shown.toString(target).toUpperCase();
}

/** Whole exponents up to this are computed exactly: the C library rounds well, the language's own operator need not. */
const EXACT_EXPONENT_MAX = 400;

function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > EXACT_EXPONENT_MAX) {
    return base ** exponent;
  }
  if (base === 10) return Number(`1e${exponent}`);
  if (!Number.isSafeInteger(base)) return base ** exponent;
  const whole = Number(BigInt(base) ** BigInt(Math.abs(exponent)));
  if (exponent >= 0) return whole;
  return Number.isSafeInteger(whole) ? 1 / whole : base ** exponent;
}
