/**
 * Who runs. Statements are generators; a statement goes on until it ends or has to wait, and a waiting one is resumed here
 * and nowhere else. After every command the server settles: whoever was given what it waited for goes on, in the order of
 * the grants; then purge runs, then whoever that woke, until nothing moves.
 *
 *     start ─▶ running ─▶ ended
 *                │ ▲
 *          yield │ │ resume, in the order of `wake`
 *                ▼ │
 *              waiting ── time passes: lock wait time-outs, SLEEP, GET_LOCK, in the order in which they are due
 *
 * Departure: threads do not run side by side, so a statement that does not wait is never interrupted half way. On the
 * server the threads that one commit wakes race each other: MySQL 9.7.4, asked 40 times, came to the order of the grants in 27 to 34
 * of them, and to another one in the rest (w-00087, z-09040 were recorded in one of those).
 */

import { isPending } from "../../base/answer.ts";
import { assert, unreachable } from "../../base/assert.ts";
import { minOf, withOne } from "../../base/lists.ts";
import type { Resumption, TableTest } from "../../innodb/api.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Outcome, WaitReason } from "../../trace/state.ts";
import type { Answer, Exec, Suspension } from "../context.ts";
import type { MdlOwner } from "../mdl/locks.ts";
import { nextClientDueMs, settleClients } from "../net/clients.ts";
import type { Server } from "../server.ts";
import { closeIdleSession, closeSession } from "../session/close_session.ts";
import type { Session } from "../session/session.ts";
import { endedEvent, StatementRun, tellStarted, type Verdict } from "./statement_run.ts";
import { deadlineOf, reasonOf } from "./suspensions.ts";
import { waitStateOf } from "./wait_state.ts";

/** Waits of one statement for its client that the trace is told of one by one; the rest look to it like one long wait. */
const NET_WAITS_TOLD = 64;

/** Something that happens by itself; `fire` is null for what happens in a client or on a line. */
interface Due {
  readonly atMs: number;
  readonly fire: (() => void) | null;
}

/** How the statement is carried out; given in, so that the scheduler knows no SQL. */
export type Execute = (run: StatementRun) => Answer<Outcome>;

export class Scheduler {
  #server: Server | null = null;
  readonly #execute: Execute;
  readonly #ready: StatementRun[] = [];
  /** Runs that wait, in the order in which they began to. */
  readonly #waiting = new Set<StatementRun>();
  #ended: StatementRun[] = [];
  /** What the trace knows of the clock; what happens on the lines in between moves it without a word. */
  #toldMs = 0;

  constructor(execute: Execute) {
    this.#execute = execute;
  }

  /** The server holds its scheduler and the scheduler its server. */
  attach(server: Server): void {
    this.#server = server;
  }

  /** Runs the statement until it ends or waits. */
  start(session: Session, sql: string): StatementRun {
    assert(session.run === null && !session.isGone, "the session is free", session.name);
    const { log, history } = this.#attached();
    const id = history.begun();
    session.status = "running";
    session.deadlockVictim = false;
    const emitter = { statement: id, session: session.name };
    const { command, nowMs: startedMs } = log;
    const startedAt = tellStarted(log, emitter, { id, session, sql });
    const run = new StatementRun({ id, session, sql, command, startedAt, startedMs });
    session.run = run;
    session.noteToldBySchedulerEvent();
    log.within(emitter, this.#begin, run);
    return run;
  }

  readonly #isClosed: TableTest = ({ schema, name }) => this.#attached().mdl.isClosed(schema, name);

  readonly #begin = (run: StatementRun): void => {
    const answer = this.#execute(run);
    if (isPending(answer)) this.#step(run, answer, null);
    else this.#finish(run, answer);
  };

