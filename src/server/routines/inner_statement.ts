/**
 * One statement of a procedure's body. It begins and ends as it would outside: with autocommit it commits, and an error undoes it
 * alone. An error, a warning or NOT FOUND then looks for a handler, from the innermost block outwards.
 *
 * MySQL: sql/sp_instr.cc: sp_lex_instr::reset_lex_and_exec_core; sql/sp_rcontext.cc: sp_rcontext::handle_sql_condition.
 */
import { isPending } from "../../base/answer.ts";
import type { Block, HandlerCondition } from "../../sql/ast_routine.ts";
import { type Answer, type Exec, type MysqlError, MysqlFailure } from "../context.ts";
import { closeTables, endStatement, undoStatement } from "../session/end_statement.ts";
import type { Session } from "../session/session.ts";
import { StatementExecution } from "../session/statement_execution.ts";
import type { ActiveHandler, Frame } from "./frame.ts";

/** Thrown by EXIT handlers and LEAVE, caught where the block or loop is. */
export class LeaveBlock {
  readonly block: Block;
  constructor(block: Block) {
    this.block = block;
  }
}

export type RunHandler = (handler: ActiveHandler) => Exec<void>;

/** In rows: what a statement costs, so that a loop without an end is given up after seconds. */
const STATEMENT_WORK = 3;

const NO_DATA: MysqlError = {
  errno: 1329,
  sqlState: "02000",
  message: "No data - zero rows fetched, selected, or processed",
};

/** No handler takes these within a trigger: the transaction, or what InnoDB did for the statement, is undone. */
const FATAL_WITHIN: ReadonlySet<number> = new Set([1205, 1213]);

/** Gives undefined where a CONTINUE handler took the error. */
export function* innerStatement<Result>(
  outer: StatementExecution,
  frame: Frame,
  run: (execution: StatementExecution) => Answer<Result>,
  runHandler: RunHandler,
  keepsDiagnostics = false,
): Exec<Result | undefined> {
  const { server, owner } = outer;
  outer.checkInterrupt(STATEMENT_WORK);
  const execution = new StatementExecution(server, outer.run, true);
  execution.preparedText = frame.routine.text;
  execution.facts = frame.routine.facts;
  // What a trigger does is a part of the statement that fired it, and ends with it.
  const isPart = owner.subStatement !== null;
  if (isPart) {
    execution.partOf = outer;
    execution.command = outer.command;
  }
  if (!keepsDiagnostics) {
    owner.countWarnings();
    owner.warnings = [];
  }
  let result: Result | undefined;
  let failure: MysqlFailure | null = null;
  try {
    const running = run(execution);
    result = isPending(running) ? yield* running : running;
    const ending = isPart ? undefined : endStatement(server, owner, execution);
    if (isPending(ending)) yield* ending;
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    failure = error;
    const { errno, message } = error.error;
    if (!isPart) {
      if (!failure.isUndone) undoStatement(server, owner, execution, failure);
      failure.isUndone = true;
    }
    owner.rowCount = -1;
    owner.warn({ level: "Error", errno, message, error: error.error });
  }
  if (!isPart) release(outer);
  const taken = keepsDiagnostics ? [] : owner.warnings;
  const condition = failure === null ? warned(taken) : failure.error;
  if (condition === null) return result;
  const isFatal = owner.killed !== null || (isPart && FATAL_WITHIN.has(condition.errno));
  const handler = isFatal ? undefined : handlerOf(frame, condition);
  if (handler === undefined) {
    if (failure !== null) throw failure;
    return result;
  }
  yield* handle(owner, frame, handler, condition, runHandler);
  return result;
}

/** Tables and metadata locks of a statement that is over. */
export function release({ server, owner }: StatementExecution): void {
  closeTables(server, owner);
  if (owner.inMultiStatement) owner.mdl.releaseStatement();
  else owner.mdl.releaseTransactional();
}

function warned(warnings: StatementExecution["owner"]["warnings"]): MysqlError | null {
  const last = warnings.findLast(({ level }) => level === "Warning");
  if (last === undefined) return null;
  const { errno, message } = last;
  return errno === NO_DATA.errno ? NO_DATA : { errno, sqlState: "01000", message };
}

/** While it runs, the handlers of its block and of those within do not count. What it has taken is told no more. */
function* handle(
  owner: Session,
  frame: Frame,
  handler: ActiveHandler,
  condition: MysqlError,
  runHandler: RunHandler,
): Exec<void> {
  const { handlers, handled } = frame;
  const { warnings } = owner;
  frame.handled = { condition, warnings: warnings.slice() };
  const first = handlers.findIndex(({ block }) => block === handler.block);
  frame.handlers = handlers.slice(0, first);
  yield* runHandler(handler);
  if (owner.warnings === warnings) owner.warnings = [];
  frame.handled = handled;
  frame.handlers = handlers;
  if (handler.declaration.exits) throw new LeaveBlock(handler.block);
}

/** Of the innermost block that has one, that which names the condition best. */
function handlerOf({ handlers }: Frame, condition: MysqlError): ActiveHandler | undefined {
  for (let end = handlers.length; end > 0; ) {
    const block = handlers[end - 1]?.block;
    const first = handlers.findIndex((handler) => handler.block === block);
    const [best] = handlers
      .slice(first, end)
      .map((handler) => ({ handler, rank: rankOf(handler, condition) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank);
    if (best !== undefined) return best.handler;
    end = first;
  }
  return undefined;
}

function rankOf({ declaration }: ActiveHandler, condition: MysqlError): number {
  return declaration.conditions.reduce(
    (best, wanted) => Math.max(best, rankOfCondition(wanted, condition)),
    0,
  );
}

/** 0: it is not meant. */
function rankOfCondition(wanted: HandlerCondition, { errno, sqlState }: MysqlError): number {
  const kind = sqlState.slice(0, 2);
  switch (wanted.kind) {
    case "errno":
      return wanted.errno === errno ? 3 : 0;
    case "sqlState":
      return wanted.sqlState === sqlState ? 2 : 0;
    case "notFound":
      return kind === "02" ? 1 : 0;
    case "sqlWarning":
      return kind === "01" ? 1 : 0;
    default:
      return kind === "01" || kind === "02" ? 0 : 1;
  }
}
