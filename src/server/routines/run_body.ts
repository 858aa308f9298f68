/**
 * The body of a procedure, function or trigger: blocks, IF, loops, cursors, and SQL.
 *
 * MySQL: sql/sp_head.cc: sp_head::execute; sql/sp_instr.cc.
 */
import { settled } from "../../base/answer.ts";
import { unreachable } from "../../base/assert.ts";
import type { SetSystemVariable, Statement } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type {
  Block,
  BodyLoop,
  BodyStatement,
  CursorStatement,
  GetDiagnostics,
  If,
} from "../../sql/ast_routine.ts";
import type { Answer, Exec, ExecResult } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { evaluateForVariable, runQuery } from "../session/executor.ts";
import { preparedStatement } from "../session/prepared.ts";
import { refuseWhenReadOnly } from "../session/read_only.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { commitsImplicitly } from "../session/statement_traits.ts";
import { commitImplicitly } from "../session/transaction.ts";
import { truthOf } from "../types/convert.ts";
import { newEnv } from "../types/eval_env.ts";
import { varchar } from "../types/sql_type.ts";
import type { Frame, Valued } from "./frame.ts";
import { getDiagnostics } from "./get_diagnostics.ts";
import { innerStatement, LeaveBlock, type RunHandler } from "./inner_statement.ts";
import { raise } from "./signal.ts";
import { refuseWithin } from "./sub_statement.ts";

/** Carries out a statement that may stand outside of procedures, too. */
export type Perform = (execution: StatementExecution, statement: Statement) => Answer<ExecResult>;
/** CALL within a body. */
export type CallInner = (
  execution: StatementExecution,
  statement: Extract<Statement, { kind: "call" }>,
  perform: Perform,
  caller: Frame,
) => Exec<ExecResult>;

/** LEAVE and ITERATE on their way to the label. */
class JumpTo {
  readonly kind: "leave" | "iterate";
  readonly label: string;
  constructor(kind: "leave" | "iterate", label: string) {
    this.kind = kind;
    this.label = label;
  }
}

/** RETURN on its way out of a function. */
export class Returned {
  readonly given: Valued;
  constructor(given: Valued) {
    this.given = given;
  }
}

/** A cell of a result set, which is text. */
const CELL = varchar(65_535);

export class BodyRunner {
  readonly #outer: StatementExecution;
  readonly #frame: Frame;
  readonly #perform: Perform;
  readonly #call: CallInner;

  constructor(outer: StatementExecution, frame: Frame, perform: Perform, call: CallInner) {
    this.#outer = outer;
    this.#frame = frame;
    this.#perform = perform;
    this.#call = call;
  }

  *run(statement: BodyStatement): Exec<void> {
    switch (statement.kind) {
      case "bodySql":
        return yield* this.#sql(statement.statement);
      case "block":
        return yield* this.#block(statement);
      case "if":
        return yield* this.#if(statement);
      case "loop":
        return yield* this.#loop(statement);
      case "leave":
      case "iterate":
        throw new JumpTo(statement.kind, statement.label);
      case "return": {
        const given = yield* this.#valueOf(statement.value);
        if (given !== undefined) throw new Returned(given);
        return;
      }
      case "openCursor":
      case "fetchCursor":
      case "closeCursor":
        yield* this.#within((execution) => this.#cursor(execution, statement));
        return;
      default:
        return unreachable(statement);
    }
  }

