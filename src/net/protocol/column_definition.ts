/**
 * What a result says of each of its columns before the first row.
 *
 * MySQL: Send_field (sql/field.h), Protocol_classic::send_field_metadata, Field::make_send_field; the numbers of types and
 * flags are those of include/field_types.h and include/mysql_com.h.
 */
import { unreachable } from "../../base/assert.ts";
import type { ColumnType } from "../../trace/values.ts";

export interface ColumnDefinition {
  readonly schema: string;
  /** As the query names it: the alias, if there is one. */
  readonly table: string;
  /** As the database names it. */
  readonly orgTable: string;
  readonly name: string;
  readonly orgName: string;
  /** Number of a collation; 63 is binary, which numbers and dates have too. */
  readonly charset: number;
  /** Bytes that the longest value takes. */
  readonly length: number;
  readonly typeCode: number;
  readonly flags: number;
  /** Digits after the point; 31: as many as the value has. */
  readonly decimals: number;
}

/** Bits of `flags` (MySQL: NOT_NULL_FLAG and the others of mysql_com.h). */
export const COLUMN_FLAG = {
  notNull: 1,
  primaryKey: 2,
  uniqueKey: 4,
  multipleKey: 8,
  blob: 16,
  unsigned: 32,
  zerofill: 64,
  binary: 128,
  enum: 256,
  autoIncrement: 512,
  timestamp: 1024,
  set: 2048,
  noDefault: 4096,
  onUpdateNow: 8192,
  partOfKey: 16_384,
} as const;

const BINARY_COLLATION = 63;
const UTF8MB4_BYTES_MAX = 4;
const LENGTH_MAX = 0xffff_ffff;
const DECIMALS_AS_GIVEN = 31;

const JSON_CODE = 245;
const INT_CODE = { 1: 1, 2: 2, 3: 9, 4: 3, 8: 8 } as const;
const INT_LENGTH = { 1: 4, 2: 6, 3: 9, 4: 11, 8: 20 } as const;
const UNSIGNED_LENGTH = { 1: 3, 2: 5, 3: 8, 4: 10, 8: 20 } as const;

type FixedPart = Pick<ColumnDefinition, "charset" | "length" | "typeCode" | "flags" | "decimals">;

/** The part that comes from the type alone. `charset`: the collation that results are sent in (of utf8mb4). */
export function fixedPart(type: ColumnType, charset: number): FixedPart {
  const binary = { charset: BINARY_COLLATION, decimals: 0, flags: 0 };
  switch (type.kind) {
    case "int": {
      const { bytes, unsigned, width, zerofill } = type;
      const length = width ?? (unsigned ? UNSIGNED_LENGTH[bytes] : INT_LENGTH[bytes]);
      const flags = unsignedFlag(unsigned) | (zerofill === true ? COLUMN_FLAG.zerofill : 0);
      return { ...binary, length, typeCode: INT_CODE[bytes], flags };
    }
    case "rowId":
      return { ...binary, length: 20, typeCode: INT_CODE[8] };
    case "decimal": {
      const { precision, scale, unsigned } = type;
      const length = precision + (scale > 0 ? 1 : 0) + (unsigned || precision === 0 ? 0 : 1);
      return { ...binary, length, typeCode: 246, decimals: scale, flags: unsignedFlag(unsigned) };
    }
    case "float":
    case "double": {
      const isFloat = type.kind === "float";
      return {
        ...binary,
        length: isFloat ? 12 : 22,
        typeCode: isFloat ? 4 : 5,
        flags: unsignedFlag(type.unsigned),
        decimals: DECIMALS_AS_GIVEN,
      };
    }
    case "date":
      return { ...binary, length: 10, typeCode: 10, flags: COLUMN_FLAG.binary };
    case "year":
      return {
        ...binary,
        length: 4,
        typeCode: 13,
        flags: COLUMN_FLAG.unsigned | COLUMN_FLAG.zerofill,
      };
    case "time":
    case "datetime":
    case "timestamp": {
      const { fsp } = type;
      return {
        ...binary,
        length: (type.kind === "time" ? 10 : 19) + (fsp > 0 ? fsp + 1 : 0),
        typeCode: { time: 11, datetime: 12, timestamp: 7 }[type.kind],
        flags: COLUMN_FLAG.binary,
        decimals: fsp,
      };
    }
    case "char":
    case "varchar":
      return textPart(type.kind === "char" ? 254 : 253, type.length, type.collation, charset, 0);
    case "text":
    case "blob":
      if (type.isJson) {
        const flags = COLUMN_FLAG.blob | COLUMN_FLAG.binary;
        return { ...binary, length: LENGTH_MAX, typeCode: JSON_CODE, flags };
      }
      return textPart(252, type.length, type.collation, charset, COLUMN_FLAG.blob);
    case "enum": {
      const texts = type.isSet ? [type.members.join()] : type.members;
      const longest = texts.reduce((max, text) => Math.max(max, [...text].length), 0);
      const flag = type.isSet ? COLUMN_FLAG.set : COLUMN_FLAG.enum;
      return textPart(254, longest, type.collation, charset, flag);
    }
    case "bit":
      return { ...binary, length: type.length, typeCode: 16, flags: COLUMN_FLAG.unsigned };
    default:
      return unreachable(type);
  }
}

/** MySQL: "With conversion" in send_field_metadata: a character takes as many bytes as the longest of the client's set. */
function textPart(
  typeCode: number,
  length: number,
  collation: string,
  charset: number,
  flags: number,
): FixedPart {
  if (collation === "binary") {
    const flagged = flags | COLUMN_FLAG.binary;
    return { charset: BINARY_COLLATION, length, typeCode, flags: flagged, decimals: 0 };
  }
  const binary = collation.endsWith("_bin") ? COLUMN_FLAG.binary : 0;
  return {
    charset,
    length: Math.min(length * UTF8MB4_BYTES_MAX, LENGTH_MAX),
    typeCode,
    flags: flags | binary,
    decimals: 0,
  };
}

function unsignedFlag(unsigned: boolean): number {
  return unsigned ? COLUMN_FLAG.unsigned : 0;
}
