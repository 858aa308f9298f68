/**
 * A lock asked for by a read, its wait included, and the "mini-rollback" of locks that a row did not deserve.
 *
 * InnoDB: sel_set_rec_lock, row_mysql_handle_errors (row0sel.cc, row0mysql.cc), row_prebuilt_t::try_unlock.
 */
import { assert, unreachable } from "../../base/assert.ts";
import type { LockReason } from "../../trace/events.ts";
import type { RecLockShape } from "../../trace/state.ts";
import type { DbError, Steps } from "../api.ts";
import type { LockOutcome, Prebuilt, Rec } from "../types.ts";
import type { ReadState } from "./read_state.ts";

/**
 * "new": a lock was set; "held": none was needed; "skipped": SKIP LOCKED; "waited": a wait is over, the caller looks
 * at the record again.
 */
export type LockStep = "new" | "held" | "skipped" | "waited" | DbError;

export function* lockRec(
  state: ReadState,
  rec: Rec,
  shape: RecLockShape,
  onConflict: Prebuilt["onConflict"],
  why: LockReason,
): Steps<LockStep> {
  const { trx, lockMode } = state.prebuilt;
  assert(lockMode !== "none", "a consistent read locks nothing");
  const outcome = state.context.locks().read(trx, rec, lockMode, shape, onConflict, why);
  return yield* afterRequest(state, outcome, onConflict);
}

/** The table's IS or IX lock, before the first locking read of a statement. */
export function* lockTableForRead(state: ReadState): Steps<DbError | null> {
  const { trx, table, lockMode } = state.prebuilt;
  const mode = lockMode === "S" ? "IS" : "IX";
  for (;;) {
    const outcome = state.context.locks().table(trx, table, mode, "table");
    const step = yield* afterRequest(state, outcome, "wait");
    if (typeof step === "object") return step;
    if (step !== "waited") return null;
  }
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

function* afterRequest(
  state: ReadState,
  outcome: LockOutcome,
  onConflict: Prebuilt["onConflict"],
): Steps<LockStep> {
  switch (outcome.kind) {
    case "granted":
      return "new";
    case "alreadyHeld":
      return "held";
    case "refused":
      return onConflict === "nowait" ? { err: "lockNowait" } : "skipped";
    case "deadlock":
      return { err: "deadlock" };
    case "wait": {
      const error = yield* state.context.locks().wait(state.prebuilt.trx, outcome.wait);
      return error ?? "waited";
    }
    default:
      return unreachable(outcome);
  }
}
