/**
 * Types of expressions: the column types, and that of a bare NULL.
 *
 * MySQL: Item::data_type, Item_result, Field_*::max_display_length (sql/item.h, sql/field.h).
 */
import { AS_HEX, MAY_BE_NULL, TO_THE_RIGHT } from "../../trace/printing.ts";
import type { Collation, ColumnType } from "../../trace/values.ts";

export type SqlType = ColumnType | { readonly kind: "null" };

/** MySQL: Item_result, with the temporal types taken apart from strings. */
export type TypeClass = "null" | "int" | "decimal" | "double" | "string" | "temporal";

export const NULL_TYPE: SqlType = { kind: "null" };

/** A whole number that is computed, whose text takes so many characters at most. */
export function whole(characters: number, unsigned = false): ColumnType {
  return { kind: "int", bytes: 8, unsigned, characters };
}

/** The same with so many digits. */
export function wholeOfDigits(digits: number, unsigned: boolean): ColumnType {
  return whole(digits + (unsigned ? 0 : 1), unsigned);
}

export const BIGINT = whole(21);
export const BIGINT_UNSIGNED = whole(21, true);
export const INT = whole(11);
export const BOOLEAN = whole(1);
export const DOUBLE: ColumnType = { kind: "double", unsigned: false };
export const FLOAT: ColumnType = { kind: "float", unsigned: false };
/** Digits after the point of a DOUBLE that shows as many as it needs. MySQL: DECIMAL_NOT_SPECIFIED. */
const DIGITS_NOT_FIXED = 31;

/** A DOUBLE whose text has a fixed number of digits after the point. */
/** YEAR that is no column. */
export const COMPUTED_YEAR: ColumnType = { kind: "year", isComputed: true };

export function fixedDouble(decimals: number): ColumnType {
  return decimals >= DIGITS_NOT_FIXED ? DOUBLE : { kind: "double", unsigned: false, decimals };
}

/** Digits after the point that the text of a value may have. MySQL: Item::decimals. */
export function fractionDigits(type: SqlType): number {
  const kind = classOf(type);
  if (kind === "string") return DIGITS_NOT_FIXED;
  if (type.kind === "double" || type.kind === "float") {
    return type.digits?.[1] ?? type.decimals ?? DIGITS_NOT_FIXED;
  }
  return scaleOf(type);
}

/** JSON that is computed. */
export const JSON_TYPE: ColumnType = {
  kind: "text",
  length: 4_294_967_295,
  collation: "utf8mb4_bin",
  isJson: true,
};
export const LONGTEXT = {
  kind: "text",
  length: 4_294_967_295,
  collation: "utf8mb4_bin",
} as const;

export function isJson(type: SqlType): boolean {
  return type.kind === "text" && type.isJson === true;
}

export const DATE: ColumnType = { kind: "date" };

/** The collation of literals and of what functions make. */
const DEFAULT_COLLATION: Collation = "utf8mb4_0900_ai_ci";

const DECIMAL_PRECISION_MAX = 65;
const DECIMAL_SCALE_MAX = 30;

export function varchar(length: number, collation: Collation = DEFAULT_COLLATION): ColumnType {
  return { kind: "varchar", length, collation };
}

/** DECIMAL with precision and scale cut to what MySQL allows. */
export function decimal(precision: number, scale: number, unsigned = false): ColumnType {
  const cutScale = Math.min(scale, DECIMAL_SCALE_MAX);
  const cutPrecision = Math.min(Math.max(precision, cutScale, 1), DECIMAL_PRECISION_MAX);
  return { kind: "decimal", precision: cutPrecision, scale: cutScale, unsigned };
}

export function classOf(type: SqlType): TypeClass {
  switch (type.kind) {
    case "null":
      return "null";
    case "int":
    case "year":
    case "rowId":
    case "bit":
      return "int";
    case "decimal":
      return "decimal";
    case "double":
    case "float":
      return "double";
    case "char":
    case "varchar":
    case "text":
    case "blob":
    case "enum":
      return "string";
    case "date":
    case "datetime":
    case "timestamp":
    case "time":
      return "temporal";
  }
}

export function isUnsigned(type: SqlType): boolean {
  return type.kind === "year" || ("unsigned" in type && type.unsigned);
}

