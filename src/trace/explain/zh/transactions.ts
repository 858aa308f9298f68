/** Chinese sentences about transactions, savepoints, read views, undo and purge. */
import { unreachable } from "../../../base/assert.ts";
import type { ReadViewEvent, TrxEvent, UndoEvent } from "../../events.ts";
import type { UndoRecState } from "../../state.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { indexText, keyText, rowText, who } from "../text.ts";
import { list } from "./words.ts";

const ENGINE = "InnoDB";

const ROLLED_BACK: Readonly<Record<EventOf<"trx.rolledBack">["why"], string>> = {
  rollback: "按要求回滚",
  deadlock: "它是死锁的牺牲者",
  disconnect: "客户端已断开",
  killed: "会话被 KILL",
  timeout: "等待超时",
};

const VIEW_OPENED: Readonly<Record<EventOf<"readView.opened">["why"], string>> = {
  firstConsistentRead: "在第一次快照读时打开，一直用到事务结束",
  eachStatement: "只供这条语句使用，读已提交就是这样",
  withConsistentSnapshot: "因 WITH CONSISTENT SNAPSHOT 立即打开",
};

const VIEW_CLOSED: Readonly<Record<EventOf<"readView.closed">["why"], string>> = {
  statementEnd: "语句结束",
  transactionEnd: "事务结束",
};

const UNDO: Readonly<Record<UndoRecState["type"], string>> = {
  insert: "插入，撤销时删掉该行",
  updateExisting: "更新",
  updateDeleted: "更新一条带删除标记的行",
  deleteMark: "打删除标记",
};

export const chineseTransactions: NarratorOf<TrxEvent | ReadViewEvent | UndoEvent> = {
  "trx.started": ({ trx }) =>
    `InnoDB 为 ${trx.session} 开始一个 ${trx.isolation} 事务${trx.readOnly ? "，只读" : ""}${trx.autocommit ? "，只管这一条语句" : ""}；写入之前它没有事务 id。`,
  "trx.idAssigned": (event) =>
    `${who(event.session, ENGINE)} 的事务得到 id ${event.id}：它要写数据，只有写事务才有 id。下一个将是 ${event.nextTrxId}。`,
  "trx.changed": (event) => trxChanges(event),
  "trx.committed": ({ session, id, no, history }) =>
    id === 0
      ? `${who(session, ENGINE)} 提交，它没有写过数据。`
      : `${who(session, ENGINE)} 提交事务 ${id}${history === null ? "" : `（提交序号 ${no}）`}：从现在起它的修改算作已提交。`,
  "trx.rolledBack": ({ session, id, why }) =>
    `${who(session, ENGINE)} 回滚${id === 0 ? "" : `事务 ${id}`}：${ROLLED_BACK[why]}。`,
  "savepoint.set": (event) => `${who(event.session, ENGINE)} 设立保存点 ${event.name}。`,
  "savepoint.released": (event) => `${who(event.session, ENGINE)} 删除保存点 ${event.name}。`,
  "savepoint.rolledBack": ({ session, name, undone }) =>
    name === ""
      ? `${who(session, ENGINE)} 撤销失败语句的 ${undone} 处修改；事务和它的锁保留。`
      : `${who(session, ENGINE)} 回滚到保存点 ${name}，撤销 ${undone} 处修改。`,

  "readView.opened": ({ view, why }) =>
    `${view.session} 打开读视图，${VIEW_OPENED[why]}。小于 ${view.upLimitId}（低水位）的 id 可见，大于等于 ${view.lowLimitId}（高水位）的不可见${view.ids.length === 0 ? "" : `；两者之间，当时活跃的 ${list(view.ids)} 不可见`}。`,
  "readView.closed": ({ session, why }) =>
    `${who(session, ENGINE)} 关闭读视图：${VIEW_CLOSED[why]}。`,
  "readView.checked": (event) => checkSentence(event),
  "readView.pageChecked": ({ session, visible, maxTrxId, upLimitId, key, ...at }) =>
    visible
      ? `${indexText(at)} 的页最后由事务 ${maxTrxId} 修改，小于 ${who(session, ENGINE)} 的低水位 ${upLimitId}：条目 ${keyText(key)} 可见，不必回表。`
      : `${indexText(at)} 的页由事务 ${maxTrxId} 修改过，不小于 ${who(session, ENGINE)} 的低水位 ${upLimitId}：条目 ${keyText(key)} 必须回表查看。`,

  "undo.written": ({ session, undo, tableName, undoCount }) =>
    `${who(session, ENGINE)} 为 ${tableName} ${keyText(undo.key)} 写第 ${undoCount} 条 undo 记录：${UNDO[undo.type]}${undo.before === null ? "" : `；之前的版本是事务 ${undo.before.trxId} 写的 ${rowText(undo.before.values)}`}。`,
  "undo.applied": ({ session, tableName, key, undoType }) =>
    `${who(session, ENGINE)} 撤销对 ${tableName} ${keyText(key)} 的修改：${UNDO[undoType]}。`,
  "undo.discarded": ({ rollPtrs, why }) =>
    why === "commit"
      ? `提交时丢弃 ${rollPtrs.length} 条插入的 undo 记录：没有人需要第一个版本之前的版本。`
      : `purge 丢弃 ${rollPtrs.length} 条 undo 记录：不会再有读视图需要这些版本。`,
  "purge.ran": ({ trxId, history }) =>
    `purge 已清理事务 ${trxId} 留下的旧版本；历史链表还剩 ${history.length} 个事务。`,
  "purge.heldBack": ({ session2, historyLength, lowLimitNo }) =>
    `purge 必须保留 ${historyLength} 个事务的历史：${session2} 的读视图可能还需要序号 ${lowLimitNo} 起的版本。`,
};

