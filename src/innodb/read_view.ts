/**
 * Read views: whose changes a consistent read may see.
 *
 *     trx ids   101 102 103 104 | 105 106 107 | 108 109 ...
 *               all visible     | in ids: no  | none visible
 *                          upLimitId      lowLimitId
 *                       (LOW water mark)  (HIGH water mark)
 *
 * InnoDB: ReadView::prepare, ReadView::complete, ReadView::changes_visible (read0read.cc, read0types.h).
 */
import type { VisibilityRule } from "../trace/events.ts";
import type { TrxId, TrxNo } from "../trace/ids.ts";
import type { ReadViewState } from "../trace/state.ts";
import type { ReadViewImpl, TrxImpl } from "./types.ts";

/** Whether the view sees a transaction's changes, and by which comparison. */
export interface VisibilityVerdict {
  readonly visible: boolean;
  readonly rule: VisibilityRule;
}

/** Whether the view shows what the transaction wrote, and by which rule. */
export function changesVisible(view: ReadViewImpl, id: TrxId): VisibilityVerdict {
  if (id === view.creatorTrxId) return OWN_CHANGE;
  if (id < view.upLimitId) return BELOW_UP_LIMIT;
  if (id >= view.lowLimitId) return AT_OR_ABOVE_LOW_LIMIT;
  return view.ids.includes(id) ? ACTIVE_WHEN_OPENED : COMMITTED_BEFORE_OPENED;
}

const OWN_CHANGE: VisibilityVerdict = { visible: true, rule: "ownChange" };
const BELOW_UP_LIMIT: VisibilityVerdict = { visible: true, rule: "belowUpLimit" };
const AT_OR_ABOVE_LOW_LIMIT: VisibilityVerdict = { visible: false, rule: "atOrAboveLowLimit" };
const ACTIVE_WHEN_OPENED: VisibilityVerdict = { visible: false, rule: "activeWhenOpened" };
const COMMITTED_BEFORE_OPENED: VisibilityVerdict = { visible: true, rule: "committedBeforeOpened" };

/**
 * A view of this moment. `activeIds` ascending; a committing transaction gets its number and leaves the list in one
 * step here, so that no number below `nextId` is still on its way.
 */
export function makeReadView(
  id: ReadViewImpl["id"],
  creatorTrxId: TrxId,
  activeIds: readonly TrxId[],
  nextId: number,
): ReadViewImpl {
  const ids = activeIds.includes(creatorTrxId)
    ? activeIds.filter((active) => active !== creatorTrxId)
    : activeIds;
  return {
    id,
    creatorTrxId,
    upLimitId: ids[0] ?? (nextId as TrxId),
    lowLimitId: nextId as TrxId,
    ids,
    lowLimitNo: nextId as TrxNo,
  };
}

export function readViewState(
  view: ReadViewImpl,
  trx: TrxImpl,
  openedAt: ReadViewState["openedAt"],
): ReadViewState {
  return {
    id: view.id,
    trx: trx.ref,
    session: trx.session,
    creatorTrxId: view.creatorTrxId,
    upLimitId: view.upLimitId,
    lowLimitId: view.lowLimitId,
    ids: view.ids,
    lowLimitNo: view.lowLimitNo,
    openedAt,
  };
}
