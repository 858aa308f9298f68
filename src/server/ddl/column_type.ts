/**
 * From a data type as written to a column type that is simulated.
 *
 * MySQL: sql/sql_table.cc: prepare_create_field, sql/create_field.cc: Create_field::init.
 * Departure: every character set is stored as Unicode. VECTOR and spatial types are refused with 1235.
 */

import { unreachable } from "../../base/assert.ts";
import { isMissingType } from "../../base/not_simulated.ts";
import type { DataType } from "../../sql/ast_table.ts";
import type { Collation, ColumnType } from "../../trace/values.ts";
import type { StatementContext } from "../context.ts";
import { mysqlError, mysqlWarning, notSimulated } from "../errors.ts";
import { deprecatedFor } from "../expr/deprecated.ts";
import { characterBytes, charsetOf } from "../types/character_sets.ts";
import { JSON_TYPE } from "../types/sql_type.ts";
import { warnOfCharset } from "./charset_warnings.ts";
import { declaredCollation, simulatedCollation } from "./collations.ts";

const DECIMAL_PRECISION_MAX = 65;
const DECIMAL_SCALE_MAX = 30;
const CHAR_LENGTH_MAX = 255;
/** Bytes of a row. */
const VARCHAR_BYTES_MAX = 65_535;
const FSP_MAX = 6;

/** Throws 1074, 1425, 1426, 1427, 1235 and the like. `inherited` is the table's collation. */
export function columnType(name: string, type: DataType, inherited: string): ColumnType {
  const { name: typeName } = type;
  if (isMissingType(typeName)) throw notSimulated(`columns of type ${typeName.toUpperCase()}`);
  switch (typeName) {
    case "tinyint":
      return intType(name, type, 1);
    case "smallint":
      return intType(name, type, 2);
    case "mediumint":
      return intType(name, type, 3);
    case "int":
      return intType(name, type, 4);
    case "bigint":
      return intType(name, type, 8);
    case "decimal":
      return decimalType(name, type);
    case "float":
    case "double":
      return approximateType(name, type);
    case "date":
    case "year":
      return { kind: typeName };
    case "time":
    case "datetime":
    case "timestamp":
      return { kind: typeName, fsp: fractionDigits(name, type) };
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return stringType(name, type, inherited);
    case "json":
      return JSON_TYPE;
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
      return { kind: "text", length: TEXT_LENGTH[typeName], ...collationOf(type, inherited) };
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
      return { kind: "blob", length: TEXT_LENGTH[typeName], collation: "binary" };
    case "enum":
      return {
        kind: "enum",
        members: membersOf(name, type),
        ...collationOf(type, inherited),
      };
    case "set":
      return {
        kind: "enum",
        members: membersOf(name, type),
        ...collationOf(type, inherited),
        isSet: true,
      };
    case "bit":
      return { kind: "bit", length: bitLength(name, type), unsigned: true };
    default:
      return unreachable(typeName);
  }
}

/** A column's collation, and its name where that is none of the simulated. */
export interface DeclaredCollation {
  readonly collation: Collation;
  readonly declared?: string;
}

export function collationNamed(name: string): DeclaredCollation {
  const collation = simulatedCollation(name);
  return collation === name ? { collation } : { collation, declared: name };
}

type IntBytes = Extract<ColumnType, { kind: "int" }>["bytes"];

/** Widths that ZEROFILL fills up to where none is written. */
const INT_WIDTHS = { 1: 3, 2: 5, 3: 8, 4: 10, 8: 20 } as const;
const WIDTH_MAX = 255;

function intType(name: string, type: DataType, bytes: IntBytes): ColumnType {
  const { length, unsigned, zerofill } = type;
  if (length !== null && length > WIDTH_MAX) {
    throw mysqlError("ER_TOO_BIG_DISPLAYWIDTH", name, WIDTH_MAX);
  }
  if (zerofill) {
    const width = length ?? INT_WIDTHS[bytes];
    return { kind: "int", bytes, unsigned: true, width, zerofill: true };
  }
  const keepsWidth = bytes === 1 && length === 1 && !unsigned;
  return { kind: "int", bytes, unsigned, ...(keepsWidth ? { width: 1 } : {}) };
}

function approximateType(name: string, type: DataType): ColumnType {
  const { length, decimals, unsigned } = type;
  if (decimals !== null && length !== null) {
    if (length > WIDTH_MAX) throw mysqlError("ER_TOO_BIG_DISPLAYWIDTH", name, WIDTH_MAX);
    if (decimals > DECIMAL_SCALE_MAX) {
      throw mysqlError("ER_TOO_BIG_SCALE", decimals, name, DECIMAL_SCALE_MAX);
    }
    if (length < decimals) throw mysqlError("ER_M_BIGGER_THAN_D", name);
    const kind = type.name === "double" ? "double" : "float";
    return { kind, unsigned, digits: [length, decimals] };
  }
  if (length !== null && length > 53) throw mysqlError("ER_WRONG_FIELD_SPEC", name);
  return { kind: type.name === "double" || (length ?? 0) > 24 ? "double" : "float", unsigned };
}

/** What MySQL says of a type as it is written: 1681 of widths and ZEROFILL, 3720 of NCHAR, and what it says of utf8mb3 and BINARY. */
export function warnOfType(context: StatementContext, type: DataType): void {
  const written = context.sql.slice(type.span.start, type.span.end);
  const isBare = type.charset === null && type.collation === null && !type.binary;
  if (!isBare || !IS_COMMON.test(written)) warnOfUnusual(context, type, written);
}

