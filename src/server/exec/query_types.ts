/**
 * The boundary of a query: what it is opened with, and what comes back.
 *
 *     openQuery(query, parent, context)  ──▶  OpenQuery: columns now, rows when `forEach` runs
 *       └─ per block: resolveFrom(from, block) ──▶ JoinNode ──planJoin──▶ forEachRow
 */
import type { Datum } from "../../innodb/api.ts";
import type { Locking, Query } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Exec, StatementContext } from "../context.ts";
import type { Binder } from "../expr/binder.ts";
import type { Scope } from "../expr/scope.ts";
import type { EvalEnv } from "../types/eval_env.ts";

/** Handed down from the statement to its blocks, derived tables and subqueries. */
export interface QueryContext {
  readonly ctx: StatementContext;
  readonly env: EvalEnv;
  /** Reading for a statement that changes rows takes S locks at REPEATABLE READ and above. */
  readonly purpose: "select" | "modify";
  /** Common tables in reach, the innermost first. */
  readonly ctes: CteScope | null;
  /** User variables (lower case) that the statement assigns to. */
  readonly assigned: ReadonlySet<string>;
}

/** One query block while its names are resolved. */
export interface BlockContext {
  readonly query: QueryContext;
  readonly scope: Scope;
  /** Binds ON conditions (with clause "on clause") and everything else of the block. */
  readonly binder: Binder;
  readonly locking: readonly Locking[];
}

export interface QueryColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export type ResultRow = readonly Datum[];

/** Takes a row; false when no more are wanted. */
export type RowSink = (row: ResultRow) => Exec<boolean>;

export interface OpenQuery {
  readonly columns: readonly QueryColumn[];
  /** What it reads of the enclosing block: bits of that block's tables, OUTER_ROWS for blocks further out. */
  readonly outerTables: number;
  /** The same rows at every execution: nothing of enclosing blocks, no RAND(). */
  readonly isCacheable: boolean;
  /** A guess for the join order. */
  readonly estimate: number;
  readonly forEach: (sink: RowSink) => Exec<void>;
}

/** A name after WITH. */
export interface CteDefinition {
  readonly name: string;
  readonly columns: readonly QueryColumn[];
  readonly estimate: number;
  /** Its rows, made once; inside a recursive part the rows of the last round. */
  readonly rows: () => Exec<readonly ResultRow[]>;
}

export interface CteScope {
  readonly definition: CteDefinition;
  readonly outer: CteScope | null;
}

/** The common table of that name, or null. */
export function findCte(scope: CteScope | null, name: string): CteDefinition | null {
  for (let at = scope; at !== null; at = at.outer) {
    if (at.definition.name.toLowerCase() === name.toLowerCase()) return at.definition;
  }
  return null;
}

export type OpenQueryFunction = (
  query: Query,
  parent: Scope | null,
  context: QueryContext,
) => OpenQuery;
