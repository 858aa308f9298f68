/**
 * FROM and WHERE of one query block with every name resolved, and the plan made of them.
 *
 *   JoinNode (as written)  ──planJoin──▶  JoinPlan: constant tables, then steps in the order in which they are read
 */
import type { Datum, Handler, Row } from "../../../innodb/api.ts";
import type { BaseTable, Exec, StatementContext } from "../../context.ts";
import type { Item } from "../../expr/item.ts";
import type { Scope, ScopeTable } from "../../expr/scope.ts";
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import type { LooseRequest } from "../../optimizer/loose_index_scan.ts";
import type { IndexHints } from "../../optimizer/plan_table.ts";
import type { SwitchedOff } from "../../optimizer/switches.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import type { TakeCondition } from "../derived_pushdown.ts";
import type { BlockHints } from "../hints/block_hints.ts";
import type { KeptPlan } from "../kept_plan.ts";
import type { KnownConstants, SearchedTable } from "../known_constants.ts";
import type { LookupValue } from "../lookup_value.ts";
import type { SortKey } from "../sort_rows.ts";
import type { Lateral } from "./lateral.ts";

export interface ReadLock {
  readonly mode: "none" | "S" | "X";
  readonly onConflict: "wait" | "nowait" | "skipLocked";
  /** The rows are read to be changed: whole rows are wanted. */
  readonly change?: "update" | "delete";
}

export interface JoinTable {
  readonly scope: ScopeTable;
  /** Optimizer hints of the block that names it. */
  readonly hints: BlockHints | null;
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
        estimate: number;
        /** Known to have one row at most: read while planning. */
        isOneRow?: boolean;
        /** Plans what makes them, for a better estimate. */
        readonly plan?: () => Exec<MadeSize>;
        /** Takes conditions on its columns. */
        readonly take?: TakeCondition;
        /** The number of its query's first block, for EXPLAIN. */
        readonly block?: number;
        /** A UNION without ALL, which has a key of its own. */
        readonly isDistinctUnion?: boolean;
        /** It reads other tables of the block. */
        readonly lateral?: Lateral;
      };
}

/** What the optimizer knows of rows that are made for a block before they are. */
export interface MadeSize {
  readonly rows: number;
  readonly isOneRow: boolean;
}

export type JoinNode =
  | { readonly kind: "table"; readonly table: JoinTable }
  | {
      readonly kind: "join";
      readonly type: "inner" | "left" | "straight";
      readonly left: JoinNode;
      readonly right: JoinNode;
      readonly on: Item | null;
    }
  /** A subquery of IN or EXISTS, whose rows decide which of `left` are wanted: those with a match, or without. */
  | {
      readonly kind: "join";
      readonly type: "semi" | "anti";
      readonly left: JoinNode;
      readonly right: JoinNode;
      readonly on: Item | null;
      readonly links: readonly SemijoinLink[];
      /** Strategies that it may not be run by. */
      readonly off: SwitchedOff;
      /** The number of its first block, for EXPLAIN. */
      readonly block: number | null;
    };

/** An equality between a subquery and the tables around it. */
export interface SemijoinLink {
  readonly inner: Item;
  readonly outer: Item;
  readonly item: Item;
}

