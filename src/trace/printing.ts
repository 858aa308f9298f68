/** How the mysql client prints a column on a terminal: what it knows of the column's type, as a sum; and how the pictures do. */
import type { ColumnType, Value } from "./values.ts";

/** A number: to the right. */
export const TO_THE_RIGHT = 1;
/** May be NULL: room for the four letters, whatever is in it. */
export const MAY_BE_NULL = 2;
/** Bytes: as 0x0AFF. */
export const AS_HEX = 4;

/** A field as it is written; its bytes come as characters. MySQL: print_as_hex (client/mysql.cc). */
export function fieldText(field: string | null, printed = 0): string {
  if (field === null) return "NULL";
  if (printed < AS_HEX) return field;
  const bytes = Array.from(field, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0"));
  return `0x${bytes.join("").toUpperCase()}`;
}

/** A column's value where it is drawn: bytes as in a key, and a text without letters so that it is seen. */
export function valueText(value: Value, type?: ColumnType): string {
  if (value === null) return "NULL";
  if (value === "") return "''";
  const isOfBytes = type !== undefined && "collation" in type && type.collation === "binary";
  return isOfBytes ? fieldText(String(value), AS_HEX) : String(value);
}
