/**
 * TRIM([BOTH | LEADING | TRAILING] [remove] FROM text).
 *
 * MySQL: Item_func_trim.
 */
import type { Expression, Trim } from "../../sql/ast_expression.ts";
import { textOf } from "../types/convert.ts";
import { textLength, varchar } from "../types/sql_type.ts";
import { type Item, makeItem, onPair } from "./item.ts";
import { stringLiteral } from "./literal.ts";

export function trimItem(node: Trim, bind: (node: Expression) => Item): Item {
  const operand = bind(node.operand);
  const remove = node.remove === null ? stringLiteral(" ") : bind(node.remove);
  const [textA, textB] = [textOf(operand.type), textOf(remove.type)];
  const compiled = onPair(operand, remove, (value, other) =>
    trimmed(textA(value), textB(other), node.side),
  );
  return makeItem([operand, remove], compiled, {
    type: varchar(textLength(operand.type)),
    nullable: true,
    text: () => `trim(${operand.text()})`,
  });
}

export function trimmed(text: string, remove: string, side: Trim["side"]): string {
  if (remove === "") return text;
  let [start, end] = [0, text.length];
  if (side !== "trailing") {
    while (text.startsWith(remove, start) && start + remove.length <= end) start += remove.length;
  }
  if (side !== "leading") {
    while (end - remove.length >= start && text.slice(0, end).endsWith(remove)) {
      end -= remove.length;
    }
  }
  return text.slice(start, end);
}
