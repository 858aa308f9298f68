/** Data types of columns. */

import type { Node } from "./ast.ts";

export type DataTypeName =
  | "tinyint"
  | "smallint"
  | "mediumint"
  | "int"
  | "bigint"
  | "decimal"
  | "float"
  | "double"
  | "bit"
  | "date"
  | "time"
  | "datetime"
  | "timestamp"
  | "year"
  | "char"
  | "varchar"
  | "binary"
  | "varbinary"
  | "tinytext"
  | "text"
  | "mediumtext"
  | "longtext"
  | "tinyblob"
  | "blob"
  | "mediumblob"
  | "longblob"
  | "enum"
  | "set"
  | "json"
  | "vector"
  | "geometry";

/**
 * A type under MySQL's own name for it: INTEGER is "int", NUMERIC and DEC are "decimal", REAL and DOUBLE PRECISION are
 * "double", BOOL is tinyint(1), CHARACTER VARYING is "varchar", NCHAR is "char" with charset utf8mb3, LONG is "mediumtext".
 * SERIAL is bigint unsigned and sets `nullable`, `autoIncrement` and `unique` of its column. Spatial types are "geometry".
 */
export interface DataType extends Node {
  readonly kind: "dataType";
  readonly name: DataTypeName;
  /** VARCHAR(length), DECIMAL(length, decimals), DATETIME(length) for fractional seconds; null when not written. */
  readonly length: number | null;
  readonly decimals: number | null;
  readonly unsigned: boolean;
  readonly zerofill: boolean;
  /** The members of ENUM and SET. */
  readonly values: readonly string[];
  readonly charset: string | null;
  readonly collation: string | null;
  /** The attribute BINARY: the character set's _bin collation. */
  readonly binary: boolean;
}
