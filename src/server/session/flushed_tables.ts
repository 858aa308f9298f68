/**
 * Tables that FLUSH found in use: an old version that nobody may open any more and that goes with its last user. The FLUSH
 * waits for that, and so does whoever opens the table meanwhile, although its metadata lock is granted.
 *
 *     B  LOCK TABLES t READ       uses t
 *     C  FLUSH TABLES t           t is old; waits for B
 *     D  SELECT * FROM t          TABLE SHARED_READ granted; waits for B
 *     B  UNLOCK TABLES            the old t is gone: C and D go on
 *
 * MySQL: sql/sql_base.cc: close_cached_tables, tdc_remove_table, tdc_wait_for_old_version; sql/table.cc:
 * TABLE_SHARE::wait_for_old_version, TABLE_SHARE::visit_subgraph.
 */
import type { Exec } from "../context.ts";
import type { Server } from "../server.ts";
import { tablesOfHandlers } from "./handlers.ts";
import { failMdl } from "./mdl_failure.ts";
import type { Session } from "./session.ts";

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

interface OldTable extends TableName {
  readonly users: Set<Session>;
}

export class FlushedTables {
  readonly #old = new Map<string, OldTable>();
  readonly #waiting = new Map<Session, OldTable>();
  readonly #onWake: (session: Session) => void;

  constructor(onWake: (session: Session) => void) {
    this.#onWake = onWake;
  }

  /** Those of the tables (null: all) that others use are old from now on; `by` opens its own anew. */
  flush(server: Server, by: Session, tables: readonly TableName[] | null): void {
    const wanted = tables === null ? null : new Set(tables.map(keyOf));
    for (const session of server.sessions.values()) {
      if (session === by || session.isGone) continue;
      for (const table of tablesOf(session)) {
        const key = keyOf(table);
        if (wanted !== null && !wanted.has(key)) continue;
        const { schema, name } = table;
        const old = this.#old.get(key) ?? { schema, name, users: new Set() };
        old.users.add(session);
        this.#old.set(key, old);
      }
    }
  }

  /** Waits until none of the tables (null: no table at all) is old. Throws 1213, 1205, 1317. */
  *waitUntilGone(
    session: Session,
    tables: readonly TableName[] | null,
    isDdl: boolean,
  ): Exec<void> {
    for (;;) {
      const old = this.#firstOld(tables);
      if (old === undefined) return;
      this.#waiting.set(session, old);
      const outcome = yield* session.mdl.waitForOwners({
        owners: () => [...old.users].map((user) => user.mdl),
        isDdl,
        suspension: { kind: "tableFlush", table: old.name },
      });
      this.#waiting.delete(session);
      if (outcome !== "granted") failMdl(outcome);
    }
  }

  get isEmpty(): boolean {
    return this.#old.size === 0;
  }

  isOld(table: TableName): boolean {
    return this.#old.has(keyOf(table));
  }

  /** The session has closed tables: those that it used no longer are gone with their last user. */
  release(session: Session): void {
    if (this.#old.size === 0) return;
    const used = new Set(tablesOf(session).map(keyOf));
    for (const [key, old] of [...this.#old]) {
      if (used.has(key) || !old.users.delete(session) || old.users.size > 0) continue;
      this.#old.delete(key);
      for (const [waiter, awaited] of this.#waiting) {
        if (awaited === old) this.#onWake(waiter);
      }
    }
  }

  #firstOld(tables: readonly TableName[] | null): OldTable | undefined {
    if (tables === null) return this.#old.values().next().value;
    for (const table of tables) {
      const old = this.#old.get(keyOf(table));
      if (old !== undefined) return old;
    }
    return undefined;
  }
}

/** What the session has open: under LOCK TABLES until it unlocks, else while its statement runs; and with HANDLER. */
function tablesOf(session: Session): readonly TableName[] {
  if (session.isGone) return [];
  const used = session.lockedTables ?? session.openTables;
  return session.handlers.size === 0 ? used : [...used, ...tablesOfHandlers(session)];
}

function keyOf({ schema, name }: TableName): string {
  return `${schema}\0${name}`;
}
