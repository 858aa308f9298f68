/** What the event at the cursor is about: where the server's attention is in the pictures. */

import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Ref } from "../trace/ref.ts";
import type { Box, Point } from "./geometry.ts";
import { shapesByLock, type TablePicture } from "./index_picture.ts";
import { HOURGLASS } from "./lock_shapes.ts";
import { textWidth } from "./measure.ts";

/** Left on a record: the tab of its writer is at the right. */
const HEAD_ASIDE = 14;

/** The one thing to bring into view; null when the event is about none that is drawn. */
export function eventRef(event: TraceEvent | null): Ref | null {
  switch (event?.type) {
    case "rec.visited":
    case "rec.removed":
    case "readView.checked":
    case "readView.pageChecked":
      return { kind: "rec", id: event.rec };
    case "rec.inserted":
    case "rec.changed":
      return { kind: "rec", id: event.rec.id };
    case "lock.granted":
    case "lock.waiting":
    case "lock.grantedAfterWait":
      return { kind: "lock", id: event.lock.id };
    case "lock.blockersChanged":
    case "lock.timedOut":
      return { kind: "lock", id: event.id };
    case "lock.alreadyHeld":
      return { kind: "lock", id: event.held };
    case "statement.waiting":
      return event.lock === undefined ? null : { kind: "lock", id: event.lock.id };
    case "mdl.granted":
    case "mdl.waiting":
      return { kind: "mdl", id: event.lock.id };
    case "mdl.blockersChanged":
      return { kind: "mdl", id: event.id };
    case "readView.opened":
      return { kind: "readView", id: event.view.id };
    default:
      return null;
  }
}

/** The reading head: over the record that a statement looks at now. */
export interface ReadingHead extends Point {
  readonly session: SessionName;
}

export function readingHead(picture: TablePicture, event: TraceEvent | null): ReadingHead | null {
  const ref = eventRef(event);
  const session = event?.session ?? null;
  if (ref?.kind !== "rec" || session === null) return null;
  for (const staff of picture.staffs) {
    for (const cell of staff.cells) {
      const isHere =
        cell.kind === "fold"
          ? cell.recs.includes(ref.id)
          : cell.kind !== "gap" && cell.rec === ref.id;
      if (isHere) return { session, x: cell.x + HEAD_ASIDE, y: staff.line.top };
    }
  }
  return null;
}

/** Where a thing is drawn in the picture, to bring it into view. */
export function boxOf(picture: TablePicture, ref: Ref | null): Box | null {
  if (ref?.kind === "lock") {
    const shape = shapesByLock(picture).get(ref.id);
    if (shape === undefined) return null;
    const { box, note } = shape;
    if (note === null) return box;
    const left = Math.min(box.x, note.x - HOURGLASS);
    const right = Math.max(box.x + box.width, note.x + textWidth(note.text, note.size));
    return { ...box, x: left, width: right - left };
  }
  if (ref?.kind !== "rec" && ref?.kind !== "gap") return null;
  for (const staff of picture.staffs) {
    for (const cell of staff.cells) {
      const isIt =
        cell.kind === "fold"
          ? cell.recs.includes(ref.id)
          : cell.kind === "gap"
            ? ref.kind === "gap" && cell.before === ref.id
            : ref.kind === "rec" && cell.rec === ref.id;
      if (isIt) return { ...staff.line, x: cell.x, y: staff.line.top, width: cell.width };
    }
  }
  return null;
}
