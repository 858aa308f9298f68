/** Column definitions: a type, and attributes in any order. */

import type { Identifier } from "./ast.ts";
import type { Expression, Literal } from "./ast_expression.ts";
import type { Check, ColumnDefault, ColumnDefinition, Generated } from "./ast_table.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { call } from "./parser_function.ts";
import { references } from "./parser_key.ts";
import { acceptLiteral, signedLiteral } from "./parser_literal.ts";
import { columnType, optionalCollation } from "./parser_type.ts";

/** The attributes while they are read. */
interface Attributes {
  nullable: boolean | null;
  default: ColumnDefault | null;
  onUpdateNow: boolean;
  autoIncrement: boolean;
  primaryKey: boolean;
  unique: boolean;
  visible: boolean;
  comment: string | null;
  collation: string | null;
  readonly checks: Check[];
}

/** Reads `name type attributes`. */
export function columnDefinition(cursor: Cursor): ColumnDefinition {
  const start = cursor.start;
  const name = cursor.name();
  return columnAfterName(cursor, start, name);
}

function columnAfterName(cursor: Cursor, start: number, name: Identifier): ColumnDefinition {
  const { type, serial } = columnType(cursor);
  const first = optionalCollation(cursor);
  const generated = cursor.at("GENERATED") || cursor.at("AS") ? generatedAs(cursor) : null;
  const found: Attributes = {
    nullable: serial ? false : null,
    default: null,
    onUpdateNow: false,
    autoIncrement: serial,
    primaryKey: false,
    unique: serial,
    visible: true,
    comment: null,
    collation: first,
    checks: [],
  };
  while (attribute(cursor, found));
  const reference = cursor.at("REFERENCES") ? references(cursor) : null;
  const { collation, ...attributes } = found;
  return {
    kind: "columnDefinition",
    span: cursor.span(start),
    name,
    type: collation === null ? type : { ...type, collation },
    ...attributes,
    generated,
    references: reference,
  };
}

/** Reads one attribute; false when none is next. */
function attribute(cursor: Cursor, found: Attributes): boolean {
  switch (cursor.token.key) {
    case "NOT":
      cursor.advance();
      if (cursor.expectOne(["NULL", "SECONDARY"]) === "NULL") found.nullable = false;
      return true;
    case "NULL":
      cursor.advance();
      found.nullable = true;
      return true;
    case "UNIQUE":
      cursor.advance();
      cursor.accept("KEY");
      found.unique = true;
      return true;
    case "PRIMARY":
      cursor.advance();
      cursor.expect("KEY");
      found.primaryKey = true;
      return true;
    case "KEY":
      cursor.advance();
      found.primaryKey = true;
      return true;
    case "COMMENT":
      cursor.advance();
      found.comment = cursor.string();
      return true;
    case "VISIBLE":
    case "INVISIBLE":
      found.visible = cursor.advance().key === "VISIBLE";
      return true;
    case "COLLATE":
      found.collation = optionalCollation(cursor);
      return true;
    case "CONSTRAINT":
    case "CHECK":
      found.checks.push(check(cursor));
      return true;
    default:
      return valueAttribute(cursor, found) || rareAttribute(cursor);
  }
}

/** Where values come from that nobody gives. */
function valueAttribute(cursor: Cursor, found: Attributes): boolean {
  switch (cursor.token.key) {
    case "DEFAULT":
      cursor.advance();
      found.default = columnDefault(cursor, true);
      return true;
    case "ON":
      cursor.advance();
      cursor.expect("UPDATE");
      now(cursor);
      found.onUpdateNow = true;
      return true;
    case "AUTO_INCREMENT":
      cursor.advance();
      found.autoIncrement = true;
      return true;
    case "SERIAL":
      cursor.advance();
      cursor.expect("DEFAULT");
      cursor.expect("VALUE");
      found.nullable = false;
      found.autoIncrement = true;
      found.unique = true;
      return true;
    default:
      return false;
  }
}

/** Attributes that are read and dropped. */
function rareAttribute(cursor: Cursor): boolean {
  switch (cursor.token.key) {
    case "COLUMN_FORMAT":
      cursor.advance();
      cursor.expectOne(["DEFAULT", "FIXED", "DYNAMIC"]);
      return true;
    case "STORAGE":
      cursor.advance();
      cursor.expectOne(["DEFAULT", "DISK", "MEMORY"]);
      return true;
    case "SRID":
      cursor.advance();
      cursor.integer();
      return true;
    case "ENGINE_ATTRIBUTE":
    case "SECONDARY_ENGINE_ATTRIBUTE":
      cursor.advance();
      cursor.accept("=");
      cursor.string();
      return true;
    default:
      return false;
  }
}

/** `[GENERATED ALWAYS] AS (expression) [VIRTUAL | STORED]` */
function generatedAs(cursor: Cursor): Generated {
  const start = cursor.start;
  if (cursor.accept("GENERATED")) cursor.expect("ALWAYS");
  cursor.expect("AS");
  cursor.expect("(");
  const value = expression(cursor);
  cursor.expect(")");
  const stored = cursor.acceptOne(["VIRTUAL", "STORED"]) === "STORED";
  return { kind: "generated", span: cursor.span(start), expression: value, stored };
}

/** Reads what follows DEFAULT; NOW only where a column is defined. */
export function columnDefault(cursor: Cursor, mayBeNow: boolean): ColumnDefault {
  const start = cursor.start;
  if (cursor.accept("(")) {
    const value = expression(cursor);
    cursor.expect(")");
    return { kind: "columnDefault", span: cursor.span(start), form: "expression", value };
  }
  if (mayBeNow && cursor.at("NOW")) {
    const value = now(cursor);
    return { kind: "columnDefault", span: cursor.span(start), form: "now", value };
  }
  const value = signedLiteral(cursor);
  return { kind: "columnDefault", span: cursor.span(start), form: "literal", value };
}

/** `NOW`, `CURRENT_TIMESTAMP`, with `()` or `(6)` or without. */
function now(cursor: Cursor): Expression {
  const { start } = cursor.token;
  cursor.expect("NOW");
  const args: Literal[] = [];
  if (cursor.accept("(")) {
    if (cursor.type === "integer") args.push(acceptLiteral(cursor) ?? cursor.fail());
    cursor.expect(")");
  }
  return call(cursor, start, "now", args);
}

/** Reads `[CONSTRAINT [name]] CHECK (expression) [[NOT] ENFORCED]`. */
function check(cursor: Cursor): Check {
  const start = cursor.start;
  const named = cursor.accept("CONSTRAINT") && cursor.atName();
  const name = named ? cursor.name() : null;
  return checkAfterName(cursor, start, name);
}

/** Reads a check from the word CHECK on. */
export function checkAfterName(cursor: Cursor, start: number, name: Identifier | null): Check {
  cursor.expect("CHECK");
  cursor.expect("(");
  const textStart = cursor.start;
  const condition = expression(cursor);
  const text = cursor.text.slice(textStart, cursor.end);
  cursor.expect(")");
  const enforced = enforcement(cursor);
  return { kind: "check", span: cursor.span(start), name, expression: condition, text, enforced };
}

function enforcement(cursor: Cursor): boolean {
  if (cursor.acceptPair("NOT", "ENFORCED")) return false;
  cursor.accept("ENFORCED");
  return true;
}
