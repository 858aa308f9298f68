/**
 * Rows of information_schema.routines and .triggers, and what SHOW PROCEDURE STATUS, FUNCTION STATUS and TRIGGERS tell of them.
 *
 * MySQL: sql/dd/impl/system_views/{routines,triggers}.cc; sql/dd/info_schema/show.cc.
 * Departure: the routines of the sys schema are left out.
 */
import type { Datum } from "../../innodb/api.ts";
import type { CreateFunction, CreateProcedure } from "../../sql/ast_routine.ts";
import type { Definer } from "../../sql/ast_view.ts";
import { nowText } from "../clock_text.ts";
import { columnType } from "../ddl/column_type.ts";
import type { Routine } from "../routines/frame.ts";
import type { RoutineTimes } from "../routines/procedures.ts";
import { bodyText, definerOf } from "../routines/routine_text.ts";
import type { Trigger } from "../routines/triggers.ts";
import type { Server } from "../server.ts";
import { typeText } from "../show/type_text.ts";
import { charsetOf, shownCollation } from "../types/character_sets.ts";
import { measures } from "./dictionary_rows.ts";
import { words } from "./empty_tables.ts";
import type { SchemaTable } from "./schema_table.ts";

type Stored = Routine & RoutineTimes & { readonly definition: CreateProcedure | CreateFunction };

const COLLATION = "utf8mb4_0900_ai_ci";
const CHARACTER_SETS = ["utf8mb4", COLLATION, COLLATION];

export const ROUTINE_TABLES: readonly SchemaTable[] = [
  {
    name: "TRIGGERS",
    columns: words(
      "TRIGGER_CATALOG TRIGGER_SCHEMA TRIGGER_NAME EVENT_MANIPULATION EVENT_OBJECT_CATALOG EVENT_OBJECT_SCHEMA",
      "EVENT_OBJECT_TABLE #ACTION_ORDER ACTION_CONDITION ACTION_STATEMENT ACTION_ORIENTATION ACTION_TIMING",
      "ACTION_REFERENCE_OLD_TABLE ACTION_REFERENCE_NEW_TABLE ACTION_REFERENCE_OLD_ROW ACTION_REFERENCE_NEW_ROW",
      "@CREATED SQL_MODE DEFINER CHARACTER_SET_CLIENT COLLATION_CONNECTION DATABASE_COLLATION",
    ),
    rows: (server) =>
      allTriggers(server).map(({ trigger, order }) => [
        "def",
        trigger.schema,
        trigger.name,
        trigger.definition.event.toUpperCase(),
        "def",
        trigger.schema,
        trigger.table,
        order,
        null,
        bodyText(trigger, trigger.definition),
        "ROW",
        trigger.definition.timing.toUpperCase(),
        null,
        null,
        "OLD",
        "NEW",
        nowText(trigger.createdMs, 2),
        trigger.sqlMode,
        account(trigger.definition.definer),
        ...CHARACTER_SETS,
      ]),
  },
  {
    name: "ROUTINES",
    columns: words(
      "SPECIFIC_NAME ROUTINE_CATALOG ROUTINE_SCHEMA ROUTINE_NAME ROUTINE_TYPE DATA_TYPE #CHARACTER_MAXIMUM_LENGTH",
      "#CHARACTER_OCTET_LENGTH #NUMERIC_PRECISION #NUMERIC_SCALE #DATETIME_PRECISION CHARACTER_SET_NAME",
      "COLLATION_NAME DTD_IDENTIFIER ROUTINE_BODY ROUTINE_DEFINITION EXTERNAL_NAME EXTERNAL_LANGUAGE",
      "PARAMETER_STYLE IS_DETERMINISTIC SQL_DATA_ACCESS SQL_PATH SECURITY_TYPE @CREATED @LAST_ALTERED SQL_MODE",
      "ROUTINE_COMMENT DEFINER CHARACTER_SET_CLIENT COLLATION_CONNECTION DATABASE_COLLATION",
    ),
    rows: (server) => [...server.functions.all(), ...server.procedures.all()].map(routineRow),
  },
  {
    name: "PARAMETERS",
    columns: words(
      "SPECIFIC_CATALOG SPECIFIC_SCHEMA SPECIFIC_NAME #ORDINAL_POSITION PARAMETER_MODE PARAMETER_NAME DATA_TYPE",
      "#CHARACTER_MAXIMUM_LENGTH #CHARACTER_OCTET_LENGTH #NUMERIC_PRECISION #NUMERIC_SCALE #DATETIME_PRECISION",
      "CHARACTER_SET_NAME COLLATION_NAME DTD_IDENTIFIER ROUTINE_TYPE",
    ),
    rows: (server) =>
      [...server.functions.all(), ...server.procedures.all()].flatMap(parameterRows),
  },
];