function trxChanges({ session, change }: EventOf<"trx.changed">): string {
  const said: string[] = [];
  if (change.status !== undefined) {
    said.push(change.status === "rollingBack" ? "正在回滚" : "处于活跃状态");
  }
  if (change.isolation !== undefined) said.push(`隔离级别为 ${change.isolation}`);
  if (change.readOnly !== undefined) said.push(change.readOnly ? "只读" : "可以写");
  if (change.autocommit !== undefined) {
    said.push(change.autocommit ? "只有一条自动提交的语句" : "持续到 COMMIT");
  }
  if (change.undoCount !== undefined) said.push(`有 ${change.undoCount} 条 undo 记录`);
  if (change.savepoints !== undefined) {
    const names = change.savepoints.map((savepoint) => savepoint.name);
    said.push(names.length === 0 ? "没有保存点" : `有保存点 ${list(names)}`);
  }
  if (change.waitsFor !== undefined) {
    said.push(change.waitsFor === null ? "不等待任何锁" : "在等待锁");
  }
  return `${who(session, ENGINE)} 的事务${said.join("；")}。`;
}

function checkSentence(event: EventOf<"readView.checked">): string {
  const { trxId, depth, upLimitId, lowLimitId, ids, deleted } = event;
  const reader = who(event.session, ENGINE);
  const what = `${event.tableName} ${keyText(event.key)} ${deleted ? "（已删除）" : rowText(event.values)}`;
  const version = depth === 0 ? `页上的版本 ${what}` : `往回第 ${depth} 个版本 ${what}`;
  const verdict = event.visible
    ? `对 ${reader} 可见${deleted ? "，即该行对它已不存在" : ""}`
    : `对 ${reader} 不可见，沿回滚指针往回找`;
  return `${version} 由事务 ${trxId} 写入：${ruleText()}；${verdict}。`;

  function ruleText(): string {
    switch (event.rule) {
      case "ownChange":
        return "是它自己写的";
      case "belowUpLimit":
        return `${trxId} < ${upLimitId}（低水位），在打开视图之前已提交`;
      case "atOrAboveLowLimit":
        return `${trxId} >= ${lowLimitId}（高水位），是打开视图之后才分配的 id`;
      case "activeWhenOpened":
        return `${trxId} 在打开视图时的活跃 id ${list(ids)} 之中`;
      case "committedBeforeOpened":
        return `${trxId} 在 ${upLimitId} 和 ${lowLimitId} 之间，但不在活跃 id${ids.length > 0 ? ` ${list(ids)}` : ""} 之中，说明已提交`;
      case "readUncommitted":
        return "READ UNCOMMITTED 总是读最新版本，不管是谁写的";
      default:
        return unreachable(event.rule);
    }
  }
}