/** A name alone, or a text with its length. */
const IS_COMMON = /^(?!n)(\w+|(var)?char ?\(\d+\))$/i;

function warnOfUnusual(context: StatementContext, type: DataType, written: string): void {
  const deprecated = (message: string) => context.warn({ level: "Warning", errno: 1681, message });
  const isInt = type.name.endsWith("int");
  if (type.zerofill) deprecated(ZEROFILL);
  const isBoolean = /^bool/i.test(written);
  if (isInt && type.length !== null && !isBoolean) deprecated(INTEGER_WIDTH);
  const isApproximate = type.name === "float" || type.name === "double";
  if (isApproximate && type.decimals !== null) deprecated(FLOAT_DIGITS);
  if (type.name === "year" && type.length !== null) context.warn(deprecatedFor("YEAR(4)", "YEAR"));
  if (/\bunsigned\b/i.test(written) && (isApproximate || type.name === "decimal"))
    deprecated(UNSIGNED_FRACTION);
  if (/^n(ational|char|varchar)/i.test(written)) {
    context.warn(mysqlWarning("Warning", "ER_DEPRECATED_NATIONAL"));
  } else warnOfCharset(context, type.charset, null);
  if (type.binary) context.warn(deprecatedFor("BINARY as attribute of a type", BINARY_INSTEAD));
  warnOfCharset(context, null, type.collation);
}

const UNSIGNED_FRACTION =
  "UNSIGNED for decimal and floating point data types is deprecated and support for it will be removed in a future release.";
const BINARY_INSTEAD = "a CHARACTER SET clause with _bin collation";

const ZEROFILL =
  "The ZEROFILL attribute is deprecated and will be removed in a future release. Use the LPAD function to zero-pad numbers, or store the formatted numbers in a CHAR column.";
const INTEGER_WIDTH =
  "Integer display width is deprecated and will be removed in a future release.";
const FLOAT_DIGITS =
  "Specifying number of digits for floating point data types is deprecated and will be removed in a future release.";

const TEXT_LENGTH = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
  longblob: 4_294_967_295,
} as const;

function collationOf(type: DataType, inherited: string): DeclaredCollation {
  const { charset, collation } = type;
  const isPlain = charset === null && collation === null;
  const own = isPlain ? inherited : declaredCollation(charset, collation);
  return collationNamed(type.binary && own !== "binary" ? `${charsetOf(own)}_bin` : own);
}

function decimalType(name: string, type: DataType): ColumnType {
  const precision = type.length ?? 10;
  const scale = type.decimals ?? 0;
  if (scale > DECIMAL_SCALE_MAX) {
    throw mysqlError("ER_TOO_BIG_SCALE", scale, name, DECIMAL_SCALE_MAX);
  }
  if (precision > DECIMAL_PRECISION_MAX) {
    throw mysqlError("ER_TOO_BIG_PRECISION", precision, name, DECIMAL_PRECISION_MAX);
  }
  if (precision < scale) throw mysqlError("ER_M_BIGGER_THAN_D", name);
  const unsigned = type.unsigned || type.zerofill;
  const filled = type.zerofill ? { zerofill: true as const } : {};
  return { kind: "decimal", precision: Math.max(precision, 1), scale, unsigned, ...filled };
}

function fractionDigits(name: string, type: DataType): number {
  const fsp = type.length ?? 0;
  if (fsp > FSP_MAX) throw mysqlError("ER_TOO_BIG_PRECISION", fsp, name, FSP_MAX);
  return fsp;
}

function stringType(name: string, type: DataType, inherited: string): ColumnType {
  const isBinary = type.name === "binary" || type.name === "varbinary";
  const isFixed = type.name === "char" || type.name === "binary";
  const length = type.length ?? 1;
  const traits = isBinary ? { collation: "binary" as const } : collationOf(type, inherited);
  const own: ColumnType = { kind: isFixed ? "char" : "varchar", length, ...traits };
  const lengthMax = isFixed ? CHAR_LENGTH_MAX : Math.floor(VARCHAR_BYTES_MAX / characterBytes(own));
  if (length > lengthMax) throw mysqlError("ER_TOO_BIG_FIELDLENGTH", name, lengthMax);
  return own;
}

/** Of ENUM and SET. Throws 1291, 1367 and 1097. */
function membersOf(name: string, type: DataType): readonly string[] {
  const seen = new Map<string, string>();
  const isSet = type.name === "set";
  const members = type.values.map((member) => {
    const trimmed = member.replace(/ +$/, "");
    if (isSet && trimmed.includes(",")) {
      throw mysqlError("ER_ILLEGAL_VALUE_FOR_TYPE", "set", trimmed);
    }
    const key = trimmed.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) {
      throw mysqlError("ER_DUPLICATED_VALUE_IN_TYPE", name, first, isSet ? "SET" : "ENUM");
    }
    seen.set(key, trimmed);
    return trimmed;
  });
  if (isSet && members.length > SET_MEMBERS_MAX) throw mysqlError("ER_TOO_BIG_SET", name);
  return members;
}

const SET_MEMBERS_MAX = 64;
const BITS_MAX = 64;

function bitLength(name: string, { length }: DataType): number {
  if (length === 0) throw mysqlError("ER_INVALID_FIELD_SIZE", name);
  if (length !== null && length > BITS_MAX) {
    throw mysqlError("ER_TOO_BIG_DISPLAYWIDTH", name, BITS_MAX);
  }
  return length ?? 1;
}
