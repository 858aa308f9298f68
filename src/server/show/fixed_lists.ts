/**
 * SHOW of what does not change: character sets, collations, plugins, grants; and of what this server never has: triggers, events,
 * routines.
 *
 * MySQL: sql/dd/info_schema/show.cc; a 9.7.4 server as it comes.
 * Departure: the routines of the sys schema are left out.
 */
import type { ShowFromDatabase, ShowPlain } from "../../sql/ast_show.ts";
import type { Exec, ExecResult } from "../context.ts";
import { ALL_CHARACTER_SETS, ALL_COLLATIONS } from "../schema_tables/charsets.ts";
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

/** SHOW TRIGGERS and SHOW EVENTS. Throws 1046 and 1049. */
export function* showEmpty(
  execution: StatementExecution,
  statement: ShowFromDatabase,
): Exec<ExecResult> {
  existingSchema(execution, statement.database?.text ?? null);
  const columns = statement.subject === "triggers" ? TRIGGER_COLUMNS : EVENT_COLUMNS;
  return yield* filtered(execution, { columns, rows: [] }, statement.filter);
}

export type FixedSubject = Exclude<ShowPlain["subject"], "databases" | "engines" | "privileges">;

export function showFixed(
  execution: StatementExecution,
  statement: ShowPlain & { readonly subject: FixedSubject },
): Exec<ExecResult> {
  return filtered(execution, fixedList(statement.subject), statement.filter);
}

function fixedList(subject: FixedSubject): Shown {
  switch (subject) {
    case "charset":
      return {
        columns: ["Charset", "Description", "Default collation", "#Maxlen"],
        rows: ALL_CHARACTER_SETS.toSorted(byName).map((set) => [
          set.name,
          set.description,
          set.defaultCollation,
          String(set.bytesMax),
        ]),
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
        rows: ALL_COLLATIONS.toSorted(byName).map((row) => [
          row.name,
          row.charset,
          String(row.id),
          row.isDefault ? "Yes" : "",
          "Yes",
          String(row.sortLength),
          row.pads ? "PAD SPACE" : "NO PAD",
        ]),
      };
    case "plugins":
      return { columns: ["Name", "Status", "Type", "Library", "License"], rows: PLUGINS };
    case "grants":
      return { columns: ["Grants for root@localhost"], rows: GRANTS.map((grant) => [grant]) };
    case "procedureStatus":
    case "functionStatus":
      return { columns: ROUTINE_COLUMNS, rows: [] };
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
