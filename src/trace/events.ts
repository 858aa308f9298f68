/**
 * THE CONTRACT: what happened, in the past tense, each fact with the reason the server had.
 *
 * Events carry the complete new value of what they change, with the names a sentence needs, so that `apply`
 * is a dumb fold and `explain(event, language)` needs nothing else. They are plain JSON.
 */
import type { LockEvent } from "./events_locks.ts";
import type { NetEvent } from "./events_net.ts";
import type {
  DictionaryEvent,
  ReadViewEvent,
  RecordEvent,
  TrxEvent,
  UndoEvent,
} from "./events_storage.ts";
import type { EventSeq, MdlId, SessionName, StatementId } from "./ids.ts";
import type {
  MdlState,
  Outcome,
  PlanState,
  RecLockState,
  SessionState,
  TableLockState,
  WaitReason,
} from "./state.ts";

export type {
  ForeignKeyCheck,
  LockEvent,
  LockReason,
  LockReleaseReason,
  WaitRule,
} from "./events_locks.ts";
export type {
  DictionaryEvent,
  ReadViewEvent,
  RecordEvent,
  TrxEvent,
  UndoEvent,
  VisibilityRule,
  VisitVerdict,
} from "./events_storage.ts";

/** On every event. */
export interface EventHead {
  readonly seq: EventSeq;
  /** Virtual milliseconds. */
  readonly ms: number;
  /** Index of the command (step of the schedule) that the server was carrying out; -1 during the set-up. */
  readonly command: number;
  /** The statement that did it; null for purge, the scheduler and the clock. */
  readonly statement: StatementId | null;
  readonly session: SessionName | null;
}

/** One fact of the trace: what happened, and in its head when, in which command, for which statement and session. */
export type TraceEvent = EventHead & EventBody;

/**
 * An event on its way to the log, which writes its head. Those that come in numbers bring the log's own head of the moment with
 * them: fields that are added to an object later cost more than the object.
 */
export type EmittedEvent = EventBody | TraceEvent;

/** What happened, without the head that says when; past tense, `noun.verbed`. */
export type EventBody =
  | SessionEvent
  | StatementEvent
  | MdlEvent
  | TrxEvent
  | ReadViewEvent
  | DictionaryEvent
  | RecordEvent
  | UndoEvent
  | LockEvent
  | NetEvent
  | ClockEvent;

export type EventType = EventBody["type"];

// ---------------------------------------------------------------- sessions, statements, plans

/** Connections, and what the server keeps of each. */
export type SessionEvent =
  | { readonly type: "session.opened"; readonly state: SessionState }
  /** Any field of the session other than status, statement and wait changed: SET, BEGIN, COMMIT, trx attached, process state. */
  | {
      readonly type: "session.changed";
      readonly name: SessionName;
      readonly change: Partial<Omit<SessionState, "name" | "status" | "statement" | "wait">>;
      readonly why: string;
    }
  | {
      readonly type: "session.closed";
      readonly name: SessionName;
      readonly why: "disconnect" | "killed" | "release" | "writeTimeout" | "clientGone";
    }
  /** The client's library refuses a command with an error of its own: the server hears nothing of it. */
  | {
      readonly type: "command.refused";
      readonly name: SessionName;
      readonly sql: string;
      readonly errno: number;
      readonly message: string;
    };

/** A statement from its start, over its waits, to its outcome. */
export type StatementEvent =
  | { readonly type: "statement.started"; readonly id: StatementId; readonly sql: string }
  | {
      readonly type: "statement.waiting";
      readonly id: StatementId;
      readonly reason: WaitReason;
      readonly blockers: readonly SessionName[];
      /** When it ends by itself, in virtual milliseconds; null: never. */
      readonly untilMs: number | null;
      /** Of a wait for a record or table lock: the request. */
      readonly lock?: RecLockState | TableLockState;
    }
  /** `cause` is the event that freed it: a release, a commit, a time-out, a deadlock. */
  | {
      readonly type: "statement.resumed";
      readonly id: StatementId;
      readonly verdict: ResumeVerdict;
      readonly cause: EventSeq | null;
    }
  | { readonly type: "statement.ended"; readonly id: StatementId; readonly outcome: Outcome }
  | { readonly type: "plan.chosen"; readonly id: StatementId; readonly plan: PlanState };

/** How a wait ended: "deadlockVictim" fails with 1213, "timeout" with 1205, "killed" with 1317. */
export type ResumeVerdict = "granted" | "deadlockVictim" | "timeout" | "killed";

// ---------------------------------------------------------------- metadata locks

/** Metadata locks (MySQL: MDL_ticket, MDL_request): granted, waited for, given back. */
export type MdlEvent =
  | {
      readonly type: "mdl.granted";
      readonly lock: MdlState;
      readonly afterWait: boolean;
      readonly cause: EventSeq | null;
    }
  | { readonly type: "mdl.waiting"; readonly lock: MdlState }
  | {
      readonly type: "mdl.blockersChanged";
      readonly id: MdlId;
      readonly name: string;
      readonly blockers: MdlState["blockers"];
    }
  | {
      readonly type: "mdl.released";
      readonly ids: readonly MdlId[];
      readonly names: readonly string[];
      readonly why:
        | "statementEnd"
        | "transactionEnd"
        | "explicit"
        | "timeout"
        | "deadlock"
        | "killed"
        | "deadlockVictim"
        | "downgrade"
        | "savepoint";
      /** It was never granted: the wait is given up. */
      readonly isRequest: boolean;
    };

// ---------------------------------------------------------------- clock

/** Virtual time passes only by steps that say so; milliseconds. */
export type ClockEvent = {
  readonly type: "clock.advanced";
  readonly toMs: number;
  readonly byMs: number;
};
