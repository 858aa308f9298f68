/**
 * What a session's transactions were, the one in progress and the last ten that ended: performance_schema tells of them
 * (`schema_tables/transaction_events.ts`). An autocommitted statement on a table is a transaction as well.
 *
 * MySQL: storage/perfschema/pfs_events_transactions.cc; MYSQL_START_TRANSACTION (trans_begin, trans_register_ha).
 */
import type { IsolationLevel } from "../../trace/state.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Session } from "./session.ts";
import type { XaBranch } from "./xa.ts";

/** A class: of a literal V8 would make the later ones in the old space (src/README.md, "What costs time"). */
export class TransactionEvent {
  /** The statements that it began and ended in. */
  readonly begunIn: StatementRun | null;
  endedIn: StatementRun | null = null;
  state: "ACTIVE" | "COMMITTED" | "ROLLED BACK" = "ACTIVE";
  readonly isAutocommitted: boolean;
  readonly isReadOnly: boolean;
  readonly isolation: IsolationLevel;
  xa: XaBranch | null = null;
  /** How often which statement was given; null for never. */
  savepoints: { set: number; rolledBackTo: number; released: number } | null = null;

  constructor(session: Session) {
    this.begunIn = session.run;
    this.isAutocommitted = !session.inMultiStatement;
    this.isReadOnly = session.trxReadOnly;
    this.isolation = session.trxIsolation;
  }
}

/** performance_schema_events_transactions_history_size, and the one in progress. */
const LENGTH_MAX = 11;

export class TransactionEvents {
  /** Once the list is full, one more takes the place of its oldest. */
  readonly #list: TransactionEvent[] = [];
  #count = 0;
  /** The one in progress. */
  active: TransactionEvent | null = null;

  /** In the order in which they began; the one in progress is the last. */
  all(): readonly TransactionEvent[] {
    const at = this.#count % LENGTH_MAX;
    return [...this.#list.slice(at), ...this.#list.slice(0, at)];
  }

  /** One begins, unless there is one. */
  begun(session: Session): void {
    if (this.active !== null) return;
    this.active = new TransactionEvent(session);
    this.#list[this.#count % LENGTH_MAX] = this.active;
    this.#count += 1;
  }

  ended(session: Session, state: "COMMITTED" | "ROLLED BACK"): void {
    const { active } = this;
    if (active === null) return;
    active.endedIn = session.run;
    active.state = state;
    this.active = null;
  }
}
