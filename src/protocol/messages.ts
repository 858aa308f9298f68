/**
 * The wire between the page and the worker. Every request has an id; the worker answers it with any number of
 * `events` messages and then exactly one `done` or `failed` with that id. Events carry consecutive `seq`s across
 * messages; a hole fails loudly (`store/engine_client.ts`).
 */
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";

/** `v` of every message. Page and worker are of one build: another number means that one of them is kept from an older one. */
export const PROTOCOL_VERSION = 3;

/** From the page to the worker: `v` is the protocol's version, `id` is what the replies carry. */
export type Request =
  /** A new server: runs the set-up, then every step, in order. Going back and typing something else is a reset with a prefix of the steps. */
  | { readonly v: number; readonly id: number; readonly kind: "reset"; readonly scenario: Scenario }
  /** One more step on the running server: a statement, a client's settings (also while rows are on their way), a call of its program, time. */
  | { readonly v: number; readonly id: number; readonly kind: "step"; readonly step: Step }
  /**
   * Another course of the story on a server of its own, beside the running one: only what moves between `session`'s server
   * and its client is told. Steps that were there in the `aside` before are not run again.
   */
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "aside";
      readonly scenario: Scenario;
      readonly session: SessionName;
    }
  /** "What would happen?": a server of its own is made with the scenario behind it, takes the step, and is thrown away. */
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "peek";
      readonly scenario: Scenario;
      readonly step: Step;
    }
  /** There is time: the parts of the server that nobody has needed yet may be loaded. The one request without an answer. */
  | { readonly v: number; readonly id: number; readonly kind: "prepare" };

/** From the worker to the page; `id` is the request's, `nextSeq` how long the running server's trace is. */
export type Reply =
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "events";
      readonly events: readonly TraceEvent[];
    }
  /** Of an `aside`: its events from the `from`th on; 0 is a new beginning. */
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "aside";
      readonly from: number;
      readonly events: readonly TraceEvent[];
    }
  /** What a peek's step did; comes once, before `done`. The running server has not changed. */
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "peeked";
      readonly events: readonly TraceEvent[];
      /** Why there is no answer; null when there is one. */
      readonly failure: string | null;
    }
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "done";
      readonly commands: number;
      readonly nextSeq: number;
    }
  /** The simulator itself failed; the server is gone and a reset starts a new one. */
  | {
      readonly v: number;
      readonly id: number;
      readonly kind: "failed";
      readonly message: string;
      /** A part of the simulator was needed that could not be loaded, and nothing else is wrong: it may be there later. */
      readonly isPartMissing: boolean;
    };
