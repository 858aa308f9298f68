/**
 * A lock asked for by a read, its wait included, and the "mini-rollback" of locks that a row did not deserve.
 *
 * InnoDB: sel_set_rec_lock, row_mysql_handle_errors (row0sel.cc, row0mysql.cc), row_prebuilt_t::try_unlock.
 */
import { assert, unreachable } from "../../base/assert.ts";
import type { LockReason } from "../../trace/events.ts";
import type { RecLockShape } from "../../trace/state.ts";
import type { DbError, LockWait } from "../api.ts";
import type { Prebuilt } from "../prebuilt.ts";
import type { LockOutcome, Rec } from "../types.ts";
import type { ReadState } from "./read_state.ts";

/**
 * "new": a lock was set; "held": none was needed; "skipped": SKIP LOCKED. After a wait the record is looked at again
 * (InnoDB: DB_LOCK_WAIT, lock_wait_or_error).
 */
export type LockStep = "new" | "held" | "skipped" | LockWait | DbError;

export function isWait(step: unknown): step is LockWait {
  return typeof step === "object" && step !== null && "kind" in step;
}

/** Asks for the record in the read's own mode; never of a consistent read. */
export function lockRec(
  state: ReadState,
  rec: Rec,
  shape: RecLockShape,
  onConflict: Prebuilt["onConflict"],
  why: LockReason,
): LockStep {
  const { trx, lockMode, foreignKey } = state.prebuilt;
  assert(lockMode !== "none", "a consistent read locks nothing");
  const outcome = state.context
    .locks()
    .read(trx, rec, lockMode, shape, onConflict, why, foreignKey);
  return afterRequest(outcome, onConflict);
}

/** The table's IS or IX lock, before the first locking read of a statement; asked for again after a wait. */
export function lockTableForRead(state: ReadState): LockStep {
  const { trx, table, lockMode, foreignKey } = state.prebuilt;
  const mode = lockMode === "S" ? "IS" : "IX";
  const outcome = state.context.locks().table(trx, table, mode, "table", foreignKey);
  return afterRequest(outcome, "wait");
}

/** Gives back the record locks that the last row newly cost; they are set under READ COMMITTED and below only. */
export function tryUnlock(state: ReadState): void {
  const { trx, lockMode } = state.prebuilt;
  const locks = state.context.locks();
  for (const rec of [state.newLock, state.newClustLock]) {
    if (rec !== null && !rec.gone && lockMode !== "none") {
      locks.unlockRow(trx, rec, lockMode, "unlockRow");
    }
  }
  forgetNewLocks(state);
}

export function forgetNewLocks(state: ReadState): void {
  state.newLock = null;
  state.newClustLock = null;
}

function afterRequest(outcome: LockOutcome, onConflict: Prebuilt["onConflict"]): LockStep {
  switch (outcome.kind) {
    case "granted":
      return "new";
    case "alreadyHeld":
      return "held";
    case "refused":
      return onConflict === "nowait" ? { err: "lockNowait" } : "skipped";
    case "deadlock":
      return { err: "deadlock" };
    case "wait":
      return outcome.wait;
    default:
      return unreachable(outcome);
  }
}
