/**
 * What a statement's execution may see of the server. `session/` and `scheduler` (who owns sessions, metadata locks,
 * variables, the catalog) implement it; `exec/`, `optimizer/` and `expr/` (who run queries) only use it.
 *
 *   scheduler ── resumes ──▶ dispatch (transaction control, MDL, DDL, SET, SHOW) ──yield*──▶ exec (SELECT and DML) ──yield*──▶ innodb Handler
 */
import type {
  Datum,
  Handler,
  LockWait,
  RangeEnd,
  Resumption,
  Row,
  StorageEngine,
  TableInfo,
  Trx,
} from "../innodb/api.ts";
import type { TableStats } from "../innodb/table_stats.ts";
import type { Expression as Expr } from "../sql/ast_expression.ts";
import type { StatementFacts } from "../sql/parser.ts";
import type { ConnectionId, IndexId, MdlId, SessionName, StatementId } from "../trace/ids.ts";
import type { Outcome, PlanState, ResultSet } from "../trace/state.ts";
import type { ColumnType, Value } from "../trace/values.ts";
import type { HintBook } from "./exec/hints/hint_book.ts";
import type { SqlType } from "./types/sql_type.ts";

/** Everything that a suspended statement can wait for. The scheduler is the only one that looks at it. */
export type Suspension =
  | LockWait
  | { readonly kind: "mdl"; readonly lock: MdlId }
  | { readonly kind: "sleep"; readonly untilMs: number }
  | { readonly kind: "userLock"; readonly name: string; readonly untilMs: number }
  | { readonly kind: "thrLock" | "tableFlush"; readonly table: string }
  /** The socket takes nothing; net_write_timeout ends at `untilMs`. */
  | { readonly kind: "net"; readonly untilMs: number };
/** A part of a statement's execution. */
export type Exec<T> = Generator<Suspension, T, Resumption>;
/**
 * The answer at once, or the execution that gives it. What is called for each row answers so: a generator for each would
 * cost more than the work itself.
 */
export type Answer<T> = T | Exec<T>;

/** MySQL's own error; thrown as `MysqlFailure` inside the server, turned into an outcome at the statement's end. */
export interface MysqlError {
  readonly errno: number;
  readonly sqlState: string;
  readonly message: string;
  /** What a CALL had handed out by then. */
  readonly before?: readonly ResultSet[];
  /** What MySQL could have done and this server cannot. */
  readonly notSimulated?: string;
  /** What SIGNAL gave besides the number and the text, for GET DIAGNOSTICS. */
  readonly items?: Readonly<Record<string, string>>;
}

/** Thrown for a user's mistake or a lock error, never for a bug of ours. */
export class MysqlFailure extends Error {
  readonly error: MysqlError;
  /** What the client is told, where the error itself is lost on its way. */
  readonly told: MysqlError | Extract<ExecResult, { kind: "ok" }> | null;
  /** A statement within a procedure failed: what it had done is undone already. */
  isUndone = false;
  constructor(error: MysqlError, told: MysqlFailure["told"] = null) {
    super(error.message);
    this.error = error;
    this.told = told;
  }
}

export interface Warning {
  readonly level: "Note" | "Warning" | "Error";
  readonly errno: number;
  readonly message: string;
  /** The error that it tells of: its SQLSTATE need not be the number's own. */
  readonly error?: MysqlError;
}

/** A column as the SQL layer knows it. */
export interface ServerColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly autoIncrement: boolean;
  /** "none": NOT NULL without a default (error 1364 when it is left out). */
  readonly default:
    | { readonly kind: "none" }
    | { readonly kind: "literal"; readonly value: Datum }
    | { readonly kind: "expr"; readonly expr: Expr; readonly text: string }
    | { readonly kind: "now"; readonly fsp: number }
    /** GENERATED ALWAYS AS: no default, but what the column always holds. */
    | {
        readonly kind: "generated";
        readonly expr: Expr;
        readonly text: string;
        readonly stored: boolean;
      };
  readonly onUpdateNow: boolean;
  /** Not meant by `*`, nor by INSERT without a column list. */
  readonly isInvisible?: boolean;
  readonly comment: string;
}

