/**
 * Table references: what FROM, UPDATE and DELETE read from.
 *
 * An inner join may have no condition, so its right side is read as far as it goes, and only then is it known whose
 * the conditions were:
 *
 *     a JOIN b JOIN c ON x ON y    a JOIN (b JOIN c ON x) ON y     both found theirs
 *     a JOIN b JOIN c ON x         (a JOIN b) JOIN c ON x          a JOIN found none: b's chain goes on a's
 *
 * InnoDB: MySQL's rules `table_reference` and `joined_table`, and `PT_joined_table::add_cross_join`.
 */

import { append } from "../base/lists.ts";
import type {
  DerivedTable,
  IndexHint,
  Join,
  Query,
  TableReference,
  UnsupportedTable,
} from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { nameList } from "./parser_names.ts";
import { atQuery, goesOnAsQuery, innerQuery, queryFrom, subquery } from "./parser_query.ts";

/** Reads table references with commas. */
export function tableReferences(cursor: Cursor): readonly TableReference[] {
  return cursor.list(tableReference);
}

/** Reads a table and everything joined to it. */
function tableReference(cursor: Cursor): TableReference {
  const start = cursor.start;
  return joined(chain(cursor, start, tableFactor(cursor)));
}

// ---------------------------------------------------------------- joins

/** A table, and what is joined onto it from left to right. */
interface Chain {
  readonly start: number;
  readonly first: TableReference;
  readonly steps: readonly Step[];
}

interface Step extends Pick<Join, "type" | "natural" | "right" | "on" | "using"> {
  readonly end: number;
}

function joined({ start, first, steps }: Chain): TableReference {
  return steps.reduce<TableReference>(
    (left, { end, ...step }) => ({ kind: "join", span: { start, end }, left, ...step }),
    first,
  );
}

/** Reads the joins that follow `first`. */
function chain(cursor: Cursor, start: number, first: TableReference): Chain {
  cursor.deeper();
  const steps: Step[] = [];
  while (JOINS.has(cursor.token.key)) append(steps, join(cursor));
  cursor.shallower();
  return { start, first, steps };
}

const JOINS = new Set(["JOIN", "INNER", "CROSS", "STRAIGHT_JOIN", "LEFT", "RIGHT", "NATURAL"]);

/** Reads one join; several steps when its right side turns out to be a chain of its own. */
function join(cursor: Cursor): readonly Step[] {
  const { key } = cursor.advance();
  if (key === "NATURAL") return [naturalJoin(cursor)];
  if (key === "LEFT" || key === "RIGHT") {
    cursor.accept("OUTER");
    cursor.expect("JOIN");
    const right = joined(rightSide(cursor));
    if (!atCondition(cursor)) cursor.fail();
    return [
      { type: key === "LEFT" ? "left" : "right", natural: false, right, ...condition(cursor) },
    ];
  }
  if (key === "INNER" || key === "CROSS") cursor.expect("JOIN");
  const type = key === "STRAIGHT_JOIN" ? "straight" : "inner";
  const right = rightSide(cursor);
  if (atCondition(cursor)) {
    return [{ type, natural: false, right: joined(right), ...condition(cursor) }];
  }
  const end = right.first.span.end;
  const own: Step = { type, natural: false, right: right.first, on: null, using: [], end };
  return [own, ...right.steps];
}

function rightSide(cursor: Cursor): Chain {
  const start = cursor.start;
  return chain(cursor, start, tableFactor(cursor));
}

function naturalJoin(cursor: Cursor): Step {
  const side = cursor.acceptOne(["LEFT", "RIGHT", "INNER"]);
  if (side === "LEFT" || side === "RIGHT") cursor.accept("OUTER");
  cursor.expect("JOIN");
  const right = tableFactor(cursor);
  const type = side === "LEFT" ? "left" : side === "RIGHT" ? "right" : "inner";
  return { type, natural: true, right, on: null, using: [], end: cursor.end };
}

const atCondition = (cursor: Cursor): boolean => cursor.at("ON") || cursor.at("USING");

/** Reads ON or USING, which is known to be there. */
function condition(cursor: Cursor): Pick<Step, "on" | "using" | "end"> {
  if (cursor.accept("ON")) {
    const on = expression(cursor);
    return { on, using: [], end: cursor.end };
  }
  cursor.expect("USING");
  const using = nameList(cursor);
  return { on: null, using, end: cursor.end };
}

// ---------------------------------------------------------------- one table

