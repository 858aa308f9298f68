/** What the statement locked, place by place, each with the rule that made it so: a line for locks of one kind and reason. */

import type { ForeignKeyCheck, LockReason, TraceEvent } from "../events.ts";
import { indexText, isRecLock, keyText, type RecLockKind, recLockKind } from "../explain/text.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { GapBounds } from "../gap_bounds.ts";
import type { EventSeq, LockId, SessionName } from "../ids.ts";
import type { RecLockState, State } from "../state.ts";
import { isBehindRange } from "./behind_range.ts";
import type { WhyTopic } from "./sources.ts";
import { lockRule } from "./why.ts";

export interface LockLine {
  readonly index: string;
  readonly kind: RecLockKind;
  readonly count: number;
  readonly locks: readonly RecLockState[];
  /** "(5, 10]", "10": so many as are worth reading. */
  readonly places: readonly string[];
  readonly rule: string;
  /** What it was asked for. */
  readonly topic: WhyTopic;
  readonly seq: EventSeq;
}

/** The state behind an event: a gap is as wide as it was when the lock was got. */
export type StateAt = (seq: EventSeq) => State;

export interface LockLines {
  readonly lines: readonly LockLine[];
  /** Locks of which no line tells. */
  readonly untold: number;
}

type LockRequest = Extract<TraceEvent, { readonly type: "lock.granted" | "lock.waiting" }>;

const LINES_TOLD = 6;
const PLACES_TOLD = 4;

interface Group {
  readonly why: LockReason;
  /** The constraint that asked for it. */
  readonly foreignKey: ForeignKeyCheck | null;
  readonly kind: RecLockKind;
  readonly isBehind: boolean;
  readonly locks: { readonly lock: RecLockState; readonly seq: EventSeq }[];
}

export function lockLines(
  events: readonly TraceEvent[],
  session: SessionName,
  stateAt: StateAt,
  language: ExplainLanguage,
  most = LINES_TOLD,
): LockLines {
  const groups = [...grouped(events, session)];
  const told = groups.slice(0, most);
  const untold = groups.slice(most).reduce((sum, { locks }) => sum + locks.length, 0);
  const lines = told.map(({ why, foreignKey, kind, isBehind, locks }): LockLine => {
    const some = locks.slice(0, PLACES_TOLD);
    const { rule, gaps } = lockRule(some, why, stateAt, language, { isBehind, foreignKey });
    const places = some.map(({ lock }, at) => placeText(lock, kind, gaps[at]));
    return {
      index: indexText((some[0] as (typeof some)[number]).lock),
      kind,
      count: locks.length,
      locks: locks.map(({ lock }) => lock),
      places,
      rule,
      topic: foreignKey === null ? why : "foreignKey",
      seq: (locks[0] as (typeof locks)[number]).seq,
    };
  });
  return { lines, untold };
}

function grouped(events: readonly TraceEvent[], session: SessionName): Iterable<Group> {
  const groups = new Map<string, Group>();
  const asked = new Map<LockId, LockRequest>();
  for (const [at, event] of events.entries()) {
    if (event.type === "lock.waiting") asked.set(event.lock.id, event);
    if (event.type !== "lock.granted" && event.type !== "lock.grantedAfterWait") continue;
    const { lock, seq } = event;
    if (!isRecLock(lock) || lock.session !== session) continue;
    const request = event.type === "lock.granted" ? event : asked.get(lock.id);
    const why = request?.why ?? "scan";
    const foreignKey = request?.foreignKey ?? null;
    const kind = recLockKind(lock);
    // The rule of a gap names its two ends.
    const place = kind === "gap" ? lock.data : "";
    const isBehind = isBehindRange(lock, why, (ahead) => events[at + ahead]);
    const key = `${lock.index} ${kind} ${why} ${place} ${isBehind} ${foreignKey?.constraint}`;
    const known = groups.get(key);
    if (known === undefined)
      groups.set(key, { why, foreignKey, kind, isBehind, locks: [{ lock, seq }] });
    else known.locks.push({ lock, seq });
  }
  return groups.values();
}

/** As intervals are written: a record that is locked as well closes its end. */
function placeText(lock: RecLockState, kind: RecLockKind, gap: GapBounds | undefined): string {
  const key = lock.data.startsWith("supremum") ? "+∞" : keyText(lock.data);
  if (kind === "record") return key;
  return `(${gap?.low ?? "-∞"}, ${key}${kind === "nextKey" ? "]" : ")"}`;
}
