/**
 * How many sessions use a table right now: under LOCK TABLES, or in a statement that is running. A transaction that has used
 * it does not count, nor a statement that waits for a metadata lock; but ALTER TABLE has its table open when it waits for
 * the exclusive one.
 *
 * MySQL: sql/sql_base.cc: list_open_tables (In_use of SHOW OPEN TABLES).
 */
import type { Server } from "../server.ts";
import { tablesOfHandlers } from "./handlers.ts";
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
    for (const { schema, name } of tablesOfHandlers(session)) count(schema, name);
    const isInStatement = session !== asking && session.run !== null;
    if (!isInStatement || session.lockedTables !== null) continue;
    if (session.run?.suspension?.kind === "mdl") continue;
    for (const { schema, name } of session.openTables) count(schema, name);
  }
  for (const { owner, lock, mode, status } of server.mdl.tickets()) {
    if (mode !== "SHARED_UPGRADABLE" || status !== "GRANTED") continue;
    const { schema, name } = lock.key;
    const altering = server.sessions.get(owner.session);
    if (altering?.run?.suspension?.kind === "mdl") count(schema ?? "", name ?? "");
  }
  return (schema, name) => counts.get(`${schema}\0${name}`) ?? 0;
}
