/**
 * Documents made out of documents: a value put at a path, one taken away, two merged.
 *
 * MySQL: Item_func_json_set_replace, Item_func_json_insert, Item_func_json_remove, Item_func_json_array_append, Item_func_json_merge_patch,
 * Item_func_json_merge_preserve (sql/item_json_func.cc).
 */
import { isArray, type Json, objectOf } from "./json_document.ts";
import { indexOf, type Leg, type Path } from "./json_path.ts";

/** What stands at the place becomes this; undefined: it goes. `there` is undefined where nothing is. */
export type Change = (there: Json | undefined) => Json | undefined;

/** The path has no wildcards. What its last but one leg leads to has to be there. */
export function changedAt(doc: Json, path: Path, change: Change): Json {
  const [leg, ...rest] = path;
  if (leg === undefined) return change(doc) ?? doc;
  if (rest.length > 0) {
    return withChild(doc, leg, (child) =>
      child === undefined ? undefined : changedAt(child, rest, change),
    );
  }
  return withChild(doc, leg, change);
}

function withChild(parent: Json, leg: Leg, change: Change): Json {
  if (leg.kind === "member") {
    if (!(parent instanceof Map)) return parent;
    const changed = change(parent.get(leg.name));
    const others = [...parent].filter(([name]) => name !== leg.name);
    return objectOf(changed === undefined ? others : [...others, [leg.name, changed] as const]);
  }
  if (leg.kind !== "cell") return parent;
  const cells = isArray(parent) ? parent : [parent];
  const at = indexOf(leg.place, cells.length);
  const there = cells[at];
  const changed = change(there);
  if (there !== undefined) {
    if (!isArray(parent)) return changed ?? parent;
    return cells.flatMap((cell, i) => (i !== at ? [cell] : changed === undefined ? [] : [changed]));
  }
  if (changed === undefined) return parent;
  return at < 0 ? [changed, ...cells] : [...cells, changed];
}

/** JSON_ARRAY_INSERT: the value stands at that place, and what stood there behind it. */
export function insertedAt(doc: Json, path: Path, value: Json): Json {
  const leg = path.at(-1);
  if (leg?.kind !== "cell") return doc;
  return changedAt(doc, path.slice(0, -1), (array) => {
    if (!isArray(array)) return array;
    const at = Math.max(0, Math.min(array.length, indexOf(leg.place, array.length)));
    return [...array.slice(0, at), value, ...array.slice(at)];
  });
}

/** As RFC 7396 has it: null takes a member away. */
export function patched(target: Json, patch: Json): Json {
  if (!(patch instanceof Map)) return patch;
  const members = new Map<string, Json>(target instanceof Map ? target : []);
  for (const [name, value] of patch) {
    if (value === null) members.delete(name);
    else members.set(name, patched(members.get(name) ?? null, value));
  }
  return objectOf(members);
}

/** Nothing is lost: arrays are joined, members of one name merged. */
export function merged(a: Json, b: Json): Json {
  if (!(a instanceof Map) || !(b instanceof Map)) return [...listOf(a), ...listOf(b)];
  const members = new Map<string, Json>(a);
  for (const [name, value] of b) {
    const there = members.get(name);
    members.set(name, there === undefined ? value : merged(there, value));
  }
  return objectOf(members);
}

export function listOf(value: Json): readonly Json[] {
  return isArray(value) ? value : [value];
}
