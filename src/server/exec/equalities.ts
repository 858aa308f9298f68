/**
 * Equalities that follow from others: from `a.id = b.id` and `a.id = 1` also `b.id = 1`, so that both tables can be read
 * as constants (MySQL: build_equal_items, Item_equal).
 */
import { compareItem } from "../expr/comparison.ts";
import type { Item } from "../expr/item.ts";
import type { EvalEnv } from "../types/eval_env.ts";

export function impliedEqualities(where: readonly Item[], env: EvalEnv): readonly Item[] {
  const pairs = where.flatMap(({ shape }) =>
    shape.kind === "compare" && shape.op === "=" ? [[shape.left, shape.right] as const] : [],
  );
  if (!pairs.some(([left, right]) => isColumn(left) && isColumn(right))) return [];
  const given = new Map<string, Item>();
  for (const [left, right] of pairs) {
    if (isColumn(left) && right.isConst) given.set(columnKey(left), right);
    if (isColumn(right) && left.isConst) given.set(columnKey(right), left);
  }
  const implied: Item[] = [];
  for (let hasNew = given.size > 0; hasNew; ) {
    hasNew = false;
    for (const [left, right] of pairs) {
      for (const [known, other] of [[left, right] as const, [right, left] as const]) {
        const constant = isColumn(known) ? given.get(columnKey(known)) : undefined;
        if (constant === undefined || !isColumn(other) || given.has(columnKey(other))) continue;
        if (known.type.kind !== other.type.kind) continue;
        given.set(columnKey(other), constant);
        implied.push(compareItem("=", other, constant, env));
        hasNew = true;
      }
    }
  }
  return implied;
}

function isColumn(item: Item): boolean {
  return item.shape.kind === "column";
}

/** Columns of enclosing blocks have the mask of their own tables hidden: they are told apart by their slot's text. */
function columnKey(item: Item): string {
  return `${item.tables} ${item.text()}`;
}
