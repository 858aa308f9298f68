/**
 * The order in which MySQL's filesort leaves rows, those with equal keys included: what it does with ties is not random,
 * and a client sees it.
 *
 *   LIMIT below a third of the rows   a bounded heap of LIMIT + 1 slots; a row replaces the slot of the largest one
 *   up to 100 rows                    the C++ library's sort (insertion sort up to 16), the first LIMIT picked out before
 *                                     where that is less than half
 *   more                              a stable sort, but of keys of varying length the same as up to 100
 *
 * MySQL: check_if_pq_applicable, Bounded_queue, Filesort_buffer::sort_buffer (sql/filesort.cc, filesort_utils.cc),
 * with libstdc++'s std::sort and std::nth_element underneath.
 * Departure: the sort buffer is taken to hold 5000 rows, whatever their length.
 */
import { PriorityQueue } from "../../base/priority_queue.ts";

/** Negative, zero or positive. */
type Compare<T> = (a: T, b: T) => number;

const SORT_BUFFER_ROWS = 5000;
const PRIORITY_QUEUE_SLOWNESS = 3;
const STABLE_SORT_FROM = 100;
const INSERTION_SORT_MAX = 16;

/**
 * `limit`: rows wanted, Infinity without LIMIT. `expected`: how many rows the optimizer thought there would be.
 * `hasVarlenKey`: a key is as long as its text. `tieInQueue`: where rows are sorted by reference, keys of a fixed length end in it;
 * the bounded heap compares it too, the sorts do not.
 */
export function filesort<T>(
  rows: readonly T[],
  compare: Compare<T>,
  limit: number,
  expected: number,
  hasVarlenKey: boolean,
  tieInQueue: Compare<T> | null = null,
): readonly T[] {
  if (Number.isFinite(limit) && usesQueue(limit, expected)) {
    const isTold = tieInQueue !== null && !hasVarlenKey;
    const inQueue: Compare<T> = isTold ? (a, b) => compare(a, b) || tieInQueue(a, b) : compare;
    return queued(rows, compare, inQueue, limit);
  }
  const sorted = [...rows];
  let end = sorted.length;
  if (limit < Math.floor(sorted.length / 2)) {
    if (limit === 0) return [];
    nthElement(sorted, limit - 1, compare);
    end = limit;
  }
  if (rows.length > STABLE_SORT_FROM && !hasVarlenKey) return sorted.slice(0, end).sort(compare);
  introsort(sorted, 0, end, depthLimit(end), compare);
  finalInsertionSort(sorted, end, compare);
  return sorted.slice(0, Math.min(end, limit));
}

function usesQueue(limit: number, expected: number): boolean {
  if (expected < SORT_BUFFER_ROWS) return limit < expected / PRIORITY_QUEUE_SLOWNESS;
  return limit + 1 < SORT_BUFFER_ROWS;
}

/** Keys live in slots; the heap holds slot numbers, the largest key's on top. */
function queued<T>(
  rows: readonly T[],
  compare: Compare<T>,
  inQueue: Compare<T>,
  limit: number,
): readonly T[] {
  const slots: T[] = [];
  const heap = new PriorityQueue<number>((i, j) => inQueue(slots[i] as T, slots[j] as T) < 0);
  for (const row of rows) {
    if (slots.length <= limit) {
      slots.push(row);
      heap.push(slots.length - 1);
    } else {
      slots[heap.top ?? 0] = row;
      heap.updateTop();
    }
  }
  introsort(slots, 0, slots.length, depthLimit(slots.length), compare);
  finalInsertionSort(slots, slots.length, compare);
  return slots.slice(0, limit);
}

function depthLimit(count: number): number {
  return 2 * Math.floor(Math.log2(Math.max(count, 1)));
}

/** std::__introsort_loop. */
function introsort<T>(
  rows: T[],
  first: number,
  end: number,
  depth: number,
  compare: Compare<T>,
): void {
  let last = end;
  let left = depth;
  while (last - first > INSERTION_SORT_MAX) {
    if (left === 0) {
      heapSort(rows, first, last, compare);
      return;
    }
    left -= 1;
    const cut = partitionAtPivot(rows, first, last, compare);
    introsort(rows, cut, last, left, compare);
    last = cut;
  }
}

