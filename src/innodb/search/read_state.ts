/**
 * The read side of one handler: what it was told, where it stands, which locks its last row cost.
 *
 * InnoDB: row_prebuilt_t (row0mysql.h); the cursor is btr_pcur_t.
 */
import type { VisitVerdict } from "../../trace/events.ts";
import type { Datum, DbError, LockWait, RangeEnd, Row } from "../api.ts";
import type { SearchMode } from "../btree/cursor.ts";
import { recKeyText } from "../key_text.ts";
import type { Prebuilt } from "../prebuilt.ts";
import type { EngineContext, Page, Rec } from "../types.ts";

/** ROW_SEL_EXACT: all of the key must match; ROW_SEL_EXACT_PREFIX: its last field may be a prefix. */
export type MatchMode = "any" | "exact" | "exactPrefix";
/** 0 opens the cursor, the others move it. */
export type Direction = "open" | "next" | "prev";

export interface ReadState {
  readonly context: EngineContext;
  readonly prebuilt: Prebuilt;
  readonly scan: Scan;

  /** Only columns that the index holds are wanted. */
  keyRead: boolean;
  /** The index condition. */
  pushed: ((row: Row) => boolean) | null;
  endRange: RangeEnd | null;

  /** The search that opened the cursor. */
  key: readonly Datum[];
  mode: SearchMode;
  lastMatch: MatchMode;
  /** The cursor was opened for an ascending range whose end is known (m_stop_tuple). */
  isReadingRange: boolean;
  /** m_stop_tuple_found: the record that ends the range has been locked; the gap behind it is not in the range. */
  stopFound: boolean;

  /** So open, mostly the next row is a plain step away (`plain_step.ts`). */
  isPlain: boolean;
  /** The page whose records the plain steps have looked ahead at. */
  foreseen: Page | null;

  /** btr_pcur_t: the record the cursor stands on. */
  at: Rec | null;
  /** "before": on a record that did not match an exact search; the next one to look at is itself. */
  relPos: "on" | "before";

  /** Locks that the last row newly cost: READ COMMITTED gives them back if the row does not match. */
  newLock: Rec | null;
  newClustLock: Rec | null;
  /** row_read_type. */
  semi: "off" | "try" | "did";
  /** The record that was found lies behind the end of the range. */
  isOutside: boolean;
  /** sql_stat_start: no table lock or read view has been asked for yet. */
  isStart: boolean;
  /** m_start_of_scan. */
  isStartOfScan: boolean;
}

/** One call of row_search_mvcc; a cursor makes one after the other, with one object for all. */
export interface Scan {
  direction: Direction;
  match: MatchMode;
  movesUp: boolean;
  /** At most one record can match: it is locked without its gap. */
  isUnique: boolean;
  /** Locking, and above READ COMMITTED. */
  locksGaps: boolean;
  /** prev_rec: the user record of this page that was looked at last. */
  prev: Rec | null;
  /** did_semi_consistent_read: the row found is the last committed version of a record that is locked by others. */
  didSemi: boolean;
  /** The table is locked and the cursor stands somewhere: a wait now is one for a record. */
  isOpen: boolean;
}

export type SearchResult = "found" | "notFound" | DbError;
/** What a look at a record comes to; after a wait the cursor's record, wherever it then stands, is looked at again. */
export type Look = SearchResult | "next" | LockWait;

const NO_KEY: readonly Datum[] = [];

/** The handler is used again by another statement, and has read nothing yet. */
export function beginAnew(state: ReadState): void {
  state.keyRead = false;
  state.pushed = null;
  state.endRange = null;
  state.key = NO_KEY;
  state.mode = "G";
  state.lastMatch = "any";
  state.isReadingRange = false;
  state.stopFound = false;
  state.isPlain = false;
  state.foreseen = null;
  state.at = null;
  state.relPos = "on";
  state.newLock = null;
  state.newClustLock = null;
  state.semi = "off";
  state.isOutside = false;
  state.isStart = true;
  state.isStartOfScan = true;
}

/** Of a handler that has read nothing yet. */
export function newReadState(context: EngineContext, prebuilt: Prebuilt): ReadState {
  return {
    context,
    prebuilt,
    scan: {
      direction: "open",
      match: "any",
      movesUp: true,
      isUnique: false,
      locksGaps: false,
      prev: null,
      didSemi: false,
      isOpen: false,
    },
    keyRead: false,
    pushed: null,
    endRange: null,
    key: NO_KEY,
    mode: "G",
    lastMatch: "any",
    isReadingRange: false,
    stopFound: false,
    isPlain: false,
    foreseen: null,
    at: null,
    relPos: "on",
    newLock: null,
    newClustLock: null,
    semi: "off",
    isOutside: false,
    isStart: true,
    isStartOfScan: true,
  };
}

/** READ COMMITTED and below lock no gaps, and give back what did not match (InnoDB: trx_t::skip_gap_locks). */
export function skipsGaps({ prebuilt }: ReadState): boolean {
  const { isolation } = prebuilt.trx;
  return isolation === "READ COMMITTED" || isolation === "READ UNCOMMITTED";
}

/** Tells the trace what became of a record that was looked at. */
export function emitVisit(state: ReadState, rec: Rec, verdict: VisitVerdict): void {
  const { index } = rec.page;
  const { head } = state.context;
  state.context.emit({
    type: "rec.visited",
    index: index.id,
    rec: rec.id,
    indexName: index.name,
    tableName: index.table.def.name,
    key: rec.kind === "supremum" ? "supremum pseudo-record" : recKeyText(rec),
    deleted: rec.deleted,
    verdict,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}
