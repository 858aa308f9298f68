/** An expression's shape with other parts. */
import type { Item, Shape } from "./item.ts";

/** The shape with each of its parts replaced by what `change` makes of it. */
export function mapShape(shape: Shape, change: (item: Item) => Item): Shape {
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
