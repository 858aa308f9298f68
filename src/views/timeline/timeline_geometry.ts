/**
 * Where things lie on the timeline: commands side by side, each as wide as it is rich in events (by the logarithm, so
 * that a scan does not push BEGIN out of sight), events evenly within.
 *
 *     position   start        b1             b2       length
 *     x          0 ─ command 0 ─ command 1 ─── command 2 ─ width
 */
import { intMapToArray } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { StatementState } from "../../trace/state.ts";
import { boundaries, storyStart, type Timeline } from "../../trace/timeline.ts";

/** A command is never narrower. */
const COMMAND_MIN_PX = 58;
/** Room after the last event for statements that have not ended. */
const OPEN_PX = 130;
/** Nor wider, however much room there is. */
const COMMAND_MAX_PX = 320;

export interface TimelineScale {
  /** Ascending positions, the story's start first. */
  readonly positions: readonly number[];
  /** The x of each. */
  readonly xs: readonly number[];
  /** Beyond the last position there is room for what is still going on. */
  readonly width: number;
}

export function timelineScale(timeline: Timeline, available: number): TimelineScale {
  const start = storyStart(timeline);
  const isOpen = timeline.head.sessions.some((session) => session.statement !== null);
  const tail = isOpen ? OPEN_PX : 0;
  const room = available - tail;
  const positions = [start, ...boundaries(timeline).filter((end) => end > start)];
  const weights = positions.slice(1).map((end, at) => weight(end - (positions[at] ?? 0)));
  const sum = weights.reduce((total, next) => total + next, 0);
  const widths = weights.map((one) =>
    Math.min(COMMAND_MAX_PX, Math.max(COMMAND_MIN_PX, (one / sum) * room)),
  );
  // What the widest and narrowest took too much goes off the others, as far as it can.
  const excess = widths.reduce((total, next) => total + next, 0) - room;
  const slack = widths.reduce((total, next) => total + (next - COMMAND_MIN_PX), 0);
  const shrink = excess > 0 && slack > 0 ? Math.min(1, excess / slack) : 0;
  const xs = [0];
  for (const width of widths) {
    xs.push((xs.at(-1) ?? 0) + width - (width - COMMAND_MIN_PX) * shrink);
  }
  return { positions, xs, width: (xs.at(-1) ?? 0) + tail };
}

export function xOf(scale: TimelineScale, position: number): number {
  const { positions, xs } = scale;
  const at = Math.max(0, lastAtMost(positions, position));
  const [from, to] = [positions[at] ?? 0, positions[at + 1]];
  const [left, right] = [xs[at] ?? 0, xs[at + 1]];
  if (to === undefined || right === undefined) return left;
  const share = Math.max(0, Math.min(1, (position - from) / (to - from)));
  return left + share * (right - left);
}

/** The position nearest to x. */
export function positionAt(scale: TimelineScale, x: number): number {
  const { positions, xs } = scale;
  const at = Math.max(0, Math.min(lastAtMost(xs, x), xs.length - 2));
  const [from, to] = [positions[at] ?? 0, positions[at + 1] ?? positions[at] ?? 0];
  const [left, right] = [xs[at] ?? 0, xs[at + 1] ?? 0];
  if (right <= left) return from;
  const share = Math.max(0, Math.min(1, (x - left) / (right - left)));
  return Math.round(from + share * (to - from));
}

/** The commands of the story that begin in the stretch, with where. */
export function commandsWithin(
  timeline: Timeline,
  scale: TimelineScale,
  sight: Sight,
): readonly { readonly command: number; readonly x: number }[] {
  const { commandStarts } = timeline;
  // The story's k-th command begins at the scale's k-th position.
  const first = commandStarts[0]?.command === -1 ? 1 : 0;
  const found: { command: number; x: number }[] = [];
  for (let at = Math.max(0, lastAtMost(scale.xs, sight.from)); at < scale.xs.length; at += 1) {
    const x = scale.xs[at] ?? 0;
    const start = commandStarts[first + at];
    if (start === undefined || x > sight.to) break;
    found.push({ command: start.command, x });
  }
  return found;
}

export interface Bar {
  readonly statement: StatementState;
  readonly left: number;
  readonly width: number;
  /** The hatched parts, from the bar's left. */
  readonly waits: readonly {
    readonly left: number;
    readonly width: number;
    /** Where a word may stand, from the left of the hatched part: beyond the last event while it goes on. */
    readonly word: number;
  }[];
}

/** The statements of a session, those of the future too. */
export function barsOf(
  timeline: Timeline,
  scale: TimelineScale,
  session: SessionName,
): readonly Bar[] {
  let before = 0;
  return intMapToArray(timeline.head.statements)
    .filter((statement) => statement.session === session)
    .map((statement) => {
      // A program may send several in one command.
      const left = Math.max(before, startOfCommand(scale, statement.startedAt));
      const right = statement.endedAt === null ? scale.width : xOf(scale, statement.endedAt + 1);
      before = right;
      const waits = statement.waits.map((wait) => {
        const from = xOf(scale, wait.fromSeq);
        const to = wait.toSeq === null ? scale.width : xOf(scale, wait.toSeq);
        const word = wait.toSeq === null ? xOf(scale, timeline.length) - from : 0;
        return { left: from - left, width: to - from, word };
      });
      return { statement, left, width: right - left, waits };
    });
}

/** A stretch of the track that is worth drawing. */
export interface Sight {
  readonly from: number;
  readonly to: number;
}

/** The bars that touch the stretch. */
export function barsWithin(bars: readonly Bar[], sight: Sight): readonly Bar[] {
  return bars.filter((bar) => bar.left <= sight.to && bar.left + bar.width >= sight.from);
}

/** A bar begins where its command does, though the connection may have been made first. */
function startOfCommand(scale: TimelineScale, position: number): number {
  return scale.xs[Math.max(0, lastAtMost(scale.positions, position))] ?? 0;
}

function weight(events: number): number {
  return 3 + Math.log2(1 + events);
}

/** The last index whose value is at most `value`; -1 when there is none. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
