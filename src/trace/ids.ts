/**
 * Ids of everything the trace talks about. They are small numbers handed out in order by the simulated
 * server, so that the same script gives the same trace, byte for byte.
 */
import type { Brand } from "../base/brand.ts";

/** A session's name in the scenario, a letter from "A" to "H" on the page; the set-up runs in a session named "setup". */
export type SessionName = Brand<string, "SessionName">;
/** What CONNECTION_ID() returns. */
export type ConnectionId = Brand<number, "ConnectionId">;
/** The n-th statement that the server was given, from 1. */
export type StatementId = Brand<number, "StatementId">;
/** A transaction object (InnoDB: trx_t), from 1; read-only transactions have one but no TrxId. */
export type TrxRef = Brand<number, "TrxRef">;
/** A transaction id (InnoDB: trx_id_t) as stored in DB_TRX_ID; 0 means "none assigned". */
export type TrxId = Brand<number, "TrxId">;
/** The first one that the simulated server gives out: three digits, so that ids do not look like keys. */
export const FIRST_TRX_ID = 101 as TrxId;
/** Serialisation number given at commit (InnoDB: trx_t::no); purge goes by it. */
export type TrxNo = Brand<number, "TrxNo">;
export type TableId = Brand<number, "TableId">;
export type IndexId = Brand<number, "IndexId">;
export type PageNo = Brand<number, "PageNo">;
/** One physical record on an index page, infimum and supremum of each page included. */
export type RecId = Brand<number, "RecId">;
/** One row of performance_schema.data_locks: a table lock, or one record of a record lock struct. */
export type LockId = Brand<number, "LockId">;
/** InnoDB: lock_t; one per transaction, page, mode and shape. The deadlock weight counts these. */
export type LockStructId = Brand<number, "LockStructId">;
export type MdlId = Brand<number, "MdlId">;
export type ReadViewId = Brand<number, "ReadViewId">;
/** Names one undo record (DB_ROLL_PTR points at it), from 1; 0 means "no older version". */
export type RollPtr = Brand<number, "RollPtr">;
/** Position of an event in the trace, from 0 without holes. */
export type EventSeq = Brand<number, "EventSeq">;
