/** What is marked on the strip of the whole trace: at most one mark of a kind at a place, the rarer kinds above the others. */
import type { Landmark, LandmarkKind } from "../../trace/landmarks.ts";

/** Positions. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface OverviewMark {
  readonly kind: LandmarkKind;
  /** Of the strip's width, in steps. */
  readonly percent: number;
}

/** So many places the strip has: marks that fall on one are one. */
const PLACES = 400;
const ORDER: readonly LandmarkKind[] = ["wait", "error", "deadlock"];

export function overviewMarks(
  landmarks: readonly Landmark[],
  start: number,
  end: number,
): readonly OverviewMark[] {
  const length = Math.max(1, end - start);
  return ORDER.flatMap((kind) => {
    const places = new Set<number>();
    for (const landmark of landmarks) {
      if (landmark.kind !== kind) continue;
      places.add(Math.round(((landmark.position - start) / length) * PLACES));
    }
    return [...places].map((place) => ({ kind, percent: (place * 100) / PLACES }));
  });
}
