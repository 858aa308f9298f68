/**
 * The places of a trace that one jumps to: where a statement began to wait, got an error from the server or the client's library, or closed a deadlock. Chunks of a
 * timeline never change but the last, so each is looked through once.
 */
import type { TraceEvent } from "./events.ts";
import type { SessionName } from "./ids.ts";
import type { Timeline } from "./timeline.ts";

export type LandmarkKind = "wait" | "error" | "deadlock";

/** A place of the story that one jumps to: where somebody began to wait, failed, or a deadlock was found. */
export interface Landmark {
  readonly kind: LandmarkKind;
  /** Right behind the event. */
  readonly position: number;
  readonly session: SessionName | null;
}

/**
 * What the client's library says with no server behind it: 2008 out of memory, 2014 commands out of sync. Others (2006, 2013)
 * it says of a connection whose statement has ended with an error of its own.
 */
const OF_LIBRARY: ReadonlySet<number> = new Set([2008, 2014]);

const known = new WeakMap<readonly TraceEvent[], readonly Landmark[]>();
const all = new WeakMap<Timeline, readonly Landmark[]>();

/** In the order of time; those of the set-up too. */
export function landmarksOf(timeline: Timeline): readonly Landmark[] {
  let landmarks = all.get(timeline);
  if (landmarks === undefined) {
    landmarks = timeline.chunks.flatMap(ofChunk);
    all.set(timeline, landmarks);
  }
  return landmarks;
}

function ofChunk(chunk: readonly TraceEvent[]): readonly Landmark[] {
  let found = known.get(chunk);
  if (found === undefined) {
    found = chunk.flatMap((event): readonly Landmark[] => {
      const kind = event.command < 0 ? null : kindOf(event);
      return kind === null ? [] : [{ kind, position: event.seq + 1, session: event.session }];
    });
    known.set(chunk, found);
  }
  return found;
}

function kindOf(event: TraceEvent): LandmarkKind | null {
  switch (event.type) {
    case "statement.waiting":
      return event.reason.kind === "sleep" || event.reason.kind === "net" ? null : "wait";
    case "deadlock.found":
      return "deadlock";
    case "statement.ended":
      return event.outcome.kind === "error" || event.outcome.kind === "lost" ? "error" : null;
    case "client.failed":
    case "command.refused":
      return OF_LIBRARY.has(event.errno) ? "error" : null;
    default:
      return null;
  }
}
