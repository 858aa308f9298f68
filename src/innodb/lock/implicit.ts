/**
 * Implicit locks: who changed a record holds X on it without a lock struct, until somebody asks.
 *
 *   clustered record:  DB_TRX_ID names the holder, if that transaction is active
 *   secondary record:  a look at PAGE_MAX_TRX_ID; when an active transaction may have written there, at the versions
 *                      of the clustered record
 *
 * InnoDB: lock_rec_convert_impl_to_expl, lock_clust_rec_some_has_impl, lock_sec_rec_some_has_impl (lock0lock.cc).
 */
import type { Rec, TrxImpl } from "../types.ts";
import { rowVersImplXLocked } from "../versions.ts";
import { recLockState } from "./describe.ts";
import type { LockSys } from "./lock_sys.ts";
import { addToQueue, explicitLock } from "./queue.ts";

/** Whoever asks for a lock on a record first gives its implicit holder an explicit one; its own as well. */
export function convertImplicit(sys: LockSys, rec: Rec): void {
  if (rec.kind !== "user") return;
  const holder = implicitHolder(sys, rec);
  if (holder === null || explicitLock(holder, rec, "X", "recNotGap") !== null) return;
  const type = { mode: "X", shape: "recNotGap", insertIntention: false } as const;
  const { lock, bit } = addToQueue(sys, holder, rec, type, false);
  sys.context.emit({
    type: "lock.granted",
    lock: recLockState(sys, lock, bit),
    why: "implicitMadeExplicit",
    rule: rec.page.index.clustered ? "dbTrxIdIsActive" : "clusteredVersionIsActive",
  });
}

/** The active transaction that holds X on the record implicitly, made explicit or not. */
export function implicitHolder(sys: LockSys, rec: Rec): TrxImpl | null {
  if (rec.kind !== "user") return null;
  if (rec.page.index.clustered) return sys.context.activeTrx(rec.trxId);
  if (!mayHaveActiveWriter(sys, rec)) return null;
  return rowVersImplXLocked(sys.context, rec);
}

/** InnoDB: can_older_trx_be_still_active(PAGE_MAX_TRX_ID). */
function mayHaveActiveWriter(sys: LockSys, rec: Rec): boolean {
  for (const trx of sys.context.trxs) {
    if (trx.id !== 0 && trx.id <= rec.page.maxTrxId) return true;
  }
  return false;
}
