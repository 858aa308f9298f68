/**
 * The syntax tree of a statement: the union {@link Statement}, the nodes every part shares, and the
 * statements that change rows, steer transactions or administer the server.
 *
 *     ast.ts             Statement, names, DML, transactions, SET, LOCK, FLUSH, KILL
 *     ast_expression.ts  Expression: literals, names, operators
 *     ast_function.ts    functions, aggregates, windows (exported by ast_expression.ts too)
 *     ast_query.ts       Query (SELECT, UNION, VALUES, TABLE), table references, locking clauses
 *     ast_table.ts       CREATE/ALTER/DROP TABLE, indexes, data types
 *     ast_type.ts        data types of columns (exported by ast_table.ts too)
 *     ast_routine.ts     PREPARE, EXECUTE; CREATE PROCEDURE and its body, CALL
 *     ast_view.ts        CREATE VIEW, DROP VIEW
 *     ast_show.ts        SHOW, DESCRIBE, EXPLAIN
 *
 * Rules of the tree. Every node has `kind` and `span`. What was not written is `null` (or an empty array),
 * never `undefined`. Words whose case MySQL ignores (functions, types, options, variables) are lower case;
 * names of tables, columns and aliases keep the case they were typed in. Parentheses around an expression
 * leave no node. The tree is plain JSON.
 */

import type { ColumnReference, Expression } from "./ast_expression.ts";
import type { HandlerStatement } from "./ast_handler.ts";
import type { HintList } from "./ast_hints.ts";
import type { Limit, OrderItem, Query, TableReference, With } from "./ast_query.ts";
import type { Deallocate, Execute, Prepare, RoutineStatement } from "./ast_routine.ts";
import type { Describe, Explain, ExplainConnection, Show } from "./ast_show.ts";
import type {
  AlterDatabase,
  AlterTable,
  CreateDatabase,
  CreateIndex,
  CreateTable,
  CreateTableLike,
  DropDatabase,
  DropIndex,
  DropTable,
  RenameTable,
  TableMaintenance,
  TruncateTable,
} from "./ast_table.ts";
import type { CreateView, DropView, ThroughView } from "./ast_view.ts";
import type { Xa, XaRecover } from "./ast_xa.ts";

/** A half-open range `[start, end)` of UTF-16 offsets in the text given to the parser. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What every node has. `kind` tells the node types apart. */
export interface Node {
  readonly kind: string;
  readonly span: Span;
}

/** A name as typed, without its backquotes (doubled ones undone). Compare table and column names as the server does. */
export interface Identifier extends Node {
  readonly kind: "identifier";
  readonly text: string;
}

/** `[schema.]name` */
export interface TableName extends Node {
  readonly kind: "tableName";
  readonly schema: Identifier | null;
  readonly name: Identifier;
}

/** Everything the parser can return. A server switches on `kind`. */
export type Statement =
  // queries and rows
  | SelectStatement
  | Insert
  | Update
  | Delete
  | Do
  // tables
  | CreateTable
  | CreateTableLike
  | AlterDatabase
  | AlterTable
  | DropTable
  | TruncateTable
  | RenameTable
  | CreateIndex
  | DropIndex
  | TableMaintenance
  | CreateDatabase
  | DropDatabase
  | Use
  // views, procedures, triggers, handlers
  | CreateView
  | DropView
  | RoutineStatement
  | HandlerStatement
  // transactions
  | StartTransaction
  | Commit
  | Rollback
  | Savepoint
  | RollbackToSavepoint
  | ReleaseSavepoint
  | SetTransaction
  | Xa
  | XaRecover
  // the server
  | SetStatement
  | LockTables
  | UnlockTables
  | LockInstance
  | UnlockInstance
  | FlushTables
  | Flush
  | Kill
  | Prepare
  | Execute
  | Deallocate
  | Show
  | Describe
  | Explain
  | ExplainConnection
  | Empty
  | Unsupported;

/** A query as a statement: SELECT, WITH, VALUES ROW(...), TABLE t, UNION, parenthesised or not. */
export interface SelectStatement extends Node {
  readonly kind: "select";
  readonly query: Query;
}

// ---------------------------------------------------------------- rows

/**
 * INSERT or REPLACE. The SET form is turned into columns and one row (`source.form` is "set"). `columns` null means
 * no list was written; an empty list `()` is an empty array.
 */
