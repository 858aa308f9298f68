/**
 * Where two states differ, as text: for the property "the fold of the trace equals the engine's own dump".
 *
 * Two IntMaps are equal when their entries are, whatever their depth.
 */
import { type IntMap, intMapToArray } from "../base/int_map.ts";
import type { State } from "./state.ts";

const DIFFERENCES_MAX = 20;

/** One line for each difference, the path first; empty when the states are equal. Only the keys of `b` are compared. */
export function stateDifference(a: State, b: Partial<State>): readonly string[] {
  const found: string[] = [];
  for (const key of Object.keys(b) as (keyof State)[]) {
    compare(key, plain(a[key]), plain(b[key]), found);
  }
  return found.slice(0, DIFFERENCES_MAX);
}

function compare(path: string, a: unknown, b: unknown, found: string[]): void {
  if (found.length >= DIFFERENCES_MAX || Object.is(a, b)) return;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    found.push(`${path}: ${text(a)} is not ${text(b)}`);
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    compare(`${path}.${key}`, plain(a[key]), plain(b[key]), found);
  }
}

/** An IntMap as an object from key to value; anything else as it is. */
function plain(value: unknown): unknown {
  return isIntMap(value) ? entries(value) : value;
}

function entries(map: IntMap<unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const walk = (node: readonly unknown[], level: number, prefix: number): void => {
    for (const [slot, child] of node.entries()) {
      if (child === null) continue;
      const key = prefix * 32 + slot;
      if (level === 0) out[key] = child;
      else walk(child as readonly unknown[], level - 1, key);
    }
  };
  walk(map.root, map.depth - 1, 0);
  const { length } = intMapToArray(map);
  if (length !== map.size) out.size = `${map.size} for ${length} entries`;
  return out;
}

function isIntMap(value: unknown): value is IntMap<unknown> {
  return isObject(value) && "root" in value && "depth" in value && "size" in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
