/**
 * Pages and records as objects: making them, numbering the page's heap, counting bytes.
 *
 *   infimum ─▶ user records in key order ─▶ supremum        heapNo 0, 2 3 4 ..., 1
 *
 * InnoDB: page0page.cc, page0cur.cc (page_cur_insert_rec_low), rem0rec.cc (rec_get_converted_size_comp).
 * Departure: no bytes are stored; sizes are those the COMPACT/DYNAMIC row format would take, so that pages split
 * about where InnoDB's do.
 */
import { utf8Length } from "../../base/utf8.ts";
import type { PageNo, RollPtr, TrxId } from "../../trace/ids.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Datum, Row } from "../api.ts";
import { fixedLength, isString } from "../stored_length.ts";
import type { EngineContext, Index, Page, Rec } from "../types.ts";

const PAGE_BYTES = 16_384;
/** Bytes of an empty page (InnoDB: page_get_free_space_of_empty): header, infimum, supremum, two directory slots, trailer are gone. */
const EMPTY_PAGE_BYTES = PAGE_BYTES - 120 - 8 - 4;
/** InnoDB: BTR_CUR_PAGE_REORGANIZE_LIMIT: a page with less room between its records is split before it is reorganized. */
export const REORGANIZE_BYTES = PAGE_BYTES / 32;
/** InnoDB: dict_index_get_space_reserve: ascending inserts leave so much of a clustered leaf free. */
export const RESERVED_BYTES = PAGE_BYTES / 16;
/** InnoDB: BTR_CUR_PAGE_COMPRESS_LIMIT at MERGE_THRESHOLD 50. */
export const MERGE_LIMIT_BYTES = PAGE_BYTES / 2;

const INFIMUM_HEAP_NO = 0;
const SUPREMUM_HEAP_NO = 1;
const FIRST_USER_HEAP_NO = 2;
const REC_HEADER_BYTES = 5;
const TRX_ID_AND_ROLL_PTR_BYTES = 13;
const ROW_ID_BYTES = 6;
const CHILD_PAGE_NO_BYTES = 4;
/** A longer value goes to overflow pages, all but a pointer. */
const LONGEST_INLINE_BYTES = 4000;
const OVERFLOW_POINTER_BYTES = 20;

/** The index gets its root, an empty leaf. */
export function createRootPage(context: EngineContext, index: Omit<Index, "root">): Index {
  const whole = index as Index;
  whole.root = createPage(context, whole, 0);
  return whole;
}

/** An empty page with its infimum and supremum; `level` 0 is a leaf. */
export function createPage(context: EngineContext, index: Index, level: number): Page {
  const page = {
    no: context.next.page(),
    index,
    level,
    recs: [],
    children: [],
    lowKey: null,
    firsts: null,
    lastInsert: null,
    parent: null,
    prev: null,
    next: null,
    maxTrxId: 0 as TrxId,
    bytes: 0,
    heapBytes: 0,
    nextHeapNo: FIRST_USER_HEAP_NO,
    freeHeapNos: [],
    freePlaces: [],
    locks: [],
  };
  const whole: Page = Object.assign(page, {
    infimum: undefined,
    supremum: undefined,
  }) as unknown as Page;
  const ends = whole as { infimum: Rec; supremum: Rec };
  ends.infimum = createRec(context, whole, "infimum", INFIMUM_HEAP_NO, []);
  ends.supremum = createRec(context, whole, "supremum", SUPREMUM_HEAP_NO, []);
  index.pages.set(whole.no as PageNo, whole);
  return whole;
}

/** A record that is on its page and in none of its lists yet. */
export function createRec(
  context: EngineContext,
  page: Page,
  kind: Rec["kind"],
  heapNo: number,
  key: readonly Datum[],
): Rec {
  return {
    id: context.next.rec(),
    page,
    heapNo,
    kind,
    key,
    keyText: null,
    row: null,
    rowId: null,
    deleted: false,
    trxId: 0 as TrxId,
    rollPtr: 0 as RollPtr,
    slot: 0,
    gone: false,
  };
}

// ---------------------------------------------------------------- the heap of a page

/**
 * A place for a record of so many bytes: the one left last if it is large enough, else one at the top of the heap.
 *
 * InnoDB: page_cur_insert_rec_low.
 * Departure: where the page has to be reorganized first (btr_page_reorganize), its records keep their heap numbers.
 */
export function takePlace(page: Page, bytes: number): number {
  const { freePlaces, freeHeapNos } = page;
  page.bytes += bytes;
  if ((freePlaces.at(-1) ?? 0) >= bytes) {
    freePlaces.pop();
    return freeHeapNos.pop() as number;
  }
  if (freePlaces.length > 0 && contiguousBytes(page) < bytes) {
    page.bytes -= bytes;
    reorganize(page);
    page.bytes += bytes;
  }
  page.heapBytes += bytes;
  if (freeHeapNos.length > freePlaces.length) return freeHeapNos.shift() as number;
  page.nextHeapNo += 1;
  return page.nextHeapNo - 1;
}

