/** The engine of tables without transactions, which is made when the first of them is. Few scripts have one. */
import type { EventBody } from "../../trace/events.ts";
import type { TableId } from "../../trace/ids.ts";
import type { TableState } from "../../trace/state.ts";
import { MyisamEngine } from "./engine.ts";

export class MyisamTables {
  readonly #emit: (body: EventBody) => unknown;
  #engine: MyisamEngine | null = null;

  constructor(emit: (body: EventBody) => unknown) {
    this.#emit = emit;
  }

  get engine(): MyisamEngine {
    this.#engine ??= new MyisamEngine(this.#emit);
    return this.#engine;
  }

  /** There is no table without transactions at all. */
  get isEmpty(): boolean {
    return this.#engine?.isEmpty ?? true;
  }

  has(table: TableId): boolean {
    return this.#engine?.has(table) ?? false;
  }

  states(): readonly TableState[] {
    return this.#engine?.states() ?? [];
  }
}
