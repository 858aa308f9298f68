/** SHOW, DESCRIBE and EXPLAIN. */

import type {
  Delete,
  Identifier,
  Insert,
  Node,
  SelectStatement,
  TableName,
  Update,
} from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type { Limit } from "./ast_query.ts";

/** `SHOW ...`; `subject` tells the forms apart. */
export type Show =
  | ShowVariables
  | ShowProcesslist
  | ShowTables
  | ShowFromDatabase
  | ShowOfTable
  | ShowCreate
  | ShowEngine
  | ShowDiagnostics
  | ShowCount
  | ShowPlain;

/** `LIKE 'pattern'` or `WHERE expression`. */
export type ShowFilter = ShowLike | ShowWhere;

export interface ShowLike extends Node {
  readonly kind: "showLike";
  readonly pattern: string;
}

export interface ShowWhere extends Node {
  readonly kind: "showWhere";
  readonly condition: Expression;
}

/** `SHOW [GLOBAL | SESSION | LOCAL] VARIABLES | STATUS [LIKE | WHERE]` */
export interface ShowVariables extends Node {
  readonly kind: "show";
  readonly subject: "variables" | "status";
  readonly scope: "session" | "global";
  readonly filter: ShowFilter | null;
}

export interface ShowProcesslist extends Node {
  readonly kind: "show";
  readonly subject: "processlist";
  readonly full: boolean;
}

/** `SHOW [EXTENDED] [FULL] TABLES [FROM db] [LIKE | WHERE]` */
export interface ShowTables extends Node {
  readonly kind: "show";
  readonly subject: "tables";
  readonly full: boolean;
  readonly database: Identifier | null;
  readonly filter: ShowFilter | null;
}

/** `SHOW OPEN TABLES | TABLE STATUS | TRIGGERS | EVENTS [FROM db] [LIKE | WHERE]` */
export interface ShowFromDatabase extends Node {
  readonly kind: "show";
  readonly subject: "openTables" | "tableStatus" | "triggers" | "events";
  readonly database: Identifier | null;
  readonly filter: ShowFilter | null;
}

/** `SHOW [FULL] COLUMNS | FIELDS FROM t [FROM db]`, `SHOW INDEX | INDEXES | KEYS FROM t [FROM db]`; the database is in `table`. */
export interface ShowOfTable extends Node {
  readonly kind: "show";
  readonly subject: "columns" | "index";
  readonly full: boolean;
  readonly table: TableName;
  readonly filter: ShowFilter | null;
}

/** `SHOW CREATE TABLE | DATABASE | VIEW | PROCEDURE | FUNCTION | TRIGGER name` */
export interface ShowCreate extends Node {
  readonly kind: "show";
  readonly subject: "create";
  readonly object: "table" | "view" | "database" | "procedure" | "function" | "trigger";
  readonly name: TableName;
}

/** `SHOW ENGINE name STATUS | MUTEX`; the engine's name in lower case. */
export interface ShowEngine extends Node {
  readonly kind: "show";
  readonly subject: "engine";
  readonly engine: string;
  readonly what: "status" | "mutex" | "logs";
}

/** `SHOW WARNINGS | ERRORS [LIMIT n]` */
export interface ShowDiagnostics extends Node {
  readonly kind: "show";
  readonly subject: "warnings" | "errors";
  readonly limit: Limit | null;
}

/** `SHOW COUNT(*) WARNINGS | ERRORS` */
export interface ShowCount extends Node {
  readonly kind: "show";
  readonly subject: "countWarnings" | "countErrors";
}

/** Lists that only take a filter. */
export interface ShowPlain extends Node {
  readonly kind: "show";
  readonly subject:
    | "databases"
    | "engines"
    | "plugins"
    | "privileges"
    | "charset"
    | "collation"
    | "grants"
    | "procedureStatus"
    | "functionStatus";
  readonly filter: ShowFilter | null;
}

/** `DESCRIBE | DESC | EXPLAIN t [column | 'pattern']` */
export interface Describe extends Node {
  readonly kind: "describe";
  readonly table: TableName;
  readonly column: string | null;
}

/** `EXPLAIN [ANALYZE] [FORMAT = format] statement` */
export interface Explain extends Node {
  readonly kind: "explain";
  readonly analyze: boolean;
  /** Lower case; null when not written. */
  readonly format: string | null;
  readonly statement: SelectStatement | Insert | Update | Delete;
}

/** `EXPLAIN [FORMAT = format] FOR CONNECTION id` */
export interface ExplainConnection extends Node {
  readonly kind: "explainConnection";
  readonly format: string | null;
  readonly id: Expression;
}
