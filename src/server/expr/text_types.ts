/**
 * How long the texts are that functions make of others, by their arguments: what CREATE TABLE ... SELECT makes of them.
 *
 * MySQL: resolve_type of the Item_str_func classes (sql/item_strfunc.cc), Item::max_char_length.
 */
import type { ColumnType } from "../../trace/values.ts";
import { classOf, isNumeric, isOfBytes, textLength, varchar } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import type { Call } from "./function_table.ts";
import type { Item } from "./item.ts";
import { TEXT_BYTES_MAX } from "./text_limit.ts";

const LENGTH_MAX = TEXT_BYTES_MAX;
const BYTES_OF_CHARACTER = 4;

/** Characters that the argument takes as a text. */
function lengthOf(call: Call, at: number): number {
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

export function concatType({ args }: Call): ColumnType {
  const length = args.reduce((sum, arg) => sum + textLength(arg.type), 0);
  return varchar(length, collationFor(args));
}

/** CONCAT_WS. */
export function concatWithType({ args }: Call): ColumnType {
  const [separator, ...texts] = args.map((arg) => textLength(arg.type));
  const length = texts.reduce((sum, one) => sum + one, (separator as number) * (texts.length - 1));
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
  const isNumber = isNumeric(item.type);
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
  const texts = args.slice(1);
  const length = texts.reduce((sum, arg) => sum + textLength(arg.type), texts.length - 1);
  return varchar(Math.min(length, LENGTH_MAX), collationFor(args));
}

/** DATE_FORMAT and its like: as long as each letter of a literal format may make it, else ten for each. */
export function formattedType({ args }: Call): ColumnType {
  const format = args[1] as Item;
  const value = format.shape.kind === "literal" ? (format.eval?.() ?? null) : null;
  if (typeof value !== "string") return varchar(Math.min(10 * textLength(format.type), LENGTH_MAX));
  const parts = value.match(/%.|./gs) ?? [];
  return varchar(parts.reduce((sum, part) => sum + partLength(part), 0));
}

function partLength(part: string): number {
  if (part.length === 1) return 1;
  const found = FORMAT_LENGTHS.find(([letters]) => letters.includes(part.charAt(1)));
  return found?.[1] ?? 1;
}

/** MySQL: Item_func_date_format::format_length. */
const FORMAT_LENGTHS: readonly (readonly [letters: string, length: number])[] = [
  ["MW", 64],
  ["DYxX", 4],
  ["ab", 32],
  ["j", 3],
  ["UuVvymdhIilpSsce", 2],
  ["kH", 7],
  ["r", 11],
  ["T", 8],
  ["f", 6],
];

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
