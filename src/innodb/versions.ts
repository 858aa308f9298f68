/**
 * Version chains: a clustered record is the newest version of its row, DB_ROLL_PTR leads to the undo record that
 * holds the one before.
 *
 *   record on the page  ──rollPtr──▶  undo record: before  ──rollPtr──▶  undo record: before  ──▶ insert undo, or 0
 *
 * InnoDB: row0vers.cc, trx0rec.cc (trx_undo_prev_version_build).
 */
import type { RollPtr, TrxId } from "../trace/ids.ts";
import type { Datum, Row } from "./api.ts";
import { findRec } from "./btree/cursor.ts";
import { compareKeys, sameData } from "./datum.ts";
import { clusteredIndex, clusteredKeyOf, entryKey } from "./dictionary.ts";

import { changesVisible } from "./read_view.ts";
import type { EngineContext, Index, Rec, TrxImpl } from "./types.ts";

/** One version of a clustered record: the record itself, or what an undo record says about the one before. */
export interface Version {
  readonly row: Row;
  readonly trxId: TrxId;
  readonly rollPtr: RollPtr;
  readonly deleted: boolean;
}

/** The version on the page. */
export function currentVersion(rec: Rec): Version {
  return { row: rec.row as Row, trxId: rec.trxId, rollPtr: rec.rollPtr, deleted: rec.deleted };
}

/**
 * The version before this one; null when it was freshly inserted, or purge may have removed its undo (InnoDB: the
 * history is missing when the purge view sees the version's transaction).
 */
export function buildPreviousVersion(context: EngineContext, version: Version): Version | null {
  const purgeView = context.purgeView();
  if (purgeView !== null && changesVisible(purgeView, version.trxId).visible) return null;
  return context.undo.get(version.rollPtr)?.before ?? null;
}

/** InnoDB: row_vers_build_for_semi_consistent_read: the newest version of a transaction that is not active any more. */
export function buildForSemiConsistentRead(context: EngineContext, rec: Rec): Version | null {
  let version: Version | null = currentVersion(rec);
  while (version !== null && context.activeTrx(version.trxId) !== null) {
    version = buildPreviousVersion(context, version);
  }
  return version;
}

/**
 * InnoDB: row_vers_impl_x_locked: the active transaction that made the secondary record what it is.
 *
 * The clustered record's versions are looked at from the second newest on, as long as the active transaction wrote
 * the one after: the first to which the record does not correspond shows that the transaction changed the record.
 * A record that is not delete-marked corresponds to a version whose entry it is, a delete-marked one to any other.
 */
export function rowVersImplXLocked(context: EngineContext, rec: Rec): TrxImpl | null {
  const { index } = rec.page;
  const clustered = findRec(clusteredIndex(index.table), clusteredKeyOf(index, rec.key));
  if (clustered === null) return null;
  const writer = context.activeTrx(clustered.trxId);
  if (writer === null) return null;
  const lookingForMatch = rec.deleted;
  let version: Version | null = currentVersion(clustered);
  while (version !== null && version.trxId === writer.id) {
    version = buildPreviousVersion(context, version);
    if (versionMatches(index, rec, version, clustered.rowId) === lookingForMatch) return writer;
  }
  return null;
}

/** InnoDB: row_clust_vers_matches_sec: the version exists, is not delete-marked, and its entry is the record, byte for byte. */
function versionMatches(
  index: Index,
  rec: Rec,
  version: Version | null,
  rowId: number | null,
): boolean {
  if (version === null || version.deleted) return false;
  return sameData(entryKey(index, version.row, rowId), rec.key);
}

/**
 * InnoDB: row_vers_old_has_index_entry: does a version that somebody may still need have this secondary entry?
 * `alsoCurrent` counts the record itself. Entries that the collation does not tell apart are the same.
 */
export function oldHasIndexEntry(
  context: EngineContext,
  alsoCurrent: boolean,
  clustered: Rec,
  index: Index,
  key: readonly Datum[],
): boolean {
  const has = (version: Version): boolean =>
    !version.deleted &&
    compareKeys(
      index.fields,
      entryKey(index, version.row, clustered.rowId),
      key,
      index.fields.length,
    ) === 0;
  let version: Version | null = currentVersion(clustered);
  if (alsoCurrent && has(version)) return true;
  for (;;) {
    version = buildPreviousVersion(context, version);
    if (version === null) return false;
    if (has(version)) return true;
  }
}
