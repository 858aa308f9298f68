/** English sentences about InnoDB's locks and deadlocks. */

import type { LockEvent } from "../../events.ts";
import type { LockOwner } from "../../events_locks.ts";
import type { EventOf, NarratorOf } from "../narrator.ts";
import { isRecLock, isTie, recLockKind, seconds, who } from "../text.ts";
import {
  blockerNames,
  count,
  dataText,
  list,
  lockExtent,
  lockPhrase,
  lockReason,
  placeText,
  RELEASE_REASON,
  WAIT_RULE,
} from "./words.ts";

const ENGINE = "InnoDB";
/** A release of more locks than this names no single one. */
const NAMED_MAX = 3;

export const englishLocks: NarratorOf<LockEvent> = {
  "lock.granted": ({ lock, why, foreignKey }) =>
    `${lock.session} gets the ${lockPhrase(lock)} (${lockExtent(lock)}): ${lockReason(lock, why, foreignKey)}.`,
  "lock.waiting": ({ lock, why, rule, foreignKey }) => {
    const blockers = blockerNames(lock.blockers);
    return `${lock.session} WAITS for the ${lockPhrase(lock)}: ${WAIT_RULE[rule](blockers)}. It asked because ${lockReason(lock, why, foreignKey)}.`;
  },
  "lock.grantedAfterWait": ({ lock, waitedMs }) =>
    `${lock.session} now gets the ${lockPhrase(lock)}${waitedMs > 0 ? ` after ${seconds(waitedMs)}` : ""}: nothing stands in its way any more.`,
  "lock.blockersChanged": ({ data, blockers }) =>
    `The request for ${dataText(data)} now waits for ${blockerNames(blockers)}.`,
  "lock.alreadyHeld": ({ session, heldText, asked, data, ...at }) =>
    `${who(session, ENGINE)} asks for ${asked} on ${placeText(at, data)} and needs no new lock: it already holds ${heldText}.`,
  "lock.refused": ({ session, asked, data, blockers, mode, ...at }) =>
    mode === "nowait"
      ? `${who(session, ENGINE)} cannot have ${asked} on ${placeText(at, data)} because of ${blockerNames(blockers)}; NOWAIT makes that an error instead of a wait.`
      : `${who(session, ENGINE)} cannot have ${asked} on ${placeText(at, data)} because of ${blockerNames(blockers)}; SKIP LOCKED leaves the row out.`,
  "lock.released": ({ session, ids, texts, why, owners }) =>
    owners !== undefined
      ? ownersLose(owners, texts, RELEASE_REASON[why])
      : `${who(session, ENGINE)} gives back ${count(ids.length, "lock")}${ids.length <= NAMED_MAX ? ` (${texts.join("; ")})` : ""}: ${RELEASE_REASON[why]}.`,
  "lock.moved": ({ locks, why }) =>
    why === "prepare"
      ? `${count(locks.length, "lock")} reduced to the record: ${RELEASE_REASON.prepare}.`
      : `${count(locks.length, "lock")} moved along with the records at the page ${why}.`,
  "deadlock.found": (event) => deadlockSentence(event),
  "lock.timedOut": ({ data, waitedMs }) =>
    `The wait for the lock on ${dataText(data)} has lasted ${seconds(waitedMs)}, as long as innodb_lock_wait_timeout allows: error 1205, the statement is rolled back.`,
};

function deadlockSentence({ deadlock }: EventOf<"deadlock.found">): string {
  const steps = deadlock.cycle.map((member, at) => {
    const next = deadlock.cycle[(at + 1) % deadlock.cycle.length];
    const asked = member.waitsFor;
    const kind =
      isRecLock(asked) && recLockKind(asked) === "insertIntention" ? "to insert before" : "for";
    const place = isRecLock(asked) ? placeText(asked, asked.data) : asked.tableName;
    return `${member.session} waits ${kind} ${place}, held by ${next?.session ?? "?"}`;
  });
  const victim = deadlock.cycle.find((member) => member.trx === deadlock.victim);
  const weights = deadlock.cycle.map((member) => `${member.session} ${member.weight}`);
  const choice = isTie(deadlock)
    ? deadlock.cycle.length > 2
      ? "one of the lightest, and it closed the cycle"
      : "as light as the other, but it closed the cycle"
    : "the lightest";
  return `DEADLOCK: ${steps.join("; ")}. The victim is ${victim?.session ?? "?"}, ${choice} (undo records plus lock structs: ${list(weights)}).`;
}

/** Locks of several sessions go at once, requests among them. */
function ownersLose(
  owners: readonly LockOwner[],
  texts: readonly string[],
  reason: string,
): string {
  const lost = owners.map(({ session, isRequest }, at) =>
    isRequest ? `${session}'s request for ${texts[at]}` : `${session}'s lock ${texts[at]}`,
  );
  return `Dropped: ${lost.join("; ")}. Why: ${reason}.`;
}
