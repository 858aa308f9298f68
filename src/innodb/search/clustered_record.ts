/**
 * The clustered record behind a secondary one: locked, or the version of it that the read view sees.
 *
 * InnoDB: Row_sel_get_clust_rec_for_mysql, row_sel_sec_rec_is_for_clust_rec (row0sel.cc).
 */
import { assert } from "../../base/assert.ts";
import type { DbError, LockWait } from "../api.ts";
import { findRec } from "../btree/cursor.ts";
import { compareKeys } from "../datum.ts";
import { clusteredIndex, clusteredKeyOf, entryKey } from "../dictionary.ts";
import type { Rec } from "../types.ts";
import { currentVersion, type Version } from "../versions.ts";
import { visibleVersion } from "./consistent_read.ts";
import { type LockStep, lockRec } from "./lock_step.ts";
import type { ReadState } from "./read_state.ts";

export type ClusteredRead =
  | { readonly rec: Rec; readonly version: Version; readonly isNewLock: boolean }
  /** The read view knows no row of this secondary entry. */
  | "notVisible"
  | "skipped"
  | LockWait
  | DbError;

/**
 * The row behind a secondary entry: locked, or in the version that the read view may see (InnoDB:
 * row_sel_get_clust_rec_for_mysql).
 */
export function readClustered(state: ReadState, sec: Rec): ClusteredRead {
  const { index } = sec.page;
  const rec = findRec(clusteredIndex(index.table), clusteredKeyOf(index, sec.key));
  if (rec === null) {
    assert(sec.deleted, "a secondary record has a clustered one");
    return "notVisible";
  }
  if (state.prebuilt.lockMode === "none") return consistentVersion(state, sec, rec);
  const step: LockStep = lockRec(
    state,
    rec,
    "recNotGap",
    state.prebuilt.onConflict,
    "clusteredBehindSecondary",
  );
  if (step === "new" || step === "held") {
    return { rec, version: currentVersion(rec), isNewLock: step === "new" };
  }
  return step;
}

function consistentVersion(state: ReadState, sec: Rec, rec: Rec): ClusteredRead {
  const { trx } = state.prebuilt;
  const isUncommitted = trx.isolation === "READ UNCOMMITTED";
  let version = currentVersion(rec);
  let isOld = false;
  if (!isUncommitted) {
    assert(trx.readView !== null, "a consistent read has a read view");
    const seen = visibleVersion(state.context, trx.readView, rec);
    if (seen === null) return "notVisible";
    version = seen.version;
    isOld = seen.depth > 0;
  }
  // The entry that was found need not be that of the version seen.
  if ((isOld || isUncommitted || sec.deleted) && !isEntryOf(sec, rec, version)) return "notVisible";
  return { rec, version, isNewLock: false };
}

function isEntryOf(sec: Rec, rec: Rec, version: Version): boolean {
  const { fields } = sec.page.index;
  const entry = entryKey(sec.page.index, version.row, rec.rowId);
  return compareKeys(fields, entry, sec.key, fields.length) === 0;
}
