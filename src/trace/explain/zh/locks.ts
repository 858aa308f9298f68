/** Chinese sentences about InnoDB's locks and deadlocks. */

import type { LockEvent } from "../../events.ts";
import type { LockOwner } from "../../events_locks.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { isRecLock, isTie, recLockKind, who } from "../text.ts";
import {
  dataText,
  list,
  lockExtent,
  lockPhrase,
  lockReason,
  placeText,
  RELEASE_REASON,
  seconds,
  sessions,
  WAIT_RULE,
} from "./words.ts";

const ENGINE = "InnoDB";
/** A release of more locks than this names no single one. */
const NAMED_MAX = 3;

export const chineseLocks: NarratorOf<LockEvent> = {
  "lock.granted": ({ lock, why, foreignKey }) =>
    `${lock.session} 得到 ${lockPhrase(lock)}（${lockExtent(lock)}）：${lockReason(lock, why, foreignKey)}。`,
  "lock.waiting": ({ lock, why, rule, foreignKey }) =>
    `${lock.session} 等待 ${lockPhrase(lock)}：${WAIT_RULE[rule](sessions(lock.blockers))}。${why === "insertIntention" && foreignKey === undefined ? `因为 ${lock.session} 要往这个间隙里插入，才申请这把锁` : `请求它是因为${lockReason(lock, why, foreignKey)}`}。`,
  "lock.grantedAfterWait": ({ lock, waitedMs }) =>
    `${lock.session} ${waitedMs > 0 ? `等了 ${seconds(waitedMs)} 后` : "现在"}得到 ${lockPhrase(lock)}：已没有锁挡住它。`,
  "lock.blockersChanged": ({ data, blockers }) =>
    `对 ${dataText(data)} 的请求现在等待 ${sessions(blockers)}。`,
  "lock.alreadyHeld": ({ session, heldText, asked, data, ...at }) =>
    `${who(session, ENGINE)} 请求 ${placeText(at, data)}上的 ${asked}，不需要新锁：它已持有 ${heldText}。`,
  "lock.refused": ({ session, asked, data, blockers, mode, ...at }) =>
    mode === "nowait"
      ? `${who(session, ENGINE)} 因 ${sessions(blockers)} 得不到 ${placeText(at, data)}上的 ${asked}；NOWAIT 使它报错而不等待。`
      : `${who(session, ENGINE)} 因 ${sessions(blockers)} 得不到 ${placeText(at, data)}上的 ${asked}；SKIP LOCKED 略过这一行。`,
  "lock.released": ({ session, ids, texts, why, owners }) =>
    owners !== undefined
      ? ownersLose(owners, texts, RELEASE_REASON[why])
      : `${who(session, ENGINE)} 释放 ${ids.length} 个锁${ids.length <= NAMED_MAX ? `（${texts.join("；")}）` : ""}：${RELEASE_REASON[why]}。`,
  "lock.moved": ({ locks, why }) =>
    why === "prepare"
      ? `${locks.length} 个锁只剩记录：${RELEASE_REASON.prepare}。`
      : `${locks.length} 个锁随记录在页${why === "split" ? "分裂" : "合并"}时移动。`,
  "deadlock.found": (event) => deadlockSentence(event),
  "lock.timedOut": ({ data, waitedMs }) =>
    `对 ${dataText(data)} 上的锁的等待已达 ${seconds(waitedMs)}，到了 innodb_lock_wait_timeout 的上限：错误 1205，回滚该语句。`,
};

function deadlockSentence({ deadlock }: EventOf<"deadlock.found">): string {
  const steps = deadlock.cycle.map((member, at) => {
    const next = deadlock.cycle[(at + 1) % deadlock.cycle.length];
    const asked = member.waitsFor;
    const place = isRecLock(asked) ? placeText(asked, asked.data) : asked.tableName;
    const isInsert = isRecLock(asked) && recLockKind(asked) === "insertIntention";
    const holder = next?.session ?? "?";
    return isInsert
      ? `${member.session} 要向 ${place}之前的间隙插入，该间隙的锁由 ${holder} 持有`
      : `${member.session} 等待 ${place.trimEnd()}，它的锁由 ${holder} 持有`;
  });
  const victim = deadlock.cycle.find((member) => member.trx === deadlock.victim);
  const weights = deadlock.cycle.map((member) => `${member.session} ${member.weight}`);
  const choice = isTie(deadlock) ? "权重并列最轻，而使环闭合的那次等待由它发起" : "它最轻";
  return `死锁：${steps.join("；")}。牺牲者是 ${victim?.session ?? "?"}，${choice}（undo 记录数加锁结构数：${list(weights)}）。`;
}

/** Locks of several sessions go at once, requests among them. */
function ownersLose(
  owners: readonly LockOwner[],
  texts: readonly string[],
  reason: string,
): string {
  const lost = owners.map(({ session, isRequest }, at) =>
    isRequest ? `${session} 对 ${texts[at]} 的请求` : `${session} 的锁 ${texts[at]}`,
  );
  return `撤掉：${lost.join("；")}。原因：${reason}。`;
}
