/**
 * In a race the cells and locks that come are drawn with the shapes of those that go: what stood between the same two neighbours, in
 * its order and of its kind. To make a cell costs three times what it costs to tell its shapes of another.
 *
 *     before    rec 10   gap 15   rec 15   gap 20   fold 20   gap 40
 *     now       rec 10   gap 12   rec 12   gap 17   fold 17   gap 40
 *     keys      rec 10   gap 15   rec 15   gap 20   fold 20   gap 40
 *
 * Whoever has a key keeps it, so that nothing that stays is made anew when the race is over.
 */
import { useRef } from "react";
import { isRapid } from "../shell/use_rapid_moves.ts";

export interface Keyed {
  /** What is drawn, in its order: a kind, a space, and which of the kind. */
  readonly names: readonly string[];
  /** Of each. */
  readonly keys: readonly string[];
}

export function recycledKeys(
  before: Keyed,
  names: readonly string[],
  isRacing: boolean,
): readonly string[] {
  if (areSame(before.names, names)) return before.keys;
  const places = new Map(before.names.map((name, at) => [name, at]));
  const taken = new Set(before.keys);
  const keys = names.map((name) => before.keys[places.get(name) ?? -1] ?? null);
  const stay = new Set(names);
  const kindAt = (place: number): string => kindOf(before.names[place] ?? "");
  /** Of `before`: the next that may have gone, and of `names`: the first without a key. */
  let gone = 0;
  let fresh = 0;
  for (let at = 0; at <= names.length; at += 1) {
    const place = at < names.length ? places.get(names[at] ?? "") : before.names.length;
    if (place === undefined || place < gone) continue;
    if (isRacing) pair(fresh, at, place);
    gone = place + 1;
    fresh = at + 1;
  }
  return keys.map((key, at) => key ?? ownKey(names[at] ?? "", taken));

  /** Those from `fresh` to `at` get the keys of those from `gone` to `place`. */
  function pair(from: number, to: number, place: number): void {
    for (let at = from; at < to; at += 1) {
      if (keys[at] !== null) continue;
      const kind = kindOf(names[at] ?? "");
      let one = gone;
      while (one < place && (stay.has(before.names[one] ?? "") || kindAt(one) !== kind)) one += 1;
      if (one === place) continue;
      keys[at] = before.keys[one] ?? null;
      gone = one + 1;
    }
  }
}

function areSame(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, at) => name === others[at]);
}

function kindOf(name: string): string {
  return name.slice(0, name.lastIndexOf(" "));
}

/** Its name, unless something else has that. */
function ownKey(name: string, taken: Set<string>): string {
  let key = name;
  while (taken.has(key)) key += "'";
  taken.add(key);
  return key;
}

/**
 * Whether a line of cells (`reused_cells.ts`) shows none of those that it showed, or, in a race, less than half as many: to tell a
 * shape of another thing costs a third of a new one.
 */
export function hasLeapt(
  before: { readonly from: number; readonly to: number },
  from: number,
  to: number,
  isRacing = isRapid(),
): boolean {
  const still = Math.min(to, before.to) - Math.max(from, before.from);
  return still <= 0 || (isRacing && still < (to - from) / 2);
}

const NOTHING: Keyed = { names: [], keys: [] };

/** Cells seen from far away (`reused_cells.ts`) have their keys already. */
export function useRecycledKeys(names: readonly string[]): readonly string[] {
  const drawn = useRef(NOTHING);
  const near = names.filter((name) => !name.startsWith("far "));
  const keys = recycledKeys(drawn.current, near, isRapid());
  drawn.current = { names: near, keys };
  if (near.length === names.length) return keys;
  let at = 0;
  return names.map((name) => (name.startsWith("far ") ? name : (keys[at++] ?? name)));
}
