/**
 * What triggers and functions use is opened with the statement that fires or calls them: their tables, and the names of the
 * procedures and functions that they call, with what those use.
 *
 * MySQL: sql/sql_base.cc: open_and_process_routine; sp.cc: sp_update_stmt_used_routines; Table_trigger_dispatcher::
 * add_tables_and_routines_for_triggers.
 */
import { append } from "../../base/lists.ts";
import type { BodyStatement } from "../../sql/ast_routine.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Exec } from "../context.ts";
import type { Server } from "../server.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { TableUse } from "../session/table_use.ts";
import type { StoredRoutine } from "./functions.ts";
import { keyOf, type Procedure, type RoutinePlace, type Routines } from "./procedures.ts";
import { callsIn, functionsIn, usesIn } from "./trigger_body.ts";

/** The tables, those of procedures and functions among them; locks the names of these. */
export function* usesOfTriggers(
  server: Server,
  session: Session,
  table: Pick<CatalogTable, "schema" | "name">,
  changes: TableUse["changes"],
): Exec<readonly TableUse[]> {
  const triggers = server.catalog
    .triggersOf(table.schema, table.name)
    .filter(({ definition }) => changes.includes(definition.event));
  return yield* usesOfBodies(
    server,
    session,
    triggers.map(({ schema, definition }) => ({ schema, body: definition.body })),
  );
}

/** The same for the functions that a statement calls. */
export function* usesOfFunctions(
  server: Server,
  session: Session,
  statement: unknown,
): Exec<readonly TableUse[]> {
  const seen = new Set<string>();
  const bodies = yield* lockFunctions(
    server,
    session,
    { schema: session.database, node: statement },
    seen,
  );
  return yield* usesOfBodies(server, session, bodies, seen);
}

interface RoutineBody {
  readonly schema: string;
  readonly body: BodyStatement;
}

function* usesOfBodies(
  server: Server,
  session: Session,
  first: readonly RoutineBody[],
  seen = new Set<string>(),
): Exec<readonly TableUse[]> {
  const uses: TableUse[] = [];
  const bodies = [...first];
  for (let next = bodies.shift(); next !== undefined; next = bodies.shift()) {
    const { schema, body } = next;
    append(
      uses,
      usesIn(body).map((use) => ({ ...use, schema: use.schema ?? schema })),
    );
    for (const { name } of callsIn(body)) {
      const place = {
        schema: schemaOf(session, name.schema?.text ?? schema),
        name: name.name.text,
      };
      const procedure = yield* lockRoutine(session, server.procedures, place, seen);
      if (procedure !== null) bodies.push(procedure);
    }
    append(bodies, yield* lockFunctions(server, session, { schema, node: body }, seen));
  }
  return uses;
}

function* lockFunctions(
  server: Server,
  session: Session,
  { schema, node }: { readonly schema: string; readonly node: unknown },
  seen: Set<string>,
): Exec<readonly RoutineBody[]> {
  if (server.functions.isEmpty) return [];
  const bodies: RoutineBody[] = [];
  for (const call of functionsIn(node)) {
    const place = { schema: call.schema?.text ?? schema, name: call.name };
    const found = yield* lockRoutine(session, server.functions, place, seen);
    if (found !== null) bodies.push(found);
  }
  return bodies;
}

/** Null for one that was there before, or is none. */
function* lockRoutine(
  session: Session,
  routines: Routines<Procedure | StoredRoutine>,
  place: RoutinePlace,
  seen: Set<string>,
): Exec<RoutineBody | null> {
  const key = routines.lockOf(place);
  const id = `${key.namespace} ${keyOf(place)}`;
  if (seen.has(id)) return null;
  seen.add(id);
  // A function that is not known is looked for, and its name locked, where it is called.
  if (key.namespace === "FUNCTION" && routines.at(place) === undefined) return null;
  const outcome = yield* session.mdl.acquire({ key, mode: "SHARED", duration: "TRANSACTION" });
  if (outcome !== "granted") failMdl(outcome);
  const routine = routines.at(place);
  return routine === undefined ? null : { schema: routine.schema, body: routine.definition.body };
}
