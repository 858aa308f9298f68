/**
 * How many bytes a value takes in a record.
 *
 * MySQL: Field::pack_length, decimal_bin_size, my_time_binary_length; InnoDB: dtype_get_fixed_size_low.
 */
import { unreachable } from "../base/assert.ts";
import type { ColumnType } from "../trace/values.ts";

/** Types whose values take as many bytes as their text. */
export type StringType = Extract<
  ColumnType,
  { readonly kind: "char" | "varchar" } | { readonly kind: "text" | "blob" }
>;

/** As long as its text; every other type has one length. */
export function isString(type: ColumnType): type is StringType {
  const { kind } = type;
  return kind === "char" || kind === "varchar" || kind === "text" || kind === "blob";
}

/** In bytes. */
export function fixedLength(type: Exclude<ColumnType, StringType>): number {
  switch (type.kind) {
    case "int":
      return type.bytes;
    case "rowId":
      return 6;
    case "decimal":
      return bytesOfDigits(type.precision - type.scale) + bytesOfDigits(type.scale);
    case "double":
      return 8;
    case "float":
      return 4;
    case "date":
      return 3;
    case "year":
      return 1;
    case "datetime":
      return 5 + bytesOfFraction(type.fsp);
    case "timestamp":
      return 4 + bytesOfFraction(type.fsp);
    case "time":
      return 3 + bytesOfFraction(type.fsp);
    case "enum":
      return type.isSet ? bytesOfSet(type.members.length) : type.members.length > 255 ? 2 : 1;
    case "bit":
      return Math.ceil(type.length / 8);
    default:
      return unreachable(type);
  }
}

/** MySQL: get_set_pack_length. */
function bytesOfSet(members: number): number {
  const bytes = Math.ceil(members / 8);
  return bytes > 4 ? 8 : bytes;
}

/** Nine decimal digits take four bytes, fewer take fewer. */
export function bytesOfDigits(digits: number): number {
  return Math.floor(digits / 9) * 4 + Math.ceil((digits % 9) / 2);
}

/** Two digits of a second's fraction a byte. */
export function bytesOfFraction(fsp: number): number {
  return Math.ceil(fsp / 2);
}
