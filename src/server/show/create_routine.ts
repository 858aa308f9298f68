/**
 * SHOW CREATE PROCEDURE, FUNCTION and TRIGGER: parameters and body as they were written, the words around them as MySQL does.
 *
 * MySQL: sp_head::show_create_routine, Stored_routine_creation_ctx, sp::make_create_stored_routine (sql/sp.cc).
 */
import type { CreateFunction, CreateProcedure } from "../../sql/ast_routine.ts";
import type { ShowCreate } from "../../sql/ast_show.ts";
import type { Definer } from "../../sql/ast_view.ts";
import { missingSystemRoutine } from "../catalog/system_names.ts";
import { nowText } from "../clock_text.ts";
import type { ExecResult } from "../context.ts";
import { columnType } from "../ddl/column_type.ts";
import { mysqlError } from "../errors.ts";
import type { Routine } from "../routines/frame.ts";
import { bodyText, definerOf } from "../routines/routine_text.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { charsetOf, shownCollation } from "../types/character_sets.ts";
import { shownResult } from "./shown.ts";
import { quoted, typeText } from "./type_text.ts";

const CHARACTER_SETS = ["utf8mb4", "utf8mb4_0900_ai_ci", "utf8mb4_0900_ai_ci"];
const CHARACTER_SET_COLUMNS = [
  "character_set_client",
  "collation_connection",
  "Database Collation",
];

/** Throws 1305 and 1360. */
export function showRoutine(
  execution: StatementExecution,
  { object, name }: ShowCreate & { readonly object: "procedure" | "function" | "trigger" },
): ExecResult {
  const { server, owner } = execution;
  const place = { schema: schemaOf(owner, name.schema?.text ?? null), name: name.name.text };
  if (object === "trigger") {
    const trigger = server.catalog.triggerNamed(place.schema, place.name);
    if (trigger === null) throw mysqlError("ER_TRG_DOES_NOT_EXIST");
    const { timing, event, definer } = trigger.definition;
    const text = [
      `CREATE ${definerText(definer)} TRIGGER ${identifier(trigger.name)}`,
      `${timing.toUpperCase()} ${event.toUpperCase()} ON ${identifier(trigger.table)}`,
      `FOR EACH ROW ${bodyText(trigger, trigger.definition)}`,
    ].join(" ");
    const created = nowText(trigger.createdMs, 2);
    return shownResult({
      columns: [
        "Trigger",
        "sql_mode",
        "SQL Original Statement",
        ...CHARACTER_SET_COLUMNS,
        "Created",
      ],
      rows: [[trigger.name, trigger.sqlMode, text, ...CHARACTER_SETS, created]],
    });
  }
  const kind = object === "procedure" ? "Procedure" : "Function";
  const routine = (object === "procedure" ? server.procedures : server.functions).at(place);
  if (routine === undefined) {
    const missing = missingSystemRoutine(
      object === "procedure" ? "PROCEDURE" : "FUNCTION",
      place.schema,
      place.name,
    );
    throw missing ?? mysqlError("ER_SP_DOES_NOT_EXIST", kind.toUpperCase(), place.name);
  }
  return shownResult({
    columns: [kind, "sql_mode", `Create ${kind}`, ...CHARACTER_SET_COLUMNS],
    rows: [[routine.name, routine.sqlMode, routineText(routine), ...CHARACTER_SETS]],
  });
}

function routineText(
  routine: Routine & { readonly definition: CreateProcedure | CreateFunction },
): string {
  const { definition, name, text } = routine;
  const { parameters, traits } = definition;
  const [first, last] = [parameters[0], parameters.at(-1)];
  const list =
    first === undefined || last === undefined ? "" : text.slice(first.span.start, last.span.end);
  const isFunction = definition.kind === "createFunction";
  const lines = [
    `CREATE ${definerText(traits.definer)} ${isFunction ? "FUNCTION" : "PROCEDURE"} ${identifier(name)}(${list})${isFunction ? ` RETURNS ${returnText(definition)}` : ""}`,
    traits.access === "CONTAINS SQL" ? "" : `    ${traits.access}`,
    traits.deterministic ? "    DETERMINISTIC" : "",
    traits.security === "INVOKER" ? "    SQL SECURITY INVOKER" : "",
    traits.comment === "" ? "" : `    COMMENT ${quoted(traits.comment)}`,
    bodyText(routine, definition),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function returnText({ returns }: CreateFunction): string {
  const type = columnType("", returns, "utf8mb4_0900_ai_ci");
  const isText = "collation" in type && type.collation !== "binary";
  return `${typeText(type)}${isText ? ` CHARSET ${charsetOf(shownCollation(type))}` : ""}`;
}

function definerText(definer: Definer | null): string {
  const { user, host } = definerOf(definer);
  return `DEFINER=${identifier(user)}@${identifier(host)}`;
}

function identifier(text: string): string {
  return `\`${text.replaceAll("`", "``")}\``;
}
