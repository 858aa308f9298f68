/**
 * A request for a record lock: held already, granted, waiting, or refused.
 *
 *   held and strong enough ──▶ alreadyHeld
 *   record held, next-key asked ──▶ only the gap is added, at once
 *   no conflict ──▶ granted (or left implicit)
 *   conflict ──▶ NOWAIT, SKIP LOCKED: refused; else a waiting request at the queue's end
 *
 * InnoDB: lock_rec_lock, lock_rec_lock_slow, lock_reuse_for_next_key_lock (lock0lock.cc); lock_rec_lock_fast comes to
 * the same result.
 */
import type { ForeignKeyCheck, LockReason } from "../../trace/events.ts";
import { type RecLockType, recModeText } from "../../trace/lock_modes.ts";
import type { LockBit, LockOutcome, Rec, RecLock, TrxImpl } from "../types.ts";
import type { RecRun } from "./api.ts";
import { settle } from "./deadlock.ts";
import { dataOf, recBlocker, recLockState } from "./describe.ts";
import type { LockSys } from "./lock_sys.ts";
import { addToQueue, bitOf, explicitLock, hasLocksOn, setBit } from "./queue.ts";
import { conflictsOn } from "./rec_has_to_wait.ts";
import { enqueueWait, waitOutcome } from "./waiting.ts";

export interface RecRequest {
  readonly trx: TrxImpl;
  readonly rec: Rec;
  readonly type: RecLockType;
  readonly onConflict: "wait" | "nowait" | "skipLocked";
  /** The caller sets DB_TRX_ID: without a conflict no struct is needed. */
  readonly implicit: boolean;
  readonly why: LockReason;
  readonly foreignKey: ForeignKeyCheck | null;
}

export function lockRecord(sys: LockSys, request: RecRequest): LockOutcome {
  const { trx, rec, type } = request;
  if (!hasLocksOn(rec)) {
    const isGap = rec.kind === "supremum" || type.shape === "gap";
    if (!request.implicit) grant(sys, request, type, isGap ? NEVER_WAIT : NO_OTHER);
    return GRANTED;
  }
  const splits = rec.kind === "user" && type.shape === "ordinary";
  const held = type.insertIntention
    ? null
    : explicitLock(trx, rec, type.mode, splits ? "recNotGap" : type.shape);
  if (held !== null) {
    if (splits && held.shape === "recNotGap") return addOnlyGap(sys, request, held);
    return alreadyHeld(sys, request, held);
  }
  const { blockers, bypassed } = conflictsOn(trx, rec, type);
  const [first] = blockers;
  if (first !== undefined) return refuseOrWait(sys, request, first, blockers);
  if (request.implicit && !bypassed) return GRANTED;
  grant(sys, request, type, bypassed ? "bypassesWaiter" : grantRule(request));
  return GRANTED;
}

/**
 * A scan's locks on records of one page, as far as they are not deleted and there is no lock on them, nor an implicit one:
 * where it ends has to be asked for. `each` follows each lock.
 */
export function grantFree<Subject>(
  sys: LockSys,
  trx: TrxImpl,
  run: RecRun,
  type: RecLockType,
  each: (subject: Subject, rec: Rec) => void,
  subject: Subject,
): number {
  const { recs, from, to } = run;
  if (sys.waits.size > 0) return from;
  let lock: RecLock | null = null;
  for (let at = from; at < to; at += 1) {
    const rec = recs[at] as Rec;
    if (rec.deleted || hasLocksOn(rec) || sys.context.activeTrx(rec.trxId) !== null) return at;
    let bit: LockBit;
    if (lock !== null && lock === rec.page.locks[0] && rec.heapNo < lock.nBits) {
      bit = setBit(sys, lock, rec, null);
    } else {
      const placed = addToQueue(sys, trx, rec, type, false);
      lock = placed.lock;
      bit = placed.bit;
    }
    tellGranted(sys, lock, bit, "scan", NO_OTHER, null);
    each(subject, rec);
  }
  return to;
}

const NEVER_WAIT = "gapLocksNeverWait";
const NO_OTHER = "noOtherLock";
const GRANTED: LockOutcome = { kind: "granted" };
const HELD: LockOutcome = { kind: "alreadyHeld" };

function addOnlyGap(sys: LockSys, request: RecRequest, held: RecLock): LockOutcome {
  const { trx, rec, type } = request;
  const gap = { ...type, shape: "gap" } as const;
  const heldGap = explicitLock(trx, rec, type.mode, "gap");
  if (heldGap !== null) return alreadyHeld(sys, request, held);
  grant(sys, request, gap, "onlyGapAdded");
  return HELD;
}

function grant(sys: LockSys, request: RecRequest, type: RecLockType, rule: string): void {
  const { lock, bit, isNew } = addToQueue(sys, request.trx, request.rec, type, false);
  if (!isNew) return;
  tellGranted(sys, lock, bit, request.why, rule, request.foreignKey);
  if (sys.waits.size > 0) settle(sys);
}

function tellGranted(
  sys: LockSys,
  lock: RecLock,
  bit: LockBit,
  why: LockReason,
  rule: string,
  foreignKey: ForeignKeyCheck | null,
): void {
  const { head } = sys.context;
  const granted = {
    type: "lock.granted",
    lock: recLockState(sys, lock, bit),
    why,
    rule,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  } as const;
  sys.context.emit(foreignKey === null ? granted : { ...granted, foreignKey });
}

/** Why a request without a conflict is granted. */
function grantRule({ rec, type, trx }: RecRequest): string {
  if (rec.kind === "supremum" || type.shape === "gap") return NEVER_WAIT;
  for (const lock of rec.page.locks) {
    if (lock.trx !== trx && lock.bits.has(rec.heapNo)) return "compatible";
  }
  return NO_OTHER;
}

function alreadyHeld(sys: LockSys, request: RecRequest, held: RecLock): LockOutcome {
  const { rec, type } = request;
  const { index } = rec.page;
  const { head } = sys.context;
  sys.context.emit({
    type: "lock.alreadyHeld",
    held: bitOf(held, rec).lock,
    heldText: held.modeText,
    asked: recModeText(type),
    data: dataOf(rec),
    indexName: index.name,
    tableName: index.table.def.name,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
  return HELD;
}

function refuseOrWait(
  sys: LockSys,
  request: RecRequest,
  first: RecLock,
  blockers: readonly RecLock[],
): LockOutcome {
  const { trx, rec, type, onConflict } = request;
  if (onConflict !== "wait") {
    const { index } = rec.page;
    sys.context.emit({
      type: "lock.refused",
      asked: recModeText(type),
      data: dataOf(rec),
      indexName: index.name,
      tableName: index.table.def.name,
      blockers: blockers.map((lock) => recBlocker(lock, rec)),
      mode: onConflict,
    });
    return { kind: "refused" };
  }
  const { lock, bit } = addToQueue(sys, trx, rec, type, true);
  enqueueWait(sys, lock, first, request.why, request.foreignKey);
  settle(sys);
  return waitOutcome(sys, trx, bit.lock, "recLock");
}
