/**
 * Metadata locks: who may use an object's definition while somebody else does. One `MdlLock` per object that has any
 * ticket, each with a list of granted tickets and a queue of waiting ones; a ticket belongs to one session's context.
 *
 *     TABLE sim.t   granted:  A SHARED_READ          waiting:  B EXCLUSIVE  ◀─ C SHARED_READ
 *                             B SHARED_UPGRADABLE              (waits for A)    (waits behind B)
 *
 * A request is granted when no granted ticket of another context and no pending one with priority stands in its way; when
 * a ticket goes, the queue is gone through from its oldest and whoever can be granted is.
 *
 * MySQL: sql/mdl.cc: MDL_lock, MDL_lock::can_grant_lock, reschedule_waiters, remove_ticket.
 */

import { assert } from "../../base/assert.ts";
import { removeAt } from "../../base/lists.ts";
import type { EmittedEvent, EventBody, EventHead } from "../../trace/events.ts";
import type { EventSeq, MdlId, SessionName } from "../../trace/ids.ts";
import { grantedIsInTheWay, pendingIsInTheWay } from "../../trace/mdl_matrices.ts";
import type { MdlDuration, MdlMode, MdlNamespace, MdlState } from "../../trace/state.ts";

/** What is locked. GLOBAL, COMMIT and BACKUP LOCK have no names, SCHEMA has no `name`, user level locks no `schema`. */
export interface MdlKey {
  readonly namespace: MdlNamespace;
  readonly schema: string | null;
  readonly name: string | null;
}

export interface MdlRequest {
  readonly key: MdlKey;
  readonly mode: MdlMode;
  readonly duration: MdlDuration;
}

/** Why tickets go. */
export type MdlReleaseReason = Extract<EventBody, { type: "mdl.released" }>["why"];

/** Whoever holds tickets: one per session. `MdlContext` is the only one; here only what the queues need of it. */
export interface MdlOwner {
  readonly session: SessionName;
  /** What it asks for now it keeps until UNLOCK TABLES. */
  readonly keepsUntilUnlock: boolean;
  /** Whom it waits for; null while it does not wait. */
  readonly inTheWay: readonly MdlOwner[] | null;
  /** Set once somebody has decided how the wait ends; the queue grants it nothing any more then. */
  waitEnded: "granted" | "victim" | null;
  /** Deadlock victims are chosen by this, lightest first. */
  readonly deadlockWeight: number;
}

const NO_BLOCKERS: MdlState["blockers"] = [];
const NO_LOCKS: readonly MdlLock[] = [];
const FOUND_KEPT = 4;
const isExclusive = ({ mode }: Ticket) => mode === "EXCLUSIVE";
const AT_ONCE = { afterWait: false, cause: null } as const;

export interface Ticket {
  readonly id: MdlId;
  owner: MdlOwner;
  readonly lock: MdlLock;
  mode: MdlMode;
  /** As performance_schema shows it: the duration it was asked for with, which LOCK TABLES does not change. */
  readonly shownDuration: MdlDuration;
  readonly untilUnlock: boolean;
  status: "GRANTED" | "PENDING";
  /** Blockers as last told to the trace. */
  blockers: MdlState["blockers"];
}

export interface MdlLock {
  readonly key: MdlKey;
  readonly granted: Ticket[];
  /** Oldest first. */
  readonly waiting: Ticket[];
  /** Of its tickets, made when they are told of first. */
  readonly texts: { readonly mode: MdlMode; readonly text: string }[];
}

export interface MdlTableOptions {
  readonly emit: (body: EmittedEvent) => EventSeq;
  readonly head: EventHead;
  /** The owner's wait is over with a grant, or it was chosen as the victim of a deadlock. */
  readonly onWake: (owner: MdlOwner, verdict: "granted" | "deadlockVictim") => void;
}

/** MySQL: MDL_map: all metadata locks of the server. */
export class MdlTable {
  /** Every object that ever had a ticket (MySQL: MDL_map keeps unused locks too). */
  readonly #known = new Map<string, MdlLock[]>();
  /** Found by the very keys that were asked with last: most requests have keys that last. */
  readonly #found: { readonly key: MdlKey; readonly lock: MdlLock }[] = [];
  #foundNext = 0;
  /** Those that have tickets, in the order of their first. */
  readonly #locks: MdlLock[] = [];
  readonly #options: MdlTableOptions;
  #nextId = 1;

  constructor(options: MdlTableOptions) {
    this.#options = options;
  }

  lockOf(key: MdlKey): MdlLock {
    return this.#inUse(this.knownLock(key) ?? this.#newLock(key));
  }

  #inUse(lock: MdlLock): MdlLock {
    if (!this.#locks.includes(lock)) this.#locks.push(lock);
    return lock;
  }

