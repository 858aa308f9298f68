/** One SELECT block: modifiers, select list, FROM, WHERE, GROUP BY, HAVING, WINDOW; and INTO. */

import type { Identifier, TableName } from "./ast.ts";
import type { UserVariable } from "./ast_expression.ts";
import type {
  GroupBy,
  Into,
  NamedWindow,
  QuerySpecification,
  SelectItem,
  SelectModifier,
  TableReference,
} from "./ast_query.ts";
import { isSpace } from "./characters.ts";
import { columnNameOf } from "./column_name.ts";
import type { Cursor } from "./cursor.ts";
import { windowSpecification } from "./parser_aggregate.ts";
import { expression } from "./parser_expression.ts";
import { hintsBehind } from "./parser_hints.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";
import { tableReferences } from "./parser_table.ts";

/** Reads from SELECT to WINDOW, and the INTO that may stand before FROM. */
export function querySpecification(cursor: Cursor): {
  readonly body: QuerySpecification;
  readonly into: Into | null;
} {
  const start = cursor.start;
  cursor.expect("SELECT");
  const hints = hintsBehind(cursor);
  const { distinct, modifiers } = selectOptions(cursor);
  const items = selectList(cursor);
  const early = cursor.at("INTO") ? into(cursor) : null;
  const from = fromClause(cursor);
  const where = cursor.accept("WHERE") ? expression(cursor) : null;
  const groupBy = cursor.at("GROUP") ? groupByClause(cursor) : null;
  const having = cursor.accept("HAVING") ? expression(cursor) : null;
  const windows = cursor.accept("WINDOW") ? cursor.list(namedWindow) : [];
  const qualify = cursor.accept("QUALIFY") ? expression(cursor) : null;
  const body: QuerySpecification = {
    kind: "querySpecification",
    span: cursor.span(start),
    hints,
    distinct,
    modifiers,
    items,
    from,
    where,
    groupBy,
    having,
    windows,
    qualify,
  };
  return { body, into: early };
}

const MODIFIERS: Readonly<Record<string, SelectModifier>> = {
  HIGH_PRIORITY: "highPriority",
  STRAIGHT_JOIN: "straightJoin",
  SQL_SMALL_RESULT: "sqlSmallResult",
  SQL_BIG_RESULT: "sqlBigResult",
  SQL_BUFFER_RESULT: "sqlBufferResult",
  SQL_NO_CACHE: "sqlNoCache",
  SQL_CALC_FOUND_ROWS: "sqlCalcFoundRows",
};

function selectOptions(cursor: Cursor): {
  readonly distinct: boolean;
  readonly modifiers: readonly SelectModifier[];
} {
  const modifiers: SelectModifier[] = [];
  let all = false;
  let distinct = false;
  for (;;) {
    const modifier = MODIFIERS[cursor.token.key];
    if (cursor.at("ALL")) all = true;
    else if (cursor.at("DISTINCT")) distinct = true;
    else if (modifier !== undefined) {
      modifiers.push(modifier);
      if (modifier === "sqlNoCache") cursor.facts.oldForms += "NC";
    } else return { distinct, modifiers };
    if (all && distinct) cursor.failWith(1221, "ALL", "DISTINCT");
    cursor.advance();
  }
}

// ---------------------------------------------------------------- the select list

function selectList(cursor: Cursor): readonly SelectItem[] {
  const items = [cursor.at("*") ? star(cursor, cursor.start, null) : selectItem(cursor)];
  while (cursor.accept(",")) items.push(selectItem(cursor));
  return items;
}

function selectItem(cursor: Cursor): SelectItem {
  const start = cursor.start;
  const wild = wildTable(cursor);
  if (wild !== null) return star(cursor, start, wild);
  const first = cursor.token;
  const item = expression(cursor);
  const text = cursor.text.slice(start, cursor.end);
  const nameText = cursor.text.slice(start, endWithSpace(cursor, start));
  const alias = selectAlias(cursor);
  const columnName = alias?.text ?? columnNameOf(item, nameText, first, cursor.text);
  const span = cursor.span(start);
  return { kind: "selectExpression", span, expression: item, alias, text, columnName };
}

/** What makes the lexer read a name in a state of its own: `t.` (MY_LEX_IDENT_START), `@@` (MY_LEX_SYSTEM_VAR). */
const BEFORE_OTHER_NAMES = /(?:\.\s*|@@)$/;

/** With IGNORE_SPACE MySQL's lexer ends a word only after the white space behind it, and names columns so. */
function endWithSpace(cursor: Cursor, from: number): number {
  const { type, start, end } = cursor.previous();
  const isWord = type === "identifier" || type === "reserved";
  let at = end;
  if (cursor.options.ignoreSpace === false || !isWord) return at;
  while (isSpace(cursor.text.charCodeAt(at))) at++;
  return at > end && BEFORE_OTHER_NAMES.test(cursor.text.slice(from, start)) ? end : at;
}

