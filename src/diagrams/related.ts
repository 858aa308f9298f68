/**
 * What lights up together: pointing at one thing lights everything that belongs to it, in every picture.
 *
 *     a lock         its record or table, what it waits for, who waits for it
 *     a record       its partners in the other indexes, the locks on it
 *     a gap          the locks that cover it
 *     a version      its record, the transaction that made it
 *     a transaction  its session, locks and read view; a session, its transaction and metadata locks
 *     a statement    its session, and all that its events are about; an event, what it is about
 *     any of them    the statement that made it
 */
import { unreachable } from "../base/assert.ts";
import { intMapGet, intMapValues } from "../base/int_map.ts";
import type { LockId, RollPtr, SessionName, TrxRef } from "../trace/ids.ts";
import { type Ref, refKey } from "../trace/ref.ts";
import type { RecLockState, State, TableLockState } from "../trace/state.ts";
import { emptyTimeline, eventAt, type Timeline } from "../trace/timeline.ts";
import { eventKeys } from "./event_keys.ts";
import { eventOfRef } from "./event_of_ref.ts";
import { activeTrx, partnersOf } from "./record_facts.ts";

/** Things that a statement brought about. */
const MADE: ReadonlySet<Ref["kind"]> = new Set<Ref["kind"]>(["lock", "mdl", "version", "readView"]);
/** A statement of more events lights what the first of them are about; a maker further back stays dark. */
const STATEMENT_EVENTS_MAX = 2_000;
const EVENTS_MAX = 20_000;
const NOTHING: ReadonlySet<string> = new Set();

/** Keys (`refKey`) of everything that belongs to `ref`, itself included. */
export function relatedKeys(
  state: State,
  ref: Ref | null,
  timeline: Timeline = emptyTimeline,
): ReadonlySet<string> {
  if (ref === null) return NOTHING;
  const keys = new Set<string>();
  const add = (other: Ref): void => {
    keys.add(refKey(other));
  };
  add(ref);
  switch (ref.kind) {
    case "lock":
      addLock(state, ref.id, add);
      break;
    case "mdl": {
      const mdl = intMapGet(state.mdls, ref.id);
      for (const blocker of mdl?.blockers ?? []) add({ kind: "mdl", id: blocker.lock });
      for (const other of intMapValues(state.mdls)) {
        if (other.blockers.some((blocker) => blocker.lock === ref.id)) {
          add({ kind: "mdl", id: other.id });
        }
      }
      break;
    }
    case "rec":
      addRecord(state, ref, add);
      break;
    case "gap":
      for (const lock of intMapValues(state.recLocks)) {
        if (lock.rec === ref.id && lock.shape !== "recNotGap") add({ kind: "lock", id: lock.id });
      }
      break;
    case "version": {
      add({ kind: "rec", id: ref.rec });
      const undo = intMapGet(state.undo, ref.id);
      const trxId = ref.id === 0 ? intMapGet(state.recs, ref.rec)?.trxId : undo?.before?.trxId;
      const trx = trxId === undefined ? null : activeTrx(state, trxId);
      if (trx !== null) add({ kind: "trx", id: trx.ref });
      break;
    }
    case "trx": {
      const trx = intMapGet(state.trxs, ref.id);
      if (trx !== undefined) addSession(state, trx.session, trx.ref, add);
      break;
    }
    case "session": {
      const trx = state.sessions.find((session) => session.name === ref.id)?.trx ?? null;
      addSession(state, ref.id, trx, add);
      break;
    }
    case "readView": {
      const view = intMapGet(state.readViews, ref.id);
      if (view !== undefined) add({ kind: "trx", id: view.trx });
      break;
    }
    case "statement": {
      const statement = intMapGet(state.statements, ref.id);
      if (statement === undefined) break;
      add({ kind: "session", id: statement.session });
      const end = Math.min(
        statement.endedAt ?? state.seq,
        statement.startedAt + STATEMENT_EVENTS_MAX,
      );
      for (let seq: number = statement.startedAt; seq <= end; seq += 1) {
        const event = eventAt(timeline, seq);
        if (event?.statement === ref.id) for (const key of eventKeys(event)) keys.add(key);
      }
      break;
    }
    case "event": {
      const event = eventAt(timeline, ref.id);
      if (event !== null) for (const key of eventKeys(event)) keys.add(key);
      break;
    }
    case "table":
    case "index":
      break;
    default:
      unreachable(ref);
  }
  const maker = MADE.has(ref.kind) ? eventOfRef(timeline, state.seq, state, ref, EVENTS_MAX) : null;
  if (maker?.statement != null) add({ kind: "statement", id: maker.statement });
  return keys;
}

function addLock(state: State, id: LockId, add: (ref: Ref) => void): void {
  const recLock = intMapGet(state.recLocks, id);
  const lock = recLock ?? intMapGet(state.tableLocks, id);
  if (lock === undefined) return;
  if (recLock === undefined) {
    add({ kind: "table", id: lock.table });
  } else {
    if (recLock.shape !== "recNotGap") add({ kind: "gap", id: recLock.rec });
    if (recLock.shape !== "gap") add({ kind: "rec", id: recLock.rec });
  }
  for (const blocker of lock.blockers) add({ kind: "lock", id: blocker.lock });
  const others = intMapValues<RecLockState | TableLockState>(
    recLock === undefined ? state.tableLocks : state.recLocks,
  );
  for (const other of others) {
    if (other.blockers.some((blocker) => blocker.lock === id)) add({ kind: "lock", id: other.id });
  }
}

function addRecord(
  state: State,
  ref: Extract<Ref, { readonly kind: "rec" }>,
  add: (ref: Ref) => void,
): void {
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.rec === ref.id && lock.shape !== "gap") add({ kind: "lock", id: lock.id });
  }
  const rec = intMapGet(state.recs, ref.id);
  const index = rec === undefined ? undefined : intMapGet(state.indexes, rec.index);
  if (rec === undefined || index === undefined) return;
  const partners = partnersOf(state, index.table);
  if (index.clustered) {
    add({ kind: "version", id: 0 as RollPtr, rec: rec.id });
    for (const id of partners.secondariesOf(rec.id)) add({ kind: "rec", id });
  } else {
    const clustered = partners.clusteredOf(rec);
    if (clustered !== null) add({ kind: "rec", id: clustered.id });
  }
}

function addSession(
  state: State,
  session: SessionName,
  trx: TrxRef | null,
  add: (ref: Ref) => void,
): void {
  add({ kind: "session", id: session });
  for (const mdl of intMapValues(state.mdls)) {
    if (mdl.session === session) add({ kind: "mdl", id: mdl.id });
  }
  if (trx === null) return;
  add({ kind: "trx", id: trx });
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.trx === trx) add({ kind: "lock", id: lock.id });
  }
  for (const lock of intMapValues(state.tableLocks)) {
    if (lock.trx === trx) add({ kind: "lock", id: lock.id });
  }
  const view = intMapGet(state.trxs, trx)?.readView ?? null;
  if (view !== null) add({ kind: "readView", id: view });
}
