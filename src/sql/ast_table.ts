/** Statements that make, change and drop tables, indexes and databases, with columns, keys and data types. */

import type { MissingPart } from "../base/not_simulated.ts";
import type { Identifier, Node, TableName } from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type { Query } from "./ast_query.ts";
import type { DataType } from "./ast_type.ts";

export type { DataType, DataTypeName } from "./ast_type.ts";

// ---------------------------------------------------------------- CREATE TABLE

/** `CREATE TABLE t (...) options [AS SELECT ...]`. */
export interface CreateTable extends Node {
  readonly kind: "createTable";
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly name: TableName;
  /** Columns, keys and constraints in the order written; keys of a column definition stay in that column's node. */
  readonly elements: readonly TableElement[];
  readonly options: readonly TableOption[];
  /** PARTITION BY was written; its contents are skipped. */
  readonly partitioned: boolean;
  /** CREATE TABLE ... SELECT; null when not written. */
  readonly query: Query | null;
  /** IGNORE or REPLACE before the SELECT. */
  readonly onDuplicate: "ignore" | "replace" | null;
}

/** `CREATE TABLE t LIKE other` */
export interface CreateTableLike extends Node {
  readonly kind: "createTableLike";
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly name: TableName;
  readonly like: TableName;
}

export type TableElement = ColumnDefinition | KeyDefinition | ForeignKey | Check;

export interface ColumnDefinition extends Node {
  readonly kind: "columnDefinition";
  readonly name: Identifier;
  readonly type: DataType;
  /** NULL is true, NOT NULL is false, null when neither was written (the last one written counts). */
  readonly nullable: boolean | null;
  readonly default: ColumnDefault | null;
  /** ON UPDATE CURRENT_TIMESTAMP */
  readonly onUpdateNow: boolean;
  readonly autoIncrement: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  /** INVISIBLE makes it false. */
  readonly visible: boolean;
  readonly comment: string | null;
  readonly generated: Generated | null;
  readonly checks: readonly Check[];
  /** REFERENCES after a column: since 9.0 a foreign key like any other. */
  readonly references: References | null;
}

/** "literal" is a signed literal or NULL, "now" is CURRENT_TIMESTAMP and its synonyms, "expression" stands in parentheses. */
export interface ColumnDefault extends Node {
  readonly kind: "columnDefault";
  readonly form: "literal" | "now" | "expression";
  readonly value: Expression;
}

/** `[GENERATED ALWAYS] AS (expression) [VIRTUAL | STORED]` */
export interface Generated extends Node {
  readonly kind: "generated";
  readonly expression: Expression;
  readonly stored: boolean;
}

/** PRIMARY KEY, UNIQUE, INDEX, FULLTEXT or SPATIAL as an element of a table or in ALTER TABLE ADD. */
export interface KeyDefinition extends Node {
  readonly kind: "key";
  readonly type: IndexType;
  /** The key's own name, else the constraint's; null when the server is to make one up. */
  readonly name: Identifier | null;
  readonly parts: readonly KeyPart[];
  readonly options: IndexOptions;
}

export type IndexType = "primary" | "unique" | "index" | "fulltext" | "spatial";

export interface IndexOptions extends Node {
  readonly kind: "indexOptions";
  readonly using: "btree" | "hash" | "rtree" | null;
  readonly visible: boolean;
  readonly comment: string | null;
  /** FULLTEXT's WITH PARSER. */
  readonly parser: Identifier | null;
}

/** `column [(length)] [ASC | DESC]` (expression null) or `(expression) [ASC | DESC]` (column null). */
export interface KeyPart extends Node {
  readonly kind: "keyPart";
  readonly column: Identifier | null;
  readonly length: number | null;
  readonly expression: Expression | null;
  readonly direction: "asc" | "desc";
}

/** `[CONSTRAINT name] FOREIGN KEY [index] (columns) REFERENCES ...` */
export interface ForeignKey extends Node {
  readonly kind: "foreignKey";
  readonly name: Identifier | null;
  readonly indexName: Identifier | null;
  readonly columns: readonly Identifier[];
  readonly references: References;
}

export type ReferenceAction = "restrict" | "cascade" | "setNull" | "noAction" | "setDefault";