/** A later `*` is a syntax error in MySQL, so only the first item may be one; `t.*` may stand anywhere. */
function star(cursor: Cursor, start: number, table: TableName | null): SelectItem {
  cursor.expect("*");
  return { kind: "selectStar", span: cursor.span(start), table };
}

/** Reads `t.` or `db.t.` before a star. */
function wildTable(cursor: Cursor): TableName | null {
  if (!cursor.atName() || cursor.peek(1).key !== ".") return null;
  const long = cursor.peek(3).key === "." && cursor.peek(4).key === "*";
  if (!long && cursor.peek(2).key !== "*") return null;
  const table = long
    ? cursor.tableName()
    : { kind: "tableName" as const, schema: null, name: cursor.name() };
  const span = cursor.span("span" in table ? table.span.start : table.name.span.start);
  cursor.expect(".");
  return { ...table, span };
}

/** `[AS] name` or `[AS] 'text'`. */
export function selectAlias(cursor: Cursor): ReturnType<Cursor["name"]> | null {
  const as = cursor.accept("AS");
  if (cursor.type === "string") return cursor.takeName();
  if (as) return cursor.name();
  return cursor.atName() ? cursor.name() : null;
}

// ---------------------------------------------------------------- the clauses

/** Reads FROM if it is there; DUAL is no table. */
function fromClause(cursor: Cursor): readonly TableReference[] {
  if (!cursor.accept("FROM")) return [];
  return cursor.accept("DUAL") ? [] : tableReferences(cursor);
}

function groupByClause(cursor: Cursor): GroupBy {
  const { start } = cursor.advance();
  cursor.expect("BY");
  if (cursor.at("ROLLUP") && cursor.peek(1).key === "(") {
    cursor.advance();
    const items = cursor.parenthesised(expression);
    return { kind: "groupBy", span: cursor.span(start), items, rollup: true };
  }
  const items = cursor.list(expression);
  const rollup = cursor.acceptPair("WITH", "ROLLUP");
  return { kind: "groupBy", span: cursor.span(start), items, rollup };
}

function namedWindow(cursor: Cursor): NamedWindow {
  const start = cursor.start;
  const name = cursor.name();
  cursor.expect("AS");
  const specification = windowSpecification(cursor);
  return { kind: "namedWindow", span: cursor.span(start), name, window: specification };
}

// ---------------------------------------------------------------- INTO

/** Before the name of a procedure's variable where a user variable's stands. */
const LOCAL = "\0";

/** Reads `INTO @a, @b` or `INTO OUTFILE | DUMPFILE 'file' ...`. */
export function into(cursor: Cursor): Into {
  const start = cursor.start;
  cursor.expect("INTO");
  const form = cursor.acceptOne(["OUTFILE", "DUMPFILE"]);
  if (form === null) {
    const variables = cursor.list(intoTarget);
    return { kind: "intoVariables", span: cursor.span(start), variables };
  }
  const file = cursor.string();
  if (form === "OUTFILE") fileOptions(cursor);
  const span = cursor.span(start);
  return { kind: "intoFile", span, form: form === "OUTFILE" ? "outfile" : "dumpfile", file };
}

/** CHARACTER SET, FIELDS and LINES of OUTFILE: read and dropped. */
function fileOptions(cursor: Cursor): void {
  if (acceptCharset(cursor)) charsetName(cursor);
  if (cursor.accept("COLUMNS")) {
    do {
      cursor.accept("OPTIONALLY");
      cursor.expectOne(["TERMINATED", "ENCLOSED", "ESCAPED"]);
      cursor.expect("BY");
      cursor.string();
    } while (["TERMINATED", "OPTIONALLY", "ENCLOSED", "ESCAPED"].includes(cursor.token.key));
  }
  if (!cursor.accept("LINES")) return;
  do {
    cursor.expectOne(["TERMINATED", "STARTING"]);
    cursor.expect("BY");
    cursor.string();
  } while (cursor.at("TERMINATED") || cursor.at("STARTING"));
}

/** A user variable, or one of the routine that is being read (1327 for any other name). */
export function intoTarget(cursor: Cursor): UserVariable | Identifier {
  const at = cursor.start;
  if (cursor.type !== "variable") {
    const local = cursor.name();
    if (cursor.locals?.has(local.text.toLowerCase()) === true) {
      return { kind: "userVariable", span: local.span, name: LOCAL + local.text };
    }
    cursor.defer(1327, local.text);
    return local;
  }
  const name = cursor.advance().value;
  return { kind: "userVariable", span: cursor.span(at), name };
}
