/** Column types and values as plain JSON: what pictures, results and the lock table show. */

/**
 * A value in the trace. Integers that a double holds exactly are numbers, larger ones and decimals are their
 * decimal text; dates and times are MySQL's text.
 */
export type Value = null | number | string;

/** Collations that are simulated; "binary" compares code points. */
export type Collation =
  | "utf8mb4_0900_ai_ci"
  | "utf8mb4_0900_as_cs"
  | "utf8mb4_unicode_ci"
  | "utf8mb4_general_ci"
  | "utf8mb4_bin"
  | "binary";

interface Declared {
  /** The collation as it was declared, where it is none of those: latin1_swedish_ci. */
  readonly declared?: string;
}

/** A column's declared type, with all that decides how values are stored, compared and shown. */
export type ColumnType =
  | {
      readonly kind: "int";
      readonly bytes: 1 | 2 | 3 | 4 | 8;
      readonly unsigned: boolean;
      /** The display width, where it is kept: TINYINT(1), and what ZEROFILL fills up to. */
      readonly width?: number;
      readonly zerofill?: true;
      /** Of what is computed: the characters that its text may take. MySQL: Item::max_length. */
      readonly characters?: number;
    }
  | {
      readonly kind: "decimal";
      readonly precision: number;
      readonly scale: number;
      readonly unsigned: boolean;
      readonly zerofill?: true;
    }
  | {
      readonly kind: "double" | "float";
      readonly unsigned: boolean;
      /** FLOAT(M,D): digits in all and after the point. */
      readonly digits?: readonly [number, number];
      /** The text shows exactly so many digits after the point. */
      readonly decimals?: number;
    }
  | ({
      readonly kind: "char" | "varchar";
      readonly length: number;
      readonly collation: Collation;
    } & Declared)
  | ({
      readonly kind: "text" | "blob";
      readonly length: number;
      readonly collation: Collation;
      /** JSON, whose values are what MySQL prints of the document. MySQL: Field_json is a Field_blob. */
      readonly isJson?: true;
    } & Declared)
  | { readonly kind: "date" }
  /** The text of one that is no column is not filled up: 0 rather than 0000. */
  | { readonly kind: "year"; readonly isComputed?: true }
  | { readonly kind: "datetime" | "timestamp" | "time"; readonly fsp: number }
  | ({
      readonly kind: "enum";
      readonly members: readonly string[];
      readonly collation: Collation;
      /** SET, which has any of its members, a bit for each. MySQL: Field_set is a Field_enum. */
      readonly isSet?: true;
    } & Declared)
  /** A whole number of `length` bits, which the trace shows as MySQL writes it: b'101'. */
  | { readonly kind: "bit"; readonly length: number; readonly unsigned: true }
  | { readonly kind: "rowId" };
