/** Columns of tables that have been read already, as constants. MySQL: Item_field::const_item of a const table. */
import { type Item, partsOf, visitItem } from "../../expr/item.ts";
import { mapShape } from "../../expr/map_shape.ts";

/** `mask`: the tables whose rows stand in their slots all through the statement. */
export function withConstants(item: Item, mask: number): Item {
  if ((item.tables & mask) === 0) return item;
  const tables = item.tables & ~mask;
  const isPure = tables === 0 && item.eval !== null && hasOnlyConstants(item, mask);
  return {
    ...item,
    tables,
    isConst: isPure,
    shape:
      isPure && item.shape.kind === "column"
        ? { kind: "literal", wasColumn: true }
        : mapShape(item.shape, (part) => withConstants(part, mask)),
  };
}

function hasOnlyConstants(item: Item, mask: number): boolean {
  let isPure = true;
  visitItem(item, (part) => {
    if (partsOf(part).length === 0 && !part.isConst && (part.tables & mask) === 0) isPure = false;
  });
  return isPure;
}
