/**
 * What a statement did, told at its end: which way it read, which versions it saw through which view, which locks it took and
 * why so many, for whom it waited.
 *
 *     plan.chosen ─▶ readView.checked ... ─▶ lock.granted ... ─▶ rec.changed ... ─▶ statement.ended
 *       the way        newest or older         by index and kind    rows written        one sentence, then these
 */
import { intMapGet } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import {
  indexText,
  isRecLock,
  type RecLockKind,
  recLockKind,
  statementText,
} from "../explain/text.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { EventSeq, SessionName, StatementId } from "../ids.ts";
import type { IsolationLevel, PlanState, State } from "../state.ts";
import { SOURCES, type WhySource } from "./sources.ts";
import { statementWords } from "./statement_words.ts";

export interface StatementLine {
  readonly text: string;
  /** The event that shows it; null: several. */
  readonly seq: EventSeq | null;
}

export interface StatementStory {
  readonly session: SessionName;
  readonly sentence: string;
  readonly lines: readonly StatementLine[];
  readonly source: WhySource;
  /** An older version was taken, or none: the chains show the way there. */
  readonly readsOld: boolean;
}

/** Record locks of one kind on one index. */
export interface LockGroup {
  readonly index: string;
  readonly kind: RecLockKind;
  readonly count: number;
}

/** What one statement's events come to, counted. */
export interface StatementFacts {
  readonly session: SessionName;
  readonly sql: string;
  readonly isolation: IsolationLevel;
  readonly plans: readonly PlanState[];
  readonly locks: readonly LockGroup[];
  readonly tableLocks: readonly string[];
  /** Asked for, and held before. */
  readonly held: number;
  /** Given back before the transaction ended. */
  readonly unlocked: number;
  /** Given back with the transaction. */
  readonly released: number;
  readonly visited: number;
  readonly written: number;
  readonly waits: readonly { readonly blockers: readonly SessionName[]; readonly ms: number }[];
  readonly view: { readonly id: number; readonly isOwn: boolean } | null;
  readonly newest: number;
  /** Records of which an older version was taken, or none. */
  readonly older: readonly OlderVersion[];
  /** At READ UNCOMMITTED. */
  readonly isUnchecked: boolean;
}

/** A row whose newest version was not visible, and the one that was read in its place. */
export interface OlderVersion {
  readonly key: string;
  readonly table: string;
  /** DB_TRX_ID of the version that was not visible, the newest. */
  readonly hidden: number;
  readonly why: "activeWhenOpened" | "atOrAboveLowLimit" | "other";
  /** DB_TRX_ID of the version taken; null: none is visible. */
  readonly taken: number | null;
  readonly seq: EventSeq;
}

/** Null for a statement that decided nothing about records. `state` is that behind it. */
export function statementStory(
  id: StatementId,
  state: State,
  language: ExplainLanguage,
  eventOf: (seq: number) => TraceEvent | null,
): StatementStory | null {
  const statement = intMapGet(state.statements, id);
  if (statement === undefined || statement.endedAt === null) return null;
  const events: TraceEvent[] = [];
  for (let seq: number = statement.startedAt; seq <= statement.endedAt; seq += 1) {
    const event = eventOf(seq);
    if (event !== null && event.statement === id) events.push(event);
  }
  const { session, sql } = statement;
  const facts = factsOf(events, session, statementText(sql), state);
  const { plans, locks, tableLocks, waits, released } = facts;
  if (plans.length + locks.length + tableLocks.length + waits.length + released === 0) return null;
  const words = statementWords(language);
  const seqOf = (type: TraceEvent["type"]) =>
    events.find((event) => event.type === type)?.seq ?? null;
  const viewSeq = facts.view === null ? null : openingOf(facts.view.id, statement.endedAt, eventOf);
  const say = (texts: readonly string[], seq: EventSeq | null): readonly StatementLine[] =>
    texts.map((text) => ({ text, seq }));
  const lines = [
    ...say(words.access(facts), seqOf("plan.chosen")),
    ...say(words.view(facts), viewSeq),
    ...facts.older.slice(0, OLDER_TOLD).flatMap((one) => say([words.older(one)], one.seq)),
    ...say(words.locks(facts), seqOf("lock.granted")),
    ...say(words.whySoMany(facts), null),
    ...say(words.waits(facts), seqOf("statement.waiting")),
  ];
  const topic = locks.length > 0 ? "scan" : facts.view !== null ? "visibility" : "plan";
  return {
    session,
    sentence: words.sentence(facts),
    lines,
    source: SOURCES[topic],
    readsOld: facts.older.length > 0,
  };
}

