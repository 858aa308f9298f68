/**
 * The trace as a thing one can move about in: events in chunks, a checkpoint of the state before each chunk,
 * and the places where commands begin and end.
 *
 *     chunk 0                chunk 1                chunk 2
 *     e0 e1 ... e63          e64 ... e127           e128 ...          position p = events folded in, 0..length
 *     ^ checkpoint           ^ checkpoint           ^ checkpoint
 *
 * Immutable: appending copies the last chunk and the list of chunks, and shares everything else.
 */
import { assert } from "../base/assert.ts";
import { applyEvent } from "./apply.ts";
import { isQuiet } from "./event_families.ts";
import type { TraceEvent } from "./events.ts";
import { initialState } from "./initial_state.ts";
import type { Scenario, Step } from "./scenario.ts";
import type { State } from "./state.ts";

/** Events between checkpoints. A seek folds fewer than this. */
const CHUNK = 64;

/** A trace, cut into chunks; never changed: `appended` gives another that shares all full chunks. */
export interface Timeline {
  readonly length: number;
  readonly chunks: readonly (readonly TraceEvent[])[];
  /** `checkpoints[i]` is the state before the first event of `chunks[i]`. */
  readonly checkpoints: readonly State[];
  /** The state after every event. */
  readonly head: State;
  /** Ascending: `commandStarts[i].position` events were there before the command's first. Commands without events are absent; the set-up is command -1. */
  readonly commandStarts: readonly CommandStart[];
}

/** Where a command's events begin; -1 is the set-up. */
export interface CommandStart {
  readonly command: number;
  readonly position: number;
}

export const emptyTimeline: Timeline = {
  length: 0,
  chunks: [],
  checkpoints: [],
  head: initialState,
  commandStarts: [],
};

/** Events must follow on without a hole. */
export function appended(timeline: Timeline, events: readonly TraceEvent[]): Timeline {
  if (events.length === 0) return timeline;
  const chunks = timeline.chunks.slice();
  const checkpoints = timeline.checkpoints.slice();
  const commandStarts = timeline.commandStarts.slice();
  let { head, length } = timeline;
  let open: TraceEvent[] = chunks.pop()?.slice() ?? [];
  for (const event of events) {
    assert(event.seq === length, `event ${event.seq} came where ${length} belongs`);
    if (open.length === CHUNK) {
      chunks.push(open);
      open = [];
    }
    if (open.length === 0) checkpoints.push(head);
    if (commandStarts.at(-1)?.command !== event.command) {
      commandStarts.push({ command: event.command, position: length });
    }
    open.push(event);
    head = applyEvent(head, event);
    length += 1;
  }
  chunks.push(open);
  return { length, chunks, checkpoints, head, commandStarts };
}

/** The state after the first `position` events. */
export function seek(timeline: Timeline, position: number): State {
  return walkedTo(timeline, nothingPassed, position).state;
}

/** The states that were come by in one chunk: `states[i]` is the one after its first `i` events. */
export interface Passed {
  readonly chunk: readonly TraceEvent[];
  readonly states: readonly State[];
}

export const nothingPassed: Passed = { chunk: [], states: [] };

/**
 * As `seek`, for who goes about: given what was passed the last time, the state at a place that was come by is the same object
 * again, so that who goes back, too, sees by identity what has changed.
 */
export function walkedTo(
  timeline: Timeline,
  before: Passed,
  position: number,
): { readonly state: State; readonly passed: Passed } {
  assert(position >= 0 && position <= timeline.length, `position ${position}`);
  if (position === timeline.length) return { state: timeline.head, passed: before };
  const chunk = timeline.chunks[Math.floor(position / CHUNK)];
  let state = timeline.checkpoints[Math.floor(position / CHUNK)];
  assert(chunk !== undefined && state !== undefined, `no chunk at ${position}`);
  const states = before.chunk === chunk ? before.states.slice() : [state];
  state = states.at(-1) ?? state;
  for (const event of chunk.slice(states.length - 1, position % CHUNK)) {
    state = applyEvent(state, event);
    states.push(state);
  }
  return { state: states[position % CHUNK] ?? state, passed: { chunk, states } };
}