export interface CheckConstraint {
  readonly name: string;
  readonly expr: Expr;
}

/** A base table of a storage engine. */
export interface BaseTable {
  readonly kind: "base";
  readonly schema: string;
  readonly name: string;
  readonly engine: "InnoDB" | "MyISAM" | "MEMORY";
  readonly columns: readonly ServerColumn[];
  readonly checks: readonly CheckConstraint[];
  /** The engine's view: indexes with their ids. */
  readonly info: TableInfo;
  /** Names of indexes that are kept up to date and not used. */
  readonly invisibleKeys: readonly string[];
  readonly stats: () => TableStats;
  /** They are still these. */
  readonly hasStats: (known: Pick<TableStats, "rows" | "pages" | "analyzed">) => boolean;
  readonly recordsInRange: (index: IndexId, low: RangeEnd | null, high: RangeEnd | null) => number;
  /** One cursor for the statement in progress. */
  readonly open: () => Handler;
}

/** information_schema, performance_schema, sys: rows made on demand. */
export interface VirtualTable {
  readonly kind: "virtual";
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    readonly nullable: boolean;
    /** The table is a view of the data dictionary or of sys. */
    readonly isOfView?: boolean;
  }[];
  readonly rows: () => readonly (readonly Datum[])[];
  /** What a statement that reads it is told. */
  readonly warning?: Warning | null;
  /** UPDATE: a row, by its place, gets a value. */
  readonly change: ((row: number, column: string, value: Datum) => void) | null;
  /** TRUNCATE. */
  readonly empty: (() => void) | null;
}

export type ServerTable = BaseTable | VirtualTable;

export type TriggerEvent = "insert" | "update" | "delete";

/** The triggers of a table in a statement that changes it. */
export interface RowTriggers {
  readonly has: (timing: "before" | "after", event: TriggerEvent) => boolean;
  /** Columns that those of an event name, by position. */
  readonly columns: (event: TriggerEvent) => readonly number[];
  /** Columns of NEW that BEFORE UPDATE triggers name: they count as assigned, even if they are only read there. */
  readonly assigned: () => readonly number[];
  /** The new row as they leave it, and which columns they set. A column that is NOT NULL may be NULL in it. */
  readonly before: (event: TriggerEvent, rows: ChangedRow) => Exec<SetRow>;
  readonly after: (event: TriggerEvent, rows: ChangedRow) => Exec<void>;
}

/** OLD and NEW. */
export interface ChangedRow {
  readonly old: Row | null;
  readonly new: Row | null;
}

export interface SetRow {
  readonly row: Row;
  readonly set: ReadonlySet<number>;
}

/** A stored function as an expression calls it. */
export interface StoredFunction {
  readonly parameters: number;
  readonly type: ColumnType;
  readonly deterministic: boolean;
  /** `call`: the call as it is written, which messages name the result by. */
  readonly run: (
    given: readonly { readonly value: Datum; readonly type: SqlType }[],
    call: string,
  ) => Exec<Datum>;
}

