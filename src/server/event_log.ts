/**
 * Numbers the trace: fills in the head of every event (seq, time, command, statement, session) and hands it on.
 *
 * It also remembers the requests for record and table locks that wait, and what they are blocked by, because the sessions' part of the state shows
 * it and the engine tells it to the trace only.
 */
import { assert } from "../base/assert.ts";
import type { EventBody, TraceEvent } from "../trace/events.ts";
import type { EventSeq, LockId, SessionName, StatementId } from "../trace/ids.ts";
import type { RecLockState, TableLockState } from "../trace/state.ts";
import type { VisitDigest } from "./net/visit_digest.ts";

export interface Emitter {
  readonly statement: StatementId | null;
  readonly session: SessionName | null;
}

const NOBODY: Emitter = { statement: null, session: null };

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export class EventLog {
  /** Virtual milliseconds since the server started. */
  nowMs = 0;
  /** Index of the step that is carried out; -1 during the set-up. */
  command = -1;
  #seq = 0;
  #emitter: Emitter = NOBODY;
  readonly #receive: (event: TraceEvent) => void;
  readonly #digests = new Map<StatementId, VisitDigest>();
  /** Whose reads are being counted. */
  #counted: { readonly digest: VisitDigest; readonly emitter: Emitter } | null = null;
  readonly #lockWaits = new Map<LockId, RecLockState | TableLockState>();

  constructor(receive: (event: TraceEvent) => void) {
    this.#receive = receive;
  }

  /** The number of events so far: the seq of the next one. */
  get nextSeq(): number {
    return this.#seq;
  }

  get lastSeq(): EventSeq {
    return (this.#seq - 1) as EventSeq;
  }

  readonly emit = (body: EventBody): EventSeq => this.emitAs(this.#emitter, body);

  /** An event of somebody else than the statement in progress. */
  emitAs(emitter: Emitter, body: EventBody): EventSeq {
    // Nobody goes into the set-up, and a table filled there may have 100,000 rows: its state is told, not its searching.
    if (this.command < 0 && body.type === "index.searched") return this.lastSeq;
    if (this.#digests.size > 0 && this.#isDigested(emitter, body)) return this.lastSeq;
    return this.#tell(emitter, body);
  }

  /** From here on plain reads of the statement are told of in sums. */
  digest(statement: StatementId, digest: VisitDigest): void {
    this.#digests.set(statement, digest);
  }

  endDigest(statement: StatementId): void {
    this.tellDigest();
    this.#digests.delete(statement);
  }

  /** What has been counted and not told yet. */
  tellDigest(): void {
    const counted = this.#counted;
    this.#counted = null;
    const sum = counted?.digest.take() ?? null;
    if (counted !== null && sum !== null) this.#tell(counted.emitter, sum);
  }

  #isDigested(emitter: Emitter, body: EventBody): boolean {
    const digest = emitter.statement === null ? undefined : this.#digests.get(emitter.statement);
    if (digest !== this.#counted?.digest) this.tellDigest();
    if (digest?.takes(body) === true) {
      this.#counted ??= { digest, emitter };
      return true;
    }
    this.tellDigest();
    return false;
  }

  #tell({ statement, session }: Emitter, body: EventBody): EventSeq {
    const seq = this.#seq as EventSeq;
    this.#seq += 1;
    this.#watch(body);
    // The body is the event, made for this call: a copy of each would cost as much as all else here.
    const event = body as Partial<Writable<TraceEvent>>;
    assert(event.seq === undefined, "a body is an event once", body.type);
    event.seq = seq;
    event.ms = this.nowMs;
    event.command = this.command;
    event.statement = statement;
    event.session = session;
    this.#receive(event as TraceEvent);
    return seq;
  }

  /** Whatever `work` emits is this statement's. */
  within<T>(emitter: Emitter, work: () => T): T {
    const before = this.#emitter;
    this.#emitter = emitter;
    try {
      return work();
    } finally {
      this.#emitter = before;
    }
  }

  /** The sessions that a waiting record or table lock waits for, each once. */
  blockersOf(lock: LockId): readonly SessionName[] {
    const blockers = this.#lockWaits.get(lock)?.blockers ?? [];
    return [...new Set(blockers.map((blocker) => blocker.session))];
  }

  /** The request that waits; null when it does not. */
  waitingLock(lock: LockId): RecLockState | TableLockState | null {
    return this.#lockWaits.get(lock) ?? null;
  }

  #watch(body: EventBody): void {
    switch (body.type) {
      case "lock.waiting":
        this.#lockWaits.set(body.lock.id, body.lock);
        break;
      case "lock.blockersChanged": {
        const lock = this.#lockWaits.get(body.id);
        if (lock !== undefined) {
          this.#lockWaits.set(body.id, { ...lock, blockers: body.blockers });
        }
        break;
      }
      case "lock.grantedAfterWait":
        this.#lockWaits.delete(body.lock.id);
        break;
      case "lock.released":
        if (this.#lockWaits.size === 0) break;
        for (const id of body.ids) this.#lockWaits.delete(id);
        break;
      default:
        break;
    }
  }
}
