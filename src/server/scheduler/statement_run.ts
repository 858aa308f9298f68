/** One statement from the moment the server gets it until its outcome has gone to the client. */

import type { Resumption } from "../../innodb/api.ts";
import type { EmittedEvent, EventHead } from "../../trace/events.ts";
import type { EventSeq, SessionName, StatementId } from "../../trace/ids.ts";
import type { Outcome, PlanState, StatementState, WaitReason } from "../../trace/state.ts";
import type { Exec, Suspension } from "../context.ts";
import type { Emitter, EventLog } from "../event_log.ts";
import type { Session } from "../session/session.ts";

type Wait = StatementState["waits"][number];

export interface Verdict {
  readonly resumption: Resumption;
  readonly cause: EventSeq | null;
}

const NO_PLANS: readonly PlanState[] = [];
const NO_WAITS: readonly Wait[] = [];
const NOBODY: readonly SessionName[] = [];

export function tellStarted(
  log: EventLog,
  emitter: Emitter,
  { id, session, sql }: Pick<StatementRun, "id" | "session" | "sql">,
): EventSeq {
  const { head } = log;
  return log.emitAs(emitter, {
    type: "statement.started",
    id,
    sql,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: id,
    session: session.name,
  });
}

export function endedEvent(head: EventHead, { id }: StatementRun, outcome: Outcome): EmittedEvent {
  return {
    type: "statement.ended",
    id,
    outcome,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  };
}

/** While it is carried out, and for some time afterwards. */
export class StatementRun {
  readonly id: StatementId;
  readonly session: Session;
  readonly sql: string;
  /** Index of the step that brought it. */
  readonly command: number;
  readonly startedAt: EventSeq;
  readonly startedMs: number;
  endedAt: EventSeq | null = null;
  endedMs: number | null = null;
  outcome: Outcome | null = null;
  #waits: Wait[] | null = null;
  plans: readonly PlanState[] = NO_PLANS;
  /** The suspended execution; null once it has ended. */
  execution: Exec<Outcome> | null = null;
  suspension: Suspension | null = null;
  /** The processlist's State when the wait began. */
  stateBeforeWait = "";
  /** Who stood in the way when the wait began. */
  firstBlockers: readonly SessionName[] = NOBODY;
  /** Virtual milliseconds at which the wait ends by itself; null: never. */
  deadlineMs: number | null = null;
  /** max_execution_time: when the whole statement is given up. */
  killAtMs: number | null = null;
  /** Somebody decided how its wait goes on before it had begun, or while it stands in the queue of those that may run. */
  verdict: Verdict | null = null;
  /** How its last wait for the client ended, when the trace was not told. */
  quietly: Verdict | null = null;
  /** `untilMs` as the trace was last told: waits for the client that it is not told of have limits of their own. */
  toldUntilMs: number | null = null;
  rowsExamined = 0;
  /** COMMIT RELEASE, ROLLBACK RELEASE: the server closes the connection afterwards. */
  isReleased = false;
  /** KILL CONNECTION by another session: the client gets no answer. */
  isCutOff = false;

  constructor(head: {
    readonly id: StatementId;
    readonly session: Session;
    readonly sql: string;
    readonly command: number;
    readonly startedAt: EventSeq;
    readonly startedMs: number;
  }) {
    this.id = head.id;
    this.session = head.session;
    this.sql = head.sql;
    this.command = head.command;
    this.startedAt = head.startedAt;
    this.startedMs = head.startedMs;
  }

  /** When the wait, or the statement with it, ends by itself. */
  get untilMs(): number | null {
    const { deadlineMs, killAtMs } = this;
    if (deadlineMs === null || killAtMs === null) return deadlineMs ?? killAtMs;
    return Math.min(deadlineMs, killAtMs);
  }

  get sessionName(): SessionName {
    return this.session.name;
  }

  get waits(): readonly Wait[] {
    return this.#waits ?? NO_WAITS;
  }

  openWait(seq: EventSeq, ms: number, reason: WaitReason): void {
    this.#waits ??= [];
    this.#waits.push({ fromSeq: seq, toSeq: null, fromMs: ms, toMs: null, reason });
  }

  closeWait(seq: EventSeq, ms: number): void {
    const last = this.#waits?.pop();
    if (last !== undefined) {
      this.#waits?.push(last.toSeq === null ? { ...last, toSeq: seq, toMs: ms } : last);
    }
  }

  state(): StatementState {
    return {
      id: this.id,
      session: this.session.name,
      sql: this.sql,
      startedAt: this.startedAt,
      startedMs: this.startedMs,
      endedAt: this.endedAt,
      endedMs: this.endedMs,
      outcome: this.outcome,
      waits: [...this.waits],
      plans: [...this.plans],
    };
  }
}
