/**
 * One session's metadata locks: asking for them, waiting, upgrading, and letting them go at the end of the statement, of
 * the transaction, or when told.
 *
 *     STATEMENT    gone when the statement ends          GLOBAL and BACKUP LOCK INTENTION_EXCLUSIVE
 *     TRANSACTION  gone with the transaction             tables
 *     EXPLICIT     kept until released by name           FLUSH TABLES WITH READ LOCK, COMMIT, GET_LOCK, all under LOCK TABLES
 *
 * MySQL: sql/mdl.cc: MDL_context (acquire_lock, acquire_locks, upgrade_shared_lock, clone_ticket, rollback_to_savepoint,
 * release_*_locks, set_explicit_duration_for_all_locks).
 */

import { assert } from "../../base/assert.ts";
import { addFirst, removeAt } from "../../base/lists.ts";
import type { SessionName } from "../../trace/ids.ts";
import { isStrongerOrEqual } from "../../trace/mdl_matrices.ts";
import type { MdlDuration, MdlMode } from "../../trace/state.ts";
import type { Exec, Suspension } from "../context.ts";
import { closesCycle } from "./deadlock.ts";
import { inLockOrder } from "./lock_order.ts";
import {
  type MdlKey,
  type MdlLock,
  type MdlOwner,
  type MdlReleaseReason,
  type MdlRequest,
  type MdlTable,
  type Ticket,
  ticketsInTheWay,
} from "./locks.ts";

/** How a request ended. Whoever asked turns the others into MySQL's errors: 1213, 1205, 1317. */
export type MdlOutcome = "granted" | "deadlockVictim" | "timeout" | "killed";

/** Marks a place in the order of acquisition (MySQL: MDL_savepoint). */
export interface MdlSavepoint {
  readonly statement: Ticket | null;
  readonly transaction: Ticket | null;
}

export interface AcquireOptions {
  /** MySQL: set_force_dml_deadlock_weight: a statement that can give up and start again is the preferred victim. */
  readonly isEasyVictim?: boolean;
  /** What the suspended statement yields; a metadata lock wait by default. */
  readonly suspension?: (ticket: Ticket) => Suspension;
  /** lock_wait_timeout = 0 and NOWAIT: a conflict is a time-out at once. */
  readonly doNotWait?: boolean;
}

export interface OwnerWait {
  /** Whom it waits for, as things stand. */
  readonly owners: () => readonly MdlOwner[];
  /** Heavier than changes of rows when a victim is chosen. */
  readonly isDdl: boolean;
  readonly suspension: Suspension;
}

/** MySQL: DEADLOCK_WEIGHT_*: user level locks lie between changes of rows and DDL. */
const WEIGHT = { dml: 0, userLock: 50, ddl: 100 } as const;

const DDL_MODES: ReadonlySet<MdlMode> = new Set([
  "SHARED_UPGRADABLE",
  "SHARED_READ_ONLY",
  "SHARED_NO_WRITE",
  "SHARED_NO_READ_WRITE",
  "EXCLUSIVE",
]);

const NO_OPTIONS: AcquireOptions = {};

