/** Brings the definitions of a statement's tables into the cache, as an EXPLAIN of it by somebody else would; of WITH nobody asks. */
import { parseStatement } from "../../sql/parser.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { MysqlFailure } from "../context.ts";
import { readNames } from "../exec/read_views.ts";
import { tablesOf } from "../exec/tables_of.ts";
import { tableKey } from "../mdl/keys.ts";
import { usesIn } from "../routines/trigger_body.ts";
import type { Server } from "../server.ts";
import type { QueryStatement } from "./executor.ts";
import { directUses } from "./foreign_key_uses.ts";
import type { Session } from "./session.ts";
import type { TableUse } from "./table_use.ts";
import { viewPlaceOf } from "./view_place.ts";

export function loadDefinitions(server: Server, session: Session, sql: string): void {
  const result = parseStatement(sql);
  if (!result.ok || /^\s*with\b/i.test(sql)) return;
  const { kind } = result.statement;
  if (kind !== "select" && kind !== "insert" && kind !== "update" && kind !== "delete") return;
  const isHeldBack = [...server.sessions.values()].some((one) => one.holdsGlobalReadLock);
  const uses = [...usesOf(server, session, result.statement)];
  for (const { schema, name, lock, changes } of uses) {
    // A change is explained under the locks that it takes itself.
    if (isHeldBack && lock === "write" && kind !== "select") return;
    const place = schema ?? session.database;
    const mode = kind === "select" || lock === "read" ? "SHARED_READ" : "SHARED_WRITE";
    // It would wait here, and give up.
    if (server.mdl.keepsOut(tableKey(place, name), mode)) return;
    const isThere = server.catalog.hasName(place, name);
    if (isThere && !server.flushed.isOld({ schema: place, name })) {
      server.catalog.cacheDefinition(place, name);
    }
    // Where triggers and foreign keys lead is opened too.
    const table = changes.length === 0 ? null : server.catalog.table(place, name);
    for (const reached of table === null ? [] : reachedFrom(server, table, changes)) {
      const isKnown = uses.some(
        (use) => use.schema === reached.schema && use.name === reached.name,
      );
      if (!isKnown) uses.push(reached);
    }
  }
}

/** The functions that a trigger calls are not looked into. */
function reachedFrom(
  server: Server,
  table: CatalogTable,
  changes: TableUse["changes"],
): readonly TableUse[] {
  const triggers = server.catalog.triggersOf(table.schema, table.name);
  const ofTriggers = triggers
    .filter(({ definition }) => changes.includes(definition.event))
    .flatMap(({ schema, definition }) =>
      usesIn(definition.body).map((use) => ({ ...use, schema: use.schema ?? schema })),
    );
  return [...ofTriggers, ...directUses(server, table, changes)];
}

/** Of a statement that is refused anyway nothing is looked for behind its views. */
function usesOf(server: Server, session: Session, statement: QueryStatement): readonly TableUse[] {
  try {
    return readNames(viewPlaceOf(server, session), statement).uses;
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    return tablesOf(statement);
  }
}