  #newLock(key: MdlKey): MdlLock {
    const lock: MdlLock = { key, granted: [], waiting: [], texts: [] };
    const namesakes = this.#known.get(mapKey(key));
    if (namesakes === undefined) this.#known.set(mapKey(key), [lock]);
    else namesakes.push(lock);
    return lock;
  }

  /** Null: the object never had a ticket. */
  knownLock(key: MdlKey): MdlLock | null {
    for (const found of this.#found) if (found.key === key) return found.lock;
    const { namespace, schema } = key;
    for (const lock of this.#known.get(mapKey(key)) ?? NO_LOCKS) {
      if (lock.key.namespace !== namespace || lock.key.schema !== schema) continue;
      this.#found[this.#foundNext] = { key, lock };
      this.#foundNext = (this.#foundNext + 1) % FOUND_KEPT;
      return lock;
    }
    return null;
  }

  /** A ticket without a place in any list yet. */
  newTicket(
    owner: MdlOwner,
    request: MdlRequest,
    lock: MdlLock = this.lockOf(request.key),
  ): Ticket {
    const id = this.#nextId as MdlId;
    this.#nextId += 1;
    return {
      id,
      owner,
      lock,
      mode: request.mode,
      shownDuration: request.duration,
      untilUnlock: owner.keepsUntilUnlock,
      status: "PENDING",
      blockers: NO_BLOCKERS,
    };
  }

  /** The ticket, where nobody is in its way, or in spite of all; `known` is its object's lock. */
  grantAtOnce(
    owner: MdlOwner,
    request: MdlRequest,
    known: MdlLock | null,
    isHeld: boolean,
  ): Ticket | null {
    if (!isHeld && known !== null && isInTheWay(known, owner, request.mode)) return null;
    const lock = this.#inUse(known ?? this.#newLock(request.key));
    const ticket = this.newTicket(owner, request, lock);
    this.grant(ticket, AT_ONCE);
    return ticket;
  }

  /** Would somebody who holds nothing have to wait for it? */
  keepsOut(key: MdlKey, mode: MdlMode): boolean {
    const known = this.knownLock(key);
    return known !== null && isInTheWay(known, null, mode);
  }

  /** MySQL: MDL_lock::can_grant_lock. */
  canGrant(ticket: Ticket): boolean {
    return !isInTheWay(ticket.lock, ticket.owner, ticket.mode);
  }

  grant(
    ticket: Ticket,
    how: { readonly afterWait: boolean; readonly cause: EventSeq | null },
  ): void {
    for (const held of ticket.lock.granted) {
      const isInTheWay =
        held.owner !== ticket.owner &&
        grantedIsInTheWay(ticket.lock.key.namespace, ticket.mode, held.mode);
      assert(!isInTheWay, "the metadata lock is free", ticket.id);
    }
    ticket.status = "GRANTED";
    ticket.blockers = NO_BLOCKERS;
    ticket.lock.granted.push(ticket);
    const { afterWait, cause } = how;
    const { emit, head } = this.#options;
    emit({
      type: "mdl.granted",
      lock: ticketState(ticket),
      afterWait,
      cause,
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: head.statement,
      session: head.session,
    });
    this.#tellBlockers(ticket.lock);
  }

  enqueue(ticket: Ticket): void {
    ticket.blockers = blockersOf(ticket);
    ticket.lock.waiting.push(ticket);
    this.#options.emit({ type: "mdl.waiting", lock: ticketState(ticket) });
    this.#tellBlockers(ticket.lock);
  }

  /** Takes tickets away, granted or waiting, and gives what they kept from others. */
  release(tickets: readonly Ticket[], why: MdlReleaseReason): void {
    if (tickets.length === 0) return;
    for (const ticket of tickets) {
      const list = ticket.status === "GRANTED" ? ticket.lock.granted : ticket.lock.waiting;
      const at = list.indexOf(ticket);
      assert(at >= 0, "the ticket is in its lock's list", ticket.id);
      removeAt(list, at);
    }
    const { emit, head } = this.#options;
    const cause = emit({
      type: "mdl.released",
      ids: tickets.map((ticket) => ticket.id),
      names: tickets.map(ticketText),
      why,
      isRequest: tickets[0]?.status !== "GRANTED",
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: head.statement,
      session: head.session,
    });
    for (let at = 0; at < tickets.length; at += 1) {
      const { lock } = tickets[at] as Ticket;
      if (!isBefore(tickets, at, lock)) this.#reschedule(lock, cause);
    }
  }

  /** A granted ticket takes over a stronger mode that its owner was granted beside it, or falls back to a weaker one. */
  changeMode(ticket: Ticket, mode: MdlMode): void {
    ticket.mode = mode;
    const cause = this.#options.emit({
      type: "mdl.granted",
      lock: ticketState(ticket),
      afterWait: false,
      cause: null,
    });
    this.#reschedule(ticket.lock, cause);
  }

  /** Marks the owner's wait as lost to a deadlock; its statement takes the ticket away when it goes on. */
  markVictim(owner: MdlOwner): void {
    assert(owner.inTheWay !== null, `${owner.session} waits for no metadata lock`);
    owner.waitEnded = "victim";
    this.#options.onWake(owner, "deadlockVictim");
  }

  /**
   * Somebody has the table for himself, or is next to: purge, which takes a SHARED lock on it, waits
   * (MySQL: dd_table_open_on_id, called by row_purge_parse_undo_rec).
   */
  isClosed(schema: string, name: string): boolean {
    for (const { key, granted, waiting } of this.#locks) {
      const isIt = key.namespace === "TABLE" && key.name === name && key.schema === schema;
      if (isIt && (granted.some(isExclusive) || waiting.some(isExclusive))) return true;
    }
    return false;
  }

  *tickets(): Generator<Ticket, void> {
    for (const lock of this.#locks) {
      yield* lock.granted;
      yield* lock.waiting;
    }
  }

  /** MySQL: MDL_lock::reschedule_waiters. */
  #reschedule(lock: MdlLock, cause: EventSeq): void {
    if (lock.waiting.length === 0) {
      if (lock.granted.length === 0) this.#forget(lock);
      return;
    }
    for (const ticket of [...lock.waiting]) {
      if (ticket.owner.waitEnded !== null || !this.canGrant(ticket)) continue;
      removeAt(lock.waiting, lock.waiting.indexOf(ticket));
      this.grant(ticket, { afterWait: true, cause });
      ticket.owner.waitEnded = "granted";
      this.#options.onWake(ticket.owner, "granted");
    }
    this.#tellBlockers(lock);
    if (lock.granted.length === 0 && lock.waiting.length === 0) {
      this.#forget(lock);
    }
  }

  /** It has no ticket any more. */
  #forget(lock: MdlLock): void {
    const at = this.#locks.indexOf(lock);
    if (at >= 0) removeAt(this.#locks, at);
  }

  #tellBlockers(lock: MdlLock): void {
    for (const ticket of lock.waiting) {
      const blockers = blockersOf(ticket);
      if (sameBlockers(blockers, ticket.blockers)) continue;
      ticket.blockers = blockers;
      this.#options.emit({
        type: "mdl.blockersChanged",
        id: ticket.id,
        name: ticketText(ticket),
        blockers,
      });
    }
  }
}

