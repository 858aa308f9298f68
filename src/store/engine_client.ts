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

/** Called as events come, several times a request. */
export type TakeEvents = (events: readonly TraceEvent[]) => void;
/** The events follow on those before the `from`th. */
export type TakeAside = (from: number, events: readonly TraceEvent[]) => void;

/** The page's end of the wire. What ends the worker rejects all that is open with `EngineFailure`. */
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

/** Who hears of which kind of reply. */
interface Takers {
  readonly take?: TakeEvents;
  readonly takeAside?: TakeAside;
  readonly peeked?: TakePeek;
}

interface Open extends Takers {
  readonly resolve: () => void;
  readonly reject: (failure: EngineFailure) => void;
}

/** A worker that says nothing for `patienceMs` while a request is open has run away and is ended. */
export function createEngineClient(spawn: () => WorkerLike, patienceMs: number): EngineClient {
  return new EngineWire(spawn, patienceMs);
}

class EngineWire implements EngineClient {
  readonly #spawn: () => WorkerLike;
  readonly #patienceMs: number;
  #worker: WorkerLike | null = null;
  #lastId = 0;
  #nextSeq = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;
  readonly #open = new Map<number, Open>();

  constructor(spawn: () => WorkerLike, patienceMs: number) {
    this.#spawn = spawn;
    this.#patienceMs = patienceMs;
  }

  reset(scenario: Scenario, take: TakeEvents): Promise<void> {
    this.#nextSeq = 0;
    return this.#send({ kind: "reset", scenario }, { take });
  }

  step(step: Step, take: TakeEvents): Promise<void> {
    if (this.#worker === null) {
      return Promise.reject(new EngineFailure("there is no server to step"));
    }
    return this.#send({ kind: "step", step }, { take });
  }

  aside(scenario: Scenario, session: SessionName, takeAside: TakeAside): Promise<void> {
    return this.#send({ kind: "aside", scenario, session }, { takeAside });
  }

  async peek(scenario: Scenario, step: Step): Promise<readonly TraceEvent[]> {
    let answer: readonly TraceEvent[] = [];
    let wrong: string | null = null;
    const peeked: TakePeek = (events, failure) => {
      answer = events;
      wrong = failure;
    };
    await this.#send({ kind: "peek", scenario, step }, { peeked });
    if (wrong !== null) throw new PeekFailure(wrong);
    return answer;
  }

  wake(): void {
    this.#worker?.wake?.();
  }

  prepare(): void {
    this.#worker?.post({ v: PROTOCOL_VERSION, id: 0, kind: "prepare" });
  }

  stop(why: string): void {
    clearTimeout(this.#watch);
    this.#worker?.end();
    this.#worker = null;
    const failed = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of failed) reject(new EngineFailure(why));
  }

  #send(body: RequestBody, takers: Takers): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = this.#started();
      this.#lastId += 1;
      this.#open.set(this.#lastId, { ...takers, resolve, reject });
      worker.post({ v: PROTOCOL_VERSION, id: this.#lastId, ...body });
      this.#keepWatch();
    });
  }

  #started(): WorkerLike {
    if (this.#worker !== null) return this.#worker;
    this.#worker = this.#spawn();
    this.#worker.listen(
      (reply) => this.#receive(reply),
      (message) => this.stop(message),
    );
    return this.#worker;
  }

  #keepWatch(): void {
    clearTimeout(this.#watch);
    if (this.#open.size === 0) return;
    const why = `no answer for ${this.#patienceMs / 1000} s`;
    this.#watch = setTimeout(() => this.stop(why), this.#patienceMs);
  }

  #receive(reply: Reply): void {
    const fault = this.#taken(reply);
    if (fault === null) this.#keepWatch();
    else this.stop(fault);
  }

  /** What is wrong with the reply; null when it was in order. */
  #taken(reply: Reply): string | null {
    const request = this.#open.get(reply.id);
    if (request === undefined) return `a reply to request ${reply.id}, which is not open`;
    if (reply.v !== PROTOCOL_VERSION) return `protocol version ${reply.v}`;
    switch (reply.kind) {
      case "events":
        for (const event of reply.events) {
          if (event.seq !== this.#nextSeq) {
            return `event ${event.seq} came instead of ${this.#nextSeq}`;
          }
          this.#nextSeq += 1;
        }
        request.take?.(reply.events);
        return null;
      case "aside":
        request.takeAside?.(reply.from, reply.events);
        return null;
      case "peeked":
        request.peeked?.(reply.events, reply.failure);
        return null;
      case "done":
        if (reply.nextSeq !== this.#nextSeq) {
          return `${reply.nextSeq - this.#nextSeq} events got lost`;
        }
        this.#open.delete(reply.id);
        request.resolve();
        return null;
      case "failed":
        if (!reply.isPartMissing) return reply.message;
        this.#open.delete(reply.id);
        request.reject(new PartMissing(reply.message));
        return null;
      default:
        return unreachable(reply);
    }
  }
}

type TakePeek = (events: readonly TraceEvent[], failure: string | null) => void;

type RequestBody =
  | { readonly kind: "reset"; readonly scenario: Scenario }
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "aside"; readonly scenario: Scenario; readonly session: SessionName }
  | { readonly kind: "peek"; readonly scenario: Scenario; readonly step: Step };
