/**
 * Tables of information_schema that are empty: there are no events here.
 *
 * MySQL: sql/dd/impl/system_views.
 */
import type { SchemaTable } from "./schema_table.ts";

/** Column names with blanks between them. */
export function words(...lines: readonly string[]): readonly string[] {
  return lines.join(" ").split(" ");
}

const none = () => [];

export const EMPTY_TABLES: readonly SchemaTable[] = [
  {
    name: "EVENTS",
    columns: words(
      "EVENT_CATALOG EVENT_SCHEMA EVENT_NAME DEFINER TIME_ZONE EVENT_BODY EVENT_DEFINITION EVENT_TYPE @EXECUTE_AT",
      "INTERVAL_VALUE INTERVAL_FIELD SQL_MODE @STARTS @ENDS STATUS ON_COMPLETION @CREATED @LAST_ALTERED",
      "@LAST_EXECUTED EVENT_COMMENT #ORIGINATOR CHARACTER_SET_CLIENT COLLATION_CONNECTION DATABASE_COLLATION",
    ),
    rows: none,
  },
];
