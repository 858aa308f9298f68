/**
 * Numbers the trace: fills in the head of every event (seq, time, command, statement, session) and hands it on.
 *
 * It also remembers the requests for record and table locks that wait, and what they are blocked by, because the sessions' part of the state shows
 * it and the engine tells it to the trace only.
 */
import { assert } from "../base/assert.ts";
import type { EmittedEvent, EventBody, EventHead, TraceEvent } from "../trace/events.ts";
import type { EventSeq, LockId, SessionName, StatementId } from "../trace/ids.ts";
import type { RecLockState, TableLockState } from "../trace/state.ts";
import type { VisitDigest } from "./net/visit_digest.ts";

export interface Emitter {
  readonly statement: StatementId | null;
  readonly session: SessionName | null;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export class EventLog {
  /** Of the next event of the statement in progress. */
  readonly #head: Writable<EventHead> = {
    seq: 0 as EventSeq,
    ms: 0,
    command: -1,
    statement: null,
    session: null,
  };
  readonly #receive: (event: TraceEvent) => void;
  readonly #digests = new Map<StatementId, VisitDigest>();
  /** Whose reads are being counted. */
  #counted: { readonly digest: VisitDigest; readonly emitter: Emitter } | null = null;
  readonly #lockWaits = new Map<LockId, RecLockState | TableLockState>();
  /** Nothing is left out of the trace, and nobody waits for a lock: events need not be looked at. */
  #isPlain = false;

  constructor(receive: (event: TraceEvent) => void) {
    this.#receive = receive;
  }

  /** As it stands now: for events that bring their heads with them. */
  get head(): EventHead {
    return this.#head;
  }

  /** Virtual milliseconds since the server started. */
  get nowMs(): number {
    return this.#head.ms;
  }

  set nowMs(ms: number) {
    this.#head.ms = ms;
  }

  /** Index of the step that is carried out; -1 during the set-up. */
  get command(): number {
    return this.#head.command;
  }

  set command(command: number) {
    this.#head.command = command;
    this.#notePlain();
  }

  /** The number of events so far: the seq of the next one. */
  get nextSeq(): number {
    return this.#head.seq;
  }

  get lastSeq(): EventSeq {
    return (this.#head.seq - 1) as EventSeq;
  }

  readonly emit = (body: EmittedEvent): EventSeq => this.emitAs(this.#head, body);

  /**
   * An event of somebody else than the statement in progress. One that brings its head and comes when nothing is looked for
   * goes straight on: of most statements all do.
   */
  emitAs(emitter: Emitter, body: EmittedEvent): EventSeq {
    const head = this.#head;
    const { seq } = head;
    if (!this.#isPlain || (body as Partial<EventHead>).seq !== seq) {
      return this.#emitLookedAt(emitter, body);
    }
    head.seq = (seq + 1) as EventSeq;
    this.#receive(body as TraceEvent);
    return seq;
  }

  #emitLookedAt(emitter: Emitter, body: EmittedEvent): EventSeq {
    // Nobody goes into the set-up, and a table filled there may have 100,000 rows: its state is told, not its searching.
    if (this.command < 0 && body.type === "index.searched") return this.lastSeq;
    if (this.#digests.size > 0 && this.#isDigested(emitter, body)) return this.lastSeq;
    return this.#tell(emitter, body);
  }

  /** From here on plain reads of the statement are told of in sums. */
  digest(statement: StatementId, digest: VisitDigest): void {
    this.#digests.set(statement, digest);
    this.#notePlain();
  }

  endDigest(statement: StatementId): void {
    this.tellDigest();
    this.#digests.delete(statement);
    this.#notePlain();
  }

  /** What has been counted and not told yet. */
  tellDigest(): void {
    const counted = this.#counted;
    this.#counted = null;
    const sum = counted?.digest.take() ?? null;
    if (counted !== null && sum !== null) this.#tell(counted.emitter, sum);
  }

  #isDigested(emitter: Emitter, body: EmittedEvent): boolean {
    const digest = emitter.statement === null ? undefined : this.#digests.get(emitter.statement);
    if (digest !== this.#counted?.digest) this.tellDigest();
    if (digest?.takes(body) === true) {
      const { statement, session } = emitter;
      this.#counted ??= { digest, emitter: { statement, session } };
      return true;
    }
    this.tellDigest();
    return false;
  }

  #tell({ statement, session }: Emitter, body: EmittedEvent): EventSeq {
    const head = this.#head;
    const { seq } = head;
    head.seq = (seq + 1) as EventSeq;
    this.#watch(body);
    // The body is the event, made for this call: a copy of each would cost as much as all else here.
    const event = body as Partial<Writable<TraceEvent>>;
    if (event.seq === undefined) {
      event.seq = seq;
      event.ms = head.ms;
      event.command = head.command;
      event.statement = statement;
      event.session = session;
    } else if (event.seq !== seq) {
      // A sum of reads was told of between its making and now.
      assert(event.seq + 1 === seq, "a body is an event once", body.type);
      event.seq = seq;
    }
    this.#receive(event as TraceEvent);
    return seq;
  }

  /** Whatever `work` on the subject emits is this statement's. */
  within<Subject, T>(emitter: Emitter, work: (subject: Subject) => T, subject: Subject): T {
    const head = this.#head;
    const { statement, session } = head;
    head.statement = emitter.statement;
    head.session = emitter.session;
    try {
      return work(subject);
    } finally {
      head.statement = statement;
      head.session = session;
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

  #notePlain(): void {
    this.#isPlain = this.command >= 0 && this.#digests.size === 0 && this.#lockWaits.size === 0;
  }

  /** What begins a wait brings no head with it, so that it always comes by here. */
  #watch(body: EventBody): void {
    switch (body.type) {
      case "lock.waiting":
        this.#lockWaits.set(body.lock.id, body.lock);
        this.#isPlain = false;
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
        this.#notePlain();
        break;
      case "lock.released":
        if (this.#lockWaits.size === 0) break;
        for (const id of body.ids) this.#lockWaits.delete(id);
        this.#notePlain();
        break;
      default:
        break;
    }
  }
}
