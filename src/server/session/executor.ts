/** The way from statements to the query executor: opens a query's tables, runs it, and makes queries of single expressions (of SET, DO, KILL). */

import { isPending, settled } from "../../base/answer.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { Query, SelectItem, TableReference } from "../../sql/ast_query.ts";
import type { Explain } from "../../sql/ast_show.ts";
import type { CreateTable } from "../../sql/ast_table.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import {
  type Answer,
  type Exec,
  type ExecResult,
  MysqlFailure,
  type ServerColumn,
  type StatementContext,
  type VirtualTable,
} from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { notSupported } from "../errors.ts";
import { kindOf } from "../exec/executable.ts";
import {
  executeQuery,
  explainQuery,
  type ResolvedQuery,
  resolveQuery,
} from "../exec/execute_query.ts";
import { type NamingStatement, type Reading, readViews } from "../exec/read_views.ts";
import type { StatementKind } from "../exec/statement_env.ts";
import { tablesOf } from "../exec/tables_of.ts";
import type { MdlSavepoint } from "../mdl/context.ts";
import { lockStatementTables } from "../myisam/statement_locks.ts";
import { isDictionaryView } from "../schema_tables/virtual_tables.ts";
import { hasSqlMode } from "../types/eval_env.ts";
import type { SetValue } from "../variables/values.ts";
import { copiedColumns } from "./copied_columns.ts";
import { selectOf, statementOf, withoutRows } from "./made_statements.ts";
import { openNames, openReading } from "./open_names.ts";
import { beginOpening, type Opening, openAtOnce, openForFunctions } from "./open_tables.ts";
import { lockRoutines } from "./routine_locks.ts";
import { schemaOf } from "./schema_of.ts";
import type { Resolution, StatementExecution } from "./statement_execution.ts";
import type { TableUse } from "./table_use.ts";
import { registerEngine } from "./transaction.ts";

export type QueryStatement = NamingStatement;

type UserVariable =
  StatementContext["userVariables"] extends Map<string, infer Value> ? Value : never;

/** No user can write this name. */
const SCRATCH = "\0value";

function processState({ kind }: QueryStatement): string {
  if (kind === "select") return "executing";
  return kind === "insert" ? "update" : "updating";
}

export function runQuery(
  execution: StatementExecution,
  statement: QueryStatement,
): Answer<ExecResult> {
  execution.command =
    statement.kind === "select" ? "select" : (execution.command ?? kindOf(statement));
  if (execution.server.catalog.hasViews) {
    const read = readViews(execution.viewPlace, statement);
    if (read !== null) return runViews(execution, statement, read);
  }
  const { resolution } = execution;
  const uses = resolution?.uses ?? tablesOf(statement, execution.facts.queries);
  const running = (): Answer<ExecResult> =>
    resolution === null
      ? executeQuery(execution, statement)
      : keptQuery(execution, statement, resolution, uses).run();
  return openAndRun(execution, statement, uses, running);
}

/** A statement that names views runs as one that names their tables, and is not kept. */
function* runViews(
  execution: StatementExecution,
  written: QueryStatement,
  read: Reading<QueryStatement>,
  kind?: StatementKind,
): Exec<ExecResult> {
  execution.resolution?.decide(false);
  execution.resolution = null;
  const opening = beginOpening(execution.owner, read.uses);
  const { statement, uses } = yield* openReading(execution, written, read, opening);
  execution.limitObjects(uses);
  // An UPDATE of a view of several tables is one of a single table all the same.
  const run = () => executeQuery(execution, statement, kind ?? kindOf(written));
  return yield* runLocked(execution, { statement, uses }, run, opening.mark);
}

function openAndRun(
  execution: StatementExecution,
  statement: QueryStatement,
  uses: readonly TableUse[],
  run: () => Answer<ExecResult>,
  kind?: StatementKind,
): Answer<ExecResult> {
  const { server, owner } = execution;
  const mark = server.functions.isEmpty ? null : owner.mdl.savepoint();
  const opening = openAtOnce(server, owner, uses);
  if (opening !== null) return runLater(execution, { statement, uses }, run, { opening, kind });
  return server.myisam.isEmpty && mark === null
    ? runOpened(execution, statement, uses, run)
    : runLocked(execution, { statement, uses }, run, mark);
}

/** The tables have to be waited for, and the statement may be another one then. */
function* runLater(
  execution: StatementExecution,
  named: Pick<Reading<QueryStatement>, "statement" | "uses">,
  run: () => Answer<ExecResult>,
  { opening, kind }: { readonly opening: Opening; readonly kind: StatementKind | undefined },
): Exec<ExecResult> {
  const first = { ...named, views: [], failure: null };
  const reading = yield* openReading(execution, named.statement, first, opening);
  const { statement } = reading;
  const runNow = reading === first ? run : () => executeQuery(execution, statement, kind);
  return yield* runLocked(execution, reading, runNow, opening.mark);
}

