/** Numbers: ABS, ROUND, MOD, POW, CRC32 and so on. MySQL: sql/item_func.cc. */
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { decimalOf, doubleOf, type Present } from "../types/convert.ts";
import { rescale, truncateScale } from "../types/decimal.ts";
import { roundHalfEven } from "../types/double.ts";
import { negateWhole, powerOfTen, type Whole, wholeOf } from "../types/integer.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  classOf,
  DOUBLE,
  decimal,
  INT,
  integerDigits,
  isUnsigned,
  scaleOf,
  varchar,
} from "../types/sql_type.ts";
import { arithmeticItem } from "./arithmetic.ts";
import {
  type Call,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  ofDoubles,
  ofTexts,
  strict,
  textArg,
} from "./function_table.ts";
import { type Item, makeItem } from "./item.ts";
import { utf8Bytes } from "./utf8.ts";

export const NUMBER_FUNCTIONS: FunctionTable = {
  abs: exactOrReal((value) => (value < 0 ? negateWhole(value) : value), Math.abs),
  sign: ofDoubles(1, 1, INT, ([x]) => Math.sign(x as number)),
  mod: {
    min: 2,
    max: 2,
    make: ({ args, env }) => arithmeticItem("%", args[0] as Item, args[1] as Item, env),
  },
  round: { min: 1, max: 2, make: (call) => rounding(call, "round") },
  truncate: { min: 2, max: 2, make: (call) => rounding(call, "truncate") },
  floor: toWhole(Math.floor, -1),
  ceil: toWhole(Math.ceil, 1),
  ceiling: toWhole(Math.ceil, 1),
  sqrt: ofDoubles(1, 1, DOUBLE, ([x]) => Math.sqrt(x as number)),
  exp: ofDoubles(1, 1, DOUBLE, ([x]) => Math.exp(x as number)),
  ln: ofDoubles(1, 1, DOUBLE, ([x]) => Math.log(x as number)),
  log: ofDoubles(1, 2, DOUBLE, ([x, y]) =>
    y === undefined ? Math.log(x as number) : Math.log(y) / Math.log(x as number),
  ),
  log2: ofDoubles(1, 1, DOUBLE, ([x]) => Math.log2(x as number)),
  log10: ofDoubles(1, 1, DOUBLE, ([x]) => Math.log10(x as number)),
  pow: power(),
  power: power(),
  pi: ofDoubles(0, 0, DOUBLE, () => Number(Math.PI.toFixed(6))),
  sin: ofDoubles(1, 1, DOUBLE, ([x]) => Math.sin(x as number)),
  cos: ofDoubles(1, 1, DOUBLE, ([x]) => Math.cos(x as number)),
  tan: ofDoubles(1, 1, DOUBLE, ([x]) => Math.tan(x as number)),
  cot: ofDoubles(1, 1, DOUBLE, ([x]) => 1 / Math.tan(x as number)),
  asin: ofDoubles(1, 1, DOUBLE, ([x]) => Math.asin(x as number)),
  acos: ofDoubles(1, 1, DOUBLE, ([x]) => Math.acos(x as number)),
  atan: ofDoubles(1, 2, DOUBLE, ([x, y]) =>
    y === undefined ? Math.atan(x as number) : Math.atan2(x as number, y),
  ),
  atan2: ofDoubles(2, 2, DOUBLE, ([x, y]) => Math.atan2(x as number, y as number)),
  radians: ofDoubles(1, 1, DOUBLE, ([x]) => ((x as number) * Math.PI) / 180),
  degrees: ofDoubles(1, 1, DOUBLE, ([x]) => ((x as number) * 180) / Math.PI),
  rand: {
    min: 0,
    max: 1,
    make: ({ args, env, text }) =>
      makeItem(
        args,
        { eval: () => env.ctx.random(), steps: null },
        { type: DOUBLE, text, isConst: false, nullable: false },
      ),
  },
  crc32: ofTexts(1, 1, BIGINT_UNSIGNED, ([text]) => crc32(utf8Bytes(text as string))),
  conv: strict(3, 3, varchar(64), (call) => {
    const [from, to] = [integerArg(call, 1), integerArg(call, 2)];
    const text = textArg(call, 0);
    return (values) => converted(text(values), from(values), to(values));
  }),
  bit_count: strict(1, 1, BIGINT, (call) => {
    const read = integerArg(call, 0);
    return (values) => {
      let bits = BigInt.asUintN(64, BigInt(read(values)));
      let count = 0;
      for (; bits > 0n; bits >>= 1n) count += Number(bits & 1n);
      return count;
    };
  }),
};

