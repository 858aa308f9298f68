/**
 * The page's end of the wire: typed requests to the worker, each a promise. Requests wait for their turn in the
 * worker; replies are matched by id. Whatever ends the worker rejects everything that is open, so that no caller
 * waits for ever; the next request starts a new worker.
 */
import { unreachable } from "../base/assert.ts";
import { PROTOCOL_VERSION, type Reply, type Request } from "../protocol/messages.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";

/** What a worker has to do for us; `browser_worker.ts` makes one of a browser's. */
export interface WorkerLike {
  listen(onReply: (reply: Reply) => void, onError: (message: string) => void): void;
  post(request: Request): void;
  end(): void;
  /** Something will be asked soon: what need not be there yet may come. */
  wake?(): void;
}

/** The simulator is gone. A reset starts a new one. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
}

/** A part of the simulator could not be loaded; the worker is alive, and a reset may bring its server back. */
export class PartMissing extends EngineFailure {}

export type TakeEvents = (events: readonly TraceEvent[]) => void;
/** The events follow on those before the `from`th. */
export type TakeAside = (from: number, events: readonly TraceEvent[]) => void;

export interface EngineClient {
  /** A new server with the scenario's set-up and steps behind it. */
  reset(scenario: Scenario, take: TakeEvents): Promise<void>;
  /** One more step on the running server. */
  step(step: Step, take: TakeEvents): Promise<void>;
  /** Another course of the story, beside the running server. */
  aside(scenario: Scenario, session: SessionName, take: TakeAside): Promise<void>;
  /** What the step would do after the scenario, on a server that is thrown away; fails alone when there is no answer. */
  peek(scenario: Scenario, step: Step): Promise<readonly TraceEvent[]>;
  /** Somebody is about to ask something. */
  wake(): void;
  /** Nobody waits: the worker may load what it has not needed yet. */
  prepare(): void;
  /** Ends the worker; what is open fails. */
  stop(why: string): void;
}

/** The question could not be answered; the running server has not noticed. */
export class PeekFailure extends Error {
  override readonly name = "PeekFailure";
}

interface Open {
  readonly take: TakeEvents;
  readonly takeAside: TakeAside;
  readonly peeked: TakePeek;
  readonly resolve: () => void;
  readonly reject: (failure: EngineFailure) => void;
}

/** A worker that says nothing for `patienceMs` while a request is open has run away and is ended. */
export function createEngineClient(spawn: () => WorkerLike, patienceMs: number): EngineClient {
  let worker: WorkerLike | null = null;
  let lastId = 0;
  let nextSeq = 0;
  let watch: ReturnType<typeof setTimeout> | undefined;
  const open = new Map<number, Open>();

  function fail(why: string): void {
    clearTimeout(watch);
    worker?.end();
    worker = null;
    const failed = [...open.values()];
    open.clear();
    for (const { reject } of failed) reject(new EngineFailure(why));
  }

  function keepWatch(): void {
    clearTimeout(watch);
    if (open.size === 0) return;
    watch = setTimeout(() => fail(`no answer for ${patienceMs / 1000} s`), patienceMs);
  }

  function receive(reply: Reply): void {
    const fault = taken(reply);
    if (fault === null) keepWatch();
    else fail(fault);
  }

  /** What is wrong with the reply; null when it was in order. */
  function taken(reply: Reply): string | null {
    const request = open.get(reply.id);
    if (request === undefined) return `a reply to request ${reply.id}, which is not open`;
    if (reply.v !== PROTOCOL_VERSION) return `protocol version ${reply.v}`;
    switch (reply.kind) {
      case "events":
        for (const event of reply.events) {
          if (event.seq !== nextSeq) return `event ${event.seq} came instead of ${nextSeq}`;
          nextSeq += 1;
        }
        request.take(reply.events);
        return null;
      case "aside":
        request.takeAside(reply.from, reply.events);
        return null;
      case "peeked":
        request.peeked(reply.events, reply.failure);
        return null;
      case "done":
        if (reply.nextSeq !== nextSeq) return `${reply.nextSeq - nextSeq} events got lost`;
        open.delete(reply.id);
        request.resolve();
        return null;
      case "failed":
        if (!reply.isPartMissing) return reply.message;
        open.delete(reply.id);
        request.reject(new PartMissing(reply.message));
        return null;
      default:
        return unreachable(reply);
    }
  }

  function send(
    body: RequestBody,
    take: TakeEvents,
    takeAside: TakeAside = () => {},
    peeked: TakePeek = () => undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (worker === null) {
        worker = spawn();
        worker.listen(receive, fail);
      }
      lastId += 1;
      open.set(lastId, { take, takeAside, peeked, resolve, reject });
      worker.post({ v: PROTOCOL_VERSION, id: lastId, ...body });
      keepWatch();
    });
  }

  return {
    reset(scenario, take) {
      nextSeq = 0;
      return send({ kind: "reset", scenario }, take);
    },
    step(step, take) {
      if (worker === null) return Promise.reject(new EngineFailure("there is no server to step"));
      return send({ kind: "step", step }, take);
    },
    aside: (scenario, session, take) => send({ kind: "aside", scenario, session }, () => {}, take),
    async peek(scenario, step) {
      let answer: readonly TraceEvent[] = [];
      let wrong: string | null = null;
      await send(
        { kind: "peek", scenario, step },
        () => undefined,
        undefined,
        (events, failure) => {
          answer = events;
          wrong = failure;
        },
      );
      if (wrong !== null) throw new PeekFailure(wrong);
      return answer;
    },
    wake: () => worker?.wake?.(),
    prepare: () => worker?.post({ v: PROTOCOL_VERSION, id: 0, kind: "prepare" }),
    stop: fail,
  };
}

type TakePeek = (events: readonly TraceEvent[], failure: string | null) => void;

type RequestBody =
  | { readonly kind: "reset"; readonly scenario: Scenario }
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "aside"; readonly scenario: Scenario; readonly session: SessionName }
  | { readonly kind: "peek"; readonly scenario: Scenario; readonly step: Step };
