/**
 * A condition with the equal that is read first in the place of each column, once the order of the tables is known; each side
 * of an OR with what it makes equal itself.
 *
 *   t.id = u.a AND (t.a = u.a AND t.a > 2 OR u.b < t.id), u read first      t.a = u.a AND u.a > 2 OR u.b < u.a
 *
 * MySQL: substitute_for_best_equal_field, eliminate_item_equal.
 */
import { compareItem } from "../../expr/comparison.ts";
import { type Item, partsOf, visitItem } from "../../expr/item.ts";
import { andItem, orItem } from "../../expr/logic.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import { type Equality, equalitiesOf, isSame, withEqual } from "./multiple_equality.ts";

interface Among {
  readonly rank: (column: Item) => number;
  readonly env: EvalEnv;
  /** Those of equal columns that can be named. */
  readonly usable: (columns: readonly Item[]) => readonly Item[];
}

export function bestEqual(among: Among): (item: Item, classes: readonly Equality[]) => Item {
  return (item, classes) => bestForm(item, classes, among);
}

function bestForm(item: Item, classes: readonly Equality[], among: Among): Item {
  const { shape } = item;
  if (shape.kind === "or" && shape.isRowList !== true) {
    const sides = shape.args.map((side) => bestSide(side, classes, among));
    return sides.every((side, at) => side === shape.args[at]) ? item : orItem(sides, among.env);
  }
  const sides = new Set([item, ...sidesOf(item)]);
  const inside = new Set<Item>();
  visitItem(item, (part) => {
    for (const side of sidesOf(part)) inside.add(side);
  });
  return withEqual(item, (column) => {
    const own = classes.find(({ columns }) => columns.some((one) => isSame(one, column)));
    if (own === undefined || own.constant !== null) return null;
    const best = first(own, among) ?? null;
    return best === null || sides.has(column) || mayStandFor(column, best, inside) ? best : null;
  });
}

/** What a condition compares. */
function sidesOf(item: Item): readonly Item[] {
  return COMPARING.has(item.shape.kind) ? partsOf(item) : [];
}

const COMPARING: ReadonlySet<Item["shape"]["kind"]> = new Set(["compare", "between", "in"]);

/**
 * Inside a function: an equal text may look different, and a column that may be NULL stands for one that may not only where it
 * is compared. MySQL: Item_field::subst_argument_checker, replace_equal_field.
 */
function mayStandFor(column: Item, best: Item, compared: ReadonlySet<Item>): boolean {
  if ("collation" in column.type && column.type.collation !== "binary") return false;
  return column.nullable || !best.nullable || compared.has(column);
}

function first({ columns }: Equality, { usable, rank }: Among): Item | undefined {
  return usable(columns).toSorted((a, b) => rank(a) - rank(b))[0];
}

function bestSide(side: Item, above: readonly Equality[], among: Among): Item {
  const { shape } = side;
  const args = shape.kind === "and" && shape.isRowList !== true ? shape.args : [side];
  const { classes, others } = equalitiesOf(args, among.env, above);
  if (classes.every(({ constant }) => constant !== null)) {
    const forms = args.map((arg) => bestForm(arg, above, among));
    if (forms.every((form, at) => form === args[at])) return side;
    return andItem(forms, among.env);
  }
  const joined = classes.map((one) => joinedWith(one, above));
  const around = above.filter((one) => !joined.some(({ from }) => from.includes(one)));
  const items = joined.flatMap(({ all, from }) => equalItems(all, from, among));
  const inner = [...joined.map(({ all }) => all), ...around];
  return andItem([...items, ...others.map((other) => bestForm(other, inner, among))], among.env);
}

/** A class of one side with the classes around that have a column of its. */
function joinedWith(
  own: Equality,
  above: readonly Equality[],
): { readonly all: Equality; readonly from: readonly Equality[] } {
  const from = above.filter(({ columns }) =>
    columns.some((one) => own.columns.some((two) => isSame(one, two))),
  );
  const columns = [...own.columns];
  for (const column of from.flatMap((one) => one.columns)) {
    if (!columns.some((one) => isSame(one, column))) columns.push(column);
  }
  return { all: { ...own, columns }, from };
}

/** What the classes around say already is not said again. */
function equalItems(
  { columns, constant }: Equality,
  from: readonly Equality[],
  { rank, env }: Among,
): readonly Item[] {
  const isSaid = (a: Item, b: Item) =>
    from.some(({ columns: all }) => [a, b].every((one) => all.some((two) => isSame(one, two))));
  if (constant !== null) return columns.map((column) => compareItem("=", column, constant, env));
  const sorted = columns.toSorted((a, b) => rank(a) - rank(b));
  const [head, ...rest] = sorted;
  if (head === undefined) return [];
  return rest.flatMap((column, at) => {
    const before = sorted.slice(0, at + 1);
    return before.some((one) => isSaid(one, column)) ? [] : [compareItem("=", column, head, env)];
  });
}