export interface References extends Node {
  readonly kind: "references";
  readonly table: TableName;
  /** Empty when not written. */
  readonly columns: readonly Identifier[];
  /** null when not written, which means NO ACTION. */
  readonly onDelete: ReferenceAction | null;
  readonly onUpdate: ReferenceAction | null;
}

/** `[CONSTRAINT name] CHECK (expression) [[NOT] ENFORCED]`. `text` is the expression's source. */
export interface Check extends Node {
  readonly kind: "check";
  readonly name: Identifier | null;
  readonly expression: Expression;
  readonly text: string;
  readonly enforced: boolean;
}

/**
 * `name [=] value`. Names are lower case with underscores: "engine", "auto_increment", "charset", "collate", "comment",
 * "row_format", "stats_persistent", "avg_row_length", ... The value is as typed (strings unescaped); DEFAULT is "default".
 */
export interface TableOption extends Node {
  readonly kind: "tableOption";
  readonly name: string;
  readonly value: string;
}

// ---------------------------------------------------------------- ALTER TABLE

export interface AlterTable extends Node {
  readonly kind: "alterTable";
  readonly name: TableName;
  /** In the order written; empty for a bare `ALTER TABLE t`. */
  readonly actions: readonly AlterAction[];
  readonly algorithm: "default" | "instant" | "inplace" | "copy" | null;
  readonly lock: "default" | "none" | "shared" | "exclusive" | null;
}

export type AlterAction =
  | AddColumn
  | AddElement
  | DropColumn
  | ModifyColumn
  | ChangeColumn
  | RenameColumn
  | AlterColumnDefault
  | AlterColumnVisibility
  | DropKey
  | RenameKey
  | AlterIndexVisibility
  | AlterConstraint
  | RenameTo
  | SetTableOption
  | ConvertCharset
  | OrderRows
  | SimpleAlter
  | UnsupportedAlter;

/** Where a column goes: the end (null), "first", or after a column. */
export type ColumnPosition = "first" | Identifier | null;

/** `ADD [COLUMN] definition [FIRST | AFTER c]`; `ADD (a INT, b INT)` gives one action each. */
export interface AddColumn extends Node {
  readonly kind: "addColumn";
  readonly column: ColumnDefinition;
  readonly position: ColumnPosition;
}

/** ADD of a key, a foreign key or a check. */
export interface AddElement extends Node {
  readonly kind: "addElement";
  readonly element: KeyDefinition | ForeignKey | Check;
}

export interface DropColumn extends Node {
  readonly kind: "dropColumn";
  readonly name: Identifier;
}

export interface ModifyColumn extends Node {
  readonly kind: "modifyColumn";
  readonly column: ColumnDefinition;
  readonly position: ColumnPosition;
}

/** `CHANGE [COLUMN] old definition`: the new name is in the definition. */
export interface ChangeColumn extends Node {
  readonly kind: "changeColumn";
  readonly old: Identifier;
  readonly column: ColumnDefinition;
  readonly position: ColumnPosition;
}

export interface RenameColumn extends Node {
  readonly kind: "renameColumn";
  readonly old: Identifier;
  readonly name: Identifier;
}

/** `ALTER [COLUMN] c SET DEFAULT value`, or `DROP DEFAULT` (default null). */
export interface AlterColumnDefault extends Node {
  readonly kind: "alterColumnDefault";
  readonly name: Identifier;
  readonly default: ColumnDefault | null;
}

export interface AlterColumnVisibility extends Node {
  readonly kind: "alterColumnVisibility";
  readonly name: Identifier;
  readonly visible: boolean;
}

/** DROP PRIMARY KEY (name null), DROP INDEX, DROP FOREIGN KEY, DROP CHECK, DROP CONSTRAINT. */
export interface DropKey extends Node {
  readonly kind: "dropKey";
  readonly type: "primary" | "index" | "foreignKey" | "check" | "constraint";
  readonly name: Identifier | null;
}

export interface RenameKey extends Node {
  readonly kind: "renameKey";
  readonly old: Identifier;
  readonly name: Identifier;
}

export interface AlterIndexVisibility extends Node {
  readonly kind: "alterIndexVisibility";
  readonly name: Identifier;
  readonly visible: boolean;
}