/** Null outside the trace. */
export function eventAt(timeline: Timeline, seq: number): TraceEvent | null {
  return timeline.chunks[Math.floor(seq / CHUNK)]?.[seq % CHUNK] ?? null;
}

/** Events `from` to `to` - 1, those that there are. */
export function* eventsBetween(
  timeline: Timeline,
  from: number,
  to: number,
): Generator<TraceEvent, void> {
  for (let seq = from; seq < to; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event !== null) yield event;
  }
}

// ---------------------------------------------------------------- steps

/** Where the page can stand when it steps by statements: after the set-up, after each command. */
export function boundaries(timeline: Timeline): readonly number[] {
  const ends = timeline.commandStarts.map((start) => start.position);
  const first = timeline.commandStarts[0]?.command === -1 ? 1 : 0;
  return [...ends.slice(first), timeline.length];
}

/** The first position of the story: after the set-up. Asked at every step, so without a list of all. */
export function storyStart(timeline: Timeline): number {
  const [first, second] = timeline.commandStarts;
  const start = first?.command === -1 ? second : first;
  return start?.position ?? timeline.length;
}

/** To the end of the command that is under way, or of the next one. */
export function stepOver(timeline: Timeline, position: number): number {
  const next = timeline.commandStarts[startsUpTo(timeline, position)]?.position;
  return Math.max(next ?? timeline.length, storyStart(timeline));
}

/** To the end of the command before. Never into the set-up. */
export function stepOverBack(timeline: Timeline, position: number): number {
  const before = timeline.commandStarts[startsUpTo(timeline, position - 1) - 1]?.position ?? 0;
  return Math.max(before, storyStart(timeline));
}

/** How many commands begin at `position` or before it. */
function startsUpTo(timeline: Timeline, position: number): number {
  let low = 0;
  let high = timeline.commandStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline.commandStarts[middle]?.position ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Behind the next event that is worth a look. */
export function stepInto(timeline: Timeline, position: number): number {
  for (let at = position; at < timeline.length; at += 1) {
    if (!isQuietAt(timeline, at)) return at + 1;
  }
  return timeline.length;
}

/** Behind the event before that is worth a look. Never into the set-up. */
export function stepBack(timeline: Timeline, position: number): number {
  const start = Math.min(position, storyStart(timeline));
  for (let at = position - 2; at >= start; at -= 1) {
    if (!isQuietAt(timeline, at)) return at + 1;
  }
  return start;
}

/** How many events right before the one at the cursor a step passes over; none where it stands on one of these. */
export function passedOver(timeline: Timeline, position: number): number {
  const at = position - 1;
  if (isQuietAt(timeline, at) && position < timeline.length) return 0;
  const start = storyStart(timeline);
  let from = at;
  while (from > start && isQuietAt(timeline, from - 1)) from -= 1;
  return at - from;
}

function isQuietAt(timeline: Timeline, seq: number): boolean {
  const event = eventAt(timeline, seq);
  return event !== null && isQuiet(event);
}

/** The command whose events lie right before the position; -1 in or after the set-up. */
export function commandAt(timeline: Timeline, position: number): number {
  return timeline.commandStarts.findLast((start) => start.position < position)?.command ?? -1;
}

/** Where the command's last event has been folded in. */
export function endOfCommand(timeline: Timeline, command: number): number {
  return (
    timeline.commandStarts.find((start) => start.command > command)?.position ?? timeline.length
  );
}

// ---------------------------------------------------------------- fork

/**
 * The steps that a fork at `position` replays: everything begun by then. A position inside a command counts the
 * whole command, since the server cannot be stopped in the middle of one.
 */
export function stepsUpTo(
  timeline: Timeline,
  scenario: Scenario,
  position: number,
): readonly Step[] {
  const next = timeline.commandStarts.find((start) => start.position >= position);
  return next === undefined ? scenario.steps : scenario.steps.slice(0, Math.max(0, next.command));
}
