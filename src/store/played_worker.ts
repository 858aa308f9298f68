/**
 * A worker that need not be there yet. What is known without the server is answered at once; the server is brought to the same
 * place when something is asked that only it can tell, or when there is time for it.
 *
 *     reset ──▶ played before? ──yes──▶ its events; the server owes this reset
 *                    └──no──▶ ┐
 *     step, peek, aside ─────▶ server, behind the reset that it owes, whose answer nobody hears again
 */
import { PROTOCOL_VERSION, type Reply, type Request } from "../protocol/messages.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { Scenario } from "../trace/scenario.ts";
import type { WorkerLike } from "./engine_client.ts";

type Known = (scenario: Scenario) => Promise<readonly TraceEvent[] | null>;
type Reset = Extract<Request, { readonly kind: "reset" }>;
type Failed = Extract<Reply, { readonly kind: "failed" }>;

const NOT_LOADED = "the simulator could not be loaded";

export class PlayedWorker implements WorkerLike {
  readonly #spawn: () => WorkerLike;
  readonly #known: Known;
  #onReply: (reply: Reply) => void = () => undefined;
  #onError: (message: string) => void = () => undefined;
  #server: WorkerLike | null = null;
  #isHeard = false;
  #isEnded = false;
  /** What was shown and the server has not done yet. */
  #owed: Reset | null = null;
  /** What it is doing of that. */
  #catchingUp: Reset | null = null;
  /** Why it could not. */
  #fault: Failed | null = null;
  /** Requests that the server has not answered. */
  readonly #open = new Set<number>();
  /** What came while it was looked up whether a trace is known. */
  #behind: Request[] | null = null;

  /** `known`: the trace of a scenario that was played before, or null. */
  constructor(spawn: () => WorkerLike, known: Known) {
    this.#spawn = spawn;
    this.#known = known;
  }

  listen(onReply: (reply: Reply) => void, onError: (message: string) => void): void {
    this.#onReply = onReply;
    this.#onError = onError;
  }

  post(request: Request): void {
    if (this.#behind !== null) this.#behind.push(request);
    else if (this.#server === null && request.kind === "reset") void this.#lookUp(request);
    else this.#forward(request);
  }

  wake(): void {
    if (this.#owed !== null && this.#behind === null) this.#catchUp(this.#started());
  }

  end(): void {
    this.#isEnded = true;
    this.#server?.end();
  }

  async #lookUp(request: Reset): Promise<void> {
    const behind: Request[] = [];
    this.#behind = behind;
    const events = await this.#known(request.scenario);
    this.#behind = null;
    if (this.#isEnded) return;
    if (events === null) this.#forward(request);
    else this.#show(request, events);
    for (const one of behind) this.post(one);
  }

  #show(request: Reset, events: readonly TraceEvent[]): void {
    this.#owed = request;
    const head = { v: PROTOCOL_VERSION, id: request.id };
    const commands = request.scenario.steps.length;
    if (events.length > 0) this.#onReply({ ...head, kind: "events", events });
    this.#onReply({ ...head, kind: "done", commands, nextSeq: events.length });
  }

  #forward(request: Request): void {
    if (request.kind === "reset") this.#owed = null;
    const running = this.#started();
    // Every answer says how long the running server's trace is: a peek's too.
    this.#catchUp(running);
    if (request.kind !== "prepare") this.#open.add(request.id);
    running.post(request);
  }

  #started(): WorkerLike {
    if (this.#server !== null) return this.#server;
    this.#isHeard = false;
    this.#server = this.#spawn();
    this.#server.listen(
      (reply) => this.#hear(reply),
      (message) => this.#breakDown(message),
    );
    return this.#server;
  }

  #catchUp(running: WorkerLike): void {
    if (this.#owed === null) return;
    this.#catchingUp = this.#owed;
    this.#owed = null;
    running.post(this.#catchingUp);
  }

  #hear(reply: Reply): void {
    this.#isHeard = true;
    if (this.#catchingUp !== null && reply.id === this.#catchingUp.id) {
      this.#hearAgain(reply, this.#catchingUp);
      return;
    }
    if (reply.kind === "done" || reply.kind === "failed") this.#open.delete(reply.id);
    // Without what it owes it can do nothing; that is what is to be told.
    const isOfFault = this.#fault !== null && reply.kind === "failed";
    this.#onReply(isOfFault ? { ...reply, ...this.#fault, id: reply.id } : reply);
    if (isOfFault) this.#fault = null;
  }

  #hearAgain(reply: Reply, reset: Reset): void {
    if (reply.kind !== "done" && reply.kind !== "failed") return;
    this.#catchingUp = null;
    if (reply.kind === "done") return;
    this.#fault = this.#open.size > 0 ? reply : null;
    this.#owed = reset;
  }

  /** Nothing was ever heard of it: its script could not be had, and may be there the next time. */
  #breakDown(message: string): void {
    if (this.#isHeard || this.#isEnded) {
      this.#onError(message);
      return;
    }
    this.#server?.end();
    this.#server = null;
    this.#owed = this.#catchingUp ?? this.#owed;
    this.#catchingUp = null;
    const asked = [...this.#open];
    this.#open.clear();
    for (const id of asked) {
      const head = { v: PROTOCOL_VERSION, id };
      this.#onReply({ ...head, kind: "failed", message: NOT_LOADED, isPartMissing: true });
    }
  }
}
