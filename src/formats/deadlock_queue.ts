/**
 * Who waits for nothing but the place of another in the queue: a request on a record waits for those before it that do not go
 * with it, and be they waiting themselves. So a transaction that holds nothing can be in a circle:
 *
 *     (2)  holds X on the record
 *     (1)  asks for X there          waits for (2)
 *     (2)  asks for more there       waits behind (1)
 *
 * InnoDB: lock0lock.cc: lock_rec_other_has_conflicting, rec_lock_check_conflict.
 */
import type { LogLock, LogRecord, LogTrx } from "./deadlock_log.ts";

/** Whether `asking` waits for what `queued`, of which the log shows no lock that is held, waits for itself. */
export function isQueuedBehind(asking: LogTrx, queued: LogTrx): boolean {
  const [asked, there] = [asking.waits, queued.waits];
  if (asked === null || there === null || !isOnSameRecord(asked, there)) return false;
  if (!keepsOut(there, asked)) return false;
  // The one row lock that it has is the one that it waits for.
  if (queued.rowLocks === 1) return true;
  // Else it may hold another on the record, if that goes with what the other one holds there.
  const held = asking.holds.filter((lock) => isOnSameRecord(lock, asked));
  return (
    !asked.isInsertIntention && held.some(({ mode, shape }) => mode === "X" && shape !== "gap")
  );
}

/** Whether `asking` holds the record itself and wants more of it than that, while `queued` waits there. */
export function isAskingAgain(asking: LogTrx, queued: LogTrx): boolean {
  const { holds, waits } = asking;
  if (waits === null || waits.isInsertIntention || queued.holds.length > 0) return false;
  const isHeld = holds.some((lock) => lock.shape !== "gap" && isOnSameRecord(lock, waits));
  return isHeld && isQueuedBehind(asking, queued);
}

/** Of two locks whose records the log does not print it is thought that they are on the same. */
export function isOnSameRecord(one: LogLock, other: LogLock): boolean {
  if (one.table !== other.table || one.index !== other.index || one.index === null) return false;
  if (one.records.length === 0 || other.records.length === 0) return true;
  const places = new Set(one.records.map(placeOf));
  return other.records.some((rec) => places.has(placeOf(rec)));
}

function placeOf({ fields }: LogRecord): string {
  return fields.map((field) => field?.named ?? field?.bytes.join(".") ?? "NULL").join();
}

/** Whether a request that stands in the queue makes a later one wait. */
function keepsOut(there: LogLock, asked: LogLock): boolean {
  if (there.mode === "S" && asked.mode === "S") return false;
  if (there.isInsertIntention) return false;
  if (asked.isInsertIntention) return there.shape !== "recNotGap";
  return asked.shape !== "gap" && there.shape !== "gap";
}
