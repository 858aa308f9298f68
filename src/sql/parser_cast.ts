/** The target types of CAST and CONVERT, which are not the types of columns. */

import type { CastType } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";

const GEOMETRIES = new Set(
  "POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION".split(" "),
);

/** Reads a type after AS. */
export function castType(cursor: Cursor): CastType {
  const start = cursor.start;
  const type = plainType(cursor);
  const array = cursor.accept("ARRAY");
  return { kind: "castType", span: cursor.span(start), ...NOTHING, ...type, array };
}

const NOTHING = { length: null, decimals: null, charset: null };

type PlainType = Pick<CastType, "name"> & Partial<CastType>;

function plainType(cursor: Cursor): PlainType {
  const key = cursor.token.key;
  if (GEOMETRIES.has(key)) {
    cursor.advance();
    return { name: "geometry" };
  }
  switch (key) {
    case "BINARY":
      cursor.advance();
      return { name: "binary", length: optionalLength(cursor) };
    case "CHAR":
      cursor.advance();
      return charType(cursor);
    case "NATIONAL":
      cursor.advance();
      cursor.expect("CHAR");
      return { name: "char", length: optionalLength(cursor), charset: "utf8mb3" };
    case "NCHAR":
      cursor.advance();
      return { name: "char", length: optionalLength(cursor), charset: "utf8mb3" };
    case "SIGNED":
    case "UNSIGNED":
      cursor.advance();
      cursor.accept("INT");
      return { name: key === "SIGNED" ? "signed" : "unsigned" };
    case "DATE":
    case "YEAR":
    case "JSON":
      cursor.advance();
      return { name: key === "DATE" ? "date" : key === "YEAR" ? "year" : "json" };
    case "TIME":
    case "DATETIME":
      cursor.advance();
      return { name: key === "TIME" ? "time" : "datetime", length: optionalLength(cursor) };
    case "DECIMAL":
    case "DEC":
      cursor.advance();
      return { name: "decimal", ...precision(cursor) };
    case "REAL":
    case "DOUBLE":
      cursor.advance();
      if (key === "DOUBLE") cursor.accept("PRECISION");
      return { name: "double" };
    case "FLOAT":
      cursor.advance();
      return { name: "float", length: optionalLength(cursor) };
    default:
      return cursor.fail();
  }
}

/** `CHAR[(n)] [CHARACTER SET x | ASCII | UNICODE | BYTE] [BINARY]` */
function charType(cursor: Cursor): PlainType {
  const length = optionalLength(cursor);
  let charset: string | null = null;
  cursor.accept("BINARY");
  if (acceptCharset(cursor)) charset = charsetName(cursor);
  else if (cursor.accept("ASCII")) charset = "latin1";
  else if (cursor.accept("UNICODE")) charset = "ucs2";
  else if (cursor.accept("BYTE")) charset = "binary";
  cursor.accept("BINARY");
  return { name: "char", length, charset };
}

/** Reads `(n)` if it is there. */
export function optionalLength(cursor: Cursor): number | null {
  if (!cursor.accept("(")) return null;
  const length = cursor.integer();
  cursor.expect(")");
  return length;
}

/** Reads `(length[, decimals])` if it is there. */
export function precision(cursor: Cursor): {
  readonly length: number | null;
  readonly decimals: number | null;
} {
  if (!cursor.accept("(")) return { length: null, decimals: null };
  const length = cursor.integer();
  const decimals = cursor.accept(",") ? cursor.integer() : null;
  cursor.expect(")");
  return { length, decimals };
}
