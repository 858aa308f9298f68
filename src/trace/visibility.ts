/**
 * The visibility rule of a read view, in one place: which transactions' changes it shows.
 *
 *     trx ids   101 102 103 104 │ 105 106 107 │ 108 109 ...
 *               all visible     │ in ids?     │ none visible
 *                          upLimitId      lowLimitId
 *                       (LOW water mark)  (HIGH water mark)
 *
 * The engine has its own copy of the rule (it also applies it to pages); a test holds the two equal. Pictures use
 * this one for the question "what would each open view see now?".
 *
 * InnoDB: ReadView::changes_visible (read0types.h).
 */
import type { VisibilityRule } from "./events.ts";
import type { TrxId } from "./ids.ts";
import type { ReadViewState } from "./state.ts";

/** The verdict on one version, with the rule that decided. */
export interface Visibility {
  readonly visible: boolean;
  readonly rule: Exclude<VisibilityRule, "readUncommitted">;
}

/** What of a read view the rule looks at. */
export type ViewLimits = Pick<ReadViewState, "creatorTrxId" | "upLimitId" | "lowLimitId" | "ids">;

/** Whether `view` shows what the transaction `trxId` (a version's DB_TRX_ID) wrote. */
export function checkVisibility(view: ViewLimits, trxId: TrxId): Visibility {
  if (trxId === view.creatorTrxId) return { visible: true, rule: "ownChange" };
  if (trxId < view.upLimitId) return { visible: true, rule: "belowUpLimit" };
  if (trxId >= view.lowLimitId) return { visible: false, rule: "atOrAboveLowLimit" };
  if (view.ids.includes(trxId)) return { visible: false, rule: "activeWhenOpened" };
  return { visible: true, rule: "committedBeforeOpened" };
}
