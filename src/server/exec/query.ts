/**
 * A query of any form, opened: its names are resolved and its columns known; rows come when it is run.
 *
 * MySQL: Query_expression (prepare, optimize, execute).
 */
import { settled } from "../../base/answer.ts";
import type { Locking, Query, QueryBody, QuerySpecification } from "../../sql/ast_query.ts";
import { mysqlError } from "../errors.ts";
import { newScope, type Scope } from "../expr/scope.ts";
import { withCommonTables } from "./common_tables.ts";
import { LimitedSink, rowLimit } from "./limit.ts";
import { mergeDerived } from "./merge_derived.ts";
import { bindOrderBy } from "./named_clauses.ts";
import { binderIn } from "./nested_queries.ts";
import { openBlock } from "./query_block.ts";
import type { OpenQuery, PushedTest, QueryContext, QueryPlace } from "./query_types.ts";
import type { BlockTail } from "./resolve_block.ts";
import { columnItems, openSetOperation } from "./set_operation.ts";
import { sortedSink } from "./sorted_sink.ts";
import type { StatementEnv } from "./statement_env.ts";
import { openValues } from "./values_rows.ts";

/** `parent`: the block that the query stands in, whose columns it may name. */
export function openQuery(
  query: Query,
  parent: Scope | null,
  place: QueryPlace,
  test?: PushedTest,
): OpenQuery {
  const context: QueryContext = {
    ...place,
    open: (inner, outer, at, pushed) => openQuery(inner, outer, at, pushed),
    merge: mergeDerived,
  };
  const inner =
    query.with === null ? context : withCommonTables(query.with, query, parent, context);
  const { body } = query;
  const block = body.kind === "explicitTable" ? tableBlock(body) : body;
  if (block.kind === "querySpecification") return openBlock(block, query, parent, inner, test);
  const opened = openBody(block, parent, inner, query.locking);
  const hasTail = query.orderBy.length > 0 || query.limit !== null;
  return hasTail ? withTail(opened, query, parent, inner, !isOnlyValues(block)) : opened;
}

/** VALUES by itself, whose rows MySQL leaves in their order whatever ORDER BY says. */
function isOnlyValues(body: QueryBody): boolean {
  return body.kind === "valuesRows" || (body.kind === "query" && body.body.kind === "valuesRows");
}

/** The outermost place of a statement. */
export function queryContext(statement: StatementEnv): QueryContext {
  return { statement, ctes: null, open: openQuery, merge: mergeDerived };
}

/** A part of a set operation, or a query in parentheses. A locking clause behind it all is the last block's. */
function openBody(
  body: QueryBody,
  parent: Scope | null,
  context: QueryContext,
  locking: readonly Locking[],
  part: Pick<BlockTail, "isOperand"> = {},
): OpenQuery {
  const tail = locking.length === 0 ? NO_TAIL : { ...NO_TAIL, locking };
  switch (body.kind) {
    case "query": {
      const query = { ...body, ...part, locking: [...body.locking, ...locking] };
      return openQuery(query, parent, context);
    }
    case "querySpecification":
      return openBlock(body, tail, parent, context);
    case "explicitTable":
      return openBlock(tableBlock(body), tail, parent, context);
    case "valuesRows":
      return openValues(body, parent, context);
    case "setOperation":
      return openSetOperation(
        body,
        openBody(body.left, parent, context, NO_TAIL.locking, OPERAND),
        openBody(body.right, parent, context, locking, OPERAND),
        context,
      );
  }
}

const OPERAND = { isOperand: true } as const;
const NO_TAIL: BlockTail = { orderBy: [], limit: null, locking: [] };

/** TABLE t is SELECT * FROM t. */
export function tableBlock(
  node: Extract<QueryBody, { kind: "explicitTable" }>,
): QuerySpecification {
  const { span, table } = node;
  return {
    kind: "querySpecification",
    span,
    hints: null,
    distinct: false,
    modifiers: [],
    items: [{ kind: "selectStar", span, table: null }],
    from: [{ kind: "table", span, name: table, alias: null, partitions: [], hints: [] }],
    where: null,
    groupBy: null,
    having: null,
    windows: [],
    qualify: null,
  };
}

/** ORDER BY and LIMIT behind a UNION or a query in parentheses name its columns. */
function withTail(
  opened: OpenQuery,
  tail: BlockTail,
  parent: Scope | null,
  context: QueryContext,
  isSorted: boolean,
): OpenQuery {
  const scope = newScope(parent);
  const slot = { row: [] };
  const selected = columnItems(opened.columns, slot);
  const binder = binderIn(context, scope, "order clause");
  const order = tail.orderBy.flatMap((item, at) => {
    const aggregate = () => {
      throw mysqlError("ER_AGGREGATE_ORDER_FOR_UNION", at + 1);
    };
    return bindOrderBy([item], selected, { ...binder, aggregate });
  });
  const limit = rowLimit(tail.limit);
  let found = 0;
  return {
    columns: opened.columns,
    outerTables: opened.outerTables,
    estimate: opened.estimate,
    explain: (selectType) => {
      const isOrdered = tail.orderBy.length > 0;
      return opened.explain(selectType, { isAbsorbed: false, isOrdered });
    },
    *eachRow(sink) {
      const limited = new LimitedSink(limit, false, sink);
      if (limit.count === 0) {
        found = 0;
        return;
      }
      const sorted = sortedSink(
        isSorted ? order : [],
        slot,
        limit.offset + limit.count,
        limited.sink,
      );
      yield* settled(opened.eachRow(sorted.sink));
      yield* sorted.finish();
      found = limited.sent;
    },
    foundRows: () => found,
  };
}
