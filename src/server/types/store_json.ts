/** Storing into a JSON column: the document as MySQL prints it. MySQL: Field_json::store, store_json. */
import type { Datum } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import { type Present, textOf } from "./convert.ts";
import { jsonText } from "./json_document.ts";
import { JsonTrouble, readJson } from "./json_read.ts";
import { classOf, isJson, type SqlType } from "./sql_type.ts";

/** Throws 3140, also without strict mode. */
export function storeJson(
  { name, table }: { readonly name: string; readonly table?: string },
  from: SqlType,
): (value: Present) => Datum {
  if (isJson(from)) return (value) => value;
  const place = table === undefined ? name : `${table}.${name}`;
  const asText = textOf(from);
  const isText = classOf(from) === "string";
  return (value) => {
    if (!isText)
      throw mysqlError("ER_INVALID_JSON_TEXT", "not a JSON text, may need CAST", 0, place);
    try {
      return jsonText(readJson(asText(value)));
    } catch (error) {
      if (!(error instanceof JsonTrouble)) throw error;
      throw mysqlError("ER_INVALID_JSON_TEXT", error.message, error.position, place);
    }
  };
}