/** Digits after the point that values of the type carry; null for DOUBLE and for texts. */
export function scaleOf(type: SqlType): number {
  if (type.kind === "decimal") return type.scale;
  if (type.kind === "datetime" || type.kind === "timestamp" || type.kind === "time") {
    return type.fsp;
  }
  return 0;
}

/** Digits before the point. */
export function integerDigits(type: SqlType): number {
  switch (type.kind) {
    case "int":
      if (type.characters !== undefined)
        return Math.max(type.characters - (type.unsigned ? 0 : 1), 1);
      return INT_DIGITS[type.bytes] + (type.unsigned && type.bytes === 8 ? 1 : 0);
    case "year":
      return 4;
    case "decimal":
      return type.precision - type.scale;
    case "date":
      return 8;
    case "datetime":
    case "timestamp":
      return 14;
    case "time":
      return 7;
    case "bit":
      return bitDigits(type.length);
    case "char":
    case "varchar":
      return Math.min(type.length, DECIMAL_PRECISION_MAX);
    default:
      return 20;
  }
}

/** Decimal digits of so many bits. MySQL: Item::decimal_precision of MYSQL_TYPE_BIT. */
function bitDigits(bits: number): number {
  return String(2n ** BigInt(bits) - 1n).length;
}

const INT_DIGITS = { 1: 3, 2: 5, 3: 8, 4: 10, 8: 19 } as const;

export function collationOf(type: SqlType): Collation {
  return "collation" in type ? type.collation : DEFAULT_COLLATION;
}

export function isNumeric(type: SqlType): boolean {
  return ["int", "decimal", "double"].includes(classOf(type));
}

export function isTemporal(type: SqlType): boolean {
  return classOf(type) === "temporal";
}

/** Characters a value may take as text. */
export function textLength(type: SqlType): number {
  switch (type.kind) {
    case "null":
      return 0;
    case "int":
      return type.characters ?? integerDigits(type) + (type.unsigned ? 0 : 1);
    case "rowId":
      return 20;
    case "year":
      return 4;
    case "decimal":
      return type.precision + (type.scale > 0 ? 1 : 0) + (type.unsigned ? 0 : 1);
    case "double":
      return 22;
    case "float":
      return 12;
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return type.length;
    case "enum":
      return type.isSet
        ? type.members.join().length
        : type.members.reduce((longest, member) => Math.max(longest, member.length), 0);
    case "bit":
      return type.length;
    case "date":
      return 10;
    case "time":
      return 10 + (type.fsp > 0 ? type.fsp + 1 : 0);
    case "datetime":
    case "timestamp":
      return 19 + (type.fsp > 0 ? type.fsp + 1 : 0);
  }
}

/** MySQL: the inclusive range of an integer type. */
export function integerRange(bytes: 1 | 2 | 3 | 4 | 8, unsigned: boolean): IntegerRange {
  return INTEGER_RANGES[unsigned ? "unsigned" : "signed"][bytes];
}

type IntegerRange = readonly [low: number | bigint, high: number | bigint];

export const SIGNED_MIN = -(2n ** 63n);
export const SIGNED_MAX = 2n ** 63n - 1n;
export const UNSIGNED_MAX = 2n ** 64n - 1n;

const INTEGER_RANGES: Readonly<
  Record<"signed" | "unsigned", Readonly<Record<1 | 2 | 3 | 4 | 8, IntegerRange>>>
> = {
  signed: {
    1: [-(2 ** 7), 2 ** 7 - 1],
    2: [-(2 ** 15), 2 ** 15 - 1],
    3: [-(2 ** 23), 2 ** 23 - 1],
    4: [-(2 ** 31), 2 ** 31 - 1],
    8: [SIGNED_MIN, SIGNED_MAX],
  },
  unsigned: {
    1: [0, 2 ** 8 - 1],
    2: [0, 2 ** 16 - 1],
    3: [0, 2 ** 24 - 1],
    4: [0, 2 ** 32 - 1],
    8: [0, UNSIGNED_MAX],
  },
};

/**
 * The type of a value that is one of several (CASE, COALESCE, UNION). MySQL: Field::field_type_merge,
 * Item::aggregate_type.
 */
export function mergeTypes(types: readonly SqlType[]): SqlType {
  let merged: SqlType = NULL_TYPE;
  for (const type of types) merged = mergeTwo(merged, type);
  return merged;
}

