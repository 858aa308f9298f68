/** What the optimizer gives back: how one table is read. The executor turns it into `Handler` calls. */

import type { Datum, IndexInfo } from "../../innodb/api.ts";
import type { PlanState } from "../../trace/state.ts";
import type { KeyInfo } from "./key_info.ts";
import type { KeyRange } from "./key_ranges.ts";
import type { Interval } from "./key_tree.ts";
import type { Operand } from "./predicate.ts";
import type { RangeAnalysis } from "./range_analysis.ts";

export type AccessPath =
  /** No row can match; nothing is read, no lock is taken. EXPLAIN: "Impossible WHERE". */
  | { readonly kind: "none"; readonly why: string }
  /** A unique key is given by constants: read once, while optimizing. */
  | { readonly kind: "const"; readonly index: IndexInfo; readonly key: readonly Datum[] }
  /** Equality on the first parts of an index; operands of earlier tables make it eq_ref or a dependent ref. */
  | {
      readonly kind: "ref";
      readonly index: IndexInfo;
      readonly key: readonly RefPart[];
      readonly isUnique: boolean;
      readonly isReverse: boolean;
      readonly orNull: boolean;
    }
  | {
      readonly kind: "range";
      readonly index: IndexInfo;
      readonly ranges: readonly KeyRange[];
      readonly isReverse: boolean;
      /** Read backwards for an order that goes on into the primary key: rows with one key come backwards too. */
      readonly reachesPrimaryKey: boolean;
    }
  /** A whole index from end to end. */
  | { readonly kind: "index"; readonly index: IndexInfo; readonly isReverse: boolean }
  /** A loose index scan: of each group of entries the first, or those that MIN and MAX want. */
  | {
      readonly kind: "loose";
      readonly index: IndexInfo;
      /** The group is made of so many parts; `prefixes` bounds them. */
      readonly groupParts: number;
      readonly prefixes: readonly KeyRange[] | null;
      /** Values of the parts behind it. */
      readonly infix: readonly (readonly Datum[])[];
      readonly extreme: {
        readonly part: number;
        readonly column: number;
        readonly desc: boolean;
        readonly min: boolean;
        readonly max: boolean;
      } | null;
      /** The next group is found by reading through the present one. */
      readonly readsAll: boolean;
      readonly usedParts: number;
    }
  /** A skip scan: in each group of entries with the same first parts, the range of the part behind them. */
  | {
      readonly kind: "skip";
      readonly index: IndexInfo;
      readonly key: KeyInfo;
      /** Values of the very first parts. */
      readonly equals: readonly (readonly Datum[])[];
      readonly prefixParts: number;
      readonly range: Interval;
    }
  | MergePath
  | { readonly kind: "all" }
  /** A table of one row that is made while planning. */
  | { readonly kind: "system" }
  /** Rows made for the statement, by the key that was made with them. */
  | { readonly kind: "made"; readonly isLookup: boolean; readonly columns: readonly number[] };

/** Several indexes of one table; rows are fetched by the clustered key that their scans give. */
export interface MergePath {
  readonly kind: "merge";
  readonly how: "union" | "sort_union" | "intersect";
  /** Only a union has intersections among its parts. */
  readonly parts: readonly MergePart[];
  /** sort_union: a scan of the clustered index behind the others. intersect: a condition on the keys they give. */
  readonly clustered: IndexScan | null;
  /** The indexes hold all that is wanted; no row is fetched. */
  readonly isCovering: boolean;
}

export type MergePart = IndexScan | MergePath;

export interface IndexRanges {
  readonly index: IndexInfo;
  readonly ranges: readonly KeyRange[];
}

export interface IndexScan extends IndexRanges {
  /** Expected, and what reading the index costs. */
  readonly rows: number;
  readonly cost: number;
}

/** The index scans of a merge, from left to right; EXPLAIN names that of the clustered key last. */
export function scansOf(path: MergePath): readonly IndexScan[] {
  const scans = path.parts.flatMap((part) => ("how" in part ? scansOf(part) : [part]));
  return path.clustered === null ? scans : [...scans, path.clustered];
}

/** EXPLAIN: "union(a,b)". */
export function mergeText(path: MergePath): string {
  const parts = path.parts.map((part) => ("how" in part ? mergeText(part) : part.index.name));
  const all = path.clustered === null ? parts : [...parts, path.clustered.index.name];
  return `${path.how}(${all.join(",")})`;
}

export interface RefPart {
  readonly column: number;
  readonly operand: Operand;
  /** `=` never matches NULL; `<=>` and IS NULL do. */
  readonly rejectsNull: boolean;
  /** `column = x OR column IS NULL`. */
  readonly orNull: boolean;
}

export interface ChosenAccess {
  readonly path: AccessPath;
  /** Only the index is read (EXPLAIN: "Using index"). */
  readonly keyRead: boolean;
  /** The rows come in ORDER BY's order. */
  readonly isOrdered: boolean;
  /** Expected rows fetched and what reading them costs, once. */
  readonly rows: number;
  readonly cost: number;
  readonly considered: PlanState["considered"];
  /** What range analysis thinks of each index, chosen or not (MySQL: TABLE::quick_rows). */
  readonly estimates?: RangeAnalysis["byKey"];
}

/** What EXPLAIN says when a constant row is missing, and when no row can match the ranges. */
export const NO_CONSTANT_ROW = "no matching row in const table";
