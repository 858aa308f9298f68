/**
 * The row search: opens or moves the cursor, and looks at one record after the other until one is the answer.
 *
 *   open:  table lock or read view ─▶ search ─▶ (downwards: gap before the next record)
 *   loop:  record ─▶ supremum? lock its gap, go on
 *                 ─▶ not the key asked for? lock the gap before it, not found
 *                 ─▶ lock it (how: range.ts), or find the version the view sees
 *                 ─▶ delete-marked? index condition? ─▶ go on
 *                 ─▶ its clustered record ─▶ found
 *   A lock wait ends with another look at the record, if it is still there.
 *
 * InnoDB: row_search_mvcc (row0sel.cc).
 * Departure: no prefetch cache and no adaptive hash index. Of the first can be seen, at READ UNCOMMITTED alone, that rows were
 * read before another session changed them. READ UNCOMMITTED opens no read view.
 */
import { assert } from "../../base/assert.ts";
import type { PageNo } from "../../trace/ids.ts";
import type { Answer, DbError, LockWait, Steps } from "../api.ts";
import { nextOnPage, nextRec, prevRec, search } from "../btree/cursor.ts";
import type { Page, Rec } from "../types.ts";
import { restorePosition } from "./cursor_position.ts";
import { forgetNewLocks, isWait, lockRec, lockTableForRead } from "./lock_step.ts";
import { lookAhead } from "./plain_step.ts";
import { goesUp, isOutsideRange } from "./range.ts";
import {
  type Direction,
  emitVisit,
  type Look,
  type MatchMode,
  type ReadState,
  type Scan,
  type SearchResult,
  skipsGaps,
} from "./read_state.ts";
import { examine } from "./record_look.ts";

/** The next row: opens the cursor or moves it on, and locks as the read asks (InnoDB: row_search_mvcc). */
export function rowSearch(
  state: ReadState,
  direction: Direction,
  match: MatchMode,
): Answer<SearchResult> {
  forgetNewLocks(state);
  const isUnique = isUniqueSearch(state, match);
  if (isUnique && direction !== "open") return "notFound";
  const isLocking = state.prebuilt.lockMode !== "none";
  const { scan } = state;
  scan.direction = direction;
  scan.match = match;
  scan.isUnique = isUnique;
  scan.movesUp = direction === "open" ? goesUp(state.mode) : direction === "next";
  scan.locksGaps = isLocking && !skipsGaps(state);
  scan.prev = null;
  scan.didSemi = false;
  scan.isOpen = false;
  const result = start(state, scan);
  return isWait(result) ? afterWaits(state, scan, result) : result;
}

/** One wait after the other, until the search goes through. */
function* afterWaits(state: ReadState, scan: Scan, first: LockWait): Steps<SearchResult> {
  let result: SearchResult | LockWait = first;
  while (isWait(result)) {
    const error: DbError | null = yield* state.context.locks().wait(state.prebuilt.trx, result);
    if (error !== null) return scan.isOpen ? ended(state, scan, error) : error;
    if (scan.isOpen) afterWait(state, scan);
    result = scan.isOpen ? look(state, scan) : start(state, scan);
  }
  return result;
}

/** From the table's lock on. */
function start(state: ReadState, scan: Scan): SearchResult | LockWait {
  const stopped = startStatement(state);
  if (stopped !== null) return stopped;
  const opened = scan.direction === "open" ? openCursor(state, scan) : resumeCursor(state, scan);
  if (typeof opened === "object") return opened;
  scan.isOpen = true;
  return opened === "next" && !move(state, scan) ? "notFound" : look(state, scan);
}

/** From the record on which the cursor stands. */
function look(state: ReadState, scan: Scan): SearchResult | LockWait {
  for (;;) {
    const found = lookAt(state, scan, here(state));
    if (isWait(found)) return found;
    if (found !== "next") return ended(state, scan, found);
    if (!move(state, scan)) return "notFound";
  }
}

function ended(state: ReadState, scan: Scan, result: SearchResult): SearchResult {
  if (state.semi !== "off") state.semi = scan.didSemi ? "did" : "try";
  return result;
}

/** ROW_SEL_EXACT with a value for every field that makes the index unique, none of them NULL. */
function isUniqueSearch(state: ReadState, match: MatchMode): boolean {
  const { index } = state.prebuilt;
  return (
    match === "exact" &&
    index.unique &&
    state.key.length === index.uniqueFields &&
    (index.clustered || !state.key.includes(null))
  );
}

