/**
 * What the recorder of the transcripts sees after a step: data_locks, data_lock_waits, metadata_locks and the states of the
 * blocked sessions, as sorted lists of texts.
 */
import { intMapGet } from "../base/int_map.ts";
import type { SessionName, TrxRef } from "../trace/ids.ts";
import { lockDataOf } from "../trace/state_locks.ts";
import { ticketState } from "./mdl/locks.ts";
import { allLocks, isRecLock, lockModeText } from "./schema_tables/lock_rows.ts";
import type { Server } from "./server.ts";

export interface Observation {
  /** "A t.PRIMARY X,REC_NOT_GAP GRANTED @ 5", "A t IX GRANTED". */
  readonly locks: readonly string[];
  /** [waiting session, blocking session]. */
  readonly waits: readonly (readonly [string, string])[];
  /** "B TABLE t SHARED_WRITE TRANSACTION GRANTED". */
  readonly mdl: readonly string[];
  /** For each blocked session the state that SHOW PROCESSLIST shows. */
  readonly blocked: Readonly<Record<string, string>>;
}

export function observe(
  server: Server,
  options: { readonly database: string; readonly leaveOut: SessionName },
): Observation {
  return {
    locks: lockTexts(server, options.database),
    waits: waitPairs(server),
    mdl: mdlTexts(server, options),
    blocked: blockedStates(server),
  };
}

function lockTexts(server: Server, database: string): string[] {
  const dump = server.engine.dump();
  const makers = server.engine.lockMakers();
  return allLocks(server)
    .filter((lock) => intMapGet(dump.tables, lock.table)?.schema === database)
    .filter((lock) => isThere(server, makers.get(lock.struct) ?? lock.session))
    .map((lock) => {
      const status = lock.status === "granted" ? "GRANTED" : "WAITING";
      const mode = `${lockModeText(lock)} ${status}`;
      return isRecLock(lock)
        ? `${ownerOf(server, lock.session)} ${lock.tableName}.${lock.indexName} ${mode} @ ${lockDataOf(dump.recs, lock)}`
        : `${ownerOf(server, lock.session)} ${lock.tableName} ${mode}`;
    })
    .sort();
}

/**
 * The recorder joins data_locks with threads: what a prepared XA transaction keeps has none any more, nor has a lock that
 * another session has made explicit, and then left.
 */
function isThere({ sessions }: Server, name: SessionName): boolean {
  return sessions.get(name)?.isGone !== true;
}

function ownerOf(server: Server, name: SessionName): string {
  return isThere(server, name) ? name : "?";
}

function waitPairs(server: Server): [string, string][] {
  const { trxs } = server.engine.dump();
  const pairs = new Map<string, [string, string]>();
  const nameOf = (trx: TrxRef): string => {
    const name = intMapGet(trxs, trx)?.session;
    return name === undefined ? "?" : ownerOf(server, name);
  };
  for (const { waiting, blocking } of server.engine.lockWaits()) {
    const pair: [string, string] = [nameOf(waiting), nameOf(blocking)];
    pairs.set(pair.join(), pair);
  }
  return [...pairs.values()].sort();
}

function mdlTexts(
  server: Server,
  { database, leaveOut }: { readonly database: string; readonly leaveOut: SessionName },
): string[] {
  return [...server.mdl.tickets()]
    .map(ticketState)
    .filter((lock) => lock.session !== leaveOut && isThere(server, lock.session))
    .filter(
      (lock) =>
        lock.schema === database || lock.namespace === "GLOBAL" || lock.namespace === "COMMIT",
    )
    .map((lock) => {
      const name = lock.name === null ? "" : ` ${lock.name.replace(/^#sql-.*/, "#sql")}`;
      return `${lock.session} ${lock.namespace}${name} ${lock.mode} ${lock.duration} ${lock.status}`;
    })
    .sort();
}

function blockedStates(server: Server): Record<string, string> {
  const waiting = [...server.sessions.values()].filter((session) => session.run !== null);
  return Object.fromEntries(
    waiting.map((session): [string, string] => [session.name, session.processState]).sort(),
  );
}