function tableFactor(cursor: Cursor): TableReference {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "(": {
      const inner = tableParenthesis(cursor);
      return inner.kind === "query" ? derivedTable(cursor, start, inner, false) : inner;
    }
    case "LATERAL":
      cursor.advance();
      return derivedTable(cursor, start, subquery(cursor), true);
    case "JSON_TABLE":
      return jsonTable(cursor);
    case "{": {
      cursor.advance();
      cursor.expect("OJ");
      const inner = cursor.nested(tableReference);
      cursor.expect("}");
      return inner;
    }
    default:
      return baseTable(cursor);
  }
}

/** Reads `( ... )`: a query, which the caller gives its alias, or table references. */
function tableParenthesis(cursor: Cursor): Query | TableReference {
  cursor.deeper();
  cursor.expect("(");
  const start = cursor.start;
  let result: Query | TableReference;
  if (atQuery(cursor)) {
    result = innerQuery(cursor);
  } else {
    const inner = cursor.at("(") ? tableParenthesis(cursor) : null;
    if (inner?.kind === "query" && cursor.at(")")) result = inner;
    else if (inner?.kind === "query" && goesOnAsQuery(cursor)) {
      result = queryFrom(cursor, start, null, inner);
    } else result = tablesFrom(cursor, start, inner);
  }
  cursor.expect(")");
  cursor.shallower();
  return result;
}

/** References with commas; the first may have been begun already. */
function tablesFrom(
  cursor: Cursor,
  start: number,
  begun: Query | TableReference | null,
): TableReference {
  const factor =
    begun === null
      ? tableFactor(cursor)
      : begun.kind === "query"
        ? derivedTable(cursor, start, begun, false)
        : begun;
  let left = joined(chain(cursor, start, factor));
  while (cursor.accept(",")) {
    const right = tableReference(cursor);
    const rest = { type: "inner", natural: false, on: null, using: [] } as const;
    left = { kind: "join", span: cursor.span(start), left, right, ...rest };
  }
  return left;
}

/** What may stand after a table: there the alias is missing; before anything else it is a syntax error. */
const MAY_FOLLOW = new Set(
  `end ) , ; } ON USING JOIN INNER CROSS STRAIGHT_JOIN LEFT RIGHT NATURAL SET WHERE GROUP HAVING WINDOW QUALIFY
  ORDER LIMIT FOR LOCK INTO UNION EXCEPT INTERSECT`.split(/\s+/),
);

function derivedTable(cursor: Cursor, start: number, query: Query, lateral: boolean): DerivedTable {
  if (!cursor.accept("AS") && MAY_FOLLOW.has(cursor.token.key || cursor.type)) {
    cursor.failWith(1248);
  }
  const alias = cursor.name();
  const columns = cursor.at("(") ? nameList(cursor) : [];
  return { kind: "derivedTable", span: cursor.span(start), query, alias, columns, lateral };
}

function baseTable(cursor: Cursor): TableReference {
  const start = cursor.start;
  const name = cursor.tableName();
  const partitions = cursor.accept("PARTITION") ? nameList(cursor) : [];
  const alias = cursor.accept("AS") || cursor.atName() ? cursor.name() : null;
  const hints: IndexHint[] = [];
  while (HINTS.has(cursor.token.key)) hints.push(indexHint(cursor));
  return { kind: "table", span: cursor.span(start), name, alias, partitions, hints };
}

const HINTS = new Set(["USE", "FORCE", "IGNORE"]);

function indexHint(cursor: Cursor): IndexHint {
  const start = cursor.start;
  const action = cursor.advance().key.toLowerCase() as IndexHint["action"];
  cursor.expectOne(["INDEX", "KEY"]);
  const scope = cursor.accept("FOR") ? hintScope(cursor) : null;
  cursor.expect("(");
  const empty = action === "use" && cursor.at(")");
  const indexes = empty
    ? []
    : cursor.list((inner) => (inner.at("PRIMARY") ? inner.takeName() : inner.name()));
  cursor.expect(")");
  return { kind: "indexHint", span: cursor.span(start), action, scope, indexes };
}

function hintScope(cursor: Cursor): IndexHint["scope"] {
  if (cursor.accept("JOIN")) return "join";
  const scope = cursor.expectOne(["ORDER", "GROUP"]) === "ORDER" ? "orderBy" : "groupBy";
  cursor.expect("BY");
  return scope;
}

/** `JSON_TABLE(...) [AS] alias`, its contents skipped. */
function jsonTable(cursor: Cursor): UnsupportedTable {
  const { start } = cursor.advance();
  if (!cursor.at("(")) cursor.fail();
  let depth = 0;
  do {
    if (cursor.type === "end") cursor.fail();
    const { key } = cursor.advance();
    if (key === "(") depth++;
    else if (key === ")") depth--;
  } while (depth > 0);
  cursor.accept("AS");
  cursor.name();
  return { kind: "unsupportedTable", span: cursor.span(start), feature: "JSON_TABLE" };
}
