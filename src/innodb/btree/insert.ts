/**
 * Putting a record on a leaf, splitting pages that are full.
 *
 *        [ 5 10 15 20 25 ]            ascending inserts: the new record alone goes to the right page
 *         /            \              descending: the page is cut at the insert point
 *   [ 5 10 ]      [ 15 20 25 ]        otherwise: in the middle
 *
 * InnoDB: btr0cur.cc (btr_cur_optimistic_insert, btr_cur_pessimistic_insert), btr0btr.cc (btr_page_split_and_insert,
 * btr_page_get_split_rec_to_right, btr_page_get_split_rec_to_left).
 * Departure: the new page is always the right one, and a tree grows by a new root above the old one; InnoDB keeps the
 * root's page number and moves its content. Which records share a page is the same.
 */
import { insertAt } from "../../base/lists.ts";
import type { PageNo, RecId } from "../../trace/ids.ts";
import type { Datum, Row } from "../api.ts";
import { compareKeys } from "../datum.ts";
import type { EngineContext, Index, Page, Rec } from "../types.ts";
import { entriesBelow, noteInserted } from "./bounds.ts";
import { leavesOf, slotOf } from "./cursor.ts";
import {
  contiguousBytes,
  createPage,
  createRec,
  freeBytes,
  leavePlace,
  nodePointerBytes,
  REORGANIZE_BYTES,
  RESERVED_BYTES,
  recBytes,
  reorganize,
  setLowKeyUp,
  takePlace,
} from "./page.ts";
import { pageState, recState } from "./snapshot.ts";

/** A record that has no place yet; undo can be written for it before it is inserted. */
export function newRec(
  context: EngineContext,
  page: Page,
  key: readonly Datum[],
  row: Row | null,
  rowId: number | null,
): Rec {
  const rec = createRec(context, page, "user", NO_HEAP_NO, key);
  rec.row = row;
  rec.rowId = rowId;
  return rec;
}

const NO_HEAP_NO = -1;

/**
 * Inserts right after `prev` (a user record or the infimum of a leaf). Locks have been checked before. `load`: an index is
 * being built from sorted entries; its first page is filled like the others.
 */