export interface JoinRequest {
  readonly ctx: StatementContext;
  readonly env: EvalEnv;
  readonly from: JoinNode | null;
  readonly where: Item | null;
  /** Values of subqueries in WHERE that have been computed. */
  readonly known: KnownConstants;
  /** Why there is no row, where that is known before. */
  readonly nothing?: string | null;
  /** ORDER BY that an index may give; empty when the block groups, aggregates or is DISTINCT. */
  readonly order: readonly SortKey[];
  /** Whether the order is all that the rows are sorted for; GROUP BY and another ORDER BY are not. */
  readonly hasOneOrder: boolean;
  /** The order is that of GROUP BY; `wantsSorted`: its rows have to come group by group. */
  readonly isGroup: boolean;
  readonly wantsSorted: boolean;
  /** EXPLAIN: GROUP BY or DISTINCT. `isSorted`: by sorting where no index helps; `isOrdered`: ORDER BY comes behind. */
  readonly gathers: { readonly isSorted: boolean; readonly isOrdered: boolean } | null;
  /** EXPLAIN: windows sort the rows. */
  readonly sortsWindows?: boolean;
  /** EXPLAIN: all rows are gathered before the statement goes on with them. */
  readonly isBuffered?: boolean;
  /** What GROUP BY or DISTINCT names. */
  readonly gatheredBy?: readonly Item[];
  /** LIMIT as it is written, whatever stands between it and the join. */
  readonly limitWritten?: number | null;
  /** The same of a block that neither sorts nor groups: tables are read by ranges where it is lower than their rows. */
  readonly rowLimit?: number | null;
  /** What its last table's conditions let through says nothing about the plan, and is not asked. */
  readonly endsUnfiltered?: boolean;
  /** What the block gathers its rows by, for a loose index scan. */
  readonly loose?: LooseRequest | null;
  /** Neither GROUP BY nor DISTINCT, nor an aggregate function of distinct values. */
  readonly maySkip?: boolean;
  /** Rows wanted when nothing but LIMIT stands between the join and the client. */
  readonly limit: number | null;
  /** False in multi-table UPDATE and DELETE: the handlers have to stand on the rows that the slots hold. */
  readonly mayHash: boolean;
  /** Optimizer hints of the block; null without any. */
  readonly hints: BlockHints | null;
  /** The tables are read as they are written: STRAIGHT_JOIN behind SELECT. */
  readonly isStraight: boolean;
  /** The statement's only query block, as far as FROM shows, with neither groups nor DISTINCT. */
  readonly isWholeStatement: boolean;
  /** Index condition pushdown; not in multi-table UPDATE and DELETE. */
  readonly mayPush: boolean;
  /** Values that IN looks for with its subquery, where a lookup of them is all that it is. */
  readonly testedFor?: readonly Item[];
  /** Conditions on them do not count while one of them is NULL. */
  readonly isGuarded?: boolean;
  /** The cursors of the tables; those of constant tables are used while planning. */
  readonly handlers: (Handler | undefined)[];
  /** Of a statement that is kept: takes what its plan can be made again of. */
  readonly keep?: ((kept: KeptPlan) => void) | null;
  /** The block, which learns how many rows its conditions are looked at for. */
  readonly scope: Scope;
}

/** One table of a join in its place. */
export interface JoinStep {
  readonly table: JoinTable;
  readonly chosen: ChosenAccess;
  /** Values that the access path takes from tables read before. */
  readonly outer: readonly LookupValue[];
  /** Conjuncts checked by the engine on index entries. */
  readonly pushed: readonly Item[];
  /** Conjuncts checked on each row as it is read. */
  readonly conditions: readonly Item[];
  /** EXPLAIN: conditions are checked on its rows, here or where it is joined. */
  readonly hasConditions: boolean;
  /** EXPLAIN: what it does besides, as "FirstMatch(t)". */
  readonly notes: readonly string[];
  /** A semi-join's values, materialized: the join that makes them, and the columns they come back to. */
  readonly made: MadeValues | null;
  /** How it is read is decided anew for each row of the tables before. */
  readonly eachRow: EachRow | null;
  readonly estimate: StepEstimate;
}

/** MySQL: DynamicRangeIterator. */
export interface EachRow {
  /** EXPLAIN: the keys that may do, as bits. */
  readonly keyMap: string;
  readonly access: () => ChosenAccess;
}

/** What the optimizer expected of a step, for EXPLAIN. */
export interface StepEstimate {
  /** Of reading it once, and the rows its conditions leave of those. */
  readonly cost: number;
  readonly filtered: number;
  /** Of reading it as often as it is read, its rows not yet looked at; and the share of them its conditions leave. */
  readonly readCost: number;
  readonly filter: number;
}

