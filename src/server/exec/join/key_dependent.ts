/**
 * The tables whose values a table's keys are compared with, whether or not they can be looked up by them. The search for a
 * join order sorts by that.
 *
 * MySQL: add_key_fields, add_key_field (JOIN_TAB::key_dependent).
 */

import type { TableInfo } from "../../../innodb/api.ts";
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { keysOf } from "../../optimizer/key_info.ts";

/** A mask of tables. `bit` is the table's own; `conditions` are those on it. */
export function keyDependencies(info: TableInfo, bit: number, conditions: readonly Item[]): number {
  const inKey = new Set(keysOf(info).flatMap(({ parts }) => parts.map(({ column }) => column)));
  const isKeyColumn = ({ shape, tables }: Item): boolean =>
    shape.kind === "column" && tables === bit && inKey.has(shape.column);
  const compared = (item: Item, values: readonly Item[]): number => {
    const isOptimizable = values.some(({ tables }) => (tables & bit) === 0);
    if (!isKeyColumn(item) || !isOptimizable) return 0;
    return values.reduce((mask, { tables }) => mask | tables, 0);
  };
  const dependsOn = ({ shape }: Item): number => {
    switch (shape.kind) {
      case "and":
      case "or":
        return shape.args.reduce((mask, arg) => mask | dependsOn(arg), 0);
      case "compare":
        return compared(shape.left, [shape.right]) | compared(shape.right, [shape.left]);
      case "between": {
        const { operand, low, high } = shape;
        return (
          compared(operand, [low, high]) | compared(low, [operand]) | compared(high, [operand])
        );
      }
      case "in":
        return compared(shape.operand, shape.items);
      case "like":
        return compared(shape.operand, [shape.pattern]);
      default:
        return 0;
    }
  };
  const all = conditions.reduce((mask, item) => mask | dependsOn(item), 0);
  return all & ~bit & ~OUTER_ROWS;
}
