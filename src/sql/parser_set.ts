/** SET: variables, NAMES, CHARACTER SET; SET TRANSACTION is told apart here too. */

import type {
  SetAssignment,
  SetCharacterSet,
  SetNames,
  SetScope,
  SetStatement,
  SetSystemVariable,
  SetTransaction,
  SetUserVariable,
  Unsupported,
} from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { acceptCharset, charsetName } from "./parser_names.ts";
import { setTransaction } from "./parser_transaction.ts";
import { unsupported } from "./parser_unsupported.ts";

const SCOPES: Readonly<Record<string, SetScope>> = {
  SESSION: "session",
  LOCAL: "session",
  GLOBAL: "global",
  PERSIST: "persist",
  PERSIST_ONLY: "persistOnly",
};

/** Reads SET. */
export function set(cursor: Cursor): SetStatement | SetTransaction | Unsupported {
  const { start } = cursor.advance();
  if (cursor.at("TRANSACTION") && !equalsFollows(cursor)) {
    cursor.advance();
    return setTransaction(cursor, start, "next");
  }
  if (
    cursor.peek(1).key === "TRANSACTION" &&
    ["SESSION", "LOCAL", "GLOBAL"].includes(cursor.token.key)
  ) {
    const scope = cursor.advance().key === "GLOBAL" ? "global" : "session";
    cursor.advance();
    return setTransaction(cursor, start, scope);
  }
  const feature = unsupportedSet(cursor);
  if (feature !== null) return unsupported(cursor, start, feature);
  const assignments = assignmentsOf(cursor);
  return { kind: "set", span: cursor.span(start), assignments };
}

const equalsFollows = (cursor: Cursor): boolean => {
  const { key } = cursor.peek(1);
  return key === "=" || key === ":=" || key === ".";
};

function unsupportedSet(cursor: Cursor): string | null {
  if (equalsFollows(cursor) && !cursor.at("PASSWORD")) return null;
  if (cursor.at("PASSWORD") && cursor.peek(1).key !== ".") return "SET PASSWORD";
  if (cursor.at("ROLE")) return "SET ROLE";
  if (cursor.at("DEFAULT")) {
    return cursor.peek(1).key === "ROLE" ? "SET DEFAULT ROLE" : cursor.fail(cursor.peek(1));
  }
  return cursor.atPair("RESOURCE", "GROUP") ? "SET RESOURCE GROUP" : null;
}

/** The list of assignments. A scope word goes for the bare names that follow it, too. */
function assignmentsOf(cursor: Cursor): readonly SetAssignment[] {
  let scope: SetScope = "session";
  return cursor.list((inner) => {
    const start = inner.start;
    const word = SCOPES[inner.token.key];
    if (word !== undefined) {
      inner.advance();
      scope = word;
      return bareVariable(inner, start, scope);
    }
    return assignment(inner, start, scope);
  });
}

function assignment(cursor: Cursor, start: number, scope: SetScope): SetAssignment {
  if (cursor.type === "variable") return userVariable(cursor, start);
  if (cursor.at("@@")) return atAtVariable(cursor, start);
  if (cursor.at("NAMES") && cursor.peek(1).key !== ".") return names(cursor, start);
  if (acceptCharset(cursor)) return characterSet(cursor, start);
  return bareVariable(cursor, start, scope);
}

function userVariable(cursor: Cursor, start: number): SetUserVariable {
  const name = cursor.advance().value;
  expectEquals(cursor);
  const value = expression(cursor);
  return { kind: "setUserVariable", span: cursor.span(start), name, value };
}

/** `@@[scope.][base.]name = value` */
function atAtVariable(cursor: Cursor, start: number): SetSystemVariable {
  cursor.advance();
  const scope = cursor.peek(1).key === "." ? SCOPES[cursor.token.key] : undefined;
  if (scope !== undefined) {
    cursor.advance();
    cursor.advance();
  }
  return systemVariable(cursor, start, scope ?? "default");
}

/** `[base.]name = value` */
function bareVariable(cursor: Cursor, start: number, scope: SetScope): SetSystemVariable {
  if (SCOPES[cursor.token.value.toUpperCase()] !== undefined) cursor.fail();
  return systemVariable(cursor, start, scope);
}

function systemVariable(cursor: Cursor, start: number, scope: SetScope): SetSystemVariable {
  const first = cursor.name().text.toLowerCase();
  const second = cursor.accept(".") ? cursor.name().text.toLowerCase() : null;
  expectEquals(cursor);
  const value = readValue(cursor);
  const name = second ?? first;
  const base = second === null ? null : first;
  return { kind: "setSystemVariable", span: cursor.span(start), scope, base, name, value };
}

function expectEquals(cursor: Cursor): void {
  cursor.expectOne(["=", ":="]);
}

/** Keywords that are values though they are no expressions. */
const WORDS = new Set(["ON", "ALL", "SYSTEM"]);

/** Words that are values when they stand alone, and begin an expression otherwise. */
const WORDS_ALONE = new Set(["BINARY", "ROW"]);

function readValue(cursor: Cursor): SetSystemVariable["value"] {
  const start = cursor.start;
  const after = cursor.peek(1);
  const alone = after.type === "end" || after.key === "," || after.key === ";";
  if (cursor.at("DEFAULT") && after.key !== "(") {
    cursor.advance();
    return { kind: "setDefault", span: cursor.span(start) };
  }
  if (WORDS.has(cursor.token.key) || (alone && WORDS_ALONE.has(cursor.token.key))) {
    const text = cursor.advance().value;
    return { kind: "setWord", span: cursor.span(start), text };
  }
  return wordOf(expression(cursor));
}

/** A name alone is a word to MySQL, not a column. */
function wordOf(value: Expression): SetSystemVariable["value"] {
  if (value.kind !== "column" || value.table !== null) return value;
  return { kind: "setWord", span: value.span, text: value.name.text };
}

function names(cursor: Cursor, start: number): SetNames {
  cursor.advance();
  if (cursor.accept("DEFAULT")) {
    return { kind: "setNames", span: cursor.span(start), charset: null, collation: null };
  }
  const charset = charsetName(cursor);
  const collation = cursor.accept("COLLATE") ? charsetName(cursor) : null;
  return { kind: "setNames", span: cursor.span(start), charset, collation };
}

function characterSet(cursor: Cursor, start: number): SetCharacterSet {
  const charset = cursor.accept("DEFAULT") ? null : charsetName(cursor);
  return { kind: "setCharacterSet", span: cursor.span(start), charset };
}
