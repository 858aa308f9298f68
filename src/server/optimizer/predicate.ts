/**
 * The little language in which the executor hands WHERE to the optimizer: conditions on columns of one table, by position.
 *
 * MySQL: the Item tree as get_mm_tree and update_ref_and_keys read it. Constants are already converted to the column's
 * `Datum`; a comparison that cannot be made in the column's own type and order is "other".
 */
import type { Datum } from "../../innodb/api.ts";

/** The right-hand side: known now, or known when the tables in `tables` (a bit mask of join positions) have been read. */
export type Operand =
  | {
      readonly kind: "const";
      readonly value: Datum;
      /** Its type is not the column's own: what is equal to it may differ. MySQL: test_if_equality_guarantees_uniqueness. */
      readonly isLoose?: true;
      /**
       * Not what was written, but what the column holds of it: the row is compared once more. What the type cannot hold at
       * all is no range, though a lookup while optimizing is made with it.
       */
      readonly cut?: "inside" | "outside";
    }
  /** `id` is the executor's number for the expression; `isColumn`: a column of another table, with nothing around it. */
  | {
      readonly kind: "outer";
      readonly id: number;
      readonly tables: number;
      readonly isColumn: boolean;
    };

export type CompareOp = "=" | "<=>" | "<" | "<=" | ">" | ">=" | "<>";

/** The same comparison with its operands the other way round. */
export const MIRRORED: Readonly<Record<CompareOp, CompareOp>> = {
  "=": "=",
  "<=>": "<=>",
  "<>": "<>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

export type Predicate =
  /** `isList`: written as IN (...), `isRowList`: of rows; `isBetween`: as BETWEEN. */
  | {
      readonly kind: "and" | "or";
      readonly args: readonly Predicate[];
      readonly isList?: boolean;
      readonly isRowList?: boolean;
      readonly isBetween?: boolean;
    }
  | {
      readonly kind: "compare";
      readonly column: number;
      readonly op: CompareOp;
      readonly value: Operand;
    }
  | { readonly kind: "isNull" | "isNotNull"; readonly column: number }
  /** Compared with what is known once the tables before have been read. */
  | { readonly kind: "maybe"; readonly column: number }
  | { readonly kind: "true" | "false" }
  /** Anything else. It restricts no range; `columns` of this table are what it reads. */
  /**
   * `share`: of the rows, how many it is thought to let through; with `isRest` it is how many it is thought to keep back.
   * `sides`: its operands that are columns of this table; `others`: tables that have to be read before it counts.
   */
  | {
      readonly kind: "other";
      readonly columns: readonly number[];
      readonly share?: number;
      readonly isRest?: true;
      readonly sides?: readonly number[];
      readonly others?: number;
    };

export const TRUE: Predicate = { kind: "true" };
export const FALSE: Predicate = { kind: "false" };

/** Whether it counts for nothing: not all that it needs is known, or only of columns that do not count. MySQL: contributes_to_filter. */
export function isLeftOut(
  { columns, sides, others = 0 }: Extract<Predicate, { kind: "other" }>,
  ignored: ReadonlySet<number>,
  available: number,
): boolean {
  if ((others & ~available) !== 0) return true;
  const has = (column: number): boolean => ignored.has(column);
  return sides === undefined ? columns.some(has) : sides.every(has);
}

/** How many comparisons a condition holds. */
export function comparisons(predicate: Predicate): number {
  const isCompound = predicate.kind === "and" || predicate.kind === "or";
  return isCompound ? predicate.args.reduce((sum, arg) => sum + comparisons(arg), 0) : 1;
}

/** The conjuncts of a condition, nested ANDs flattened. */
export function conjuncts(predicate: Predicate): readonly Predicate[] {
  const found: Predicate[] = [];
  collect(predicate, found);
  return found;
}

function collect(predicate: Predicate, found: Predicate[]): void {
  if (predicate.kind === "and") for (const arg of predicate.args) collect(arg, found);
  else if (predicate.kind !== "true") found.push(predicate);
}