export function insertAfter(
  context: EngineContext,
  prev: Rec,
  rec: Rec,
  maxTrxId: Page["maxTrxId"],
  how: "insert" | "load" = "insert",
): void {
  const { index } = prev.page;
  const at = putAfter(context, prev, rec, how);
  const { page } = rec;
  if (!index.clustered && maxTrxId > page.maxTrxId) page.maxTrxId = maxTrxId;
  const { head } = context;
  context.emit({
    type: "rec.inserted",
    rec: recState(rec),
    place: { page: page.no, at },
    indexName: index.name,
    tableName: index.table.def.name,
    maxTrxId: page.maxTrxId,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
  context.locks().recInserted(rec);
}

/** Finds the record room behind `prev`; one that grows (`update`) finds none on the page of `prev`. Its place is the answer. */
export function putAfter(
  context: EngineContext,
  prev: Rec,
  rec: Rec,
  how: "insert" | "load" | "update",
): number {
  const bytes = recBytes(prev.page.index, rec.key, rec.row);
  let { page } = prev;
  let at = prev.kind === "infimum" ? 0 : slotOf(prev) + 1;
  if (how === "update" || mustSplit(page, bytes, at)) {
    do {
      page =
        placeInRightSibling(context, page, at, bytes, rec.key) ??
        splitLeaf(context, page, at, rec.key, how);
      at = placeIn(page, rec.key);
    } while (page.recs.length > 1 && freeBytes(page, 1) < bytes);
  }
  rec.page = page;
  rec.heapNo = takePlace(page, bytes);
  rec.slot = at;
  insertAt(page.recs, at, rec);
  noteInserted(page, at, rec);
  page.lastInsert = rec;
  return at;
}

/** InnoDB: btr_cur_optimistic_insert: no room, or the reserve of a clustered leaf that is filled in one direction. */
function mustSplit(page: Page, bytes: number, at: number): boolean {
  const free = freeBytes(page, 1);
  if (page.recs.length < 2) return free < bytes;
  if (free >= bytes + RESERVED_BYTES) return false;
  if (free < bytes) return true;
  if (page.heapBytes > page.bytes && free < REORGANIZE_BYTES && contiguousBytes(page) < bytes)
    return true;
  return page.index.clustered && (isAscending(page, at) || isDescending(page, at));
}

/** The last insert was right before this place. */
function isAscending(page: Page, at: number): boolean {
  return page.lastInsert !== null && page.recs[at - 1] === page.lastInsert;
}

function isDescending(page: Page, at: number): boolean {
  return page.lastInsert !== null && page.recs[at] === page.lastInsert;
}

/** Where to cut: records from here on go to the right page; the new one does too if its key is not below them. */
function splitPoint(
  page: Page,
  at: number,
): { readonly cut: number; readonly isNewFirst: boolean } {
  const count = page.recs.length;
  if (isAscending(page, at))
    return at + 1 < count ? { cut: at + 1, isNewFirst: false } : { cut: at, isNewFirst: true };
  if (isDescending(page, at)) return { cut: at >= 2 ? at - 1 : at, isNewFirst: false };
  const cut = count > 1 ? Math.floor(count / 2) : at;
  return { cut, isNewFirst: cut === count };
}

/**
 * InnoDB: btr_insert_into_right_sibling: before a page is split because of a record at its end, the next page is
 * tried, as it is. It then begins with that record.
 */
function placeInRightSibling(
  context: EngineContext,
  page: Page,
  at: number,
  bytes: number,
  key: readonly Datum[],
): Page | null {
  const { next } = page;
  if (at < page.recs.length || next === null) return null;
  // Even where there is no room then.
  context.locks().splitPoint(page, next);
  if ((next.freePlaces.at(-1) ?? 0) < bytes && contiguousBytes(next) < bytes) return null;
  setLowKeyUp(next, key);
  return next;
}

/** Cuts a full leaf in two and returns the half that the key belongs to. */
function splitLeaf(
  context: EngineContext,
  left: Page,
  at: number,
  key: readonly Datum[],
  how: "insert" | "load" | "update",
): Page {
  const { index } = left;
  if (left.parent === null && how !== "load") {
    // A root has its content copied to a new page first, and with it the memory of the last insert is lost.
    left.lastInsert = null;
    reorganize(left);
  }
  const { cut, isNewFirst } = splitPoint(left, at);
  const right = createPage(context, index, 0);
  const moved = left.recs.splice(cut);
  left.firsts = null;
  const oldHeapNos = new Map<RecId, number>();
  // The place of the first is the first to be taken again.
  for (const rec of moved.toReversed()) {
    oldHeapNos.set(rec.id, rec.heapNo);
    leavePlace(left, rec.heapNo, recBytes(index, rec.key, rec.row));
  }
  for (const [slot, rec] of moved.entries()) {
    rec.page = right;
    rec.heapNo = takePlace(right, recBytes(index, rec.key, rec.row));
    rec.slot = slot;
    right.recs.push(rec);
  }
  right.maxTrxId = left.maxTrxId;
  if (moved.length > 0) left.lastInsert = null;
  right.next = left.next;
  if (right.next !== null) right.next.prev = right;
  right.prev = left;
  left.next = right;
  right.lowKey = isNewFirst ? key : (moved[0] as Rec).key;
  const changed = new Set<Page>([left, right]);
  const hasNewRoot = addChild(context, left, right, changed);
  emitReorganized(context, index, hasNewRoot ? "rootRaised" : "split", changed, [], moved);
  context.locks().pageSplit(left, right, oldHeapNos);
  return compareKeys(index.fields, key, right.lowKey, index.fields.length) < 0 ? left : right;
}

/** Hangs `right` beside `left` in the level above, splitting that as needed. True when the tree grew by a level. */
function addChild(context: EngineContext, left: Page, right: Page, changed: Set<Page>): boolean {
  const { index } = left;
  let parent = left.parent;
  if (parent === null) {
    parent = createPage(context, index, left.level + 1);
    parent.children.push(left);
    parent.bytes = nodePointerBytes(left);
    left.parent = parent;
    index.root = parent;
    attach(parent, right, 1);
    changed.add(parent);
    return true;
  }
  const at = parent.children.indexOf(left) + 1;
  changed.add(parent);
  if (freeBytes(parent, 1) >= nodePointerBytes(right)) {
    attach(parent, right, at);
    return false;
  }
  const sibling = createPage(context, index, parent.level);
  const cut = at === parent.children.length ? at : Math.floor(parent.children.length / 2);
  parent.firsts = null;
  for (const child of parent.children.splice(cut)) {
    parent.bytes -= nodePointerBytes(child);
    attach(sibling, child, sibling.children.length);
  }
  if (at > cut || sibling.children.length === 0) attach(sibling, right, at - cut);
  else attach(parent, right, at);
  sibling.lowKey = (sibling.children[0] as Page).lowKey;
  sibling.next = parent.next;
  if (sibling.next !== null) sibling.next.prev = sibling;
  sibling.prev = parent;
  parent.next = sibling;
  changed.add(sibling);
  return addChild(context, parent, sibling, changed);
}

function attach(parent: Page, child: Page, at: number): void {
  parent.children.splice(at, 0, child);
  parent.firsts = null;
  parent.bytes += nodePointerBytes(child);
  child.parent = parent;
}

function placeIn(page: Page, key: readonly Datum[]): number {
  return entriesBelow(page, key, page.index.fields.length, true);
}

/** The pages that changed, and the records that moved. */
export function emitReorganized(
  context: EngineContext,
  index: Index,
  what: "split" | "merge" | "rootRaised",
  changed: ReadonlySet<Page>,
  removedPages: readonly PageNo[],
  moved: readonly Rec[],
): void {
  context.emit({
    type: "page.reorganized",
    index: index.id,
    indexName: index.name,
    tableName: index.table.def.name,
    what,
    root: index.root.no,
    leaves: leavesOf(index).map((page) => page.no),
    pages: [...changed].map(pageState),
    removedPages,
    moved: moved.map((rec) => ({ rec: rec.id, page: rec.page.no, heapNo: rec.heapNo })),
  });
}
