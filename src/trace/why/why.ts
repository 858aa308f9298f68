/**
 * Why? For an event: the rule behind it with this case's numbers, and where the rule comes from. The one sentence that
 * goes before is the narrator's (`explain`).
 */
import { intMapGet, intMapToArray } from "../../base/int_map.ts";
import type { ForeignKeyCheck, LockReason, ResumeVerdict, TraceEvent } from "../events.ts";
import { isRecLock, isTie, keyText, recLockKind, statementText } from "../explain/text.ts";
import { type ExplainLanguage, explain } from "../explain.ts";
import { type GapBounds, placeOfRec } from "../gap_bounds.ts";
import type { EventSeq, LockId } from "../ids.ts";
import type { DeadlockState, RecLockState, State, TableLockState, WaitReason } from "../state.ts";
import { killAhead, mdlWait, otherWait } from "./above_innodb.ts";
import { isBehindRange } from "./behind_range.ts";
import { englishRules } from "./en.ts";
import { insertCase } from "./insert_wait.ts";
import type { BlockerCase, DeadlockCase, LockCase, RuleWords } from "./rule_words.ts";
import { SOURCES, type WhySource, type WhyTopic } from "./sources.ts";
import { visibilityRule } from "./visibility_rule.ts";
import { chainsBehind } from "./wait_chain.ts";
import { endOfGrantedMdl, endsOfLockWait, waitBefore, waitedBefore } from "./wait_ends.ts";
import { chineseRules } from "./zh.ts";

export interface Why {
  /** The rule with the numbers of the case; the last sentence concludes. */
  readonly rule: readonly string[];
  /** Null: it is this page's own, or no rule. */
  readonly source: WhySource | null;
  /** The event that brought this one about. */
  readonly cause: number | null;
}

const RULES: Readonly<Record<ExplainLanguage, RuleWords>> = { en: englishRules, zh: chineseRules };

