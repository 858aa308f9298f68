/**
 * EXPLAIN's possible_keys: the indexes whose first column is compared with something, and covering ones that a skip scan was
 * thought of.
 *
 * MySQL: add_key_field, add_loose_index_scan_and_skip_scan_keys (sql/sql_optimizer.cc), get_best_skip_scan.
 */
import { columnsOf, type Item, OUTER_ROWS } from "../../expr/item.ts";
import type { KeyInfo } from "../../optimizer/key_info.ts";
import type { PlanTable } from "../../optimizer/plan_table.ts";
import { splitConjuncts } from "../predicate_of.ts";

export interface KeyQuestion {
  readonly table: PlanTable;
  /** The bit of the table. */
  readonly bit: number;
  /** Of WHERE, and of the ONs that the table is on the inner side of. */
  readonly conditions: readonly Item[];
  /** The inner side of an outer join: IS NULL finds rows without a match too. */
  readonly isOptional: boolean;
  /** Columns of GROUP BY or DISTINCT, where all are the table's. */
  readonly gathered: readonly number[] | null;
  /** The only table of a block that gathers nothing: a skip scan may do. */
  readonly maySkip: boolean;
  /** UPDATE and DELETE of one table: only constants count. */
  readonly onlyConstants: boolean;
}

/** In the order of the table's definition; null for none. */
export function possibleKeys(question: KeyQuestion): string | null {
  const { table, gathered } = question;
  const compared = new Set<number>();
  for (const item of question.conditions) collectCompared(item, question, compared);
  const names = table.keys
    .filter(
      (key) =>
        compared.has(key.parts[0]?.column ?? -1) ||
        gathered?.every((column) => isPartOf(key, column, table)) === true ||
        (question.maySkip && skipsOver(key, question)),
    )
    .map(({ index }) => index.name);
  return names.length === 0 ? null : names.join(",");
}

/** MySQL: Field::part_of_key: every index holds the primary key's columns. */
function isPartOf(key: KeyInfo, column: number, { keys }: PlanTable): boolean {
  const primary = keys.find(({ isClusteredPrimary }) => isClusteredPrimary);
  return hasPart(key, column) || (primary !== undefined && hasPart(primary, column));
}

function isColumn({ shape, tables }: Item): boolean {
  return shape.kind === "column" && (tables & OUTER_ROWS) === 0;
}

function hasPart(key: KeyInfo, column: number): boolean {
  return key.parts.some((part) => part.column === column);
}

function collectCompared(item: Item, question: KeyQuestion, found: Set<number>): void {
  const { shape } = item;
  const take = (operand: Item, ...values: readonly Item[]): void => {
    const own = operand.shape;
    if (own.kind !== "column" || operand.tables !== question.bit) return;
    const usable = values.some((value) =>
      question.onlyConstants ? value.tables === 0 : (value.tables & question.bit) === 0,
    );
    if (usable) found.add(own.column);
  };
  switch (shape.kind) {
    case "and":
    case "or":
      for (const arg of shape.args) collectCompared(arg, question, found);
      return;
    case "not":
      collectCompared(shape.arg, question, found);
      return;
    case "compare":
      // MySQL's add_key_fields takes the first column of column <> column for the value too.
      if (shape.op === "<>" && [shape.left, shape.right].every(isColumn)) return;
      take(shape.left, shape.right);
      take(shape.right, shape.left);
      return;
    case "between":
      take(shape.operand, shape.low, shape.high);
      return;
    case "in":
      take(shape.operand, ...shape.items);
      return;
    case "isNull":
      if (!question.isOptional || shape.negated) take(shape.operand, CONSTANT);
      return;
    case "like":
      if (!startsOpen(shape.pattern)) take(shape.operand, shape.pattern);
      return;
    default:
      return;
  }
}

/** Stands for what IS NULL compares with. */
const CONSTANT = { tables: 0 } as Item;

function startsOpen(pattern: Item): boolean {
  const value = pattern.isConst ? pattern.eval?.() : null;
  return typeof value !== "string" || /^[%_]/.test(value);
}

/**
 * A key that covers the query, all of WHERE's columns in it: equalities on the first parts, then a part that nothing is said
 * of, then a part of which one stretch is read.
 */
function skipsOver(key: KeyInfo, question: KeyQuestion): boolean {
  const { table, conditions, bit } = question;
  if (!table.covering.has(key)) return false;
  if (conditions.some((item) => item.shape.kind === "or" || (item.tables & ~bit) !== 0))
    return false;
  const columns = conditions.flatMap((item) => columnsOf(item, bit));
  if (columns.some((column) => !hasPart(key, column))) return false;
  const [compared, cutUp] = [new Set<number>(), new Set<number>()];
  for (const item of conditions.flatMap(splitConjuncts)) {
    collectCompared(item, question, compared);
    if (isOfSeveral(item)) collectCompared(item, question, cutUp);
  }
  const said = key.parts.map((part) => compared.has(part.column));
  const skipped = said.indexOf(false);
  const last = skipped < 0 ? undefined : key.parts[said.indexOf(true, skipped)];
  return last !== undefined && !cutUp.has(last.column);
}

/** Several stretches of a key: too much for a skip scan. */
function isOfSeveral({ shape }: Item): boolean {
  if (shape.kind === "between") return shape.negated;
  return shape.kind === "in" || (shape.kind === "compare" && shape.op === "<>");
}
