/** What the optimizer gives back: how one table is read. The executor turns it into `Handler` calls. */
import type { Datum, IndexInfo } from "../../innodb/api.ts";
import type { PlanState } from "../../trace/state.ts";
import type { KeyRange } from "./key_ranges.ts";
import type { Operand } from "./predicate.ts";

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
  | { readonly kind: "all" };

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
}
