/**
 * Expressions. Operators are already arranged by MySQL's precedence, spellings of one operation are folded into one
 * (`!=` is "<>", `MOD` is "%", `&&` is "and", `SOME` is "any"), and functions with a syntax of their own have a node
 * of their own where the syntax carries more than a list of arguments.
 */

import type { Identifier, Node } from "./ast.ts";
import type {
  Aggregate,
  Cast,
  ConvertUsing,
  DateArithmetic,
  DefaultValue,
  Extract,
  FunctionCall,
  InsertedValue,
  JsonPath,
  Match,
  TimestampDiff,
  Trim,
  UnsupportedExpression,
  WindowFunction,
} from "./ast_function.ts";
import type { Query } from "./ast_query.ts";

export type {
  Aggregate,
  AggregateName,
  Cast,
  CastType,
  ConvertUsing,
  DateArithmetic,
  DefaultValue,
  Extract,
  FrameBound,
  FunctionCall,
  InsertedValue,
  IntervalUnit,
  JsonPath,
  Match,
  TimestampDiff,
  Trim,
  UnsupportedExpression,
  Window,
  WindowFrame,
  WindowFunction,
} from "./ast_function.ts";

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

/** `@@name`, `@@session.name` (also local), `@@global.name`; lower case. `base` as in `@@hot.key_buffer_size`. */
export interface SystemVariable extends Node {
  readonly kind: "systemVariable";
  readonly scope: "session" | "global" | null;
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

/** "not" is NOT and `!`; "binary" is the operator BINARY (a cast to bytes). A unary plus leaves no node. */
export interface Unary extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "~" | "not" | "binary";
  readonly operand: Expression;
}

export type ArithmeticOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "div"
  | "%"
  | "|"
  | "&"
  | "^"
  | "<<"
  | ">>";

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

/** `left = ANY (query)`; IN is not folded into it. The operator is never `<=>`. */
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
