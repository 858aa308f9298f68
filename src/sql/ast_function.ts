/** Functions: those whose syntax carries more than a list of arguments, the plain call, aggregates and windows. */

import type { MissingPart } from "../base/not_simulated.ts";
import type { Identifier, Node } from "./ast.ts";
import type { ColumnReference, Expression, StringLiteral } from "./ast_expression.ts";
import type { OrderItem } from "./ast_query.ts";

/** `CAST(operand AS type)` and `CONVERT(operand, type)`. */
export interface Cast extends Node {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: CastType;
}

/** The targets of CAST. CHAR with a length or a character set, DECIMAL(length, decimals), DATETIME(length) for fractional seconds. */
export interface CastType extends Node {
  readonly kind: "castType";
  readonly name:
    | "signed"
    | "unsigned"
    | "char"
    | "binary"
    | "date"
    | "time"
    | "datetime"
    | "decimal"
    | "float"
    | "double"
    | "year"
    | "json"
    | "geometry";
  readonly length: number | null;
  readonly decimals: number | null;
  readonly charset: string | null;
  /** `CAST(... AS type ARRAY)`, for multi-valued keys. */
  readonly array: boolean;
}

/** `CONVERT(operand USING charset)`, and `CHAR(... USING charset)` around the function call. */
export interface ConvertUsing extends Node {
  readonly kind: "convertUsing";
  readonly operand: Expression;
  readonly charset: string;
}

export type IntervalUnit =
  | "microsecond"
  | "second"
  | "minute"
  | "hour"
  | "day"
  | "week"
  | "month"
  | "quarter"
  | "year"
  | "second_microsecond"
  | "minute_microsecond"
  | "minute_second"
  | "hour_microsecond"
  | "hour_second"
  | "hour_minute"
  | "day_microsecond"
  | "day_second"
  | "day_minute"
  | "day_hour"
  | "year_month";

/**
 * Adding or taking away an interval: `operand + INTERVAL amount unit`, `INTERVAL amount unit + operand`, DATE_ADD,
 * DATE_SUB, ADDDATE, SUBDATE (their form with a plain number of days too) and TIMESTAMPADD.
 */
export interface DateArithmetic extends Node {
  readonly kind: "dateArithmetic";
  readonly operator: "+" | "-";
  readonly operand: Expression;
  readonly amount: Expression;
  readonly unit: IntervalUnit;
}

/** `EXTRACT(unit FROM operand)` */
export interface Extract extends Node {
  readonly kind: "extract";
  readonly unit: IntervalUnit;
  readonly operand: Expression;
}

/** `TIMESTAMPDIFF(unit, from, to)` */
export interface TimestampDiff extends Node {
  readonly kind: "timestampDiff";
  readonly unit: IntervalUnit;
  readonly from: Expression;
  readonly to: Expression;
}

/** `TRIM([BOTH | LEADING | TRAILING] [remove] FROM operand)`; remove null means spaces. */
export interface Trim extends Node {
  readonly kind: "trim";
  readonly side: "both" | "leading" | "trailing";
  readonly remove: Expression | null;
  readonly operand: Expression;
}

/** `column -> 'path'`, and `->>` with `unquote`. */
export interface JsonPath extends Node {
  readonly kind: "jsonPath";
  readonly column: ColumnReference;
  readonly path: StringLiteral;
  readonly unquote: boolean;
}

/** `VALUES(column)` in ON DUPLICATE KEY UPDATE: the value that the insert would have put there. */
export interface InsertedValue extends Node {
  readonly kind: "insertedValue";
  readonly column: ColumnReference;
}

/** `DEFAULT` (as a value of INSERT or of an assignment only, column null) or `DEFAULT(column)`. */
export interface DefaultValue extends Node {
  readonly kind: "default";
  readonly column: ColumnReference | null;
}

/** `MATCH (columns) AGAINST (against [mode])` */
export interface Match extends Node {
  readonly kind: "match";
  readonly columns: readonly ColumnReference[];
  readonly against: Expression;
  readonly mode: "natural" | "boolean" | "naturalExpansion" | "expansion";
}

/**
 * Every other function, built in or not; whether it exists, and with how many arguments, is the server's question
 * (1305, 1582). `name` is lower case. One name stands for its synonyms where the grammar has its own rule:
 *
 *     now            NOW, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP, with or without ()
 *     curdate        CURDATE, CURRENT_DATE        curtime   CURTIME, CURRENT_TIME
 *     utc_date, utc_time, utc_timestamp, sysdate, current_user (also without ())
 *     substring      SUBSTRING, SUBSTR, MID, and their FROM/FOR form: (string, position[, length])
 *     locate         POSITION(a IN b): (a, b)
 *     interval       INTERVAL(n, a, b, ...)
 *     if, coalesce, left, right, insert, repeat, replace, mod, truncate, char, ... under their own names
 */
export interface FunctionCall extends Node {
  readonly kind: "function";
  readonly schema: Identifier | null;
  readonly name: string;
  readonly args: readonly Expression[];
}

export type AggregateName =
  | "count"
  | "sum"
  | "avg"
  | "min"
  | "max"
  | "group_concat"
  | "bit_and"
  | "bit_or"
  | "bit_xor"
  | "std"
  | "stddev_samp"
  | "variance"
  | "var_samp"
  | "json_arrayagg"
  | "json_objectagg";

/** An aggregate; with `over` it is computed over a window instead. */
export interface Aggregate extends Node {
  readonly kind: "aggregate";
  readonly name: AggregateName;
  readonly distinct: boolean;
  /** `COUNT(*)`; `args` is then empty. */
  readonly star: boolean;
  readonly args: readonly Expression[];
  /** GROUP_CONCAT only. */
  readonly orderBy: readonly OrderItem[];
  /** GROUP_CONCAT only; null means a comma. */
  readonly separator: string | null;
  readonly over: Window | null;
}

/** ROW_NUMBER() OVER ..., LAG(...) OVER ... and the like. */
export interface WindowFunction extends Node {
  readonly kind: "windowFunction";
  readonly name:
    | "row_number"
    | "rank"
    | "dense_rank"
    | "cume_dist"
    | "percent_rank"
    | "ntile"
    | "lead"
    | "lag"
    | "first_value"
    | "last_value"
    | "nth_value";
  readonly args: readonly Expression[];
  /** NTH_VALUE(...) FROM LAST */
  readonly fromLast: boolean;
  readonly ignoreNulls: boolean;
  readonly over: Window;
}

/** `OVER name` (only `name` set), or `OVER ([name] [PARTITION BY] [ORDER BY] [frame])`; WINDOW clauses use it too. */
export interface Window extends Node {
  readonly kind: "window";
  readonly name: Identifier | null;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: WindowFrame | null;
}

export interface WindowFrame extends Node {
  readonly kind: "windowFrame";
  readonly unit: "rows" | "range";
  readonly from: FrameBound;
  /** The bound after AND; null when only one was written. */
  readonly to: FrameBound | null;
}

export interface FrameBound extends Node {
  readonly kind: "frameBound";
  readonly at:
    | "unboundedPreceding"
    | "preceding"
    | "currentRow"
    | "following"
    | "unboundedFollowing";
  readonly offset: Expression | null;
  /** For `INTERVAL offset unit`. */
  readonly unit: IntervalUnit | null;
}

/** Valid MySQL that has no node here; the server answers 1235 and names the feature. */
export interface UnsupportedExpression extends Node {
  readonly kind: "unsupportedExpression";
  readonly feature: MissingPart;
}
