/** Brings the definitions of a statement's tables into the cache, as an EXPLAIN of it by somebody else would. */
import { parseStatement } from "../../sql/parser.ts";
import { tablesOf } from "../exec/tables_of.ts";
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";

export function loadDefinitions(server: Server, session: Session, sql: string): void {
  const result = parseStatement(sql);
  if (!result.ok) return;
  const { kind } = result.statement;
  if (kind !== "select" && kind !== "insert" && kind !== "update" && kind !== "delete") return;
  const isHeldBack = [...server.sessions.values()].some((one) => one.holdsGlobalReadLock);
  for (const { schema, name, lock } of tablesOf(result.statement)) {
    // A change is explained under the locks that it takes itself.
    if (isHeldBack && lock === "write" && kind !== "select") return;
    const place = schema ?? session.database;
    const isThere = server.catalog.table(place, name) !== null;
    if (isThere && !server.flushed.isOld({ schema: place, name })) {
      server.catalog.cacheDefinition(place, name);
    }
  }
}
