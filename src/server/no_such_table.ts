/** The errors of a table and a routine that are not there (MySQL: get_table_share, sp_setup_routine; sql/sql_show.cc: find_schema_table). */
import { missingSystemRoutine, missingSystemTable } from "./catalog/system_names.ts";
import type { MysqlFailure } from "./context.ts";
import { mysqlError } from "./errors.ts";

/** 1146, or what information_schema says of a table that it does not have; 1235 for one that MySQL has. */
export function noSuchTable(schema: string, name: string): MysqlFailure {
  const missing = missingSystemTable(schema, name);
  if (missing !== null) return missing;
  return schema.toLowerCase() === "information_schema"
    ? mysqlError("ER_UNKNOWN_TABLE", name.toUpperCase(), schema.toLowerCase())
    : mysqlError("ER_NO_SUCH_TABLE", schema, name);
}

/** 1305; 1235 for one of sys. */
export function noSuchRoutine(
  kind: "FUNCTION" | "PROCEDURE",
  { schema, name }: { readonly schema: string; readonly name: string },
): MysqlFailure {
  const missing = missingSystemRoutine(kind, schema, name);
  return missing ?? mysqlError("ER_SP_DOES_NOT_EXIST", kind, `${schema}.${name}`);
}