export const NO_ESTIMATE: StepEstimate = { cost: 0, filtered: 1, readCost: 0, filter: 1 };

export interface MadeValues {
  readonly tree: JoinTree;
  readonly steps: readonly JoinStep[];
  readonly inner: readonly Item[];
  /** Looked up by these values; null when the whole table is scanned. */
  readonly key: readonly Item[] | null;
  /** Of an antijoin. */
  readonly isOptional: boolean;
  /** The number of the subquery's first block, for EXPLAIN. */
  readonly block: number | null;
}

/**
 * How the rows of the steps are joined.
 *
 * MySQL: AccessPath (NESTED_LOOP_JOIN, HASH_JOIN, FILTER, WEEDOUT, REMOVE_DUPLICATES_ON_INDEX, LIMIT_OFFSET).
 */
export type JoinTree =
  | { readonly kind: "single" }
  | { readonly kind: "table"; readonly step: JoinStep }
  | {
      readonly kind: "nested";
      readonly type: JoinType;
      readonly outer: JoinTree;
      readonly inner: JoinTree;
      readonly innerTables: readonly JoinTable[];
    }
  | {
      readonly kind: "hash";
      readonly type: JoinType;
      readonly probe: JoinTree;
      readonly build: JoinTree;
      readonly buildTables: readonly JoinTable[];
      readonly keys: readonly { readonly build: Item; readonly probe: Item }[];
      /** Checked on each pair of rows with equal keys. */
      readonly extra: readonly Item[];
    }
  | { readonly kind: "filter"; readonly source: JoinTree; readonly conditions: readonly Item[] }
  /** The first row is enough. */
  | { readonly kind: "first"; readonly source: JoinTree }
  /** The rows of one table, sorted before others are joined. */
  | {
      readonly kind: "sorted";
      readonly source: JoinTree;
      readonly table: JoinTable;
      readonly order: readonly SortKey[];
    }
  /** A row comes once for each combination of rows of these tables. */
  | {
      readonly kind: "weedout";
      readonly source: JoinTree;
      readonly tables: readonly JoinTable[];
    }
  /** Of rows with equal values in these columns, which stand together, the first; with `inner`, the first that has a match. */
  | {
      readonly kind: "distinct";
      readonly source: JoinTree;
      readonly columns: readonly Item[];
      readonly inner: JoinTree | null;
    };

export type JoinType = "inner" | "left" | "semi" | "anti";

export interface JoinPlan {
  readonly request: JoinRequest;
  /** Why no row can come, or null. */
  readonly impossible: string | null;
  readonly constants: readonly JoinStep[];
  readonly steps: readonly JoinStep[];
  readonly tree: JoinTree;
  /** The constant tables have been read while planning. */
  readonly hasReadConstants: boolean;
  /** Somewhere in the tree rows are weeded out. */
  readonly weedsOut: boolean;
  /** Rows come in the order of `request.order`; `sortsFirst`: the first table's are sorted before they are joined. */
  readonly isOrdered: boolean;
  readonly sortsFirst: boolean;
  /** How many rows the optimizer thinks there will be, and what they cost. */
  readonly expectedRows: number;
  readonly cost: number;
}

/** What EXPLAIN says when a constant row is there and the rest of WHERE refuses it. */
export const REFUSED_CONSTANT_ROW = "Impossible WHERE noticed after reading const tables";

/** A row of NULLs for the inner side of a LEFT JOIN. */
export function nullRow(table: JoinTable): Row {
  return table.scope.columns.map((): Datum => null);
}

/** The tables of a FROM that have indexes. */
export function searchedTables(from: JoinNode | null): readonly SearchedTable[] {
  if (from === null) return [];
  if (from.kind === "join") return [...searchedTables(from.left), ...searchedTables(from.right)];
  const { scope, source } = from.table;
  return source.kind === "base" ? [{ slot: scope.slot, info: source.table.info }] : [];
}
