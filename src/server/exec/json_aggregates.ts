/**
 * JSON_ARRAYAGG and JSON_OBJECTAGG: a document out of a group's rows.
 *
 * MySQL: Item_sum_json_array, Item_sum_json_object.
 */
import { mysqlError } from "../errors.ts";
import type { Item } from "../expr/item.ts";
import { jsonOfItem } from "../expr/json_values.ts";
import { textOf } from "../types/convert.ts";
import { type Json, jsonText, objectOf } from "../types/json_document.ts";
import { JSON_TYPE } from "../types/sql_type.ts";
import { type Accumulator, at, type MadeAggregate } from "./aggregates.ts";

export function jsonAggregate(args: readonly Item[]): MadeAggregate {
  const [first, second] = args as [Item, Item | undefined];
  return {
    type: JSON_TYPE,
    open: () => (second === undefined ? list(first) : members(first, second)),
  };
}

function list(item: Item): Accumulator {
  const read = jsonOfItem(item);
  const values: Json[] = [];
  return {
    add: ([value = null]) => {
      values.push(read(value));
    },
    result: () => at(values.length === 0 ? null : jsonText(values)),
  };
}

/** Throws 3158. */
function members(name: Item, item: Item): Accumulator {
  const [nameOf, read] = [textOf(name.type), jsonOfItem(item)];
  const found: (readonly [string, Json])[] = [];
  return {
    add: ([key = null, value = null]) => {
      if (key === null) throw mysqlError("ER_JSON_DOCUMENT_NULL_KEY");
      found.push([nameOf(key), read(value)]);
    },
    result: () => at(found.length === 0 ? null : jsonText(objectOf(found))),
  };
}