/** `after` is the state with the event folded in; `causeOf` finds the event that another points at. Null: nothing to answer. */
export function why(
  event: TraceEvent,
  after: State,
  language: ExplainLanguage,
  causeOf: (seq: number) => TraceEvent | null,
): Why | null {
  const words = RULES[language];
  const answer = (topic: WhyTopic, rule: readonly string[]): Why => ({
    rule,
    source: SOURCES[topic],
    cause: null,
  });
  const granted = (seq: number | null): Why => {
    const cause = seq === null ? null : causeOf(seq);
    const sentence = cause === null ? null : explain(cause, language);
    return { ...answer("grant", words.grantedAfterWait(sentence)), cause: cause?.seq ?? null };
  };
  const waitOn = (lock: RecLockState | TableLockState, isBehindWaiter: boolean): Why => {
    const asked = (id: LockId) => requestOf(id, event.seq, causeOf);
    const inTheWay = lock.blockers.map((blocker) => asked(blocker.lock));
    return checking(
      asked(lock.id),
      after,
      words,
      waits(lock, isBehindWaiter, after, words, inTheWay, asked(lock.id)?.why ?? null),
      inTheWay,
    );
  };
  const failed = (errno: number, message = ""): Why => {
    if (message.startsWith(OWN_LIMIT)) return { rule: words.ownLimit, source: null, cause: null };
    const wait = errno === 1205 ? waitBefore(event, causeOf) : null;
    const waited = errno === 1205 ? waitedBefore(event, causeOf) : null;
    return wait !== null && ABOVE_INNODB.has(wait)
      ? answer("metadataTimeout", words.timedOutAbove)
      : answer(ERROR_TOPICS[errno] ?? "error", [
          ...(waited === null ? [] : [words.limitReached(waited)]),
          ...words.error(errno, isAlone(event.session, after)),
        ]);
  };
  switch (event.type) {
    case "lock.granted":
      return checking(
        event,
        after,
        words,
        answer(event.why, grantRule(event, after, words, causeOf)),
      );
    case "lock.waiting":
      return waitOn(event.lock, event.rule === "waiterAhead");
    case "statement.waiting":
      if (event.lock === undefined) return otherWait(event, after, words);
      return waitOn(event.lock, false);
    case "lock.blockersChanged": {
      const lock = intMapGet(after.recLocks, event.id) ?? intMapGet(after.tableLocks, event.id);
      return lock === undefined ? null : waitOn(lock, false);
    }
    case "statement.resumed": {
      const errno = ENDED_WAITS[event.verdict];
      return errno !== null ? failed(errno) : granted(event.cause);
    }
    case "lock.grantedAfterWait":
      return granted(event.cause);
    case "lock.alreadyHeld":
      return answer("held", words.alreadyHeld(event.heldText, event.asked));
    case "lock.refused":
      return answer("refused", words.refused(event.asked, event.mode === "nowait"));
    case "lock.released":
      return answer("release", words.released(event.why));
    case "lock.moved":
      return answer("moved", words.moved);
    case "lock.timedOut":
      return answer("timeout", words.timedOut(event.waitedMs));
    case "deadlock.found":
      return answer("deadlock", words.deadlock(deadlockCase(event.deadlock)));
    case "mdl.granted":
      return answer("metadata", words.mdlGranted(event.lock, endOfGrantedMdl(event.lock, after)));
    case "mdl.waiting":
      return mdlWait(event.lock, after, words);
    case "readView.checked":
      if (event.rule === "readUncommitted") return answer("visibility", words.readUncommitted);
      return answer(
        "visibility",
        visibilityRule(
          {
            trxId: event.trxId,
            creator: event.creatorTrxId,
            up: event.upLimitId,
            low: event.lowLimitId,
            ids: event.ids,
          },
          language,
        ),
      );
    case "readView.pageChecked":
      return answer("pageVisibility", words.pageChecked(event.maxTrxId, event.upLimitId));
    case "readView.opened": {
      const { upLimitId, lowLimitId, ids } = event.view;
      return answer("viewOpened", words.viewOpened(upLimitId, lowLimitId, ids));
    }
    case "rec.visited":
      return event.verdict === "match" ? handedOver(event, after, words) : null;
    case "plan.chosen": {
      const isRange = event.plan.access === "range" || event.plan.access === "index_merge";
      return answer(isRange ? "range" : "plan", words.plan(event.plan));
    }
    case "trx.idAssigned":
      return answer("trxId", words.idAssigned(event.id, event.nextTrxId));
    case "undo.written":
      return answer("undo", words.undoWritten(event.undo.type === "insert"));
    case "purge.ran":
      return answer("purge", words.purgeRan(event.trxNo));
    case "purge.heldBack":
      return answer("purge", words.purgeHeldBack(event.lowLimitNo, event.session2));
    case "statement.ended": {
      if (event.outcome.kind !== "error") return null;
      const { errno, message, notSimulated } = event.outcome;
      if (notSimulated === undefined) return failed(errno, message);
      return { rule: words.notSimulated(notSimulated), source: null, cause: null };
    }
    default:
      return null;
  }
}

/** How the message begins when a statement is stopped for the page's sake. */
const OWN_LIMIT = "The simulation stops";

/** With autocommit and no BEGIN: the statement is its transaction. */
function isAlone(name: TraceEvent["session"], { sessions }: State): boolean {
  const session = sessions.find((one) => one.name === name);
  return session?.autocommit === true && !session.inTransaction;
}

/** Why nobody could go on, the weights, and who was chosen. */
export function deadlockRule(
  deadlock: Pick<DeadlockState, "cycle" | "victim">,
  language: ExplainLanguage,
): readonly string[] {
  return RULES[language].deadlock(deadlockCase(deadlock));
}