function mergeTwo(a: SqlType, b: SqlType): SqlType {
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  const classes = [classOf(a), classOf(b)];
  if (a.kind === b.kind && (a.kind === "date" || a.kind === "year")) return a;
  if (classes[0] === "temporal" && classes[1] === "temporal") return mergeTemporal(a, b);
  const isNumeric = classes.every((c) => c === "int" || c === "decimal" || c === "double");
  if (!isNumeric) return mergeText(a, b);
  if (a.kind === "float" && staysFloat(b)) return a;
  if (b.kind === "float" && staysFloat(a) && widthOf(a) !== 8) return b;
  if (classes.includes("double"))
    return fixedDouble(Math.max(fractionDigits(a), fractionDigits(b)));
  if (classes.includes("decimal")) return mergeDecimal(a, b);
  if (a.kind === "int" && b.kind === "int" && a.unsigned === b.unsigned) {
    const wider = a.bytes >= b.bytes ? a : b;
    return isComputed(a) || isComputed(b) ? { ...wider, characters: longest(a, b) } : wider;
  }
  if (a.kind === "bit" && b.kind === "bit") return a.length >= b.length ? a : b;
  if (isUnsigned(a) === isUnsigned(b)) return BIGINT;
  const isHuge = [a, b].some((type) => isUnsigned(type) && widthOf(type) === 8);
  return isHuge ? mergeDecimal(a, b) : whole(longest(a, b));
}

function isComputed(type: SqlType): boolean {
  return type.kind === "int" && type.characters !== undefined;
}

function longest(a: SqlType, b: SqlType): number {
  return Math.max(textLength(a), textLength(b));
}

/** FLOAT and INT make a DOUBLE; so do BIGINT and FLOAT, but not FLOAT and BIGINT. MySQL: field_types_merge_rules. */
function staysFloat(other: SqlType): boolean {
  return (
    other.kind === "float" || other.kind === "year" || (other.kind === "int" && other.bytes !== 4)
  );
}

function widthOf(type: SqlType): number {
  return type.kind === "int" ? type.bytes : 1;
}

function mergeDecimal(a: SqlType, b: SqlType): SqlType {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const whole = Math.max(integerDigits(a), integerDigits(b));
  return decimal(whole + scale, scale, isUnsigned(a) && isUnsigned(b));
}

function mergeTemporal(a: SqlType, b: SqlType): SqlType {
  const fsp = Math.max(scaleOf(a), scaleOf(b));
  if (a.kind === b.kind && a.kind !== "date") return { ...a, fsp } as SqlType;
  return { kind: "datetime", fsp };
}

function mergeText(a: SqlType, b: SqlType): SqlType {
  const length = longest(a, b);
  const collation = mergeCollations(a, b);
  if (isJson(a) && isJson(b)) return a;
  if (a.kind === "text" || b.kind === "text") return { kind: "text", length, collation };
  if (a.kind === "blob" || b.kind === "blob") return { kind: "blob", length, collation: "binary" };
  return varchar(length, collation);
}

/** The collation in which two texts meet: binary wins, then _bin. MySQL: DTCollation::aggregate. */
export function mergeCollations(a: SqlType, b: SqlType): Collation {
  const found = [a, b].flatMap((type) => ("collation" in type ? [type.collation] : []));
  if (found.includes("binary")) return "binary";
  if (found.includes("utf8mb4_bin")) return "utf8mb4_bin";
  return found[0] ?? DEFAULT_COLLATION;
}

/** Whose values are bytes. MySQL: my_charset_bin. */
export function isOfBytes(type: SqlType): boolean {
  return type.kind === "bit" || ("collation" in type && type.collation === "binary");
}

/** MySQL: IS_NUM (field_types.h), IS_NOT_NULL, is_binary_field (client/mysql.cc); the literal NULL has no bytes. */
export function printingOf(column: {
  readonly type: ColumnType;
  readonly nullable?: boolean;
}): number {
  const { type } = column;
  const isNumber = ["int", "decimal", "double", "float", "year"].includes(type.kind);
  const isHex = isOfBytes(type) && !("length" in type && type.length === 0);
  return (isNumber ? TO_THE_RIGHT : 0) + (column.nullable ? MAY_BE_NULL : 0) + (isHex ? AS_HEX : 0);
}