  *#all(statements: readonly BodyStatement[]): Exec<void> {
    for (const statement of statements) yield* this.run(statement);
  }

  *#block(block: Block): Exec<void> {
    const frame = this.#frame;
    const { handlers } = frame;
    frame.open();
    try {
      for (const { names, type, default: given } of block.variables) {
        for (const name of names) {
          const value = given === null ? undefined : yield* this.#valueOf(given);
          frame.declare(name, type);
          if (value !== undefined) yield* this.#assign(name, value);
        }
      }
      for (const { name, query } of block.cursors) frame.declareCursor(name, query);
      const declared = block.handlers.map((declaration) => ({ block, declaration }));
      frame.handlers = [...handlers, ...declared];
      yield* this.#all(block.statements);
    } catch (error) {
      const isEnd =
        (error instanceof LeaveBlock && error.block === block) ||
        (error instanceof JumpTo && error.label === block.label?.toLowerCase());
      if (!isEnd) throw error;
    } finally {
      frame.handlers = handlers;
      frame.close();
    }
  }

  *#if({ branches, otherwise }: If): Exec<void> {
    for (const { condition, statements } of branches) {
      if (yield* this.#isTrue(condition)) return yield* this.#all(statements);
    }
    if (otherwise !== null) return yield* this.#all(otherwise);
    yield* this.#within(() => {
      throw mysqlError("ER_SP_CASE_NOT_FOUND");
    });
  }

  *#loop({ label, before, statements, until }: BodyLoop): Exec<void> {
    do {
      this.#outer.checkInterrupt();
      if (before !== null && !(yield* this.#isTrue(before))) return;
      try {
        yield* this.#all(statements);
      } catch (error) {
        if (!(error instanceof JumpTo) || error.label !== label?.toLowerCase()) throw error;
        if (error.kind === "leave") return;
        if (until !== null) continue;
      }
    } while (until === null || !(yield* this.#isTrue(until)));
  }

  #within<Result>(
    run: (execution: StatementExecution) => Answer<Result>,
  ): Exec<Result | undefined> {
    return innerStatement(this.#outer, this.#frame, run, ({ declaration }) =>
      this.run(declaration.statement),
    );
  }

  *#valueOf(written: Expression): Exec<Valued | undefined> {
    const expression = this.#frame.withValues(written);
    return yield* this.#within((execution) => evaluateForVariable(execution, expression));
  }

  *#isTrue(condition: Expression): Exec<boolean> {
    const given = yield* this.#valueOf(condition);
    if (given === undefined || given.value === null) return false;
    return truthOf(given.type, newEnv(this.#outer))(given.value);
  }

  *#assign(name: string, given: Valued): Exec<void> {
    yield* this.#within((execution) => this.#frame.assign(execution, name, given));
  }

  *#sql(written: Statement): Exec<void> {
    if (written.kind === "set") return yield* this.#set(written);
    if (written.kind === "signal") {
      const statement = this.#frame.withValues(written);
      yield* this.#within((execution) =>
        raise(execution, statement, this.#frame.handled?.condition ?? null),
      );
      return;
    }
    if (written.kind === "getDiagnostics") return yield* this.#diagnostics(written);
    if (written.kind === "call") {
      yield* this.#within((execution) =>
        this.#call(execution, written, this.#perform, this.#frame),
      );
      return;
    }
    const statement = this.#frame.withValues(written);
    const result = yield* this.#within((execution) => this.#carryOut(execution, statement));
    const { owner } = this.#outer;
    if (result === undefined) return;
    owner.rowCount = result.kind === "rows" ? -1 : result.affected;
    if (result.kind === "rows") {
      if ((owner.subStatement?.functions.length ?? 0) > 0) {
        throw mysqlError("ER_SP_NO_RETSET", "function");
      }
      this.#frame.sets.push(result);
      const sending = this.#frame.writer?.set(result);
      if (sending !== undefined) yield* sending;
    }
    for (const [name, value] of localsSet(this.#outer)) yield* this.#assign(name, value);
  }

  /** Its variables are set without a statement of their own, which would forget what there is to be told. */
  *#diagnostics(written: GetDiagnostics): Exec<void> {
    const frame = this.#frame;
    const statement = frame.withValues(written);
    const handle: RunHandler = ({ declaration }) => this.run(declaration.statement);
    const run = function* (execution: StatementExecution): Exec<void> {
      yield* getDiagnostics(execution, statement, frame.handled?.warnings ?? null);
      for (const [name, value] of localsSet(execution)) frame.assign(execution, name, value);
    };
    yield* innerStatement(this.#outer, frame, run, handle, true);
  }

  *#carryOut(execution: StatementExecution, written: Statement): Exec<ExecResult> {
    const { server, owner } = execution;
    let statement = written;
    if (written.kind === "execute") {
      const prepared = preparedStatement(owner, written);
      execution.preparedText = prepared.text;
      execution.facts = prepared.facts;
      statement = prepared.statement;
    }
    if (owner.subStatement !== null) refuseWithin(execution, owner.subStatement, statement);
    refuseWhenReadOnly(server, owner, statement);
    const commits = commitsImplicitly(statement);
    if (commits) {
      yield* commitImplicitly(server, owner);
      owner.mdl.releaseTransactional();
    }
    const result = yield* settled(
      statement.kind === "select"
        ? runQuery(execution, statement)
        : this.#perform(execution, statement),
    );
    if (commits) yield* commitImplicitly(server, owner);
    return result;
  }

  /** Assignments to variables of the procedure, and others. */
  *#set(statement: Extract<Statement, { kind: "set" }>): Exec<void> {
    for (const assignment of statement.assignments) {
      if (assignment.kind === "setSystemVariable" && assignment.base === "new") {
        yield* this.#setNew(assignment);
        continue;
      }
      const isLocal =
        assignment.kind === "setSystemVariable" &&
        assignment.base === null &&
        this.#frame.has(assignment.name);
      if (isLocal && assignment.value.kind !== "setDefault") {
        const { value } = assignment;
        const value_ = yield* this.#valueOf(value.kind === "setWord" ? columnOf(value) : value);
        if (value_ !== undefined) yield* this.#assign(assignment.name, value_);
        continue;
      }
      const alone = { ...statement, assignments: [this.#frame.withValues(assignment)] };
      yield* this.#within((execution) => this.#perform(execution, alone));
      this.#outer.owner.rowCount = 0;
    }
  }

  /** `SET NEW.column = value` of a trigger. */
  *#setNew({ name, value }: SetSystemVariable): Exec<void> {
    if (value.kind === "setDefault") throw notSupported("SET NEW.column = DEFAULT");
    const given = yield* this.#valueOf(value.kind === "setWord" ? columnOf(value) : value);
    if (given === undefined) return;
    yield* this.#within((execution) => this.#frame.assignNew(execution, name, given));
  }

  *#cursor(execution: StatementExecution, statement: CursorStatement): Exec<void> {
    const cursor = this.#frame.cursor(statement.name);
    if (statement.kind === "openCursor") {
      if (cursor.rows !== null) throw mysqlError("ER_SP_CURSOR_ALREADY_OPEN");
      const { span } = statement;
      const query = this.#frame.withValues(cursor.query);
      const result = yield* settled(runQuery(execution, { kind: "select", span, query }));
      if (result.kind === "rows") cursor.rows = result;
      cursor.next = 0;
      return;
    }
    if (cursor.rows === null) throw mysqlError("ER_SP_CURSOR_NOT_OPEN");
    if (statement.kind === "closeCursor") {
      cursor.rows = null;
      return;
    }
    const { columns, rows } = cursor.rows;
    if (columns.length !== statement.into.length) throw mysqlError("ER_SP_WRONG_NO_OF_FETCH_ARGS");
    const row = rows[cursor.next];
    if (row === undefined) throw mysqlError("ER_SP_FETCH_NO_DATA");
    cursor.next += 1;
    for (const [at, name] of statement.into.entries()) {
      this.#frame.assign(execution, name, { value: row[at] ?? null, type: CELL });
    }
  }
}

/** `SET a = b`: a name alone may be a variable's. */
function columnOf({ span, text }: { span: Expression["span"]; text: string }): Expression {
  const name = { kind: "identifier", span, text } as const;
  return { kind: "column", span, schema: null, table: null, name };
}

/** Variables of the routine that a statement has set, which it takes for the session's. */
function* localsSet({ owner }: StatementExecution): Generator<[string, Valued], void> {
  const { userVariables } = owner;
  for (const [key, value] of userVariables) {
    if (!key.startsWith("\0")) continue;
    userVariables.delete(key);
    yield [key.slice(1), value];
  }
}
