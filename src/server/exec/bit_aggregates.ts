/** BIT_AND, BIT_OR, BIT_XOR: of 64 bits, or of byte strings (MySQL: Item_sum_bit, sql/item_sum.cc). */
import { mysqlError } from "../errors.ts";
import { areBytes, bytesLength, combinedBytes, noBytes } from "../expr/bit_operators.ts";
import { integerOfItem } from "../expr/cast_integer.ts";
import type { Item } from "../expr/item.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { wholeOf } from "../types/integer.ts";
import { BIGINT_UNSIGNED, type SqlType } from "../types/sql_type.ts";
import { type Accumulator, at, type MadeAggregate } from "./aggregates.ts";

export function bitwise(
  name: "bit_and" | "bit_or" | "bit_xor",
  arg: Item,
  env: EvalEnv,
): MadeAggregate {
  if (areBytes(arg, null)) return bytewise(name, arg.type);
  const read = integerOfItem(arg, env);
  const open = (): Accumulator => {
    let bits = name === "bit_and" ? BigInt.asUintN(64, -1n) : 0n;
    return {
      add: ([value]) => {
        if (value === null || value === undefined) return;
        const next = BigInt.asUintN(64, BigInt(read(value)));
        bits = name === "bit_and" ? bits & next : name === "bit_or" ? bits | next : bits ^ next;
      },
      result: () => at(wholeOf(bits)),
    };
  };
  return { type: BIGINT_UNSIGNED, open };
}

/** Of byte strings. Throws 3513 and 3514. */
function bytewise(name: "bit_and" | "bit_or" | "bit_xor", type: SqlType): MadeAggregate {
  if (type.kind === "blob" || bytesLength(type) > BYTES_MAX) {
    throw mysqlError("ER_INVALID_BITWISE_AGGREGATE_OPERANDS_SIZE");
  }
  const operator = BYTE_OPERATORS[name];
  const open = (): Accumulator => {
    let bytes: string | null = null;
    return {
      add: ([value]) => {
        if (value === null || value === undefined) return;
        bytes = bytes === null ? String(value) : combinedBytes(operator, bytes, String(value));
      },
      result: () => at(bytes ?? noBytes(name, type)),
    };
  };
  return { type, open };
}

/** Of each value. */
const BYTES_MAX = 511;
const BYTE_OPERATORS = { bit_and: "&", bit_or: "|", bit_xor: "^" } as const;
