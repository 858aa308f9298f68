/**
 * How long the texts are that functions make of others, by their arguments: what CREATE TABLE ... SELECT makes of them.
 *
 * MySQL: resolve_type of the Item_str_func classes (sql/item_strfunc.cc), Item::max_char_length.
 */
import type { ColumnType } from "../../trace/values.ts";
import { classOf, isOfBytes, textLength, varchar } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import type { Call } from "./function_table.ts";
import type { Item } from "./item.ts";
import { TEXT_BYTES_MAX } from "./text_limit.ts";

const LENGTH_MAX = TEXT_BYTES_MAX;
const BYTES_OF_CHARACTER = 4;

/** Characters that the argument takes as a text. */
export function lengthOf(call: Call, at: number): number {
  const arg = call.args[at];
  return arg === undefined ? 0 : textLength(arg.type);
}

function bytesOf({ type }: Item): number {
  return (
    textLength(type) * (isOfBytes(type) || classOf(type) !== "string" ? 1 : BYTES_OF_CHARACTER)
  );
}

/** The value of a literal; null where only a row tells it. */
function countOf(item: Item | undefined): number | null {
  if (item?.shape.kind !== "literal" || item.eval === null) return null;
  const count = Number(item.eval() ?? 0);
  return Number.isInteger(count) ? count : null;
}

function ofLength(call: Call, length: number): ColumnType {
  const inRange = Math.min(Math.max(length, 0), LENGTH_MAX);
  return varchar(inRange, collationFor(call.args.slice(0, 1)));
}

export function sameText(call: Call): ColumnType {
  return ofLength(call, lengthOf(call, 0));
}

/** CONCAT, CONCAT_WS. */
export function concatType({ args }: Call): ColumnType {
  const length = args.reduce((sum, arg) => sum + textLength(arg.type), 0);
  return varchar(length, collationFor(args));
}

/** REPEAT: as long as a literal count makes it, else as long as may be. */
export function repeatedType(call: Call): ColumnType {
  const count = countOf(call.args[1]);
  return ofLength(call, count === null ? LENGTH_MAX : count * lengthOf(call, 0));
}

/** LPAD, RPAD. */
export function paddedType(call: Call): ColumnType {
  return ofLength(call, countOf(call.args[1]) ?? LENGTH_MAX);
}

export function spaceType(call: Call): ColumnType {
  return varchar(Math.max(countOf(call.args[0]) ?? LENGTH_MAX, 0));
}

/** LEFT, RIGHT. */
export function sideType(call: Call): ColumnType {
  return ofLength(call, Math.min(lengthOf(call, 0), countOf(call.args[1]) ?? LENGTH_MAX));
}

export function substringType(call: Call): ColumnType {
  const whole = lengthOf(call, 0);
  const start = countOf(call.args[1]) ?? 1;
  const rest = start < 0 ? (-start > whole ? 0 : -start) : whole - Math.max(start - 1, 0);
  return ofLength(call, Math.min(rest, countOf(call.args[2]) ?? LENGTH_MAX));
}

export function replacedType(call: Call): ColumnType {
  const added = lengthOf(call, 2) - 1;
  return ofLength(call, lengthOf(call, 0) * Math.max(added, 1));
}

export function insertedType(call: Call): ColumnType {
  return ofLength(call, lengthOf(call, 0) + lengthOf(call, 3));
}

/** Two digits for each byte; of a number those of 64 bits. */
export function hexType({ args }: Call): ColumnType {
  const item = args[0] as Item;
  const isNumber = ["int", "decimal", "double"].includes(classOf(item.type));
  return varchar(isNumber ? 16 : Math.min(2 * bytesOf(item), LENGTH_MAX));
}

export function unhexType({ args }: Call): ColumnType {
  return varchar(Math.floor((1 + bytesOf(args[0] as Item)) / 2), "binary");
}

/** CHAR(65, 66): four bytes each. */
export function charType({ args }: Call): ColumnType {
  return varchar(BYTES_OF_CHARACTER * args.length, "binary");
}

export function quotedType(call: Call): ColumnType {
  return ofLength(call, 2 * lengthOf(call, 0) + 2);
}

export function soundexType(call: Call): ColumnType {
  return ofLength(call, Math.max(lengthOf(call, 0), 4));
}

/** Digits of a fraction that FORMAT gives. */
const FORMAT_DECIMALS_MAX = 30;

export function formatType(call: Call): ColumnType {
  const length = lengthOf(call, 0);
  return varchar(length + Math.floor(length / 3) + 2 + FORMAT_DECIMALS_MAX);
}

/** MAKE_SET, with a comma after each but the last. */
export function makeSetType({ args }: Call): ColumnType {
  const length = args.reduce((sum, arg) => sum + textLength(arg.type), args.length - 1);
  return varchar(Math.min(length, LENGTH_MAX), collationFor(args));
}

/** Two digits for each byte of the digest that a literal chooses. */
export function digestType({ args }: Call): ColumnType {
  const bits = countOf(args[1]) ?? DIGEST_BITS_MAX;
  return varchar((bits === 0 ? 256 : bits) / 4);
}

const DIGEST_BITS_MAX = 512;

export function exportSetType(call: Call): ColumnType {
  const separator = call.args.length > 3 ? lengthOf(call, 3) : 1;
  return varchar(64 * Math.max(lengthOf(call, 1), lengthOf(call, 2)) + 63 * separator);
}