/** The first sentence of the rule for locks of one kind and reason, and the gap before each as it was when it was got. */
export function lockRule(
  locks: readonly { readonly lock: RecLockState; readonly seq: EventSeq }[],
  reason: LockReason,
  stateAt: (seq: EventSeq) => State,
  language: ExplainLanguage,
  {
    isBehind,
    foreignKey,
  }: {
    readonly isBehind: boolean;
    readonly foreignKey: ForeignKeyCheck | null;
  },
): { readonly rule: string; readonly gaps: readonly GapBounds[] } {
  const words = RULES[language];
  const cases = locks.map(({ lock, seq }) => lockCase(lock, stateAt(seq), words));
  const data = words.list(cases.map((each) => each.data));
  const [first] = cases;
  if (first === undefined) return { rule: "", gaps: [] };
  const all = { ...first, data };
  const [rule = ""] =
    foreignKey !== null
      ? [words.foreignKey(all.session, foreignKey, all.modeText)]
      : isBehind
        ? [words.behindRange(all, reason)]
        : words.granted(all, reason);
  return { rule, gaps: cases.map(({ gap }) => gap) };
}

/** The error that a wait ended with; null: it was granted. */
const ENDED_WAITS: Readonly<Record<ResumeVerdict, number | null>> = {
  granted: null,
  deadlockVictim: 1213,
  timeout: 1205,
  killed: 1317,
};

/** Waits that lock_wait_timeout limits. */
const ABOVE_INNODB: ReadonlySet<WaitReason["kind"]> = new Set(["mdl", "tableFlush", "thrLock"]);

const ERROR_TOPICS: Readonly<Record<number, WhyTopic>> = {
  1062: "duplicate",
  1205: "timeout",
  1213: "deadlock",
  1317: "killed",
  1451: "foreignKey",
  1452: "foreignKey",
  3058: "userLock",
  3572: "refused",
};

function grantRule(
  { lock, why: reason, rule, seq }: Extract<TraceEvent, { readonly type: "lock.granted" }>,
  state: State,
  words: RuleWords,
  eventOf: (seq: number) => TraceEvent | null,
): readonly string[] {
  if (!isRecLock(lock)) return words.tableGranted(lock.mode, lock.tableName, reason);
  const granted = lockCase(lock, state, words);
  const isBehind = isBehindRange(lock, reason, (ahead) => eventOf(seq + ahead));
  return [
    ...(isBehind ? [words.behindRange(granted, reason)] : []),
    ...words.granted(granted, reason, rule === "inheritedFromWaiter"),
  ];
}

/** A row that is read may not fit all of WHERE: the plan says what is searched, and whether more is tested. */
function handedOver(
  event: Extract<TraceEvent, { readonly type: "rec.visited" }>,
  state: State,
  words: RuleWords,
): Why | null {
  const { statement, session, rec } = event;
  const plans = statement === null ? [] : (intMapGet(state.statements, statement)?.plans ?? []);
  const [first] = plans;
  const plan = plans.find(({ table }) => table === event.tableName) ?? first;
  if (plan === undefined || (plan.table !== event.tableName && plans.length > 1)) return null;
  const isLocked = intMapToArray(state.recLocks).some(
    (lock) => lock.rec === rec && lock.session === session && lock.shape !== "gap",
  );
  return { rule: words.handedOver(plan, isLocked), source: SOURCES.handedOver, cause: null };
}

type LockRequest = Extract<TraceEvent, { readonly type: "lock.granted" | "lock.waiting" }>;

/** The constraint comes first where one asked for the lock; then those that asked for the locks in its way. */
function checking(
  request: LockRequest | null,
  state: State,
  words: RuleWords,
  answer: Why,
  inTheWay: readonly (LockRequest | null)[] = [],
): Why {
  const told = [request, ...inTheWay].flatMap((each): readonly string[] => {
    if (each?.foreignKey === undefined) return [];
    const { lock, foreignKey, statement } = each;
    const sql = statement === null ? undefined : intMapGet(state.statements, statement)?.sql;
    return [
      isRecLock(lock)
        ? words.foreignKey(lock.session, foreignKey, lock.modeText)
        : words.foreignKeyOnTable(lock.session, foreignKey, lock.mode),
      ...(sql === undefined ? [] : [words.forStatement(lock.session, statementText(sql))]),
    ];
  });
  if (told.length === 0) return answer;
  return { ...answer, rule: [...new Set(told), ...answer.rule], source: SOURCES.foreignKey };
}

