/** Functions whose arguments have words between them: CAST(a AS CHAR), TRIM(BOTH 'x' FROM a), DATE_ADD(d, INTERVAL 1 DAY). */

import type { Expression, Match } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { castType } from "./parser_cast.ts";
import { bitExpression, expression } from "./parser_expression.ts";
import { call } from "./parser_function.ts";
import { atIntervalFunction, interval, intervalUnit } from "./parser_interval.ts";
import { charsetName, columnReference } from "./parser_names.ts";

type Special = (cursor: Cursor, start: number) => Expression;

/** Reads the call at the cursor if its keyword is in the table below; null otherwise. */
export function specialCall(cursor: Cursor): Expression | null {
  const special = SPECIAL.get(cursor.token.key);
  if (special === undefined) return null;
  const { start, key } = cursor.token;
  if (key !== "DEFAULT" && key !== "INTERVAL") {
    cursor.advance();
    if (key !== "MATCH") cursor.expect("(");
  }
  return special(cursor, start);
}

const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  ["ADDDATE", (cursor, start) => dateCall(cursor, start, "+", true)],
  ["SUBDATE", (cursor, start) => dateCall(cursor, start, "-", true)],
  ["DATE_ADD", (cursor, start) => dateCall(cursor, start, "+", false)],
  ["DATE_SUB", (cursor, start) => dateCall(cursor, start, "-", false)],
  ["CAST", cast],
  ["CHAR", char],
  ["CONVERT", convert],
  ["DEFAULT", defaultOf],
  ["EXTRACT", extract],
  ["GET_FORMAT", getFormat],
  ["INTERVAL", intervalSum],
  ["JSON_VALUE", jsonValue],
  ["MATCH", match],
  ["POSITION", position],
  ["SUBSTRING", substring],
  ["SYSDATE", sysdate],
  ["TIMESTAMPADD", timestampAdd],
  ["TIMESTAMPDIFF", timestampDiff],
  ["TRIM", trim],
  ["VALUES", insertedValue],
  ["WEIGHT_STRING", weightString],
]);

/** DATE_ADD and its like; ADDDATE and SUBDATE take a plain number of days too. */
function dateCall(
  cursor: Cursor,
  start: number,
  operator: "+" | "-",
  takesDays: boolean,
): Expression {
  const operand = expression(cursor);
  cursor.expect(",");
  const days = takesDays && (!cursor.at("INTERVAL") || atIntervalFunction(cursor));
  const { amount, unit } = days
    ? { amount: expression(cursor), unit: "day" as const }
    : interval(cursor);
  cursor.expect(")");
  return { kind: "dateArithmetic", span: cursor.span(start), operator, operand, amount, unit };
}

function timestampAdd(cursor: Cursor, start: number): Expression {
  const unit = intervalUnit(cursor);
  cursor.expect(",");
  const amount = expression(cursor);
  cursor.expect(",");
  const operand = expression(cursor);
  cursor.expect(")");
  return { kind: "dateArithmetic", span: cursor.span(start), operator: "+", operand, amount, unit };
}

function timestampDiff(cursor: Cursor, start: number): Expression {
  const unit = intervalUnit(cursor);
  cursor.expect(",");
  const from = expression(cursor);
  cursor.expect(",");
  const to = expression(cursor);
  cursor.expect(")");
  return { kind: "timestampDiff", span: cursor.span(start), unit, from, to };
}

/** `INTERVAL amount unit + operand`, or the function INTERVAL(n, a, ...). */
function intervalSum(cursor: Cursor, start: number): Expression {
  if (atIntervalFunction(cursor)) {
    cursor.advance();
    return call(cursor, start, "interval", cursor.parenthesised(expression));
  }
  const { amount, unit } = interval(cursor);
  cursor.expect("+");
  const operand = expression(cursor);
  return { kind: "dateArithmetic", span: cursor.span(start), operator: "+", operand, amount, unit };
}

function cast(cursor: Cursor, start: number): Expression {
  const operand = expression(cursor);
  if (cursor.accept("AT")) return castAtTimeZone(cursor, start);
  cursor.expect("AS");
  const type = castType(cursor);
  cursor.expect(")");
  return { kind: "cast", span: cursor.span(start), operand, type };
}

/** `CAST(a AT TIME ZONE [INTERVAL] '+00:00' AS DATETIME[(n)])` */
function castAtTimeZone(cursor: Cursor, start: number): Expression {
  cursor.expect("TIME");
  cursor.expect("ZONE");
  cursor.accept("INTERVAL");
  cursor.string();
  cursor.expect("AS");
  if (!cursor.at("DATETIME")) cursor.fail();
  castType(cursor);
  cursor.expect(")");
  const span = cursor.span(start);
  return { kind: "unsupportedExpression", span, feature: "CAST(... AT TIME ZONE ...)" };
}

function convert(cursor: Cursor, start: number): Expression {
  const operand = expression(cursor);
  if (cursor.accept("USING")) return using(cursor, start, operand);
  cursor.expect(",");
  const type = castType(cursor);
  cursor.expect(")");
  return { kind: "cast", span: cursor.span(start), operand, type };
}

/** `USING charset)` after an operand. */
function using(cursor: Cursor, start: number, operand: Expression): Expression {
  const charset = charsetName(cursor);
  cursor.expect(")");
  return { kind: "convertUsing", span: cursor.span(start), operand, charset };
}

function char(cursor: Cursor, start: number): Expression {
  const args = cursor.list(expression);
  if (cursor.at("USING")) {
    const operand = call(cursor, start, "char", args);
    cursor.advance();
    return using(cursor, start, operand);
  }
  cursor.expect(")");
  return call(cursor, start, "char", args);
}

