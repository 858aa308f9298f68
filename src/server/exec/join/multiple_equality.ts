/**
 * Columns that conditions make equal to one another, as one thing: from `a.id = b.id AND b.id = c.id AND c.id > 5` follows
 * `a.id = c.id` and `a.id > 5`, and whichever table is read first is looked at for it.
 *
 * MySQL: Item_equal, build_equal_items, eliminate_item_equal, substitute_for_best_equal_field (sql_optimizer.cc).
 */
import type { Datum } from "../../../innodb/api.ts";
import { isOfOneCharset } from "../../expr/collation_for.ts";
import { compareItem } from "../../expr/comparison.ts";
import { wasConverted } from "../../expr/constant_operand.ts";
import { type Item, OUTER_ROWS, visitItem } from "../../expr/item.ts";
import { andItem, orItem } from "../../expr/logic.ts";
import { mapShape } from "../../expr/map_shape.ts";
import { commonKind } from "../../types/compare.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import { isTemporal } from "../../types/sql_type.ts";

export interface Equality {
  readonly columns: readonly Item[];
  readonly constant: Item | null;
  /** Its constant is known from the conditions around. */
  readonly isFromAbove: boolean;
}

export interface Equalities {
  readonly classes: readonly Equality[];
  /** The conjuncts that are no part of one. */
  readonly others: readonly Item[];
}

/** `above`: what holds around the conditions already. */
export function equalitiesOf(
  conditions: readonly Item[],
  env: EvalEnv,
  above: readonly Equality[] = [],
): Equalities {
  let classes: Equality[] = [];
  const others: Item[] = [];
  for (const item of conditions) {
    const pair = equalColumns(item);
    if (pair === null) {
      others.push(item);
      continue;
    }
    const [left, right] = pair;
    const found = classes.filter(({ columns }) =>
      columns.some((one) => isSame(one, left) || isSame(one, right)),
    );
    const constants = found.flatMap(({ constant }) => (constant === null ? [] : [constant]));
    const columns = found.flatMap((one) => one.columns);
    for (const side of [left, right]) {
      if (side.shape.kind === "column" && side.tables !== OUTER_ROWS) {
        if (!columns.some((one) => isSame(one, side))) columns.push(side);
      } else constants.push(side);
    }
    // A second constant has to be equal to the first.
    const [constant = null, ...more] = constants;
    for (const other of more)
      if (constant !== null) others.push(compareItem("=", constant, other, env));
    // What becomes one stands in the place of the first (MySQL: Item_equal::merge).
    const merged = { columns, constant, isFromAbove: false };
    const [first] = found;
    classes =
      first === undefined
        ? [...classes, merged]
        : classes.flatMap((one) => (one === first ? [merged] : found.includes(one) ? [] : [one]));
  }
  const known = classes.map((one) => withAbove(one, above));
  const constantOf = (column: Item): Item | null =>
    [...known, ...above].find(({ columns }) => columns.some((one) => isSame(one, column)))
      ?.constant ?? null;
  return {
    classes: known,
    others: others.map((item) => {
      if (item.shape.kind === "compare") return withConstants(item, item.shape, constantOf);
      return item.shape.kind === "or" ? insideOr(item, item.shape.args, env, known) : item;
    }),
  };
}

/** A column that is compared otherwise than with its constant stays (MySQL: has_compatible_context). */
function withConstants(
  item: Item,
  { left, right }: Extract<Item["shape"], { kind: "compare" }>,
  constantOf: (column: Item) => Item | null,
): Item {
  const context = commonKind([left.type, right.type]);
  return withEqual(item, (column) => {
    const constant = constantOf(column);
    const isSide = isSame(column, left) || isSame(column, right);
    if (constant === null || !isSide) return constant;
    if (commonKind([column.type, constant.type]) !== context) return null;
    const isOfOne = isOfOneCharset(left, right);
    return isOfOne ? constant : { ...constant, type: column.type, shape: OF_COLUMN };
  });
}

/** Where the other side is brought into the column's character set, it is so for the constant in its place. */
const OF_COLUMN = { kind: "literal", wasColumn: true } as const;

/** What one side of an OR makes equal to a constant is compared with the constant there. */
function insideOr(
  item: Item,
  args: readonly Item[],
  env: EvalEnv,
  above: readonly Equality[],
): Item {
  const sides = args.map((side) => {
    if (side.shape.kind !== "and") return side;
    const { classes, others } = equalitiesOf(side.shape.args, env, above);
    const isTold = classes.some(({ columns, constant }) => constant !== null && columns.length > 1);
    if (!isTold) return side;
    return andItem([...classes.flatMap((one) => equalityItems(one, inOrder, env)), ...others], env);
  });
  return sides.every((side, at) => side === args[at]) ? item : orItem(sides, env);
}

