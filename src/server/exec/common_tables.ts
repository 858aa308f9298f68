/**
 * WITH and WITH RECURSIVE.
 *
 *   seed rows ─▶ round 1 reads them as the table ─▶ its rows are what round 2 reads ─▶ ... until a round gives nothing new
 *
 * MySQL: Common_table_expr, Recursive_executor, FollowTailIterator (sql/sql_cte.h, sql/sql_union.cc).
 */
import { settled } from "../../base/answer.ts";
import type { Row } from "../../innodb/api.ts";
import type { CommonTable, Query, QueryBody, With } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Scope } from "../expr/scope.ts";
import { rowKey } from "./aggregates.ts";
import { madeOnce, planOf, renamed, takerOf } from "./nested_queries.ts";
import type {
  CteDefinition,
  OpenQuery,
  QueryColumn,
  QueryContext,
  ResultRow,
} from "./query_types.ts";
import { rowConverter } from "./set_operation.ts";

/** The context in which the names of a WITH are known; `statement`: what it stands in front of, itself included. */
export function withCommonTables(
  clause: With,
  statement: object,
  parent: Scope | null,
  context: QueryContext,
): QueryContext {
  let inner = context;
  const seen = new Set<string>();
  for (const table of clause.tables) {
    const name = table.name.text.toLowerCase();
    if (seen.has(name)) throw mysqlError("ER_NONUNIQ_TABLE", table.name.text);
    seen.add(name);
    const isRecursive = clause.recursive && namesTable(table.query, name);
    const isShared = timesMeant(clause.tables, statement, name) > 1;
    const define = isRecursive ? recursiveTable : isShared ? plainTable : ownTable;
    const definition = definedOnce(define, table, parent, inner);
    inner = { ...inner, ctes: { name: table.name.text, definition, outer: inner.ctes } };
  }
  return inner;
}

/** How often the statement reads it, where one that is named in another table is read as often as that one is. */
function timesMeant(tables: readonly CommonTable[], statement: object, name: string): number {
  const nameOf = (table: CommonTable): string => table.name.text.toLowerCase();
  const behind = tables.slice(tables.findIndex((table) => nameOf(table) === name) + 1);
  const inTables = tables.reduce((sum, table) => sum + timesNamed(table, name), 0);
  return behind.reduce((sum, table) => {
    const times = timesNamed(table, name);
    return times === 0 ? sum : sum + times * timesMeant(tables, statement, nameOf(table));
  }, timesNamed(statement, name) - inTables);
}

function definedOnce(
  define: typeof plainTable,
  table: CommonTable,
  parent: Scope | null,
  context: QueryContext,
): () => CteDefinition {
  let definition: CteDefinition | null = null;
  return () => {
    definition ??= define(table, parent, context);
    return definition;
  };
}

/** One that is named once: it may take conditions of the block that names it. */
function ownTable(table: CommonTable, parent: Scope | null, context: QueryContext): CteDefinition {
  const { opened, ...rest } = openedTable(table, parent, context);
  return { ...rest, ...takerOf(opened, context) };
}

function plainTable(
  table: CommonTable,
  parent: Scope | null,
  context: QueryContext,
): CteDefinition {
  const { opened: _, ...rest } = openedTable(table, parent, context);
  return rest;
}

function openedTable(
  table: CommonTable,
  parent: Scope | null,
  context: QueryContext,
): CteDefinition & { readonly opened: OpenQuery } {
  const opened = context.open(table.query, parent, { ...context, isMade: true });
  const names = table.columns.map(({ text }) => text);
  return {
    opened,
    name: table.name.text,
    columns: renamed(opened.columns, names),
    estimate: opened.estimate,
    isOneRow: opened.isOneRow ?? false,
    ...planOf(opened),
    made: { query: table.query, opened },
    source: { query: table.query, names, context },
    rows: madeOnce(opened),
  };
}

/** A part of a recursive table's UNION, with how it joins on to the parts before. */
interface Part {
  readonly body: QueryBody;
  readonly isDistinct: boolean;
}

