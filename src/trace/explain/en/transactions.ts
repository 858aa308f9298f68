/** English sentences about transactions, savepoints, read views, undo and purge. */
import { unreachable } from "../../../base/assert.ts";
import type { ReadViewEvent, TrxEvent, UndoEvent } from "../../events.ts";
import type { UndoRecState } from "../../state.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { indexText, keyText, rowText, who } from "../text.ts";
import { count, list } from "./words.ts";

const ENGINE = "InnoDB";

const ROLLED_BACK: Readonly<Record<EventOf<"trx.rolledBack">["why"], string>> = {
  rollback: "as asked",
  deadlock: "it was the victim of a deadlock",
  disconnect: "its client is gone",
  killed: "its session was killed",
  timeout: "it waited for too long",
};

const VIEW_OPENED: Readonly<Record<EventOf<"readView.opened">["why"], string>> = {
  firstConsistentRead: "at its first consistent read, and keeps it until the transaction ends",
  eachStatement: "for this statement only, as READ COMMITTED does",
  withConsistentSnapshot: "at once, because of WITH CONSISTENT SNAPSHOT",
};

const VIEW_CLOSED: Readonly<Record<EventOf<"readView.closed">["why"], string>> = {
  statementEnd: "the statement ended",
  transactionEnd: "the transaction ended",
};

const UNDO: Readonly<Record<UndoRecState["type"], string>> = {
  insert: "an insert, undone by removing the row",
  updateExisting: "an update",
  updateDeleted: "an update of a row that was marked as deleted",
  deleteMark: "a delete mark",
};

export const englishTransactions: NarratorOf<TrxEvent | ReadViewEvent | UndoEvent> = {
  "trx.started": ({ trx }) =>
    `InnoDB starts a transaction for ${trx.session} at ${trx.isolation}${trx.readOnly ? ", read only" : ""}${trx.autocommit ? ", for this one statement" : ""}; it has no id until it writes.`,
  "trx.idAssigned": (event) =>
    `${who(event.session, ENGINE)}'s transaction gets the id ${event.id}: it is going to write, and only writers get one. The next one will be ${event.nextTrxId}.`,
  "trx.changed": (event) => trxChanges(event),
  "trx.committed": ({ session, id, no, history }) =>
    id === 0
      ? `${who(session, ENGINE)} commits; it has written nothing.`
      : `${who(session, ENGINE)} commits transaction ${id}${history === null ? "" : ` (serialisation number ${no})`}: from now on its changes count as committed.`,
  "trx.rolledBack": ({ session, id, why }) =>
    `${who(session, ENGINE)} rolls back${id === 0 ? "" : ` transaction ${id}`}, ${ROLLED_BACK[why]}.`,
  "savepoint.set": (event) => `${who(event.session, ENGINE)} sets the savepoint ${event.name}.`,
  "savepoint.released": (event) =>
    `${who(event.session, ENGINE)} forgets the savepoint ${event.name}.`,
  "savepoint.rolledBack": ({ session, name, undone }) =>
    name === ""
      ? `${who(session, ENGINE)} takes back ${count(undone, "change")} of the failed statement; the transaction and its locks stay.`
      : `${who(session, ENGINE)} rolls back to the savepoint ${name} and takes back ${count(undone, "change")}.`,

  "readView.opened": ({ view, why }) =>
    `${view.session} opens a read view ${VIEW_OPENED[why]}. It sees transaction ids below ${view.upLimitId} (LOW water mark) and none from ${view.lowLimitId} up (HIGH water mark)${view.ids.length === 0 ? "" : `; of those between them not ${list(view.ids)}, which were active`}.`,
  "readView.closed": ({ session, why }) =>
    `${who(session, ENGINE)} closes its read view: ${VIEW_CLOSED[why]}.`,
  "readView.checked": (event) => checkSentence(event),
  "readView.pageChecked": ({ session, visible, maxTrxId, upLimitId, key, ...at }) =>
    visible
      ? `The page of ${indexText(at)} was last changed by transaction ${maxTrxId}, below ${who(session, ENGINE)}'s LOW water mark ${upLimitId}: the entry ${keyText(key)} is visible without a look at the row.`
      : `The page of ${indexText(at)} was changed by transaction ${maxTrxId}, not below ${who(session, ENGINE)}'s LOW water mark ${upLimitId}: the row behind the entry ${keyText(key)} must be looked at.`,

  "undo.written": ({ session, undo, tableName, undoCount }) =>
    `${who(session, ENGINE)} writes undo record ${undoCount} for ${tableName} ${keyText(undo.key)}: ${UNDO[undo.type]}${undo.before === null ? "" : `; the version before was ${rowText(undo.before.values)} by transaction ${undo.before.trxId}`}.`,
  "undo.applied": ({ session, tableName, key, undoType }) =>
    `${who(session, ENGINE)} takes back its change of ${tableName} ${keyText(key)}: ${UNDO[undoType]}.`,
  "undo.discarded": ({ rollPtrs, why }) =>
    why === "commit"
      ? `${count(rollPtrs.length, "undo record")} of inserts are dropped at commit: nobody needs a version before the first.`
      : `Purge drops ${count(rollPtrs.length, "undo record")}: no read view can want those versions.`,
  "purge.ran": ({ trxId, history }) =>
    `Purge has cleaned up after transaction ${trxId}; ${count(history.length, "transaction")} left in the history list.`,
  "purge.heldBack": ({ session2, historyLength, lowLimitNo }) =>
    `Purge has to keep ${count(historyLength, "transaction")} of history: ${session2}'s read view may still need versions from number ${lowLimitNo} on.`,
};

