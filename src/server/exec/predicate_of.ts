/**
 * WHERE as the optimizer wants it: comparisons of one table's columns with constants or with rows read before, the
 * constants converted to the column's own type and order.
 *
 * MySQL: get_mm_leaf, get_func_mm_tree, save_value_and_handle_conversion, convert_constant_item.
 */
import type { ColumnType } from "../../trace/values.ts";
import { isWideEnough } from "../expr/collation_for.ts";
import { type Item, OUTER_ROWS, partsOf, visitItem } from "../expr/item.ts";
import { isRandom } from "../expr/random_item.ts";
import {
  type CompareOp,
  FALSE,
  MIRRORED,
  type Operand,
  type Predicate,
  TRUE,
} from "../optimizer/predicate.ts";
import { shownCollation, type TextType } from "../types/character_sets.ts";
import { comparisonKind, hasDate } from "../types/compare.ts";
import { binaryOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import {
  collationOf,
  integerRange,
  isNumeric,
  mergeCollations,
  type SqlType,
} from "../types/sql_type.ts";
import { compare, convertedConstant, isOfBytes } from "./constant_predicate.ts";
import {
  enumListShare,
  enumShare,
  isDependentSubquery,
  LIKE_SHARE,
  laterShare,
  nullListShare,
  ownBetweenShare,
  ownShare,
} from "./filter_shares.ts";
import type { KnownConstants } from "./known_constants.ts";
import { type LookupValue, looksUp, lookupValue } from "./lookup_value.ts";

export interface PredicateTable {
  /** Its position in the join; `Item.tables` has bit 2 ** position for it. */
  readonly position: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    readonly nullable: boolean;
  }[];
  readonly env: EvalEnv;
  /** Collects expressions over other tables; their place in the list is `Operand.id`. */
  readonly outer: LookupValue[];
  /** Values of subqueries that have been computed. */
  readonly known: KnownConstants;
  /** Of a filter each test counts, written twice too. */
  readonly isFilter?: boolean;
  /** Inside `(a, b) IN ((1, 2), ...)`: its values are those of a list. */
  readonly isRowList?: boolean;
  /** For the end of an index an ENUM may be compared too: the row that is found is tested again. */
  readonly isForEnds?: boolean;
}

export function predicateOf(item: Item, table: PredicateTable): Predicate {
  if (item.isConst && item.eval !== null) {
    const value = item.eval();
    return value === null || value === 0 ? FALSE : TRUE;
  }
  const { shape } = item;
  switch (shape.kind) {
    case "and":
    case "or": {
      const inside = shape.isRowList === true ? { ...table, isRowList: true } : table;
      const args = shape.args.map((arg) => predicateOf(arg, inside));
      const [first] = args;
      const isOne = shape.kind === "or" && table.isFilter !== true;
      if (isOne && first !== undefined && args.every((arg) => isSameTest(arg, first))) return first;
      return shape.isRowList === true
        ? { kind: shape.kind, args, isRowList: true }
        : { kind: shape.kind, args };
    }
    case "compare":
      return (
        comparison(shape.op, shape.left, shape.right, table, table.isRowList) ?? {
          ...other(item, table),
          ...ownShare(shape, table),
          ...laterShare(shape, table),
          ...enumShare(shape, table),
        }
      );
    case "between": {
      if (shape.negated)
        return (
          notBetween(shape, table) ?? { ...other(item, table), ...ownBetweenShare(shape, table) }
        );
      const low = comparison(">=", shape.operand, shape.low, table, true);
      const high = comparison("<=", shape.operand, shape.high, table, true);
      if (high === null || high.kind === "true") {
        return low ?? { ...other(item, table), ...ownBetweenShare(shape, table) };
      }
      // MySQL: get_func_mm_tree: without a lower end the upper one is not looked at.
      return low === null || low.kind === "true"
        ? { ...other(item, table), ...ownBetweenShare(shape, table) }
        : { kind: "and", args: [low, high], isBetween: true };
    }
    case "in": {
      // NOT IN does not look at NULLs in its list, though with one of them it is never true.
      const listed = shape.negated ? shape.items.filter((one) => !isNull(one)) : shape.items;
      if (listed.length === 0) return { ...other(item, table), ...nullListShare(shape, table) };
      const args = listed.map((one) =>
        comparison(shape.negated ? "<>" : "=", shape.operand, one, table, true),
      );
      if (args.some((arg) => arg === null))
        return { ...other(item, table), ...enumListShare(shape, table) };
      return { kind: shape.negated ? "and" : "or", args: args as Predicate[], isList: true };
    }
    case "isNull": {
      const column = columnOf(shape.operand, table);
      return column === null
        ? other(item, table)
        : { kind: shape.negated ? "isNotNull" : "isNull", column };
    }
    case "like":
      return shape.negated
        ? other(item, table)
        : (prefixRange(shape, table) ?? { ...other(item, table), share: LIKE_SHARE });
    case "not":
    case "column":
    case "literal":
    case "other":
      return other(item, table);
  }
}