const inOrder = (): number => 0;

/** A class without a constant takes that of a column of its that is known around. */
function withAbove(own: Equality, above: readonly Equality[]): Equality {
  if (own.constant !== null) return own;
  const known = above.find(
    ({ columns, constant }) =>
      constant !== null && columns.some((one) => own.columns.some((two) => isSame(one, two))),
  );
  return known === undefined ? own : { ...own, constant: known.constant, isFromAbove: true };
}

/** The two columns, or a column and a constant, that a condition makes equal. */
function equalColumns({ shape }: Item): readonly [Item, Item] | null {
  if (shape.kind !== "compare" || shape.op !== "=" || shape.isOfNull === true) return null;
  const { left, right } = shape;
  const isColumn = (item: Item) => item.shape.kind === "column" && item.tables !== OUTER_ROWS;
  if (isColumn(left) && isColumn(right)) {
    return hasOneType(left, right) && !isSame(left, right) ? [left, right] : null;
  }
  if (isColumn(left) && right.isConst && right.eval !== null && isExact(left, right)) {
    return [left, right];
  }
  return isColumn(right) && left.isConst && left.eval !== null && isExact(right, left)
    ? [right, left]
    : null;
}

export function hasOneType({ type: a }: Item, { type: b }: Item): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The constant compares as a value of the column's own type. */
function isExact(column: Item, constant: Item): boolean {
  const [a, b] = [column.type, constant.type];
  if (!isOfOneCharset(column, constant)) return false;
  if (isTemporal(a) && wasConverted(constant)) return false;
  if (a.kind === "year" && b.kind === "int") return true;
  return a.kind === b.kind || ("collation" in a && "collation" in b);
}

export function isSame(a: Item, b: Item): boolean {
  return (
    a.shape.kind === "column" &&
    b.shape.kind === "column" &&
    a.shape.slot === b.shape.slot &&
    a.shape.column === b.shape.column
  );
}

/** What is true of the columns of each class, pair by pair, the first of them by `rank` on the other side. */
export function equalityItems(
  { columns, constant }: Equality,
  rank: (column: Item) => number,
  env: EvalEnv,
): readonly Item[] {
  if (constant !== null) return columns.map((column) => compareItem("=", column, constant, env));
  const [head, ...rest] = columns.toSorted((a, b) => rank(a) - rank(b));
  return head === undefined ? [] : rest.map((column) => compareItem("=", column, head, env));
}

/** The condition with an equal of each column that `choose` has one for (MySQL: subst_argument_checker). */
export function withEqual(item: Item, choose: (column: Item) => Item | null): Item {
  return substituted(item, (column) => {
    const isReference = column.shape.kind === "column" && column.shape.isReference === true;
    return isReference ? null : choose(column);
  });
}

/** The condition with another item in the place of each column that `choose` names. */
export function substituted(item: Item, choose: (column: Item) => Item | null): Item {
  const swaps = new Map<Item, Item>();
  visitItem(item, (part) => {
    if (part.shape.kind !== "column") return;
    const other = choose(part);
    if (other !== null && !isSame(other, part)) swaps.set(part, other);
  });
  if (swaps.size === 0) return item;
  const pairs = [...swaps].flatMap(([from, to]) =>
    from.shape.kind === "column" ? [{ slot: from.shape.slot, column: from.shape.column, to }] : [],
  );
  /** Puts the other columns' values where the condition looks for them. */
  const within = <T>(run: () => T): T => {
    const saved = pairs.map(({ slot }) => slot.row);
    for (const { slot, column, to } of pairs) {
      const row = [...slot.row];
      row[column] = (to.eval?.() ?? null) as Datum;
      slot.row = row;
    }
    const value = run();
    for (let at = pairs.length - 1; at >= 0; at -= 1) {
      const slot = pairs[at]?.slot;
      if (slot !== undefined) slot.row = saved[at] as typeof slot.row;
    }
    return value;
  };
  const { eval: compute } = item;
  if (compute === null) return item;
  const tables = [...swaps].reduce((mask, [from, to]) => (mask & ~from.tables) | to.tables, 0);
  const all = tables | remainingTables(item, swaps);
  return {
    ...item,
    tables: all,
    isConst: all === 0 && [...swaps.values()].every(({ isConst }) => isConst),
    // Each part stands for itself too: who takes an OR apart looks at one of its sides alone.
    shape: mapShape(item.shape, (part) => swaps.get(part) ?? substituted(part, choose)),
    eval: () => within(compute),
    steps: null,
  };
}

function remainingTables(item: Item, swaps: ReadonlyMap<Item, Item>): number {
  let mask = 0;
  visitItem(item, (part) => {
    if (part.shape.kind === "column" && !swaps.has(part)) mask |= part.tables;
  });
  return mask;
}
