/**
 * How many sessions use a table right now: under LOCK TABLES, or in a statement that is running. A transaction that has used
 * it does not count.
 *
 * MySQL: sql/sql_base.cc: list_open_tables (In_use of SHOW OPEN TABLES).
 */
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";

export function tablesInUse(
  server: Server,
  asking: Session,
): (schema: string, name: string) => number {
  const counts = new Map<string, number>();
  const count = (schema: string, name: string) => {
    const key = `${schema}\0${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const session of server.sessions.values()) {
    if (session.isGone) continue;
    for (const { schema, name } of session.lockedTables ?? []) count(schema, name);
    const isInStatement = session !== asking && session.run !== null;
    if (!isInStatement || session.lockedTables !== null) continue;
    if (session.run?.suspension?.kind === "mdl") continue;
    for (const { schema, name } of session.openTables) count(schema, name);
  }
  return (schema, name) => counts.get(`${schema}\0${name}`) ?? 0;
}
