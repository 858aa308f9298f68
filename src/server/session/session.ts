/**
 * A connection: its variables, its transaction, its metadata locks, what the client was told last.
 *
 *     BEGIN ──▶ isBegun ─────────────┐
 *     autocommit=0 ──────────────────┴─▶ inMultiStatement: locks last until COMMIT or ROLLBACK
 *     first table statement ──▶ trx: InnoDB's transaction; `inTransaction` is what the client sees
 *
 * MySQL: class THD (sql/sql_class.h): variables.option_bits (OPTION_BEGIN, OPTION_NOT_AUTOCOMMIT), server_status
 * (SERVER_STATUS_IN_TRANS), tx_isolation, tx_read_only, mdl_context, locked_tables_list.
 */

import type { Datum, Trx } from "../../innodb/api.ts";
import type { HandlerCalls } from "../../innodb/handler_calls.ts";
import type { ConnectionId, SessionName, TableId } from "../../trace/ids.ts";
import type { IsolationLevel, SessionState, SessionStatus } from "../../trace/state.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { OpenTables } from "../catalog/open_statistics.ts";
import type { StatementContext, Warning } from "../context.ts";
import type { Emitter, EventLog } from "../event_log.ts";
import { MdlContext, type MdlSavepoint } from "../mdl/context.ts";
import type { MdlTable } from "../mdl/locks.ts";
import type { Wire } from "../net/wire.ts";
import type { Routine } from "../routines/frame.ts";
import type { EndedStatements } from "../scheduler/statement_history.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import { CommandCounts } from "../show/command_counters.ts";
import type { GlobalVariables } from "../variables/store.ts";
import { SessionVariables } from "../variables/store.ts";
import type { HandlerTable } from "./handlers.ts";
import type { KnownUse } from "./known_use.ts";
import type { Prepared } from "./prepared.ts";
import { SessionChanges } from "./session_changes.ts";
import { StatementCache } from "./statement_cache.ts";
import { TransactionEvents } from "./transaction_events.ts";
import type { XaBranch } from "./xa.ts";

/** System variables that every statement asks for, read when one has changed. */
interface Settings {
  /** Of the variables when they were read. */
  readonly version: number;
  readonly autocommit: boolean;
  readonly foreignKeyChecks: boolean;
  readonly lowPriorityUpdates: boolean;
  readonly maxExecutionMs: number;
  readonly readOnly: boolean;
  /** What COMMIT and ROLLBACK do where neither AND CHAIN nor RELEASE is written. */
  readonly completion: "NO_CHAIN" | "CHAIN" | "RELEASE";
}

/** A table under LOCK TABLES, by the name it was locked under. */
export interface LockedTable {
  readonly schema: string;
  readonly name: string;
  readonly alias: string;
  readonly lock: "read" | "write";
}

export interface SavepointMark {
  readonly name: string;
  readonly mdl: MdlSavepoint;
  /** InnoDB's transaction had begun: the engine knows the savepoint too. */
  inEngine: boolean;
}

export interface SessionOptions {
  readonly name: SessionName;
  readonly connectionId: ConnectionId;
  readonly database: string;
  readonly globals: GlobalVariables;
  readonly mdl: MdlTable;
  readonly log: EventLog;
  readonly keepsFrom: number;
}

export class Session {
  readonly name: SessionName;
  readonly connectionId: ConnectionId;
  readonly variables: SessionVariables;
  readonly mdl: MdlContext;
  readonly #log: EventLog;
  readonly #emitter: Emitter;

  status: SessionStatus = "idle";
  run: StatementRun | null = null;
  /** Its last statements; null before one has ended. */
  ended: EndedStatements | null = null;
  /** Since when it has been idle, for wait_timeout and the processlist's Time. */
  sinceMs: number;
  processState = "";
  deadlockVictim = false;
  database: string;

  // transaction
  isBegun = false;
  inTransaction = false;
  trx: Trx | null = null;
  /** Of the transaction in progress, else of the next one (MySQL: THD::tx_isolation, tx_read_only). */
  trxIsolation: IsolationLevel;
  trxReadOnly: boolean;
  savepoints: SavepointMark[] = [];
  readonly transactions = new TransactionEvents();
  /** The XA transaction in progress. */
  xa: XaBranch | null = null;
  readonly commands = new CommandCounts();
  readonly calls: HandlerCalls = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  /** As many as there were at the last FLUSH STATUS. */
  callsBefore: HandlerCalls | null = null;
  /** Rows of a non-transactional table were changed: ROLLBACK warns (1196). */
  hasModifiedNonTransactional = false;
  /** The first non-transactional table that a statement of the transaction named to change it, for warning 6414. */
  changedNonTransactional: { readonly engine: string; readonly table: string } | null = null;
  /** "sim.t" of the first InnoDB table that the transaction changed, for warning 6414; temporary ones do not count. */
  changedTransactional: string | null = null;
  createdTemporaryTable = false;
  droppedTemporaryTable = false;
  /** InnoDB takes part in the transaction: a statement has locked one of its tables, and perhaps read nothing. */
  isEngineRegistered = false;
  /** How often it has each user level lock. */
  readonly userLocks = new Map<string, number>();
  /** Tables open with HANDLER, by alias in lower case. */
  readonly handlers = new Map<string, HandlerTable>();
  /** By schema and name; `ddl/temporary.ts` knows how. */
  readonly temporaryTables = new Map<string, CatalogTable>();

