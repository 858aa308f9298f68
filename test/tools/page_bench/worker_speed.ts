/** Statements a second in the page's own worker, spoken to as the page does: the same bundle, messages and trace. */
import type { Page } from "playwright-core";
import { PROTOCOL_VERSION } from "../../../src/protocol/messages.ts";

export interface WorkerSpeed {
  /** One request after the other, each waiting for its answer. */
  readonly oneByOne: number;
  /** All in one request. */
  readonly inOneGo: number;
}

/** To be given to `page.addInitScript`: remembers where the page has its worker from. */
export function rememberWorker(): void {
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      Object.assign(window, { engineUrl: new URL(url, document.baseURI).href });
    }
  };
}

export function measureWorker(page: Page, statements: number): Promise<WorkerSpeed> {
  return page.evaluate(
    async ({ statements, v }) => {
      const { engineUrl } = window as unknown as { engineUrl: string };
      const worker = new Worker(engineUrl);
      let id = 0;
      const ask = (body: object): Promise<void> =>
        new Promise((resolve, reject) => {
          id += 1;
          worker.onmessage = ({ data }) => {
            if (data.kind === "done") resolve();
            if (data.kind === "failed") reject(new Error(data.message));
          };
          worker.postMessage({ v, id, ...body });
        });
      const rows = Array.from({ length: 1000 }, (_, at) => `(${at}, ${at})`);
      const setup = ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", `INSERT INTO t VALUES ${rows}`];
      const step = (at: number) => ({
        session: "A",
        sql:
          at % 2 === 0
            ? `SELECT v FROM t WHERE id = ${(at * 37) % 1000}`
            : `UPDATE t SET v = v + 1 WHERE id = ${(at * 37) % 1000}`,
      });
      const steps = Array.from({ length: statements }, (_, at) => step(at));
      const timed = async (work: () => Promise<void>): Promise<number> => {
        const fromMs = performance.now();
        await work();
        return (statements * 1000) / (performance.now() - fromMs);
      };
      await ask({ kind: "reset", scenario: { id: "warm", setup, steps } });
      const inOneGo = await timed(() =>
        ask({ kind: "reset", scenario: { id: "go", setup, steps } }),
      );
      const oneByOne = await timed(async () => {
        for (const each of steps) await ask({ kind: "step", step: each });
      });
      worker.terminate();
      return { oneByOne, inOneGo };
    },
    { statements, v: PROTOCOL_VERSION },
  );
}
