/**
 * Where a key belongs on a page: the binary search of the page directory. The first fields of all entries stand beside them in
 * one list of numbers where they are numbers, so that a search looks at a few neighbouring places in memory and at records
 * only where the first fields are equal.
 *
 *     firsts      1     4     9     9     12        ascending, whatever the index's direction
 *     recs      (1,x) (4,a) (9,b) (9,c) (12,a)
 *
 * InnoDB: page_cur_search_with_match (page0cur.cc).
 */
import { insertAt } from "../../base/lists.ts";
import type { Datum } from "../api.ts";
import { compareKeys } from "../datum.ts";
import type { Index, Page, Rec } from "../types.ts";

/** Of a page whose first fields are not all numbers. */
const NO_NUMBERS: number[] = [];

/** How many entries (records of a leaf, children of an inner page) lie below the key; not `isStrict`: at most at it. */
export function entriesBelow(
  page: Page,
  key: readonly Datum[],
  n: number,
  isStrict: boolean,
): number {
  page.firsts ??= firstsOf(page);
  const { firsts, index } = page;
  const first = key[0];
  if (firsts === NO_NUMBERS || typeof first !== "number") return searched(page, key, n, isStrict);
  const wanted = index.fields[0]?.desc === true ? -first : first;
  const { length } = firsts;
  if (length === 0 || (firsts[length - 1] as number) < wanted) return length;
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    let order = (firsts[middle] as number) - wanted;
    if (order === 0 && n > 1) order = orderOf(page, middle, key, n);
    if (order < 0 || (order === 0 && !isStrict)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The first field of a record whose place is known, where it is a number; null: it has to be looked at itself. */
export function firstOf(rec: Rec): number | null {
  const { firsts, recs, index } = rec.page;
  if (firsts === null || index.fields[0]?.desc === true || recs[rec.slot] !== rec) return null;
  return firsts[rec.slot] ?? null;
}

/** The record has been put there. */
export function noteInserted(page: Page, at: number, rec: Rec): void {
  const { firsts } = page;
  if (firsts === null || firsts === NO_NUMBERS) return;
  const number = numberOf(page.index, rec.key);
  if (number === null) page.firsts = null;
  else insertAt(firsts, at, number);
}

/** The record there has been taken away. */
export function noteRemoved({ firsts }: Page, at: number): void {
  if (firsts !== null && firsts !== NO_NUMBERS) firsts.splice(at, 1);
}

function searched(page: Page, key: readonly Datum[], n: number, isStrict: boolean): number {
  let from = 0;
  let to = page.level === 0 ? page.recs.length : page.children.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = orderOf(page, middle, key, n);
    if (order < 0 || (order === 0 && !isStrict)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function orderOf(page: Page, at: number, key: readonly Datum[], n: number): number {
  const own = page.level === 0 ? (page.recs[at] as Rec).key : (page.children[at] as Page).lowKey;
  return own === null ? -1 : compareKeys(page.index.fields, own, key, n);
}

function firstsOf(page: Page): number[] {
  const { index, recs, children, level } = page;
  const count = level === 0 ? recs.length : children.length;
  const firsts: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const key = level === 0 ? (recs[at] as Rec).key : (children[at] as Page).lowKey;
    const number = key === null ? Number.NEGATIVE_INFINITY : numberOf(index, key);
    if (number === null) return NO_NUMBERS;
    firsts.push(number);
  }
  return firsts;
}

/** NULL lies below everything; null when the field is no number. */
function numberOf({ fields }: Index, key: readonly Datum[]): number | null {
  const value = key[0];
  const number = value === null ? Number.NEGATIVE_INFINITY : value;
  if (typeof number !== "number") return null;
  return fields[0]?.desc === true ? -number : number;
}
