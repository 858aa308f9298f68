/**
 * What the server still knows of statements that have ended: the last few of each session. Those before are the trace's.
 *
 * MySQL: performance_schema_events_statements_history_size (storage/perfschema/pfs_events_statements.cc).
 */
import type { StatementId } from "../../trace/ids.ts";
import type { Session } from "../session/session.ts";
import type { StatementRun } from "./statement_run.ts";

/** performance_schema_events_statements_history_size */
export const HISTORY_LENGTH = 10;

/** The last statements of a session. Once the list is full, one more takes the place of its oldest. */
export interface EndedStatements {
  readonly runs: StatementRun[];
  oldest: number;
}

export class StatementHistory {
  /** How many statements have begun so far. */
  count = 0;
  readonly #lengthMax: number;
  /** One for each session that a statement of has ended; the session has it too. */
  readonly #lists: EndedStatements[] = [];

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
    const list = run.session.ended ?? this.#listOf(run.session);
    if (list.runs.length < this.#lengthMax) {
      list.runs.push(run);
      return;
    }
    list.runs[list.oldest] = run;
    list.oldest = (list.oldest + 1) % this.#lengthMax;
  }

  /** Of one session, in order; the one in progress is the last. */
  of(session: Session): readonly StatementRun[] {
    const { runs, oldest } = session.ended ?? NOTHING;
    const ended = [...runs.slice(oldest), ...runs.slice(0, oldest)];
    return session.run === null ? ended : [...ended, session.run];
  }

  /** Of all sessions, in the order in which they began. */
  all(sessions: Iterable<Session>): readonly StatementRun[] {
    const running = [...sessions].flatMap(({ run }) => (run === null ? [] : [run]));
    const ended = this.#lists.flatMap(({ runs }) => runs);
    return [...ended, ...running].sort((a, b) => a.id - b.id);
  }

  #listOf(session: Session): EndedStatements {
    const list = { runs: [], oldest: 0 };
    this.#lists.push(list);
    session.ended = list;
    return list;
  }
}

const NOTHING: EndedStatements = { runs: [], oldest: 0 };
