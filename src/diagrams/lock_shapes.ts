/**
 * A lock as a shape: the shape tells the kind, the fill the mode, the stroke the status.
 *
 *     slot    record        slot    record        slot    record        slot    record
 *            ┌──────┐      ╷      ╷              ╷       ┌──────┐         ▲
 *            │  X   │      │  X   │              │       │  X   │        ╱ ╲
 *            └──────┘      └──────┘              └───────┴──────┘       ╱───╲
 *       record lock        gap lock              next-key lock         insert intention
 *
 * The next-key lock is the gap lock's bracket grown together with the record lock's frame. On a supremum, where
 * there is no record, the frame is an open end.
 */
import type { LockId, SessionName } from "../trace/ids.ts";
import type { RecLockState } from "../trace/state.ts";
import { type Box, type Corner, type Label, outline } from "./geometry.ts";
import { FAR_GAP, type LockPlace } from "./index_cells.ts";
import { textWidth } from "./measure.ts";

export type LockKind = "record" | "gap" | "nextKey" | "insertIntention";

export interface LockShape {
  /** The lock drawn; of a fold, the first of `locks`. */
  readonly id: LockId;
  /** One, or the equal locks of a folded run. */
  readonly locks: readonly LockId[];
  readonly session: SessionName;
  readonly kind: LockKind;
  readonly mode: "S" | "X";
  readonly status: "granted" | "waiting";
  /** Where it lies in the picture. */
  readonly box: Box;
  /** SVG path, its origin the box's corner; the picture's when seen from far away. */
  readonly path: string;
  /** Among ticks: without a transform of its own, since there are hundreds. */
  readonly isFar: boolean;
  /** The mode's letter, in coordinates of the picture. */
  readonly letter: Label;
  /** "waits for A". */
  readonly note: Label | null;
  /** Row within its session's lane, from 0. */
  readonly row: number;
}

export const SHAPE_HEIGHT = 18;
/** Thickness of a bracket's bar and ticks. */
const BAR = 6;
const INSET = 3;
const WEDGE = 22;
/** A letter needs so much. */
const LETTER_ROOM = 12;
/** Between a shape and its note, and behind the note. */
const NOTE_GAP = 6;
/** As much as a note needs that names one session. */
const NOTE_ROOM = 116;
/** Room for the hourglass in front of a note. */
export const HOURGLASS = 14;

/** InnoDB: lock_rec_get_insert_intention, lock_rec_get_gap, lock_rec_get_rec_not_gap. */
export function lockKind(lock: Pick<RecLockState, "shape" | "insertIntention">): LockKind {
  if (lock.insertIntention) return "insertIntention";
  if (lock.shape === "gap") return "gap";
  return lock.shape === "recNotGap" ? "record" : "nextKey";
}

/** A shape before it has a row: everything but y. */
export interface Span {
  readonly locks: readonly RecLockState[];
  readonly place: LockPlace;
  readonly left: number;
  readonly width: number;
  readonly noteText: string | null;
  /** Where the note's text begins; its hourglass stands before it. */
  readonly noteX: number;
  /** Left and right end, note included. */
  readonly from: number;
  readonly right: number;
}

/** `room`: the right end of what is in sight at once. */
export function lockSpan(
  locks: readonly [RecLockState, ...RecLockState[]],
  place: LockPlace,
  noteText: string | null,
  room = Number.POSITIVE_INFINITY,
): Span {
  const kind = lockKind(locks[0]);
  const gap = place.gap ?? place.rec;
  const inset = isFarGap(gap.width) ? 0 : INSET;
  const wedge = Math.min(WEDGE, gap.width);
  let left = gap.x + inset;
  let right = place.rec.x + place.rec.width;
  if (place.fold !== null) {
    right -= INSET;
  } else if (kind === "insertIntention") {
    left = gap.x + gap.width / 2 - wedge / 2;
    right = left + wedge;
  } else if (kind === "gap") {
    right = gap.x + gap.width - inset;
  } else if (kind === "record") {
    left = place.rec.x;
  }
  const width = right - left;
  const text = noteText === null ? 0 : textWidth(noteText, "label");
  const note = noteText === null ? 0 : text + HOURGLASS + 2 * NOTE_GAP;
  // Behind the shape, unless it would be cut off there and has room before it; whoever else is waited for, it stays there.
  if (note > 0 && right <= room && right + NOTE_ROOM > room && left >= note) {
    const noteX = left - NOTE_GAP - text;
    return { locks, place, left, width, noteText, noteX, from: left - note, right };
  }
  const noteX = right + HOURGLASS + NOTE_GAP;
  return { locks, place, left, width, noteText, noteX, from: left, right: right + note };
}

interface Known {
  readonly madeFrom: readonly unknown[];
  readonly shape: LockShape;
}

/** The shapes of locks that are drawn by themselves as they were made last: of hundreds a step leaves all but one as they were. */
const byLock = new WeakMap<RecLockState, Known>();

