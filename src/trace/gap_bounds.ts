/** Where a record stands in its index: which index, and the keys on both sides of the gap before it. */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import { keyText } from "./explain/text.ts";
import type { IndexId, RecId } from "./ids.ts";
import type { IndexState, PageState, State } from "./state.ts";

/** Keys as sentences say them (`keyText`); null is the end of the index. */
export interface GapBounds {
  readonly low: string | null;
  readonly high: string | null;
}

/** Where a record lies among those of its index, and the gap before it. */
export interface RecPlaceInIndex {
  readonly index: IndexState;
  readonly isSupremum: boolean;
  readonly isInfimum: boolean;
  readonly gap: GapBounds;
  /** The records on both sides of the gap; null at the ends. */
  readonly lowRec: RecId | null;
  readonly highRec: RecId | null;
}

/** Looks in one index when it is known, else (a supremum or infimum) in all. */
export function placeOfRec(
  state: State,
  rec: RecId,
  indexId: IndexId | null,
): RecPlaceInIndex | null {
  const only = indexId === null ? undefined : intMapGet(state.indexes, indexId);
  const page = intMapGet(state.recs, rec)?.page ?? null;
  const indexes = only === undefined ? intMapValues(state.indexes) : [only];
  for (const index of indexes) {
    const leaves = index.leaves.flatMap((no) => intMapGet(index.pages, no) ?? []);
    for (const [at, leaf] of leaves.entries()) {
      if (page !== null && leaf.no !== page) continue;
      const isEnd = leaf.supremum === rec;
      const place = isEnd ? leaf.recs.length : leaf.recs.indexOf(rec);
      if (place < 0 && leaf.infimum !== rec) continue;
      const [lowRec, highRec] = neighbours(leaves, at, place);
      const key = (id: RecId | null) => (id === null ? null : keyOf(state, id));
      return {
        index,
        isSupremum: isEnd,
        isInfimum: leaf.infimum === rec,
        gap: { low: key(lowRec), high: key(highRec) },
        lowRec,
        highRec,
      };
    }
  }
  return null;
}

function neighbours(
  leaves: readonly PageState[],
  at: number,
  place: number,
): readonly [RecId | null, RecId | null] {
  const leaf = leaves[at] as PageState;
  return [
    leaf.recs[place - 1] ?? leaves[at - 1]?.recs.at(-1) ?? null,
    leaf.recs[place] ?? leaves[at + 1]?.recs[0] ?? null,
  ];
}

function keyOf(state: State, rec: RecId): string | null {
  const key = intMapGet(state.recs, rec)?.key;
  return key === undefined ? null : keyText(key);
}
