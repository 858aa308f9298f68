/**
 * The columns of a result as the client is told of them.
 *
 * MySQL: Item::make_field, Item_field::make_field, Field::make_send_field, setup of Field::flags in sql/table.cc.
 * Departure: of an expression the exact type and the exact display length are not known in every case; only the
 * names, which decide how long the packet is, always are.
 */
import {
  COLUMN_FLAG,
  type ColumnDefinition,
  fixedPart,
} from "../../net/protocol/column_definition.ts";
import type { BaseTable, ColumnOrigin, ResultColumn, ServerTable } from "../context.ts";

const BINARY_COLLATION = 63;
const TYPE_NULL = 6;
const TYPE_LONGLONG = 8;
/** MySQL: MY_INT64_NUM_DECIMAL_DIGITS, for most of what is computed. */
const COMPUTED_BIGINT_LENGTH = 21;
const DECIMALS_AS_GIVEN = 31;
const VARCHAR_BYTES_MAX = 65_535;
const LONG_BLOB_BYTES = 16_777_216;
const TYPE_MEDIUM_BLOB = 250;
const TYPE_LONG_BLOB = 251;
const UTF8MB4_BYTES_MAX = 4;
const LENGTH_MAX = 0xffff_ffff;

/** `charset`: the collation of utf8mb4 that the client connected with, by its number. */
export function columnDefinition(column: ResultColumn, charset: number): ColumnDefinition {
  const { name, type } = column;
  const origin = column.origin?.();
  const notNull = column.nullable === false ? COLUMN_FLAG.notNull : 0;
  const fixed = fixedPart(type, charset);
  if (origin !== undefined && origin.orgTable !== "") {
    const { schema, table, orgTable, orgName, flags } = origin;
    return {
      ...fixed,
      schema,
      table,
      orgTable,
      name,
      orgName,
      flags: fixed.flags | flags | notNull,
    };
  }
  const names = {
    schema: "",
    table: origin?.table ?? "",
    orgTable: "",
    orgName: origin?.orgName ?? "",
  };
  switch (type.kind) {
    case "int":
      return {
        ...fixed,
        ...names,
        name,
        typeCode: TYPE_LONGLONG,
        length: type.bytes === 8 ? COMPUTED_BIGINT_LENGTH : fixed.length,
        flags: fixed.flags | COLUMN_FLAG.binary | notNull,
      };
    case "decimal":
    case "double":
    case "float":
      return { ...fixed, ...names, name, flags: fixed.flags | COLUMN_FLAG.binary | notNull };
    case "char":
    case "varchar":
    case "text": {
      if (type.length === 0 && type.collation === "binary") {
        return { ...fixed, ...names, name, typeCode: TYPE_NULL, charset: BINARY_COLLATION };
      }
      const isDocument = type.kind === "text" && type.isJson === true;
      const sent = isDocument ? asDocument(fixed, charset) : asLongText(fixed);
      const flags = sent.flags | notNull;
      return { ...sent, ...names, name, decimals: DECIMALS_AS_GIVEN, flags };
    }
    default:
      return { ...fixed, ...names, name, flags: fixed.flags | notNull };
  }
}

/** A document that is computed is a text to the client, though its type is JSON. */
function asDocument<F extends Pick<ColumnDefinition, "length" | "charset" | "flags">>(
  fixed: F,
  charset: number,
): F {
  return { ...fixed, charset, length: LENGTH_MAX - 3, flags: COLUMN_FLAG.binary };
}

/** A computed text too long for a VARCHAR is a BLOB of the size that holds it. MySQL: Item::string_field_type. */
function asLongText<F extends Pick<ColumnDefinition, "length" | "typeCode">>(fixed: F): F {
  const { length } = fixed;
  if (length <= VARCHAR_BYTES_MAX) return fixed;
  const typeCode = length < LONG_BLOB_BYTES ? TYPE_MEDIUM_BLOB : TYPE_LONG_BLOB;
  return { ...fixed, typeCode, length: Math.min(length * UTF8MB4_BYTES_MAX, LENGTH_MAX) };
}

/** A column of a table in the database, as a query under `alias` reads it. */
export function originOf(table: ServerTable, alias: string, column: number): ColumnOrigin {
  const { schema, name } = table;
  const orgName = table.columns[column]?.name ?? "";
  const flags = table.kind === "base" ? flagsOf(table, column) : 0;
  return { schema, table: alias, orgTable: name, orgName, flags };
}

/** The same column after it has passed through a temporary table. */
export function withoutKeys(origin: ColumnOrigin): ColumnOrigin {
  const { primaryKey, uniqueKey, multipleKey, partOfKey, autoIncrement } = COLUMN_FLAG;
  const keys = primaryKey | uniqueKey | multipleKey | partOfKey | autoIncrement;
  return { ...origin, flags: origin.flags & ~keys };
}

function flagsOf(table: BaseTable, column: number): number {
  const given = table.columns[column];
  if (given === undefined) return 0;
  let flags = keyFlags(table, column);
  if (given.autoIncrement) flags |= COLUMN_FLAG.autoIncrement;
  if (given.default.kind === "none" && !given.autoIncrement) flags |= COLUMN_FLAG.noDefault;
  if (given.type.kind === "timestamp" && (given.default.kind === "now" || given.onUpdateNow)) {
    flags |= COLUMN_FLAG.timestamp;
    if (given.onUpdateNow) flags |= COLUMN_FLAG.onUpdateNow;
  }
  return flags;
}

function keyFlags(table: BaseTable, column: number): number {
  let flags = 0;
  for (const { name, unique, parts, clustered } of table.info.indexes) {
    const at = parts.findIndex((part) => part.column === column);
    if (at < 0 || name === "GEN_CLUST_INDEX") continue;
    flags |= COLUMN_FLAG.partOfKey;
    // The first unique key without NULLs stands in for a primary key that was not declared.
    if (clustered) flags |= COLUMN_FLAG.primaryKey;
    else if (at === 0) {
      flags |= unique && parts.length === 1 ? COLUMN_FLAG.uniqueKey : COLUMN_FLAG.multipleKey;
    }
  }
  return flags;
}
