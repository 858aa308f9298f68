/**
 * The numbers of a statement's query blocks, as EXPLAIN shows them under `id`: 1 is the statement itself, subqueries follow in
 * the order in which they are written, a common table where it is named first. The result of a UNION has the number behind
 * its parts.
 *
 * MySQL: LEX::new_query, Query_block::select_number, PT_query_specification::do_contextualize.
 */
import type { CommonTable, Query, QueryBody, QuerySpecification } from "../../../sql/ast_query.ts";
import type { Executable } from "../executable.ts";

/** By syntax node: a block, a set operation (its result), a query (its first block). */
export type BlockNumbers = ReadonlyMap<object, number>;

interface Walk {
  readonly numbers: Map<object, number>;
  last: number;
  readonly common: ReadonlyMap<string, CommonTable>;
}

export function blockNumbers(node: Executable): BlockNumbers {
  const walk: Walk = { numbers: new Map(), last: 0, common: new Map() };
  if (node.kind === "select") visitQuery(node.query, walk);
  else if (node.kind === "insert" && node.source.kind === "insertQuery") {
    visitQuery(node.source.query, walk);
  } else {
    walk.last = 1;
    visit(node, withCommon(walk, "with" in node ? (node.with?.tables ?? []) : []));
  }
  return walk.numbers;
}

function withCommon(walk: Walk, tables: readonly CommonTable[]): Walk {
  if (tables.length === 0) return walk;
  const common = new Map(walk.common);
  for (const table of tables) common.set(table.name.text.toLowerCase(), table);
  return {
    numbers: walk.numbers,
    common,
    get last() {
      return walk.last;
    },
    set last(value) {
      walk.last = value;
    },
  };
}

function visitQuery(query: Query, outer: Walk): void {
  const walk = withCommon(outer, query.with?.tables ?? []);
  walk.numbers.set(query, walk.last + 1);
  visitBody(query.body, walk);
  if (query.body.kind === "setOperation") {
    walk.last += 1;
    numberResults(query.body, walk);
  }
  visit(query.orderBy, walk);
}

function visitBody(body: QueryBody, walk: Walk): void {
  switch (body.kind) {
    case "query":
      visitQuery(body, walk);
      return;
    case "setOperation":
      visitBody(body.left, walk);
      visitBody(body.right, walk);
      return;
    case "querySpecification":
      visitBlock(body, walk);
      return;
    default:
      walk.last += 1;
      walk.numbers.set(body, walk.last);
  }
}

function numberResults(body: QueryBody, walk: Walk): void {
  if (body.kind !== "setOperation") return;
  walk.numbers.set(body, walk.last);
  numberResults(body.left, walk);
  numberResults(body.right, walk);
}

function visitBlock(block: QuerySpecification, walk: Walk): void {
  walk.last += 1;
  walk.numbers.set(block, walk.last);
  for (const part of [block.items, block.from, block.where, block.groupBy, block.having]) {
    visit(part, walk);
  }
}

function visit(node: unknown, walk: Walk): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const part of node) visit(part, walk);
    return;
  }
  if ("kind" in node && node.kind === "query") {
    visitQuery(node as Query, walk);
    return;
  }
  if ("kind" in node && node.kind === "tableName" && "name" in node) {
    nameTable((node.name as { readonly text: string }).text, walk);
    return;
  }
  for (const [name, part] of Object.entries(node)) {
    if (name !== "with" && name !== "span") visit(part, walk);
  }
}

/** The first who names a common table numbers its blocks. */
function nameTable(name: string, walk: Walk): void {
  const table = walk.common.get(name.toLowerCase());
  if (table === undefined || walk.numbers.has(table.query)) return;
  visitQuery(table.query, walk);
}
