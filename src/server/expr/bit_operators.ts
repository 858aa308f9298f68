/**
 * The bit operators: of 64 bits, or of byte strings where the operands are such and not all of them hexadecimal literals.
 *
 *     x'0102' | x'1010'            4370
 *     _binary x'0102' | x'1010'    the two bytes 11 12
 *
 * MySQL: Item_func_bit, bit_func_returns_binary (sql/item_func.cc), Item_sum_bit (sql/item_sum.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import type { ArithmeticOperator } from "../../sql/ast_expression.ts";
import { mysqlError } from "../errors.ts";
import type { Present } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { type Whole, wholeOf } from "../types/integer.ts";
import { BIGINT_UNSIGNED, type SqlType } from "../types/sql_type.ts";
import { integerOfItem } from "./cast_integer.ts";
import { type Item, makeItem, numericForm, onConverted, onValue } from "./item.ts";

export type BitOperator = "|" | "&" | "^" | "<<" | ">>";

/** Of whole numbers. */
export function bitsItem(
  operator: BitOperator,
  left: Item,
  right: Item,
  text: () => string,
  env: EvalEnv,
): Item {
  const [a, b] = [integerOfItem(left, env), integerOfItem(right, env)];
  const compute = (x: Whole, y: Whole): Datum =>
    wholeOf(BigInt.asUintN(64, bitResult(operator, asBits(x), asBits(y))));
  const compiled = onConverted<Whole>(left, right, a, b, compute);
  return makeItem([left, right], compiled, { type: BIGINT_UNSIGNED, text });
}

function bitResult(operator: BitOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case "|":
      return a | b;
    case "&":
      return a & b;
    case "^":
      return a ^ b;
    case "<<":
      return b >= 64n ? 0n : a << b;
    case ">>":
      return b >= 64n ? 0n : a >> b;
  }
}

function asBits(value: Whole): bigint {
  return BigInt.asUintN(64, BigInt(value));
}

export function invertItem(operand: Item, env: EvalEnv): Item {
  const text = (): string => `~(${operand.text()})`;
  if (areBytes(operand, null)) {
    const invert = (value: Present): Datum => eachByte(String(value), (byte) => ~byte);
    return makeItem([operand], onValue(operand, invert), { type: operand.type, text });
  }
  const number = numericForm(operand);
  const asInteger = integerOfItem(number, env);
  const compute = (value: Present): Datum => wholeOf(BigInt.asUintN(64, ~asBits(asInteger(value))));
  return makeItem([number], onValue(number, compute), { type: BIGINT_UNSIGNED, text });
}

// ---------------------------------------------------------------- byte strings

/** Null where whole numbers are meant. */
export function bytesOperation(
  operator: ArithmeticOperator,
  left: Item,
  right: Item,
  env: EvalEnv,
): Item | null {
  if (!isBinary(left.type)) return null;
  const text = (): string => `(${left.text()} ${operator} ${right.text()})`;
  switch (operator) {
    case "<<":
    case ">>": {
      if (!areBytes(left, null)) return null;
      const places = numericForm(right);
      const read = integerOfItem(places, env);
      const shift = (bytes: string, by: Whole): Datum => shifted(operator, bytes, asBits(by));
      const compiled = onConverted(left, places, String, read, shift);
      return makeItem([left, places], compiled, { type: left.type, text });
    }
    case "|":
    case "&":
    case "^": {
      if (!areBytes(left, right)) return null;
      const type = bytesLength(left.type) >= bytesLength(right.type) ? left.type : right.type;
      const combine = (a: string, b: string): Datum => combinedBytes(operator, a, b);
      const compiled = onConverted(left, right, String, String, combine);
      return makeItem([left, right], compiled, { type, text });
    }
    default:
      return null;
  }
}

/** MySQL: bit_func_returns_binary. */
export function areBytes(left: Item, right: Item | null): boolean {
  if (!isBinary(left.type) || (right !== null && !isBinary(right.type))) return false;
  return !isDigits(left) || (right !== null && !isDigits(right));
}

function isBinary(type: SqlType): boolean {
  return "collation" in type && type.collation === "binary";
}

/** A literal in hexadecimal or binary digits, without an introducer. */
function isDigits({ shape }: Item): boolean {
  return shape.kind === "literal" && shape.number !== undefined;
}

export function bytesLength(type: SqlType): number {
  return "length" in type && typeof type.length === "number" ? type.length : 0;
}

/** Throws 3513. */
export function combinedBytes(operator: "|" | "&" | "^", a: string, b: string): string {
  if (a.length !== b.length) throw mysqlError("ER_INVALID_BITWISE_OPERANDS_SIZE");
  return eachByte(a, (byte, at) => {
    const other = b.charCodeAt(at);
    return operator === "|" ? byte | other : operator === "&" ? byte & other : byte ^ other;
  });
}

function eachByte(bytes: string, change: (byte: number, at: number) => number): string {
  let made = "";
  for (let at = 0; at < bytes.length; at += 1) {
    made += String.fromCharCode(change(bytes.charCodeAt(at), at) & 0xff);
  }
  return made;
}

/** As long as before. */
function shifted(operator: "<<" | ">>", bytes: string, by: bigint): string {
  const length = bytes.length;
  if (by >= BigInt(length * 8)) return "\0".repeat(length);
  const [whole, rest] = [Number(by) >> 3, Number(by) & 7];
  const byteAt = (at: number): number => (at < 0 || at >= length ? 0 : bytes.charCodeAt(at));
  return eachByte(bytes, (_byte, at) =>
    operator === "<<"
      ? (byteAt(at + whole) << rest) | (byteAt(at + whole + 1) >> (8 - rest))
      : (byteAt(at - whole) >> rest) | (byteAt(at - whole - 1) << (8 - rest)),
  );
}

/** BIT_COUNT of a byte string. */
export function countedBits(bytes: string): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    for (let byte = bytes.charCodeAt(at); byte > 0; byte >>= 1) count += byte & 1;
  }
  return count;
}

/** What BIT_AND, BIT_OR and BIT_XOR of byte strings are without a row. */
export function noBytes(name: "bit_and" | "bit_or" | "bit_xor", type: SqlType): string {
  return (name === "bit_and" ? "\xff" : "\0").repeat(bytesLength(type));
}
