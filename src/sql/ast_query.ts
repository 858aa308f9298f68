/**
 * Queries: what SELECT, VALUES, TABLE and UNION parse to, and the table references they and UPDATE and DELETE read from.
 *
 *     Query                       WITH, ORDER BY, LIMIT, locking and INTO of one level
 *       body: QuerySpecification    one SELECT ... FROM ... WHERE ... GROUP BY ... HAVING
 *           | SetOperation          left UNION right, INTERSECT binding closer than UNION and EXCEPT
 *           | ValuesRows | ExplicitTable
 *           | Query                 in parentheses, with clauses of its own
 */

import type { MissingPart } from "../base/not_simulated.ts";
import type { Identifier, Node, TableName } from "./ast.ts";
import type {
  Expression,
  IntegerLiteral,
  Parameter,
  UserVariable,
  Window,
} from "./ast_expression.ts";
import type { HintList } from "./ast_hints.ts";
import type { CheckOption } from "./ast_view.ts";

/** A query expression. A plain SELECT is one whose body is a {@link QuerySpecification}. */
export interface Query extends Node {
  readonly kind: "query";
  readonly with: With | null;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | null;
  /** FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE; several only of different tables. */
  readonly locking: readonly Locking[];
  readonly into: Into | null;
}

export type QueryBody = QuerySpecification | SetOperation | ValuesRows | ExplicitTable | Query;

/** One SELECT block. Without FROM, and with FROM DUAL, `from` is empty. */
export interface QuerySpecification extends Node {
  readonly kind: "querySpecification";
  readonly hints: HintList | null;
  readonly distinct: boolean;
  readonly modifiers: readonly SelectModifier[];
  readonly items: readonly SelectItem[];
  /** Table references joined by commas. */
  readonly from: readonly TableReference[];
  readonly where: Expression | null;
  readonly groupBy: GroupBy | null;
  readonly having: Expression | null;
  /** WINDOW name AS (...) */
  readonly windows: readonly NamedWindow[];
  readonly qualify: Expression | null;
}

export type SelectModifier =
  | "highPriority"
  | "straightJoin"
  | "sqlSmallResult"
  | "sqlBigResult"
  | "sqlBufferResult"
  | "sqlNoCache"
  | "sqlCalcFoundRows";

export interface SetOperation extends Node {
  readonly kind: "setOperation";
  readonly operator: "union" | "except" | "intersect";
  readonly quantifier: "all" | "distinct";
  readonly left: QueryBody;
  readonly right: QueryBody;
}

/** `VALUES ROW(1, 2), ROW(3, 4)` */
export interface ValuesRows extends Node {
  readonly kind: "valuesRows";
  readonly rows: readonly ValuesRow[];
}

export interface ValuesRow extends Node {
  readonly kind: "valuesRow";
  readonly values: readonly Expression[];
}

/** `TABLE t` */
export interface ExplicitTable extends Node {
  readonly kind: "explicitTable";
  readonly table: TableName;
}

export type SelectItem = SelectExpression | SelectStar;

/** An expression in the select list. */
export interface SelectExpression extends Node {
  readonly kind: "selectExpression";
  readonly expression: Expression;
  readonly alias: Identifier | null;
  /** The expression's exact source text, without its alias. */
  readonly text: string;
  /** The name the result column gets: the alias, the column's or string literal's own text, else the source text. */
  readonly columnName: string;
}

/** `*`, `t.*`, `db.t.*` */
export interface SelectStar extends Node {
  readonly kind: "selectStar";
  readonly table: TableName | null;
}

export interface GroupBy extends Node {
  readonly kind: "groupBy";
  readonly items: readonly Expression[];
  /** WITH ROLLUP, and GROUP BY ROLLUP (...) */
  readonly rollup: boolean;
}

export interface NamedWindow extends Node {
  readonly kind: "namedWindow";
  readonly name: Identifier;
  readonly window: Window;
}