/** The event with which a lock was asked for; null: it was never asked for, or not in this trace. */
function requestOf(
  lock: LockId,
  before: number,
  eventOf: (seq: number) => TraceEvent | null,
): LockRequest | null {
  for (let seq = before; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    const isRequest = event?.type === "lock.waiting" || event?.type === "lock.granted";
    if (isRequest && event.lock.id === lock) return event;
  }
  return null;
}

function waits(
  lock: RecLockState | TableLockState,
  isBehindWaiter: boolean,
  state: State,
  words: RuleWords,
  inTheWay: readonly (LockRequest | null)[],
  reason: LockReason | null,
): Why {
  const blockers = blockersOf(lock, state);
  const ends = endsOfLockWait(
    lock.blockers.filter(({ lock: id }) => lockOf(id, state) !== undefined),
    state,
  );
  const first = chainsBehind(lock.session, ends, state).map(words.waitChain);
  const killed = killAhead(lock.session, ends, words);
  const end = ends.length === 0 ? [] : [words.waitEnds(lock.session, ends), ...killed];
  if (!isRecLock(lock)) {
    const rule = [...first, ...words.tableWaits(lock.mode, lock.tableName, blockers), ...end];
    return { rule, source: SOURCES.tableConflict, cause: null };
  }
  const asked = lockCase(lock, state, words);
  if (lock.insertIntention) {
    // Who is in the way, what ends it, and then why.
    const askedBy = inTheWay.map((each) => each?.statement ?? null);
    const [inTheWayOfIt = "", ...more] = words.insertWaits(asked, insertCase(lock, state, askedBy));
    const rule = [...first, inTheWayOfIt, ...end, ...more];
    return { rule, source: SOURCES.insertConflict, cause: null };
  }
  const isBehind =
    isBehindWaiter || (blockers.length > 0 && blockers.every((each) => each.isWaiting));
  const rule = isBehind ? words.aheadWaits(asked) : words.recordWaits(asked, reason);
  const source = reason === "duplicateCheck" ? SOURCES.duplicateCheck : SOURCES.recConflict;
  return { rule: [...first, ...rule, ...end], source, cause: null };
}

function lockCase(lock: RecLockState, state: State, words: RuleWords): LockCase {
  const gap = placeOfRec(state, lock.rec, lock.index)?.gap ?? {
    low: null,
    high: keyText(lock.data),
  };
  return {
    session: lock.session,
    isolation: intMapGet(state.trxs, lock.trx)?.isolation ?? "REPEATABLE READ",
    kind: recLockKind(lock),
    mode: lock.mode,
    modeText: lock.modeText,
    on: `${lock.tableName}.${lock.indexName}`,
    data: lock.data.startsWith("supremum") ? words.supremum : keyText(lock.data),
    gap,
    blockers: blockersOf(lock, state),
  };
}

function lockOf(id: LockId, state: State): RecLockState | TableLockState | undefined {
  return intMapGet(state.recLocks, id) ?? intMapGet(state.tableLocks, id);
}

/** The locks in the way as they stand; those that are gone since are left out. */
function blockersOf(lock: RecLockState | TableLockState, state: State): readonly BlockerCase[] {
  return lock.blockers.flatMap((blocker): readonly BlockerCase[] => {
    const found = lockOf(blocker.lock, state);
    if (found === undefined) return [];
    const { session, status } = found;
    const kind = isRecLock(found) ? recLockKind(found) : null;
    const modeText = isRecLock(found) ? found.modeText : found.mode;
    return [{ session, kind, modeText, isWaiting: status === "waiting" }];
  });
}

function deadlockCase(deadlock: Pick<DeadlockState, "cycle" | "victim">): DeadlockCase {
  return {
    victim: deadlock.cycle.find((member) => member.trx === deadlock.victim)?.session ?? "?",
    isTie: isTie(deadlock),
    members: deadlock.cycle.map(({ session, weight, undoCount, lockStructs }) => ({
      session,
      weight,
      undo: undoCount,
      structs: lockStructs,
    })),
  };
}
