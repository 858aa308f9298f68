/**
 * What a procedure in progress knows: its variables, cursors and handlers.
 *
 *     CALL p(2)      x = 2                       scopes, the innermost last
 *       BEGIN        i = 1
 *         UPDATE t SET a = a + i WHERE id = x  ─▶  ... a + 1 WHERE id = 2
 *
 * A variable stands in a statement as a literal of its value, as a constant to the optimizer.
 *
 * MySQL: class sp_rcontext, Item_splocal.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { Block, HandlerDeclaration } from "../../sql/ast_routine.ts";
import type { DataType } from "../../sql/ast_type.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { BaseTable, ExecResult, MysqlError, StatementContext, Warning } from "../context.ts";
import { columnType } from "../ddl/column_type.ts";
import { mysqlError } from "../errors.ts";
import type { ResultWriter } from "../net/result_writer.ts";
import { literalOf } from "../session/prepared.ts";
import { isStrictMode, newEnv } from "../types/eval_env.ts";
import type { SqlType } from "../types/sql_type.ts";
import { storeInto } from "../types/store.ts";

interface Variable {
  readonly name: string;
  readonly type: ColumnType;
  value: Datum;
}

type Rows = Extract<ExecResult, { kind: "rows" }>;

export interface RoutineCursor {
  readonly query: Query;
  /** Null while it is not open. */
  rows: Rows | null;
  next: number;
}

export interface ActiveHandler {
  readonly block: Block;
  readonly declaration: HandlerDeclaration;
}

/** A procedure, function or trigger as it was written: the syntax tree's positions are about `text`. */
export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly text: string;
  readonly facts: StatementFacts;
  /** Of the session that made it. */
  readonly sqlMode: string;
  readonly definition: { readonly variables: readonly string[] };
}

/** The row that a trigger fires for. */
export interface Transition {
  readonly table: BaseTable;
  readonly old: Row | null;
  new: Row | null;
  /** Columns of NEW that were assigned to. */
  readonly set: Set<number>;
}

interface Scope {
  readonly variables: Map<string, Variable>;
  readonly cursors: Map<string, RoutineCursor>;
}

export interface Valued {
  readonly value: Datum;
  readonly type: ColumnType;
}

export class Frame {
  readonly routine: Routine;
  readonly caller: Frame | null;
  readonly transition: Transition | null;
  /** What the handler in progress took, for RESIGNAL. */
  handled: { readonly condition: MysqlError; readonly warnings: readonly Warning[] } | null = null;
  /** The innermost last. */
  handlers: readonly ActiveHandler[] = [];
  /** What its statements and those of the procedures that it calls have handed out. */
  readonly sets: Rows[];
  /** Where they go to the client packet by packet. */
  readonly writer: ResultWriter | null;
  readonly #scopes: Scope[] = [];

  constructor(
    routine: Routine,
    caller: Frame | null,
    transition: Transition | null = null,
    writer: ResultWriter | null = null,
  ) {
    this.routine = routine;
    this.caller = caller;
    this.transition = transition;
    this.sets = caller?.sets ?? [];
    this.writer = caller === null ? writer : caller.writer;
    this.open();
  }

  open(): void {
    this.#scopes.push({ variables: new Map(), cursors: new Map() });
  }

  close(): void {
    this.#scopes.pop();
  }

  /** With NULL until it is assigned. */
  declare(name: string, type: DataType): void {
    const variable = { name, type: columnType(name, type, "utf8mb4_0900_ai_ci"), value: null };
    this.#scopes.at(-1)?.variables.set(name.toLowerCase(), variable);
  }

  declareCursor(name: string, query: Query): void {
    this.#scopes.at(-1)?.cursors.set(name, { query, rows: null, next: 0 });
  }

  has(name: string): boolean {
    return this.variable(name) !== undefined;
  }

  variable(name: string): Variable | undefined {
    const key = name.toLowerCase();
    return this.#scopes.findLast(({ variables }) => variables.has(key))?.variables.get(key);
  }

  /** Throws 1324. */
  cursor(name: string): RoutineCursor {
    const cursor = this.#scopes.findLast(({ cursors }) => cursors.has(name))?.cursors.get(name);
    if (cursor === undefined) throw mysqlError("ER_SP_CURSOR_MISMATCH", name);
    return cursor;
  }

  /** Converts the value to the variable's type. Throws 1327, and 1264, 1366, 1406 and the like in strict mode. */
  assign(
    ctx: StatementContext,
    name: string,
    given: { readonly value: Datum; readonly type: SqlType },
  ): void {
    const variable = this.variable(name);
    if (variable === undefined) throw mysqlError("ER_SP_UNDECLARED_VAR", name);
    if (given.value === null) variable.value = null;
    else {
      const env = newEnv(ctx);
      env.strict = isStrictMode(ctx);
      variable.value = storeInto(variable, given.type, env)(given.value);
    }
  }

  /** SET NEW.column: NULL stays NULL until the row is written. Throws 1054, and what conversions throw. */
  assignNew(ctx: StatementContext, name: string, given: Valued): void {
    const { transition } = this;
    if (transition === null || transition.new === null)
      throw mysqlError("ER_BAD_FIELD_ERROR", name, "NEW");
    const column = columnNamed(transition.table, name);
    const target = transition.table.columns[column];
    if (target === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", name, "NEW");
    const env = newEnv(ctx);
    env.strict = isStrictMode(ctx);
    const value = given.value === null ? null : storeInto(target, given.type, env)(given.value);
    transition.new = transition.new.with(column, value);
    transition.set.add(column);
  }

  /** The syntax tree with values in the places of variables. What is assigned to (a table's columns) is none. */
  withValues<T>(node: T): T {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) return node.map((part) => this.withValues(part)) as T;
    const value = this.#valueAt(node);
    if (value !== null) return value as T;
    const entries = Object.entries(node).map(([key, part]) => [
      key,
      key === "span" || key === "column" || key === "columns" ? part : this.withValues(part),
    ]);
    return Object.fromEntries(entries) as T;
  }

  #valueAt(node: object): Expression | null {
    const { kind, schema, table, name, index } = node as Readonly<Record<string, unknown>>;
    let variable: Valued | undefined;
    if (kind === "parameter") {
      const { variables } = this.routine.definition;
      variable = this.variable(variables[index as number] ?? "");
    } else if (kind === "column" && schema === null && table === null) {
      variable = this.variable((name as { readonly text: string }).text);
    } else if (kind === "column" && schema === null && this.transition !== null) {
      const { text } = name as { readonly text: string };
      variable = rowValue(this.transition, (table as { readonly text: string }).text, text);
    }
    return variable === undefined ? null : literalOf(variable);
  }
}

/** Of OLD.name or NEW.name. Throws 1054. */
function rowValue(transition: Transition, of: string, name: string): Valued | undefined {
  const word = of.toLowerCase();
  const row = word === "new" ? transition.new : word === "old" ? transition.old : null;
  if (row === null) return undefined;
  const at = columnNamed(transition.table, name);
  const column = transition.table.columns[at];
  if (column === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", name, word.toUpperCase());
  return { value: row[at] ?? null, type: column.type };
}

function columnNamed({ columns }: BaseTable, name: string): number {
  const key = name.toLowerCase();
  return columns.findIndex((column) => column.name.toLowerCase() === key);
}
