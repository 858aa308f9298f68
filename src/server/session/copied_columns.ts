/**
 * CREATE TABLE ... SELECT: what the new table's columns are, by those of the query.
 *
 * MySQL: create_table_from_items, create_tmp_field_from_item.
 */
import type { Query } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { ResultColumn, ServerColumn } from "../context.ts";

import { INT } from "../types/sql_type.ts";

export function copiedColumns(query: Query, columns: readonly ResultColumn[]): ServerColumn[] {
  const short = shortNumbers(query, columns.length);
  return columns.map(({ name, type, nullable = true, default: given, comment = "" }, at) => ({
    name,
    type: short.has(at) ? INT : type,
    nullable,
    autoIncrement: false,
    default: copiedDefault(given, type, nullable),
    onUpdateNow: false,
    comment,
  }));
}

/** Positions of whole numbers as written that surely fit into an INT. MySQL: create_tmp_field_from_item. */
function shortNumbers({ body }: Query, columns: number): ReadonlySet<number> {
  const items = body.kind === "querySpecification" ? body.items : [];
  const hidden = columns - items.length;
  const star = items.findIndex(({ kind }) => kind === "selectStar");
  const found = items.flatMap((item, at) => {
    const isNumber = item.kind !== "selectStar" && item.expression.kind === "integer";
    if (!isNumber || item.expression.text.length > INT_DIGITS) return [];
    // Behind a star that is all columns are counted from the end.
    return [star >= 0 && at > star ? at + hidden : at];
  });
  return new Set(found);
}

const INT_DIGITS = 8;

/** What is generated there is a value like any other here. */
function copiedDefault(
  given: ServerColumn["default"] | undefined,
  type: ColumnType,
  nullable: boolean,
): ServerColumn["default"] {
  if (given !== undefined && given.kind !== "generated" && type.kind !== "bit") return given;
  if (nullable) return { kind: "literal", value: null };
  return given === undefined || type.kind === "bit" ? zeroOf(type) : { kind: "none" };
}

/** The default of a column that an expression gave: MySQL makes it from the type. */
function zeroOf(type: ColumnType): ServerColumn["default"] {
  switch (type.kind) {
    case "text":
    case "blob":
    case "enum":
      return { kind: "none" };
    case "char":
    case "varchar":
      return { kind: "literal", value: "" };
    case "date":
      return { kind: "literal", value: "0000-00-00" };
    case "datetime":
    case "timestamp":
      return { kind: "literal", value: "0000-00-00 00:00:00" };
    default:
      return { kind: "literal", value: 0 };
  }
}
