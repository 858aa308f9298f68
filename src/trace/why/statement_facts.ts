/** What one statement's events come to: which way it read, what it saw, locked and wrote, and for whom it waited. */
import { intMapGet } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import { indexText, isRecLock, type RecLockKind, recLockKind } from "../explain/text.ts";
import type { EventSeq, SessionName } from "../ids.ts";
import type { IsolationLevel, Outcome, PlanState, State, WaitReason } from "../state.ts";
import { type HiddenRow, hiddenUnder, type ReadPast, readPast } from "./current_read.ts";
import { SKIPS } from "./insert_wait.ts";

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
  readonly waits: readonly Wait[];
  readonly view: { readonly id: number; readonly isOwn: boolean } | null;
  readonly newest: number;
  /** Of these, how many it wrote itself. */
  readonly own: number;
  /** The LIMIT that ended the search. */
  readonly limit: number | null;
  /** Requests that SKIP LOCKED gave up. */
  readonly passedBy: number;
  /** SKIP LOCKED left nothing for it. */
  readonly skipsAll: boolean;
  /** Records of which an older version was taken, or none. */
  readonly older: readonly OlderVersion[];
  /** Rows whose newest version its read view hides, and which it read or changed. */
  readonly past: ReadPast | null;
  /** Rows whose newest version is seen because the transaction wrote it itself, over one that is hidden. */
  readonly uncovered: readonly HiddenRow[];
  /** At READ UNCOMMITTED. */
  readonly isUnchecked: boolean;
}

