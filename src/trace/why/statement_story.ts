/**
 * What a statement did, told at its end: which way it read, which versions it saw through which view, which locks it took and
 * why so many, for whom it waited.
 *
 *     plan.chosen ─▶ readView.checked ... ─▶ lock.granted ... ─▶ rec.changed ... ─▶ statement.ended
 *       the way        newest or older         by index and kind    rows written        one sentence, then these
 */
import { intMapGet } from "../../base/int_map.ts";
import type { LockReleaseReason, TraceEvent } from "../events.ts";
import { isRecLock, statementText } from "../explain/text.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { EventSeq, SessionName, StatementId } from "../ids.ts";
import type { State } from "../state.ts";
import { lockLines, type StateAt } from "./lock_lines.ts";
import { SOURCES, type WhySource, type WhyTopic } from "./sources.ts";
import { factsOf, type StatementFacts, type Wait } from "./statement_facts.ts";
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

/** Null for a statement that decided nothing about records. `state` is that behind it. */
export function statementStory(
  id: StatementId,
  state: State,
  language: ExplainLanguage,
  eventOf: (seq: number) => TraceEvent | null,
  stateAt: StateAt,
): StatementStory | null {
  const statement = intMapGet(state.statements, id);
  if (statement === undefined || statement.endedAt === null) return null;
  const { session, sql } = statement;
  const events: TraceEvent[] = [];
  for (let seq: number = statement.startedAt; seq <= statement.endedAt; seq += 1) {
    const event = eventOf(seq);
    if (event !== null && isOwn(event, id, session)) events.push(event);
  }
  const facts = factsOf(events, session, statementText(sql), state, statement.outcome);
  const { plans, locks, tableLocks, waits, released, written } = facts;
  const lists = [plans, locks, tableLocks, waits];
  if (written + released === 0 && lists.every(({ length }) => length === 0)) return null;
  const words = statementWords(language);
  const seqWhere = (isIt: (event: TraceEvent) => boolean) => events.find(isIt)?.seq ?? null;
  const seqOf = (type: TraceEvent["type"]) => seqWhere((event) => event.type === type);
  const viewSeq = facts.view === null ? null : openingOf(facts.view.id, statement.endedAt, eventOf);
  const say = (texts: readonly string[], seq: EventSeq | null): readonly StatementLine[] =>
    texts.map((text) => ({ text, seq }));
  const taken = lockLines(events, session, stateAt, language);
  const lines = [
    // What surprises: the view and what was read part. Then what is asked first: why these locks.
    ...say(words.past(facts), facts.past?.rows[0]?.seq ?? null),
    ...facts.uncovered.slice(0, OLDER_TOLD).flatMap((one) => say([words.uncovered(one)], one.seq)),
    ...taken.lines.flatMap((line) => say([words.lock(line)], line.seq)),
    ...say(taken.untold > 0 ? [words.untold(taken.untold)] : [], null),
    ...say(words.whySoMany(facts), null),
    ...say(words.skipped(facts), null),
    ...say(words.view(facts), viewSeq),
    ...facts.older.slice(0, OLDER_TOLD).flatMap((one) => say([words.older(one)], one.seq)),
    ...say(words.access(facts), seqOf("plan.chosen")),
    ...say(words.tableLocks(facts), seqWhere(isTableGrant)),
    ...say(words.held(facts), seqOf("lock.alreadyHeld")),
    ...say(words.unlocked(facts), seqWhere(isRelease("unlockRow"))),
    ...say(words.released(facts), seqWhere(isRelease("commit", "rollback"))),
    ...say(words.waits(facts), seqOf("statement.waiting")),
  ];
  return {
    session,
    sentence: words.sentence(facts),
    lines,
    source: SOURCES[taken.lines[0]?.topic ?? topicOf(facts, events)],
    readsOld: facts.older.length > 0,
  };
}

function isTableGrant(event: TraceEvent): boolean {
  const isGrant = event.type === "lock.granted" || event.type === "lock.grantedAfterWait";
  return isGrant && !isRecLock(event.lock);
}

function isRelease(...whys: readonly LockReleaseReason[]): (event: TraceEvent) => boolean {
  return (event) => event.type === "lock.released" && whys.includes(event.why);
}

/** Whoever gives a lock back grants it to those who waited: then it is these who took it. */
function isOwn(event: TraceEvent, id: StatementId, session: SessionName): boolean {
  return event.type === "lock.grantedAfterWait"
    ? event.lock.session === session
    : event.statement === id;
}

/** What a statement did that took no record lock: the first of these that it did. */
function topicOf(facts: StatementFacts, events: readonly TraceEvent[]): WhyTopic {
  const did = (type: TraceEvent["type"]) => events.some((event) => event.type === type);
  const [wait] = facts.waits;
  if (facts.view !== null) return "visibility";
  // A table that is rebuilt has its records put in, and writes none.
  if (facts.written > 0 && did("rec.inserted")) return "insert";
  if (facts.written > 0) return "rowToModify";
  if (wait !== undefined) return WAITED[wait.kind] ?? "plan";
  if (facts.plans.length > 0) return "plan";
  if (did("trx.rolledBack")) return "rollback";
  if (did("trx.committed")) return "commit";
  return facts.tableLocks.length > 0 ? "table" : "plan";
}

const WAITED: Readonly<Partial<Record<Wait["kind"], WhyTopic>>> = {
  recLock: "recConflict",
  tableLock: "tableConflict",
  mdl: "metadata",
  userLock: "userLock",
  tableFlush: "tableFlush",
  thrLock: "thrLock",
};

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
