/**
 * What is kept under a name and carried out later: prepared statements, and procedures with the statements that only stand in
 * their bodies.
 */

import type { Identifier, Node, Statement, TableName } from "./ast.ts";
import type { Expression, UserVariable } from "./ast_expression.ts";
import type { Query } from "./ast_query.ts";
import type { DataType } from "./ast_type.ts";
import type { Definer } from "./ast_view.ts";

/** `PREPARE name FROM 'text' | @variable` */
export interface Prepare extends Node {
  readonly kind: "prepare";
  readonly name: Identifier;
  readonly source: { readonly text: string } | { readonly variable: string };
}

/** `EXECUTE name [USING @a, @b]`; the variables' names without the @. */
export interface Execute extends Node {
  readonly kind: "execute";
  readonly name: Identifier;
  readonly variables: readonly string[];
}

/** `DEALLOCATE PREPARE name`, `DROP PREPARE name` */
export interface Deallocate extends Node {
  readonly kind: "deallocate";
  readonly name: Identifier;
}

/** What stands between a routine's parameters and its body, and who made it. */
export interface RoutineTraits {
  /** Null: who creates it. */
  readonly definer: Definer | null;
  readonly deterministic: boolean;
  readonly access: "CONTAINS SQL" | "NO SQL" | "READS SQL DATA" | "MODIFIES SQL DATA";
  readonly security: "DEFINER" | "INVOKER";
  readonly comment: string;
}

/** `ALTER PROCEDURE | FUNCTION name` with what changes. */
export interface AlterRoutine extends Node {
  readonly kind: "alterRoutine";
  readonly routine: "PROCEDURE" | "FUNCTION";
  readonly name: TableName;
  readonly traits: Partial<RoutineTraits>;
}

export interface CreateProcedure extends Node {
  readonly kind: "createProcedure";
  readonly ifNotExists: boolean;
  readonly name: TableName;
  readonly parameters: readonly RoutineParameter[];
  readonly traits: RoutineTraits;
  /** Every variable declared in it, by the index that stands in a LIMIT. */
  readonly variables: readonly string[];
  readonly body: BodyStatement;
}

export interface DropProcedure extends Node {
  readonly kind: "dropProcedure";
  readonly ifExists: boolean;
  readonly name: TableName;
}

/** `CREATE FUNCTION name(parameters) RETURNS type statement` */
export interface CreateFunction extends Node {
  readonly kind: "createFunction";
  readonly ifNotExists: boolean;
  readonly name: TableName;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: DataType;
  readonly traits: RoutineTraits;
  readonly variables: readonly string[];
  readonly body: BodyStatement;
}

export interface DropFunction extends Node {
  readonly kind: "dropFunction";
  readonly ifExists: boolean;
  readonly name: TableName;
}

export interface Call extends Node {
  readonly kind: "call";
  readonly name: TableName;
  readonly arguments: readonly Expression[];
}

/** `CREATE TRIGGER name BEFORE | AFTER event ON table FOR EACH ROW [FOLLOWS | PRECEDES other] statement` */
export interface CreateTrigger extends Node {
  readonly kind: "createTrigger";
  readonly definer: Definer | null;
  readonly ifNotExists: boolean;
  readonly name: TableName;
  readonly timing: TriggerTiming;
  readonly event: TriggerEvent;
  readonly table: TableName;
  readonly place: { readonly follows: boolean; readonly name: string } | null;
  readonly variables: readonly string[];
  readonly body: BodyStatement;
}

export type TriggerTiming = "before" | "after";
export type TriggerEvent = "insert" | "update" | "delete";

export interface DropTrigger extends Node {
  readonly kind: "dropTrigger";
  readonly ifExists: boolean;
  readonly name: TableName;
}

/** `SIGNAL condition [SET item = value, ...]`; RESIGNAL raises again what a handler took, and may leave the condition out. */
export interface Signal extends Node {
  readonly kind: "signal";
  readonly isAgain: boolean;
  readonly sqlState: string | null;
  readonly items: readonly { readonly name: SignalItem; readonly value: Expression }[];
}

/** In upper case. Others than the number and the text are told to GET DIAGNOSTICS alone. */
export type SignalItem = string;

/** `GET [STACKED] DIAGNOSTICS target = item, ...`, or with `CONDITION number` of one condition. */
export interface GetDiagnostics extends Node {
  readonly kind: "getDiagnostics";
  readonly isStacked: boolean;
  readonly condition: Expression | null;
  readonly items: readonly {
    readonly target: UserVariable | Identifier;
    readonly name: SignalItem;
  }[];
}

export type RoutineStatement =
  | AlterRoutine
  | CreateProcedure
  | DropProcedure
  | CreateFunction
  | DropFunction
  | Call
  | CreateTrigger
  | DropTrigger
  | GetDiagnostics
  | Signal;

export interface RoutineParameter extends Node {
  readonly kind: "routineParameter";
  readonly mode: "in" | "out" | "inout";
  readonly name: Identifier;
  readonly type: DataType;
}

/** What stands between BEGIN and END, or alone. */
export type BodyStatement = BodySql | Block | If | BodyLoop | Jump | CursorStatement | Return;

export interface BodySql extends Node {
  readonly kind: "bodySql";
  readonly statement: Statement;
}

/** `[label:] BEGIN declarations statements END` */
export interface Block extends Node {
  readonly kind: "block";
  readonly label: string | null;
  readonly variables: readonly VariableDeclaration[];
  readonly cursors: readonly CursorDeclaration[];
  readonly handlers: readonly HandlerDeclaration[];
  readonly statements: readonly BodyStatement[];
}

/** `DECLARE a, b type [DEFAULT value]` */
export interface VariableDeclaration extends Node {
  readonly kind: "variableDeclaration";
  readonly names: readonly string[];
  readonly type: DataType;
  readonly default: Expression | null;
}

export interface CursorDeclaration extends Node {
  readonly kind: "cursorDeclaration";
  readonly name: string;
  readonly query: Query;
}

/** `DECLARE CONTINUE | EXIT HANDLER FOR conditions statement` */
export interface HandlerDeclaration extends Node {
  readonly kind: "handlerDeclaration";
  readonly exits: boolean;
  readonly conditions: readonly HandlerCondition[];
  readonly statement: BodyStatement;
}

export type HandlerCondition =
  | { readonly kind: "sqlException" | "sqlWarning" | "notFound" }
  | { readonly kind: "errno"; readonly errno: number }
  | { readonly kind: "sqlState"; readonly sqlState: string };

/** IF, and CASE, whose `otherwise` is null where no branch is an error (1339). */
export interface If extends Node {
  readonly kind: "if";
  readonly branches: readonly {
    readonly condition: Expression;
    readonly statements: readonly BodyStatement[];
  }[];
  readonly otherwise: readonly BodyStatement[] | null;
}

/** WHILE has a condition `before`, REPEAT one it ends at, LOOP none. */
export interface BodyLoop extends Node {
  readonly kind: "loop";
  readonly label: string | null;
  readonly before: Expression | null;
  readonly statements: readonly BodyStatement[];
  readonly until: Expression | null;
}

/** LEAVE, ITERATE */
export interface Jump extends Node {
  readonly kind: "leave" | "iterate";
  readonly label: string;
}

/** `RETURN value` of a function. */
export interface Return extends Node {
  readonly kind: "return";
  readonly value: Expression;
}

/** OPEN, FETCH ... INTO, CLOSE */
export interface CursorStatement extends Node {
  readonly kind: "openCursor" | "fetchCursor" | "closeCursor";
  readonly name: string;
  readonly into: readonly string[];
}
