/**
 * Expressions. Operators are already arranged by MySQL's precedence, spellings of one operation are folded into one
 * (`!=` is "<>", `MOD` is "%", `&&` is "and", `SOME` is "any"), and functions with a syntax of their own have a node
 * of their own where the syntax carries more than a list of arguments.
 */

import type { Identifier, Node } from "./ast.ts";
import type { OrderItem, Query } from "./ast_query.ts";

export type Expression =
  | Literal
  | Parameter
  | UserVariable
  | UserVariableAssignment
  | SystemVariable
  | ColumnReference
  | Unary
  | Arithmetic
  | Comparison
  | Logical
  | IsTest
  | Like
  | Regexp
  | InList
  | InSubquery
  | Between
  | MemberOf
  | Quantified
  | Row
  | Subquery
  | Exists
  | Case
  | Collate
  | Cast
  | ConvertUsing
  | DateArithmetic
  | Extract
  | TimestampDiff
  | Trim
  | JsonPath
  | InsertedValue
  | DefaultValue
  | Match
  | FunctionCall
  | Aggregate
  | WindowFunction
  | UnsupportedExpression;

// ---------------------------------------------------------------- literals and names

export type Literal =
  | IntegerLiteral
  | DecimalLiteral
  | FloatLiteral
  | HexLiteral
  | BitLiteral
  | StringLiteral
  | TemporalLiteral
  | BooleanLiteral
  | NullLiteral;

/** Digits only, of any length; a leading minus is a {@link Unary}. */
export interface IntegerLiteral extends Node {
  readonly kind: "integer";
  readonly text: string;
}

/** `1.5`, `.5`, `1.` as typed. */
export interface DecimalLiteral extends Node {
  readonly kind: "decimal";
  readonly text: string;
}

/** With an exponent, as typed: `1e3`, `1.5E-7`. */
export interface FloatLiteral extends Node {
  readonly kind: "float";
  readonly text: string;
}

/** `0xAB`, `x'AB'`: the digits, made even in number by a leading 0; a byte string, or a number in numeric context. */
export interface HexLiteral extends Node {
  readonly kind: "hex";
  readonly digits: string;
  /** An introducer's character set (`_utf8mb4 0x41`), lower case. */
  readonly charset: string | null;
}

/** `b'101'`, `0b101`: the digits. */
export interface BitLiteral extends Node {
  readonly kind: "bit";
  readonly digits: string;
  readonly charset: string | null;
}

/** A string with escapes undone and adjacent literals joined. */
export interface StringLiteral extends Node {
  readonly kind: "string";
  readonly value: string;
  /** An introducer's character set (`_latin1'a'`; N'a' is "utf8mb3"), lower case. */
  readonly charset: string | null;
}

/** `DATE'2026-01-01'`, `TIME'..'`, `TIMESTAMP'..'`; the text is not checked here (the server answers 1525). */
export interface TemporalLiteral extends Node {
  readonly kind: "temporal";
  readonly type: "date" | "time" | "timestamp";
  readonly value: string;
}

