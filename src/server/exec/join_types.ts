/**
 * FROM and WHERE of one query block with every name resolved, and the plan made of them.
 *
 *   JoinNode (as written)  ──planJoin──▶  JoinPlan: constant tables, then steps in the order in which they are read
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { BaseTable, Exec, StatementContext } from "../context.ts";
import type { Item } from "../expr/item.ts";
import type { ScopeTable } from "../expr/scope.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import type { IndexHints } from "../optimizer/plan_table.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { KnownConstants } from "./known_constants.ts";
import type { SortKey } from "./sort_rows.ts";

export interface ReadLock {
  readonly mode: "none" | "S" | "X";
  readonly onConflict: "wait" | "nowait" | "skipLocked";
}

export interface JoinTable {
  readonly scope: ScopeTable;
  readonly source:
    | {
        readonly kind: "base";
        readonly table: BaseTable;
        readonly hints: IndexHints;
        readonly lock: ReadLock;
      }
    /** A derived table, CTE or virtual table: rows made when the block starts. */
    | {
        readonly kind: "rows";
        readonly rows: () => Exec<readonly Row[]>;
        readonly estimate: number;
      };
}

export type JoinNode =
  | { readonly kind: "table"; readonly table: JoinTable }
  | {
      readonly kind: "join";
      readonly type: "inner" | "left" | "straight";
      readonly left: JoinNode;
      readonly right: JoinNode;
      readonly on: Item | null;
    };

export interface JoinRequest {
  readonly ctx: StatementContext;
  readonly env: EvalEnv;
  readonly from: JoinNode | null;
  readonly where: Item | null;
  /** Values of subqueries in WHERE that have been computed. */
  readonly known: KnownConstants;
  /** ORDER BY that an index may give; empty when the block groups, aggregates or is DISTINCT. */
  readonly order: readonly SortKey[];
  /** Rows wanted when nothing but LIMIT stands between the join and the client. */
  readonly limit: number | null;
  /** False in multi-table UPDATE and DELETE: the handlers have to stand on the rows that the slots hold. */
  readonly mayHash: boolean;
  /** The statement's only query block, as far as FROM shows, with neither groups nor DISTINCT. */
  readonly isWholeStatement: boolean;
  /** Index condition pushdown; not in multi-table UPDATE and DELETE. */
  readonly mayPush: boolean;
}

export interface JoinStep {
  readonly table: JoinTable;
  readonly chosen: ChosenAccess;
  /** Values that the access path takes from tables read before. */
  readonly outer: readonly Item[];
  /** Conjuncts checked by the engine on index entries. */
  readonly pushed: readonly Item[];
  /** Conjuncts checked on each row, as early as their tables are there. */
  readonly conditions: readonly Item[];
  /** Inner side of a LEFT JOIN: the conjuncts of ON; a row of NULLs stands in where none matches. */
  readonly leftJoin: { readonly on: readonly Item[] } | null;
  /** Read once and looked up by these equalities (hash join); null for a nested loop. */
  readonly hash: {
    readonly keys: readonly { readonly inner: Item; readonly outer: Item }[];
  } | null;
}

export interface JoinPlan {
  readonly request: JoinRequest;
  /** Why no row can come, or null. */
  readonly impossible: string | null;
  readonly constants: readonly JoinStep[];
  readonly steps: readonly JoinStep[];
  /** Rows come in the order of `request.order`. */
  readonly isOrdered: boolean;
  /** How many rows the optimizer thinks there will be. */
  readonly expectedRows: number;
}

/** What EXPLAIN says when a constant row is missing, and when no row can match the ranges. */
export const NO_CONSTANT_ROW = "no matching row in const table";

/** The same when the row is there and the rest of WHERE refuses it. */
export const REFUSED_CONSTANT_ROW = "Impossible WHERE noticed after reading const tables";

/** A row of NULLs for the inner side of a LEFT JOIN. */
export function nullRow(table: JoinTable): Row {
  return table.scope.columns.map((): Datum => null);
}
