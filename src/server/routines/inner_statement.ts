/**
 * One statement of a procedure's body. It begins and ends as it would outside: with autocommit it commits, and an error undoes it
 * alone. An error, a warning or NOT FOUND then looks for a handler, from the innermost block outwards.
 *
 * MySQL: sql/sp_instr.cc: sp_lex_instr::reset_lex_and_exec_core; sql/sp_rcontext.cc: sp_rcontext::handle_sql_condition.
 */
import { isPending } from "../../base/answer.ts";
import type { Block, HandlerCondition } from "../../sql/ast_routine.ts";
import { type Answer, type Exec, MysqlFailure } from "../context.ts";
import { closeTables, endStatement, undoStatement } from "../session/end_statement.ts";
import { StatementExecution } from "../session/statement_execution.ts";
import type { ActiveHandler, Frame } from "./frame.ts";

/** Thrown by EXIT handlers and LEAVE, caught where the block or loop is. */
export class LeaveBlock {
  readonly block: Block;
  constructor(block: Block) {
    this.block = block;
  }
}

interface Condition {
  readonly errno: number;
  readonly sqlState: string;
}

type RunHandler = (handler: ActiveHandler) => Exec<void>;

/** In rows: what a statement costs, so that a loop without an end is given up after seconds. */
const STATEMENT_WORK = 3;

const NO_DATA: Condition = { errno: 1329, sqlState: "02000" };

/** Gives undefined where a CONTINUE handler took the error. */
export function* innerStatement<Result>(
  outer: StatementExecution,
  frame: Frame,
  run: (execution: StatementExecution) => Answer<Result>,
  runHandler: RunHandler,
): Exec<Result | undefined> {
  const { server, owner } = outer;
  outer.checkInterrupt(STATEMENT_WORK);
  const execution = new StatementExecution(server, outer.run, true);
  execution.preparedText = frame.procedure.text;
  execution.facts = frame.procedure.facts;
  owner.countWarnings();
  owner.warnings = [];
  let result: Result | undefined;
  let failure: MysqlFailure | null = null;
  try {
    const running = run(execution);
    result = isPending(running) ? yield* running : running;
    const ending = endStatement(server, owner, execution);
    if (isPending(ending)) yield* ending;
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    failure = error;
    const { errno, message } = error.error;
    if (!failure.isUndone) undoStatement(server, owner, execution, failure);
    failure.isUndone = true;
    owner.rowCount = -1;
    owner.warn({ level: "Error", errno, message });
  }
  release(outer);
  const condition = failure === null ? warned(owner.warnings) : failure.error;
  if (condition === null) return result;
  const handler = owner.killed === null ? handlerOf(frame, condition) : undefined;
  if (handler === undefined) {
    if (failure !== null) throw failure;
    return result;
  }
  yield* handle(frame, handler, runHandler);
  return result;
}

/** Tables and metadata locks of a statement that is over. */
export function release({ server, owner }: StatementExecution): void {
  closeTables(server, owner);
  if (owner.inMultiStatement) owner.mdl.releaseStatement();
  else owner.mdl.releaseTransactional();
}

function warned(warnings: StatementExecution["owner"]["warnings"]): Condition | null {
  const last = warnings.findLast(({ level }) => level === "Warning");
  if (last === undefined) return null;
  return last.errno === NO_DATA.errno ? NO_DATA : { errno: last.errno, sqlState: "01000" };
}

/** While it runs, the handlers of its block and of those within do not count. */
function* handle(frame: Frame, handler: ActiveHandler, runHandler: RunHandler): Exec<void> {
  const { handlers } = frame;
  const first = handlers.findIndex(({ block }) => block === handler.block);
  frame.handlers = handlers.slice(0, first);
  yield* runHandler(handler);
  frame.handlers = handlers;
  if (handler.declaration.exits) throw new LeaveBlock(handler.block);
}

/** Of the innermost block that has one, that which names the condition best. */
function handlerOf({ handlers }: Frame, condition: Condition): ActiveHandler | undefined {
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

function rankOf({ declaration }: ActiveHandler, condition: Condition): number {
  return declaration.conditions.reduce(
    (best, wanted) => Math.max(best, rankOfCondition(wanted, condition)),
    0,
  );
}

/** 0: it is not meant. */
function rankOfCondition(wanted: HandlerCondition, { errno, sqlState }: Condition): number {
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