/** Its tables are open; what its functions use is opened, and tables of other engines than InnoDB are locked besides. */
function* runLocked(
  execution: StatementExecution,
  { statement, uses }: Pick<Reading<QueryStatement>, "statement" | "uses">,
  run: () => Answer<ExecResult>,
  mark: MdlSavepoint | null,
): Exec<ExecResult> {
  const { server, owner } = execution;
  if (mark !== null && !server.functions.isEmpty) {
    yield* openForFunctions(server, owner, statement, mark);
  }
  yield* lockStatementTables(server, owner, uses);
  return yield* settled(runOpened(execution, statement, uses, run));
}

function runOpened(
  execution: StatementExecution,
  statement: QueryStatement,
  uses: readonly TableUse[],
  run: () => Answer<ExecResult>,
): Answer<ExecResult> {
  const { resolution, owner } = execution;
  execution.noteChanges(uses);
  const isKnown = resolution !== null && resolution.uses !== null;
  if (
    !isKnown &&
    uses.some(({ schema, name }) => isDictionaryView(schemaOf(owner, schema), name))
  ) {
    execution.noteDictionaryRead();
  }
  execution.owner.setProcessState(processState(statement));
  const isChange = statement.kind === "update" || statement.kind === "delete";
  execution.isUpdate = statement.kind === "update";
  execution.target = isChange ? (uses[0]?.alias ?? null) : null;
  try {
    const running = run();
    if (isPending(running)) return runToEnd(execution, statement, uses, running);
    if (owner.trx === null) noteLocked(execution, uses);
    return running;
  } catch (error) {
    return afterFailure(execution, statement, uses, error);
  }
}

/** The tables were locked, though perhaps not read: InnoDB takes part in the transaction. */
function noteLocked({ owner, server }: StatementExecution, uses: readonly TableUse[]): void {
  if (owner.isEngineRegistered || !owner.inMultiStatement) return;
  for (const { schema, name } of uses) {
    const place = schemaOf(owner, schema);
    const table = temporaryTable(owner, place, name) ?? server.catalog.table(place, name);
    if (table?.engine === "InnoDB") registerEngine(owner);
  }
}

function* runToEnd(
  execution: StatementExecution,
  statement: QueryStatement,
  uses: readonly TableUse[],
  running: Exec<ExecResult>,
): Exec<ExecResult> {
  try {
    const result = yield* running;
    noteLocked(execution, uses);
    return result;
  } catch (error) {
    return yield* afterFailure(execution, statement, uses, error);
  }
}

/**
 * All tables were opened, though a wrong name may have kept some from being looked at; a function that is not known was looked
 * for under locks. Throws the error.
 */
function* afterFailure(
  execution: StatementExecution,
  statement: QueryStatement,
  uses: readonly TableUse[],
  error: unknown,
): Exec<never> {
  execution.openObjects(uses);
  if (error instanceof MysqlFailure && error.error.errno === UNKNOWN_FUNCTION) {
    yield* lockRoutines(execution.owner, statement, execution.sql);
  }
  throw error;
}

/** The statement as it was resolved before, or resolved now so that it can be kept. */
function keptQuery(
  execution: StatementExecution,
  statement: QueryStatement,
  resolution: Resolution,
  uses: readonly TableUse[],
): ResolvedQuery {
  const { query: known, given } = resolution;
  if (known !== null) {
    known.renew?.();
    return known;
  }
  const warnings = execution.warningCount();
  const query = resolveQuery(execution, statement, given);
  resolution.query = query;
  resolution.uses = uses;
  const isQuiet = execution.warningCount() === warnings;
  resolution.decide(given.endBinding() && isQuiet && query.renew !== null);
  return query;
}

const UNKNOWN_FUNCTION = 1305; // ER_SP_DOES_NOT_EXIST

export function* explain(execution: StatementExecution, written: Explain): Exec<ExecResult> {
  if (written.analyze) throw notSupported("EXPLAIN ANALYZE");
  const { statement } = yield* openNames(execution, written.statement);
  return yield* explainQuery(execution, { ...written, statement });
}

/** Expressions of a statement that is no query: the queries in them read under locks. */
export function* runExpressions(
  execution: StatementExecution,
  expressions: readonly Expression[],
): Exec<ExecResult> {
  const select = selectOf(expressions, []);
  const kind = execution.command ?? "expression";
  const read = readViews(execution.viewPlace, select);
  if (read !== null) return yield* runViews(execution, select, read, kind);
  const uses = tablesOf(select, execution.facts.queries + 1);
  const run = () => executeQuery(execution, select, kind);
  return yield* settled(openAndRun(execution, select, uses, run, kind));
}

