/** Tables without transactions, and the table-level locks on them: their engine is made with the first. Few scripts have one. */
import type { EventBody } from "../../trace/events.ts";
import type { TableId } from "../../trace/ids.ts";
import type { TableState } from "../../trace/state.ts";
import type { Session } from "../session/session.ts";
import { MyisamEngine } from "./engine.ts";
import { ThrLocks } from "./table_locks.ts";

export class MyisamTables {
  readonly #emit: (body: EventBody) => unknown;
  readonly #onWake: (session: Session) => void;
  #engine: MyisamEngine | null = null;
  #locks: ThrLocks | null = null;

  constructor(emit: (body: EventBody) => unknown, onWake: (session: Session) => void) {
    this.#emit = emit;
    this.#onWake = onWake;
  }

  get engine(): MyisamEngine {
    this.#engine ??= new MyisamEngine(this.#emit);
    return this.#engine;
  }

  get locks(): ThrLocks {
    this.#locks ??= new ThrLocks(this.#onWake);
    return this.#locks;
  }

  releaseLocks(session: Session): void {
    this.#locks?.releaseAll(session);
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