  /** Tables of the statement in progress; one that is not named is reached by a foreign key or a trigger. */
  openTables: { readonly schema: string; readonly name: string; readonly isNamed: boolean }[] = [];
  /** Of those, the alias of one that LOCK TABLES would have to have locked for WRITE. */
  refusedTable: string | null = null;
  /** What was found out about the table that was opened last. */
  lastUse: KnownUse | null = null;

  /** Where the files of tables without transactions ended when this session locked them for reading. */
  readonly visibleLengths = new Map<TableId, number>();

  // locks above the storage engine
  lockedTables: readonly LockedTable[] | null = null;
  /** InnoDB's transaction has begun under them. */
  hasBegunUnderLocks = false;
  holdsGlobalReadLock = false;

  // what the client sees
  readonly openTableObjects = new OpenTables();
  readonly userVariables = new Map<string, { value: Datum; type: ColumnType }>();
  /** By name in lower case. */
  readonly prepared = new Map<string, Prepared>();
  readonly statements: StatementCache;
  /** Procedures that it has read from the dictionary, by the version of all procedures then. */
  readonly knownProcedures = new Map<string, number>();
  /** What runs within a statement (the body of a trigger or function), the tables in use around it, and the functions. */
  subStatement: {
    readonly used: ReadonlySet<string>;
    readonly functions: readonly Routine[];
  } | null = null;
  warnings: Warning[] = [];
  /** Of the statement before: @@warning_count, @@error_count. */
  earlierCounts = { warnings: 0, errors: 0 };
  readonly lastInsertId: StatementContext["lastInsertId"] = { value: 0 };
  readonly insertId: StatementContext["insertId"] = { value: null };
  readonly foundRows = { value: 0 };
  rowCount = 0;
  /** Where its client is told of results as packets; null: it is told by the trace alone. */
  wire: Wire | null = null;
  /** What its client is told of in OK packets. */
  readonly changes = new SessionChanges();
  killed: "query" | "connection" | "timeout" | null = null;
  /** The client has found out that the connection is gone. */
  clientKnowsItIsGone = false;

  /** As last told to the trace. */
  readonly #told: Writable<SessionState>;
  #settings: Settings | null = null;

  constructor(options: SessionOptions) {
    this.name = options.name;
    this.connectionId = options.connectionId;
    this.database = options.database;
    this.sinceMs = options.log.nowMs;
    this.#log = options.log;
    this.#emitter = { statement: null, session: options.name };
    this.statements = new StatementCache(options.keepsFrom);
    this.mdl = new MdlContext(options.name, options.mdl);
    this.variables = new SessionVariables(
      options.globals,
      new Map([
        ["pseudo_thread_id", () => String(options.connectionId)],
        ["last_insert_id", () => String(this.lastInsertId.value)],
        ["identity", () => String(this.lastInsertId.value)],
        ["insert_id", () => String(this.insertId.value ?? 0)],
        ["warning_count", () => String(this.earlierCounts.warnings)],
        ["error_count", () => String(this.earlierCounts.errors)],
        ["transaction_isolation", () => dashed(this.isolation)],
      ]),
    );
    this.isolation = undashed(options.globals.text("transaction_isolation"));
    this.trxIsolation = this.isolation;
    this.trxReadOnly = this.variables.isOn("transaction_read_only");
    this.#told = this.state();
    this.#log.emitAs(this.#emitter, { type: "session.opened", state: this.state() });
  }

  /** @@session.transaction_isolation. */
  isolation: IsolationLevel;

  get autocommit(): boolean {
    return this.settings.autocommit;
  }