/** Null when the search can begin. */
function startStatement(state: ReadState): DbError | LockWait | null {
  const { trx, lockMode } = state.prebuilt;
  if (lockMode !== "none") {
    const step = state.isStart ? lockTableForRead(state) : "held";
    if (typeof step === "object") return step;
  } else if (trx.isolation !== "READ UNCOMMITTED" && trx.readView === null) {
    const isPerStatement = trx.isolation === "READ COMMITTED";
    state.context.openReadView(trx, isPerStatement ? "eachStatement" : "firstConsistentRead");
  }
  state.isStart = false;
  return null;
}

/** Goes down the tree; downwards scans guard the gap behind where they start. */
function openCursor(state: ReadState, scan: Scan): "here" | DbError {
  const { index } = state.prebuilt;
  state.relPos = "on";
  if (state.key.length === 0) {
    openAtSide(state);
    return "here";
  }
  const constraint = state.prebuilt.foreignKey?.constraint ?? null;
  const { key, mode } = state;
  const { rec } = search(state.context, index, key, key.length, mode, constraint);
  state.at = rec;
  if (state.isPlain && rec.kind === "user") lookAhead(state, rec.page, rec.slot);
  if (scan.movesUp || rec.kind === "supremum" || !scan.locksGaps) return "here";
  const { onConflict } = state.prebuilt;
  const step = lockRec(state, nextOnPage(rec), "gap", onConflict, "scan");
  assert(!isWait(step), "nobody waits for a gap");
  return typeof step === "object" ? step : "here";
}

/** Before the first record, or behind the last (InnoDB: btr_pcur_t::open_at_side). */
function openAtSide(state: ReadState): void {
  const { index } = state.prebuilt;
  const fromLeft = state.mode === "G";
  const path: PageNo[] = [];
  let page = index.root;
  for (
    let child: Page | undefined = page;
    child !== undefined;
    child = page.children.at(fromLeft ? 0 : -1)
  ) {
    page = child;
    path.push(page.no);
  }
  state.at = fromLeft ? page.infimum : page.supremum;
  state.context.emit({
    type: "index.searched",
    index: index.id,
    indexName: index.name,
    tableName: index.table.def.name,
    mode: fromLeft ? "first" : "last",
    key: "",
    path,
  });
}

function resumeCursor(state: ReadState, scan: Scan): "here" | "next" {
  const { at, relPos, semi } = state;
  const stands = at !== null && at.kind === "user" && relPos === "on" && !at.gone;
  if (stands && semi !== "did") return "next";
  const { needsProcessing } = restorePosition(state, scan.movesUp);
  if (needsProcessing) {
    // A record read semi-consistently has been removed meanwhile.
    if (state.semi === "did") state.semi = "try";
    return "here";
  }
  // A row that was read semi-consistently is read again, now with its lock.
  if (state.semi === "did") return "here";
  return "next";
}

function lookAt(state: ReadState, scan: Scan, rec: Rec): Look {
  if (rec.kind === "infimum") {
    scan.prev = null;
    return "next";
  }
  if (rec.kind === "supremum") return passSupremum(state, scan, rec);
  scan.prev = rec;
  return examine(state, scan, rec);
}

/**
 * The gap at a page's end is locked, unless the record before it, passed over, lies behind the range already. (9.7 looks
 * each time, 8.0 after a hundred records only.)
 */
function passSupremum(state: ReadState, scan: Scan, supremum: Rec): Look {
  const { prev } = scan;
  scan.prev = null;
  const checksRange = prev !== null && scan.movesUp && state.pushed === null;
  if (checksRange && isOutsideRange(state, state.prebuilt.index, prev, true)) return "notFound";
  if (scan.locksGaps) {
    const { onConflict } = state.prebuilt;
    const step = lockRec(state, supremum, "ordinary", onConflict, "scan");
    assert(!isWait(step), "nobody waits for a gap");
    if (typeof step === "object") return step;
  }
  emitVisit(state, supremum, "supremum");
  return "next";
}

/** A wait is over: the record may be gone. */
function afterWait(state: ReadState, scan: Scan): void {
  resetSemi(state, scan);
  scan.prev = null;
  const { sameUserRec } = restorePosition(state, scan.movesUp);
  if (!sameUserRec && skipsGaps(state)) forgetNewLocks(state);
}

/** To the neighbouring record, over the ends of pages; false at the end of the index. */
function move(state: ReadState, scan: Scan): boolean {
  resetSemi(state, scan);
  forgetNewLocks(state);
  const from = here(state);
  const to = scan.movesUp ? nextRec(from) : prevRec(from);
  if (to === null) return false;
  state.at = to;
  return true;
}

function resetSemi(state: ReadState, scan: Scan): void {
  if (state.semi === "did") state.semi = "try";
  scan.didSemi = false;
}

function here(state: ReadState): Rec {
  assert(state.at !== null, "the cursor is positioned");
  return state.at;
}