/** For whom it waited, and for what. */
export interface Wait {
  readonly kind: WaitReason["kind"];
  readonly blockers: readonly SessionName[];
  readonly ms: number;
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

type Told<T extends TraceEvent["type"]> = Extract<TraceEvent, { readonly type: T }>;

/** `events` are the statement's own, in order; `state` is that behind them. */
export function factsOf(
  events: readonly TraceEvent[],
  session: SessionName,
  sql: string,
  state: State,
  outcome: Outcome | null,
): StatementFacts {
  const locks = new LocksTaken(session, state);
  const reading = new RowsRead(state);
  const waiting = new Waits();
  const plans: PlanState[] = [];
  let written = 0;
  for (const event of events) {
    if (event.type === "plan.chosen" && event.plan.access !== "none") plans.push(event.plan);
    if (event.type === "undo.written") written += 1;
    locks.see(event);
    reading.see(event);
    waiting.see(event);
  }
  const own = state.sessions.find(({ name }) => name === session);
  return {
    session,
    sql,
    isolation: locks.isolation ?? own?.isolation ?? "REPEATABLE READ",
    plans,
    locks: [...locks.groups.values()],
    tableLocks: [...new Set(locks.tableLocks)],
    held: locks.held,
    unlocked: locks.unlocked,
    released: locks.released,
    visited: reading.visited,
    written,
    waits: waiting.ended,
    view: reading.view,
    newest: reading.newest,
    own: reading.own,
    limit: reachedLimit(sql, outcome, plans),
    passedBy: locks.passedBy,
    skipsAll: SKIPS.test(sql) && outcome?.kind === "rows" && outcome.rows.length === 0,
    older: [...reading.older.values()],
    past: readPast(events, session, state),
    uncovered: [...reading.uncovered.values()],
    isUnchecked: reading.isUnchecked,
  };
}

/** A LIMIT at the statement's end that its rows came to, where they are taken in the order in which they are found. */
function reachedLimit(
  sql: string,
  outcome: Outcome | null,
  plans: readonly PlanState[],
): number | null {
  const limit = Number(/\bLIMIT\s+(\d+)\s*(?:(?:FOR|LOCK)\b[^()']*)?;?\s*$/i.exec(sql)?.[1]);
  const isCollected = plans.some(({ extra }) => /filesort|temporary/.test(extra));
  if (Number.isNaN(limit) || isCollected || /\b(?:GROUP|UNION|DISTINCT)\b/i.test(sql)) return null;
  const rows = outcome?.kind === "rows" ? outcome.rows.length : null;
  const came = outcome?.kind === "ok" ? outcome.affected : rows;
  return came === limit ? limit : null;
}

class LocksTaken {
  readonly groups = new Map<string, LockGroup>();
  readonly tableLocks: string[] = [];
  held = 0;
  passedBy = 0;
  unlocked = 0;
  released = 0;
  /** Of the transaction that took them. */
  isolation: IsolationLevel | null = null;
  readonly #session: SessionName;
  readonly #state: State;

  constructor(session: SessionName, state: State) {
    this.#session = session;
    this.#state = state;
  }

  see(event: TraceEvent): void {
    switch (event.type) {
      case "trx.started":
        this.isolation = event.trx.isolation;
        break;
      case "lock.granted":
      case "lock.grantedAfterWait":
        this.#granted(event);
        break;
      case "lock.alreadyHeld":
        this.held += 1;
        break;
      case "lock.refused":
        if (event.mode === "skipLocked") this.passedBy += 1;
        break;
      case "lock.released":
        if (event.why === "unlockRow") this.unlocked += event.ids.length;
        else if (event.why === "commit" || event.why === "rollback") {
          this.released += event.ids.length;
        }
        break;
      default:
        break;
    }
  }

  #granted({ lock }: Told<"lock.granted" | "lock.grantedAfterWait">): void {
    if (lock.session !== this.#session) return;
    this.isolation ??= intMapGet(this.#state.trxs, lock.trx)?.isolation ?? null;
    if (!isRecLock(lock)) {
      this.tableLocks.push(`${lock.mode} ${lock.tableName}`);
      return;
    }
    const group = { index: indexText(lock), kind: recLockKind(lock) };
    const key = `${group.index} ${group.kind}`;
    this.groups.set(key, { ...group, count: (this.groups.get(key)?.count ?? 0) + 1 });
  }
}

/** Records, and the versions of them that were looked at. */
class RowsRead {
  readonly older = new Map<string, OlderVersion>();
  readonly uncovered = new Map<string, HiddenRow>();
  view: StatementFacts["view"] = null;
  visited = 0;
  newest = 0;
  own = 0;
  isUnchecked = false;
  readonly #opened = new Set<number>();
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  see(event: TraceEvent): void {
    switch (event.type) {
      case "rec.visited":
        // The end of the page is no entry.
        if (!event.key.startsWith("supremum")) this.visited += 1;
        break;
      case "readView.opened":
        this.#opened.add(event.view.id);
        this.#reads(event.view.id);
        break;
      case "readView.pageChecked":
        this.#reads(event.view);
        if (event.visible) this.newest += 1;
        break;
      case "readView.checked":
        if (event.rule === "readUncommitted") this.isUnchecked = true;
        else this.#checked(event);
        break;
      default:
        break;
    }
  }

  #reads(id: number): void {
    this.view = { id, isOwn: this.#opened.has(id) };
  }

  #checked(event: Told<"readView.checked">): void {
    this.#reads(event.view);
    const key = `${event.tableName} ${event.key}`;
    if (event.depth === 0 && event.visible) {
      this.newest += 1;
      if (event.trxId === event.creatorTrxId) this.#ownChange(event);
    } else if (event.depth === 0) this.older.set(key, hiddenVersion(event));
    else if (event.visible) {
      const known = this.older.get(key);
      if (known !== undefined) {
        this.older.set(key, { ...known, taken: event.trxId, seq: event.seq });
      }
    }
  }

  #ownChange({ view, rollPtr, tableName: table, key, seq }: Told<"readView.checked">): void {
    this.own += 1;
    const seenBy = intMapGet(this.#state.readViews, view);
    const trxId = hiddenUnder(rollPtr, seenBy, this.#state);
    if (trxId === null) return;
    this.uncovered.set(`${table} ${key}`, { table, key, trxId, isChanged: true, seq });
  }
}

function hiddenVersion(event: Told<"readView.checked">): OlderVersion {
  const { key, tableName: table, trxId: hidden, rule, seq } = event;
  const why = rule === "activeWhenOpened" || rule === "atOrAboveLowLimit" ? rule : "other";
  return { key, table, hidden, why, taken: null, seq };
}

class Waits {
  readonly ended: Wait[] = [];
  #sinceMs: number | null = null;

  see(event: TraceEvent): void {
    if (event.type === "statement.waiting") {
      if (this.#sinceMs === null) {
        this.ended.push({ kind: event.reason.kind, blockers: event.blockers, ms: 0 });
      }
      this.#sinceMs ??= event.ms;
    }
    if (event.type === "statement.resumed") {
      const last = this.ended.pop();
      if (last !== undefined) {
        this.ended.push({ ...last, ms: event.ms - (this.#sinceMs ?? event.ms) });
      }
      this.#sinceMs = null;
    }
  }
}
