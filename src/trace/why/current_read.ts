/**
 * Where current reads and the transaction's read view part: rows whose newest version the view hides, read or changed all the
 * same, and afterwards seen through the view, because the transaction sees what it wrote itself.
 */
import { intMapGet, intMapToArray } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import { isRecLock } from "../explain/text.ts";
import type { EventSeq, RecId, RollPtr, SessionName, TrxId } from "../ids.ts";
import type { ReadViewState, State } from "../state.ts";
import { checkVisibility } from "../visibility.ts";

/** A row with a version that the read view hides. */
export interface HiddenRow {
  readonly table: string;
  readonly key: string;
  /** Who wrote that version. */
  readonly trxId: TrxId;
  readonly isChanged: boolean;
  readonly seq: EventSeq;
}

/** The rows on which a statement's current reads met versions that an earlier view of its transaction hides. */
export interface ReadPast {
  readonly view: ReadViewState["id"];
  readonly rows: readonly HiddenRow[];
}

/** Of `events`, a statement's own; `state` is that behind it. Null: the view hides nothing of what it read. */
export function readPast(
  events: readonly TraceEvent[],
  session: SessionName,
  state: State,
): ReadPast | null {
  const view = intMapToArray(state.readViews).find((each) => each.session === session);
  const [first] = events;
  if (view === undefined || first === undefined || view.openedAt >= first.seq) return null;
  const rows = new Map<RecId, HiddenRow>();
  for (const event of events) {
    const met = metBy(event, session, state);
    if (met === null || checkVisibility(view, met.trxId).visible) continue;
    rows.set(met.rec, met);
  }
  if (rows.size === 0) return null;
  const all = [...rows.values()];
  const changed = all.filter(({ isChanged }) => isChanged);
  return { view: view.id, rows: changed.length > 0 ? changed : all };
}

type Met = HiddenRow & { readonly rec: RecId };

/** The newest version of a row that the event shows to have been read: what was changed, or is locked behind the statement. */
function metBy(event: TraceEvent, session: SessionName, state: State): Met | null {
  switch (event.type) {
    case "undo.written": {
      const { before, rec, key } = event.undo;
      if (before === null || before.deleted) return null;
      const { trxId } = before;
      return { rec, table: event.tableName, key, trxId, isChanged: true, seq: event.seq };
    }
    case "lock.granted":
    case "lock.grantedAfterWait":
    case "lock.alreadyHeld": {
      const lock =
        event.type === "lock.alreadyHeld" ? intMapGet(state.recLocks, event.held) : event.lock;
      if (lock === undefined || !isRecLock(lock) || lock.session !== session) return null;
      const rec = intMapGet(state.recs, lock.rec);
      const isRow = intMapGet(state.indexes, lock.index)?.clustered === true;
      if (lock.shape === "gap" || !isRow || rec === undefined || rec.deleted) return null;
      const { tableName: table } = lock;
      return {
        rec: rec.id,
        table,
        key: rec.key,
        trxId: rec.trxId,
        isChanged: false,
        seq: event.seq,
      };
    }
    default:
      return null;
  }
}

/** Who wrote the version under the transaction's own changes, where `view` hides it; else null. */
export function hiddenUnder(
  rollPtr: RollPtr,
  view: ReadViewState | undefined,
  state: State,
): TrxId | null {
  if (view === undefined) return null;
  let before = intMapGet(state.undo, rollPtr)?.before ?? null;
  while (before !== null && before.trxId === view.creatorTrxId) {
    before = intMapGet(state.undo, before.rollPtr)?.before ?? null;
  }
  if (before === null || before.deleted) return null;
  return checkVisibility(view, before.trxId).visible ? null : before.trxId;
}
