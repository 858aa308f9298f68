/**
 * The sort of an index that is being made. Of several duplicates the message names the one that was met last, so the way in
 * which they are compared is InnoDB's own: halves, sorted each for itself, then merged.
 *
 * InnoDB: UT_SORT_FUNCTION_BODY (ut0sort.h), ddl::Key_sort_buffer::sort, ddl::Dup::report.
 */
import type { Datum } from "./api.ts";
import { compareKeys } from "./datum.ts";
import type { Index } from "./types.ts";

interface Entry {
  readonly key: readonly Datum[];
}

/** `duplicate`: the declared fields of two entries that a unique index cannot both have; NULL is equal to nothing. */
export function sortedEntries<T extends Entry>(
  index: Index,
  entries: readonly T[],
  isUnique: boolean,
): { readonly sorted: readonly T[]; readonly duplicate: readonly Datum[] | null } {
  const declared = isUnique ? index.declaredFields : 0;
  let duplicate: readonly Datum[] | null = null;
  const compare = ({ key: a }: T, { key: b }: T): number => {
    if (declared > 0 && compareKeys(index.fields, a, b, declared) === 0) {
      const own = a.slice(0, declared);
      if (!own.includes(null)) duplicate = own;
    }
    return compareKeys(index.fields, a, b, index.fields.length);
  };
  const sorted = mergeSorted(entries, compare);
  return { sorted, duplicate };
}

function mergeSorted<T>(all: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  if (all.length < 2) return all;
  const middle = all.length >> 1;
  const low = mergeSorted(all.slice(0, middle), compare);
  const high = mergeSorted(all.slice(middle), compare);
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < low.length && j < high.length) {
    const [a, b] = [low[i] as T, high[j] as T];
    if (compare(a, b) > 0) {
      merged.push(b);
      j += 1;
    } else {
      merged.push(a);
      i += 1;
    }
  }
  return [...merged, ...low.slice(i), ...high.slice(j)];
}
