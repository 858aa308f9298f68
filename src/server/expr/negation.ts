/**
 * NOT moved inwards: NOT (a < b) is a >= b, NOT (a AND b) is NOT a OR NOT b; what is left of NOT stands before what has
 * no opposite.
 *
 * MySQL: Item::neg_transformer, Item_cond::neg_arguments.
 */
import type { EvalEnv } from "../types/eval_env.ts";
import { BOOLEAN } from "../types/sql_type.ts";
import { betweenItem, compareItem, inItem, negatedOp } from "./comparison.ts";
import { type Item, literalItem } from "./item.ts";
import { andItem, isNullItem, notItem, orItem } from "./logic.ts";

export function negatedItem(operand: Item, env: EvalEnv): Item {
  const { shape } = operand;
  switch (shape.kind) {
    case "and":
      return orItem(
        shape.args.map((arg) => negatedItem(arg, env)),
        env,
      );
    case "or":
      return andItem(
        shape.args.map((arg) => negatedItem(arg, env)),
        env,
      );
    case "compare":
      if (shape.op === "<=>") return notItem(operand, env);
      return compareItem(negatedOp(shape.op), shape.left, shape.right, env);
    case "between":
      return betweenItem(shape.operand, shape.low, shape.high, !shape.negated, env);
    case "in":
      return inItem(shape.operand, shape.items, !shape.negated, env);
    case "isNull":
      return isNullItem(shape.operand, !shape.negated);
    case "column":
      return compareItem("=", literalItem(0, BOOLEAN, "0"), operand, env);
    case "not":
      return shape.arg;
    case "like":
    case "literal":
    case "other":
      return notItem(operand, env);
  }
}
