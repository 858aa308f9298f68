/**
 * The worker without a Worker: takes requests, runs the simulated server, and answers through a callback. Events go out in
 * chunks as they happen, then exactly one `done` or `failed`.
 */
import { PROTOCOL_VERSION, type Reply, type Request } from "../protocol/messages.ts";
import { Simulation } from "../server/simulation.ts";
import type { TraceEvent } from "../trace/events.ts";
import { Aside, setupFailure } from "./aside.ts";
import type { EngineParts } from "./part_loader.ts";
import { peeked } from "./peek.ts";

export interface WorkerHostOptions {
  /** Events a message, at most. */
  readonly chunkEvents?: number;
  /** Rows that one statement may look at before it is given up with an error. */
  readonly rowsExaminedMax?: number;
  /** What of the simulator is loaded when it is needed; null when all of it is there. */
  readonly parts?: EngineParts | null;
}

/** The page can paint between two messages: some ten milliseconds of its time each. */
const CHUNK_EVENTS = 500;
/** A page should not hang for long: about a second of work. */
const ROWS_EXAMINED_MAX = 1_000_000;

export class WorkerHost {
  readonly #reply: (reply: Reply) => void;
  readonly #options: WorkerHostOptions;
  #simulation: Simulation | null = null;
  #aside: Aside | null = null;
  #commands = 0;
  #pending: TraceEvent[] = [];
  #request = 0;

  constructor(reply: (reply: Reply) => void, options: WorkerHostOptions = {}) {
    this.#reply = reply;
    this.#options = options;
  }

  /** Never throws: what goes wrong is answered with `failed`. */
  handle(request: Request): void {
    if (request.kind === "prepare") {
      void this.#options.parts?.prepare();
      return;
    }
    this.#request = request.id;
    this.#pending = [];
    try {
      if (request.v !== PROTOCOL_VERSION) {
        throw new Error(`page speaks version ${request.v}, worker ${PROTOCOL_VERSION}`);
      }
      this.#carryOut(request);
      // Whoever caught it: a server that lacked a part has not done what it should have.
      const missing = this.#takeMissing();
      if (missing !== null) throw new PartMissing(missing);
      this.#flush();
      this.#reply({
        v: PROTOCOL_VERSION,
        id: request.id,
        kind: "done",
        commands: this.#commands,
        nextSeq: this.#simulation?.nextSeq ?? 0,
      });
    } catch (error) {
      this.#simulation = null;
      this.#aside = null;
      this.#pending = [];
      const missing = this.#takeMissing();
      const isPartMissing = missing !== null || error instanceof PartMissing;
      const message = missing ?? (error instanceof Error ? error.message : String(error));
      this.#reply({ v: PROTOCOL_VERSION, id: request.id, kind: "failed", message, isPartMissing });
    }
  }

  #takeMissing(): string | null {
    return this.#options.parts?.takeMissing() ?? null;
  }

  #carryOut(request: Exclude<Request, { readonly kind: "prepare" }>): void {
    switch (request.kind) {
      case "reset": {
        const { setup, steps } = request.scenario;
        this.#commands = 0;
        const simulation = this.#newSimulation();
        this.#simulation = simulation;
        const failure = simulation.setup(setup);
        if (failure !== null) throw new Error(setupFailure(failure));
        for (const step of steps) {
          simulation.step(step);
          this.#commands += 1;
        }
        return;
      }
      case "step": {
        if (this.#simulation === null) throw new Error("there is no server: send a reset first");
        this.#simulation.step(request.step);
        this.#commands += 1;
        return;
      }
      case "aside": {
        const { scenario, session, id } = request;
        const goesOn = this.#aside?.leadsTo(scenario, session) === true;
        if (!goesOn) this.#aside = new Aside(scenario.setup, session, this.#rowsExaminedMax);
        const told = this.#aside?.run(scenario.steps);
        if (told !== undefined) this.#reply({ v: PROTOCOL_VERSION, id, kind: "aside", ...told });
        return;
      }
      case "peek": {
        const { scenario, step, id } = request;
        const answer = peeked(scenario, step, this.#rowsExaminedMax);
        this.#reply({ v: PROTOCOL_VERSION, id, kind: "peeked", ...answer });
        return;
      }
    }
  }

  get #rowsExaminedMax(): number {
    return this.#options.rowsExaminedMax ?? ROWS_EXAMINED_MAX;
  }

  #newSimulation(): Simulation {
    return new Simulation({
      emit: (event) => this.#push(event),
      rowsExaminedMax: this.#rowsExaminedMax,
    });
  }

  #push(event: TraceEvent): void {
    this.#pending.push(event);
    if (this.#pending.length >= (this.#options.chunkEvents ?? CHUNK_EVENTS)) this.#flush();
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#reply({ v: PROTOCOL_VERSION, id: this.#request, kind: "events", events });
  }
}

class PartMissing extends Error {}