/** The same for a statement that FOUND_ROWS() does not count, as SET. */
function* runUncounted(
  execution: StatementExecution,
  expressions: readonly Expression[],
): Exec<ExecResult> {
  const { foundRows } = execution;
  const found = foundRows.value;
  const result = yield* runExpressions(execution, expressions);
  foundRows.value = found;
  return result;
}

/** The values of expressions without tables, in order. */
export function* evaluate(
  execution: StatementExecution,
  expressions: readonly Expression[],
): Exec<SetValue[]> {
  const result = yield* runUncounted(execution, expressions);
  if (result.kind !== "rows") return [];
  const [row = []] = result.rows;
  return result.columns.map(({ type }, at) => setValue(row[at] ?? null, type));
}

/** The value of an expression with its type, as a user variable holds it. */
export function* evaluateForVariable(
  execution: StatementExecution,
  value: Expression,
): Exec<UserVariable | undefined> {
  const { span } = value;
  const variables = execution.userVariables;
  const before = new Set(variables.keys());
  const assignment = { kind: "userVariableAssignment", span, name: SCRATCH, value } as const;
  yield* runUncounted(execution, [assignment]);
  const key = [...variables.keys()].find((name) => !before.has(name)) ?? SCRATCH;
  const result = variables.get(key);
  variables.delete(key);
  return result;
}

/** The rows of a table made for this statement (SHOW ... WHERE), those that fit the condition. */
export function* selectFromVirtual(
  execution: StatementExecution,
  table: VirtualTable,
  condition: Expression,
): Exec<ExecResult> {
  const { span } = condition;
  const identifier = (text: string) => ({ kind: "identifier" as const, span, text });
  const from: TableReference = {
    kind: "table",
    span,
    name: { kind: "tableName", span, schema: null, name: identifier(table.name) },
    alias: null,
    partitions: [],
    hints: [],
  };
  const star: SelectItem = { kind: "selectStar", span, table: null };
  const context: StatementContext = Object.create(execution, {
    table: {
      value: (schema: string | null, name: string, alias: string) =>
        schema === null && name === table.name ? table : execution.table(schema, name, alias),
    },
  });
  const select = statementOf({ items: [star], from: [from], where: condition, span });
  const uses = tablesOf(selectOf([condition], []), execution.facts.queries + 1);
  return yield* settled(
    openAndRun(execution, select, uses, () => executeQuery(context, select, "expression")),
  );
}

/** CREATE TABLE ... SELECT: the columns of the query. */
export function* queryColumns(execution: StatementExecution, query: Query): Exec<ServerColumn[]> {
  const probe = yield* settled(executeQuery(execution, withoutRows(query)));
  if (probe.kind !== "rows") return [];
  return copiedColumns(query, probe.columns, !hasSqlMode(execution, "NO_ZERO_DATE"));
}

/** CREATE TABLE ... SELECT: fills the new table. */
export function* fillFromQuery(
  execution: StatementExecution,
  statement: CreateTable,
  table: CatalogTable,
): Exec<ExecResult> {
  const { query, span, onDuplicate } = statement;
  if (query === null) return { kind: "ok", affected: 0, info: "", insertId: 0 };
  const probe = yield* settled(executeQuery(execution, withoutRows(query)));
  const names = probe.kind === "rows" ? probe.columns.map((column) => column.name) : [];
  const identifier = (text: string) => ({ kind: "identifier" as const, span, text });
  return yield* settled(
    executeQuery(execution, {
      kind: "insert",
      span,
      hints: null,
      verb: onDuplicate === "replace" ? "replace" : "insert",
      priority: null,
      ignore: onDuplicate === "ignore",
      table: {
        kind: "tableName",
        span,
        schema: identifier(table.schema),
        name: identifier(table.name),
      },
      partitions: [],
      columns: names.map((name) => ({
        kind: "column",
        span,
        schema: null,
        table: null,
        name: identifier(name),
      })),
      source: { kind: "insertQuery", span, query },
      rowAlias: null,
      onDuplicateKeyUpdate: null,
    }),
  );
}

function setValue(text: string | null, type: ColumnType): SetValue {
  const isWhole = type.kind === "int" || type.kind === "year";
  const isFractional = type.kind === "decimal" || type.kind === "double" || type.kind === "float";
  return { text, isNumber: text !== null && (isWhole || isFractional), isFractional };
}
