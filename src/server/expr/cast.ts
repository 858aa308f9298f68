/**
 * CAST, CONVERT and COLLATE.
 *
 * MySQL: Item_typecast_*, Item_func_set_collation (sql/item_timefunc.cc, sql/item_func.cc).
 */

import { dateText } from "../../base/temporal_text.ts";
import { utf8Bytes, utf8Text } from "../../base/utf8.ts";
import type { Datum } from "../../innodb/api.ts";
import type { CastType } from "../../sql/ast_expression.ts";
import type { Collation, ColumnType } from "../../trace/values.ts";
import { mysqlError, mysqlWarning, notSimulated } from "../errors.ts";
import { binaryOf, decimalOf, type Present, textOf } from "../types/convert.ts";
import { FLOAT_MAX } from "../types/double.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { powerOfTen, wholeOf } from "../types/integer.ts";
import { rounded } from "../types/moment_rounding.ts";
import { WHOLE_DATES } from "../types/read_moment.ts";
import {
  classOf,
  collationOf,
  DATE,
  DOUBLE,
  decimal,
  FLOAT,
  textLength,
  varchar,
} from "../types/sql_type.ts";
import { momentText, roundMicros } from "../types/temporal.ts";
import { momentOf, timeOf } from "../types/temporal_of.ts";
import { converterTo } from "../types/to_type.ts";
import { castInteger } from "./cast_integer.ts";
import { castYear } from "./cast_year.ts";
import { type Item, makeItem, numericForm, onValue, textSource } from "./item.ts";
import { castJson } from "./json_bind.ts";
import { isTooLong } from "./text_limit.ts";

/** `written` is the name that messages give it. */
export function castItem(given: Item, to: CastType, written: string, env: EvalEnv): Item {
  if ((to.name === "time" || to.name === "datetime") && (to.length ?? 0) > FRACTION_DIGITS_MAX) {
    throw mysqlError("ER_TOO_BIG_PRECISION", to.length ?? 0, "CAST", FRACTION_DIGITS_MAX);
  }
  const operand = castOperand(given, to.name);
  const name = to.length === null ? to.name : `${to.name}(${lengthText(to)})`;
  const text = (): string => `cast(${operand.text()} as ${name})`;
  const make = (type: ColumnType, fn: (value: Present) => Datum): Item =>
    makeItem([operand], onValue(operand, fn), { type, nullable: true, text });
  switch (to.name) {
    case "signed":
    case "unsigned":
      return castInteger(operand, to.name === "unsigned", text, env);
    case "char":
    case "binary": {
      const collation: Collation = to.name === "binary" ? "binary" : "utf8mb4_0900_ai_ci";
      const length =
        to.length ?? (to.name === "binary" ? byteLength(operand) : textLength(operand.type));
      if (length > LENGTH_MAX) {
        throw mysqlError("ER_TOO_BIG_DISPLAYWIDTH", "cast as char", LENGTH_MAX);
      }
      const made = make(varchar(length, collation), cutTo(operand, to, env));
      return { ...made, shape: { kind: "other", args: [operand], derivation: "implicit" } };
    }
    case "decimal":
      return { ...castDecimal(operand, to, make, written, env), nullable: operand.nullable };
    case "float":
      return { ...make(FLOAT, castFloat(operand, text, env)), nullable: operand.nullable };
    case "double":
      return { ...make(DOUBLE, castReal(operand, env)), nullable: operand.nullable };
    case "date": {
      const read = momentOf(operand.type, env, WHOLE_DATES, "date");
      return make(DATE, (value) => {
        const moment = read(value);
        return moment === null ? null : dateText(moment);
      });
    }
    case "datetime": {
      const fsp = to.length ?? 0;
      const read = momentOf(operand.type, env, WHOLE_DATES);
      return make({ kind: "datetime", fsp }, (value) => {
        const moment = read(value);
        if (moment === null) return null;
        const kept = rounded(moment, fsp);
        if (kept.year <= 9999) return momentText(kept, fsp);
        dataProblem(env, "ER_DATETIME_FUNCTION_OVERFLOW", "datetime");
        return null;
      });
    }
    case "time": {
      const fsp = to.length ?? 0;
      const read = timeOf(operand.type, env);
      return make({ kind: "time", fsp }, (value) => {
        const micros = read(value);
        return micros === null ? null : roundMicros(micros, fsp);
      });
    }
    case "year":
      return castYear(operand, text, env);
    case "json":
      return castJson(operand, text);
    case "geometry":
      throw notSimulated(`CAST AS ${to.name.toUpperCase()}`);
  }
}

const FRACTION_DIGITS_MAX = 6;

/** What 32 bits count. */
const LENGTH_MAX = 4_294_967_295;

/** A literal of bytes stands for its number among numbers. */
function castOperand(given: Item, to: CastType["name"]): Item {
  const isReal = to === "decimal" || to === "double" || to === "float";
  if (given.shape.kind !== "literal") return isReal ? numericForm(given) : given;
  const isNumber = isReal || to === "signed" || to === "unsigned" || to === "year";
  return (isNumber ? given.shape.number : undefined) ?? given;
}

function lengthText(to: CastType): string {
  return to.decimals === null ? String(to.length) : `${to.length},${to.decimals}`;
}

