/**
 * A deadlock told from its beginning, long after it: who asked for what and who held it, in the order of the requests, how
 * the cycle closed, the weights, the victim, and what each session has got since.
 *
 *     request of A ─▶ request of B ─▶ closed ─▶ weights, choice ─▶ B: ERROR 1213 ─▶ A: goes on
 */
import { intMapValues } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { EventSeq, SessionName } from "../ids.ts";
import type { DeadlockMember, DeadlockState, State, StatementState } from "../state.ts";
import { storyWords } from "./story_words.ts";
import { deadlockRule } from "./why.ts";

/** One thing that led to the deadlock, as a sentence. */
export interface StoryLine {
  readonly session: SessionName | null;
  readonly text: string;
  /** The event that the line tells; null: several, or it has not come to that yet. */
  readonly seq: EventSeq | null;
}

/** `state` may be any behind the deadlock. */
export function deadlockStory(
  deadlock: DeadlockState,
  state: State,
  language: ExplainLanguage,
  eventOf: (seq: number) => TraceEvent | null,
): readonly StoryLine[] {
  const words = storyWords(language);
  const { cycle, victim } = deadlock;
  const told = cycle
    .map((member) => ({ member, request: requestOf(member, deadlock.seq, eventOf) }))
    .toSorted((a, b) => (a.request ?? 0) - (b.request ?? 0));
  const closer = told.at(-1)?.member.session ?? null;
  const [, weights = "", choice = ""] = deadlockRule(deadlock, language);
  const victimFirst = told.toSorted(
    (a, b) => Number(b.member.trx === victim) - Number(a.member.trx === victim),
  );
  return [
    ...told.map(({ member, request }) => ({
      session: member.session,
      text: words.waits(member, heldFrom(member, cycle)),
      seq: request,
    })),
    ...(closer === null
      ? []
      : [{ session: closer, text: words.closed(closer), seq: deadlock.seq }]),
    { session: null, text: words.chosen(weights, choice), seq: null },
    ...victimFirst.map(({ member }) => {
      const { session } = member;
      const statement = statementOf(member, deadlock, state);
      const outcome = statement?.outcome ?? null;
      return {
        session,
        text: words.gets(session, member.trx === victim, outcome),
        seq: statement?.endedAt ?? null,
      };
    }),
  ];
}

/** The next of the cycle: its lock is in the way. */
function heldFrom(member: DeadlockMember, cycle: readonly DeadlockMember[]): SessionName {
  return cycle[(cycle.indexOf(member) + 1) % cycle.length]?.session ?? member.session;
}

function requestOf(
  { waitsFor }: DeadlockMember,
  before: number,
  eventOf: (seq: number) => TraceEvent | null,
): EventSeq | null {
  for (let seq = before - 1; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    if (event?.type === "lock.waiting" && event.lock.id === waitsFor.id) return event.seq;
  }
  return null;
}

/** What the member ran when the cycle closed. */
function statementOf(
  { session }: DeadlockMember,
  { seq }: DeadlockState,
  state: State,
): StatementState | null {
  let found: StatementState | null = null;
  for (const statement of intMapValues(state.statements)) {
    if (statement.session === session && statement.startedAt < seq) found = statement;
  }
  return found;
}