/** `ALTER CHECK | CONSTRAINT name [NOT] ENFORCED` */
export interface AlterConstraint extends Node {
  readonly kind: "alterConstraint";
  readonly name: Identifier;
  readonly enforced: boolean;
}

export interface RenameTo extends Node {
  readonly kind: "renameTo";
  readonly name: TableName;
}

export interface SetTableOption extends Node {
  readonly kind: "setTableOption";
  readonly option: TableOption;
}

/** `CONVERT TO CHARACTER SET charset [COLLATE collation]`; charset null is DEFAULT. */
export interface ConvertCharset extends Node {
  readonly kind: "convertCharset";
  readonly charset: string | null;
  readonly collation: string | null;
}

/** `ORDER BY columns`: rewrites the table in that order. */
export interface OrderRows extends Node {
  readonly kind: "orderRows";
  readonly columns: readonly { readonly name: Identifier; readonly desc: boolean }[];
}

/** FORCE, DISABLE KEYS, ENABLE KEYS, WITH VALIDATION, WITHOUT VALIDATION. */
export interface SimpleAlter extends Node {
  readonly kind: "simpleAlter";
  readonly action: "force" | "disableKeys" | "enableKeys" | "withValidation" | "withoutValidation";
}

/** Partition and tablespace maintenance: recognised only. */
export interface UnsupportedAlter extends Node {
  readonly kind: "unsupportedAlter";
  readonly feature: MissingPart;
}

// ---------------------------------------------------------------- the rest

export interface DropTable extends Node {
  readonly kind: "dropTable";
  readonly temporary: boolean;
  readonly ifExists: boolean;
  readonly tables: readonly TableName[];
}

export interface TruncateTable extends Node {
  readonly kind: "truncateTable";
  readonly table: TableName;
}

/** `RENAME TABLE a TO b, c TO d` */
export interface RenameTable extends Node {
  readonly kind: "renameTable";
  readonly pairs: readonly TableRename[];
}

export interface TableRename extends Node {
  readonly kind: "tableRename";
  readonly from: TableName;
  readonly to: TableName;
}

export interface CreateIndex extends Node {
  readonly kind: "createIndex";
  readonly type: Exclude<IndexType, "primary">;
  readonly name: Identifier;
  readonly table: TableName;
  readonly parts: readonly KeyPart[];
  readonly options: IndexOptions;
  readonly algorithm: AlterTable["algorithm"];
  readonly lock: AlterTable["lock"];
}

/** `DROP INDEX name ON table`; the name may be PRIMARY in backquotes. */
export interface DropIndex extends Node {
  readonly kind: "dropIndex";
  readonly name: Identifier;
  readonly table: TableName;
  readonly algorithm: AlterTable["algorithm"];
  readonly lock: AlterTable["lock"];
}

/** ANALYZE, OPTIMIZE, CHECK, REPAIR, CHECKSUM TABLE. Their options (QUICK, EXTENDED) are read and dropped. */
export interface TableMaintenance extends Node {
  readonly kind: "tableMaintenance";
  readonly operation: "analyze" | "optimize" | "check" | "repair" | "checksum";
  readonly tables: readonly TableName[];
  /** ANALYZE TABLE ... UPDATE | DROP HISTOGRAM. */
  readonly histogram: HistogramChange | null;
  /** CHECKSUM TABLE ... QUICK. */
  readonly isQuick: boolean;
}

/** `UPDATE HISTOGRAM ON columns [WITH n BUCKETS]` or `DROP HISTOGRAM ON columns` */
export interface HistogramChange {
  readonly action: "update" | "drop";
  readonly columns: readonly Identifier[];
  readonly buckets: number | null;
}

/** CREATE DATABASE or SCHEMA. */
export interface CreateDatabase extends Node {
  readonly kind: "createDatabase";
  readonly ifNotExists: boolean;
  readonly name: Identifier;
  readonly options: readonly TableOption[];
}

/** ALTER DATABASE or SCHEMA; without a name the default one is meant. */
export interface AlterDatabase extends Node {
  readonly kind: "alterDatabase";
  readonly name: Identifier | null;
  readonly options: readonly TableOption[];
}

export interface DropDatabase extends Node {
  readonly kind: "dropDatabase";
  readonly ifExists: boolean;
  readonly name: Identifier;
}