/** A record leaves its place. InnoDB: page_mem_free; page_create_empty for the last one. */
export function leavePlace(page: Page, heapNo: number, bytes: number): void {
  page.bytes -= bytes;
  if (page.recs.length === 0 && page.children.length === 0) {
    page.nextHeapNo = FIRST_USER_HEAP_NO;
    page.freeHeapNos.length = 0;
    page.freePlaces.length = 0;
    page.heapBytes = 0;
    return;
  }
  page.freeHeapNos.push(heapNo);
  page.freePlaces.push(bytes);
}

/** A record grows or shrinks. InnoDB: btr_cur_optimistic_update takes it off its page and puts it back. */
export function resizePlace(page: Page, before: number, after: number): void {
  page.bytes += after - before;
  if (after <= before) return;
  if (contiguousBytes(page) < after) reorganize(page);
  else page.heapBytes += after;
}

/** No garbage is left between the records. */
export function reorganize(page: Page): void {
  page.heapBytes = page.bytes;
  page.freePlaces.length = 0;
}

/** InnoDB: page_get_max_insert_size: free bytes above the heap. */
export function contiguousBytes(page: Page): number {
  const spare = page.freeHeapNos.length - page.freePlaces.length;
  const records = page.nextHeapNo - FIRST_USER_HEAP_NO - spare + 1;
  return EMPTY_PAGE_BYTES - page.heapBytes - Math.ceil(records / 2);
}

// ---------------------------------------------------------------- node pointers

/** A page and its first descendants begin there. */
export function setLowKeyDown(page: Page, key: Page["lowKey"]): void {
  for (let at: Page | undefined = page; at !== undefined; at = at.children[0]) setLowKey(at, key);
}

/** A page and those of its ancestors whose first descendant it is begin there. */
export function setLowKeyUp(page: Page, key: Page["lowKey"]): void {
  for (
    let at: Page | null = page;
    at !== null;
    at = at.parent?.children[0] === at ? at.parent : null
  )
    setLowKey(at, key);
}

function setLowKey(page: Page, key: Page["lowKey"]): void {
  const { parent } = page;
  if (parent !== null) parent.bytes -= nodePointerBytes(page);
  page.lowKey = key;
  if (parent === null) return;
  parent.bytes += nodePointerBytes(page);
  parent.firsts = null;
}

// ---------------------------------------------------------------- sizes

/** Bytes of a record on a leaf. */
export function recBytes(index: Index, key: readonly Datum[], row: Row | null): number {
  let bytes = REC_HEADER_BYTES;
  let nullable = 0;
  if (row !== null) {
    const { columns } = index.table.def;
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as (typeof columns)[number];
      if (column.isVirtual === true) continue;
      if (column.nullable) nullable += 1;
      bytes += fieldBytes(column.type, row[i] as Datum);
    }
    bytes += TRX_ID_AND_ROLL_PTR_BYTES + (index.table.hasRowId ? ROW_ID_BYTES : 0);
  } else {
    for (let i = 0; i < index.fields.length; i += 1) {
      const field = index.fields[i] as Index["fields"][number];
      if (field.nullable) nullable += 1;
      bytes += fieldBytes(field.type, key[i] as Datum);
    }
  }
  return bytes + Math.ceil(nullable / 8);
}

/** Has every field the bytes it had? InnoDB: row_upd_changes_field_size_or_external. */
export function keepsSizes({ table }: Index, before: Row, after: Row): boolean {
  const { columns } = table.def;
  for (let at = 0; at < columns.length; at += 1) {
    const one = before[at] as Datum;
    const other = after[at] as Datum;
    if (one === other) continue;
    const { type, isVirtual } = columns[at] as (typeof columns)[number];
    if (isVirtual === true) continue;
    if (one === null || other === null) return false;
    if (fieldBytes(type, one) !== fieldBytes(type, other)) return false;
  }
  return true;
}

/** Bytes of the pointer to a page, on the level above. */
export function nodePointerBytes(page: Page): number {
  return page.lowKey === null
    ? REC_HEADER_BYTES + CHILD_PAGE_NO_BYTES
    : recBytes(page.index, page.lowKey, null) + CHILD_PAGE_NO_BYTES;
}

/** InnoDB: page_get_max_insert_size_after_reorganize: free bytes if `more` records are added. */
export function freeBytes(page: Page, more: number): number {
  const records = page.recs.length + page.children.length + more;
  return EMPTY_PAGE_BYTES - page.bytes - Math.ceil(records / 2);
}

function fieldBytes(type: ColumnType, datum: Datum): number {
  if (datum === null) return 0;
  if (!isString(type)) return fixedLength(type);
  const bytes = utf8Length(String(datum));
  return stringBytes(type.kind === "char" ? Math.max(type.length, bytes) : bytes);
}

function stringBytes(bytes: number): number {
  if (bytes > LONGEST_INLINE_BYTES) return OVERFLOW_POINTER_BYTES + 2;
  return bytes + (bytes < 128 ? 1 : 2);
}
