/**
 * What conditions inside ORs say of a table's columns that are equal there to others: of `u.id = t.b AND t.b < 3 OR u.b = 1`
 * follows `u.id < 3 OR u.b = 1`.
 *
 * MySQL: get_full_func_mm_tree, which asks each condition for all columns of its Item_equal.
 */
import type { Item } from "../../expr/item.ts";
import { andItem, orItem } from "../../expr/logic.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import { type Equality, equalitiesOf, isSame, withEqual } from "./multiple_equality.ts";

/** `bit`: of the table; `above`: what is equal around the condition. */
export function withEqualsInside(
  item: Item,
  bit: number,
  env: EvalEnv,
  above: readonly Equality[] = [],
): Item {
  const { shape } = item;
  if (shape.kind !== "or" || shape.isRowList === true) return item;
  const sides = shape.args.map((side) => sideOf(side, bit, env, above));
  return sides.every((side, at) => side === shape.args[at]) ? item : orItem(sides, env);
}

function sideOf(side: Item, bit: number, env: EvalEnv, above: readonly Equality[]): Item {
  const { shape } = side;
  const args = shape.kind === "and" && shape.isRowList !== true ? shape.args : [side];
  const { classes } = equalitiesOf(args, env);
  const all = [...classes, ...above].filter(({ constant }) => constant === null);
  const inner = args.map((arg) => withEqualsInside(arg, bit, env, all));
  const more = all.flatMap(({ columns }) => moved(columns, args, bit));
  if (more.length === 0 && inner.every((arg, at) => arg === args[at])) return side;
  return andItem([...inner, ...more], env);
}

/** The conditions on columns of other tables, said of the table's own that is equal to them. */
function moved(columns: readonly Item[], args: readonly Item[], bit: number): readonly Item[] {
  return columns.flatMap((column) => {
    if (column.tables !== bit) return [];
    return columns.flatMap((other) => {
      if (other.tables === bit) return [];
      return args.flatMap((arg) => {
        if ((arg.tables & other.tables) === 0 || arg.eval === null) return [];
        const said = withEqual(arg, (part) => (isSame(part, other) ? column : null));
        return said === arg || readsTwice(said, column) ? [] : [said];
      });
    });
  });
}

/** The equality itself, said of one column. */
function readsTwice({ shape }: Item, column: Item): boolean {
  return shape.kind === "compare" && isSame(shape.left, column) && isSame(shape.right, column);
}
