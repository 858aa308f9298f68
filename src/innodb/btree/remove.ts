/**
 * Taking a record off its leaf for good, and merging pages that have become half empty.
 *
 * InnoDB: btr0cur.cc (btr_cur_optimistic_delete, btr_cur_pessimistic_delete, btr_cur_compress_recommendation),
 * btr0btr.cc (btr_compress, btr_discard_page, btr_lift_page_up).
 * Departure: inner pages are not merged, they go when they are empty; of two merged pages the left one stays, InnoDB
 * lets the right one stay where the page had no left sibling.
 */
import type { PageNo, RecId } from "../../trace/ids.ts";
import { recKeyText } from "../key_text.ts";
import type { EngineContext, Index, Page, Rec } from "../types.ts";
import { noteRemoved } from "./bounds.ts";
import { nextOnPage, slotOf } from "./cursor.ts";
import { emitReorganized } from "./insert.ts";
import {
  freeBytes,
  leavePlace,
  MERGE_LIMIT_BYTES,
  nodePointerBytes,
  recBytes,
  setLowKeyDown,
  setLowKeyUp,
  takePlace,
} from "./page.ts";

/** Its locks pass to its successor first. */
export function removeRec(context: EngineContext, rec: Rec, why: "purge" | "rollback"): void {
  const { page } = rec;
  const { index } = page;
  context.locks().recRemoved(rec);
  const at = slotOf(rec);
  page.recs.splice(at, 1);
  noteRemoved(page, at);
  leavePlace(page, rec.heapNo, recBytes(index, rec.key, rec.row));
  page.lastInsert = null;
  rec.gone = true;
  context.emit({
    type: "rec.removed",
    rec: rec.id,
    index: index.id,
    page: page.no,
    key: recKeyText(rec),
    indexName: index.name,
    tableName: index.table.def.name,
    why,
  });
  if (page.parent !== null && (page.recs.length === 0 || page.bytes < MERGE_LIMIT_BYTES))
    mergeIfPossible(context, page);
}

/** A page that has become half empty. */
export function mergeIfPossible(context: EngineContext, page: Page): void {
  const { prev, next } = page;
  if (page.recs.length === 0) discard(context, page);
  else if (prev !== null && fits(prev, page)) merge(context, prev, page, page.recs.at(-1) ?? null);
  else if (next !== null && fits(page, next)) merge(context, page, next, page.recs.at(-1) ?? null);
}

/** InnoDB: btr_can_merge_with_page. */
function fits(left: Page, right: Page): boolean {
  return right.bytes <= freeBytes(left, right.recs.length);
}

/** InnoDB: btr_discard_page: an empty page goes; its gap belongs to a neighbour's now. */
function discard(context: EngineContext, page: Page): void {
  const { index, prev, next } = page;
  if (prev === null && next === null) return;
  const changed = new Set<Page>();
  const removed: PageNo[] = [];
  dropPage(index, page, changed, removed);
  liftRoot(index, changed, removed);
  emitReorganized(context, index, "merge", changed, removed, []);
  context
    .locks()
    .pageDiscarded(page, prev === null ? nextOnPage((next as Page).infimum) : prev.supremum);
}

/** Appends the records of `right` to `left`; `right` goes away. `lastInsert` is the last of the records that InnoDB moves. */
function merge(context: EngineContext, left: Page, right: Page, lastInsert: Rec | null): void {
  const { index } = left;
  const oldHeapNos = new Map<RecId, number>();
  const moved = right.recs.splice(0);
  right.firsts = null;
  left.firsts = null;
  for (const rec of moved) {
    oldHeapNos.set(rec.id, rec.heapNo);
    rec.page = left;
    rec.heapNo = takePlace(left, recBytes(index, rec.key, rec.row));
    rec.slot = left.recs.length;
    left.recs.push(rec);
  }
  left.lastInsert = lastInsert;
  if (right.maxTrxId > left.maxTrxId) left.maxTrxId = right.maxTrxId;
  const changed = new Set<Page>([left]);
  const removed: PageNo[] = [];
  dropPage(index, right, changed, removed);
  liftRoot(index, changed, removed);
  emitReorganized(context, index, "merge", changed, removed, moved);
  context.locks().pageMerged(left, right, oldHeapNos);
}

/** Takes a page out of its level and, when its parent is empty then, the parent too. */
function dropPage(index: Index, page: Page, changed: Set<Page>, removed: PageNo[]): void {
  const { prev, next, parent } = page;
  if (prev !== null) prev.next = next;
  if (next !== null) next.prev = prev;
  index.pages.delete(page.no);
  removed.push(page.no);
  changed.delete(page);
  if (parent === null) return;
  const at = parent.children.indexOf(page);
  parent.bytes -= nodePointerBytes(page);
  parent.children.splice(at, 1);
  parent.firsts = null;
  const first = parent.children[0];
  if (first === undefined) {
    dropPage(index, parent, changed, removed);
    return;
  }
  changed.add(parent);
  if (at > 0) return;
  // The keys of the page belong to the one before it now; at the left edge, to the one after it.
  if (prev === null) setLowKeyDown(first, parent.lowKey);
  else setLowKeyUp(parent, first.lowKey);
}

/** InnoDB: btr_lift_page_up: a root with one child gives way to it. */
function liftRoot(index: Index, changed: Set<Page>, removed: PageNo[]): void {
  while (index.root.level > 0 && index.root.children.length === 1) {
    const old = index.root;
    const child = old.children[0] as Page;
    child.parent = null;
    index.root = child;
    index.pages.delete(old.no);
    removed.push(old.no);
    changed.delete(old);
    changed.add(child);
  }
}
