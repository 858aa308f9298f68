/**
 * The boundary of a query: what it is opened with, and what comes back.
 *
 *     openQuery(query, parent, context)  ──▶  OpenQuery: columns now, rows when `eachRow` runs
 *       └─ per block: resolveFrom(from, ...) ──▶ JoinNode ──planJoin──▶ forEachRow
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { OfView, Query, SetOperation } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Answer, ColumnOrigin, Exec, ServerColumn } from "../context.ts";
import type { Item } from "../expr/item.ts";
import type { Scope } from "../expr/scope.ts";
import type { SqlType } from "../types/sql_type.ts";
import type { TakeCondition } from "./derived_pushdown.ts";
import type { TreeNode } from "./explain/tree.ts";
import type { MadeSize } from "./join/join_types.ts";
import type { FromEnv, Merged } from "./resolve_from.ts";
import type { StatementEnv } from "./statement_env.ts";

/** Where a query stands in its statement. */
export interface QueryPlace {
  readonly statement: StatementEnv;
  /** Common tables in reach, the innermost first. */
  readonly ctes: CteScope | null;
  /** In a derived or common table. */
  readonly isMade?: boolean;
}

/** Handed down from a query to its blocks, derived tables and subqueries. */
export interface QueryContext extends QueryPlace {
  /** Opens a query inside this one (query.ts). */
  readonly open: (
    query: Query,
    parent: Scope | null,
    context: QueryContext,
    test?: PushedTest,
  ) => OpenQuery;
  /** Makes a derived table a part of the block that names it, where that can be (merge_derived.ts). */
  readonly merge: (request: MergeRequest, from: FromEnv, context: QueryContext) => Merged | null;
}

/** A derived table or common table, as a block names it. */
export interface MergeRequest {
  readonly query: Query;
  /** Its column list; empty without one. */
  readonly names: readonly string[];
  readonly alias: string;
  /** The view that it is the query of. */
  readonly view?: OfView;
  /** It sees the tables on its left. */
  readonly isLateral?: boolean;
}

/** What IN adds to the WHERE of its subquery: each column is equal to a value, or NULL. */
export type PushedTest =
  | {
      readonly kind: "equal";
      readonly values: readonly Item[];
      readonly isTruth: boolean;
      /** Off: every row passes. */
      readonly guard: { isOff: boolean };
    }
  /** A value is NULL: every row is looked at, in the order of the table. */
  | { readonly kind: "scan" };

export interface QueryColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** That of the table's column which this column is. */
  readonly default?: ServerColumn["default"];
  readonly comment?: string;
  readonly origin?: () => ColumnOrigin;
  /** Its collation counts as a column's does. MySQL: DERIVATION_IMPLICIT. */
  readonly isImplicit?: boolean;
  /** Neither a column, nor a constant, nor made of aggregates. */
  readonly isComputed?: boolean;
}

export type ResultRow = readonly Datum[];

/** Takes a row; false when no more are wanted. */
export type RowSink = (row: ResultRow) => Answer<boolean>;

/** Called once, when a query is planned and before it makes a row. */
export type QueryStart = (usesTemporary: boolean) => Exec<void>;

/** Takes every row of a table, and at once; `columns` are those that are selected. */
export type RowTaker = (row: Row, columns: readonly number[]) => void;

export interface OpenQuery {
  readonly columns: readonly QueryColumn[];
  /** What it reads of the enclosing block: bits of that block's tables, OUTER_ROWS for blocks further out. */
  readonly outerTables: number;
  /** A guess of its number of rows, for the join order. */
  readonly estimate: number;
  /** Plans and runs it; a second call runs it anew. `all` takes what the sink would, where rows go straight through. */
  readonly eachRow: (sink: RowSink, start?: QueryStart, all?: RowTaker) => Answer<void>;
  /** Forgets the execution before: it will be planned anew. Only where it is kept from one statement to the next. */
  readonly renew?: () => void;
  /** Rows of the last execution: those sent, or with SQL_CALC_FOUND_ROWS those there would be without LIMIT. */
  readonly foundRows: () => number;
  /** Known to give one row at most. */
  readonly isOneRow?: boolean;
  /** The types of rows for a client, which sees each value as its own text: to be asked before `eachRow`. */
  readonly shownTypes?: () => readonly SqlType[];
  /** Plans it: what one execution is expected to cost and to give. */
  readonly planned?: () => Exec<PlannedQuery>;
  /** Plans it and reads its constant tables, ahead of a block that runs before it. */
  readonly readConstants?: () => Exec<void>;
  /** Takes a condition on its columns, before it is planned. */
  readonly take?: TakeCondition;
  /** Plans it as a derived table, before the block that reads it. */
  readonly madeSize?: () => Exec<MadeSize>;
  /** Plans it, for EXPLAIN; reads nothing but constant tables. `selectType` as if it had nothing inside. */
  readonly explain: (selectType: string, tail?: ExplainedTail) => Exec<void>;
  /** Of a set operation with nothing behind it: an enclosing one of its kind takes it for a part of its own list. */
  readonly asParts?: {
    readonly node: SetOperation;
    /** Its rows come in these types from now on. */
    readonly retype: (columns: readonly QueryColumn[]) => void;
  };
  /** The same as a tree; null where it has none. */
  readonly explainTree?: () => Exec<TreeNode | null>;
}

export interface PlannedQuery {
  readonly cost: number;
  readonly rows: number;
  /** The values that IN looks for are looked up in an index; `isLookup`: and nothing else is done. */
  readonly looksUp: boolean;
  readonly isLookup: boolean;
}

/** What comes behind a set operation, as EXPLAIN tells it. */
export interface ExplainedTail {
  /** It is a part of a larger one, which tells the result. */
  readonly isAbsorbed: boolean;
  readonly isOrdered: boolean;
}

/** A name after WITH. */
export interface CteDefinition {
  readonly name: string;
  readonly columns: readonly QueryColumn[];
  readonly estimate: number;
  readonly isOneRow?: boolean;
  readonly plan?: () => Exec<MadeSize>;
  /** Takes a condition on its columns, where it is named once. */
  readonly take?: TakeCondition;
  /** The query that makes its rows. */
  readonly made?: {
    readonly query: Query;
    readonly opened: Pick<OpenQuery, "explain" | "outerTables">;
  };
  /** A recursive table where it names itself. */
  readonly isItself?: boolean;
  /** What it is made of, for a block that it can be merged into. */
  readonly source?: Omit<MergeRequest, "alias"> & { readonly context: QueryContext };
  /** Its rows, made once; inside a recursive part the rows of the last round. */
  readonly rows: () => Exec<readonly ResultRow[]>;
}

export interface CteScope {
  readonly name: string;
  /** Resolved where it is first named: a common table that nobody names is never looked at. */
  readonly definition: () => CteDefinition;
  readonly outer: CteScope | null;
}

/** The common table of that name, or null. */
export function findCte(scope: CteScope | null, name: string): CteDefinition | null {
  for (let at = scope; at !== null; at = at.outer) {
    if (at.name.toLowerCase() === name.toLowerCase()) return at.definition();
  }
  return null;
}