function trxChanges({ session, change }: EventOf<"trx.changed">): string {
  const said: string[] = [];
  if (change.status !== undefined) {
    said.push(change.status === "rollingBack" ? "is being rolled back" : "is active");
  }
  if (change.isolation !== undefined) said.push(`runs at ${change.isolation}`);
  if (change.readOnly !== undefined) said.push(change.readOnly ? "is read only" : "may write");
  if (change.autocommit !== undefined) {
    said.push(change.autocommit ? "is one autocommitted statement" : "lasts until COMMIT");
  }
  if (change.undoCount !== undefined) said.push(`has ${count(change.undoCount, "undo record")}`);
  if (change.savepoints !== undefined) {
    const names = change.savepoints.map((savepoint) => savepoint.name);
    said.push(names.length === 0 ? "has no savepoint" : `has the savepoints ${list(names)}`);
  }
  if (change.waitsFor !== undefined) {
    said.push(change.waitsFor === null ? "waits for no lock" : "waits for a lock");
  }
  return `${who(session, ENGINE)}'s transaction ${said.join("; ")}.`;
}

function checkSentence(event: EventOf<"readView.checked">): string {
  const { trxId, depth, upLimitId, lowLimitId, ids, deleted } = event;
  const reader = who(event.session, ENGINE);
  const what = `${event.tableName} ${keyText(event.key)} ${deleted ? "(deleted)" : rowText(event.values)}`;
  const version =
    depth === 0 ? `The version on the page, ${what},` : `Version ${depth} back, ${what},`;
  const verdict = event.visible
    ? `${reader} sees it${deleted ? ": the row is gone for it" : ""}`
    : `${reader} does not see it and follows the roll pointer`;
  return `${version} was written by transaction ${trxId}: ${ruleText()}; ${verdict}.`;

  function ruleText(): string {
    switch (event.rule) {
      case "ownChange":
        return "that is its own";
      case "belowUpLimit":
        return `${trxId} < ${upLimitId} (LOW water mark), committed before the view was opened`;
      case "atOrAboveLowLimit":
        return `${trxId} >= ${lowLimitId} (HIGH water mark), an id given out after the view was opened`;
      case "activeWhenOpened":
        return `${trxId} is among the ids ${list(ids)} that were active when the view was opened`;
      case "committedBeforeOpened":
        return `${trxId} lies between ${upLimitId} and ${lowLimitId} but not among the active ids${ids.length > 0 ? ` ${list(ids)}` : ""}, so it had committed`;
      case "readUncommitted":
        return "READ UNCOMMITTED takes the newest version, whoever wrote it";
      default:
        return unreachable(event.rule);
    }
  }
}
