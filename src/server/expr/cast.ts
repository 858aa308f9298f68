/**
 * CAST, CONVERT and COLLATE.
 *
 * MySQL: Item_typecast_*, Item_func_set_collation (sql/item_timefunc.cc, sql/item_func.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import type { CastType } from "../../sql/ast_expression.ts";
import type { Collation, ColumnType } from "../../trace/values.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { type Present, textOf } from "../types/convert.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { powerOfTen, type Whole, wholeOf } from "../types/integer.ts";
import { rounded } from "../types/moment_rounding.ts";
import {
  BIGINT,
  BIGINT_UNSIGNED,
  classOf,
  DATE,
  DOUBLE,
  decimal,
  isTemporal,
  SIGNED_MAX,
  scaleOf,
  textLength,
  varchar,
} from "../types/sql_type.ts";
import { dateText, momentText, readMoment, readTime } from "../types/temporal.ts";
import { converterTo } from "../types/to_type.ts";
import { type Item, makeItem, onValue } from "./item.ts";

export function castItem(operand: Item, to: CastType, env: EvalEnv): Item {
  const name = to.length === null ? to.name : `${to.name}(${lengthText(to)})`;
  const text = (): string => `cast(${operand.text()} as ${name})`;
  const make = (type: ColumnType, fn: (value: Present) => Datum): Item =>
    makeItem([operand], onValue(operand, fn), { type, nullable: true, text });
  switch (to.name) {
    case "signed":
    case "unsigned": {
      const isUnsigned = to.name === "unsigned";
      const convert = converterTo(operand.type, BIGINT, env) ?? ((value: Present) => value);
      const type = isUnsigned ? BIGINT_UNSIGNED : BIGINT;
      return make(type, (value) => {
        const whole = convert(value);
        return whole === null ? null : asSigned(whole as Whole, isUnsigned);
      });
    }
    case "char":
    case "binary": {
      const collation: Collation = to.name === "binary" ? "binary" : "utf8mb4_0900_ai_ci";
      const length = to.length ?? textLength(operand.type);
      return make(varchar(length, collation), cutTo(operand, to, env));
    }
    case "decimal":
      return castDecimal(operand, to, make, text, env);
    case "double":
    case "float":
      return make(DOUBLE, converterTo(operand.type, DOUBLE, env) ?? ((value) => value));
    case "date":
      return make(DATE, temporalCast(operand, DATE, "date", env));
    case "datetime": {
      const type: ColumnType = { kind: "datetime", fsp: to.length ?? 0 };
      return make(type, temporalCast(operand, type, "datetime", env));
    }
    case "time": {
      const type: ColumnType = { kind: "time", fsp: to.length ?? 0 };
      return make(type, temporalCast(operand, type, "time", env));
    }
    case "year": {
      const convert = converterTo(operand.type, BIGINT, env) ?? ((value: Present) => value);
      return make({ kind: "year" }, (value) => {
        const year = Number(convert(value));
        if (year >= 1901 && year <= 2155) return year;
        return year >= 0 && year < 100 ? year + (year < 70 ? 2000 : 1900) : null;
      });
    }
    case "json":
    case "geometry":
      throw notSupported(`CAST AS ${to.name.toUpperCase()}`);
  }
}

function lengthText(to: CastType): string {
  return to.decimals === null ? String(to.length) : `${to.length},${to.decimals}`;
}

/** The 64 bits read with or without a sign. */
function asSigned(value: Whole, isUnsigned: boolean): Whole {
  if (isUnsigned) return value < 0 ? wholeOf(BigInt.asUintN(64, BigInt(value))) : value;
  return value > SIGNED_MAX ? wholeOf(BigInt.asIntN(64, BigInt(value))) : value;
}

function cutTo(operand: Item, to: CastType, env: EvalEnv): (value: Present) => Datum {
  const asText = textOf(operand.type);
  const { length } = to;
  if (length === null) return asText;
  return (value) => {
    const characters = [...asText(value)];
    if (characters.length <= length) return characters.join("");
    const what = to.name === "binary" ? `BINARY(${length})` : `CHAR(${length})`;
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", what, characters.join(""));
    return characters.slice(0, length).join("");
  };
}

function castDecimal(
  operand: Item,
  to: CastType,
  make: (type: ColumnType, fn: (value: Present) => Datum) => Item,
  text: () => string,
  env: EvalEnv,
): Item {
  const precision = to.length ?? 10;
  const type = decimal(precision, to.decimals ?? 0);
  const high = powerOfTen(precision) - 1n;
  const convert = converterTo(operand.type, type, env) ?? ((value: Present) => value);
  return make(type, (value) => {
    const scaled = convert(value) as Whole;
    if (scaled <= high && scaled >= -high) return scaled;
    dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", text(), env.rowNumber);
    return wholeOf(scaled < 0 ? -high : high);
  });
}

function temporalCast(
  operand: Item,
  type: ColumnType,
  what: "date" | "datetime" | "time",
  env: EvalEnv,
): (value: Present) => Datum {
  const convert = converterTo(operand.type, type, env) ?? ((value: Present) => value);
  if (isTemporal(operand.type) || classOf(operand.type) !== "string") return convert;
  const asText = textOf(operand.type);
  const fsp = scaleOf(type);
  const refused = (text: string): null => {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", what, text);
    return null;
  };
  return (value) => {
    const text = asText(value);
    if (what === "time") return readTime(text) === null ? refused(text) : convert(value);
    const read = readMoment(text);
    if (read === null) return refused(text);
    if (read.isCut) refused(text);
    return what === "date" ? dateText(read.value) : momentText(rounded(read.value, fsp), fsp);
  };
}

export function convertItem(operand: Item, charset: string): Item {
  const collation: Collation = charset === "binary" ? "binary" : "utf8mb4_0900_ai_ci";
  const compiled = onValue(operand, textOf(operand.type));
  return makeItem([operand], compiled, {
    type: varchar(textLength(operand.type), collation),
    text: () => `convert(${operand.text()} using ${charset})`,
  });
}

const COLLATIONS: Readonly<Record<string, Collation>> = {
  utf8mb4_0900_ai_ci: "utf8mb4_0900_ai_ci",
  utf8mb4_general_ci: "utf8mb4_0900_ai_ci",
  utf8mb4_unicode_ci: "utf8mb4_0900_ai_ci",
  utf8mb4_bin: "utf8mb4_bin",
  utf8mb4_0900_bin: "binary",
  binary: "binary",
};

export function collateItem(operand: Item, name: string): Item {
  const collation = COLLATIONS[name];
  if (collation === undefined) {
    if (/^utf8mb4_/.test(name)) throw notSupported(`COLLATE ${name}`);
    throw mysqlError("ER_UNKNOWN_COLLATION", name);
  }
  const compiled = onValue(operand, textOf(operand.type));
  return makeItem([operand], compiled, {
    type: varchar(textLength(operand.type), collation),
    text: () => `(${operand.text()} collate ${name})`,
  });
}
