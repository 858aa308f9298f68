/**
 * The deadlock detector: follows each waiter's one edge, finds cycles, chooses victims, and keeps schedule weights.
 *
 *   A ──▶ B ──▶ C            a cycle; D hangs off it
 *   ▲           │            C came last: the cycle is ordered A, B, C for choosing the victim
 *   └───────────┘ ◀── D      and B, C, A for the report (its second transaction closed the cycle)
 *
 * InnoDB: lock_wait_update_schedule_and_check_for_deadlocks and what it calls (lock0wait.cc).
 * Departure: a background thread there; here it looks as soon as a request has changed the graph, which is what the
 * server comes to once all has settled. Cycles found in one round are taken in the order of their oldest transaction,
 * there in the order of addresses in memory.
 */

import { assert } from "../../base/assert.ts";
import { maxOf } from "../../base/lists.ts";
import type { EventSeq } from "../../trace/ids.ts";
import type { DeadlockMember } from "../../trace/state.ts";
import type { TrxImpl } from "../types.ts";
import { lockState, recLockState, recLockText, tableLockState, tableLockText } from "./describe.ts";
import { dequeueRecLock, dequeueTableLock } from "./grant.ts";
import type { LockSys } from "./lock_sys.ts";
import { bitOf, onlyBit } from "./queue.ts";
import { blockingLocks } from "./rec_has_to_wait.ts";
import { endWait, refreshBlockers, waitOf, wake } from "./waiting.ts";

/** After every change of the queues: looks for cycles while edges are new, then says who waits for whom. */
export function settle(sys: LockSys): void {
  while (sys.hasNewEdge) {
    sys.hasNewEdge = false;
    checkWaitForGraph(sys);
  }
  if (sys.waits.size > 0) refreshBlockers(sys);
}

/** Undo records not undone, plus lock structs (InnoDB: TRX_WEIGHT). */
export function weightOf(trx: TrxImpl): number {
  return trx.undo.length + trx.locks.length;
}

function checkWaitForGraph(sys: LockSys): void {
  const cycles = sys.context.deadlockDetect() ? cyclesOf(sys) : [];
  publishWeights(sys);
  for (const cycle of cycles) {
    if (cycle.every((trx) => sys.waits.has(trx))) resolve(sys, cycle);
  }
}

/** Each cycle once, as "waits for" goes along it. */
function cyclesOf(sys: LockSys): TrxImpl[][] {
  const cycles: TrxImpl[][] = [];
  const seen = new Set<TrxImpl>();
  const waiters = [...sys.waits.keys()].sort((one, other) => one.ref - other.ref);
  for (const start of waiters) {
    const path: TrxImpl[] = [];
    let trx: TrxImpl | undefined = start;
    while (trx !== undefined && !seen.has(trx)) {
      seen.add(trx);
      path.push(trx);
      trx = sys.waits.get(trx)?.blocking;
    }
    const from = trx === undefined ? -1 : path.indexOf(trx);
    if (from >= 0) cycles.push(path.slice(from));
  }
  return cycles;
}

/**
 * schedule_weight: one for each transaction and all that wait for it, directly or not; a transaction that many were
 * let past is boosted. On a cycle the sum stays open until its victim is known.
 */
function publishWeights(sys: LockSys): void {
  const waits = [...sys.waits.values()];
  const count = waits.length;
  const boost = Math.min(count, Math.floor(1e9 / Math.max(count, 1)));
  const incoming = new Map<TrxImpl, number>();
  for (const wait of waits) {
    wait.weight = wait.reservation + 2 * count < sys.reservations ? boost : 1;
    incoming.set(wait.blocking, (incoming.get(wait.blocking) ?? 0) + 1);
  }
  const ready = waits.filter((wait) => !incoming.has(wait.lock.trx));
  for (let wait = ready.pop(); wait !== undefined; wait = ready.pop()) {
    const blocker = sys.waits.get(wait.blocking);
    if (blocker === undefined) continue;
    blocker.weight += wait.weight;
    const left = (incoming.get(wait.blocking) ?? 0) - 1;
    incoming.set(wait.blocking, left);
    if (left === 0) ready.push(blocker);
  }
}

