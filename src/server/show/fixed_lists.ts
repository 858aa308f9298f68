/**
 * SHOW of what does not change: character sets, collations, plugins, grants; of triggers and routines; and of events, which this
 * server never has.
 *
 * MySQL: sql/dd/info_schema/show.cc; a 9.7.4 server as it comes.
 */
import type { Datum } from "../../innodb/api.ts";
import type { ShowFromDatabase, ShowPlain } from "../../sql/ast_show.ts";
import type { Exec, ExecResult } from "../context.ts";
import { characterSetRows, collationRows } from "../schema_tables/charsets.ts";
import { routineStatus, triggerStatus } from "../schema_tables/routine_rows.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { GRANTS, PLUGINS } from "./fixed_data.ts";
import { existingSchema } from "./lists.ts";
import { filtered } from "./rows.ts";
import type { Shown } from "./shown.ts";

const TRIGGER_COLUMNS = [
  "Trigger",
  "Event",
  "Table",
  "Statement",
  "Timing",
  "Created",
  "sql_mode",
  "Definer",
  "character_set_client",
  "collation_connection",
  "Database Collation",
];

const EVENT_COLUMNS = [
  "Db",
  "Name",
  "Definer",
  "Time zone",
  "Type",
  "Execute at",
  "Interval value",
  "Interval field",
  "Starts",
  "Ends",
  "Status",
  "#Originator",
  "character_set_client",
  "collation_connection",
  "Database Collation",
];

const ROUTINE_COLUMNS = [
  "Db",
  "Name",
  "Type",
  "Language",
  "Definer",
  "Modified",
  "Created",
  "Security_type",
  "Comment",
  "character_set_client",
  "collation_connection",
  "Database Collation",
];

/** Of SHOW TRIGGERS: its LIKE is about the table. */
const TABLE_COLUMN = 2;
/** Of SHOW PROCEDURE STATUS and SHOW FUNCTION STATUS: their LIKE is about the name. */
const NAME_COLUMN = 1;

/** SHOW TRIGGERS and SHOW EVENTS. Throws 1046 and 1049. */
export function* showOfSchema(
  execution: StatementExecution,
  statement: ShowFromDatabase,
): Exec<ExecResult> {
  const schema = existingSchema(execution, statement.database?.text ?? null);
  if (statement.subject !== "triggers")
    return yield* filtered(execution, { columns: EVENT_COLUMNS, rows: [] }, statement.filter);
  const shown = { columns: TRIGGER_COLUMNS, rows: triggerStatus(execution.server, schema) };
  return yield* filtered(execution, shown, statement.filter, TABLE_COLUMN);
}

type RoutineSubject = "procedureStatus" | "functionStatus";
export type FixedSubject = Exclude<ShowPlain["subject"], "databases" | "engines" | "privileges">;

export function showFixed(
  execution: StatementExecution,
  statement: ShowPlain & { readonly subject: FixedSubject },
): Exec<ExecResult> {
  const { subject, filter } = statement;
  if (subject !== "procedureStatus" && subject !== "functionStatus")
    return filtered(execution, fixedList(subject), filter);
  const { procedures, functions } = execution.server;
  const rows = routineStatus((subject === "procedureStatus" ? procedures : functions).all());
  return filtered(execution, { columns: ROUTINE_COLUMNS, rows }, filter, NAME_COLUMN);
}

function fixedList(subject: Exclude<FixedSubject, RoutineSubject>): Shown {
  switch (subject) {
    case "charset":
      return {
        columns: ["Charset", "Description", "Default collation", "#Maxlen"],
        rows: sortedTexts(
          characterSetRows().map(([name, usual, ...rest]) => [name, rest[0], usual, rest[1]]),
        ),
      };
    case "collation":
      return {
        columns: [
          "Collation",
          "Charset",
          "#Id",
          "Default",
          "Compiled",
          "#Sortlen",
          "Pad_attribute",
        ],
        rows: sortedTexts(collationRows()),
      };
    case "plugins":
      return { columns: ["Name", "Status", "Type", "Library", "License"], rows: PLUGINS };
    case "grants":
      return { columns: ["Grants for root@localhost"], rows: GRANTS.map((grant) => [grant]) };
  }
}

/** By the first column. */
function sortedTexts(rows: readonly (readonly (Datum | undefined)[])[]): string[][] {
  return rows.map((row) => row.map(String)).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}
