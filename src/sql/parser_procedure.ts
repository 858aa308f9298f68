/**
 * CREATE PROCEDURE with its body, DROP PROCEDURE and CALL.
 *
 * MySQL: sql/sql_yacc.yy: sp_decl, sp_proc_stmt. A body with a statement that is not simulated is not simulated either.
 * Departure: names of variables, cursors and labels are known from where they stand to the end of the body.
 */

import type { Statement, Unsupported } from "./ast.ts";
import type { Expression } from "./ast_expression.ts";
import type {
  Block,
  BodyLoop,
  BodyStatement,
  Call,
  CreateProcedure,
  CursorDeclaration,
  CursorStatement,
  DropProcedure,
  HandlerCondition,
  HandlerDeclaration,
  If,
  RoutineParameter,
  VariableDeclaration,
} from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { characteristics, NO_TRAITS } from "./parser_characteristics.ts";
import { expression } from "./parser_expression.ts";
import { queryExpression } from "./parser_query.ts";
import { conditionNamed, conditionValue, type NamedConditions, signal } from "./parser_signal.ts";
import { columnType, optionalCollation } from "./parser_type.ts";
import { unsupported, unsupportedFeature } from "./parser_unsupported.ts";
import { definer } from "./parser_view.ts";

class NotSimulated extends Error {}

/** Reads `CALL [schema.]name [(arguments)]`. */
export function call(cursor: Cursor): Call {
  const { start } = cursor.advance();
  const name = cursor.tableName();
  let given: Expression[] = [];
  if (cursor.accept("(")) {
    if (!cursor.at(")")) given = cursor.list(expression);
    cursor.expect(")");
  }
  return { kind: "call", span: cursor.span(start), name, arguments: given };
}

/** Reads `DROP PROCEDURE [IF EXISTS] [schema.]name`. */
export function dropProcedure(cursor: Cursor): DropProcedure {
  const { start } = cursor.advance();
  cursor.expect("PROCEDURE");
  const ifExists = cursor.acceptPair("IF", "EXISTS");
  const name = cursor.tableName();
  return { kind: "dropProcedure", span: cursor.span(start), ifExists, name };
}

/** Reads `CREATE PROCEDURE`; `statement` reads one of the statements that stand outside of bodies, too. */
export function createProcedure(
  cursor: Cursor,
  statement: (cursor: Cursor) => Statement,
): CreateProcedure | Unsupported {
  const { start } = cursor.advance();
  const by = definer(cursor);
  cursor.expect("PROCEDURE");
  const ifNotExists = cursor.accept("IF");
  if (ifNotExists) {
    cursor.expect("NOT");
    cursor.expect("EXISTS");
  }
  const name = cursor.tableName();
  cursor.locals = new Map();
  const parameters = parametersOf(cursor);
  const traits = { ...NO_TRAITS, definer: by, ...characteristics(cursor) };
  const read = routineBody(cursor, start, statement);
  if ("kind" in read) return read;
  const span = cursor.span(start);
  return { kind: "createProcedure", span, ifNotExists, name, parameters, traits, ...read };
}

/** The statement that is the body of a procedure, function or trigger, with all variables declared in it. */
export function routineBody(
  cursor: Cursor,
  start: number,
  statement: (cursor: Cursor) => Statement,
  isFunction = false,
): Pick<CreateProcedure, "variables" | "body"> | Unsupported {
  cursor.locals ??= new Map();
  try {
    const body = new BodyReader(cursor, statement, isFunction).statement();
    return { variables: [...cursor.locals.keys()], body };
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    return unsupported(cursor, start, `${error.message} in procedures`);
  }
}

/** Those of a procedure may say IN, OUT or INOUT. */
export function parametersOf(cursor: Cursor, hasModes = true): readonly RoutineParameter[] {
  cursor.expect("(");
  if (cursor.accept(")")) return [];
  const parameters = cursor.list((inner): RoutineParameter => {
    const { start } = inner;
    const mode = (hasModes ? inner.acceptOne(["IN", "OUT", "INOUT"]) : null) ?? "IN";
    const name = inner.name();
    if (!declare(inner, name.text)) inner.failWith(1330, name.text);
    const { type } = columnType(inner);
    optionalCollation(inner);
    return {
      kind: "routineParameter",
      span: inner.span(start),
      mode: mode.toLowerCase() as RoutineParameter["mode"],
      name,
      type,
    };
  });
  cursor.expect(")");
  return parameters;
}

/** False where there is one of that name. */
function declare({ locals }: Cursor, name: string): boolean {
  const key = name.toLowerCase();
  if (locals === null || locals.has(key)) return false;
  locals.set(key, locals.size);
  return true;
}

const LIST_ENDS = ["END", "ELSE", "ELSEIF", "WHEN", "UNTIL"];

