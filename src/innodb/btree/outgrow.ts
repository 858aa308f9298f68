/**
 * A record changes its size: most find room on their page, one that outgrows it is taken off and put back where the page is
 * cut in two, and a page left half empty is merged.
 *
 *   [ 5 10 20 30 ]   10 grows   ─▶   locks of 10 wait on the infimum   ─▶   [ 5 10 ] [ 20 30 ]
 *                                    [ 5 20 30 ] is split                    locks of 10 come back
 *
 * InnoDB: btr_cur_optimistic_update, btr_cur_pessimistic_update, btr_cur_insert_if_possible (btr0cur.cc).
 */
import type { Row } from "../api.ts";
import type { EngineContext, Rec } from "../types.ts";
import { noteRemoved } from "./bounds.ts";
import { slotOf } from "./cursor.ts";
import { emitReorganized, putAfter } from "./insert.ts";
import {
  freeBytes,
  leavePlace,
  MERGE_LIMIT_BYTES,
  recBytes,
  reorganize,
  resizePlace,
} from "./page.ts";
import { mergeIfPossible } from "./remove.ts";

/** The row of the record is about to be `row`. */
export function resize(context: EngineContext, rec: Rec, row: Row): void {
  const { page } = rec;
  const before = recBytes(page.index, rec.key, rec.row);
  const after = recBytes(page.index, rec.key, row);
  if (page.recs.length > 1 && freeBytes(page, 0) < after - before) {
    outgrow(context, rec, row, before);
    return;
  }
  resizePlace(page, before, after);
  if (rec.row === null) return;
  page.lastInsert = rec;
  const isAwaited = page.locks.some((lock) => lock.waiting && lock.bits.has(rec.heapNo));
  if (isAwaited) context.locks().recMoved(rec);
  if (page.parent !== null && page.bytes < MERGE_LIMIT_BYTES) mergeIfPossible(context, page);
}

function outgrow(context: EngineContext, rec: Rec, row: Row, before: number): void {
  const { page } = rec;
  const at = slotOf(rec);
  context.locks().recStored(rec);
  page.recs.splice(at, 1);
  noteRemoved(page, at);
  leavePlace(page, rec.heapNo, before);
  // It is tried on the reorganized page first, whose last record was put back last.
  reorganize(page);
  page.lastInsert = page.recs.at(-1) ?? null;
  rec.row = row;
  putAfter(context, page.recs[at - 1] ?? page.infimum, rec, "update");
  emitReorganized(context, page.index, "split", new Set([rec.page]), [], [rec]);
  context.locks().recRestored(rec, page, at === 0);
}
