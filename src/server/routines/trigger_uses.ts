/**
 * What triggers use is opened with the statement that fires them: their tables, and the names of the procedures that they
 * call, with what those use.
 *
 * MySQL: sql/sql_base.cc: open_and_process_routine; sp.cc: sp_update_stmt_used_routines; Table_trigger_dispatcher::
 * add_tables_and_routines_for_triggers.
 */
import { append } from "../../base/lists.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Exec } from "../context.ts";
import type { MdlKey } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { TableUse } from "../session/table_use.ts";
import { callsIn, usesIn } from "./trigger_body.ts";

/** The tables, those of procedures among them; locks the procedures' names. */
export function* usesOfTriggers(
  server: Server,
  session: Session,
  table: Pick<CatalogTable, "schema" | "name">,
  changes: TableUse["changes"],
): Exec<readonly TableUse[]> {
  const triggers = server.catalog
    .triggersOf(table.schema, table.name)
    .filter(({ definition }) => changes.includes(definition.event));
  const uses: TableUse[] = [];
  const bodies = triggers.map(({ schema, definition }) => ({ schema, body: definition.body }));
  const seen = new Set<string>();
  for (let next = bodies.shift(); next !== undefined; next = bodies.shift()) {
    const { schema, body } = next;
    append(
      uses,
      usesIn(body).map((use) => ({ ...use, schema: use.schema ?? schema })),
    );
    for (const call of callsIn(body)) {
      const place = {
        schema: schemaOf(session, call.name.schema?.text ?? schema),
        name: call.name.name.text,
      };
      const key = `${place.schema}.${place.name.toLowerCase()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield* lockProcedure(session, server.procedures.lockOf(place));
      const procedure = server.procedures.at(place);
      if (procedure === undefined) continue;
      bodies.push({ schema: procedure.schema, body: procedure.definition.body });
    }
  }
  return uses;
}

function* lockProcedure(session: Session, key: MdlKey): Exec<void> {
  const outcome = yield* session.mdl.acquire({ key, mode: "SHARED", duration: "TRANSACTION" });
  if (outcome !== "granted") failMdl(outcome);
}