export interface Insert extends Node {
  readonly kind: "insert";
  readonly hints: HintList | null;
  readonly verb: "insert" | "replace";
  readonly priority: "low" | "high" | "delayed" | null;
  readonly ignore: boolean;
  readonly table: TableName;
  readonly partitions: readonly Identifier[];
  readonly columns: readonly ColumnReference[] | null;
  readonly source: InsertValues | InsertQuery;
  /** `AS new` or `AS new(a, b)` after the rows. */
  readonly rowAlias: RowAlias | null;
  /** ON DUPLICATE KEY UPDATE; null when not written. */
  readonly onDuplicateKeyUpdate: readonly Assignment[] | null;
  /** No parser writes it: where the statement was one about a view. */
  readonly through?: ThroughView;
}

/** `VALUES (..), (..)`, `VALUES ROW(..), ROW(..)` or `SET a = 1, b = 2`. An empty row `()` takes every default. */
export interface InsertValues extends Node {
  readonly kind: "insertValues";
  readonly form: "values" | "rows" | "set";
  readonly rows: readonly InsertRow[];
}

/** One row; a value may be the bare word DEFAULT ({@link DefaultValue} without a column). */
export interface InsertRow extends Node {
  readonly kind: "insertRow";
  readonly values: readonly Expression[];
}

/** `INSERT ... SELECT`, also from TABLE t and from a parenthesised query. */
export interface InsertQuery extends Node {
  readonly kind: "insertQuery";
  readonly query: Query;
}

export interface RowAlias extends Node {
  readonly kind: "rowAlias";
  readonly name: Identifier;
  /** Empty when no column names were given. */
  readonly columns: readonly Identifier[];
}

/** `column = value`; the value may be the bare word DEFAULT. */
export interface Assignment extends Node {
  readonly kind: "assignment";
  readonly column: ColumnReference;
  readonly value: Expression;
}

/** UPDATE of one table or of several: several when `tables` has more than one entry or a join in it. */
export interface Update extends Node {
  readonly kind: "update";
  readonly hints: HintList | null;
  readonly with: With | null;
  readonly lowPriority: boolean;
  readonly ignore: boolean;
  readonly tables: readonly TableReference[];
  readonly assignments: readonly Assignment[];
  readonly where: Expression | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | null;
  readonly through?: ThroughView;
}

/**
 * DELETE. `targets` is null for the single-table form (`from` is then exactly one plain table); otherwise it lists the
 * tables to delete from by name or alias, for `DELETE a, b FROM ...` and `DELETE FROM a, b USING ...` alike.
 */
export interface Delete extends Node {
  readonly kind: "delete";
  readonly hints: HintList | null;
  readonly with: With | null;
  readonly lowPriority: boolean;
  readonly quick: boolean;
  readonly ignore: boolean;
  readonly targets: readonly TableName[] | null;
  readonly from: readonly TableReference[];
  readonly where: Expression | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | null;
  readonly through?: ThroughView;
}

/** `DO expr [AS alias], ...`: evaluated, results thrown away. */
export interface Do extends Node {
  readonly kind: "do";
  readonly expressions: readonly Expression[];
}

/** `USE db` */
export interface Use extends Node {
  readonly kind: "use";
  readonly database: Identifier;
}

// ---------------------------------------------------------------- transactions

export type IsolationLevel =
  | "READ UNCOMMITTED"
  | "READ COMMITTED"
  | "REPEATABLE READ"
  | "SERIALIZABLE";
export type AccessMode = "readOnly" | "readWrite";

/** BEGIN [WORK] or START TRANSACTION [characteristics]. */
export interface StartTransaction extends Node {
  readonly kind: "startTransaction";
  readonly spelling: "begin" | "start";
  readonly consistentSnapshot: boolean;
  readonly access: AccessMode | null;
}

/** `chain` and `release`: true as written, false with NO, null when the server's completion_type decides. Never both true. */
export interface Commit extends Node {
  readonly kind: "commit";
  readonly chain: boolean | null;
  readonly release: boolean | null;
}

export interface Rollback extends Node {
  readonly kind: "rollback";
  readonly chain: boolean | null;
  readonly release: boolean | null;
}

export interface Savepoint extends Node {
  readonly kind: "savepoint";
  readonly name: Identifier;
}

export interface RollbackToSavepoint extends Node {
  readonly kind: "rollbackToSavepoint";
  readonly name: Identifier;
}

