/**
 * SQL values as JSON and JSON arguments of functions, with what MySQL says of those that are none.
 *
 * MySQL: get_json_wrapper, json_value, Item_json_typecast::val_json (sql/item_json_func.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import type { Comparator } from "../types/compare.ts";
import { textOf } from "../types/convert.ts";
import { compareJson, type Json } from "../types/json_document.ts";
import { jsonOf } from "../types/json_of.ts";
import { isWild, type Path, PathTrouble, readPath } from "../types/json_path.ts";
import { JsonTrouble, readJson, readPrinted } from "../types/json_read.ts";
import { classOf, isJson } from "../types/sql_type.ts";
import type { Item } from "./item.ts";

/** TRUE, FALSE and what conditions give are true and false. */
export function jsonOfItem(item: Item): (value: Datum) => Json {
  if (!isTruth(item)) return jsonOf(item.type);
  return (value) => (value === null ? null : value !== 0);
}

/** TRUE beside a document is the document true. */
export function jsonComparator(a: Item, b: Item): Comparator {
  const [readA, readB] = [jsonOfItem(a), jsonOfItem(b)];
  return (x, y) => compareJson(readA(x), readB(y));
}

const CONDITIONS = new Set(["and", "or", "not", "compare", "between", "in", "isNull", "like"]);

function isTruth(item: Item): boolean {
  if (CONDITIONS.has(item.shape.kind)) return true;
  return item.shape.kind === "literal" && ["true", "false"].includes(item.text());
}

/** An argument that has to be a document. Throws 3141 and 3146. */
export function documentOf(item: Item, at: number, name: string): (value: Datum) => Json {
  const { type } = item;
  if (isJson(type)) return (value) => readPrinted(value as string);
  const isText = classOf(type) === "string";
  return (value) => {
    if (!isText) throw mysqlError("ER_INVALID_TYPE_FOR_JSON", at + 1, name);
    return parsed(textOf(type)(value as string), (message, position) =>
      mysqlError("ER_INVALID_JSON_TEXT_IN_PARAM", at + 1, name, message, position),
    );
  };
}

function parsed(text: string, fail: (message: string, position: number) => Error): Json {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonTrouble) throw fail(error.message, error.position);
    throw error;
  }
}

/** An argument that has to be a path. Throws 3143, and 3149 where one value has to be meant. */
export function pathOf(item: Item, meansOne = false): (value: Datum) => Path {
  let text: string | null = null;
  let path: Path = [];
  return (value) => {
    const given = textOf(item.type)(value as string);
    if (given === text) return path;
    try {
      path = readPath(given);
    } catch (error) {
      if (error instanceof PathTrouble) throw mysqlError("ER_INVALID_JSON_PATH", error.position);
      throw error;
    }
    if (meansOne && isWild(path)) throw mysqlError("ER_INVALID_JSON_PATH_WILDCARD");
    text = given;
    return path;
  };
}