class BodyReader {
  readonly #cursor: Cursor;
  readonly #sql: (cursor: Cursor) => Statement;
  readonly #isFunction: boolean;
  /** Of the blocks and loops around, those of loops in upper case. */
  #conditions: ReadonlyMap<string, HandlerCondition> = new Map();
  readonly #labels: { readonly name: string; readonly isLoop: boolean }[] = [];

  constructor(cursor: Cursor, sql: (cursor: Cursor) => Statement, isFunction: boolean) {
    this.#cursor = cursor;
    this.#isFunction = isFunction;
    this.#sql = sql;
  }

  statement(): BodyStatement {
    return this.#cursor.nested(() => this.#statement());
  }

  #statement(): BodyStatement {
    const cursor = this.#cursor;
    const { start } = cursor;
    const label = this.#label();
    switch (cursor.token.key) {
      case "BEGIN":
        return this.#block(start, label);
      case "WHILE":
      case "REPEAT":
      case "LOOP":
        return this.#loop(start, label);
    }
    if (label !== null) cursor.fail();
    switch (cursor.token.key) {
      case "IF":
        return this.#if(start);
      case "CASE":
        return this.#case(start);
      case "LEAVE":
      case "ITERATE":
        return this.#jump(start);
      case "OPEN":
      case "CLOSE":
      case "FETCH":
        return this.#cursorStatement(start);
    }
    if (cursor.atPair("CREATE", "PROCEDURE")) cursor.failWith(1303, "PROCEDURE");
    if (cursor.atPair("CREATE", "FUNCTION")) cursor.failWith(1303, "FUNCTION");
    if (cursor.atPair("CREATE", "TRIGGER")) cursor.failWith(1303, "TRIGGER");
    if (cursor.at("SIGNAL") || cursor.at("RESIGNAL")) {
      const statement = signal(cursor, this.#conditions);
      return { kind: "bodySql", span: statement.span, statement };
    }
    if (cursor.accept("RETURN")) {
      if (!this.#isFunction) cursor.failWith(1313);
      const value = expression(cursor);
      return { kind: "return", span: cursor.span(start), value };
    }
    const feature = unsupportedFeature(cursor);
    if (feature !== null) throw new NotSimulated(feature);
    const statement = this.#sql(cursor);
    return { kind: "bodySql", span: cursor.span(start), statement };
  }

  #label(): string | null {
    const cursor = this.#cursor;
    if (cursor.peek(1).key !== ":" || !cursor.atName()) return null;
    const name = cursor.name().text;
    cursor.advance();
    return name;
  }

