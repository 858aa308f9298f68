/**
 * The simulated server as one object: what all connections share. It has no rules of its own; `session/`, `scheduler/`,
 * `ddl/` and `show/` work on it.
 *
 *     Simulation ─▶ Scheduler ─▶ run_statement ─▶ dispatch ─▶ exec ─▶ engine
 *                       └───────────── Server ──────────────────┘
 */
import type { StorageEngine } from "../innodb/api.ts";
import type { SessionName } from "../trace/ids.ts";
import type { ClientNote } from "../trace/state.ts";
import type { Catalog } from "./catalog/catalog.ts";
import type { StatsCache } from "./catalog/shown_stats.ts";
import type { BaseTable, RowTriggers, StoredFunction } from "./context.ts";
import type { EventLog } from "./event_log.ts";
import type { MdlTable } from "./mdl/locks.ts";
import type { MyisamTables } from "./myisam/tables.ts";
import type { StoredRoutine } from "./routines/functions.ts";
import type { Procedure, Routines } from "./routines/procedures.ts";
import type { Scheduler } from "./scheduler/scheduler.ts";
import type { StatementHistory } from "./scheduler/statement_history.ts";
import type { SetupSwitches } from "./schema_tables/setup_switches.ts";
import type { FlushedTables } from "./session/flushed_tables.ts";
import type { Session } from "./session/session.ts";
import type { StatementExecution } from "./session/statement_execution.ts";
import type { XaBranch } from "./session/xa.ts";
import { CommandCounts } from "./show/command_counters.ts";
import type { GlobalVariables } from "./variables/store.ts";

export interface Server {
  readonly log: EventLog;
  readonly engine: StorageEngine;
  readonly mdl: MdlTable;
  readonly catalog: Catalog;
  /** MyISAM and MEMORY tables, and the table-level locks on them. */
  readonly myisam: MyisamTables;
  /** What FLUSH TABLES has to wait for. */
  readonly flushed: FlushedTables;
  readonly globals: GlobalVariables;
  readonly scheduler: Scheduler;
  /** In the order in which they connected; those that have gone stay. */
  readonly sessions: Map<SessionName, Session>;
  /** XA transactions by their names, those that are prepared and belong to no session among them. */
  readonly xa: Map<string, XaBranch>;
  readonly procedures: Routines<Procedure>;
  readonly functions: Routines<StoredRoutine>;
  /** A stored function as a statement calls it (`routines/functions.ts`); null where there is none of that name. */
  readonly storedFunction: (
    execution: StatementExecution,
    schema: string | null,
    name: string,
  ) => StoredFunction | null;
  /** The triggers of a table in a statement that changes it (`routines/fire.ts`). */
  readonly rowTriggers: (execution: StatementExecution, table: BaseTable) => RowTriggers | null;
  /** Those whose clients are simulated. */
  readonly netSessions: Session[];
  /** What the clients printed that no statement did. */
  readonly clientNotes: ClientNote[];
  readonly history: StatementHistory;
  readonly status: StatusCounters;
  /** What performance_schema watches; null: nobody has asked. */
  setup: SetupSwitches | null;
  /** Tables' statistics as information_schema and SHOW tell them. */
  readonly shownStats: StatsCache;
  /** [0, 1), the same ones for the same script. */
  readonly random: () => number;
  /** A statement that has looked at more rows than this is given up. */
  readonly rowsExaminedMax: number;
}

/** Of SHOW STATUS: what the server counts itself. */
export interface StatusCounters {
  rowLockWaits: number;
  rowLockTimeMs: number;
  rowLockTimeMaxMs: number;
  deadlocks: number;
  /** As SHOW ENGINE INNODB STATUS prints it. */
  latestDeadlock: string | null;
  lockTimeouts: number;
  /** Of all sessions together. */
  readonly commands: CommandCounts;
}

export function newCounters(): StatusCounters {
  return {
    rowLockWaits: 0,
    rowLockTimeMs: 0,
    rowLockTimeMaxMs: 0,
    deadlocks: 0,
    latestDeadlock: null,
    lockTimeouts: 0,
    commands: new CommandCounts(),
  };
}