export interface ReleaseSavepoint extends Node {
  readonly kind: "releaseSavepoint";
  readonly name: Identifier;
}

/** `SET [SESSION | LOCAL | GLOBAL] TRANSACTION ...`; "next" when no scope is written: the next transaction only. At least one of the two is set. */
export interface SetTransaction extends Node {
  readonly kind: "setTransaction";
  readonly scope: "next" | "session" | "global";
  readonly isolation: IsolationLevel | null;
  readonly access: AccessMode | null;
}

// ---------------------------------------------------------------- the server

/** `SET a = 1, @b := 2, GLOBAL c = 3, NAMES utf8mb4`: assignments in the order written. */
export interface SetStatement extends Node {
  readonly kind: "set";
  readonly assignments: readonly SetAssignment[];
}

export type SetAssignment = SetUserVariable | SetSystemVariable | SetNames | SetCharacterSet;

/** `@name = value`; the name is without the @, as typed. */
export interface SetUserVariable extends Node {
  readonly kind: "setUserVariable";
  readonly name: string;
  readonly value: Expression;
}

/**
 * Where a system variable is set. "default" is `@@name` without a scope, which differs from "session" for
 * transaction_isolation and transaction_read_only: there it means the next transaction only. A bare `name`
 * takes the scope word last written in the statement, else "session"; that is already resolved here.
 */
export type SetScope = "session" | "global" | "persist" | "persistOnly" | "default";

/** `name` is lower case; `base` is the part before a dot, as in `SET hot.key_buffer_size = 1`. */
export interface SetSystemVariable extends Node {
  readonly kind: "setSystemVariable";
  readonly scope: SetScope;
  readonly base: string | null;
  readonly name: string;
  readonly value: Expression | SetDefault | SetWord;
}

/** `= DEFAULT` */
export interface SetDefault extends Node {
  readonly kind: "setDefault";
}

/** A bare word as a value: ON, OFF, ALL, BINARY, ROW, SYSTEM, RELEASE, utf8mb4, ... as typed; treat it as a string. */
export interface SetWord extends Node {
  readonly kind: "setWord";
  readonly text: string;
}

/** `NAMES charset [COLLATE collation]`; charset null is DEFAULT. */
export interface SetNames extends Node {
  readonly kind: "setNames";
  readonly charset: string | null;
  readonly collation: string | null;
}

/** `CHARACTER SET charset`; null is DEFAULT. */
export interface SetCharacterSet extends Node {
  readonly kind: "setCharacterSet";
  readonly charset: string | null;
}

export interface LockTables extends Node {
  readonly kind: "lockTables";
  readonly tables: readonly LockTable[];
}

export interface LockTable extends Node {
  readonly kind: "lockTable";
  readonly table: TableName;
  readonly alias: Identifier | null;
  /** LOW_PRIORITY WRITE is a syntax error in 9.7. */
  readonly lock: "read" | "readLocal" | "write";
}

export interface UnlockTables extends Node {
  readonly kind: "unlockTables";
}

/** LOCK INSTANCE FOR BACKUP */
export interface LockInstance extends Node {
  readonly kind: "lockInstance";
}

export interface UnlockInstance extends Node {
  readonly kind: "unlockInstance";
}

/** `FLUSH TABLES [t, ...] [WITH READ LOCK | FOR EXPORT]`; without tables it means all of them. */
export interface FlushTables extends Node {
  readonly kind: "flushTables";
  readonly tables: readonly TableName[];
  readonly mode: "flush" | "withReadLock" | "forExport";
}

/** FLUSH of anything else: lower-case option names such as "status", "privileges", "binary logs", "relay logs". */
export interface Flush extends Node {
  readonly kind: "flush";
  readonly options: readonly string[];
}

/** `KILL [CONNECTION | QUERY] id` */
export interface Kill extends Node {
  readonly kind: "kill";
  readonly target: "connection" | "query";
  readonly id: Expression;
}

/** Nothing but comments: MySQL answers with an empty OK. Not even a comment is error 1065. */
export interface Empty extends Node {
  readonly kind: "empty";
}

/** Valid MySQL (as far as looked at) that this parser only recognises; the server answers 1235 and names the feature. */
export interface Unsupported extends Node {
  readonly kind: "unsupported";
  /** In MySQL's words, ready for a message: "PREPARE", "CREATE VIEW", "LOAD DATA". */
  readonly feature: string;
}
