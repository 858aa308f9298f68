/**
 * What to do about a deadlock: first what would have kept this circle from closing, by the kinds of its locks, then what
 * helps against any.
 *
 *     both S, both want X           upgrade        read FOR UPDATE at once
 *     the same, S for a foreign key parent        lock the parent first
 *     both S, both insert           duplicate      queue before the same key is inserted
 *     both left in a gap by a duplicate check whose record went away: the same
 *     both in a gap, both insert    gapInsert      insert first, do not lock what is not there
 *     one inserts into a gap        insertInto     fewer gaps locked
 *     one by another index          twoIndexes     the row by its primary key first
 *     records, one after the other  order          the same order
 *     whole tables                  tables         the same order
 */
import { intMapValues } from "../../base/int_map.ts";
import { isRecLock } from "../explain/text.ts";
import type { ExplainLanguage } from "../explain.ts";
import type { SessionName } from "../ids.ts";
import type {
  DeadlockState,
  IsolationLevel,
  PlanState,
  RecLockState,
  State,
  TableLockState,
} from "../state.ts";
import { adviceWords } from "./advice_words.ts";
import { type EventOf, foreignKeyBehind, gapOrigin } from "./lock_origin.ts";
import { type ManualSection, MINIMIZE_DEADLOCKS } from "./sources.ts";

type Lock = RecLockState | TableLockState;

/** One of the circle: what it has, which the one before waits for, and what it asks for. */
export interface Party {
  readonly session: SessionName;
  readonly has: Lock;
  readonly wants: Lock;
}

export type DeadlockKind =
  | "upgrade"
  | "duplicate"
  | "gapInsert"
  | "insertInto"
  | "twoIndexes"
  | "order"
  | "tables";

export interface DeadlockAdvice {
  /** This circle's own first. */
  readonly lines: readonly string[];
  readonly manual: ManualSection;
}

export function deadlockAdvice(
  deadlock: DeadlockState,
  state: State,
  language: ExplainLanguage,
  eventOf: EventOf,
): DeadlockAdvice {
  const words = adviceWords(language);
  const parties = partiesOf(deadlock);
  const isLeft = ({ has }: Party): boolean =>
    gapOrigin(has.id, deadlock.seq, eventOf)?.isDuplicateCheck === true;
  const checked = parties.flatMap(
    ({ has }) => foreignKeyBehind(has.id, deadlock.seq, eventOf) ?? [],
  );
  const shape = parties.every(isLeft) ? "duplicate" : kindOf(parties);
  const [check] = checked.filter(({ looksFor }) => looksFor === "parent");
  const own =
    shape === "upgrade" && check !== undefined
      ? words.parent(parties, check)
      : words.own[shape](parties);
  const victim = deadlock.cycle.find((member) => member.trx === deadlock.victim);
  const hasGaps = parties.some(
    ({ has, wants }) => locksGap(has) && isRecLock(wants) && wants.insertIntention,
  );
  const scans = parties.flatMap(({ session }) => scanOf(session, deadlock, state));
  return {
    lines: [
      own,
      ...scans.map(({ session, table }) => words.scan(session, table)),
      ...(hasGaps && shape !== "duplicate" && lockGaps(parties, state)
        ? [words.readCommitted]
        : []),
      ...(victim === undefined ? [] : [words.retry(victim.session)]),
      words.short,
    ],
    manual: MINIMIZE_DEADLOCKS,
  };
}

function partiesOf({ cycle }: DeadlockState): readonly Party[] {
  return cycle.flatMap(({ session, waitsFor }, at) => {
    const before = cycle[(at + cycle.length - 1) % cycle.length];
    return before === undefined ? [] : [{ session, has: before.heldBy, wants: waitsFor }];
  });
}

function locksGap(lock: Lock): boolean {
  return isRecLock(lock) && lock.shape !== "recNotGap";
}

function kindOf(parties: readonly Party[]): DeadlockKind {
  if (parties.some(({ has, wants }) => !(isRecLock(has) && isRecLock(wants)))) return "tables";
  const records = parties as readonly {
    readonly has: RecLockState;
    readonly wants: RecLockState;
  }[];
  const insert = records.filter(({ wants }) => wants.insertIntention);
  const isOnePlace = new Set(records.flatMap(({ has, wants }) => [has.rec, wants.rec])).size === 1;
  if (isOnePlace && records.every(({ has }) => has.mode === "S")) {
    return insert.length > 0 ? "duplicate" : "upgrade";
  }
  if (insert.length === records.length) return "gapInsert";
  if (insert.length > 0) return "insertInto";
  const isByTwo = ({ has, wants }: { has: RecLockState; wants: RecLockState }): boolean =>
    has.table === wants.table && has.index !== wants.index;
  return records.some(isByTwo) ? "twoIndexes" : "order";
}

/** At READ COMMITTED they have done already what would be advised. */
function lockGaps(parties: readonly Party[], { sessions }: State): boolean {
  const levels: readonly IsolationLevel[] = ["REPEATABLE READ", "SERIALIZABLE"];
  return sessions.some(
    ({ name, isolation }) =>
      levels.includes(isolation) && parties.some(({ session }) => session === name),
  );
}

/** What the session's waiting statement read without an index that led to the rows. */
function scanOf(
  session: SessionName,
  { seq }: DeadlockState,
  state: State,
): readonly { readonly session: SessionName; readonly table: string }[] {
  let table: string | null = null;
  for (const statement of intMapValues(state.statements)) {
    if (statement.session !== session || statement.startedAt >= seq) continue;
    table = statement.plans.find(readsAll)?.table ?? null;
  }
  return table === null ? [] : [{ session, table }];
}

/** InnoDB: an UPDATE or DELETE without an index that leads to its rows goes along the clustered one. */
function readsAll({ access, key }: PlanState): boolean {
  return access === "ALL" || (access === "index" && key === "PRIMARY");
}
