/**
 * A deadlock told from its beginning, long after it: what a removed record left behind, who asked for what and who held it, how
 * the cycle closed, the weights, the victim, and what each session has got since.
 *
 *     request of A ─▶ request of B ─▶ closed ─▶ weights, choice ─▶ B: ERROR 1213 ─▶ A: goes on
 */
import { intMapValues } from "../../base/int_map.ts";
import { isRecLock } from "../explain/text.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { EventSeq, SessionName } from "../ids.ts";
import type {
  DeadlockMember,
  DeadlockState,
  RecLockState,
  State,
  StatementState,
} from "../state.ts";
import { type EventOf, type GapOrigin, gapOrigin } from "./lock_origin.ts";
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
  eventOf: EventOf,
): readonly StoryLine[] {
  const words = storyWords(language);
  const { cycle, victim } = deadlock;
  const left = leftGaps(cycle, deadlock.seq, eventOf);
  const told = cycle
    .map((member) => ({ member, request: requestOf(member, deadlock.seq, eventOf) }))
    .toSorted((a, b) => (a.request ?? 0) - (b.request ?? 0));
  const closer = told.at(-1)?.member.session ?? null;
  const [, weights = "", choice = ""] = deadlockRule(deadlock, language);
  const victimFirst = told.toSorted(
    (a, b) => Number(b.member.trx === victim) - Number(a.member.trx === victim),
  );
  return [
    ...left.map(({ origin, owners, gap }) => ({
      session: origin.by,
      text: words.left(origin, owners, gap),
      seq: origin.seq,
    })),
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

interface LeftGap {
  readonly origin: GapOrigin;
  readonly owners: readonly SessionName[];
  readonly gap: RecLockState;
}

/** Locks of the circle that a record left behind when it went away, with all to whom it left one. */
function leftGaps(
  cycle: readonly DeadlockMember[],
  before: EventSeq,
  eventOf: EventOf,
): readonly LeftGap[] {
  const found: LeftGap[] = [];
  for (const { heldBy } of cycle) {
    const origin = isRecLock(heldBy) ? gapOrigin(heldBy.id, before, eventOf) : null;
    if (origin === null || !isRecLock(heldBy)) continue;
    const at = found.findIndex(({ gap }) => gap.rec === heldBy.rec);
    const owners = [...(found[at]?.owners ?? []), heldBy.session].toSorted();
    if (at < 0) found.push({ origin, owners, gap: heldBy });
    else found[at] = { origin, owners, gap: heldBy };
  }
  return found;
}

/** The next of the cycle: its lock is in the way. */
function heldFrom(member: DeadlockMember, cycle: readonly DeadlockMember[]): SessionName {
  return cycle[(cycle.indexOf(member) + 1) % cycle.length]?.session ?? member.session;
}

function requestOf(
  { waitsFor }: DeadlockMember,
  before: number,
  eventOf: EventOf,
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
