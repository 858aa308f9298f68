/** Chinese sentences about sessions, statements, plans, metadata locks and the clock. */
import { unreachable } from "../../../base/assert.ts";
import type {
  ClockEvent,
  MdlEvent,
  ResumeVerdict,
  SessionEvent,
  StatementEvent,
} from "../../events.ts";
import type { Outcome, PlanState } from "../../state.ts";
import { lastingOf } from "../../why/wait_ends.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { mdlObject, onlyRow, unstopped, who } from "../text.ts";
import {
  KEPT_UNTIL,
  list,
  SERVER_ONLY,
  seconds,
  sessions,
  waitForLock,
  waitReason,
} from "./words.ts";

const SERVER = "服务器";

const CLOSED: Readonly<Record<EventOf<"session.closed">["why"], string>> = {
  disconnect: "客户端断开",
  killed: "被 KILL",
  release: "COMMIT 或 ROLLBACK ... RELEASE 结束了连接",
  writeTimeout: "客户端在 net_write_timeout 之内什么也没读",
  clientGone: "服务器要发送时客户端已经不在",
};

const UNLOCKS: Readonly<Record<"tables" | "globalReadLock" | "nothing", string>> = {
  tables: "它的表一直锁到 UNLOCK TABLES",
  globalReadLock: "它持有全局读锁，直到 UNLOCK TABLES",
  nothing: "不再有要用 UNLOCK TABLES 释放的锁",
};

const RESUMED: Readonly<Record<ResumeVerdict, string>> = {
  granted: "等到了所要的锁",
  deadlockVictim: "被选为死锁的牺牲者",
  timeout: "等待超时",
  killed: "被 KILL",
};

/** What the optimizer's names of ways to read mean. */
export const ACCESS: Readonly<Record<PlanState["access"], string>> = {
  system: "表里只有一行",
  const: "按唯一键，至多一行",
  eq_ref: "对前一张表的每一行按唯一键取一行",
  ref: "取某个键值的所有行",
  ref_or_null: "取某个键值或 NULL 的所有行",
  range: "索引的一个范围",
  index_merge: "同时用几个索引，再按主键取行",
  index: "从头到尾扫描索引",
  ALL: "逐条扫描整张表",
  none: "不访问表",
};

const MDL_RELEASED: Readonly<Record<EventOf<"mdl.released">["why"], string>> = {
  statementEnd: "语句结束",
  transactionEnd: "事务结束",
  explicit: "不再需要",
  timeout: "等待超时",
  deadlock: "否则将永远等待",
  deadlockVictim: "事务作为死锁的牺牲者被回滚",
  killed: "被 KILL",
  downgrade: "从这里起较弱的锁就够了",
  savepoint: "已回滚到保存点",
};

export const chineseSessions: NarratorOf<SessionEvent | StatementEvent | MdlEvent | ClockEvent> = {
  "session.opened": ({ state }) =>
    `会话 ${state.name} 建立连接 ${state.connectionId}：${state.isolation}，自动提交${state.autocommit ? "开" : "关"}。`,
  "session.changed": (event) => `会话 ${event.name}：${sessionChanges(event)}。`,
  "session.closed": (event) => `会话 ${event.name} 已断开：${CLOSED[event.why]}。`,
  "command.refused": ({ name, sql, errno, message }) =>
    `${name} 的客户端拒绝执行 ${sql}，错误 ${errno}：${message}。请求根本没有发到服务器。`,
  "statement.started": (event) => `${who(event.session, SERVER)} 执行 ${event.sql}`,
  "statement.waiting": ({ session, blockers, reason, lock }) =>
    reason.kind === "sleep"
      ? `${who(session, SERVER)} 睡到 ${seconds(reason.untilMs)}。`
      : lock !== undefined
        ? `${who(session, SERVER)} 等待${waitForLock(lock, blockers)}。`
        : `${who(session, SERVER)} 等待${waitReason(reason)}${blockers.length > 0 ? (reason.kind === "tableFlush" ? `，要等 ${list(blockers)} 用完` : `，被 ${list(blockers)} 挡住`) : ""}。`,
  "statement.resumed": (event) => `${who(event.session, SERVER)} 继续：${RESUMED[event.verdict]}。`,
  "statement.ended": (event) => outcomeSentence(who(event.session, SERVER), event.outcome),
  "plan.chosen": ({ plan }) => planSentence(plan),

  "mdl.granted": ({ lock, afterWait }) =>
    `${lock.session} ${afterWait ? "等到了" : "得到"} ${mdlObject(lock)} 上的元数据锁 ${lock.mode}，持有到${KEPT_UNTIL[lastingOf(lock)]}。`,
  "mdl.waiting": ({ lock }) =>
    `${lock.session} 等待 ${mdlObject(lock)} 上的元数据锁 ${lock.mode}：${sessions(lock.blockers)} 持有或先请求了与它互斥的锁。`,
  "mdl.blockersChanged": (event) =>
    event.blockers.length === 0
      ? `已没有会话挡住 ${event.name} 上的元数据锁。`
      : `${event.name} 上的元数据锁现在被 ${sessions(event.blockers)} 挡住。`,
  "mdl.released": (event) =>
    event.isRequest
      ? `${who(event.session, SERVER)} 放弃等待元数据锁（${list(event.names)}）：${MDL_RELEASED[event.why]}。`
      : `${who(event.session, SERVER)} 释放 ${event.ids.length} 个元数据锁（${list([...new Set(event.names)])}）：${MDL_RELEASED[event.why]}。`,

  "clock.advanced": (event) => `过了 ${seconds(event.byMs)}，时钟走到 ${seconds(event.toMs)}。`,
};