/** CHAR(n) counts characters, BINARY(n) bytes, which it fills up with zeros. */
function cutTo(operand: Item, to: CastType, env: EvalEnv): (value: Present) => Datum {
  const isBinary = to.name === "binary";
  const asText = isBinary ? binaryOf(operand.type) : textOf(operand.type);
  const isDecoded = !isBinary && isBytes(operand);
  const whole = (value: Present) => (isDecoded ? decodedText(asText(value), env) : asText(value));
  const { length } = to;
  if (length === null) return whole;
  return (value) => {
    if (isBinary && isTooLong({ env, name: "cast_as_binary" }, length)) return null;
    const text = whole(value);
    if (text === null) return null;
    const characters = [...text];
    if (characters.length <= length) return isBinary ? text.padEnd(length, "\0") : text;
    const kept = characters.slice(0, length).join("");
    const shown = isBinary ? length : utf8Bytes(kept).length;
    const what = `${isBinary ? "BINARY" : "CHAR"}(${shown})`;
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", what, text);
    return kept;
  };
}

function castDecimal(
  operand: Item,
  to: CastType,
  make: (type: ColumnType, fn: (value: Present) => Datum) => Item,
  written: string,
  env: EvalEnv,
): Item {
  const precision = to.length ?? 10;
  const scale = to.decimals ?? 0;
  if (scale > precision) throw mysqlError("ER_M_BIGGER_THAN_D", "");
  const type = decimal(precision, scale);
  const high = powerOfTen(precision) - 1n;
  const convert = decimalOf(operand.type, scale, env, textSource(operand));
  return make(type, (value) => {
    const scaled = convert(value);
    if (scaled <= high && scaled >= -high) return scaled;
    dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", written, 1);
    return wholeOf(scaled < 0 ? -high : high);
  });
}

function castReal(operand: Item, env: EvalEnv): (value: Present) => Datum {
  return converterTo(operand.type, DOUBLE, env) ?? ((value: Present) => value);
}

function castFloat(operand: Item, text: () => string, env: EvalEnv): (value: Present) => Datum {
  const convert = castReal(operand, env);
  return (value) => {
    const number = Number(convert(value));
    if (Math.abs(number) > FLOAT_MAX) throw mysqlError("ER_DATA_OUT_OF_RANGE", "DOUBLE", text());
    return Math.fround(number);
  };
}

/** Bytes that its text may take. */
function byteLength(item: Item): number {
  const isText = classOf(item.type) === "string" && !isBytes(item);
  return textLength(item.type) * (isText ? 4 : 1);
}

/** A character for each byte. */
function isBytes({ type }: Item): boolean {
  return "collation" in type && type.collation === "binary";
}

/** NULL, with warning 1300, for bytes that are no UTF-8. */
function decodedText(bytes: string, env: EvalEnv): string | null {
  const decoded = utf8Text(bytes);
  if (typeof decoded === "string") return decoded;
  const rest = [...bytes.slice(decoded, decoded + INVALID_SHOWN)];
  const shown = rest.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  const name = "ER_INVALID_CHARACTER_STRING";
  env.ctx.warn(mysqlWarning("Warning", name, "utf8mb4", shown.toUpperCase()));
  return null;
}

/** Bytes of a bad string that the warning shows. */
const INVALID_SHOWN = 3;

export function convertItem(operand: Item, charset: string, env: EvalEnv): Item {
  const collation: Collation = charset === "binary" ? "binary" : "utf8mb4_0900_ai_ci";
  const asText = charset === "binary" ? binaryOf(operand.type) : textOf(operand.type);
  const isDecoded = isBytes(operand) && /^utf8/.test(charset);
  const compute = (value: Present): Datum =>
    isDecoded ? decodedText(asText(value), env) : asText(value);
  return makeItem([operand], onValue(operand, compute), {
    type: varchar(textLength(operand.type), collation),
    nullable: operand.nullable || isDecoded,
    text: () => `convert(${operand.text()} using ${charset})`,
  });
}

const COLLATIONS: Readonly<Record<string, Collation>> = {
  utf8mb4_0900_ai_ci: "utf8mb4_0900_ai_ci",
  utf8mb4_0900_as_cs: "utf8mb4_0900_as_cs",
  utf8mb4_general_ci: "utf8mb4_general_ci",
  utf8mb4_unicode_ci: "utf8mb4_unicode_ci",
  utf8mb4_bin: "utf8mb4_bin",
  utf8mb4_0900_bin: "utf8mb4_bin",
  binary: "binary",
};

export function collateItem(operand: Item, name: string): Item {
  const collation = COLLATIONS[name];
  if (collation === undefined) {
    if (/^utf8mb4_/.test(name)) throw notSimulated(`COLLATE ${name}`);
    throw mysqlError("ER_UNKNOWN_COLLATION", name);
  }
  const found = classOf(operand.type);
  const isBytes =
    found === "null" || (found === "string" && collationOf(operand.type) === "binary");
  if (isBytes && name.startsWith("utf8mb4_")) {
    throw mysqlError("ER_COLLATION_CHARSET_MISMATCH", name, "binary");
  }
  const asText = collation === "binary" ? binaryOf(operand.type) : textOf(operand.type);
  return makeItem([operand], onValue(operand, asText), {
    type: varchar(textLength(operand.type), collation),
    shape: { kind: "other", args: [operand], derivation: "explicit" },
    text: () => `(${operand.text()} collate ${name})`,
  });
}
