/**
 * A look at one user record: is it the answer, and what does finding out cost in locks?
 *
 * InnoDB: row_search_mvcc, phase 4 (row0sel.cc); row_search_idx_cond_check, innobase_index_cond for the index condition.
 */
import { assert } from "../../base/assert.ts";
import type { Row } from "../api.ts";
import { partialRow } from "../dictionary.ts";
import type { Rec } from "../types.ts";
import { buildForSemiConsistentRead } from "../versions.ts";
import { readClustered } from "./clustered_record.ts";
import { seesSecondaryPage, visibleVersion } from "./consistent_read.ts";
import { forgetNewLocks, isWait, lockRec, tryUnlock } from "./lock_step.ts";
import { isOutsideRange, orderTo, relateToRange } from "./range.ts";
import { emitVisit, type Look, type ReadState, type Scan, skipsGaps } from "./read_state.ts";

/** What is known of the record after it was locked, or its version found. */
interface Known {
  /** Clustered index: the row of the version to return. Null on a secondary index. */
  readonly row: Row | null;
  readonly deleted: boolean;
  /** The read view may not see the secondary page: only the clustered record can tell. */
  readonly needsClustered: boolean;
}

export function examine(state: ReadState, scan: Scan, rec: Rec): Look {
  if (scan.match !== "any" && !matchesKey(state, rec)) return passMismatch(state, scan, rec);
  const known =
    state.prebuilt.lockMode === "none" ? consistentLook(state, rec) : lockingLook(state, scan, rec);
  if (!isKnown(known)) return known;
  if (known.deleted && !known.needsClustered) {
    tryUnlock(state);
    emitVisit(state, rec, "deleteMarked");
    return rec.page.index.clustered && scan.isUnique ? "notFound" : "next";
  }
  const condition = checkCondition(state, scan, rec, known.row);
  if (condition !== "match") {
    if (!known.needsClustered) tryUnlock(state);
    emitVisit(state, rec, condition === "outside" ? "outsideRange" : "icpNoMatch");
    return condition === "outside" ? "notFound" : "next";
  }
  if (!rec.page.index.clustered && (known.needsClustered || accessesClustered(state))) {
    return lookBehind(state, scan, rec);
  }
  const row = known.row ?? partialRow(rec.page.index, rec.key);
  return found(state, scan, rec, rec.page.index.clustered ? rec : null, row);
}

function isKnown(look: Known | Look): look is Known {
  return typeof look === "object" && "needsClustered" in look;
}

function matchesKey(state: ReadState, rec: Rec): boolean {
  return orderTo(state.prebuilt.index, rec, state.key) === 0;
}

/** The first record behind the key: the gap before it is guarded, and a scan may go on from before it. */
function passMismatch(state: ReadState, scan: Scan, rec: Rec): Look {
  if (scan.locksGaps) {
    const { onConflict } = state.prebuilt;
    const step = lockRec(state, rec, "gap", onConflict, reasonOf(scan));
    assert(!isWait(step), "nobody waits for a gap");
    if (typeof step === "object") return step;
  }
  emitVisit(state, rec, "noMatch");
  state.relPos = "before";
  return "notFound";
}

function lockingLook(state: ReadState, scan: Scan, rec: Rec): Known | Look {
  const { prebuilt } = state;
  const relation = relateToRange(state, scan, rec);
  if (relation.shape === null) {
    emitVisit(state, rec, "outsideRange");
    return "notFound";
  }
  const isSemi = state.semi === "try" && !scan.isUnique && prebuilt.index.clustered;
  const onConflict = isSemi ? "skipLocked" : prebuilt.onConflict;
  const step = lockRec(state, rec, relation.shape, onConflict, reasonOf(scan));
  if (typeof step === "object") {
    // What was part of a conflict is never unlocked.
    if (isWait(step)) forgetNewLocks(state);
    return step;
  }
  if (step === "skipped") {
    if (prebuilt.onConflict !== "skipLocked") return semiConsistentLook(state, scan, rec);
    emitVisit(state, rec, "skippedLocked");
    return "next";
  }
  if (step === "new" && skipsGaps(state)) state.newLock = rec;
  if (relation.isEnd) state.stopFound = true;
  if (!relation.rowCanBeInRange) {
    emitVisit(state, rec, "outsideRange");
    return "notFound";
  }
  return { row: rec.row, deleted: rec.deleted, needsClustered: false };
}

/** UPDATE under READ COMMITTED: the last committed version is looked at before anybody waits. */
function semiConsistentLook(state: ReadState, scan: Scan, rec: Rec): Known | Look {
  const version = buildForSemiConsistentRead(state.context, rec);
  if (version === null) {
    emitVisit(state, rec, "semiConsistentSkip");
    return "next";
  }
  scan.didSemi = true;
  return { row: version.row, deleted: version.deleted, needsClustered: false };
}

function consistentLook(state: ReadState, rec: Rec): Known | Look {
  const { trx, index } = state.prebuilt;
  if (trx.isolation === "READ UNCOMMITTED") {
    return { row: rec.row, deleted: rec.deleted, needsClustered: false };
  }
  assert(trx.readView !== null, "a consistent read has a read view");
  if (!index.clustered) {
    const needsClustered = !seesSecondaryPage(state.context, trx.readView, rec);
    return { row: null, deleted: rec.deleted, needsClustered };
  }
  const seen = visibleVersion(state.context, trx.readView, rec);
  if (seen === null) {
    emitVisit(state, rec, "notVisible");
    return "next";
  }
  const { row, deleted } = seen.version;
  return { row, deleted, needsClustered: false };
}

/** The pushed index condition, which also knows the end of the range. */
function checkCondition(
  state: ReadState,
  scan: Scan,
  rec: Rec,
  row: Row | null,
): "match" | "noMatch" | "outside" {
  if (state.pushed === null) return "match";
  const { index } = rec.page;
  if (isOutsideRange(state, index, rec, scan.movesUp)) return "outside";
  return state.pushed(row ?? partialRow(index, rec.key)) ? "match" : "noMatch";
}

/** InnoDB: need_to_access_clustered: always for X locks, whatever the index covers. */
function accessesClustered({ prebuilt, keyRead }: ReadState): boolean {
  return prebuilt.lockMode === "X" || !keyRead;
}

function lookBehind(state: ReadState, scan: Scan, rec: Rec): Look {
  const read = readClustered(state, rec);
  if (read === "notVisible" || read === "skipped") {
    emitVisit(state, rec, read === "skipped" ? "skippedLocked" : "notVisible");
    return "next";
  }
  if (isWait(read) || "err" in read) return read;
  if (read.isNewLock && skipsGaps(state)) state.newClustLock = read.rec;
  if (read.version.deleted) {
    tryUnlock(state);
    emitVisit(state, rec, "deleteMarked");
    return "next";
  }
  return found(state, scan, rec, read.rec, read.version.row);
}

function found(state: ReadState, scan: Scan, rec: Rec, clustRec: Rec | null, row: Row): Look {
  state.prebuilt.clustRec = clustRec;
  state.prebuilt.row = row;
  const isOutside = isOutsideRange(state, rec.page.index, rec, scan.movesUp);
  state.isOutside = isOutside;
  emitVisit(state, rec, isOutside ? "outsideRange" : "match");
  return "found";
}

function reasonOf(scan: Scan): "uniqueSearch" | "scan" {
  return scan.isUnique ? "uniqueSearch" : "scan";
}