/**
 * Of a whole WHERE that is one comparison of an INT column with a whole number, or two as BETWEEN. Numbers that lie inside
 * the column's range decide nothing else about the statement. Null: another WHERE, or another number.
 */
export function usualPredicate({ shape }: Item, table: PredicateTable): Predicate | null {
  if (shape.kind === "compare") return insideRange(shape.op, shape.left, shape.right, table);
  if (shape.kind !== "between" || shape.negated) return null;
  const low = insideRange(">=", shape.operand, shape.low, table);
  const high = insideRange("<=", shape.operand, shape.high, table);
  if (low === null || high === null) return null;
  return { kind: "and", args: [low, high], isBetween: true };
}

function insideRange(
  op: CompareOp,
  left: Item,
  right: Item,
  table: PredicateTable,
): Predicate | null {
  const column = columnOf(left, table);
  const type = column === null ? undefined : table.columns[column]?.type;
  if (column === null || type?.kind !== "int") return null;
  if (!right.isConst || right.eval === null || right.type.kind !== "int") return null;
  const value = right.eval();
  const [low, high] = integerRange(type.bytes, type.unsigned);
  if (typeof value !== "number" || value <= low || value >= high) return null;
  return compare(op, column, value);
}

/** The same column compared with the same constant: written twice it is one condition (MySQL: merge_key_fields). */
function isSameTest(one: Predicate, other: Predicate): boolean {
  if (one.kind === "isNull") return other.kind === "isNull" && one.column === other.column;
  return (
    one.kind === "compare" &&
    other.kind === "compare" &&
    one.column === other.column &&
    one.op === other.op &&
    one.value.kind === "const" &&
    other.value.kind === "const" &&
    one.value.value === other.value.value
  );
}

function other(item: Item, table: PredicateTable): Extract<Predicate, { kind: "other" }> {
  return { kind: "other", columns: columnsRead(item, table.position) };
}

/** Positions of the table's columns that an expression reads, ascending. */
export function columnsRead(item: Item, position: number): readonly number[] {
  const found = new Set<number>();
  visitItem(item, ({ shape, tables }) => {
    if (shape.kind === "column" && tables === 2 ** position) found.add(shape.column);
  });
  return [...found].sort((a, b) => a - b);
}

export function columnOf(item: Item, table: PredicateTable): number | null {
  const { shape } = item;
  return shape.kind === "column" && item.tables === 2 ** table.position ? shape.column : null;
}

function comparison(
  op: CompareOp,
  left: Item,
  right: Item,
  table: PredicateTable,
  isListed = false,
): Predicate | null {
  const column = columnOf(left, table);
  if (column !== null && (right.tables & (2 ** table.position)) === 0)
    return columnComparison(op, column, left, right, table, isListed);
  const swapped = columnOf(right, table);
  if (swapped !== null && (left.tables & (2 ** table.position)) === 0)
    return columnComparison(MIRRORED[op], swapped, right, left, table, isListed);
  return null;
}

function columnComparison(
  op: CompareOp,
  column: number,
  columnItem: Item,
  value: Item,
  table: PredicateTable,
  isListed: boolean,
): Predicate | null {
  const into = table.columns[column];
  if (into === undefined || !keepsOrder(into.type, value)) return null;
  const { type } = into;
  // An ENUM compares as text but is ordered by its members' places: only equality can use an index.
  if (type.kind === "enum" && op !== "=" && op !== "<=>" && table.isForEnds !== true) return null;
  if (value.isConst)
    return value.eval === null && !table.known.has(value)
      ? null
      : withConstant(op, column, type, value, table, isListed);
  if (value.tables === 0 || isRandom(value)) return null;
  if (table.isFilter === true && isDependentSubquery(value)) return null;
  if (!isSameFamily(type, value.type) && (op !== "=" || !looksUp(type, value.type))) return null;
  table.outer.push(lookupValue(value, columnItem, into, table.env));
  const { tables, shape } = value;
  const isColumn = shape.kind === "column" && (tables & OUTER_ROWS) === 0;
  const operand: Operand = { kind: "outer", id: table.outer.length - 1, tables, isColumn };
  return { kind: "compare", column, op, value: operand };
}

