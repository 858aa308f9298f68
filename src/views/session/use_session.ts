/** A session and its statements at the cursor. */
import { type IntMap, intMapToArray } from "../../base/int_map.ts";
import { usePage } from "../../store/hooks.ts";
import { type PageState, pageStore } from "../../store/page_store.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { SessionState, StatementState } from "../../trace/state.ts";
import { eventAt } from "../../trace/timeline.ts";

/** Null before it connects. */
export function useSession(name: SessionName): SessionState | null {
  return usePage((page) => sessionOf(page, name) ?? null);
}

export function useIsWaiting(name: SessionName): boolean {
  return usePage((page) => sessionOf(page, name)?.status === "waiting");
}

function sessionOf(page: PageState, name: SessionName): SessionState | undefined {
  return page.stateAtCursor.sessions.find((session) => session.name === name);
}

const ER_LOCK_DEADLOCK = 1213;

/** Whether the session's last statement was, or is about to be, rolled back to break a deadlock. */
export function useIsVictim(name: SessionName): boolean {
  return usePage(({ stateAtCursor: { lastDeadlock, statements } }) => {
    const last = statementsOfSession(statements, name).at(-1);
    if (last === undefined) return false;
    const { outcome } = last;
    if (outcome !== null) return outcome.kind === "error" && outcome.errno === ER_LOCK_DEADLOCK;
    if (lastDeadlock === null || lastDeadlock.seq < last.startedAt) return false;
    const victim = lastDeadlock.cycle.find(({ trx }) => trx === lastDeadlock.victim);
    return victim?.session === name;
  });
}

/** Oldest first; at rest while the cursor races. */
export function useStatements(name: SessionName): readonly StatementState[] {
  return usePage((page) => statementsOfSession(page.stateAtCursor.statements, name));
}

/** For a command: as `useStatements`, of this moment. */
export function statementsNow(name: SessionName): readonly StatementState[] {
  return statementsOfSession(pageStore.getState().stateAtCursor.statements, name);
}

/** The step that gave it to the server; null for what a program sends on its own. */
export function commandOf({ startedAt }: StatementState): number | null {
  const { timeline } = pageStore.getState();
  return eventAt(timeline, startedAt)?.command ?? null;
}

/** All that it was given, those behind the cursor's place in time too. */
export function useAllStatements(name: SessionName): readonly StatementState[] {
  return usePage((page) => statementsOfSession(page.timeline.head.statements, name));
}

const NONE: readonly StatementState[] = [];
type Groups = ReadonlyMap<SessionName, readonly StatementState[]>;

/** By session, worked out once for each state: a card asks several times, and there may be thousands. */
const known = new WeakMap<IntMap<StatementState>, Groups>();
let latest: Groups = new Map();

function statementsOfSession(
  statements: IntMap<StatementState>,
  name: SessionName,
): readonly StatementState[] {
  let groups = known.get(statements);
  if (groups === undefined) {
    groups = grouped(statements);
    known.set(statements, groups);
    latest = groups;
  }
  return groups.get(name) ?? NONE;
}

/** A session that did nothing keeps its list, so that nothing about it is drawn again. */
function grouped(statements: IntMap<StatementState>): Groups {
  const groups = new Map<SessionName, StatementState[]>();
  for (const statement of intMapToArray(statements)) {
    const group = groups.get(statement.session);
    if (group === undefined) groups.set(statement.session, [statement]);
    else group.push(statement);
  }
  return new Map(
    [...groups].map(([name, group]) => {
      const before = latest.get(name);
      const isSame =
        before?.length === group.length && group.every((one, at) => one === before[at]);
      return [name, isSame ? before : group];
    }),
  );
}
