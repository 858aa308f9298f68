/**
 * The handler that a kept statement reads one of its tables through: opened once, and used again each time it runs.
 *
 * MySQL: the TABLE objects of the table cache, each with its handler (Table_cache::get_table).
 */
import type { Handler, StorageEngine, Trx } from "../../innodb/api.ts";
import type { TableId } from "../../trace/ids.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";

export class KeptHandler {
  readonly #engine: Pick<StorageEngine, "open">;
  readonly #table: TableId;
  #handler: Handler | null = null;
  /** The run that has it. */
  #run: StatementRun | null = null;

  constructor(engine: Pick<StorageEngine, "open">, table: TableId) {
    this.#engine = engine;
    this.#table = table;
  }

  /** One of its own where the run has it already, or is that of a statement that is not kept: null. */
  open(trx: Trx, run: StatementRun | null): Handler {
    if (run === null || run === this.#run) return this.#engine.open(trx, this.#table);
    this.#run = run;
    this.#handler = this.#engine.open(trx, this.#table, this.#handler);
    return this.#handler;
  }
}
