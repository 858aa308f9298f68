/** `column -> path` and CAST(... AS JSON), which are calls of functions under other names. */
import type { JsonPath } from "../../sql/ast_function.ts";
import { jsonText } from "../types/json_document.ts";
import { classOf, isJson, JSON_TYPE } from "../types/sql_type.ts";
import type { Binder } from "./binder.ts";
import { functionItem } from "./function_call.ts";
import { type Item, makeItem, onValue } from "./item.ts";
import { documentOf, jsonOfItem } from "./json_values.ts";
import { stringLiteral } from "./literal.ts";

export function jsonPathItem(
  { span, path, unquote }: JsonPath,
  column: Item,
  binder: Binder,
): Item {
  const call = (name: string, args: readonly Item[]): Item =>
    functionItem(
      { kind: "function", span, schema: null, name, args: new Array(args.length) },
      () => args,
      binder,
    );
  const found = call("json_extract", [column, stringLiteral(path.value)]);
  return unquote ? call("json_unquote", [found]) : found;
}

/** A text is read as a document; what else there is becomes one. */
export function castJson(operand: Item, text: () => string): Item {
  const { type } = operand;
  const isText = classOf(type) === "string" && !isJson(type) && type.kind !== "enum";
  const read = isText ? documentOf(operand, 0, "cast_as_json") : jsonOfItem(operand);
  return makeItem(
    [operand],
    onValue(operand, (value) => jsonText(read(value))),
    { type: JSON_TYPE, nullable: true, text },
  );
}
