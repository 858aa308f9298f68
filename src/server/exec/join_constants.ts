/** Columns of tables that have been read already, as constants. MySQL: Item_field::const_item of a const table. */
import { type Item, partsOf, type Shape, visitItem } from "../expr/item.ts";

/** `mask`: the tables whose rows stand in their slots all through the statement. */
export function withConstants(item: Item, mask: number): Item {
  if ((item.tables & mask) === 0) return item;
  const tables = item.tables & ~mask;
  const isPure = tables === 0 && item.eval !== null && hasOnlyConstants(item, mask);
  return {
    ...item,
    tables,
    isConst: isPure,
    shape: isPure && item.shape.kind === "column" ? { kind: "literal" } : mapped(item.shape, mask),
  };
}

function hasOnlyConstants(item: Item, mask: number): boolean {
  let isPure = true;
  visitItem(item, (part) => {
    if (partsOf(part).length === 0 && !part.isConst && (part.tables & mask) === 0) isPure = false;
  });
  return isPure;
}

function mapped(shape: Shape, mask: number): Shape {
  const change = (item: Item): Item => withConstants(item, mask);
  switch (shape.kind) {
    case "column":
    case "literal":
      return shape;
    case "and":
    case "or":
    case "other":
      return { ...shape, args: shape.args.map(change) };
    case "not":
      return { ...shape, arg: change(shape.arg) };
    case "compare":
      return { ...shape, left: change(shape.left), right: change(shape.right) };
    case "between":
      return {
        ...shape,
        operand: change(shape.operand),
        low: change(shape.low),
        high: change(shape.high),
      };
    case "in":
      return { ...shape, operand: change(shape.operand), items: shape.items.map(change) };
    case "isNull":
      return { ...shape, operand: change(shape.operand) };
    case "like":
      return { ...shape, operand: change(shape.operand), pattern: change(shape.pattern) };
  }
}