function power(): FunctionDef {
  return strict(2, 2, DOUBLE, ({ args, env, text }) => {
    const [base, exponent] = args.map((arg) => doubleOf(arg.type, env));
    return ([x, y]) => {
      const result =
        (base as (v: Present) => number)(x as Present) **
        (exponent as (v: Present) => number)(y as Present);
      if (!Number.isFinite(result)) throw mysqlError("ER_DATA_OUT_OF_RANGE", "DOUBLE", text());
      return result;
    };
  });
}

/** Keeps integers and decimals exact, takes everything else as DOUBLE. */
function exactOrReal(exact: (value: Whole) => Whole, real: (value: number) => number): FunctionDef {
  return strict(
    1,
    1,
    ({ args }) => numericType((args[0] as Item).type as ColumnType),
    ({ args, env }) => {
      const { type } = args[0] as Item;
      if (isExact(type as ColumnType)) return ([value]) => exact(value as Whole);
      const read = doubleOf(type, env);
      return ([value]) => real(read(value as Present));
    },
  );
}

function isExact(type: ColumnType): boolean {
  const kind = classOf(type);
  return kind === "int" || kind === "decimal";
}

function numericType(type: ColumnType): ColumnType {
  return isExact(type) ? type : DOUBLE;
}

/** FLOOR and CEILING: exact numbers give whole ones. */
function toWhole(real: (value: number) => number, away: 1 | -1): FunctionDef {
  const typeOf = ({ args }: Call): ColumnType => {
    const type = (args[0] as Item).type as ColumnType;
    if (classOf(type) === "int") return type;
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
      return ([value]) => real(read(value as Present)) + 0;
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

/** MySQL: Item_func_round. */
function rounding(call: Call, how: "round" | "truncate"): Item {
  const value = call.args[0] as Item;
  const places = call.args[1];
  const type = value.type as ColumnType;
  const constant =
    places === undefined ? 0 : places.isConst && places.eval !== null ? places.eval() : null;
  const digits = integerArg(call, 1);
  if (isExact(type) && (constant !== null || classOf(type) === "int")) {
    const scale = scaleOf(type);
    const wanted = Math.max(-30, Math.min(30, Number(constant ?? 0)));
    const kept = Math.max(0, Math.min(scale, wanted));
    const result = type.kind === "decimal" ? decimal(integerDigits(type) + kept + 1, kept) : type;
    const toScale = how === "round" ? rescale : truncateScale;
    const one = strict(1, 2, result, () => (values) => {
      const places10 = constant === null ? digits(values) : wanted;
      const at = Math.min(scale, places10);
      const exact = decimalOf(type, scale, call.env)(values[0] as Present);
      if (at >= 0) return rescale(toScale(exact, scale, at), at, kept);
      const whole = toScale(exact, scale - at, 0);
      return wholeOf(BigInt(whole) * powerOfTen(-at) * powerOfTen(kept));
    });
    return one.make(call);
  }
  const read = doubleOf(type, call.env);
  const real = strict(1, 2, DOUBLE, () => (values) => {
    const number = read(values[0] as Present);
    const factor = 10 ** (places === undefined ? 0 : digits(values));
    const scaled = number * factor;
    const cut = how === "round" ? roundHalfEven(scaled) : Math.trunc(scaled);
    return cut / factor + 0;
  });
  return real.make(call);
}

function converted(text: string, from: number, to: number): string | null {
  const [base, target] = [Math.abs(from), Math.abs(to)];
  if (base < 2 || base > 36 || target < 2 || target > 36) return null;
  const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, base);
  const isNegative = text.trim().startsWith("-");
  let value = 0n;
  for (const char of text.trim().replace(/^[+-]/, "").toLowerCase()) {
    const digit = digits.indexOf(char);
    if (digit < 0) break;
    value = value * BigInt(base) + BigInt(digit);
  }
  const signed = isNegative ? -value : value;
  const shown = to < 0 ? BigInt.asIntN(64, signed) : BigInt.asUintN(64, signed);
  return shown.toString(target).toUpperCase();
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