/** One statement in execution. */
export interface StatementContext {
  readonly id: StatementId;
  readonly session: SessionName;
  readonly connectionId: ConnectionId;
  readonly sql: string;
  readonly facts: StatementFacts;
  /** Null for a statement without any. */
  readonly hints: HintBook | null;
  readonly database: string;
  readonly engine: StorageEngine;
  /** The session's transaction, started if there is none; in autocommit it ends with the statement. */
  readonly trx: () => Trx;
  /** True for a single autocommitted statement outside BEGIN: a plain SELECT then takes no lock even under SERIALIZABLE. */
  readonly isAutocommitStatement: boolean;
  readonly isolation: () => Trx["isolation"];
  /** How LOCK TABLES has locked the table of that alias; null where it has not. */
  readonly lockTablesMode: (alias: string) => "read" | "write" | null;
  /** Throws 1099 for a table that LOCK TABLES has locked for less than the statement does. Its names are resolved before. */
  readonly requireWriteLocks: () => void;
  /** The opened table; its metadata lock is already held. Throws 1146 when it does not exist. */
  readonly table: (schema: string | null, name: string, alias: string) => ServerTable;
  /** Null for a table without triggers. */
  readonly triggersOf: (table: BaseTable) => RowTriggers | null;
  /** Null where there is no stored function of that name; the database is the session's unless written. */
  readonly storedFunction: (schema: string | null, name: string) => StoredFunction | null;
  readonly planChosen: (plan: PlanState) => void;
  readonly warn: (warning: Warning) => void;
  /** Warnings, notes and errors that this statement has raised so far. */
  readonly warningCount: () => number;
  /** Virtual milliseconds at the start of the statement, and MySQL's NOW() text for it. */
  readonly startMs: number;
  readonly nowText: (fsp: number) => string;
  readonly userVariables: Map<string, { value: Datum; type: ColumnType }>;
  /** @@scope.name; throws 1193 for an unknown one. */
  readonly systemVariable: (scope: "session" | "global" | null, name: string) => Value;
  /** The session's copy, or null: nobody has set it. */
  readonly changedVariable: (name: string) => string | null;
  /** LAST_INSERT_ID(), ROW_COUNT(), FOUND_ROWS() of the session; execution sets them. */
  readonly lastInsertId: { value: number | bigint };
  /** SET insert_id: the value that the next AUTO_INCREMENT column gets; null unless it was set. */
  readonly insertId: { value: bigint | null };
  readonly previousRowCount: number;
  readonly foundRows: { value: number };
  /** SLEEP(), GET_LOCK() and friends, evaluated by the session layer. Returns the function's value. */
  readonly sleep: (seconds: number) => Exec<Datum>;
  readonly userLock: (
    op: "get" | "release" | "releaseAll" | "isFree" | "isUsed",
    name: string,
    timeoutS: number,
  ) => Exec<Datum>;
  /** REPLACE has found a row in its way, which a child might follow: the metadata locks of such children. */
  readonly lockFollowers: (table: BaseTable) => Exec<void>;
  /** Deterministic RAND(), UUID() source: [0, 1). */
  readonly random: () => number;
  /** Where the rows of this very SELECT go, when not into a result as a whole. */
  readonly rowStream: RowStream | null;
  /** Checked in long loops: throws when the statement was killed or ran away. `work` counts in rows looked at, one by default. */
  readonly checkInterrupt: (work?: number) => void;
}

/** Which column of which table a result column is, as the client is told (MySQL: Send_field). */
export interface ColumnOrigin {
  readonly schema: string;
  /** As the query names it. */
  readonly table: string;
  /** Empty for a column that was computed. */
  readonly orgTable: string;
  readonly orgName: string;
  /** NOT NULL and the type's own left out. */
  readonly flags: number;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable?: boolean;
  /** That of the table's column which this column is. */
  readonly default?: ServerColumn["default"];
  readonly comment?: string;
  readonly origin?: () => ColumnOrigin;
  /** Computed from columns, row by row: where rows pass through a temporary table it becomes that table's column. */
  readonly isComputed?: boolean;
}

/** Takes the rows of a SELECT as they are made. */
export interface RowStream {
  /** Before the first row. */
  readonly start: (columns: readonly ResultColumn[]) => Exec<void>;
  /** Null when it was taken at once. */
  readonly row: (values: readonly (string | null)[]) => Exec<void> | null;
}

/** What SELECT or DML gives back to the dispatcher. */
export type ExecResult =
  | {
      readonly kind: "rows";
      readonly columns: readonly ResultColumn[];
      /** Empty when the rows went into a stream; then this is how many there were. */
      readonly streamed?: number;
      readonly rows: readonly (readonly (string | null)[])[];
      /** What a CALL hands out besides, and the OK behind it. */
      readonly call?: Extract<Outcome, { readonly kind: "rows" }>["call"];
    }
  | {
      readonly kind: "ok";
      readonly affected: number;
      readonly info: string;
      readonly insertId: number;
      /** Settings that were taken and mean nothing here. */
      readonly ignored?: readonly string[];
    };
