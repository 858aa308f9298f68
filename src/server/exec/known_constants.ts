/**
 * Subqueries that do not depend on the rows around them, computed before the statement is planned, so that the range
 * optimizer can use their values: `WHERE id = (SELECT ...)` reads one row.
 *
 * MySQL: Item::const_for_execution, evaluate_during_optimization.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Item } from "../expr/item.ts";

export type KnownConstants = ReadonlyMap<Item, Datum>;

export const NOTHING_KNOWN: KnownConstants = new Map();

/** Looks where ranges come from: the sides of comparisons in the condition's ANDs and ORs. */
export function* knownConstants(where: Item | null): Exec<KnownConstants> {
  if (where === null) return NOTHING_KNOWN;
  const wanted = operandsOf(where).filter((item) => item.isConst && item.eval === null);
  if (wanted.length === 0) return NOTHING_KNOWN;
  const found = new Map<Item, Datum>();
  for (const item of wanted) found.set(item, yield* evalItem(item));
  return found;
}

function operandsOf(item: Item): readonly Item[] {
  const { shape } = item;
  switch (shape.kind) {
    case "and":
    case "or":
      return shape.args.flatMap(operandsOf);
    case "compare":
      return [shape.left, shape.right];
    case "between":
      return [shape.low, shape.high];
    case "in":
      return shape.items;
    default:
      return [];
  }
}