export interface OrderItem extends Node {
  readonly kind: "orderItem";
  readonly expression: Expression;
  readonly direction: "asc" | "desc";
}

/** `LIMIT count`, `LIMIT offset, count`, `LIMIT count OFFSET offset` */
export interface Limit extends Node {
  readonly kind: "limit";
  readonly count: LimitValue;
  readonly offset: LimitValue | null;
}

/** A number, a parameter of a prepared statement, or (not at top level) nothing else. */
export type LimitValue = IntegerLiteral | Parameter;

export interface Locking extends Node {
  readonly kind: "locking";
  readonly strength: "update" | "share";
  /** LOCK IN SHARE MODE has neither OF nor a wait policy. */
  readonly spelling: "for" | "lockInShareMode";
  /** Names or aliases after OF; empty means every table of the query. */
  readonly of: readonly TableName[];
  readonly wait: "wait" | "nowait" | "skipLocked";
}

/** `INTO @a, @b`; INTO OUTFILE and DUMPFILE are only recognised. */
export type Into = IntoVariables | IntoFile;

export interface IntoVariables extends Node {
  readonly kind: "intoVariables";
  readonly variables: readonly (UserVariable | Identifier)[];
}

export interface IntoFile extends Node {
  readonly kind: "intoFile";
  readonly form: "outfile" | "dumpfile";
  readonly file: string;
}

// ---------------------------------------------------------------- WITH

export interface With extends Node {
  readonly kind: "with";
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
}

/** `name [(columns)] AS (query)` */
export interface CommonTable extends Node {
  readonly kind: "commonTable";
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

// ---------------------------------------------------------------- FROM

export type TableReference = BaseTable | DerivedTable | Join | UnsupportedTable;

/** A table (or view, or common table) by name. */
export interface BaseTable extends Node {
  readonly kind: "table";
  readonly name: TableName;
  readonly alias: Identifier | null;
  readonly partitions: readonly Identifier[];
  readonly hints: readonly IndexHint[];
}

/** `(query) AS alias [(columns)]` */
export interface DerivedTable extends Node {
  readonly kind: "derivedTable";
  readonly query: Query;
  /** The parser demands it, as MySQL does (1248 otherwise), so it is null only in error recovery. */
  readonly alias: Identifier | null;
  readonly columns: readonly Identifier[];
  readonly lateral: boolean;
  /** The view that it is the query of. */
  readonly view?: OfView;
}

export interface OfView {
  readonly schema: string;
  readonly name: string;
  readonly check: CheckOption;
  readonly isUpdatable: boolean;
  /** ALGORITHM = TEMPTABLE: its rows are made, whatever it says. */
  readonly isMade: boolean;
}

/** Tables joined left to right. `(a, b)` in parentheses is an inner join without a condition. */
export interface Join extends Node {
  readonly kind: "join";
  /** "inner" is JOIN, INNER JOIN and CROSS JOIN; "straight" is STRAIGHT_JOIN. */
  readonly type: "inner" | "left" | "right" | "straight";
  readonly natural: boolean;
  readonly left: TableReference;
  readonly right: TableReference;
  readonly on: Expression | null;
  /** USING (a, b); empty when not written. */
  readonly using: readonly Identifier[];
}

/** JSON_TABLE(...) and other table functions: recognised only. */
export interface UnsupportedTable extends Node {
  readonly kind: "unsupportedTable";
  readonly feature: MissingPart;
}

/** `USE | FORCE | IGNORE INDEX [FOR JOIN | ORDER BY | GROUP BY] (names)`; PRIMARY is a name, `USE INDEX ()` has none. */
export interface IndexHint extends Node {
  readonly kind: "indexHint";
  readonly action: "use" | "force" | "ignore";
  readonly scope: "join" | "orderBy" | "groupBy" | null;
  readonly indexes: readonly Identifier[];
}