const OLDER_TOLD = 3;

function openingOf(
  view: number,
  before: EventSeq,
  eventOf: (seq: number) => TraceEvent | null,
): EventSeq | null {
  for (let seq: number = before; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    if (event?.type === "readView.opened" && event.view.id === view) return event.seq;
  }
  return null;
}

function factsOf(
  events: readonly TraceEvent[],
  session: SessionName,
  sql: string,
  state: State,
): StatementFacts {
  const plans: PlanState[] = [];
  const groups = new Map<string, LockGroup>();
  const tableLocks: string[] = [];
  const waits: { blockers: readonly SessionName[]; ms: number }[] = [];
  const opened = new Set<number>();
  const older = new Map<string, OlderVersion>();
  let isolation: IsolationLevel | null = null;
  let view: number | null = null;
  let isUnchecked = false;
  let waitingSince: number | null = null;
  const counts = { held: 0, unlocked: 0, released: 0, visited: 0, written: 0, newest: 0 };
  for (const event of events) {
    switch (event.type) {
      case "plan.chosen":
        if (event.plan.access !== "none") plans.push(event.plan);
        break;
      case "lock.granted":
      case "lock.grantedAfterWait": {
        const { lock } = event;
        isolation ??= intMapGet(state.trxs, lock.trx)?.isolation ?? null;
        if (lock.session !== session) break;
        if (!isRecLock(lock)) {
          tableLocks.push(`${lock.mode} ${lock.tableName}`);
          break;
        }
        const group = { index: indexText(lock), kind: recLockKind(lock) };
        const key = `${group.index} ${group.kind}`;
        groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + 1 });
        break;
      }
      case "lock.alreadyHeld":
        counts.held += 1;
        break;
      case "lock.released":
        if (event.why === "unlockRow") counts.unlocked += event.ids.length;
        else if (event.why === "commit" || event.why === "rollback") {
          counts.released += event.ids.length;
        }
        break;
      case "trx.started":
        isolation = event.trx.isolation;
        break;
      case "readView.opened":
        opened.add(event.view.id);
        view = event.view.id;
        break;
      case "readView.pageChecked":
        view = event.view;
        if (event.visible) counts.newest += 1;
        break;
      case "readView.checked": {
        if (event.rule === "readUncommitted") {
          isUnchecked = true;
          break;
        }
        view = event.view;
        const key = `${event.tableName} ${event.key}`;
        if (event.depth === 0 && event.visible) counts.newest += 1;
        else if (event.depth === 0) older.set(key, hiddenVersion(event));
        else if (event.visible) {
          const known = older.get(key);
          if (known !== undefined) older.set(key, { ...known, taken: event.trxId, seq: event.seq });
        }
        break;
      }
      case "rec.visited":
        counts.visited += 1;
        break;
      case "undo.written":
        counts.written += 1;
        break;
      case "statement.waiting":
        if (waitingSince === null) waits.push({ blockers: event.blockers, ms: 0 });
        waitingSince ??= event.ms;
        break;
      case "statement.resumed": {
        const last = waits.pop();
        if (last !== undefined) waits.push({ ...last, ms: event.ms - (waitingSince ?? event.ms) });
        waitingSince = null;
        break;
      }
      default:
        break;
    }
  }
  const own = state.sessions.find(({ name }) => name === session);
  return {
    session,
    sql,
    isolation: isolation ?? own?.isolation ?? "REPEATABLE READ",
    plans,
    locks: [...groups.values()],
    tableLocks: [...new Set(tableLocks)],
    ...counts,
    waits,
    view: view === null ? null : { id: view, isOwn: opened.has(view) },
    older: [...older.values()],
    isUnchecked,
  };
}

function hiddenVersion(event: Extract<TraceEvent, { type: "readView.checked" }>): OlderVersion {
  const { key, tableName: table, trxId: hidden, rule, seq } = event;
  const why = rule === "activeWhenOpened" || rule === "atOrAboveLowLimit" ? rule : "other";
  return { key, table, hidden, why, taken: null, seq };
}