/** `top` is the y of the row's shapes. */
export function lockShape(span: Span, row: number, top: number): LockShape {
  const { left, width, noteText, noteX, locks, place } = span;
  const [lock] = locks as readonly [RecLockState];
  if (locks.length > 1) return shapeOf(span, row, top);
  const { gap, rec, fold } = place;
  const madeFrom = [
    left,
    width,
    noteText,
    noteX,
    row,
    top,
    gap?.width,
    rec.x,
    rec.isEnd,
    fold === null,
  ];
  const known = byLock.get(lock);
  if (known?.madeFrom.every((part, at) => part === madeFrom[at])) return known.shape;
  const shape = shapeOf(span, row, top);
  byLock.set(lock, { madeFrom, shape });
  return shape;
}

function shapeOf(span: Span, row: number, top: number): LockShape {
  const [lock] = span.locks as readonly [RecLockState];
  const kind = lockKind(lock);
  const { left, width, place } = span;
  const headX = place.fold === null ? place.rec.x - left : 0;
  const middle = top + SHAPE_HEIGHT / 2;
  const isFar = place.gap !== null && isFarGap(place.gap.width);
  let corners: readonly Corner[];
  let letterX = left + width / 2;
  let letterY = middle;
  switch (kind) {
    case "record":
      corners = frame(0, width, place.rec.isEnd);
      break;
    case "gap":
      corners = width < FAR_GAP ? bar(width) : bracket(width);
      letterY = top + (SHAPE_HEIGHT - BAR) / 2;
      break;
    case "nextKey":
      corners =
        place.fold === null ? nextKey(headX, width, place.rec.isEnd) : frame(0, width, false);
      letterX = left + (headX + width) / 2;
      break;
    case "insertIntention":
      corners = [
        [width / 2, 0],
        [width, SHAPE_HEIGHT],
        [0, SHAPE_HEIGHT],
      ];
      letterY = middle + 3;
      break;
  }
  const note: Label | null =
    span.noteText === null
      ? null
      : {
          text: span.noteText,
          x: span.noteX,
          y: middle,
          anchor: "start",
          size: "label",
        };
  const count = span.locks.length;
  return {
    id: lock.id,
    locks: span.locks.map((each) => each.id),
    session: lock.session,
    kind,
    mode: lock.mode,
    status: lock.status,
    box: { x: left, y: top, width, height: SHAPE_HEIGHT },
    path: outline(isFar ? corners.map(([x, y]): Corner => [left + x, top + y]) : corners),
    isFar,
    letter: {
      text:
        count > 1
          ? `${lock.mode} ×${count}`
          : (kind === "nextKey" ? width - headX : width) < LETTER_ROOM
            ? ""
            : lock.mode,
      x: letterX,
      y: letterY,
      anchor: "middle",
      size: "mark",
    },
    note,
    row,
  };
}

/** A frame from x to right; an open end, where there is no record, points on. */
function frame(x: number, right: number, isEnd: boolean): readonly Corner[] {
  return [[x, 0], ...edge(right, isEnd), [x, SHAPE_HEIGHT]];
}

/** The right edge of a shape, from top to bottom. */
function edge(right: number, isEnd: boolean): readonly Corner[] {
  if (!isEnd) {
    return [
      [right, 0],
      [right, SHAPE_HEIGHT],
    ];
  }
  const tip = SHAPE_HEIGHT / 2;
  return [
    [right - tip, 0],
    [right, tip],
    [right - tip, SHAPE_HEIGHT],
  ];
}

function isFarGap(gapWidth: number): boolean {
  return gapWidth < FAR_GAP;
}

function bracket(width: number): readonly Corner[] {
  const inner = SHAPE_HEIGHT - BAR;
  return [
    [0, 0],
    [BAR, 0],
    [BAR, inner],
    [width - BAR, inner],
    [width - BAR, 0],
    ...edge(width, false),
    [0, SHAPE_HEIGHT],
  ];
}

/** A gap lock seen from far away. */
function bar(width: number): readonly Corner[] {
  const inner = SHAPE_HEIGHT - BAR;
  return [
    [0, inner],
    [width, inner],
    [width, SHAPE_HEIGHT],
    [0, SHAPE_HEIGHT],
  ];
}

function nextKey(headX: number, width: number, isEnd: boolean): readonly Corner[] {
  const inner = SHAPE_HEIGHT - BAR;
  if (headX < FAR_GAP) {
    return [
      [0, inner],
      [headX, inner],
      [headX, 0],
      ...edge(width, isEnd && width - headX > SHAPE_HEIGHT),
      [0, SHAPE_HEIGHT],
    ];
  }
  return [
    [0, 0],
    [BAR, 0],
    [BAR, inner],
    [headX, inner],
    [headX, 0],
    ...edge(width, isEnd),
    [0, SHAPE_HEIGHT],
  ];
}
