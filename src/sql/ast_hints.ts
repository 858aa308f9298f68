/** Optimizer hints: what stands in a comment that begins with a plus, right behind SELECT, INSERT, REPLACE, UPDATE or DELETE. */

/** A table as a hint names it: `t`, `t@block`, or `@block t`. */
export interface HintedTable {
  readonly name: string;
  readonly block: string | null;
}

/** Hints on a table's keys; those of lists count for the keys that are named, the others for the table without keys too. */
export type KeyHintName = (typeof KEY_HINTS)[number];
export type TableHintName = (typeof TABLE_HINTS)[number];
export type OrderHintName = (typeof ORDER_HINTS)[number];

/** Say for some keys what the optimizer may do with the table. MySQL: is_compound_hint. */
export const KEY_LIST_HINTS = [
  "INDEX_MERGE",
  "SKIP_SCAN",
  "INDEX",
  "JOIN_INDEX",
  "GROUP_INDEX",
  "ORDER_INDEX",
] as const;
export const KEY_HINTS = ["ICP", "MRR", "NO_RANGE_OPTIMIZATION", ...KEY_LIST_HINTS] as const;
export const TABLE_HINTS = [
  "BKA",
  "BNL",
  "MERGE",
  "HASH_JOIN",
  "DERIVED_CONDITION_PUSHDOWN",
] as const;
export const ORDER_HINTS = ["JOIN_PREFIX", "JOIN_SUFFIX", "JOIN_ORDER"] as const;
export const SEMIJOIN_STRATEGIES = [
  "FIRSTMATCH",
  "LOOSESCAN",
  "MATERIALIZATION",
  "DUPSWEEDOUT",
] as const;
export const SUBQUERY_STRATEGIES = ["MATERIALIZATION", "INTOEXISTS"] as const;

export type SemijoinStrategyName = (typeof SEMIJOIN_STRATEGIES)[number];

export interface KeyHint {
  readonly kind: "keys";
  readonly name: KeyHintName;
  readonly isOn: boolean;
  readonly table: HintedTable;
  readonly keys: readonly string[];
}

export interface TableHint {
  readonly kind: "tables";
  readonly name: TableHintName;
  readonly isOn: boolean;
  readonly block: string | null;
  /** Empty: all of the block. */
  readonly tables: readonly HintedTable[];
}

export interface OrderHint {
  readonly kind: "order";
  readonly name: OrderHintName;
  readonly block: string | null;
  readonly tables: readonly HintedTable[];
}

export interface SemijoinHint {
  readonly kind: "semijoin";
  readonly isOn: boolean;
  readonly block: string | null;
  readonly strategies: readonly SemijoinStrategyName[];
}

export interface SubqueryHint {
  readonly kind: "subquery";
  readonly block: string | null;
  readonly strategy: (typeof SUBQUERY_STRATEGIES)[number];
}

export interface SetVarHint {
  readonly kind: "setVariable";
  readonly name: string;
  /** A text, or digits. */
  readonly value: string;
  readonly isNumber: boolean;
}

export type OptimizerHint =
  | KeyHint
  | TableHint
  | OrderHint
  | SemijoinHint
  | SubqueryHint
  | SetVarHint
  | { readonly kind: "fixedOrder"; readonly block: string | null }
  | { readonly kind: "blockName"; readonly name: string }
  | { readonly kind: "timeLimit"; readonly ms: number }
  | { readonly kind: "resourceGroup"; readonly name: string };

/** One comment. What could not be read is a warning: from there on nothing of it counts. */
export interface HintList {
  readonly hints: readonly OptimizerHint[];
  /** The text of warning 1064; null where all could be read. */
  readonly complaint: string | null;
}
