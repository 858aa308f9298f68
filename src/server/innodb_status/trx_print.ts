/**
 * Transactions as SHOW ENGINE INNODB STATUS prints them.
 *
 * InnoDB: trx0trx.cc: trx_print_low; lock0lock.cc: lock_print_info_all_transactions; innobase_mysql_print_thd.
 * Departure: thread handles are made up, query ids are statement ids.
 */

import { intMapGet, intMapValues } from "../../base/int_map.ts";
import { append } from "../../base/lists.ts";
import type { EngineDump, Trx } from "../../innodb/api.ts";
import type { TrxState } from "../../trace/state.ts";
import { trxNumber } from "../schema_tables/trx_number.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { lockText } from "./lock_print.ts";

/** "TRANSACTION 99401, ACTIVE 0 sec starting index read" and the lines below it. */
export function trxText(server: Server, dump: EngineDump, trx: TrxState): string {
  const session = server.sessions.get(trx.session);
  const activeS = Math.floor((server.log.nowMs - trx.startedMs) / 1000);
  const doing = session?.run ? (session.trx?.operation ?? "") : "";
  const lines = [`TRANSACTION ${trxNumber(trx)}, ACTIVE ${activeS} sec ${doing}`.trimEnd()];
  const uses = session?.openTables.length ?? 0;
  if (session?.run && uses > 0) lines.push(`mysql tables in use ${uses}, locked ${uses}`);
  lines.push(lockCounts(dump, trx, session?.trx ?? null));
  if (session !== undefined) lines.push(threadText(server, session));
  if (session?.run) lines.push(session.run.sql);
  return lines.join("\n");
}

/** The TRANSACTIONS section. */
export function transactionsText(server: Server): string {
  const dump = server.engine.dump();
  const next = dump.nextTrxId;
  const lines = [
    `Trx id counter ${next}`,
    `Purge done for trx's n:o < ${dump.history[0]?.trxNo ?? next} undo n:o < 0 state: running but idle`,
    `History list length ${dump.history.length}`,
    "LIST OF TRANSACTIONS FOR EACH SESSION:",
  ];
  for (const session of server.sessions.values()) {
    if (session.isGone || session.trx !== null) continue;
    const number = trxNumber({ id: 0 as TrxState["id"], ref: session.connectionId as never });
    lines.push(
      `---TRANSACTION ${number}, not started`,
      "0 lock struct(s), heap size 1128, 0 row lock(s)",
    );
  }
  const withLocks = server.globals.isOn("innodb_status_output_locks");
  for (const trx of readWrite(dump)) {
    lines.push(`---${trxText(server, dump, trx)}`);
    append(lines, viewLines(dump, trx));
    append(lines, waitLines(server, dump, trx));
    if (withLocks) append(lines, lockLines(dump, trx));
  }
  return lines.join("\n");
}

/** Newest first; one that has only read has no number, and is not on the list: trx_sys->rw_trx_list. */
function readWrite(dump: EngineDump): readonly TrxState[] {
  const started = [...intMapValues(dump.trxs)].filter(({ id }) => id !== 0);
  return started.sort((a, b) => b.id - a.id);
}

function viewLines(dump: EngineDump, { readView }: TrxState): string[] {
  const view = readView === null ? undefined : intMapGet(dump.readViews, readView);
  if (view === undefined) return [];
  const { lowLimitId, upLimitId } = view;
  return [`Trx read view will not see trx with id >= ${lowLimitId}, sees < ${upLimitId}`];
}

function waitLines(server: Server, dump: EngineDump, trx: TrxState): string[] {
  if (trx.waitsFor === null) return [];
  const lock = intMapGet(dump.recLocks, trx.waitsFor) ?? intMapGet(dump.tableLocks, trx.waitsFor);
  if (lock === undefined) return [];
  const sinceMs = server.sessions.get(trx.session)?.run?.waits.at(-1)?.fromMs ?? server.log.nowMs;
  const seconds = Math.floor((server.log.nowMs - sinceMs) / 1000);
  return [
    `------- TRX HAS BEEN WAITING ${seconds} SEC FOR THIS LOCK TO BE GRANTED:`,
    lockText(dump, lock, trxNumber(trx)),
    "------------------",
  ];
}

function lockLines(dump: EngineDump, trx: TrxState): string[] {
  const table = [...intMapValues(dump.tableLocks)].filter((lock) => lock.trx === trx.ref);
  const rec = [...intMapValues(dump.recLocks)].filter((lock) => lock.trx === trx.ref);
  const structs = new Map(rec.map((lock) => [lock.struct, lock]));
  return [...table, ...structs.values()].map((lock) => lockText(dump, lock, trxNumber(trx)));
}

function lockCounts(dump: EngineDump, trx: TrxState, own: Trx | null): string {
  const rec = [...intMapValues(dump.recLocks)].filter((lock) => lock.trx === trx.ref);
  const waits = trx.waitsFor === null ? "" : "LOCK WAIT ";
  const undo = trx.undoCount === 0 ? "" : `, undo log entries ${trx.undoCount}`;
  const rows = rec.length + (own?.recLocksGivenUp ?? 0);
  return `${waits}${own?.lockStructs ?? 0} lock struct(s), heap size 1128, ${rows} row lock(s)${undo}`;
}

const THREAD_HANDLE = 140_000_000_000_000;

function threadText(server: Server, session: Session): string {
  const { connectionId } = session;
  const handle = THREAD_HANDLE + connectionId * 1_056_768;
  const query = server.history.of(session).at(-1)?.id ?? 0;
  return `MySQL thread id ${connectionId}, OS thread handle ${handle}, query id ${query} localhost root ${session.processState}`.trimEnd();
}
