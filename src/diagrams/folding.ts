/** Which records of an index look alike and fold into one cell: runs of equal ones, when there are too many to draw. */

import type { PageNo, RecId } from "../trace/ids.ts";
import type { IndexState, RecLockState, RecState, State } from "../trace/state.ts";
import { type Partners, uncommittedWriter } from "./record_facts.ts";

/** More records than this in an index, and runs of equal ones fold. */
export const FOLD_ABOVE = 14;
/** Shorter runs do not fold. */
const FOLD_RUN_MIN = 3;
const NO_LOCKS: readonly RecLockState[] = [];

export interface Entry {
  readonly rec: RecState;
  readonly page: PageNo;
  /** What is locked on it, as text: equal for records that look alike. */
  readonly look: string;
}

export function lookOf(
  state: State,
  index: IndexState,
  rec: RecState,
  locksOf: ReadonlyMap<RecId, readonly RecLockState[]>,
  partners: Partners,
): string {
  const locks = locksOf.get(rec.id) ?? NO_LOCKS;
  const waits = locks.some((lock) => lock.status === "waiting" || lock.insertIntention);
  const writer = uncommittedWriter(state, index, rec, partners);
  // A text of its own keeps a record out of every run.
  if (waits || rec.deleted || writer !== null) return `alone ${rec.id}`;
  if (locks.length === 0) return "";
  return locks
    .map((lock) => `${lock.session} ${lock.modeText}`)
    .sort()
    .join("; ");
}

/** For each folded record the run it is in. */
export function foldedRuns(
  entries: readonly Entry[],
  keep: ReadonlySet<RecId>,
): ReadonlyMap<RecId, readonly RecId[]> {
  const folded = new Map<RecId, readonly RecId[]>();
  if (entries.length <= FOLD_ABOVE) return folded;
  let from = 0;
  for (let at = 1; at <= entries.length; at += 1) {
    const first = entries[from] as Entry;
    const entry = entries[at];
    const isSame =
      entry !== undefined &&
      entry.look === first.look &&
      entry.page === first.page &&
      !keep.has(entry.rec.id) &&
      !keep.has(first.rec.id);
    if (isSame) continue;
    // The first and the last of a run stay as its edges.
    const run = entries.slice(from + 1, at - 1).map((each) => each.rec.id);
    if (run.length >= FOLD_RUN_MIN) for (const id of run) folded.set(id, run);
    from = at;
  }
  return folded;
}
