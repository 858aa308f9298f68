/**
 * A condition as all indexes together see it, ORs over different indexes included.
 *
 *   a = 1 OR b = 2               keys {},          merges [[{a: 1}, {b: 2}]]
 *   (a = 1 OR b = 2) AND c < 3   keys {c: (,3)},   merges [[{a: 1}, {b: 2}]]
 *
 * MySQL: SEL_TREE, SEL_IMERGE, tree_and and tree_or (sql/range_optimizer/tree.cc).
 */
import { keyCondition } from "./key_condition.ts";
import type { KeyInfo } from "./key_info.ts";
import {
  andCondition,
  isUnknown,
  type KeyCondition,
  type KeyTree,
  orCondition,
} from "./key_tree.ts";
import type { Predicate } from "./predicate.ts";

/** Alternatives, each with indexes of its own, whose rows together are all that match. */
export type Merge = readonly KeyTrees[];

/** Restrictions by index; no index at all is no restriction. */
export type KeyTrees = ReadonlyMap<KeyInfo, KeyTree>;

export interface SelTree {
  readonly keys: KeyTrees;
  readonly merges: readonly Merge[];
}

const ALWAYS: SelTree = { keys: new Map(), merges: [] };

const NOT_RESTRICTED: SelTree = { keys: new Map(), merges: [] };

/** "impossible": the condition holds for no row. */
export function treeOf(where: Predicate, keys: readonly KeyInfo[]): SelTree | "impossible" {
  switch (where.kind) {
    case "and":
      return folded(where.args, keys, ALWAYS, (a, b) =>
        a === "impossible" || b === "impossible" ? "impossible" : and(a, b),
      );
    case "or":
      if (where.isRowList === true && !beginsWithKeyParts(where.args, keys)) return NOT_RESTRICTED;
      return folded(where.args, keys, "impossible", (a, b) =>
        a === "impossible" ? b : b === "impossible" ? a : or(a, b),
      );
    case "false":
      return "impossible";
    default: {
      let trees: Map<KeyInfo, KeyTree> | null = null;
      for (const key of keys) {
        const condition = keyCondition(where, key);
        if (condition === "none") return "impossible";
        if (condition === "all") continue;
        trees ??= new Map();
        trees.set(key, condition);
      }
      return trees === null ? NOT_RESTRICTED : { keys: trees, merges: [] };
    }
  }
}

/** (a, b) IN ((1, 2), (3, 4)) is looked at no further when no index holds `a` (get_func_mm_tree_from_in_predicate). */
function beginsWithKeyParts(rows: readonly Predicate[], keys: readonly KeyInfo[]): boolean {
  return rows.every((row) => {
    const [first = row] = row.kind === "and" ? row.args : [row];
    const tree = treeOf(first, keys);
    return tree === "impossible" || !restrictsNothing(tree);
  });
}

type Tree = SelTree | "impossible";

/** So many conditions are joined with their neighbours, then these with theirs: each is looked at log n times, not n. */
const LONG_LIST = 100;

/** One after the other, as they are written. Departure: long lists are not, which no list of one column's values can tell. */
function folded(
  args: readonly Predicate[],
  keys: readonly KeyInfo[],
  nothing: Tree,
  join: (a: Tree, b: Tree) => Tree,
): Tree {
  let left = args.map((arg) => treeOf(arg, keys));
  while (left.length > LONG_LIST) {
    const joined: Tree[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const [one, other] = [left[at] as Tree, left[at + 1]];
      joined.push(other === undefined ? one : join(one, other));
    }
    left = joined;
  }
  return left.reduce(join, nothing);
}

function and(a: SelTree, b: SelTree): SelTree | "impossible" {
  if (restrictsNothing(a)) return b;
  if (restrictsNothing(b)) return a;
  const keys = new Map<KeyInfo, KeyTree>();
  for (const trees of [a.keys, b.keys]) {
    for (const key of trees.keys()) {
      if (trees === b.keys && a.keys.has(key)) continue;
      const both = combined(andCondition, key, a.keys, b.keys);
      if (both === "none") return "impossible";
      if (both !== "all") keys.set(key, both);
    }
  }
  return { keys, merges: [...a.merges, ...b.merges] };
}

function restrictsNothing({ keys, merges }: SelTree): boolean {
  return keys.size === 0 && merges.length === 0;
}

function combined(how: typeof andCondition, key: KeyInfo, a: KeyTrees, b: KeyTrees): KeyCondition {
  const typeOf = (part: number) => {
    const info = key.parts[part];
    if (info === undefined) throw new Error(`no key part ${part}`);
    return info.type;
  };
  return how(a.get(key) ?? "all", b.get(key) ?? "all", typeOf);
}

function or(one: SelTree, other: SelTree): SelTree {
  if (restrictsNothing(one) || restrictsNothing(other)) return ALWAYS;
  const a = rangesFirst(one);
  const b = rangesFirst(other);
  if (canBeOred(a.keys, b.keys)) return { keys: orKeys(a.keys, b.keys), merges: [] };
  const [left, right] = [usable(a.keys), usable(b.keys)];
  if (a.merges.length > 0 && b.merges.length > 0) {
    const [added = []] = b.merges;
    const merge = added.reduce<Merge | null>(withTree, a.merges[0] ?? []);
    return { keys: new Map(), merges: merge === null ? [] : [merge] };
  }
  if (a.merges.length === 0 && b.merges.length === 0) {
    return left.size === 0 || right.size === 0
      ? ALWAYS
      : { keys: new Map(), merges: [[left, right]] };
  }
  const [merges, plain] = a.merges.length > 0 ? [a.merges, right] : [b.merges, left];
  if (plain.size === 0) return ALWAYS;
  return {
    keys: new Map(),
    merges: merges.flatMap((merge) => {
      const joined = withTree(merge, plain);
      return joined === null ? [] : [joined];
    }),
  };
}

/** A tree that restricts single indexes is ORed by these alone. */
function rangesFirst(tree: SelTree): SelTree {
  if (tree.keys.size === 0 || tree.merges.length === 0) return tree;
  return [...tree.keys.values()].every(isUnknown) ? tree : { keys: tree.keys, merges: [] };
}

/** Both restrict the same part of some index. */
function canBeOred(a: KeyTrees, b: KeyTrees): boolean {
  return [...a].some(([key, tree]) => b.get(key)?.part === tree.part);
}

function orKeys(a: KeyTrees, b: KeyTrees): KeyTrees {
  const keys = new Map<KeyInfo, KeyTree>();
  for (const key of a.keys()) {
    const either = combined(orCondition, key, a, b);
    if (either !== "all" && either !== "none") keys.set(key, either);
  }
  return keys;
}

/** Restrictions that begin with the index's first part. */
function usable(keys: KeyTrees): KeyTrees {
  return new Map([...keys].filter(([, { part }]) => part === 0));
}

/** The tree joins the first alternative that it shares an index with; null when that one then holds always. */
function withTree(merge: Merge | null, tree: KeyTrees): Merge | null {
  if (merge === null) return null;
  const at = merge.findIndex((present) => canBeOred(present, tree));
  if (at < 0) return [...merge, tree];
  const joined = orKeys(merge[at] as KeyTrees, tree);
  return joined.size === 0 ? null : merge.with(at, joined);
}