export class MdlContext implements MdlOwner {
  readonly session: SessionName;
  readonly #table: MdlTable;
  /** Newest first, as MySQL's ticket store keeps them. */
  readonly #tickets: Record<MdlDuration, Ticket[]> = {
    STATEMENT: [],
    TRANSACTION: [],
    EXPLICIT: [],
  };
  waitingFor: Ticket | null = null;
  waitEnded: "granted" | "victim" | null = null;
  keepsUntilUnlock = false;
  #isEasyVictim = false;
  #waitingForOwners: OwnerWait | null = null;

  constructor(session: SessionName, table: MdlTable) {
    this.session = session;
    this.#table = table;
  }

  /** MySQL: MDL_ticket::get_deadlock_weight of the ticket waited for. */
  get deadlockWeight(): number {
    if (this.#waitingForOwners?.isDdl === true) return WEIGHT.ddl;
    const ticket = this.waitingFor;
    if (ticket === null || this.#isEasyVictim) return WEIGHT.dml;
    if (ticket.lock.key.namespace === "USER LEVEL LOCK") return WEIGHT.userLock;
    return DDL_MODES.has(ticket.mode) ? WEIGHT.ddl : WEIGHT.dml;
  }

  get inTheWay(): readonly MdlOwner[] | null {
    const ticket = this.waitingFor;
    if (ticket !== null) return ticketsInTheWay(ticket).map((other) => other.owner);
    return this.#waitingForOwners?.owners() ?? null;
  }

  /** Any transactional or explicit ticket (MySQL: MDL_context::has_locks). */
  get hasLocks(): boolean {
    const { STATEMENT, TRANSACTION, EXPLICIT } = this.#tickets;
    return STATEMENT.length > 0 || TRANSACTION.length > 0 || EXPLICIT.length > 0;
  }

  *acquire(request: MdlRequest, options: AcquireOptions = NO_OPTIONS): Exec<MdlOutcome> {
    if (this.acquireAtOnce(request)) return "granted";
    const ticket = this.#table.newTicket(this, request);
    if (options.doNotWait === true) return "timeout";
    return yield* this.#waitFor(ticket, request.duration, options);
  }

  /** The lock, where it can be had without waiting; false when nothing has been done. */
  acquireAtOnce(request: MdlRequest): boolean {
    const known = this.#table.knownLock(request.key);
    const found = known === null ? null : this.#find(known, request);
    if (found === request.duration && found !== "EXPLICIT") return true;
    // MySQL: MDL_context::clone_ticket: what it has already nobody keeps from it for another duration.
    const ticket = this.#table.grantAtOnce(this, request, known, found !== null);
    if (ticket === null) return false;
    addFirst(this.#ticketsFor(request.duration), ticket);
    return true;
  }

  /** MySQL: MDL_context::acquire_locks: in the order of namespaces and names, so that statements do not lock crosswise. */
  *acquireAll(requests: readonly MdlRequest[], options: AcquireOptions = {}): Exec<MdlOutcome> {
    const mark = this.savepoint();
    for (const request of inLockOrder(requests)) {
      const outcome = yield* this.acquire(request, options);
      if (outcome !== "granted") {
        this.rollbackToSavepoint(mark, releaseReason(outcome));
        return outcome;
      }
    }
    return "granted";
  }

  /**
   * MySQL: MDL_context::upgrade_shared_lock: asks for the stronger mode beside the table's own ticket, then merges the two.
   */
  *upgrade(key: MdlKey, mode: MdlMode): Exec<MdlOutcome> {
    const lasting = [...this.#tickets.TRANSACTION, ...this.#tickets.EXPLICIT];
    const ticket = strongestOf(key, lasting) ?? this.strongest(key);
    assert(ticket !== null, "upgrade of a metadata lock that is not held");
    if (isStrongerOrEqual(key.namespace, ticket.mode, mode)) return "granted";
    const outcome = yield* this.acquire({ key, mode, duration: "TRANSACTION" });
    if (outcome !== "granted") return outcome;
    const fresh = this.#tickets.TRANSACTION.find(
      (held) => held.lock === ticket.lock && held.mode === mode,
    );
    if (fresh !== undefined && fresh !== ticket) {
      this.#table.changeMode(ticket, mode);
      this.#release([fresh], "explicit");
    }
    return "granted";
  }

  /** MySQL: MDL_ticket::downgrade_lock. */
  downgrade(key: MdlKey, mode: MdlMode): void {
    const ticket = this.strongest(key);
    if (ticket !== null && ticket.mode !== mode) this.#table.changeMode(ticket, mode);
  }

  owns(key: MdlKey, mode: MdlMode): boolean {
    return this.#all().some(
      (ticket) =>
        sameKey(ticket.lock.key, key) && isStrongerOrEqual(key.namespace, ticket.mode, mode),
    );
  }

  /** The ticket on an object with the strongest mode. */
  strongest(key: MdlKey): Ticket | null {
    return strongestOf(key, this.#all());
  }

  savepoint(): MdlSavepoint {
    return {
      statement: this.#tickets.STATEMENT[0] ?? null,
      transaction: this.#tickets.TRANSACTION[0] ?? null,
    };
  }

  rollbackToSavepoint(mark: MdlSavepoint, why: MdlReleaseReason = "savepoint"): void {
    this.#release(
      [
        ...newerThan(this.#tickets.STATEMENT, mark.statement),
        ...newerThan(this.#tickets.TRANSACTION, mark.transaction),
      ],
      why,
    );
  }

  releaseStatement(): void {
    const { STATEMENT } = this.#tickets;
    if (STATEMENT.length > 0) this.#release(STATEMENT.slice(), "statementEnd");
  }

  /** Statement and transactional ones. */
  releaseTransactional(why: MdlReleaseReason = "transactionEnd"): void {
    const { STATEMENT, TRANSACTION } = this.#tickets;
    if (STATEMENT.length + TRANSACTION.length === 0) return;
    this.#release(STATEMENT.concat(TRANSACTION), why);
  }

  /** The transactional ones in a context of their own (MySQL: MDL_context_backup_manager::create_backup). */
  handOver(): MdlContext {
    const heir = new MdlContext(this.session, this.#table);
    for (const ticket of this.#tickets.TRANSACTION.splice(0)) {
      ticket.owner = heir;
      heir.#tickets.TRANSACTION.push(ticket);
    }
    return heir;
  }

  releaseKey(key: MdlKey, why: MdlReleaseReason = "explicit"): void {
    this.#release(
      this.#all().filter((ticket) => sameKey(ticket.lock.key, key)),
      why,
    );
  }

  /** One explicit ticket of an object, as GET_LOCK and RELEASE_LOCK count them; false when there is none. */
  releaseOneExplicit(key: MdlKey): boolean {
    const ticket = this.#tickets.EXPLICIT.find((held) => sameKey(held.lock.key, key));
    if (ticket !== undefined) this.#release([ticket], "explicit");
    return ticket !== undefined;
  }

  /** What the transaction has becomes a lock that outlasts it, or gets one beside it (MySQL: clone_ticket, set_lock_duration). */
  keepExplicit(key: MdlKey, mode: MdlMode): Ticket {
    this.acquireAtOnce({ key, mode, duration: "EXPLICIT" });
    const [kept] = this.#tickets.EXPLICIT;
    assert(kept !== undefined && sameKey(kept.lock.key, key), "who has a lock has it for longer");
    const asked = this.#tickets.TRANSACTION.find(
      (ticket) => ticket.lock === kept.lock && ticket.mode === mode,
    );
    if (asked !== undefined) this.#release([asked], "explicit");
    return kept;
  }

  release(ticket: Ticket): void {
    this.#release([ticket], "explicit");
  }

  releaseEverything(why: MdlReleaseReason): void {
    this.#release(this.#all(), why);
  }

  /** What is asked for in `taking` is meant to stay until UNLOCK TABLES. */
  *keepingUntilUnlock<T>(taking: Exec<T>): Exec<T> {
    this.keepsUntilUnlock = true;
    try {
      return yield* taking;
    } finally {
      this.keepsUntilUnlock = false;
    }
  }

  /** LOCK TABLES: what has been taken so far survives transactions (MySQL: set_explicit_duration_for_all_locks). */
  makeAllExplicit(): void {
    const { STATEMENT, TRANSACTION, EXPLICIT } = this.#tickets;
    this.#tickets.EXPLICIT = [...STATEMENT, ...TRANSACTION, ...EXPLICIT];
    this.#tickets.STATEMENT = [];
    this.#tickets.TRANSACTION = [];
  }

  /** UNLOCK TABLES: everything but user level, global read and handlers' locks goes with the transaction again, a backup's too. */
  makeTablesTransactional(): void {
    const stays = ({ lock, mode, shownDuration }: Ticket) =>
      lock.key.namespace === "USER LEVEL LOCK" ||
      (mode === "SHARED" && shownDuration === "EXPLICIT" && lock.key.namespace !== "BACKUP LOCK");
    const { TRANSACTION, EXPLICIT } = this.#tickets;
    const moved = EXPLICIT.filter((ticket) => !stays(ticket));
    this.#tickets.TRANSACTION = [...moved, ...TRANSACTION];
    this.#tickets.EXPLICIT = EXPLICIT.filter(stays);
  }

  explicitTickets(): readonly Ticket[] {
    return this.#tickets.EXPLICIT;
  }

  *#waitFor(ticket: Ticket, duration: MdlDuration, options: AcquireOptions): Exec<MdlOutcome> {
    this.waitEnded = null;
    this.waitingFor = ticket;
    this.#isEasyVictim = options.isEasyVictim ?? false;
    this.#table.enqueue(ticket);
    const outcome = closesCycle(this, (victim) => this.#table.markVictim(victim))
      ? "deadlockVictim"
      : yield options.suspension?.(ticket) ?? { kind: "mdl", lock: ticket.id };
    this.waitingFor = null;
    this.waitEnded = null;
    this.#isEasyVictim = false;
    if (outcome === "granted") {
      assert(ticket.status === "GRANTED", "a metadata lock wait went on without its lock");
      addFirst(this.#tickets[duration], ticket);
    } else if (ticket.status === "GRANTED") {
      addFirst(this.#tickets[duration], ticket);
      this.#release([ticket], releaseReason(outcome));
    } else {
      this.#table.release([ticket], releaseReason(outcome));
    }
    return outcome;
  }

  /** A wait for something else than a lock that takes part in the search for deadlocks (MySQL: MDL_wait_for_subgraph). */
  *waitForOwners(wait: OwnerWait): Exec<MdlOutcome> {
    this.waitEnded = null;
    this.#waitingForOwners = wait;
    const outcome = closesCycle(this, (victim) => this.#table.markVictim(victim))
      ? "deadlockVictim"
      : yield wait.suspension;
    this.#waitingForOwners = null;
    this.waitEnded = null;
    return outcome;
  }

  /** The duration of a lock that it holds and that is strong enough. */
  #find(lock: MdlLock, request: MdlRequest): MdlDuration | null {
    if (!this.#holds(lock)) return null;
    for (const duration of SEARCH_ORDER[request.duration]) {
      for (const ticket of this.#tickets[duration]) {
        if (
          ticket.lock === lock &&
          isStrongerOrEqual(request.key.namespace, ticket.mode, request.mode)
        )
          return duration;
      }
    }
    return null;
  }

  /** By comparison: a field by a name that varies is looked for in a table of all fields. */
  #ticketsFor(duration: MdlDuration): Ticket[] {
    const { STATEMENT, TRANSACTION, EXPLICIT } = this.#tickets;
    if (duration === "STATEMENT") return STATEMENT;
    return duration === "TRANSACTION" ? TRANSACTION : EXPLICIT;
  }

  #holds({ granted }: MdlLock): boolean {
    for (const { owner } of granted) if (owner === this) return true;
    return false;
  }

  #release(tickets: readonly Ticket[], why: MdlReleaseReason): void {
    if (tickets.length === 0) return;
    const { STATEMENT, TRANSACTION, EXPLICIT } = this.#tickets;
    for (const ticket of tickets) {
      if (removeFrom(STATEMENT, ticket) || removeFrom(TRANSACTION, ticket)) continue;
      removeFrom(EXPLICIT, ticket);
    }
    this.#table.release(tickets, why);
  }

  #all(): Ticket[] {
    const { STATEMENT, TRANSACTION, EXPLICIT } = this.#tickets;
    return [...STATEMENT, ...TRANSACTION, ...EXPLICIT];
  }
}

/** Tickets of the wanted duration first. */
const SEARCH_ORDER: Readonly<Record<MdlDuration, readonly MdlDuration[]>> = {
  STATEMENT: ["STATEMENT", "TRANSACTION", "EXPLICIT"],
  TRANSACTION: ["TRANSACTION", "STATEMENT", "EXPLICIT"],
  EXPLICIT: ["EXPLICIT", "STATEMENT", "TRANSACTION"],
};

/** False when the list does not hold it. */
function removeFrom(list: Ticket[], ticket: Ticket): boolean {
  let at = list.length - 1;
  while (at >= 0 && list[at] !== ticket) at -= 1;
  if (at >= 0) removeAt(list, at);
  return at >= 0;
}

function strongestOf(key: MdlKey, tickets: readonly Ticket[]): Ticket | null {
  const held = tickets.filter((ticket) => sameKey(ticket.lock.key, key));
  const isStrongest = (ticket: Ticket) =>
    held.every((other) => isStrongerOrEqual(key.namespace, ticket.mode, other.mode));
  return held.find(isStrongest) ?? held[0] ?? null;
}

function newerThan(list: readonly Ticket[], mark: Ticket | null): Ticket[] {
  const at = mark === null ? list.length : list.indexOf(mark);
  return list.slice(0, at < 0 ? list.length : at);
}

function releaseReason(outcome: Exclude<MdlOutcome, "granted">): MdlReleaseReason {
  return outcome === "deadlockVictim" ? "deadlock" : outcome;
}

function sameKey(a: MdlKey, b: MdlKey): boolean {
  return a.namespace === b.namespace && a.schema === b.schema && a.name === b.name;
}
