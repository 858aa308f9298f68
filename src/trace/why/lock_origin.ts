/**
 * Where a lock came from that no search took: for a foreign key, or on a gap: a record went away, and what others had on it, or had asked for,
 * passed to the next record as gap locks. So locks are left by a duplicate check whose record was rolled back.
 *
 *     B waits: k X 15   C waits: k X 15   A: ROLLBACK   B, C: k X,GAP 20   record 15 is no more
 *
 * InnoDB: lock_rec_inherit_to_gap, called by lock_update_delete.
 */
import type { ForeignKeyCheck, LockReason, TraceEvent } from "../events.ts";
import type { EventSeq, LockId, SessionName } from "../ids.ts";
import type { RecLockState } from "../state.ts";

export type EventOf = (seq: number) => TraceEvent | null;

export interface GapOrigin {
  readonly seq: EventSeq;
  /** Who removed the record; null: nobody's statement (purge). */
  readonly by: SessionName | null;
  /** What the lock's owner had on the record, or waited for. */
  readonly asked: RecLockState;
  readonly isDuplicateCheck: boolean;
}

/** Null: the lock was asked for where it is, or passed on when a record came. `before`: where to look back from. */
export function gapOrigin(lock: LockId, before: EventSeq, eventOf: EventOf): GapOrigin | null {
  const passed = findBack(before, eventOf, (event) =>
    event.type === "lock.granted" && event.lock.id === lock ? event : null,
  );
  if (passed?.why !== "inherited" || !("rec" in passed.lock)) return null;
  const { session, index } = passed.lock;
  const removed = removalAfter(passed.seq, eventOf);
  const asked = findBack(passed.seq - 1, eventOf, (event) => {
    if (event.type !== "lock.waiting" && event.type !== "lock.granted") return null;
    const isOwn = "rec" in event.lock && event.lock.session === session;
    return isOwn && event.lock.index === index && !PASSED_ON.has(event.why) ? event : null;
  });
  if (removed === null || asked === null || !("rec" in asked.lock)) return null;
  return {
    seq: passed.seq,
    by: removed.session,
    asked: asked.lock,
    isDuplicateCheck: asked.why === "duplicateCheck",
  };
}

const PASSED_ON: ReadonlySet<LockReason> = new Set(["inherited", "gapSplit"]);

/** For which constraint a lock was asked for; null: for none, or not in this trace. */
export function foreignKeyBehind(
  lock: LockId,
  before: EventSeq,
  eventOf: EventOf,
): ForeignKeyCheck | null {
  const asked = findBack(before, eventOf, (event) =>
    (event.type === "lock.granted" || event.type === "lock.waiting") && event.lock.id === lock
      ? event
      : null,
  );
  return asked?.foreignKey ?? null;
}

/** The event with which the record went away: locks that it passes on come right before it. */
function removalAfter(seq: EventSeq, eventOf: EventOf): TraceEvent | null {
  let at: number = seq;
  let event = eventOf(at);
  while (event?.type === "lock.granted" && event.why === "inherited") event = eventOf(++at);
  return event?.type === "lock.released" && event.why === "recordRemoved" ? event : null;
}

function findBack<Found>(
  from: number,
  eventOf: EventOf,
  test: (event: TraceEvent) => Found | null,
): Found | null {
  for (let seq = from; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    const found = event === null ? null : test(event);
    if (found !== null) return found;
  }
  return null;
}