  /** Statements, each with its semicolon, up to a word that ends them. */
  #list(): readonly BodyStatement[] {
    const cursor = this.#cursor;
    const statements: BodyStatement[] = [];
    while (!LIST_ENDS.includes(cursor.token.key)) {
      statements.push(this.statement());
      cursor.expect(";");
    }
    return statements;
  }

  #within<Result>(label: string | null, isLoop: boolean, read: () => Result): Result {
    const name = label?.toLowerCase() ?? "";
    if (label !== null && this.#labels.some((around) => around.name === name)) {
      this.#cursor.failWith(1309, label);
    }
    this.#labels.push({ name, isLoop });
    const result = read();
    this.#labels.pop();
    return result;
  }

  #endLabel(label: string | null): void {
    const cursor = this.#cursor;
    if (label === null || !cursor.atName() || cursor.at("END")) return;
    const { text } = cursor.name();
    if (text.toLowerCase() !== label.toLowerCase()) cursor.failWith(1310, text);
  }

  #block(start: number, label: string | null): Block {
    const cursor = this.#cursor;
    cursor.advance();
    const variables: VariableDeclaration[] = [];
    const cursors: CursorDeclaration[] = [];
    const handlers: HandlerDeclaration[] = [];
    const outer = this.#conditions;
    const statements = this.#within(label, false, () => {
      const declared = new Set<string>();
      while (cursor.at("DECLARE")) {
        const from = cursor.advance().start;
        if (cursor.at("CONTINUE") || cursor.at("EXIT")) handlers.push(this.#handler(from));
        else if (cursor.peek(2).key === "CONDITION" || cursor.peek(1).key === "CONDITION")
          this.#condition();
        else if (cursor.peek(1).key === "CURSOR") cursors.push(this.#cursorDeclaration(from));
        else variables.push(this.#variables(from, declared));
        cursor.expect(";");
      }
      return this.#list();
    });
    this.#conditions = outer;
    cursor.expect("END");
    this.#endLabel(label);
    const span = cursor.span(start);
    return { kind: "block", span, label, variables, cursors, handlers, statements };
  }

  #variables(start: number, declared: Set<string>): VariableDeclaration {
    const cursor = this.#cursor;
    const names = cursor.list((inner) => {
      const name = inner.name().text;
      const key = name.toLowerCase();
      if (declared.has(key)) inner.failWith(1331, name);
      declared.add(key);
      declare(inner, name);
      return name;
    });
    const { type } = columnType(cursor);
    optionalCollation(cursor);
    const value = cursor.accept("DEFAULT") ? expression(cursor) : null;
    const span = cursor.span(start);
    return { kind: "variableDeclaration", span, names, type, default: value };
  }

  /** `name CONDITION FOR value`: known by its name from here on, in this block. */
  #condition(): void {
    const cursor = this.#cursor;
    const { text } = cursor.name();
    cursor.expect("CONDITION");
    cursor.expect("FOR");
    this.#conditions = new Map(this.#conditions).set(text.toLowerCase(), conditionValue(cursor));
  }

  #cursorDeclaration(start: number): CursorDeclaration {
    const cursor = this.#cursor;
    const name = cursor.name().text.toLowerCase();
    cursor.expect("CURSOR");
    cursor.expect("FOR");
    const query = queryExpression(cursor);
    return { kind: "cursorDeclaration", span: cursor.span(start), name, query };
  }

  #handler(start: number): HandlerDeclaration {
    const cursor = this.#cursor;
    const exits = cursor.advance().key === "EXIT";
    cursor.expect("HANDLER");
    cursor.expect("FOR");
    const conditions = cursor.list((inner) => conditionOf(inner, this.#conditions));
    const statement = this.statement();
    return { kind: "handlerDeclaration", span: cursor.span(start), exits, conditions, statement };
  }

  #loop(start: number, label: string | null): BodyLoop {
    const cursor = this.#cursor;
    const word = cursor.advance().key;
    const before = word === "WHILE" ? expression(cursor) : null;
    if (word === "WHILE") cursor.expect("DO");
    const statements = this.#within(label, true, () => this.#list());
    const until = word === "REPEAT" && cursor.accept("UNTIL") ? expression(cursor) : null;
    cursor.expect("END");
    cursor.expect(word);
    this.#endLabel(label);
    return { kind: "loop", span: cursor.span(start), label, before, statements, until };
  }

  #if(start: number): If {
    const cursor = this.#cursor;
    const branches: { condition: Expression; statements: readonly BodyStatement[] }[] = [];
    do {
      cursor.advance();
      const condition = expression(cursor);
      cursor.expect("THEN");
      branches.push({ condition, statements: this.#list() });
    } while (cursor.at("ELSEIF"));
    const otherwise = cursor.accept("ELSE") ? this.#list() : [];
    cursor.expect("END");
    cursor.expect("IF");
    return { kind: "if", span: cursor.span(start), branches, otherwise };
  }

  #case(start: number): If {
    const cursor = this.#cursor;
    cursor.advance();
    const subject = cursor.at("WHEN") ? null : expression(cursor);
    const branches: { condition: Expression; statements: readonly BodyStatement[] }[] = [];
    do {
      const from = cursor.start;
      cursor.expect("WHEN");
      const when = expression(cursor);
      const span = cursor.span(from);
      const condition: Expression =
        subject === null
          ? when
          : { kind: "comparison", span, operator: "=", left: subject, right: when };
      cursor.expect("THEN");
      branches.push({ condition, statements: this.#list() });
    } while (cursor.at("WHEN"));
    const otherwise = cursor.accept("ELSE") ? this.#list() : null;
    cursor.expect("END");
    cursor.expect("CASE");
    return { kind: "if", span: cursor.span(start), branches, otherwise };
  }

  #jump(start: number): BodyStatement {
    const cursor = this.#cursor;
    const word = cursor.advance().key;
    const name = cursor.name().text;
    const label = name.toLowerCase();
    const isKnown = this.#labels.some(
      (around) => around.name === label && (word === "LEAVE" || around.isLoop),
    );
    if (!isKnown) cursor.failWith(1308, word, name);
    const span = cursor.span(start);
    return { kind: word === "LEAVE" ? "leave" : "iterate", span, label };
  }

  #cursorStatement(start: number): CursorStatement {
    const cursor = this.#cursor;
    const word = cursor.advance().key;
    if (word === "FETCH") {
      const isNext = cursor.acceptPair("NEXT", "FROM");
      if (!isNext) cursor.accept("FROM");
    }
    const name = cursor.name().text.toLowerCase();
    let into: string[] = [];
    if (word === "FETCH") {
      cursor.expect("INTO");
      into = cursor.list((inner) => inner.name().text.toLowerCase());
    }
    const kind = `${word.toLowerCase() as "open" | "fetch" | "close"}Cursor` as const;
    return { kind, span: cursor.span(start), name, into };
  }
}

function conditionOf(cursor: Cursor, named: NamedConditions): HandlerCondition {
  if (cursor.accept("SQLEXCEPTION")) return { kind: "sqlException" };
  if (cursor.accept("SQLWARNING")) return { kind: "sqlWarning" };
  if (cursor.acceptPair("NOT", "FOUND")) return { kind: "notFound" };
  if (cursor.type === "integer" || cursor.at("SQLSTATE")) return conditionValue(cursor);
  return conditionNamed(cursor, named);
}
