/**
 * A database in a thread of its own, with a heap of its own: none pays the collector for the garbage of the others, nor waits
 * while their memory is looked through.
 *
 *     main thread ── fill, warm up, one burst ──▶ thread of one database
 *                 ◀── how long it took ──────────
 *
 * One thread works at a time; the statements of a burst are run there, so that no message lies between two of them.
 */
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { unreachable } from "../../base/assert.ts";
import { type EngineName, openEngine } from "./engines.ts";
import { Runner } from "./runner.ts";
import { fill } from "./statements.ts";

type Task =
  | { readonly kind: "fill" }
  /** The line and the table by their places in the lists of `statements.ts`. */
  | { readonly kind: "warmUp"; readonly line: number; readonly table: number }
  | { readonly kind: "round" };

export class Isolate {
  readonly name: EngineName;
  readonly #worker: Worker;

  /** `entry`: the module whose `serveIsolate` the thread reaches. */
  constructor(name: EngineName, entry: string) {
    this.name = name;
    this.#worker = new Worker(new URL(entry), { workerData: name });
  }

  /** Seconds. */
  fill(): Promise<number> {
    return this.#ask({ kind: "fill" });
  }

  async warmUp(line: number, table: number): Promise<void> {
    await this.#ask({ kind: "warmUp", line, table });
  }

  /** Microseconds per statement of one burst. */
  round(): Promise<number> {
    return this.#ask({ kind: "round" });
  }

  #ask(task: Task): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#worker.once("error", reject);
      this.#worker.once("message", (answer: number) => {
        this.#worker.off("error", reject);
        resolve(answer);
      });
      this.#worker.postMessage(task);
    });
  }
}

/** In the thread of a database: does what it is asked for; false in the main thread. */
export function serveIsolate(): boolean {
  if (isMainThread || parentPort === null) return false;
  const port = parentPort;
  const opened = openEngine(workerData as EngineName);
  let runner: Runner | null = null;
  const carryOut = async (task: Task): Promise<number> => {
    const engine = await opened;
    switch (task.kind) {
      case "fill": {
        const fromMs = performance.now();
        await fill(engine);
        return (performance.now() - fromMs) / 1000;
      }
      case "warmUp":
        runner = new Runner(engine, task.line, task.table);
        await runner.warmUp();
        return 0;
      case "round":
        return runner === null ? Number.NaN : await runner.round();
      default:
        return unreachable(task);
    }
  };
  port.on("message", async (task: Task) => port.postMessage(await carryOut(task)));
  return true;
}