  /** Whatever can go on goes on, purge in between. */
  settle(): void {
    const server = this.#attached();
    const { engine } = server;
    do {
      do this.letWokenGoOn();
      while (settleClients(server));
    } while (engine.purge(this.#isClosed) || this.#ready.length > 0);
  }

  /** Those whose waits are over go on, also in the middle of a statement that is at work for longer than they are. */
  letWokenGoOn(): void {
    for (let run = this.#ready.shift(); run !== undefined; run = this.#ready.shift()) {
      this.#resume(run);
    }
  }

  /** The runs that have ended since the last call, in the order of their ends. */
  takeEnded(): readonly StatementRun[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  /** A wait is over. The first word counts: a lock granted to a statement that was just killed comes too late. */
  wake(run: StatementRun, resumption: Resumption): void {
    if (run.verdict !== null) return;
    const { log } = this.#attached();
    run.verdict = { resumption, cause: log.nextSeq === 0 ? null : log.lastSeq };
    if (run.suspension !== null) this.#ready.push(run);
  }

  wakeMdlOwner(owner: MdlOwner, resumption: Resumption): void {
    const run = this.#attached().sessions.get(owner.session)?.run;
    if (run !== null && run !== undefined) this.wake(run, resumption);
  }

  /** KILL of a waiting statement, or its time has run out. Only the loss of its connection ends a wait in send(). */
  interrupt(run: StatementRun): void {
    if (run.suspension?.kind === "net" && run.session.killed !== "connection") return;
    this.#giveUpWait(run, "killed");
  }

  isWaiting(run: StatementRun): boolean {
    return this.#waiting.has(run);
  }

  /** Time passes; what falls due in between happens in order, and the server settles after each. */
  advance(byMs: number): void {
    const { log } = this.#attached();
    const targetMs = log.nowMs + byMs;
    for (;;) {
      const due = this.#nextDue(targetMs);
      if (due === null) break;
      if (due.fire === null) log.nowMs = due.atMs;
      else this.#moveClock(due.atMs);
      due.fire?.();
      this.settle();
    }
    this.#moveClock(targetMs);
    this.settle();
  }

  /** When the next sleeping statement wakes up by itself; null when none sleeps. */
  nextWakeMs(): number | null {
    if (this.#waiting.size === 0) return null;
    const due = [...this.#waiting].flatMap(({ suspension, deadlineMs }) =>
      suspension?.kind === "sleep" && deadlineMs !== null ? [deadlineMs] : [],
    );
    return due.length === 0 ? null : minOf(due);
  }

  /** What the waiting statement waits for, for the state and the processlist. */
  waitReason(run: StatementRun): WaitReason | null {
    return run.suspension === null ? null : reasonOf(run.suspension);
  }

  #resume(run: StatementRun): void {
    const { verdict, suspension } = run;
    assert(verdict !== null && suspension !== null, "resumed without a reason");
    run.verdict = null;
    run.suspension = null;
    run.deadlineMs = null;
    this.#waiting.delete(run);
    const isOneOfMany = suspension.kind === "net" && run.waits.length > NET_WAITS_TOLD;
    if (isOneOfMany && verdict.resumption === "granted") run.quietly = verdict;
    else this.#tellResumed(run, suspension.kind, verdict);
    this.#continue(run, verdict.resumption);
  }

  #tellResumed(run: StatementRun, kind: Suspension["kind"], verdict: Verdict): void {
    const { log, status } = this.#attached();
    const { session } = run;
    session.status = "running";
    session.setProcessState(run.stateBeforeWait);
    const { resumption, cause } = verdict;
    if (resumption === "deadlockVictim") session.deadlockVictim = true;
    session.noteToldBySchedulerEvent();
    if (kind === "recLock") {
      const waitedMs = log.nowMs - (run.waits.at(-1)?.fromMs ?? log.nowMs);
      status.rowLockTimeMs += waitedMs;
      status.rowLockTimeMaxMs = Math.max(status.rowLockTimeMaxMs, waitedMs);
    }
    const seq = log.emitAs(emitterOf(run), {
      type: "statement.resumed",
      id: run.id,
      verdict: resumption,
      cause,
    });
    run.closeWait(seq, log.nowMs);
  }

  /** The trace has been let believe that the statement still waits for its client; it does not any more. */
  #endQuietWait(run: StatementRun): void {
    const verdict = run.quietly;
    run.quietly = null;
    if (verdict === null) return;
    const { processState } = run.session;
    this.#tellResumed(run, "net", verdict);
    run.session.setProcessState(processState);
  }

  #continue(run: StatementRun, resumption: Resumption): void {
    const { execution } = run;
    assert(execution !== null, "a statement does not go on after its end", run.sql);
    const step = () => this.#step(run, execution, resumption);
    this.#attached().log.within(emitterOf(run), step, null);
  }

