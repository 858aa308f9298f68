/**
 * What the server still knows of statements that have ended: the last few of each session. Those before are the trace's.
 *
 * MySQL: performance_schema_events_statements_history_size (storage/perfschema/pfs_events_statements.cc).
 */
import type { StatementId } from "../../trace/ids.ts";
import type { Session } from "../session/session.ts";
import { EndedStatement, type StatementRecord, type StatementRun } from "./statement_run.ts";

/** performance_schema_events_statements_history_size */
export const HISTORY_LENGTH = 10;

export class StatementHistory {
  /** How many statements have begun so far. */
  count = 0;
  readonly #lengthMax: number;
  readonly #ended = new Map<Session, EndedStatement[]>();

  /** `lengthMax`: so many of each session, at least `HISTORY_LENGTH`. */
  constructor(lengthMax: number) {
    this.#lengthMax = Math.max(lengthMax, HISTORY_LENGTH);
  }

  /** The id of one more. */
  begun(): StatementId {
    this.count += 1;
    return this.count as StatementId;
  }

  ended(run: StatementRun): void {
    const { session } = run;
    let list = this.#ended.get(session);
    if (list === undefined) {
      list = [];
      this.#ended.set(session, list);
    }
    if (list.length >= this.#lengthMax) list.shift();
    list.push(new EndedStatement(run));
  }

  /** Of one session, in order; the one in progress is the last. */
  of(session: Session): readonly StatementRecord[] {
    const ended = this.#ended.get(session) ?? [];
    return session.run === null ? ended : [...ended, session.run];
  }

  /** Of all sessions, in the order in which they began. */
  all(sessions: Iterable<Session>): readonly StatementRecord[] {
    const running = [...sessions].flatMap(({ run }) => (run === null ? [] : [run]));
    return [...[...this.#ended.values()].flat(), ...running].sort((a, b) => a.id - b.id);
  }
}
