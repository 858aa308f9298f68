/** What the story of a deadlock is told with, in both languages. */
import {
  list as enList,
  lockPhrase as enPhrase,
  placeText as enPlace,
} from "../explain/en/words.ts";
import { statementText } from "../explain/text.ts";
import {
  list as zhList,
  lockPhrase as zhPhrase,
  placeText as zhPlace,
} from "../explain/zh/words.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { SessionName } from "../ids.ts";
import type { DeadlockMember, Outcome, RecLockState } from "../state.ts";
import type { GapOrigin } from "./lock_origin.ts";

export interface StoryWords {
  /** A record went away and left its `owners` a lock on the gap. */
  readonly left: (origin: GapOrigin, owners: readonly SessionName[], gap: RecLockState) => string;
  readonly waits: (member: DeadlockMember, holder: SessionName) => string;
  readonly closed: (closer: SessionName) => string;
  readonly chosen: (weights: string, choice: string) => string;
  /** What the session's statement came to; null: it is not over. */
  readonly gets: (session: SessionName, isVictim: boolean, outcome: Outcome | null) => string;
}

const en: StoryWords = {
  left: ({ by, asked, isDuplicateCheck }, owners, gap) =>
    `${enPlace(asked, asked.data)} goes away${by === null ? "" : ` with what ${by} takes back`}. ${enList(owners)} had locked it or waited for it${isDuplicateCheck ? ", to check for a duplicate key" : ""}: that passes to the next record as gap locks. ${enList(owners)} now ${owners.length === 1 ? "holds" : "each hold"} the ${enPhrase(gap)}.`,
  waits: ({ session, sql, waitsFor, heldBy }, holder) =>
    `${session} waits for the ${enPhrase(waitsFor)}, because ${holder} ${heldBy.status === "waiting" ? "has asked before for" : "holds"} the ${enPhrase(heldBy)}. It runs ${statementText(sql)}`,
  closed: (closer) => `With ${closer}'s request the circle is closed: each waits for another.`,
  chosen: (weights, choice) => `${weights} ${choice}`,
  gets: (session, isVictim, outcome) => {
    if (isVictim) {
      return `${session}, the victim, loses its whole transaction: changes undone, locks given back. Its client sees ${outcome === null ? "nothing yet" : enOutcome(outcome)}.`;
    }
    return outcome === null
      ? `${session} keeps its transaction; its statement is not over yet.`
      : `${session} keeps its transaction. Its client sees ${enOutcome(outcome)}.`;
  },
};

function enOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case "rows":
      return outcome.rows.length === 1 ? "1 row" : `${outcome.rows.length} rows`;
    case "ok":
      return `Query OK, ${outcome.affected} ${outcome.affected === 1 ? "row" : "rows"} affected`;
    case "error":
      return errorText(outcome);
    case "lost":
      return "a lost connection";
  }
}

const zh: StoryWords = {
  left: ({ by, asked, isDuplicateCheck }, owners, gap) =>
    `${zhPlace(asked, asked.data).trim()} 这条记录没有了${by === null ? "" : `（${by} 撤销了它）`}。${zhList(owners)} ${isDuplicateCheck ? "为了检查重复键，" : ""}曾锁住它或在等它：这些锁作为间隙锁传给后一条记录。现在 ${zhList(owners)} ${owners.length === 1 ? "" : "各自"}持有${spaced(zhPhrase(gap))}。`,
  waits: ({ session, sql, waitsFor, heldBy }, holder) =>
    `${session} 等待${spaced(zhPhrase(waitsFor))}，因为 ${holder} ${heldBy.status === "waiting" ? "先请求了" : "持有"}${spaced(zhPhrase(heldBy))}。它在执行 ${statementText(sql)}`,
  closed: (closer) => `${closer} 的请求使环闭合：每一个都在等另一个。`,
  chosen: (weights, choice) => `${weights}${choice}`,
  gets: (session, isVictim, outcome) => {
    if (isVictim) {
      return `${session} 是牺牲者，整个事务回滚：修改撤销，锁全部释放。它的客户端${outcome === null ? "还没有得到回应" : `得到 ${zhOutcome(outcome)}`}。`;
    }
    return outcome === null
      ? `${session} 的事务还在；它的语句还没有结束。`
      : `${session} 的事务还在。它的客户端得到 ${zhOutcome(outcome)}。`;
  },
};

/** Between Chinese and a Latin letter stands a space. */
function spaced(phrase: string): string {
  return /^[A-Za-z0-9]/.test(phrase) ? ` ${phrase}` : phrase;
}

function zhOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case "rows":
      return `${outcome.rows.length} 行`;
    case "ok":
      return `Query OK，影响 ${outcome.affected} 行`;
    case "error":
      return errorText(outcome);
    case "lost":
      return "连接断开";
  }
}

function errorText({ errno, sqlState, message }: Extract<Outcome, { kind: "error" }>): string {
  return `ERROR ${errno} (${sqlState}): ${message}`;
}

export function storyWords(language: ExplainLanguage): StoryWords {
  return language === "zh" ? zh : en;
}