/** What a function gives is its parameter 0. */
function parameterRows(routine: Stored): readonly (readonly Datum[])[] {
  const { definition, schema, name } = routine;
  const isFunction = definition.kind === "createFunction";
  const row = (at: number, mode: string | null, named: string | null, measured: Measured) => [
    "def",
    schema,
    name,
    at,
    mode,
    named,
    ...measured,
    kindOf(routine),
  ];
  const parameters = definition.parameters.map((parameter, at) => {
    const mode = "mode" in parameter ? parameter.mode.toUpperCase() : "IN";
    return row(at + 1, mode, parameter.name.text, measuresOf(parameter.type));
  });
  if (!isFunction) return parameters;
  return [row(0, null, null, measuresOf(definition.returns)), ...parameters];
}

function routineRow(routine: Stored): readonly Datum[] {
  const { definition, schema, name } = routine;
  const { deterministic, access, security, comment, definer } = definition.traits;
  return [
    name,
    "def",
    schema,
    name,
    kindOf(routine),
    ...resultOf(definition),
    "SQL",
    bodyText(routine, definition),
    null,
    "SQL",
    "SQL",
    deterministic ? "YES" : "NO",
    access,
    null,
    security,
    nowText(routine.createdMs),
    nowText(routine.changedMs),
    routine.sqlMode,
    comment,
    account(definer),
    ...CHARACTER_SETS,
  ];
}

/** The type a function gives. */
function resultOf(definition: CreateProcedure | CreateFunction): readonly Datum[] {
  if (definition.kind === "createProcedure") {
    return ["", null, null, null, null, null, null, null, null];
  }
  return measuresOf(definition.returns);
}

type Measured = readonly Datum[];

/** A type's name, measures, character set, and the type whole. */
function measuresOf(written: CreateFunction["returns"]): Measured {
  const type = columnType("", written, COLLATION);
  const whole = typeText(type);
  const isText = "collation" in type && type.collation !== "binary";
  const own = isText ? [charsetOf(shownCollation(type)), shownCollation(type)] : [null, null];
  return [whole.replace(/[( ].*/s, ""), ...measures(type), ...own, whole];
}

/** In the order of their tables and of their firing, each with its place among those that fire with it. */
function allTriggers(
  server: Server,
): readonly { readonly trigger: Trigger; readonly order: number }[] {
  return server.catalog.allTables().flatMap(({ schema, name }) => {
    const triggers = server.catalog.triggersOf(schema, name);
    return triggers.map((trigger, at) => {
      const { timing, event } = trigger.definition;
      const isWith = ({ definition }: Trigger): boolean =>
        definition.timing === timing && definition.event === event;
      return { trigger, order: triggers.slice(0, at + 1).filter(isWith).length };
    });
  });
}

/** Of SHOW PROCEDURE STATUS and SHOW FUNCTION STATUS. */
export function routineStatus(routines: readonly Stored[]): (string | null)[][] {
  return routines.map((routine) => [
    routine.schema,
    routine.name,
    kindOf(routine),
    "SQL",
    account(routine.definition.traits.definer),
    nowText(routine.changedMs),
    nowText(routine.createdMs),
    routine.definition.traits.security,
    routine.definition.traits.comment,
    ...CHARACTER_SETS,
  ]);
}

/** Of SHOW TRIGGERS, whose LIKE is about the table. */
export function triggerStatus(server: Server, schema: string): (string | null)[][] {
  return allTriggers(server)
    .filter(({ trigger }) => trigger.schema === schema)
    .map(({ trigger }) => [
      trigger.name,
      trigger.definition.event.toUpperCase(),
      trigger.table,
      bodyText(trigger, trigger.definition),
      trigger.definition.timing.toUpperCase(),
      nowText(trigger.createdMs, 2),
      trigger.sqlMode,
      account(trigger.definition.definer),
      ...CHARACTER_SETS,
    ]);
}

function kindOf({ definition }: Stored): string {
  return definition.kind === "createFunction" ? "FUNCTION" : "PROCEDURE";
}

function account(definer: Definer | null): string {
  const { user, host } = definerOf(definer);
  return `${user}@${host}`;
}
