/**
 * SELECT as a statement: the query's rows as the texts that the client gets, or INTO variables.
 *
 * MySQL: Sql_cmd_select, Query_result_send, Query_dumpvar.
 */
import { andThen, isPending, settled } from "../../base/answer.ts";
import { withOne } from "../../base/lists.ts";
import { wholeNumberText } from "../../base/whole_number_text.ts";
import type { Datum } from "../../innodb/api.ts";
import type { IntoVariables, Query } from "../../sql/ast_query.ts";
import type { Answer, Exec, ExecResult, RowStream } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { withoutKeys } from "../net/column_definitions.ts";
import { clientTextOf, type Present, sameText, wholeText } from "../types/convert.ts";
import { openQuery, queryContext } from "./query.ts";
import type { OpenQuery, QueryColumn, QueryStart } from "./query_types.ts";
import { computedOrigin } from "./set_operation.ts";
import type { StatementEnv } from "./statement_env.ts";

/** The query of a SELECT with its names resolved. */
export function openSelect(statement: StatementEnv, query: Query): OpenQuery {
  const { into } = query;
  if (into?.kind === "intoFile") {
    throw mysqlError("ER_OPTION_PREVENTS_STATEMENT", "--secure-file-priv");
  }
  const isQuery = statement.kind === "select";
  const most = isQuery ? statement.ctx.changedVariable("sql_select_limit") : null;
  const limited = most === null ? query : withLimit(query, String(most));
  return openQuery(limited, null, queryContext(statement));
}

/** sql_select_limit, where the query has no limit of its own. MySQL: execute_sqlcom_select. */
function withLimit(query: Query, text: string): Query {
  let outermost = query;
  while (outermost.limit === null && outermost.body.kind === "query") outermost = outermost.body;
  if (outermost.limit !== null) return query;
  const { span } = query;
  const count = { kind: "integer", span, text } as const;
  return { ...query, limit: { kind: "limit", span, count, offset: null } };
}

/** How each column is written for the client. */
export type ClientTexts = readonly ((value: Present) => string)[];

export function clientTexts(opened: OpenQuery): ClientTexts {
  const types = opened.shownTypes?.() ?? opened.columns.map(({ type }) => type);
  return types.map(clientTextOf);
}

export function runSelect(
  statement: StatementEnv,
  opened: OpenQuery,
  texts: ClientTexts,
): Answer<ExecResult> {
  const { rowStream } = statement.ctx;
  if (rowStream !== null) return streamRows(opened, texts, statement, rowStream);
  let rows: (readonly (string | null)[])[] = [];
  const add = (row: readonly (string | null)[]): boolean => {
    rows = withOne(rows, row);
    // Messages name the row that would be sent next.
    statement.env.rowNumber += 1;
    return true;
  };
  const reading = opened.eachRow(
    (row) => add(row.map((value, at) => clientText(value, texts[at]))),
    undefined,
    (row, columns) => {
      add(columns.map((column, at) => clientText(row[column] ?? null, texts[at])));
    },
  );
  if (isPending(reading)) return andThen(reading, () => selected(statement, opened, rows));
  return selected(statement, opened, rows);
}

type SentRows = readonly (readonly (string | null)[])[];

function selected({ ctx }: StatementEnv, opened: OpenQuery, rows: SentRows): ExecResult {
  ctx.foundRows.value = opened.foundRows();
  // The outcome stays as long as the server: without the room that a list grows by.
  return { kind: "rows", columns: opened.columns, rows: rows.length > 1 ? rows.slice() : rows };
}

/** Row by row: the next one is not made before the stream has taken this one. */
function* streamRows(
  opened: OpenQuery,
  texts: ClientTexts,
  { ctx, env }: StatementEnv,
  stream: RowStream,
): Exec<ExecResult> {
  const { columns } = opened;
  let hasStarted = false;
  let streamed = 0;
  const start = function* (usesTemporary: boolean): Exec<void> {
    if (hasStarted) return;
    hasStarted = true;
    yield* stream.start(usesTemporary ? columns.map(throughTemporary) : columns);
  };
  yield* settled(
    opened.eachRow((row) => {
      streamed += 1;
      env.rowNumber += 1;
      const values = row.map((value, at) => clientText(value, texts[at]));
      if (!hasStarted) return firstRow(start, values, stream);
      const rest = stream.row(values);
      return rest === null || andMore(rest);
    }, start),
  );
  yield* start(false);
  ctx.foundRows.value = opened.foundRows();
  return { kind: "rows", columns, rows: [], streamed };
}

function* firstRow(
  start: QueryStart,
  values: readonly (string | null)[],
  stream: RowStream,
): Exec<boolean> {
  yield* start(false);
  const rest = stream.row(values);
  return rest === null || (yield* andMore(rest));
}

function* andMore(rest: Exec<void>): Exec<boolean> {
  yield* rest;
  return true;
}

/** MySQL: create_tmp_field: the temporary table's column has no keys; one that was computed takes its own name. */
function throughTemporary(column: QueryColumn): QueryColumn {
  const { name, origin } = column;
  if (column.isComputed === true) return { ...column, origin: () => computedOrigin(name) };
  return origin === undefined ? column : { ...column, origin: () => withoutKeys(origin()) };
}

function clientText(value: Datum, text: ((value: Present) => string) | undefined): string | null {
  if (value === null || text === undefined) return null;
  // The usual ones without a call of one of many functions.
  if (text === wholeText && typeof value === "number") return wholeNumberText(value);
  return text === sameText ? (value as string) : text(value);
}

/** SELECT ... INTO @a, @b: one row at most, which is kept before a second is refused; none leaves the variables alone, with warning 1329. */
export function* selectInto(
  { ctx }: StatementEnv,
  opened: OpenQuery,
  into: IntoVariables,
): Exec<ExecResult> {
  if (into.variables.length !== opened.columns.length) {
    throw mysqlError("ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT");
  }
  const names = into.variables.map((variable) => {
    if (variable.kind === "userVariable") return variable.name.toLowerCase();
    throw mysqlError("ER_SP_UNDECLARED_VAR", variable.text);
  });
  let count = 0;
  yield* settled(
    opened.eachRow((row) => {
      if (count > 0) throw mysqlError("ER_TOO_MANY_ROWS");
      count += 1;
      for (const [at, { type }] of opened.columns.entries())
        ctx.userVariables.set(names[at] as string, { value: row[at] ?? null, type });
      return true;
    }),
  );
  if (count === 0) ctx.warn(mysqlWarning("Warning", "ER_SP_FETCH_NO_DATA"));
  return { kind: "ok", affected: count, info: "", insertId: 0 };
}
