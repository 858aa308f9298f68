/** Data types of columns. */

import type { DataType, DataTypeName } from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { optionalLength, precision } from "./parser_cast.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";

/** What a type's own syntax says; the rest is filled in. */
type Written = Pick<DataType, "name"> & Partial<DataType>;

type Reader = (cursor: Cursor) => Written;

/** A type, and whether it was SERIAL, which says more about its column than its type. */
export interface ColumnType {
  readonly type: DataType;
  readonly serial: boolean;
}

/** Reads a column's type with its attributes UNSIGNED, ZEROFILL, CHARACTER SET, BINARY. */
export function columnType(cursor: Cursor): ColumnType {
  const { start, key } = cursor.token;
  const read = READERS.get(key) ?? rareReaders().get(key);
  if (read === undefined) cursor.fail();
  cursor.advance();
  const written = read(cursor);
  const type: DataType = { kind: "dataType", span: cursor.span(start), ...DEFAULTS, ...written };
  return { type, serial: key === "SERIAL" };
}

const DEFAULTS = {
  length: null,
  decimals: null,
  unsigned: false,
  zerofill: false,
  values: [],
  charset: null,
  collation: null,
  binary: false,
} as const;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["TINYINT", integer("tinyint")],
  ["INT", integer("int")],
  ["BIGINT", integer("bigint")],
  ["DECIMAL", decimal],
  ["DATE", plain("date")],
  ["DATETIME", withLength("datetime")],
  ["TIMESTAMP", withLength("timestamp")],
  ["CHAR", char],
  ["VARCHAR", varchar],
  ["TEXT", (cursor) => ({ name: "text", length: optionalLength(cursor), ...characters(cursor) })],
]);

let rare: ReadonlyMap<string, Reader> | null = null;

/** Made when one of them is asked for. */
function rareReaders(): ReadonlyMap<string, Reader> {
  rare ??= new Map<string, Reader>([
    ["SMALLINT", integer("smallint")],
    ["MEDIUMINT", integer("mediumint")],
    ["BOOL", () => ({ name: "tinyint", length: 1 })],
    ["BOOLEAN", () => ({ name: "tinyint", length: 1 })],
    ["SERIAL", () => ({ name: "bigint", unsigned: true })],
    ["NUMERIC", decimal],
    ["DEC", decimal],
    ["FIXED", decimal],
    ["REAL", (cursor) => (cursor.options.realAsFloat ? float : double)(cursor)],
    ["DOUBLE", double],
    ["FLOAT", float],
    ["BIT", withLength("bit")],
    ["TIME", withLength("time")],
    ["YEAR", year],
    ["NCHAR", (cursor) => national(cursor, false)],
    ["NVARCHAR", (cursor) => national(cursor, true)],
    ["NATIONAL", nationalWord],
    ["BINARY", withLength("binary")],
    ["VARBINARY", (cursor) => ({ name: "varbinary", length: requiredLength(cursor) })],
    ["TINYBLOB", plain("tinyblob")],
    ["BLOB", withLength("blob")],
    ["MEDIUMBLOB", plain("mediumblob")],
    ["LONGBLOB", plain("longblob")],
    ["LONG", long],
    ["TINYTEXT", text("tinytext")],
    ["MEDIUMTEXT", text("mediumtext")],
    ["LONGTEXT", text("longtext")],
    ["ENUM", members("enum")],
    ["SET", members("set")],
    ["JSON", plain("json")],
    ["VECTOR", withLength("vector")],
    ["GEOMETRY", plain("geometry")],
    ["POINT", plain("geometry")],
    ["LINESTRING", plain("geometry")],
    ["POLYGON", plain("geometry")],
    ["MULTIPOINT", plain("geometry")],
    ["MULTILINESTRING", plain("geometry")],
    ["MULTIPOLYGON", plain("geometry")],
    ["GEOMETRYCOLLECTION", plain("geometry")],
  ]);
  return rare;
}

function plain(name: DataTypeName): Reader {
  return () => ({ name });
}

function withLength(name: DataTypeName): Reader {
  return (cursor) => ({ name, length: optionalLength(cursor) });
}

function requiredLength(cursor: Cursor): number {
  return optionalLength(cursor) ?? cursor.fail();
}

// ---------------------------------------------------------------- numbers

function integer(name: DataTypeName): Reader {
  return (cursor) => ({ name, length: optionalLength(cursor), ...signs(cursor) });
}

