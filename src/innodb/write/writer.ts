/**
 * What the writing functions share, and how they ask for locks.
 *
 *   attempt ── lock granted ──▶ change, done
 *      ▲  └── must wait ──▶ LockSystem.wait (yields to the scheduler) ── granted ──┐
 *      └────────────────── search again: the world may have changed ◀─────────────┘
 *
 * InnoDB: row_mysql_handle_errors (row0mysql.cc): after DB_LOCK_WAIT the step runs again from a fresh search.
 */
import { unreachable } from "../../base/assert.ts";
import type { DbError, Steps } from "../api.ts";
import type { Storage } from "../storage.ts";
import type { LockOutcome, Table, TrxImpl } from "../types.ts";

/** Who writes: one per handler. */
export interface Writer {
  readonly storage: Storage;
  trx: TrxImpl;
  /** InnoDB: row_allow_duplicates: REPLACE and ON DUPLICATE KEY UPDATE lock duplicates X, not S. */
  allowDuplicates: boolean;
  /** Tables that this handler has asked an IX lock on. */
  ixLocked: Table[];
}

/** "again": there was a wait, the step starts over. */
export type LockResult = "granted" | "again" | DbError;

export function isGranted(outcome: LockOutcome): boolean {
  return outcome.kind === "granted" || outcome.kind === "alreadyHeld";
}

/** Waits as needed; asked where the lock was not granted at once. */
export function* obtain(writer: Writer, outcome: LockOutcome): Steps<LockResult> {
  switch (outcome.kind) {
    case "granted":
    case "alreadyHeld":
      return "granted";
    case "wait": {
      const error = yield* writer.storage.context.locks().wait(writer.trx, outcome.wait);
      return error ?? "again";
    }
    case "refused":
      return { err: "lockNowait" };
    case "deadlock":
      return { err: "deadlock" };
    default:
      return unreachable(outcome);
  }
}