  /** Until it ends or waits. */
  #step(run: StatementRun, execution: Exec<Outcome>, resumption: Resumption | null): void {
    run.execution = execution;
    const step = resumption === null ? execution.next() : execution.next(resumption);
    if (step.done === true) this.#finish(run, step.value);
    else this.#suspend(run, step.value);
  }

  #suspend(run: StatementRun, suspension: Suspension): void {
    const { log, status } = this.#attached();
    const isStillQuiet = run.quietly !== null && suspension.kind === "net";
    if (!isStillQuiet) this.#endQuietWait(run);
    run.quietly = null;
    run.suspension = suspension;
    run.deadlineMs = deadlineOf(run.session, suspension, log.nowMs);
    if (isStillQuiet) {
      run.stateBeforeWait = run.session.processState;
      run.session.publish("process state");
      this.#waiting.add(run);
      return;
    }
    run.session.status = "waiting";
    this.#showWait(run);
    this.#waiting.add(run);
    if (suspension.kind === "recLock") status.rowLockWaits += 1;
    const reason = reasonOf(suspension);
    run.firstBlockers = this.#blockersAtStart(run, suspension);
    const blockers = this.blockersOf(run);
    const { kind } = suspension;
    const lock =
      kind === "recLock" || kind === "tableLock" ? log.waitingLock(suspension.lock) : null;
    run.toldUntilMs = run.untilMs;
    const seq = log.emit({
      type: "statement.waiting",
      id: run.id,
      reason,
      blockers,
      untilMs: run.untilMs,
      ...(lock === null ? {} : { lock }),
    });
    run.openWait(seq, log.nowMs, reason);
    if (run.verdict !== null) this.#ready.push(run);
  }

  /** The sessions that stand in the way of a waiting statement, each once. */
  blockersOf(run: StatementRun): StatementRun["session"]["name"][] {
    const { suspension, session } = run;
    if (suspension === null) return [];
    switch (suspension.kind) {
      case "recLock":
      case "tableLock":
        return [...this.#attached().log.blockersOf(suspension.lock)];
      case "mdl": {
        const blockers = session.mdl.waitingFor?.blockers ?? [];
        return [...new Set(blockers.map((blocker) => blocker.session))];
      }
      case "userLock":
      case "thrLock":
      case "tableFlush":
      case "sleep":
      case "net":
        return [...run.firstBlockers];
      default:
        return unreachable(suspension);
    }
  }

  /** The processlist's State while it waits. */
  #showWait(run: StatementRun): void {
    const { session } = run;
    run.stateBeforeWait = session.processState;
    const ticket = session.mdl.waitingFor;
    if (run.suspension?.kind === "mdl" && ticket !== null) {
      session.setProcessState(waitStateOf(ticket.lock.key.namespace));
    } else if (run.suspension?.kind === "tableFlush") {
      session.setProcessState("Waiting for table flush");
    }
    session.publish("process state");
  }

  /** Of waits whose blockers the trace is told of once. */
  #blockersAtStart(run: StatementRun, suspension: Suspension): readonly SessionName[] {
    const { session } = run;
    if (suspension.kind === "thrLock") {
      return this.#attached()
        .myisam.locks.blockersOf(session)
        .map((blocker) => blocker.name);
    }
    if (suspension.kind === "tableFlush") {
      return (session.mdl.inTheWay ?? []).map((owner) => owner.session);
    }
    if (suspension.kind !== "userLock") return [];
    const blockers = session.mdl.waitingFor?.blockers ?? [];
    return [...new Set(blockers.map((blocker) => blocker.session))];
  }

  #finish(run: StatementRun, outcome: Outcome): void {
    const { log } = this.#attached();
    const { session } = run;
    this.#endQuietWait(run);
    session.setProcessState("");
    session.publish("the statement has ended");
    run.execution = null;
    run.outcome = outcome;
    run.endedAt = log.emit(endedEvent(log.head, run, outcome));
    run.endedMs = log.nowMs;
    session.run = null;
    session.status = "idle";
    session.sinceMs = log.nowMs;
    this.#ended = withOne(this.#ended, run);
    this.#attached().history.ended(run);
    const brokenBy = session.wire?.brokenBy ?? null;
    if (session.killed !== null && session.killed === "connection") {
      closeSession(this.#attached(), session, run.isReleased ? "release" : "killed");
    } else if (brokenBy !== null && brokenBy !== "released") {
      closeSession(this.#attached(), session, brokenBy);
    }
    session.killed = null;
  }

  #giveUpWait(run: StatementRun, why: "timeout" | "killed"): void {
    const { engine, status } = this.#attached();
    if (run.verdict !== null || run.suspension === null) return;
    const { suspension, session } = run;
    const isLock = suspension.kind === "recLock" || suspension.kind === "tableLock";
    if (isLock && session.trx !== null) {
      engine.cancelWait(session.trx, why);
      if (why === "timeout") status.lockTimeouts += 1;
    }
    this.wake(run, why);
  }

  /** The next thing that happens by itself up to `targetMs`. */
  #nextDue(targetMs: number): Due | null {
    let next: Due | null = null;
    const offer = (atMs: number, fire: Due["fire"]) => {
      if (atMs <= targetMs && (next === null || atMs < next.atMs)) next = { atMs, fire };
    };
    const clientDueMs = nextClientDueMs(this.#attached());
    if (clientDueMs !== null) offer(clientDueMs, null);
    for (const run of this.#waiting) {
      const { deadlineMs, killAtMs } = run;
      if (deadlineMs !== null) offer(deadlineMs, () => this.#fireDeadline(run));
      if (killAtMs !== null) {
        offer(killAtMs, () => {
          run.killAtMs = null;
          run.session.killed = "timeout";
          this.interrupt(run);
        });
      }
    }
    for (const session of this.#attached().sessions.values()) {
      if (session.status !== "idle") continue;
      const waitS = session.variables.number("wait_timeout");
      offer(session.sinceMs + waitS * 1000, () => closeIdleSession(this.#attached(), session));
    }
    return next;
  }

  #fireDeadline(run: StatementRun): void {
    run.deadlineMs = null;
    if (run.suspension?.kind === "sleep") this.wake(run, "granted");
    else this.#giveUpWait(run, "timeout");
  }

  #moveClock(toMs: number): void {
    const { log } = this.#attached();
    const byMs = toMs - this.#toldMs;
    if (byMs <= 0) return;
    log.nowMs = toMs;
    this.#toldMs = toMs;
    log.emit({ type: "clock.advanced", toMs, byMs });
  }

  #attached(): Server {
    assert(this.#server !== null, "the scheduler has no server");
    return this.#server;
  }
}

function emitterOf(run: StatementRun) {
  return { statement: run.id, session: run.session.name };
}