/** A ticket of the same lock stands before. */
function isBefore(tickets: readonly Ticket[], at: number, lock: MdlLock): boolean {
  for (let i = 0; i < at; i += 1) if (tickets[i]?.lock === lock) return true;
  return false;
}

/** "TABLE sim.t SHARED_READ". */
function ticketText(ticket: Ticket): string {
  const { texts, key } = ticket.lock;
  const { mode } = ticket;
  for (const known of texts) if (known.mode === mode) return known.text;
  const text = `${keyText(key)} ${mode}`;
  texts.push({ mode, text });
  return text;
}

export function ticketState(ticket: Ticket): MdlState {
  const { namespace, schema, name } = ticket.lock.key;
  return {
    id: ticket.id,
    session: ticket.owner.session,
    namespace,
    schema,
    name,
    mode: ticket.mode,
    duration: ticket.shownDuration,
    untilUnlock: ticket.untilUnlock,
    status: ticket.status,
    blockers: ticket.blockers,
  };
}

/** Null: somebody who holds nothing and waits for nothing. */
function isInTheWay(
  { key, granted, waiting }: MdlLock,
  owner: MdlOwner | null,
  mode: MdlMode,
): boolean {
  const { namespace } = key;
  for (const other of granted) {
    if (other.owner !== owner && grantedIsInTheWay(namespace, mode, other.mode)) return true;
  }
  for (const other of waiting) {
    if (other.owner !== owner && pendingIsInTheWay(namespace, mode, other.mode)) return true;
  }
  return false;
}

/** The granted and pending tickets of others that keep this one waiting. */
export function ticketsInTheWay(ticket: Ticket): Ticket[] {
  const { lock, owner, mode } = ticket;
  const { namespace } = lock.key;
  const found: Ticket[] = [];
  for (const other of lock.granted) {
    if (other.owner !== owner && grantedIsInTheWay(namespace, mode, other.mode)) found.push(other);
  }
  for (const other of lock.waiting) {
    if (other.owner !== owner && pendingIsInTheWay(namespace, mode, other.mode)) found.push(other);
  }
  return found;
}

function blockersOf(ticket: Ticket): MdlState["blockers"] {
  return ticketsInTheWay(ticket).map((other) => ({ lock: other.id, session: other.owner.session }));
}

function sameBlockers(a: MdlState["blockers"], b: MdlState["blockers"]): boolean {
  return a.length === b.length && a.every((blocker, at) => blocker.lock === b[at]?.lock);
}

function keyText(key: MdlKey): string {
  const { namespace, schema, name } = key;
  if (schema === null && name === null) return namespace;
  if (schema === null || name === null) return `${namespace} ${schema ?? name}`;
  return `${namespace} ${schema}.${name}`;
}

/** Locks of the same name stand together. */
function mapKey({ namespace, name }: MdlKey): string {
  return name ?? namespace;
}
