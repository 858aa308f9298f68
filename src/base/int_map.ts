/**
 * A persistent map from small non-negative integers to values, as plain JSON.
 *
 * A trie of nodes with 32 slots; `depth` levels of nodes above the values. An update copies one node per
 * level (at most seven for 2^32 keys) and shares the rest, so that a checkpoint of the state costs nothing.
 * Empty slots are null, which survives JSON. Iteration is in ascending key order.
 */
import { assert } from "./assert.ts";

type Node = readonly unknown[];

export interface IntMap<V> {
  readonly size: number;
  /** Levels of nodes: keys below 32 ** depth fit. */
  readonly depth: number;
  readonly root: Node;
  /** Carries the value type only; never present at run time. */
  readonly __value?: V;
}

const WIDTH = 32;
const BITS = 5;
const EMPTY_NODE: Node = [];
const EMPTY: IntMap<never> = { size: 0, depth: 1, root: EMPTY_NODE };

export function intMapEmpty<V>(): IntMap<V> {
  return EMPTY as IntMap<V>;
}

/** Undefined where there is none. */
export function intMapGet<V>(map: IntMap<V>, key: number): V | undefined {
  if (key >= WIDTH ** map.depth) return undefined;
  let node: Node = map.root;
  for (let level = map.depth - 1; level > 0; level -= 1) {
    const child = node[(key >>> (level * BITS)) & (WIDTH - 1)];
    if (child === null || child === undefined) return undefined;
    node = child as Node;
  }
  const value = node[key & (WIDTH - 1)];
  return value === null || value === undefined ? undefined : (value as V);
}

/** The map with the entry; the one given stays as it was. Keys are whole numbers from 0 to 2 ** 31 - 1. */
export function intMapSet<V extends object>(map: IntMap<V>, key: number, value: V): IntMap<V> {
  assert(Number.isInteger(key) && key >= 0 && key < 2 ** 31, `IntMap key ${key}`);
  let { depth, root } = map;
  while (key >= WIDTH ** depth) {
    root = root.length === 0 ? EMPTY_NODE : [root];
    depth += 1;
  }
  const isNew = intMapGet(map, key) === undefined;
  return { size: map.size + (isNew ? 1 : 0), depth, root: withSlot(root, depth - 1, key, value) };
}

/** The same map when the key is absent. */
export function intMapDelete<V>(map: IntMap<V>, key: number): IntMap<V> {
  if (intMapGet(map, key) === undefined) return map;
  let { depth } = map;
  let root = withoutSlot(map.root, depth - 1, key);
  // As flat as the largest key allows, so that equal maps are equal JSON.
  while (depth > 1 && root.length <= 1) {
    root = (root[0] ?? EMPTY_NODE) as Node;
    depth -= 1;
  }
  return { size: map.size - 1, depth, root };
}

/** In the order of their keys. */
export function* intMapValues<V>(map: IntMap<V>): Generator<V, void> {
  yield* valuesUnder<V>(map.root, map.depth - 1);
}

/** All values in the order of their keys. */
export function intMapToArray<V>(map: IntMap<V>): V[] {
  const out: V[] = [];
  collect(map.root, map.depth - 1, out as unknown[]);
  return out;
}

/** A map of the given entries; a later entry wins over an earlier one with its key. */
export function intMapFrom<V extends object>(entries: Iterable<readonly [number, V]>): IntMap<V> {
  let map = intMapEmpty<V>();
  for (const [key, value] of entries) map = intMapSet(map, key, value);
  return map;
}

function withSlot(node: Node, level: number, key: number, value: object): Node {
  const slot = (key >>> (level * BITS)) & (WIDTH - 1);
  const copy = node.slice();
  while (copy.length < slot) copy.push(null);
  copy[slot] =
    level === 0 ? value : withSlot((node[slot] ?? EMPTY_NODE) as Node, level - 1, key, value);
  return copy;
}

function withoutSlot(node: Node, level: number, key: number): Node {
  const slot = (key >>> (level * BITS)) & (WIDTH - 1);
  const copy = node.slice();
  copy[slot] = level === 0 ? null : withoutSlot((node[slot] ?? EMPTY_NODE) as Node, level - 1, key);
  return trimmed(copy, slot, level);
}

/** No trailing empty slots and no empty child in the slot that changed, so that equal maps are equal JSON. */
function trimmed(node: unknown[], changed: number, level: number): Node {
  if (level > 0 && (node[changed] as Node).length === 0) node[changed] = null;
  while (node.length > 0 && node.at(-1) === null) node.pop();
  return node;
}

function* valuesUnder<V>(node: Node, level: number): Generator<V, void> {
  for (const child of node) {
    if (child === null) continue;
    if (level === 0) yield child as V;
    else yield* valuesUnder<V>(child as Node, level - 1);
  }
}

function collect(node: Node, level: number, out: unknown[]): void {
  for (const child of node) {
    if (child === null) continue;
    if (level === 0) out.push(child);
    else collect(child as Node, level - 1, out);
  }
}
