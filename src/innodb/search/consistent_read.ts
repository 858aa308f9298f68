/**
 * Consistent reads: the newest version that the transaction's read view sees, each look said in the trace.
 *
 *   secondary record ── page older than the view ──▶ taken as it is
 *          └── else ──▶ clustered record ── visible? ── no ──▶ undo: the version before ── visible? ...
 *
 * InnoDB: lock_clust_rec_cons_read_sees, lock_sec_rec_cons_read_sees, row_vers_build_for_consistent_read.
 */
import type { VisibilityRule } from "../../trace/events.ts";
import { rowValues } from "../btree/snapshot.ts";
import { recKeyText } from "../key_text.ts";
import { changesVisible } from "../read_view.ts";
import type { EngineContext, ReadViewImpl, Rec } from "../types.ts";
import { buildPreviousVersion, currentVersion, type Version } from "../versions.ts";

/** The visible version of a clustered record and how many steps back it is; null if the view knows no such row. */
export function visibleVersion(
  context: EngineContext,
  view: ReadViewImpl,
  rec: Rec,
): { readonly version: Version; readonly depth: number } | null {
  let version: Version | null = currentVersion(rec);
  for (let depth = 0; version !== null; depth += 1) {
    const { visible, rule } = changesVisible(view, version.trxId);
    emitChecked(context, view, rec, version, depth, visible, rule);
    if (visible) return { version, depth };
    version = buildPreviousVersion(context, version);
  }
  return null;
}

/** A secondary leaf that no transaction has changed which the view does not see. */
export function seesSecondaryPage(context: EngineContext, view: ReadViewImpl, rec: Rec): boolean {
  const { index, maxTrxId } = rec.page;
  const visible = maxTrxId < view.upLimitId;
  context.emit({
    type: "readView.pageChecked",
    view: view.id,
    indexName: index.name,
    tableName: index.table.def.name,
    rec: rec.id,
    key: recKeyText(rec),
    maxTrxId,
    upLimitId: view.upLimitId,
    visible,
  });
  return visible;
}

function emitChecked(
  context: EngineContext,
  view: ReadViewImpl,
  rec: Rec,
  version: Version,
  depth: number,
  visible: boolean,
  rule: VisibilityRule,
): void {
  const { index } = rec.page;
  const { head } = context;
  context.emit({
    type: "readView.checked",
    view: view.id,
    rec: rec.id,
    indexName: index.name,
    tableName: index.table.def.name,
    key: recKeyText(rec),
    depth,
    trxId: version.trxId,
    rollPtr: version.rollPtr,
    visible,
    rule,
    upLimitId: view.upLimitId,
    lowLimitId: view.lowLimitId,
    ids: view.ids,
    creatorTrxId: view.creatorTrxId,
    values: rowValues(index.table, version.row),
    deleted: version.deleted,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}
