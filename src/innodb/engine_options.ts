/** What stands around the engine, for whoever makes one. */
import type { EmittedEvent, EventHead } from "../trace/events.ts";
import type { SessionName, TableId, TrxRef } from "../trace/ids.ts";
import type { DeadlockState } from "../trace/state.ts";
import type { Resumption, Row, Steps } from "./api.ts";

/** What the engine asks of the server: it knows no clock, SQL text or session state of its own. */
export interface EngineOptions {
  readonly emit: (body: EmittedEvent) => number;
  /** What the next event will be stamped with; without it events come without a head. */
  readonly head?: EventHead;
  /** Virtual milliseconds. */
  readonly now: () => number;
  /** The statement and session that calls the engine right now, for lock and deadlock texts. */
  readonly sqlOf: (session: SessionName) => string;
  /** innodb_deadlock_detect. */
  readonly deadlockDetect: () => boolean;
  /** The session's transaction has changed a table of an engine without rollback, which protects it from being a victim. */
  readonly hasChangedNonTransactional?: (session: SessionName) => boolean;
  /** foreign_key_checks of the session; on where nothing is said. */
  readonly checksForeignKeys?: (session: SessionName) => boolean;
  /** A row's parent in its own table goes away: the server opens what follows that row. May wait, and throws the server's errors. */
  readonly openFollowers?: (session: SessionName, table: TableId) => Steps<void>;
  /** A row whose other columns have their values, with those of its virtual columns. */
  readonly regenerate?: (session: SessionName, table: TableId, row: Row) => Row;
  /** innodb_autoinc_lock_mode: 0 traditional, 1 consecutive, 2 interleaved; 2 where nothing is said. */
  readonly autoincLockMode?: () => number;
  /** The engine gave a waiting transaction its lock, or chose it as a victim: the scheduler may resume it. */
  readonly onWake: (trx: TrxRef, verdict: Resumption) => void;
  /** The trace has been told of it. */
  readonly onDeadlock?: (deadlock: DeadlockState) => void;
}
