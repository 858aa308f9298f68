/** SQL values as JSON. MySQL: get_json_atom_wrapper. */
import { decimalText } from "../../base/decimal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import { textOf } from "./convert.ts";
import type { Whole } from "./integer.ts";
import { type Json, JsonNumber, jsonDouble } from "./json_document.ts";
import { readPrinted } from "./json_read.ts";
import { isJson, type SqlType } from "./sql_type.ts";

/** What stands beside a document as a value: a text is a string, not a document. */
export function jsonOf(type: SqlType): (value: Datum) => Json {
  const read = presentOf(type);
  return (value) => (value === null ? null : read(value));
}

function presentOf(type: SqlType): (value: Exclude<Datum, null>) => Json {
  if (isJson(type)) return (value) => readPrinted(value as string);
  const asText = textOf(type);
  switch (type.kind) {
    case "int":
    case "year":
      return (value) => new JsonNumber(value.toString());
    case "decimal":
      return (value) => new JsonNumber(decimalText(value as Whole, type.scale), true);
    case "double":
    case "float":
      return (value) => jsonDouble(Number(value));
    case "datetime":
    case "timestamp":
    case "time":
      return (value) => withMicros(asText(value), type.fsp);
    default:
      return asText;
  }
}

/** A time among documents has all its digits. */
function withMicros(text: string, fsp: number): string {
  return `${text}${fsp === 0 ? "." : ""}${"0".repeat(6 - fsp)}`;
}
