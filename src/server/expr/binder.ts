/**
 * What binding an expression needs besides the expression: the names in reach, and who takes care of subqueries,
 * aggregates and the row that INSERT is about to write.
 */

import type { Datum } from "../../innodb/api.ts";
import type {
  Aggregate,
  ColumnReference,
  Expression,
  FunctionCall,
  WindowFunction,
} from "../../sql/ast_expression.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { SqlType } from "../types/sql_type.ts";
import type { Item } from "./item.ts";
import type { Clause, Scope } from "./scope.ts";

/** Its fields are all there from the start: a copy that only changes some of them is cheap. */
export interface Binder {
  readonly env: EvalEnv;
  readonly scope: Scope;
  readonly clause: Clause;
  /** Makes the item of an aggregate; null where aggregates may not stand (1111). */
  readonly aggregate: ((node: Aggregate, binder: Binder) => Item) | null;
  /** Makes the item of a call of a window function; null where none may stand (3593). */
  readonly overWindow: ((node: Aggregate | WindowFunction, binder: Binder) => Item) | null;
  readonly subquery: (query: Query, scope: Scope) => BoundSubquery;
  /** VALUES(column), where it means something. */
  readonly insertedValue: ((column: ColumnReference) => Item) | null;
  /** GROUP BY, HAVING and ORDER BY look at select items by alias too. */
  readonly alias: ((column: ColumnReference) => Item | null) | null;
  /** A select item's expression and its name: messages name it so. */
  readonly named: { readonly expression: Expression; readonly name: string } | null;
  /** ROLLUP: an expression that GROUP BY names stands for the group's value of it. */
  readonly replaced: ((item: Item) => Item) | null;
  /** GROUPING; null where nothing is grouped (1111). */
  readonly grouping: ((node: FunctionCall, binder: Binder) => Item) | null;
  /** Names of user variables that the statement assigns to: reading them is not constant. */
  readonly assigned: ReadonlySet<string>;
}

/** A query inside an expression. */
export interface BoundSubquery {
  readonly columns: readonly {
    readonly type: SqlType;
    readonly nullable: boolean;
    /** Its collation counts as a column's does. */
    readonly isImplicit?: boolean;
  }[];
  /** What it reads of the enclosing block, as `Item.tables` has it. */
  readonly tables: number;
  /** Nothing in it changes from one execution to the next. */
  readonly isCacheable: boolean;
  /** Its first `max` rows, computed anew. */
  readonly run: (max: number) => Exec<readonly (readonly Datum[])[]>;
  /** IN: the subquery with a condition that its columns are equal to `operand`; null where it cannot take one. */
  readonly withTest: (operand: readonly Item[], isTruth: boolean) => TestedSubquery | null;
}

/**
 * An IN subquery that is run for each value, which is a part of its WHERE.
 *
 * MySQL: Subquery_strategy::SUBQ_EXISTS, against SUBQ_MATERIALIZATION.
 */
export interface TestedSubquery {
  /** Costs no more than all its rows made once. */
  readonly isChosen: () => Exec<boolean>;
  /** The rows that are equal to these values, or have a NULL there; until `take` gives false. */
  readonly eachMatch: (
    values: readonly Datum[],
    take: (row: readonly Datum[]) => boolean,
  ) => Exec<void>;
  /** Is there a row at all? A NULL is compared with it: the table is scanned. */
  readonly hasRow: () => Exec<boolean>;
}