function resolve(sys: LockSys, cycle: readonly TrxImpl[]): void {
  const victim = chooseVictim(sys, cycle);
  unfoldWeights(sys, rotated(cycle, cycle.indexOf(victim)));
  const last = latestOf(sys, cycle);
  const reported = rotated(cycle, (last + cycle.length - 1) % cycle.length);
  const { context } = sys;
  const deadlock = {
    cycle: reported.map((trx, at) => memberOf(sys, trx, reported, at)),
    victim: victim.ref,
  };
  const seq = context.emit({ type: "deadlock.found", deadlock }) as EventSeq;
  context.onDeadlock({ ...deadlock, seq, atMs: context.now() });
  victim.wasChosenAsVictim = true;
  giveUpWait(sys, victim, "deadlockVictim");
  wake(sys, victim, "deadlockVictim");
}

/** The wait is over and its request leaves the queue (InnoDB: lock_cancel_waiting_and_release). */
export function giveUpWait(
  sys: LockSys,
  trx: TrxImpl,
  why: "deadlockVictim" | "timeout" | "killed",
): void {
  const lock = trx.waitLock;
  assert(lock !== null, `transaction ${trx.ref} waits`);
  const text = lock.kind === "table" ? tableLockText(lock) : recLockText(lock, onlyBit(lock).rec);
  const id = lockState(sys, lock).id;
  sys.cause = sys.context.emit({
    type: "lock.released",
    ids: [id],
    texts: [text],
    why,
    owners: [{ session: trx.session, isRequest: true }],
  }) as typeof sys.cause;
  endWait(sys, lock);
  if (lock.kind === "table") dequeueTableLock(sys, lock);
  else {
    trx.recLocksGivenUp += lock.bits.size;
    dequeueRecLock(sys, lock);
  }
  sys.cause = null;
}

/**
 * The lightest; who changed non-transactional tables is spared; on a tie the one that closed the cycle, else the one
 * nearer to it (InnoDB: lock_wait_choose_victim, trx_weight_ge).
 */
function chooseVictim(sys: LockSys, cycle: readonly TrxImpl[]): TrxImpl {
  const ordered = rotated(cycle, (latestOf(sys, cycle) + 1) % cycle.length);
  return ordered.reduce((chosen, trx) => (isAsHeavy(chosen, trx) ? trx : chosen));
}

function isAsHeavy(one: TrxImpl, other: TrxImpl): boolean {
  if (one.hasModifiedNonTransactional !== other.hasModifiedNonTransactional) {
    return one.hasModifiedNonTransactional;
  }
  return weightOf(one) >= weightOf(other);
}

/** Without the victim the cycle is a path that begins behind it. */
function unfoldWeights(sys: LockSys, fromVictim: readonly TrxImpl[]): void {
  const [victim, ...path] = fromVictim.map((trx) => sys.waits.get(trx));
  if (victim !== undefined) victim.weight = 0;
  path.forEach((wait, at) => {
    const next = path[at + 1];
    if (next !== undefined && wait !== undefined) next.weight += wait.weight;
  });
}

function latestOf(sys: LockSys, cycle: readonly TrxImpl[]): number {
  const numbers = cycle.map((trx) => sys.waits.get(trx)?.reservation ?? -1);
  return numbers.indexOf(maxOf(numbers));
}

function rotated<T>(items: readonly T[], first: number): T[] {
  return [...items.slice(first), ...items.slice(0, first)];
}

function memberOf(
  sys: LockSys,
  trx: TrxImpl,
  cycle: readonly TrxImpl[],
  at: number,
): DeadlockMember {
  const next = cycle[(at + 1) % cycle.length];
  const waiting = trx.waitLock;
  assert(
    waiting !== null && waitOf(sys, waiting).blocking === next,
    "a member waits for the next one",
  );
  const held = blockingLocks(waiting).find((lock) => lock.trx === next);
  assert(held !== undefined, "the next member stands in the way");
  return {
    trx: trx.ref,
    trxId: trx.id,
    session: trx.session,
    sql: sys.context.sqlOf(trx.session),
    weight: weightOf(trx),
    undoCount: trx.undo.length,
    lockStructs: trx.locks.length,
    waitsFor: lockState(sys, waiting),
    heldBy:
      held.kind === "table" || waiting.kind === "table"
        ? tableLockState(sys, held as typeof held & { kind: "table" })
        : recLockState(sys, held, bitOf(held, onlyBit(waiting).rec)),
  };
}
