/**
 * What may stand in the body of a trigger or function, and the tables, procedures and functions that it uses.
 *
 * MySQL: sql/sql_yacc.yy (NEW and OLD), sp_head::m_flags (HAS_COMMIT_OR_ROLLBACK, MULTI_RESULTS, CONTAINS_DYNAMIC_SQL);
 * sp_add_used_routine, sp_head::add_used_tables_to_table_list.
 */
import type { SetAssignment, Statement } from "../../sql/ast.ts";
import type { FunctionCall } from "../../sql/ast_expression.ts";
import type { BodyStatement, Call, CreateTrigger } from "../../sql/ast_routine.ts";
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { isGenerated } from "../exec/generated.ts";
import { tablesOf } from "../exec/tables_of.ts";
import { isBuiltIn } from "../expr/function_call.ts";
import { commitsImplicitly } from "../session/statement_traits.ts";
import type { TableUse } from "../session/table_use.ts";

/** A name behind NEW or OLD, and whether it is assigned to. */
interface RowColumn {
  readonly row: "NEW" | "OLD";
  readonly name: string;
  readonly isSet: boolean;
}

/** Throws 1336, 1362, 1363, 1415, 1422: what MySQL finds while it reads the body. */
export function checkTriggerBody(trigger: CreateTrigger): void {
  const { timing, event, body } = trigger;
  for (const { row, isSet } of rowColumns(body)) {
    if (isSet && row === "OLD") throw mysqlError("ER_TRG_CANT_CHANGE_ROW", "OLD", "");
    const isMissing = row === (event === "insert" ? "OLD" : event === "delete" ? "NEW" : null);
    if (isMissing) throw mysqlError("ER_TRG_NO_SUCH_ROW_IN_TRG", row, `on ${event.toUpperCase()}`);
    if (isSet && timing === "after") throw mysqlError("ER_TRG_CANT_CHANGE_ROW", "NEW", "after ");
  }
  checkWithinStatement(body, "trigger");
}

/** Throws 1336, 1415, 1422. */
export function checkWithinStatement(body: BodyStatement, where: "trigger" | "function"): void {
  for (const statement of statementsIn(body)) {
    const { kind } = statement;
    if (kind === "flush" || kind === "flushTables") {
      throw mysqlError("ER_STMT_NOT_ALLOWED_IN_SF_OR_TRG", "FLUSH");
    }
    if (kind === "prepare" || kind === "execute" || kind === "deallocate") {
      throw mysqlError("ER_STMT_NOT_ALLOWED_IN_SF_OR_TRG", "Dynamic SQL");
    }
    if (kind === "set" && statement.assignments.some(isAutocommit)) {
      throw mysqlError("ER_SP_CANT_SET_AUTOCOMMIT");
    }
    if (commitsImplicitly(statement) || ENDS.has(kind)) {
      throw mysqlError("ER_COMMIT_NOT_ALLOWED_IN_SF_OR_TRG");
    }
    const gives = kind === "select" ? statement.query.into === null : GIVE_ROWS.has(kind);
    if (gives) throw mysqlError("ER_SP_NO_RETSET", where);
  }
}

function isAutocommit(assignment: SetAssignment): boolean {
  return assignment.kind === "setSystemVariable" && assignment.name === "autocommit";
}

const ENDS: ReadonlySet<Statement["kind"]> = new Set([
  "startTransaction",
  "commit",
  "rollback",
  "xa",
]);
const GIVE_ROWS: ReadonlySet<Statement["kind"]> = new Set([
  "show",
  "describe",
  "explain",
  "tableMaintenance",
]);

/** Throws 1054, and 3105 for a value that a generated column would be given. */
export function checkColumns(
  { body }: CreateTrigger,
  { name: table, columns }: Pick<BaseTable, "name" | "columns">,
): void {
  for (const { row, name, isSet } of rowColumns(body)) {
    const column = columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (column === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", name, row);
    if (isSet && isGenerated(column)) {
      throw mysqlError("ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN", column.name, table);
    }
  }
}

/** In the order in which they are written. */
export function rowColumns(node: unknown): readonly RowColumn[] {
  if (typeof node !== "object" || node === null) return [];
  const { kind, schema, table, name, base } = node as Readonly<Record<string, unknown>>;
  if (kind === "column" && schema === null && table !== null) {
    const row = (table as { readonly text: string }).text.toUpperCase();
    const { text } = name as { readonly text: string };
    return row === "NEW" || row === "OLD" ? [{ row, name: text, isSet: false }] : [];
  }
  const inside = Object.values(node).flatMap((part) => rowColumns(part));
  if (kind !== "setSystemVariable" || (base !== "new" && base !== "old")) return inside;
  const row = base === "new" ? "NEW" : "OLD";
  return [{ row, name: String(name), isSet: true }, ...inside];
}

/** The statements that stand in a body, those of handlers among them. */
function* statementsIn(body: BodyStatement): Generator<Statement, void> {
  switch (body.kind) {
    case "bodySql":
      yield body.statement;
      return;
    case "block":
      for (const { statement } of body.handlers) yield* statementsIn(statement);
      for (const statement of body.statements) yield* statementsIn(statement);
      return;
    case "if":
      for (const statement of body.branches.flatMap((branch) => branch.statements)) {
        yield* statementsIn(statement);
      }
      for (const statement of body.otherwise ?? []) yield* statementsIn(statement);
      return;
    case "loop":
      for (const statement of body.statements) yield* statementsIn(statement);
  }
}

/** The functions that are no built-in ones which a statement or body calls. */
export function functionsIn(node: unknown): readonly FunctionCall[] {
  if (typeof node !== "object" || node === null) return [];
  const inside = Object.values(node).flatMap(functionsIn);
  if (!("kind" in node) || node.kind !== "function") return inside;
  const call = node as FunctionCall;
  return isBuiltIn(call) ? inside : [call, ...inside];
}

/** The procedures that a body calls. */
export function callsIn(body: BodyStatement): readonly Call[] {
  return [...statementsIn(body)].filter((statement) => statement.kind === "call");
}

/** The tables that a body names, each once, with the strongest of its locks. */
export function usesIn(body: BodyStatement): readonly TableUse[] {
  const merged = new Map<string, TableUse>();
  for (const statement of [...statementsIn(body), ...queriesIn(body)]) {
    for (const use of tablesOf(statement)) {
      const key = `${use.schema ?? ""}.${use.name}`;
      const before = merged.get(key);
      const isWrite = use.lock === "write" || before?.lock === "write";
      const changes = [...new Set([...(before?.changes ?? []), ...use.changes])];
      const { schema, name } = use;
      const { lowPriority = false } = use.lock === "write" ? use : (before ?? use);
      const lock = isWrite ? "write" : "read";
      merged.set(key, { schema, name, alias: name, lock, lowPriority, changes });
    }
  }
  return [...merged.values()];
}

/** Queries that stand in no statement: of cursors, conditions, SET. */
function queriesIn(node: unknown): Statement[] {
  if (typeof node !== "object" || node === null) return [];
  const { kind, span } = node as Readonly<Record<string, unknown>>;
  if (kind === "bodySql") {
    const { statement } = node as Extract<BodyStatement, { kind: "bodySql" }>;
    return statement.kind === "set" ? queriesIn(statement.assignments) : [];
  }
  if (kind === "query") return [{ kind: "select", span, query: node } as Statement];
  return Object.values(node).flatMap((part) => queriesIn(part));
}
