/**
 * Where somebody is in a text: the cursor, and from where on has been typed since the cursor was last put somewhere.
 *
 *     BEGIN; UPDATE t SET v = 1;|      typed at one go: it is all meant, the first of it first
 *     ^from                      ^caret
 *     BEGIN;| UPDATE t SET v = 1;      put there with the mouse or the arrows: from = caret
 */
export interface Spot {
  readonly caret: number;
  readonly from: number;
}

export const START: Spot = { caret: 0, from: 0 };

/** The cursor is told to be at `caret` of a text that was `before` when it was told last. */
export function movedSpot(spot: Spot, before: string, text: string, caret: number): Spot {
  if (text === before) return { caret, from: caret };
  return { caret, from: Math.min(spot.from, firstDifference(before, text), caret) };
}

function firstDifference(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
