/** Text to syntax tree: the entry point, and the table of statements by their first word. */

import type { Empty, Statement } from "./ast.ts";
import { Cursor, ParseFailure, type ParseOptions } from "./cursor.ts";
import { tokenize } from "./lexer.ts";
import { alterTable } from "./parser_alter.ts";
import { alterRoutine } from "./parser_characteristics.ts";
import { alterDatabase, create } from "./parser_create.ts";
import { getDiagnostics } from "./parser_diagnostics.ts";
import { explainable } from "./parser_explainable.ts";
import { handler } from "./parser_handler.ts";
import { flush, lock, unlock } from "./parser_locks.ts";
import { deallocate, execute, prepare } from "./parser_prepare.ts";
import { call, createProcedure, dropProcedure } from "./parser_procedure.ts";
import { doExpressions } from "./parser_rows.ts";
import { set } from "./parser_set.ts";
import { describe, show } from "./parser_show.ts";
import { signal } from "./parser_signal.ts";
import { createFunction, dropFunction } from "./parser_stored_function.ts";
import { drop, maintenance, rename, truncate, use } from "./parser_table_statements.ts";
import {
  begin,
  commit,
  kill,
  releaseSavepoint,
  rollback,
  savepoint,
  startTransaction,
} from "./parser_transaction.ts";
import { createTrigger, dropTrigger } from "./parser_trigger.ts";
import { mayBeUnsupported, unsupported, unsupportedFeature } from "./parser_unsupported.ts";
import { createView, dropView, storedKind } from "./parser_view.ts";
import { xa } from "./parser_xa.ts";
import { parseError, type SqlSyntaxError } from "./syntax_error.ts";

/** A tree, or MySQL's error. */
export type ParseResult =
  | { readonly ok: true; readonly statement: Statement; readonly facts: StatementFacts }
  | { readonly ok: false; readonly error: SqlSyntaxError };

/** What the parser came by, so that nobody walks a tree to look for what is not in it. */
export interface StatementFacts {
  /** How many queries there are, subqueries and the statement itself among them; never too few. */
  readonly queries: number;
  /** `@a := 1`. */
  readonly assignments: number;
  /** Comments with optimizer hints. */
  readonly hints: number;
  /** Which forms it has that MySQL will give up, in their order: `&&`, `||`, `NC` for SQL_NO_CACHE. */
  readonly oldForms: string;
  /** What MySQL refuses the statement with once it has read it all, before it looks at any table (do_contextualize). */
  readonly refusal: SqlSyntaxError | null;
}

/** Parses one statement, with or without semicolons at its end. Never throws. Offsets are those of `text`. */
export function parseStatement(text: string, options: ParseOptions = {}): ParseResult {
  // MySQL drops semicolons and white space at the end before it looks at a statement.
  const trimmed = text.slice(0, endOf(text));
  const cursor = new Cursor(trimmed, tokenize(trimmed, options), options);
  try {
    return { ok: true, statement: wholeStatement(cursor), facts: cursor.facts };
  } catch (failure) {
    if (failure instanceof ParseFailure) return { ok: false, error: failure.failure };
    throw failure;
  }
}

const DROPPED_AT_END = " \t\n\v\f\r;";

function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && DROPPED_AT_END.includes(text.charAt(end - 1))) end--;
  return end;
}

function wholeStatement(cursor: Cursor): Statement {
  if (cursor.atEnd()) return empty(cursor);
  const statement = statementOf(cursor);
  // What follows a semicolon is another statement, and MySQL takes one at a time.
  cursor.accept(";");
  if (!cursor.atEnd()) cursor.fail();
  cursor.raiseDeferred();
  return statement;
}

function empty(cursor: Cursor): Empty {
  const { text } = cursor;
  if (/^\s*$/.test(text)) throw new ParseFailure(parseError(1065, text, 0, 0));
  return { kind: "empty", span: { start: 0, end: text.length } };
}

function statementOf(cursor: Cursor): Statement {
  const stored = storedStatement(cursor);
  if (stored !== null) return stored;
  const read = STATEMENTS.get(cursor.token.key);
  if (read === undefined) return explainable(cursor) ?? skipped(cursor) ?? cursor.fail();
  return (mayBeUnsupported(cursor) ? skipped(cursor) : null) ?? read(cursor);
}

/** A statement that is only recognised. */
function skipped(cursor: Cursor): Statement | null {
  const feature = unsupportedFeature(cursor);
  return feature === null ? null : unsupported(cursor, cursor.start, feature);
}

/** CREATE, ALTER and DROP of what is kept as text: views, procedures, functions, triggers. */
function storedStatement(cursor: Cursor): Statement | null {
  const { key } = cursor.token;
  if (key !== "CREATE" && key !== "DROP" && key !== "ALTER") return null;
  // Only a view can be replaced.
  if (cursor.peek(1).key === "OR" && cursor.peek(3).key !== "SPATIAL") return createView(cursor);
  switch (storedKind(cursor)) {
    case "VIEW":
      return key === "DROP" ? dropView(cursor) : createView(cursor);
    case "PROCEDURE":
      if (key === "ALTER") return alterRoutine(cursor);
      return key === "DROP" ? dropProcedure(cursor) : createProcedure(cursor, statementOf);
    case "FUNCTION":
      if (key === "ALTER") return alterRoutine(cursor);
      return key === "DROP" ? dropFunction(cursor) : createFunction(cursor, statementOf);
    case "TRIGGER":
      if (key === "ALTER") return null;
      return key === "DROP" ? dropTrigger(cursor) : createTrigger(cursor, statementOf);
    default:
      return null;
  }
}

const STATEMENTS: ReadonlyMap<string, (cursor: Cursor) => Statement> = new Map<
  string,
  (cursor: Cursor) => Statement
>([
  ["ALTER", (cursor) => (cursor.peek(1).key === "DATABASE" ? alterDatabase : alterTable)(cursor)],
  ["ANALYZE", maintenance],
  ["BEGIN", begin],
  ["CALL", call],
  ["CHECK", maintenance],
  ["CHECKSUM", maintenance],
  ["COMMIT", commit],
  ["CREATE", create],
  ["DEALLOCATE", deallocate],
  ["DESC", describe],
  ["DESCRIBE", describe],
  ["DO", doExpressions],
  ["DROP", drop],
  ["EXECUTE", execute],
  ["EXPLAIN", describe],
  ["FLUSH", flush],
  ["GET", getDiagnostics],
  ["HANDLER", handler],
  ["KILL", kill],
  ["LOCK", lock],
  ["OPTIMIZE", maintenance],
  ["PREPARE", prepare],
  ["RELEASE", releaseSavepoint],
  ["RENAME", rename],
  ["REPAIR", maintenance],
  ["RESIGNAL", (cursor) => signal(cursor)],
  ["ROLLBACK", rollback],
  ["SAVEPOINT", savepoint],
  ["SET", set],
  ["SHOW", show],
  ["SIGNAL", (cursor) => signal(cursor)],
  ["START", (cursor) => startTransaction(cursor, cursor.advance().start)],
  ["TRUNCATE", truncate],
  ["UNLOCK", unlock],
  ["USE", use],
  ["XA", xa],
]);
