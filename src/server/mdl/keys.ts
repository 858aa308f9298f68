/** What metadata locks are on: the server, backups, a schema, a table. */
import type { MdlKey } from "./locks.ts";

export const GLOBAL_KEY = { namespace: "GLOBAL", schema: null, name: null } as const;
export const BACKUP_KEY = { namespace: "BACKUP LOCK", schema: null, name: null } as const;

export function schemaKey(schema: string): MdlKey {
  return { namespace: "SCHEMA", schema, name: null };
}

export function tableKey(schema: string, name: string): MdlKey {
  return { namespace: "TABLE", schema, name };
}