function decimal(cursor: Cursor): Written {
  return { name: "decimal", ...precision(cursor), ...signs(cursor) };
}

/** DOUBLE takes both numbers or none. */
function double(cursor: Cursor): Written {
  if (cursor.previous().key === "DOUBLE") cursor.accept("PRECISION");
  return { name: "double", ...pair(cursor), ...signs(cursor) };
}

function pair(cursor: Cursor): Pick<DataType, "length" | "decimals"> {
  if (!cursor.accept("(")) return { length: null, decimals: null };
  const length = cursor.integer();
  cursor.expect(",");
  const decimals = cursor.integer();
  cursor.expect(")");
  return { length, decimals };
}

function float(cursor: Cursor): Written {
  return { name: "float", ...precision(cursor), ...signs(cursor) };
}

function year(cursor: Cursor): Written {
  optionalLength(cursor);
  signs(cursor);
  return { name: "year" };
}

/** SIGNED, UNSIGNED and ZEROFILL in any order; ZEROFILL makes it unsigned. */
function signs(cursor: Cursor): Pick<DataType, "unsigned" | "zerofill"> {
  let unsigned = false;
  let zerofill = false;
  for (;;) {
    if (cursor.accept("UNSIGNED")) unsigned = true;
    else if (cursor.accept("ZEROFILL")) {
      zerofill = true;
      unsigned = true;
    } else if (!cursor.accept("SIGNED")) return { unsigned, zerofill };
  }
}

// ---------------------------------------------------------------- text

/** `CHAR[(n)]`, `CHAR VARYING(n)` */
function char(cursor: Cursor): Written {
  if (cursor.accept("VARYING")) return varchar(cursor);
  return { name: "char", length: optionalLength(cursor), ...characters(cursor) };
}

function varchar(cursor: Cursor): Written {
  return { name: "varchar", length: requiredLength(cursor), ...characters(cursor) };
}

function text(name: DataTypeName): Reader {
  return (cursor) => ({ name, ...characters(cursor) });
}

/** NCHAR, NVARCHAR and their longer spellings: utf8mb3. */
function national(cursor: Cursor, varying: boolean): Written {
  const varies = varying || cursor.accept("VARYING") || cursor.accept("VARCHAR");
  const length = varies ? requiredLength(cursor) : optionalLength(cursor);
  const binary = cursor.accept("BINARY");
  return { name: varies ? "varchar" : "char", length, charset: "utf8mb3", binary };
}

function nationalWord(cursor: Cursor): Written {
  return national(cursor, cursor.expectOne(["CHAR", "VARCHAR"]) === "VARCHAR");
}

/** `LONG`, `LONG VARCHAR`, `LONG CHAR VARYING`, `LONG VARBINARY` */
function long(cursor: Cursor): Written {
  if (cursor.accept("VARBINARY")) return { name: "mediumblob" };
  if (!cursor.accept("VARCHAR") && cursor.accept("CHAR")) cursor.expect("VARYING");
  return { name: "mediumtext", ...characters(cursor) };
}

function members(name: "enum" | "set"): Reader {
  return (cursor) => {
    const values = cursor.parenthesised(member);
    return { name, values, ...characters(cursor) };
  };
}

function member(cursor: Cursor): string {
  if (cursor.type === "string") return cursor.advance().value;
  if (cursor.type !== "hex" && cursor.type !== "bit") cursor.fail();
  const { type, value } = cursor.advance();
  const digits = type === "hex" ? value.match(/../g) : value.padStart(8, "0").match(/.{8}/g);
  const radix = type === "hex" ? 16 : 2;
  return (digits ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, radix))).join("");
}

/** `[CHARACTER SET name | ASCII | UNICODE | BYTE] [BINARY]`, the two in either order. */
function characters(cursor: Cursor): Pick<DataType, "charset" | "binary"> {
  const before = cursor.accept("BINARY");
  const charset = characterSet(cursor);
  return { charset, binary: before || cursor.accept("BINARY") };
}

function characterSet(cursor: Cursor): string | null {
  if (acceptCharset(cursor)) return charsetName(cursor);
  if (cursor.accept("ASCII")) return "latin1";
  if (cursor.accept("UNICODE")) return "ucs2";
  return cursor.accept("BYTE") ? "binary" : null;
}

/** Reads `COLLATE name` if it is there. */
export function optionalCollation(cursor: Cursor): string | null {
  return cursor.accept("COLLATE") ? charsetName(cursor) : null;
}
