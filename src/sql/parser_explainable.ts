/** The statements that EXPLAIN takes: queries and changes of rows, with WITH before them or not. */

import type { Delete, Insert, SelectStatement, Update } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { queryFrom, withTables } from "./parser_query.ts";
import { deleteFrom, insert, update } from "./parser_rows.ts";

/** Reads SELECT, INSERT, REPLACE, UPDATE, DELETE, VALUES, TABLE or a parenthesised query; null when none is next. */
export function explainable(cursor: Cursor): SelectStatement | Insert | Update | Delete | null {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "INSERT":
    case "REPLACE":
      return insert(cursor);
    case "UPDATE":
      return update(cursor, start, null);
    case "DELETE":
      return deleteFrom(cursor, start, null);
    case "WITH": {
      const tables = withTables(cursor);
      if (cursor.at("UPDATE")) return update(cursor, start, tables);
      if (cursor.at("DELETE")) return deleteFrom(cursor, start, tables);
      const query = queryFrom(cursor, start, tables, null);
      return { kind: "select", span: query.span, query };
    }
    case "SELECT":
    case "TABLE":
    case "VALUES":
    case "(": {
      const query = queryFrom(cursor, start, null, null);
      return { kind: "select", span: query.span, query };
    }
    default:
      return null;
  }
}
