/** Waits above InnoDB: for metadata locks, for tables that others have open, for names, for time, for the client. */
import { intMapGet, intMapToArray } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import type { SessionName } from "../ids.ts";
import type { MdlState, State } from "../state.ts";
import type { BlockerCase, RuleWords } from "./rule_words.ts";
import { SOURCES } from "./sources.ts";
import { chainsBehind } from "./wait_chain.ts";
import { endsOfMdlWait, endsOfTableWait, type WaitEnd } from "./wait_ends.ts";
import type { Why } from "./why.ts";

/** Of waits above InnoDB. */
const LIMIT = "lock_wait_timeout";

export function mdlWait(lock: MdlState, state: State, words: RuleWords): Why {
  const ends = endsOfMdlWait(lock.blockers, state);
  const isUserLock = lock.namespace === "USER LEVEL LOCK";
  const end = words.otherWaitEnds(lock.session, ends, isUserLock ? null : LIMIT);
  const first = chainsBehind(lock.session, ends, state).map(words.waitChain);
  const ending = ends.length === 0 ? [] : [end, ...killAhead(lock.session, ends, words)];
  if (isUserLock) {
    const holders = lock.blockers.map(({ session }) => session);
    const rule = [...first, words.userLockWaits(lock.name ?? "", [...new Set(holders)]), ...ending];
    return { rule, source: SOURCES.userLock, cause: null };
  }
  const waits = words.mdlWaits(lock.mode, mdlBlockers(lock, state));
  const rule = [...first, ...waits, ...ending, ...waysOut(lock, state, words)];
  return { rule, source: SOURCES.metadata, cause: null };
}

/** What ends it without those who hold the locks: KILL, of a holder or, for those behind, of the request itself. */
function waysOut(lock: MdlState, state: State, words: RuleWords): readonly string[] {
  const connectionOf = (name: SessionName): number | null =>
    state.sessions.find((one) => one.name === name)?.connectionId ?? null;
  const holding = lock.blockers.filter(
    (each) => intMapGet(state.mdls, each.lock)?.status === "GRANTED",
  );
  const holders = [...new Set(holding.map(({ session }) => session))].flatMap((session) => {
    const id = connectionOf(session);
    return id === null ? [] : [{ session, id }];
  });
  const isBehind = ({ status, blockers }: MdlState): boolean =>
    status === "PENDING" && blockers.length > 0 && blockers.every((each) => each.lock === lock.id);
  const behind = intMapToArray(state.mdls)
    .filter(isBehind)
    .map(({ session }) => session);
  const own = connectionOf(lock.session);
  return [
    ...(holders.length === 0 ? [] : [words.killHolders(holders)]),
    ...(behind.length === 0 || own === null ? [] : [words.killRequest(lock.session, own, behind)]),
  ];
}

/** Where nothing but requests that wait themselves is in the way: what else would end the wait. */
export function killAhead(
  session: SessionName,
  [end, ...more]: readonly WaitEnd[],
  words: RuleWords,
): readonly string[] {
  const isAll = end?.ending === "wait" && more.length === 0;
  return isAll ? [words.killAhead(session, end.sessions)] : [];
}

function mdlBlockers(lock: MdlState, state: State): readonly BlockerCase[] {
  return lock.blockers.flatMap((blocker): readonly BlockerCase[] => {
    const found = intMapGet(state.mdls, blocker.lock);
    if (found === undefined) return [];
    const isWaiting = found.status === "PENDING";
    return [{ session: found.session, kind: null, modeText: found.mode, isWaiting }];
  });
}

/** A wait that is not InnoDB's; null: nothing is known of it any more. */
export function otherWait(
  event: Extract<TraceEvent, { readonly type: "statement.waiting" }>,
  state: State,
  words: RuleWords,
): Why | null {
  const { reason, session, blockers } = event;
  const endings = endsOfTableWait(blockers, state);
  const ends = words.otherWaitEnds(session ?? "", endings, LIMIT);
  const first = session === null ? [] : chainsBehind(session, endings, state).map(words.waitChain);
  const running = endings.flatMap((end) => (end.ending === "statement" ? end.sessions : []));
  switch (reason.kind) {
    case "mdl": {
      const lock = intMapGet(state.mdls, reason.lock);
      return lock === undefined ? null : mdlWait(lock, state, words);
    }
    case "userLock": {
      const isAsked = (mdl: MdlState) =>
        mdl.session === session && mdl.status === "PENDING" && mdl.namespace === "USER LEVEL LOCK";
      const lock = intMapToArray(state.mdls).find(isAsked);
      return lock === undefined ? null : mdlWait(lock, state, words);
    }
    case "tableFlush":
      return {
        rule: [
          ...first,
          words.flushWaits(reason.table, blockers),
          ends,
          ...(running.length === 0 ? [] : [words.flushKill(running)]),
        ],
        source: SOURCES.tableFlush,
        cause: null,
      };
    case "thrLock":
      return {
        rule: [...first, words.thrLockWaits(reason.table, blockers), ends],
        source: SOURCES.thrLock,
        cause: null,
      };
    case "net":
      return { rule: words.netWaits(session ?? ""), source: null, cause: null };
    case "sleep":
      return { rule: words.sleeps(session ?? ""), source: null, cause: null };
    default:
      return null;
  }
}
