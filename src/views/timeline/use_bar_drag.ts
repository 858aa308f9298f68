/**
 * Dragging a statement's bar to another place in the schedule. A press that does not move is a click: the cursor goes there.
 *
 *     x of the pointer ──▶ the edge between two commands that is nearest ──▶ the place in the list of steps
 */
import { type PointerEvent, type RefObject, useState } from "react";
import { pageStore } from "../../store/page_store.ts";
import { moved } from "../../store/variants.ts";
import { eventAt, type Timeline } from "../../trace/timeline.ts";
import { reorder } from "../schedule/move_step.ts";
import { placeOf } from "../schedule/row_drag.ts";
import { positionAt, type TimelineScale, xOf } from "./timeline_geometry.ts";
import type { ScrollerPlace } from "./use_scroller.ts";

const THRESHOLD_PX = 6;

export interface BarDrag {
  readonly command: number;
  /** Of the edge where it would drop; null while it is where it was. */
  readonly x: number | null;
}

/** Gives the drag that is going on, and what a bar's press begins. */
export function useBarDrag(
  scroller: RefObject<HTMLElement | null>,
  place: RefObject<ScrollerPlace>,
  timeline: Timeline,
  scale: TimelineScale,
): readonly [BarDrag | null, (pointer: PointerEvent, startedAt: number) => boolean] {
  const [drag, setDrag] = useState<BarDrag | null>(null);

  /** False when the press is not a mouse's: a finger scrolls. */
  const grab = (pointer: PointerEvent, startedAt: number): boolean => {
    const command = eventAt(timeline, startedAt)?.command ?? -1;
    if (pointer.pointerType !== "mouse" || pointer.button !== 0 || command < 0) return false;
    if (scroller.current === null) return false;
    const left = scroller.current.getBoundingClientRect().left;
    const edgeAt = (x: number) =>
      nearestEdge(timeline, scale, x - left + place.current.left, stepCount());
    const over = new AbortController();
    const { signal } = over;
    let isDragged = false;
    const end = (): void => {
      over.abort();
      setDrag(null);
    };
    window.addEventListener(
      "pointermove",
      (event) => {
        isDragged ||= Math.abs(event.clientX - pointer.clientX) > THRESHOLD_PX;
        if (!isDragged) return;
        const edge = edgeAt(event.clientX);
        const isMoved = placeOf(command, edge.step) !== command;
        setDrag({ command, x: isMoved ? edge.x : null });
      },
      { signal },
    );
    window.addEventListener(
      "pointerup",
      (event) => {
        const to = placeOf(command, edgeAt(event.clientX).step);
        end();
        const { script, seek } = pageStore.getState();
        const clicked = positionAt(scale, event.clientX - left + place.current.left);
        if (!isDragged) seek(endOfCommandAt(timeline, Math.max(clicked, startedAt + 1)));
        else if (to !== command) {
          void reorder(moved(script.scenario.steps, command, to), to);
        }
      },
      { signal },
    );
    window.addEventListener("pointercancel", end, { signal });
    window.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
    return true;
  };
  return [drag, grab];
}

/** Who clicks a statement wants to see what it came to: the end of the command in which the place is. */
export function endOfCommandAt(
  timeline: Pick<Timeline, "commandStarts" | "length">,
  position: number,
): number {
  const next = timeline.commandStarts.find((start) => start.position >= position);
  return next?.position ?? timeline.length;
}

function stepCount(): number {
  return pageStore.getState().script.scenario.steps.length;
}

/** Before which step, and where that is. */
function nearestEdge(
  timeline: Timeline,
  scale: TimelineScale,
  x: number,
  steps: number,
): { readonly step: number; readonly x: number } {
  const edges = [
    ...timeline.commandStarts
      .filter(({ command }) => command >= 0)
      .map(({ command, position }) => ({ step: command, x: xOf(scale, position) })),
    { step: steps, x: xOf(scale, timeline.length) },
  ];
  return edges.reduce((best, edge) => (Math.abs(edge.x - x) < Math.abs(best.x - x) ? edge : best));
}
