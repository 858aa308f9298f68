/**
 * What a row costs the client's process, in bytes.
 *
 * MySQL: cli_read_rows (sql-common/client.cc): a MYSQL_ROWS, an array of pointers and the packet. CPython 3.11:
 * sys.getsizeof of a tuple or a dict and of the values in it.
 * Departure: without what malloc and Python's garbage collector add, and without the rounding of MEM_ROOT's blocks.
 */
import { unreachable } from "../../base/assert.ts";

/** How a driver turns a value into a Python object, by the type code of its column. */
export type ValueKind =
  | "int"
  | "float"
  | "decimal"
  | "datetime"
  | "date"
  | "time"
  | "text"
  | "bytes";

const POINTER = 8;
/** next, data, length. */
const MYSQL_ROWS = 24;
const TUPLE = 40;
/** A dict of up to so many keys, and its bytes. */
const DICTS: readonly (readonly [keys: number, bytes: number])[] = [
  [5, 184],
  [10, 272],
  [21, 464],
  [42, 832],
  [85, 1584],
  [170, 3120],
];
const DICT_PER_KEY = 20;

/** Of a row in a stored result; `packetBytes` is the row packet's payload. */
export function storedRowBytes(columns: number, packetBytes: number): number {
  return MYSQL_ROWS + (columns + 1) * POINTER + packetBytes;
}

/** Of a row as Python objects: in a tuple, or in a dict of its own; NULL is one object for all. */
export function pythonRowBytes(
  values: readonly (string | null)[],
  kinds: readonly ValueKind[],
  asDictionary: boolean,
): number {
  const count = values.length;
  let bytes = asDictionary ? dictBytes(count) : TUPLE + POINTER * count;
  for (const [at, value] of values.entries()) {
    if (value !== null) bytes += valueBytes(value, kinds[at] ?? "text");
  }
  return bytes;
}

/** `typeCode`: MYSQL_TYPE_*; `charset`: of the column's definition, 63 makes bytes of a text. */
export function valueKindOf(typeCode: number, charset: number): ValueKind {
  switch (typeCode) {
    case 1:
    case 2:
    case 3:
    case 8:
    case 9:
    case 13:
      return "int";
    case 4:
    case 5:
      return "float";
    case 246:
      return "decimal";
    case 7:
    case 12:
      return "datetime";
    case 10:
      return "date";
    case 11:
      return "time";
    default:
      return charset === 63 ? "bytes" : "text";
  }
}

function valueBytes(value: string, kind: ValueKind): number {
  switch (kind) {
    case "int": {
      const digits = value.replace("-", "").length;
      return digits < 10 ? 28 : digits < 19 ? 32 : 36;
    }
    case "float":
      return 24;
    case "decimal":
      return 104;
    case "datetime":
      return 48;
    case "date":
      return 32;
    case "time":
      return 40;
    case "bytes":
      return 33 + value.length;
    case "text":
      return textBytes(value);
    default:
      return unreachable(kind);
  }
}

/** PEP 393: one, two or four bytes a character, as the widest one needs. */
function textBytes(value: string): number {
  let widest = 0;
  for (let at = 0; at < value.length; at += 1) widest = Math.max(widest, value.charCodeAt(at));
  if (widest < 0x80) return 49 + value.length;
  if (widest < 0x100) return 73 + value.length;
  const characters = [...value].length;
  return characters === value.length ? 74 + 2 * characters : 76 + 4 * characters;
}

function dictBytes(keys: number): number {
  const found = DICTS.find(([most]) => keys <= most);
  return found?.[1] ?? keys * DICT_PER_KEY;
}
