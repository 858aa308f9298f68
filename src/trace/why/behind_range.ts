/**
 * A lock on the first entry behind what was searched, or on its row: a search sees that it is past the end only by reading
 * one entry too many, and what it reads it has locked before.
 *
 *     WHERE c BETWEEN 5 AND 10      lock c 15 ─▶ lock PRIMARY 15 ─▶ visited, outside the range
 */
import type { LockReason, TraceEvent } from "../events.ts";
import { recLockKind } from "../explain/text.ts";
import type { RecLockState } from "../state.ts";

/** `following(1)` is the event after that with which the lock was got. A lock on the gap alone has a rule of its own. */
export function isBehindRange(
  lock: RecLockState,
  why: LockReason,
  following: (ahead: number) => TraceEvent | null | undefined,
): boolean {
  const isSearched = why === "scan" || why === "clusteredBehindSecondary";
  const isOfRecord = recLockKind(lock) === "nextKey" || recLockKind(lock) === "record";
  if (!isSearched || !isOfRecord) return false;
  for (let ahead = 1; ; ahead += 1) {
    const event = following(ahead) ?? null;
    if (event === null || event.type === "statement.ended") return false;
    if (event.session === lock.session && event.type === "rec.visited") {
      return event.verdict === "outsideRange";
    }
  }
}
