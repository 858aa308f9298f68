/** Literals: numbers, strings, dates, and TRUE, FALSE and NULL. */

import type {
  BitLiteral,
  Expression,
  HexLiteral,
  Literal,
  StringLiteral,
} from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";

/** Reads a literal without a sign, or returns null and reads nothing. */
export function acceptLiteral(cursor: Cursor): Literal | null {
  const start = cursor.start;
  switch (cursor.type) {
    case "integer":
    case "decimal":
    case "float": {
      const { type, value } = cursor.token;
      if (type === "float" && !Number.isFinite(Number(value)))
        cursor.failWith(1367, "double", value);
      cursor.advance();
      return {
        kind: type as "integer" | "decimal" | "float",
        span: cursor.span(start),
        text: value,
      };
    }
    case "hex":
    case "bit":
      return digits(cursor, start, null);
    case "string":
    case "national":
      return stringFrom(cursor, start, cursor.type === "national" ? "utf8mb3" : null);
    case "introducer":
      return introduced(cursor, start);
    case "reserved":
    case "identifier":
      return acceptWord(cursor, start);
    default:
      return null;
  }
}

/** Reads `['-' | '+'] number` or another literal; fails at anything else. */
export function signedLiteral(cursor: Cursor): Expression {
  const start = cursor.start;
  if (!cursor.at("-") && !cursor.at("+")) return acceptLiteral(cursor) ?? cursor.fail();
  const sign = cursor.advance().key;
  if (!["integer", "decimal", "float"].includes(cursor.type)) cursor.fail();
  const operand = acceptLiteral(cursor) ?? cursor.fail();
  return sign === "+"
    ? operand
    : { kind: "unary", span: cursor.span(start), operator: "-", operand };
}

/** Reads a string and those right after it. */
export function stringLiteral(cursor: Cursor): StringLiteral {
  if (cursor.type !== "string") cursor.fail();
  return stringFrom(cursor, cursor.start, null);
}

function stringFrom(cursor: Cursor, start: number, charset: string | null): StringLiteral {
  let value = cursor.advance().value;
  while (cursor.type === "string") value += cursor.advance().value;
  return { kind: "string", span: cursor.span(start), value, charset };
}

function digits(cursor: Cursor, start: number, charset: string | null): HexLiteral | BitLiteral {
  const { type, value } = cursor.advance();
  const kind = type === "hex" ? "hex" : "bit";
  return { kind, span: cursor.span(start), digits: value, charset };
}

/** `_utf8mb4 'text'` */
function introduced(cursor: Cursor, start: number): Literal {
  const charset = cursor.advance().value;
  if (cursor.type === "string") return stringFrom(cursor, start, charset);
  if (cursor.type !== "hex" && cursor.type !== "bit") cursor.fail();
  return digits(cursor, start, charset);
}

function acceptWord(cursor: Cursor, start: number): Literal | null {
  switch (cursor.token.key) {
    case "NULL":
      cursor.advance();
      return { kind: "null", span: cursor.span(start) };
    case "TRUE":
    case "FALSE": {
      const value = cursor.advance().key === "TRUE";
      return { kind: "boolean", span: cursor.span(start), value };
    }
    case "DATE":
    case "TIME":
    case "TIMESTAMP": {
      if (cursor.peek(1).type !== "string") return null;
      const type = cursor.advance().key.toLowerCase() as "date" | "time" | "timestamp";
      const { value } = cursor.advance();
      return { kind: "temporal", span: cursor.span(start), type, value };
    }
    default:
      return null;
  }
}