export interface BooleanLiteral extends Node {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface NullLiteral extends Node {
  readonly kind: "null";
}

/** `?`, numbered from 0. Only prepared statements may have them. */
export interface Parameter extends Node {
  readonly kind: "parameter";
  readonly index: number;
}

/** `@name`, without the @; names are compared without regard to case. */
export interface UserVariable extends Node {
  readonly kind: "userVariable";
  readonly name: string;
}

/** `@name := value` inside an expression. */
export interface UserVariableAssignment extends Node {
  readonly kind: "userVariableAssignment";
  readonly name: string;
  readonly value: Expression;
}

/** `@@name`, `@@session.name` (also local), `@@global.name`, `@@persist.name`; lower case. `base` as in `@@hot.key_buffer_size`. */
export interface SystemVariable extends Node {
  readonly kind: "systemVariable";
  readonly scope: "session" | "global" | "persist" | "persistOnly" | null;
  readonly base: string | null;
  readonly name: string;
}

/** `[[schema.]table.]column` */
export interface ColumnReference extends Node {
  readonly kind: "column";
  readonly schema: Identifier | null;
  readonly table: Identifier | null;
  readonly name: Identifier;
}

// ---------------------------------------------------------------- operators

/** "not" is NOT and `!`; "binary" is the operator BINARY (a cast to bytes). */
export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "+" | "~" | "not" | "binary";
  readonly operand: Expression;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "div" | "%" | "|" | "&" | "^" | "<<" | ">>";

export interface Arithmetic extends Node {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = "=" | "<=>" | "<>" | "<" | "<=" | ">" | ">=";

export interface Comparison extends Node {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** Two or more operands: `a AND b AND c` is one node with three. `xor` associates to the left. */
export interface Logical extends Node {
  readonly kind: "logical";
  readonly operator: "and" | "or" | "xor";
  readonly operands: readonly Expression[];
}

/** `operand IS [NOT] NULL | TRUE | FALSE | UNKNOWN` */
export interface IsTest extends Node {
  readonly kind: "is";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly test: "null" | "true" | "false" | "unknown";
}

/** `operand [NOT] LIKE pattern [ESCAPE escape]` */
export interface Like extends Node {
  readonly kind: "like";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly pattern: Expression;
  readonly escape: Expression | null;
}

/** `operand [NOT] REGEXP | RLIKE pattern` */
export interface Regexp extends Node {
  readonly kind: "regexp";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly pattern: Expression;
}

export interface InList extends Node {
  readonly kind: "inList";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly items: readonly Expression[];
}

export interface InSubquery extends Node {
  readonly kind: "inSubquery";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly query: Query;
}

export interface Between extends Node {
  readonly kind: "between";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly low: Expression;
  readonly high: Expression;
}

/** `operand MEMBER [OF] (array)` of JSON. */
export interface MemberOf extends Node {
  readonly kind: "memberOf";
  readonly operand: Expression;
  readonly array: Expression;
}

/** `left = ANY (query)`; IN is not folded into it. */
export interface Quantified extends Node {
  readonly kind: "quantified";
  readonly operator: ComparisonOperator;
  readonly quantifier: "any" | "all";
  readonly left: Expression;
  readonly query: Query;
}

/** `(a, b)` or `ROW(a, b)`, two items or more. */
export interface Row extends Node {
  readonly kind: "row";
  readonly items: readonly Expression[];
}

/** A query in parentheses as a value (one column) or as a row (several). */
export interface Subquery extends Node {
  readonly kind: "subquery";
  readonly query: Query;
}

export interface Exists extends Node {
  readonly kind: "exists";
  readonly query: Query;
}

/** With `subject`, each `when` is compared to it; without, each is a condition. */
export interface Case extends Node {
  readonly kind: "case";
  readonly subject: Expression | null;
  readonly branches: readonly CaseBranch[];
  readonly otherwise: Expression | null;
}

export interface CaseBranch extends Node {
  readonly kind: "caseBranch";
  readonly when: Expression;
  readonly then: Expression;
}

/** `operand COLLATE collation`, lower case. */
export interface Collate extends Node {
  readonly kind: "collate";
  readonly operand: Expression;
  readonly collation: string;
}

// ---------------------------------------------------------------- functions

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
    | "signed" | "unsigned" | "char" | "binary" | "date" | "time" | "datetime" | "decimal" | "float" | "double"
    | "year" | "json" | "geometry";
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
  | "microsecond" | "second" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year"
  | "second_microsecond" | "minute_microsecond" | "minute_second" | "hour_microsecond" | "hour_second"
  | "hour_minute" | "day_microsecond" | "day_second" | "day_minute" | "day_hour" | "year_month";

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
  | "count" | "sum" | "avg" | "min" | "max" | "group_concat" | "bit_and" | "bit_or" | "bit_xor"
  | "std" | "stddev_samp" | "variance" | "var_samp" | "json_arrayagg" | "json_objectagg" | "any_value";

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
    | "row_number" | "rank" | "dense_rank" | "cume_dist" | "percent_rank" | "ntile"
    | "lead" | "lag" | "first_value" | "last_value" | "nth_value";
  readonly args: readonly Expression[];
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
  readonly at: "unboundedPreceding" | "preceding" | "currentRow" | "following" | "unboundedFollowing";
  readonly offset: Expression | null;
  /** For `INTERVAL offset unit`. */
  readonly unit: IntervalUnit | null;
}

/** Valid MySQL that has no node here; the server answers 1235 and names the feature. */
export interface UnsupportedExpression extends Node {
  readonly kind: "unsupportedExpression";
  readonly feature: string;
}
