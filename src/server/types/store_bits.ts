/**
 * Storing into SET and BIT columns.
 *
 * MySQL: Field_set::store, find_set, Field_bit::store (sql/field.cc, sql/strfunc.cc).
 */
import { compareText } from "../../base/collation.ts";
import { binaryBytes } from "../../base/utf8.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { binaryOf, doubleOf, integerOf, type Present, textOf } from "./convert.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { wholeOf } from "./integer.ts";
import { classOf, type SqlType } from "./sql_type.ts";

interface Target {
  readonly name: string;
}

/** Members by their names with commas between them, or a number whose bits they are. */
export function storeSet(
  { name }: Target,
  { members, collation }: Extract<ColumnType, { kind: "enum" }>,
  from: SqlType,
  env: EvalEnv,
): (value: Present) => Datum {
  const all = (1n << BigInt(members.length)) - 1n;
  const truncated = (bits: bigint): Datum => {
    dataProblem(env, "WARN_DATA_TRUNCATED", name, env.rowNumber);
    return wholeOf(bits);
  };
  const ofNumber = (bits: bigint): Datum => {
    const unsigned = BigInt.asUintN(64, bits);
    return unsigned > all ? truncated(unsigned & all) : wholeOf(unsigned);
  };
  if (classOf(from) !== "string" && classOf(from) !== "temporal") {
    const read = classOf(from) === "int" ? integerOf(from, env) : doubleOf(from, env);
    return (value) => {
      const number = read(value);
      return ofNumber(BigInt(typeof number === "bigint" ? number : Math.trunc(number)));
    };
  }
  const asText = textOf(from);
  return (value) => {
    const text = asText(value).replace(/ +$/, "");
    if (text === "") return 0;
    let bits = 0n;
    let isUnknown = false;
    for (const part of text.split(",")) {
      const at = members.findIndex((member) => compareText(member, part, collation) === 0);
      if (at < 0) isUnknown = true;
      else bits |= 1n << BigInt(at);
    }
    if (!isUnknown) return wholeOf(bits);
    const isNumber = bits === 0n && /^\s*\d{1,20}$/.test(text) && BigInt(text) <= all;
    return isNumber ? wholeOf(BigInt(text)) : truncated(bits);
  };
}

/** The bytes of a text, or a whole number. What is too long becomes the largest value where it is no error. */
export function storeBits(
  { name }: Target,
  length: number,
  from: SqlType,
  env: EvalEnv,
): (value: Present) => Datum {
  const most = (1n << BigInt(length)) - 1n;
  const bitsOf = bitReader(from, env);
  return (value) => {
    const bits = bitsOf(value);
    if (bits <= most) return wholeOf(bits);
    dataProblem(env, "ER_DATA_TOO_LONG", name, env.rowNumber);
    return wholeOf(most);
  };
}

function bitReader(from: SqlType, env: EvalEnv): (value: Present) => bigint {
  if (classOf(from) === "string" && from.kind !== "enum") {
    const asBytes = binaryOf(from);
    return (value) =>
      binaryBytes(asBytes(value)).reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
  }
  const read = integerOf(from, env);
  const isReal = classOf(from) === "double";
  return (value) => BigInt.asUintN(64, isReal ? wholeOfReal(Number(value)) : BigInt(read(value)));
}

/** The nearest that a BIGINT holds. MySQL: double2ll, Field_bit::store. */
function wholeOfReal(real: number): bigint {
  if (real >= 2 ** 63) return 2n ** 63n - 1n;
  return real < -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(real));
}
