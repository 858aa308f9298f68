/** The error of a table that is not there (MySQL: get_table_share; sql/sql_show.cc: find_schema_table). */
import type { MysqlFailure } from "./context.ts";
import { mysqlError } from "./errors.ts";

/** 1146, or what information_schema says of a table that it does not have. */
export function noSuchTable(schema: string, name: string): MysqlFailure {
  return schema.toLowerCase() === "information_schema"
    ? mysqlError("ER_UNKNOWN_TABLE", name.toUpperCase(), schema.toLowerCase())
    : mysqlError("ER_NO_SUCH_TABLE", schema, name);
}