function recursiveTable(
  table: CommonTable,
  parent: Scope | null,
  context: QueryContext,
): CteDefinition {
  const name = table.name.text;
  const { query } = table;
  if (query.orderBy.length > 0)
    throw mysqlError(
      "ER_NOT_SUPPORTED_YET",
      "ORDER BY over UNION in recursive Common Table Expression",
    );
  const parts = unionParts(query.body, name);
  const isRecursive = parts.map(({ body }) => namesTable(body, name.toLowerCase()));
  const first = isRecursive.indexOf(true);
  if (first === 0 || isRecursive.slice(first).includes(false)) {
    throw mysqlError("ER_CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST", name);
  }
  const open = (part: Part, inner: QueryContext): OpenQuery =>
    inner.open({ ...query, with: null, limit: null, body: part.body }, parent, {
      ...inner,
      isMade: true,
    });
  const seeds = parts.slice(0, first).map((part) => open(part, context));
  const [seed] = seeds;
  if (seed === undefined) throw mysqlError("ER_CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST", name);
  const columns = renamed(
    seed.columns.map((column): QueryColumn => ({ ...column, nullable: true })),
    table.columns.map(({ text }) => text),
  );
  let lastRound: readonly Row[] = [];
  const itself: CteDefinition = {
    name,
    isItself: true,
    columns,
    estimate: ROUND_ROWS,
    // biome-ignore lint/correctness/useYield: the round before is there
    *rows() {
      return lastRound;
    },
  };
  const inner: QueryContext = {
    ...context,
    ctes: { name, definition: () => itself, outer: context.ctes },
  };
  const rounds = parts.slice(first).map((part) => open(part, inner));
  for (const round of rounds) {
    if (round.columns.length !== columns.length) {
      throw mysqlError("ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT");
    }
  }
  const isDistinct = parts.slice(1).some((part) => part.isDistinct);
  const limit =
    query.limit === null ? null : Number("text" in query.limit.count ? query.limit.count.text : 0);
  let made: readonly ResultRow[] | null = null;
  const setRound = (rows: readonly Row[]): void => {
    lastRound = rows;
  };
  return {
    name,
    columns,
    made: {
      query,
      opened: {
        outerTables: 0,
        *explain(selectType) {
          for (const [at, one] of [...seeds, ...rounds].entries()) {
            yield* one.explain(at === 0 ? selectType : "UNION");
          }
        },
      },
    },
    estimate: seeds.length + ROUND_ROWS,
    *rows() {
      made ??= yield* allRounds({ columns, seeds, rounds, isDistinct, limit, context, setRound });
      return made;
    },
  };
}

/** MySQL: the recursive table is UNION [ALL] of blocks; anything else is 3573. */
function unionParts(body: QueryBody, name: string): readonly Part[] {
  if (body.kind !== "setOperation") throw mysqlError("ER_CTE_RECURSIVE_REQUIRES_UNION", name);
  const parts: Part[] = [];
  const collect = (node: QueryBody, isDistinct: boolean): void => {
    if (node.kind === "setOperation" && node.operator === "union") {
      collect(node.left, isDistinct);
      collect(node.right, node.quantifier === "distinct");
    } else parts.push({ body: node, isDistinct });
  };
  collect(body, false);
  return parts;
}

/** What the optimizer takes a table of unknown size for. MySQL: PLACEHOLDER_TABLE_ROW_ESTIMATE. */
const ROUND_ROWS = 2;

interface Rounds {
  readonly columns: readonly QueryColumn[];
  readonly seeds: readonly OpenQuery[];
  readonly rounds: readonly OpenQuery[];
  readonly isDistinct: boolean;
  readonly limit: number | null;
  readonly context: QueryContext;
  readonly setRound: (rows: readonly Row[]) => void;
}

function* allRounds(plan: Rounds): Exec<readonly ResultRow[]> {
  const { context, columns } = plan;
  const { ctx, env } = context.statement;
  const depthMax = Number(ctx.systemVariable("session", "cte_max_recursion_depth"));
  const keyOf = rowKey(columns.map(({ type }) => type));
  const seen = new Set<string>();
  const all: ResultRow[] = [];
  const isFull = (): boolean => plan.limit !== null && all.length >= plan.limit;
  const gather = function* (parts: readonly OpenQuery[]): Exec<ResultRow[]> {
    const fresh: ResultRow[] = [];
    for (const part of parts) {
      const convert = rowConverter(part.columns, columns, context);
      yield* settled(
        part.eachRow((row) => {
          ctx.checkInterrupt();
          const converted = fitting(convert(row), columns, all.length + 1);
          if (plan.isDistinct) {
            const key = keyOf(converted);
            if (seen.has(key)) return true;
            seen.add(key);
          }
          fresh.push(converted);
          all.push(converted);
          return !isFull();
        }),
      );
    }
    return fresh;
  };
  let round = yield* gather(plan.seeds);
  for (let depth = 1; round.length > 0 && !isFull(); depth += 1) {
    if (depth > depthMax) throw mysqlError("ER_CTE_MAX_RECURSION_DEPTH", depth);
    env.rowNumber = depth;
    plan.setRound(round);
    round = yield* gather(plan.rounds);
  }
  return all;
}

/** A text longer than the seed's column is an error: the column's length comes from the seed alone. */
function fitting(row: ResultRow, columns: readonly QueryColumn[], rowNumber: number): ResultRow {
  for (const [at, value] of row.entries()) {
    const column = columns[at] as QueryColumn;
    if (typeof value !== "string" || column.type.kind !== "varchar") continue;
    if (value.length > column.type.length && [...value].length > column.type.length) {
      throw mysqlError("ER_DATA_TOO_LONG", column.name, rowNumber);
    }
  }
  return row;
}

/** Does a table of that name stand in FROM anywhere in the query? */
function namesTable(node: Query | QueryBody, lowerName: string): boolean {
  return timesNamed(node, lowerName) > 0;
}

function timesNamed(node: unknown, lowerName: string): number {
  if (typeof node !== "object" || node === null) return 0;
  if (isTableNode(node)) {
    const { schema, name } = node.name;
    return schema === null && name.text.toLowerCase() === lowerName ? 1 : 0;
  }
  let times = 0;
  for (const part of Object.values(node)) times += timesNamed(part, lowerName);
  return times;
}

interface TableNode {
  readonly kind: "table";
  readonly name: { readonly schema: unknown; readonly name: { readonly text: string } };
}

function isTableNode(node: object): node is TableNode {
  return "kind" in node && node.kind === "table";
}
