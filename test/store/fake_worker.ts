/**
 * A worker that runs no engine: BEGIN, COMMIT and the like give an OK, a few words make what a test wants. It answers
 * as the real one does, later and in order.
 *
 *     wait       the statement waits for A          error     the statement fails with 1064
 *     crash      the simulator fails                silence   no answer ever comes
 *     missing    needs a part that can be had at the second try only
 */
import { PROTOCOL_VERSION, type Reply, type Request } from "../../src/protocol/messages.ts";
import type { WorkerLike } from "../../src/store/engine_client.ts";
import type { EventBody, TraceEvent } from "../../src/trace/events.ts";
import type { EventSeq, LockId, SessionName, StatementId } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { newSession } from "../fixtures/state_parts.ts";

export class FakeWorker implements WorkerLike {
  readonly requests: Request[] = [];
  isEnded = false;
  #onReply: (reply: Reply) => void = () => undefined;
  #onError: (message: string) => void = () => undefined;
  #isPartThere = false;
  #seq = 0;
  #statements = 0;
  #commands = 0;
  #sessions = new Set<SessionName>();

  listen(onReply: (reply: Reply) => void, onError: (message: string) => void): void {
    this.#onReply = onReply;
    this.#onError = onError;
  }

  end(): void {
    this.isEnded = true;
  }

  /** As when the script of the worker throws. */
  breakDown(message: string): void {
    this.#onError(message);
  }

  /** Sends anything, as a worker gone wrong might. */
  say(reply: Reply): void {
    this.#onReply(reply);
  }

  post(request: Request): void {
    this.requests.push(request);
    queueMicrotask(() => {
      if (!this.isEnded) this.#answer(request);
    });
  }

  #answer(request: Request): void {
    const head = { v: PROTOCOL_VERSION, id: request.id };
    if (request.kind === "prepare") return;
    if (request.kind === "aside") {
      this.#onReply({ ...head, kind: "aside", from: 0, events: [] });
      this.#onReply({ ...head, kind: "done", commands: 0, nextSeq: 0 });
      return;
    }
    const steps = request.kind === "reset" ? request.scenario.steps : [request.step];
    if (request.kind === "reset") {
      this.#seq = 0;
      this.#statements = 0;
      this.#commands = 0;
      this.#sessions.clear();
      const created = { type: "clock.advanced", toMs: 0, byMs: 0 } as const;
      this.#send(head, [this.#event(created, null, -1)]);
    }
    for (const step of steps) {
      const sql = "sql" in step ? step.sql : "";
      if (sql === "silence") return;
      const isMissing = sql === "missing" && !this.#isPartThere;
      if (sql === "crash" || isMissing) {
        this.#isPartThere ||= isMissing;
        const message = isMissing ? "part.js" : "a bug";
        this.#onReply({ ...head, kind: "failed", message, isPartMissing: isMissing });
        return;
      }
      this.#send(head, this.#run(step));
    }
    this.#onReply({ ...head, kind: "done", commands: this.#commands, nextSeq: this.#seq });
  }

  #send(head: { v: number; id: number }, events: readonly TraceEvent[]): void {
    if (events.length > 0) this.#onReply({ ...head, kind: "events", events });
  }

  #run(step: Step): readonly TraceEvent[] {
    const command = this.#commands;
    this.#commands += 1;
    if ("advance" in step) {
      const byMs = step.advance * 1000;
      return [this.#event({ type: "clock.advanced", toMs: byMs, byMs }, null, command)];
    }
    const { session } = step;
    const sql = "sql" in step ? step.sql : "";
    const events: TraceEvent[] = [];
    const emit = (body: EventBody) => events.push(this.#event(body, session, command));
    if (!this.#sessions.has(session)) {
      this.#sessions.add(session);
      emit({ type: "session.opened", state: newSession(session, 0) });
    }
    if (sql === "@disconnect") {
      emit({ type: "session.closed", name: session, why: "disconnect" });
      return events;
    }
    this.#statements += 1;
    const id = this.#statements as StatementId;
    emit({ type: "statement.started", id, sql });
    if (sql === "wait") {
      const reason = { kind: "recLock", lock: 1 as LockId } as const;
      emit({
        type: "statement.waiting",
        id,
        reason,
        untilMs: null,
        blockers: ["A" as SessionName],
      });
      return events;
    }
    const outcome =
      sql === "error"
        ? ({ kind: "error", errno: 1064, sqlState: "42000", message: "near 'error'" } as const)
        : ({ kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 } as const);
    emit({ type: "statement.ended", id, outcome });
    return events;
  }

  #event(body: EventBody, session: SessionName | null, command: number): TraceEvent {
    const seq = this.#seq as EventSeq;
    this.#seq += 1;
    return { seq, ms: 0, command, statement: null, session, ...body };
  }
}