/** `DEFAULT(column)`; the bare word DEFAULT is no expression. */
function defaultOf(cursor: Cursor, start: number): Expression {
  cursor.advance();
  cursor.expect("(");
  const column = columnReference(cursor);
  cursor.expect(")");
  return { kind: "default", span: cursor.span(start), column };
}

function insertedValue(cursor: Cursor, start: number): Expression {
  const column = columnReference(cursor);
  cursor.expect(")");
  return { kind: "insertedValue", span: cursor.span(start), column };
}

function extract(cursor: Cursor, start: number): Expression {
  const unit = intervalUnit(cursor);
  cursor.expect("FROM");
  const operand = expression(cursor);
  cursor.expect(")");
  return { kind: "extract", span: cursor.span(start), unit, operand };
}

function getFormat(cursor: Cursor, start: number): Expression {
  const at = cursor.start;
  const value = cursor.expectOne(["DATE", "TIME", "DATETIME", "TIMESTAMP"]).toLowerCase();
  const type: Expression = { kind: "string", span: cursor.span(at), value, charset: null };
  cursor.expect(",");
  const format = expression(cursor);
  cursor.expect(")");
  return call(cursor, start, "get_format", [type, format]);
}

/** `JSON_VALUE(document, path [RETURNING type] [ON EMPTY] [ON ERROR])`: only the plain form has a meaning here. */
function jsonValue(cursor: Cursor, start: number): Expression {
  const args = [expression(cursor)];
  cursor.expect(",");
  args.push(expression(cursor));
  if (cursor.accept(")")) return call(cursor, start, "json_value", args);
  if (cursor.accept("RETURNING")) castType(cursor);
  while (!cursor.at(")")) {
    if (cursor.accept("DEFAULT")) expression(cursor);
    else cursor.expectOne(["NULL", "ERROR"]);
    cursor.expect("ON");
    cursor.expectOne(["EMPTY", "ERROR"]);
  }
  cursor.expect(")");
  const span = cursor.span(start);
  return { kind: "unsupportedExpression", span, feature: "JSON_VALUE with RETURNING or ON" };
}

function weightString(cursor: Cursor, start: number): Expression {
  const args = [expression(cursor)];
  if (cursor.accept(")")) return call(cursor, start, "weight_string", args);
  cursor.expect("AS");
  castType(cursor);
  cursor.expect(")");
  const span = cursor.span(start);
  return { kind: "unsupportedExpression", span, feature: "WEIGHT_STRING(... AS ...)" };
}

/** `MATCH (a, b) AGAINST ('words' [IN BOOLEAN MODE])`, the first parentheses optional. */
function match(cursor: Cursor, start: number): Match {
  const columns = cursor.at("(")
    ? cursor.parenthesised(columnReference)
    : cursor.list(columnReference);
  cursor.expect("AGAINST");
  cursor.expect("(");
  const against = bitExpression(cursor);
  const mode = matchMode(cursor);
  cursor.expect(")");
  return { kind: "match", span: cursor.span(start), columns, against, mode };
}

function matchMode(cursor: Cursor): Match["mode"] {
  const inMode = cursor.accept("IN");
  if (inMode && cursor.accept("BOOLEAN")) {
    cursor.expect("MODE");
    return "boolean";
  }
  if (inMode) for (const word of ["NATURAL", "LANGUAGE", "MODE"]) cursor.expect(word);
  if (!cursor.accept("WITH")) return "natural";
  cursor.expect("QUERY");
  cursor.expect("EXPANSION");
  return inMode ? "naturalExpansion" : "expansion";
}

function position(cursor: Cursor, start: number): Expression {
  const needle = bitExpression(cursor);
  cursor.expect("IN");
  const text = expression(cursor);
  cursor.expect(")");
  return call(cursor, start, "locate", [needle, text]);
}

/** `SUBSTRING(a, b[, c])` and `SUBSTRING(a FROM b [FOR c])`. */
function substring(cursor: Cursor, start: number): Expression {
  const args = [expression(cursor)];
  const separator = cursor.expectOne([",", "FROM"]);
  args.push(expression(cursor));
  if (cursor.accept(separator === "," ? "," : "FOR")) args.push(expression(cursor));
  cursor.expect(")");
  return call(cursor, start, "substring", args);
}

function sysdate(cursor: Cursor, start: number): Expression {
  const at = cursor.start;
  const args: Expression[] = [];
  if (cursor.type === "integer") {
    const text = cursor.advance().value;
    args.push({ kind: "integer", span: cursor.span(at), text });
  }
  cursor.expect(")");
  return call(cursor, start, "sysdate", args);
}

/** `TRIM([BOTH | LEADING | TRAILING] [remove] FROM a)`, `TRIM(a)`. */
function trim(cursor: Cursor, start: number): Expression {
  const word = cursor.acceptOne(["BOTH", "LEADING", "TRAILING"]);
  let remove: Expression | null = null;
  let operand: Expression;
  if (word !== null && cursor.accept("FROM")) {
    operand = expression(cursor);
  } else {
    operand = expression(cursor);
    if (word !== null || cursor.at("FROM")) {
      cursor.expect("FROM");
      remove = operand;
      operand = expression(cursor);
    }
  }
  cursor.expect(")");
  const side = word === "LEADING" ? "leading" : word === "TRAILING" ? "trailing" : "both";
  return { kind: "trim", span: cursor.span(start), side, remove, operand };
}
