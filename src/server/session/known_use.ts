/**
 * What the dictionary says about a table of a statement, remembered by the session from one statement to the next.
 *
 * MySQL: the table definition cache and the session's ticket store find it as quickly.
 */
import type { MdlMode } from "../../trace/state.ts";
import type { Catalog, CatalogTable } from "../catalog/catalog.ts";
import { tableKey } from "../mdl/keys.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { directUses } from "./foreign_key_uses.ts";
import type { Session } from "./session.ts";
import type { TableUse } from "./table_use.ts";

/** It holds as long as no definition changes. */
export interface KnownUse {
  readonly use: TableUse;
  readonly version: number;
  readonly database: string;
  readonly table: CatalogTable;
  /** A change of it opens other tables, for its triggers or its foreign keys. */
  readonly hasTriggers: boolean;
  readonly hasRelatives: boolean;
  readonly request: MdlRequest;
  readonly opened: Session["openTables"][number];
  /** The catalog's definitions among which its own was cached; -1: among none. */
  cachedIn: number;
}

/** Its definition is in the table definition cache. */
export function isCached(catalog: Catalog, known: KnownUse): boolean {
  if (known.cachedIn === catalog.definitions) return true;
  if (!catalog.hasDefinition(known.opened.schema, known.use.name)) return false;
  known.cachedIn = catalog.definitions;
  return true;
}

/** A kept statement has the same uses each time, so that the session's last one is remembered. Null: there is no such table. */
export function knownUse(server: Server, session: Session, use: TableUse): KnownUse | null {
  const { catalog } = server;
  const { version } = catalog;
  const { database, lastUse } = session;
  const isSame = lastUse?.use === use && lastUse.version === version;
  if (isSame && lastUse.database === database) return lastUse;
  const schema = use.schema ?? database;
  const table = schema === "" ? null : catalog.table(schema, use.name);
  if (table === null) return null;
  const key = tableKey(schema, use.name);
  const opensFor = use.opensFor ?? use.changes;
  session.lastUse = {
    use,
    version,
    database,
    table,
    hasTriggers: opensFor.length > 0 && catalog.triggersOf(schema, use.name).length > 0,
    hasRelatives: opensFor.length > 0 && directUses(server, table, opensFor).length > 0,
    request: { key, mode: modeOf(use, false), duration: "TRANSACTION" },
    opened: { schema, name: use.name, isNamed: true },
    cachedIn: -1,
  };
  return session.lastUse;
}

/** The metadata lock that the use wants; `isLow`: low_priority_updates. */
export function modeOf({ lock, lowPriority = false }: TableUse, isLow: boolean): MdlMode {
  if (lock === "handler") return "SHARED";
  if (lock === "read") return "SHARED_READ";
  return (lowPriority ?? isLow) ? "SHARED_WRITE_LOW_PRIO" : "SHARED_WRITE";
}
