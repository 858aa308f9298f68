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

export function playedWorker(spawn: () => WorkerLike, known: Known): WorkerLike {
  let onReply: (reply: Reply) => void = () => undefined;
  let onError: (message: string) => void = () => undefined;
  let server: WorkerLike | null = null;
  let isHeard = false;
  let isEnded = false;
  /** What was shown and the server has not done yet. */
  let owed: Reset | null = null;
  /** What it is doing of that. */
  let catchingUp: Reset | null = null;
  /** Why it could not. */
  let fault: Failed | null = null;
  /** Requests that the server has not answered. */
  const open = new Set<number>();
  /** What came while it was looked up whether a trace is known. */
  let behind: Request[] | null = null;

  function post(request: Request): void {
    if (behind !== null) behind.push(request);
    else if (server === null && request.kind === "reset") void lookUp(request);
    else forward(request);
  }

  async function lookUp(request: Reset): Promise<void> {
    behind = [];
    const events = await known(request.scenario);
    const rest = behind;
    behind = null;
    if (isEnded) return;
    if (events === null) forward(request);
    else show(request, events);
    for (const one of rest) post(one);
  }

  function show(request: Reset, events: readonly TraceEvent[]): void {
    owed = request;
    const head = { v: PROTOCOL_VERSION, id: request.id };
    const commands = request.scenario.steps.length;
    if (events.length > 0) onReply({ ...head, kind: "events", events });
    onReply({ ...head, kind: "done", commands, nextSeq: events.length });
  }

  function forward(request: Request): void {
    if (request.kind === "reset") owed = null;
    const running = started();
    // Every answer says how long the running server's trace is: a peek's too.
    catchUp(running);
    if (request.kind !== "prepare") open.add(request.id);
    running.post(request);
  }

  function started(): WorkerLike {
    if (server !== null) return server;
    isHeard = false;
    server = spawn();
    server.listen(hear, breakDown);
    return server;
  }

  function catchUp(running: WorkerLike): void {
    if (owed === null) return;
    catchingUp = owed;
    owed = null;
    running.post(catchingUp);
  }

  function hear(reply: Reply): void {
    isHeard = true;
    if (catchingUp !== null && reply.id === catchingUp.id) {
      hearAgain(reply, catchingUp);
      return;
    }
    if (reply.kind === "done" || reply.kind === "failed") open.delete(reply.id);
    // Without what it owes it can do nothing; that is what is to be told.
    const isOfFault = fault !== null && reply.kind === "failed";
    onReply(isOfFault ? { ...reply, ...fault, id: reply.id } : reply);
    if (isOfFault) fault = null;
  }

  function hearAgain(reply: Reply, reset: Reset): void {
    if (reply.kind !== "done" && reply.kind !== "failed") return;
    catchingUp = null;
    if (reply.kind === "done") return;
    fault = open.size > 0 ? reply : null;
    owed = reset;
  }

  /** Nothing was ever heard of it: its script could not be had, and may be there the next time. */
  function breakDown(message: string): void {
    if (isHeard || isEnded) {
      onError(message);
      return;
    }
    server?.end();
    server = null;
    owed = catchingUp ?? owed;
    catchingUp = null;
    const asked = [...open];
    open.clear();
    for (const id of asked) {
      const head = { v: PROTOCOL_VERSION, id };
      onReply({ ...head, kind: "failed", message: NOT_LOADED, isPartMissing: true });
    }
  }

  return {
    listen: (reply, error) => {
      onReply = reply;
      onError = error;
    },
    post,
    wake: () => {
      if (owed !== null && behind === null) catchUp(started());
    },
    end: () => {
      isEnded = true;
      server?.end();
    },
  };
}
