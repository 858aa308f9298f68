/**
 * A condition in the order in which MySQL asks it: of what is ANDed the equalities first, the last of them before the
 * others, each with its column on the left.
 *
 *   c > 0 AND a = 1 AND 2 = b      b = 2 AND a = 1 AND c > 0
 *   c > 0 AND a = b AND b = 2      a = 2 AND b = 2 AND c > 0
 *
 * What is asked first decides whether the rest is asked at all: a subquery that locks rows, a value that is no date.
 *
 * MySQL: build_equal_items, eliminate_item_equal (Item_cond_and::add_at_head).
 */
import { compareItem } from "../expr/comparison.ts";
import { wasConverted } from "../expr/constant_operand.ts";
import { type Item, OUTER_ROWS } from "../expr/item.ts";
import { andItem, orItem } from "../expr/logic.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { classOf } from "../types/sql_type.ts";
import { equalityItems, hasOneType, isSame } from "./join/multiple_equality.ts";
import { splitConjuncts } from "./predicate_of.ts";

export function equalitiesFirst(condition: Item | null, env: EvalEnv): Item | null {
  return condition === null || isAlone(condition) ? condition : ordered(condition, env);
}

/** One condition, in which a constant stands on the right if anywhere. */
function isAlone({ shape }: Item): boolean {
  if (shape.kind === "compare") return shape.right.isConst;
  return shape.kind !== "and" && shape.kind !== "or";
}

/** The same item where it is in this order already. */
function ordered(item: Item, env: EvalEnv): Item {
  const { shape } = item;
  if (shape.kind === "or" && shape.isRowList !== true) {
    const args = shape.args.map((arg) => ordered(arg, env));
    return args.every((arg, at) => arg === shape.args[at]) ? item : orItem(args, env);
  }
  if (shape.kind !== "and") return columnFirst(item, env);
  const given = splitConjuncts(item);
  const equal: Equal[] = [];
  const others: Item[] = [];
  for (const one of given) {
    const sides = sidesOf(one);
    if (sides === null) others.push(ordered(one, env));
    else add(equal, { ...sides, item: one }, env);
  }
  const first = equal.toReversed().flatMap((one) => itemsOf(one, env));
  const all = [...first, ...others];
  return all.every((one, at) => one === given[at]) ? item : andItem(all, env);
}

interface Equal {
  readonly columns: readonly Item[];
  readonly constant: Item | null;
  /** As it was written, where there is nothing else in it. */
  readonly item: Item | null;
}

/** What shares a column with it becomes one with it, in the place of the first. A second constant stands for itself. */
function add(all: Equal[], added: Equal, env: EvalEnv): void {
  const found = all.filter(({ columns }) =>
    columns.some((one) => added.columns.some((two) => isSame(one, two))),
  );
  const [first] = found;
  if (first === undefined) {
    all.push(added);
    return;
  }
  const columns: Item[] = [];
  for (const one of [...found, added].flatMap((equal) => equal.columns)) {
    if (!columns.some((two) => isSame(one, two))) columns.push(one);
  }
  const constants = [...found, added].flatMap(({ constant }) => constant ?? []);
  const [constant = null, ...more] = constants;
  const isAlone = columns.length === 1 && more.length === 0;
  all[all.indexOf(first)] = { columns, constant, item: isAlone ? first.item : null };
  for (const other of found.slice(1)) all.splice(all.indexOf(other), 1);
  const [column] = columns;
  if (column === undefined) return;
  for (const other of more) {
    all.push({ columns: [], constant: null, item: compareItem("=", column, other, env) });
  }
}

function itemsOf({ columns, constant, item }: Equal, env: EvalEnv): readonly Item[] {
  if (item !== null) return [columnFirst(item, env)];
  return equalityItems({ columns, constant, isFromAbove: false }, () => 0, env);
}

/** `1 = a` is `a = 1`, and `b = a` of columns of one type the column of the table's second place first. */
function columnFirst(item: Item, env: EvalEnv): Item {
  const { shape } = item;
  const sides = sidesOf(item);
  if (sides === null || shape.kind !== "compare") return item;
  const [left] = sides.columns;
  if (sides.constant === null) return compareItem("=", shape.right, shape.left, env);
  return left === shape.left || left === undefined
    ? item
    : compareItem("=", left, sides.constant, env);
}

/** A column and a constant, or two columns, that can stand for one another. */
function sidesOf({ shape }: Item): Pick<Equal, "columns" | "constant"> | null {
  if (shape.kind !== "compare" || shape.op !== "=") return null;
  const { left, right } = shape;
  if (isColumn(left) && isColumn(right)) {
    return hasOneType(left, right) && !isSame(left, right)
      ? { columns: [left, right], constant: null }
      : null;
  }
  if (isColumn(left) && right.isConst && isOfOneKind(left, right))
    return { columns: [left], constant: right };
  if (isColumn(right) && left.isConst && isOfOneKind(right, left))
    return { columns: [right], constant: left };
  return null;
}

function isColumn({ shape, tables }: Item): boolean {
  return shape.kind === "column" && tables !== OUTER_ROWS;
}

/** Of one result type (MySQL: Item::result_type): dates and texts are both strings there. */
function isOfOneKind({ type: column }: Item, value: Item): boolean {
  const { type: constant } = value;
  if (wasConverted(value)) return false;
  const kindOf = (type: Item["type"]): string => {
    const kind = classOf(type);
    return kind === "temporal" ? "string" : kind;
  };
  return kindOf(column) === kindOf(constant);
}
