/** The arrows of the wait-for graph: curves from the rim of one circle to the rim of another. */
import { assert } from "../base/assert.ts";
import { minOf } from "../base/lists.ts";
import type { Point } from "./geometry.ts";

/** Of a session's circle. */
export const RADIUS = 20;
const CLEAR = RADIUS + 7;
/** How far an arrow bends aside, as a share of its length. */
const BEND = 0.2;
/** What else is tried where it would lie on a session that has no part in it; at last to the other side. */
const OTHER_BENDS = [0.11, 0.06, 0.32, 0.42, 0.26, 0.15, -0.06, -0.12, -0.25, -0.4];
/** Where along an arrow it is asked whether words would lie on it. */
export const SAMPLES = Array.from({ length: 19 }, (_, at) => (at + 1) / 20);

export interface Curve {
  readonly control: Point;
  readonly at: (t: number) => Point;
}

/** Past all sessions that have no part in it, if a bend inside the picture does so, or else as far from them as any. */
export function clearCurve(a: Point, b: Point, others: readonly Point[], height: number): Curve {
  const farFrom = (curve: Curve): number => {
    const way = SAMPLES.map(curve.at);
    if (way.some(({ y }) => y <= 0 || y >= height)) return -1;
    const far = (centre: Point) =>
      minOf(way.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y)));
    return minOf(others.map(far), CLEAR);
  };
  const curves = [BEND, ...OTHER_BENDS].map((by) => curveBetween(a, b, by));
  return leastOf(curves, (curve) => CLEAR - farFrom(curve)) ?? curveBetween(a, b);
}

/** From rim to rim, bent to the left of its way, so that there and back do not cover each other. */
function curveBetween(a: Point, b: Point, by = BEND): Curve {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  assert(length > 0, "two nodes in one place");
  const ahead = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const control = {
    x: (a.x + b.x) / 2 + ahead.y * length * by,
    y: (a.y + b.y) / 2 - ahead.x * length * by,
  };
  const start = towards(a, control, RADIUS + 2);
  const end = towards(b, control, RADIUS + 4);
  return {
    control,
    at: (t) => ({
      x: (1 - t) ** 2 * start.x + 2 * t * (1 - t) * control.x + t ** 2 * end.x,
      y: (1 - t) ** 2 * start.y + 2 * t * (1 - t) * control.y + t ** 2 * end.y,
    }),
  };
}

/** The first of those with the least. */
export function leastOf<T>(all: readonly T[], cost: (one: T) => number): T | undefined {
  let least: { readonly one: T; readonly cost: number } | undefined;
  for (const one of all) {
    const costs = cost(one);
    if (least === undefined || costs < least.cost) least = { one, cost: costs };
    if (costs === 0) break;
  }
  return least?.one;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return {
    x: from.x + ((to.x - from.x) / length) * distance,
    y: from.y + ((to.y - from.y) / length) * distance,
  };
}