  get settings(): Settings {
    const { variables } = this;
    if (this.#settings?.version !== variables.version) {
      this.#settings = {
        version: variables.version,
        autocommit: variables.isOn("autocommit"),
        foreignKeyChecks: variables.isOn("foreign_key_checks"),
        lowPriorityUpdates: variables.isOn("low_priority_updates"),
        maxExecutionMs: variables.number("max_execution_time"),
        readOnly: variables.isOn("transaction_read_only"),
        completion: variables.text("completion_type") as Settings["completion"],
      };
    }
    return this.#settings;
  }

  /** What SET TRANSACTION said for the next one, where that is another level. */
  get nextIsolation(): IsolationLevel | null {
    return this.trx === null && this.trxIsolation !== this.isolation ? this.trxIsolation : null;
  }

  /**
   * Of InnoDB's transaction. It is told of the level with the locks of a statement's tables: of LOCK TABLES' own, and no more
   * when the next transaction begins under them (InnoDB: ha_innobase::store_lock, trx_init).
   */
  get engineIsolation(): IsolationLevel {
    if (this.lockedTables === null) return this.trxIsolation;
    if (this.trx !== null) return this.trx.isolation;
    return this.hasBegunUnderLocks ? "REPEATABLE READ" : this.trxIsolation;
  }

  /** MySQL: THD::in_multi_stmt_transaction_mode. */
  get inMultiStatement(): boolean {
    return this.isBegun || !this.autocommit;
  }

  get isGone(): boolean {
    return this.status === "gone";
  }

  /** MySQL: trans_reset_one_shot_chistics: SET TRANSACTION without a scope has had its effect. */
  resetOneShot(): void {
    this.trxIsolation = this.isolation;
    this.trxReadOnly = this.settings.readOnly;
  }

  /** A statement begins: what the one before left is counted. */
  countWarnings(): void {
    const { earlierCounts: counts, warnings } = this;
    counts.warnings = warnings.length;
    counts.errors = 0;
    for (const { level } of warnings) if (level === "Error") counts.errors += 1;
  }

  warn(warning: Warning): void {
    if (warning.level === "Note" && !this.variables.isOn("sql_notes")) return;
    if (this.warnings.length < this.variables.number("max_error_count"))
      this.warnings.push(warning);
  }

  /** Tells the trace whatever changed since the last time. */
  publish(why: string): void {
    const change = this.#isAsUsual() ? this.#usualChange() : this.#change();
    if (change === null) return;
    const { head } = this.#log;
    const { name } = this;
    this.#log.emitAs(this.#emitter, {
      type: "session.changed",
      name,
      change,
      why,
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: null,
      session: name,
    });
  }

  /** Nothing but what statements change all the time is another than it was. */
  #isAsUsual(): boolean {
    const told = this.#told;
    return (
      this.isolation === told.isolation &&
      this.nextIsolation === told.nextIsolation &&
      this.autocommit === told.autocommit &&
      this.trxReadOnly === told.readOnly &&
      this.#unlocks() === told.unlocks &&
      this.database === told.database &&
      this.deadlockVictim === told.deadlockVictim
    );
  }

  /** Every statement comes here several times: each kind of change is one literal. */
  #usualChange(): Change | null {
    const told = this.#told;
    const { inTransaction, processState } = this;
    const trx = this.trx?.ref ?? null;
    const isOtherTrx = trx !== told.trx;
    if (processState === told.processState) {
      return isOtherTrx || inTransaction !== told.inTransaction ? this.#change() : null;
    }
    told.processState = processState;
    told.trx = trx;
    if (inTransaction === told.inTransaction) {
      return isOtherTrx ? { trx, processState } : { processState };
    }
    told.inTransaction = inTransaction;
    return isOtherTrx ? { inTransaction, trx, processState } : { inTransaction, processState };
  }

  #change(): Change | null {
    const told = this.#told;
    const entries = Object.entries(this.#changing()).filter(
      ([key, value]) => told[key as keyof Change] !== value,
    );
    if (entries.length === 0) return null;
    const change: Change = Object.fromEntries(entries);
    Object.assign(told, change);
    return change;
  }

  /** The trace is told when the statement waits: nobody can look at a session before. */
  setProcessState(text: string): void {
    this.processState = text;
  }

  /** Without the wait, which the scheduler knows. */
  state(): SessionState {
    return {
      name: this.name,
      connectionId: this.connectionId,
      status: this.status,
      statement: this.run?.id ?? null,
      wait: null,
      ...this.#changing(),
    };
  }

  /** What `session.changed` tells of. */
  #changing() {
    return {
      isolation: this.isolation,
      nextIsolation: this.nextIsolation,
      autocommit: this.autocommit,
      readOnly: this.trxReadOnly,
      inTransaction: this.inTransaction,
      unlocks: this.#unlocks(),
      trx: this.trx?.ref ?? null,
      database: this.database,
      processState: this.processState,
      deadlockVictim: this.deadlockVictim,
    } satisfies Change;
  }

  #unlocks(): SessionState["unlocks"] {
    if (this.lockedTables !== null) return "tables";
    return this.holdsGlobalReadLock ? "globalReadLock" : null;
  }

  /** The scheduler's fields changed, and the trace knows: a statement began, ended, was a victim. */
  noteToldBySchedulerEvent(): void {
    if (this.#told.deadlockVictim === this.deadlockVictim) return;
    this.#told.deadlockVictim = this.deadlockVictim;
  }
}

type Change = Partial<Writable<SessionState>>;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** "REPEATABLE READ" as system variables spell it. */
export function dashed(level: IsolationLevel): string {
  return level.replace(" ", "-");
}

export function undashed(text: string): IsolationLevel {
  return text.replace("-", " ") as IsolationLevel;
}
