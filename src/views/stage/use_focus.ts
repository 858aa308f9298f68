/** The table, and the thing in it, that the index lines keep in view: of the event or the selection, whichever changed last. */
import { useRef } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { eventRef } from "../../diagrams/event_focus.ts";
import { tableOf, tableOfEvent } from "../../diagrams/touched_tables.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { TableId } from "../../trace/ids.ts";
import type { Ref } from "../../trace/ref.ts";
import type { RecLockState, State } from "../../trace/state.ts";

export interface Focus {
  /** To keep open and in view. When nothing has to do with any: the one before. */
  readonly table: TableId | null;
  readonly ref: Ref | null;
  /** A new one for every change. */
  readonly moment: object;
}

/** `selected`, `ended` and `asked` as in `Subjects`. */
export function useFocus(
  state: State,
  event: TraceEvent | null,
  selected: Ref | null,
  ended: Ref | null,
  asked: Ref | null,
): Focus {
  const before = useRef<Seen | null>(null);
  const seen = before.current;
  if (asked !== null) return { table: tableOf(state, asked), ref: asked, moment: asked };
  if (seen?.event === event && seen.selected === selected && seen.ended === ended) {
    return seen.focus;
  }
  const focus =
    seen === null
      ? focusOf(state, event, selected, null)
      : seen.selected === selected || selected === null
        ? focusOf(state, event, ended, seen.focus)
        : focusOf(state, null, selected, seen.focus);
  before.current = { event, selected, ended, focus };
  return focus;
}

interface Seen {
  readonly event: TraceEvent | null;
  readonly selected: Ref | null;
  readonly ended: Ref | null;
  readonly focus: Focus;
}

function focusOf(
  state: State,
  event: TraceEvent | null,
  subject: Ref | null,
  before: Focus | null,
): Focus {
  const tableOfSubject = tableOf(state, subject);
  const table = tableOfSubject ?? tableOfEvent(state, event);
  const ref = tableOfSubject === null ? eventRef(event) : subject;
  if (table !== null && ref !== null) return { table, ref, moment: {} };
  const waiting = waitingLock(state);
  if (waiting !== null && (table ?? waiting.table) === waiting.table) {
    const isSame = before?.ref?.kind === "lock" && before.ref.id === waiting.id;
    const lock: Ref = { kind: "lock", id: waiting.id };
    return { table: waiting.table, ref: lock, moment: isSame ? before.moment : {} };
  }
  if (table !== null) return { table, ref: null, moment: {} };
  return { table: before?.table ?? null, ref: null, moment: before?.moment ?? {} };
}

/** What an event of mere bookkeeping leaves in view: the record lock that somebody waits for. */
function waitingLock({ sessions, recLocks }: State): RecLockState | null {
  for (const { wait } of sessions) {
    const lock =
      wait?.reason.kind === "recLock" ? intMapGet(recLocks, wait.reason.lock) : undefined;
    if (lock !== undefined) return lock;
  }
  return null;
}