/** std::__make_heap and std::__sort_heap. */
function heapSort<T>(rows: T[], first: number, last: number, compare: Compare<T>): void {
  const count = last - first;
  for (let hole = (count - 2) >> 1; hole >= 0; hole -= 1)
    adjustHeap(rows, first, hole, count, rows[first + hole] as T, compare);
  for (let size = count - 1; size > 0; size -= 1) {
    const row = rows[first + size] as T;
    rows[first + size] = rows[first] as T;
    adjustHeap(rows, first, 0, size, row, compare);
  }
}

/** std::__adjust_heap: the hole sinks to the bottom, the row climbs up from there. */
function adjustHeap<T>(
  rows: T[],
  first: number,
  hole: number,
  size: number,
  row: T,
  compare: Compare<T>,
): void {
  let at = hole;
  for (let child = 2 * at + 2; child <= size; child = 2 * at + 2) {
    const left = rows[first + child - 1] as T;
    if (child === size || compare(rows[first + child] as T, left) < 0) child -= 1;
    rows[first + at] = rows[first + child] as T;
    at = child;
  }
  for (
    let up = (at - 1) >> 1;
    at > hole && compare(rows[first + up] as T, row) < 0;
    up = (at - 1) >> 1
  ) {
    rows[first + at] = rows[first + up] as T;
    at = up;
  }
  rows[first + at] = row;
}

/** std::__introselect. */
function nthElement<T>(rows: T[], nth: number, compare: Compare<T>): void {
  let first = 0;
  let last = rows.length;
  let depth = depthLimit(rows.length);
  while (last - first > 3 && depth > 0) {
    depth -= 1;
    const cut = partitionAtPivot(rows, first, last, compare);
    if (cut <= nth) first = cut;
    else last = cut;
  }
  insertionSort(rows, first, last, compare);
}

/** std::__unguarded_partition_pivot: the median of three is the pivot, moved to the front. */
function partitionAtPivot<T>(rows: T[], first: number, last: number, compare: Compare<T>): number {
  const middle = first + ((last - first) >> 1);
  medianToFront(rows, first, [first + 1, middle, last - 1], compare);
  const pivot = rows[first] as T;
  let low = first + 1;
  let high = last;
  for (;;) {
    while (compare(rows[low] as T, pivot) < 0) low += 1;
    high -= 1;
    while (compare(pivot, rows[high] as T) < 0) high -= 1;
    if (low >= high) return low;
    swapRows(rows, low, high);
    low += 1;
  }
}

function medianToFront<T>(
  rows: T[],
  front: number,
  [a, b, c]: readonly [number, number, number],
  compare: Compare<T>,
): void {
  const isLess = (i: number, j: number): boolean => compare(rows[i] as T, rows[j] as T) < 0;
  if (isLess(a, b)) swapRows(rows, front, isLess(b, c) ? b : isLess(a, c) ? c : a);
  else swapRows(rows, front, isLess(a, c) ? a : isLess(b, c) ? c : b);
}

function swapRows<T>(rows: T[], i: number, j: number): void {
  [rows[i], rows[j]] = [rows[j] as T, rows[i] as T];
}

/** std::__final_insertion_sort: of the first 16 guarded, of the rest from where the quicksort left them. */
function finalInsertionSort<T>(rows: T[], end: number, compare: Compare<T>): void {
  insertionSort(rows, 0, Math.min(end, INSERTION_SORT_MAX), compare);
  for (let at = INSERTION_SORT_MAX; at < end; at += 1) insertBackwards(rows, 0, at, compare);
}

function insertionSort<T>(rows: T[], first: number, last: number, compare: Compare<T>): void {
  for (let at = first + 1; at < last; at += 1) {
    const row = rows[at] as T;
    if (compare(row, rows[first] as T) < 0) {
      rows.copyWithin(first + 1, first, at);
      rows[first] = row;
    } else insertBackwards(rows, first, at, compare);
  }
}

function insertBackwards<T>(rows: T[], first: number, at: number, compare: Compare<T>): void {
  const row = rows[at] as T;
  let to = at;
  while (to > first && compare(row, rows[to - 1] as T) < 0) {
    rows[to] = rows[to - 1] as T;
    to -= 1;
  }
  rows[to] = row;
}