function sessionChanges({ change, why }: EventOf<"session.changed">): string {
  const said: string[] = [];
  if (change.isolation !== undefined) said.push(`隔离级别变为 ${change.isolation}`);
  if (change.nextIsolation !== undefined && change.nextIsolation !== null) {
    said.push(`仅下一个事务使用 ${change.nextIsolation}`);
  }
  if (change.autocommit !== undefined) {
    said.push(
      change.autocommit
        ? "自动提交打开，BEGIN 之外的语句各自提交"
        : "自动提交关闭，事务持续到 COMMIT 或 ROLLBACK",
    );
  }
  if (change.readOnly !== undefined) said.push(change.readOnly ? "只读" : "可读写");
  if (change.inTransaction !== undefined) {
    said.push(change.inTransaction ? "在事务中" : "不再处于事务中");
  }
  if (change.unlocks !== undefined) said.push(UNLOCKS[change.unlocks ?? "nothing"]);
  if (change.trx !== undefined) {
    said.push(change.trx === null ? "没有 InnoDB 事务" : "InnoDB 已为它建立事务");
  }
  if (change.database !== undefined) said.push(`当前数据库是 ${change.database}`);
  if (change.processState !== undefined) said.push(processState(change.processState));
  if (change.deadlockVictim === true) said.push("死锁的牺牲者");
  return said.join("；") || (CHANGED_BY[why] ?? why);
}

/** What is said of a change of which nothing else is; SQL's own words stay as they are. */
const CHANGED_BY: Readonly<Record<string, string>> = {
  "the transaction is over": "事务结束",
  "the statement has ended": "语句结束",
  "the autocommitted statement has ended": "自动提交的语句结束",
  "the transaction was rolled back": "事务已回滚",
  "the failed statement was rolled back": "失败的语句已回滚",
  "the default database was dropped": "当前数据库已被删除",
  "the first statement on a table begins InnoDB's transaction":
    "第一条访问表的语句开始 InnoDB 事务",
  "implicit commit": "隐式提交",
  "process state": "执行状态改变",
};

function processState(state: string): string {
  return state === "" ? "SHOW PROCESSLIST 不显示状态" : `SHOW PROCESSLIST 显示“${state}”`;
}

function outcomeSentence(session: string, outcome: Outcome): string {
  switch (outcome.kind) {
    case "rows":
      if (outcome.streamed !== undefined) {
        return `${session} 的语句对服务器而言已结束：${outcome.streamed} 行已发出或还在套接字里。`;
      }
      return outcome.rows.length === 0
        ? `${session} 得到空结果集。`
        : `${session} 得到 ${outcome.rows.length} 行${onlyRow(outcome, "：")}。`;
    case "ok":
      return `${session} 执行完毕：影响 ${outcome.affected} 行。${outcome.ignored === undefined ? "" : `模拟的服务器记下 ${list(outcome.ignored)}，但不照办；真正的服务器可能会。`}`;
    case "error":
      return `${failure(session, outcome)}。${outcome.notSimulated === undefined ? "" : "真正的 MySQL 9.7 能做到；是 Interleave 模拟的服务器做不到。"}`;
    case "lost":
      return `${session} 失去连接：ERROR 2013 (HY000): Lost connection to MySQL server during query。`;
    default:
      return unreachable(outcome);
  }
}

function failure(session: string, outcome: Extract<Outcome, { kind: "error" }>): string {
  const { errno, sqlState, message } = outcome;
  const error = `ERROR ${errno} (${sqlState}): ${unstopped(message)}`;
  const told = SERVER_ONLY[errno];
  return told === undefined
    ? `${session} 得到 ${error}`
    : `${session} 的语句失败：${error}。这个错误${told}`;
}

function planSentence(plan: PlanState): string {
  const by = plan.key === null ? "" : `通过 ${plan.key} `;
  // "all of PRIMARY" is said by the way of access.
  const isWhole = plan.condition === "" || plan.condition.startsWith("all of ");
  const condition = isWhole ? "" : `按 ${plan.condition} `;
  const choice =
    plan.considered.length > 1 ? `，是 ${plan.considered.length} 种方式中最便宜的` : "";
  return `优化器决定${by}${condition}读 ${plan.table}（${plan.access}：${ACCESS[plan.access]}），约 ${plan.rows} 行，代价 ${plan.cost.toFixed(2)}${choice}。`;
}