/** The comparison is made in the column's own type and collation, so that its index order can be used. */
function keepsOrder(column: ColumnType, value: Item): boolean {
  const { type } = value;
  if (type.kind === "null") return true;
  if (column.kind === "char" || column.kind === "varchar" || column.kind === "text") {
    return (
      comparisonKind(column, type) === "string" &&
      mergeCollations(column, type) === collationOf(column) &&
      (column.declared === undefined || isWideEnough(column, value))
    );
  }
  return column.kind !== "blob" || comparisonKind(column, type) === "string";
}

function isSameFamily(column: ColumnType, value: SqlType): boolean {
  const family = (type: SqlType) => ("collation" in type ? "text" : type.kind);
  return family(column) === family(value);
}

/** `op` against a constant. `isListed`: one value of IN, one end of BETWEEN. */
function withConstant(
  op: CompareOp,
  column: number,
  type: ColumnType,
  item: Item,
  table: PredicateTable,
  isListed: boolean,
): Predicate | null {
  const original = item.eval === null ? (table.known.get(item) ?? null) : item.eval();
  if (original === null) return compare(op, column, null);
  // A number that could be a date is one by now.
  if (hasDate(type) && isNumeric(item.type)) return null;
  const isPlain = type.kind === "int" && item.type.kind === "int" && !isOfBytes(type, item);
  if (isPlain && typeof original !== "string") {
    // The usual case, which needs no conversion.
    const [low, high] = integerRange(type.bytes, type.unsigned);
    if (original >= low && original <= high) return compare(op, column, original);
  }
  return convertedConstant(op, column, type, item, original, table, isListed);
}

function notBetween(
  shape: Extract<Item["shape"], { kind: "between" }>,
  table: PredicateTable,
): Predicate | null {
  const below = comparison("<", shape.operand, shape.low, table, true);
  const above = comparison(">", shape.operand, shape.high, table, true);
  if (below === null || above === null || below.kind === "true" || above.kind === "true")
    return null;
  return { kind: "or", args: [below, above], isBetween: true };
}

const HIGHEST_CHARACTER = "\u{10FFFF}";

/**
 * LIKE 'abc%' lies between 'abc', followed by the lowest characters where the collation pads with spaces, and 'abc' followed by
 * the highest.
 */
function prefixRange(
  shape: Extract<Item["shape"], { kind: "like" }>,
  table: PredicateTable,
): Predicate | null {
  const column = columnOf(shape.operand, table);
  const type = column === null ? undefined : table.columns[column]?.type;
  if (
    column === null ||
    type === undefined ||
    !("collation" in type) ||
    type.kind === "enum" ||
    !shape.pattern.isConst
  )
    return null;
  const pattern = shape.pattern.eval?.() ?? null;
  if (typeof pattern !== "string" || !keepsOrder(type, shape.pattern)) return null;
  const asText = type.collation === "binary" ? binaryOf(shape.pattern.type) : String;
  const { prefix, wild } = literalPrefix(asText(pattern), shape.escape);
  if (wild === null)
    return { kind: "and", args: [compare(">=", column, prefix), compare("<=", column, prefix)] };
  if (prefix === "") return null;
  const lowest = prefix + (prefix.length < type.length ? lowestCharacter(type, wild) : "");
  return {
    kind: "and",
    args: [compare(">=", column, lowest), compare("<=", column, prefix + HIGHEST_CHARACTER)],
  };
}

/**
 * What is below the space, so that a record which is the prefix and no more is not at the very beginning of the range. Of _bin
 * and bytes it stands for one character that is not named, and only where the set has one byte for each.
 *
 * MySQL: my_like_range_simple, my_like_range_mb: min_sort_char; my_like_range_uca_0900.
 */
function lowestCharacter(type: TextType, wild: "%" | "_"): string {
  const { collation } = type;
  if (collation === "utf8mb4_general_ci") return "\0";
  if (collation === "utf8mb4_unicode_ci") return "\t";
  const isOfBytes = collation === "binary" || /^(latin|ascii)/.test(shownCollation(type));
  return isOfBytes && wild === "_" ? "\0" : "";
}

function literalPrefix(
  pattern: string,
  escapeCharacter: string,
): { readonly prefix: string; readonly wild: "%" | "_" | null } {
  let prefix = "";
  for (let at = 0; at < pattern.length; at += 1) {
    let character = pattern[at] as string;
    if (character === "%" || character === "_") return { prefix, wild: character };
    if (character === escapeCharacter && at + 1 < pattern.length) {
      at += 1;
      character = pattern[at] as string;
    }
    prefix += character;
  }
  return { prefix, wild: null };
}

/** The conjuncts of a WHERE. */
export function splitConjuncts(item: Item | null): readonly Item[] {
  if (item === null) return [];
  return item.shape.kind === "and" ? partsOf(item).flatMap(splitConjuncts) : [item];
}

function isNull({ isConst, eval: compute }: Item): boolean {
  return isConst && compute !== null && compute() === null;
}
