import type { Statement } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { Deallocate, Execute, Prepare } from "../../sql/ast_routine.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import type { Exec, ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { mysqlError } from "../errors.ts";
import { resolveOnly } from "../exec/execute_query.ts";
import { warnOfOldForms } from "../expr/deprecated.ts";
import { textOf } from "../types/convert.ts";
import { openNames } from "./open_names.ts";
import { parseOne } from "./parse_one.ts";
import type { Session } from "./session.ts";
import type { StatementExecution } from "./statement_execution.ts";

/** A statement that was prepared. */
export interface Prepared {
  readonly text: string;
  readonly statement: Statement;
  readonly facts: StatementFacts;
  readonly parameters: number;
}

/** Statements that PREPARE refuses (MySQL: sql_command_flags without CF_... in Prepared_statement::prepare). */
const REFUSED: ReadonlySet<Statement["kind"]> = new Set([
  "prepare",
  "execute",
  "deallocate",
  "startTransaction",
  "savepoint",
  "rollbackToSavepoint",
  "releaseSavepoint",
  "lockTables",
  "unlockTables",
  "lockInstance",
  "unlockInstance",
  "use",
  "describe",
  "explainConnection",
  "handlerOpen",
  "handlerClose",
  "handlerRead",
  "getDiagnostics",
]);

/** Throws 1064, 1065, 1295 and what looking the names up throws. An older statement of that name is gone then. */
export function* prepareStatement(
  execution: StatementExecution,
  statement: Prepare,
): Exec<ExecResult> {
  const { owner } = execution;
  const key = statement.name.text.toLowerCase();
  owner.prepared.delete(key);
  const text = textOfSource(owner, statement);
  const { statement: parsed, facts } = parseOne(text, {
    ...owner.variables.reading,
    parameters: true,
  });
  if (REFUSED.has(parsed.kind) || isOfDiagnostics(parsed)) throw mysqlError("ER_UNSUPPORTED_PS");
  const parameters = countParameters(parsed);
  warnOfOldForms(owner, facts);
  const prepared = { text, statement: parsed, facts, parameters };
  yield* lookNamesUp(execution, prepared);
  owner.prepared.set(key, prepared);
  return { kind: "ok", affected: 0, info: "Statement prepared", insertId: 0 };
}

/** SHOW WARNINGS and its like tell of the statement before. */
function isOfDiagnostics(parsed: Statement): boolean {
  return (parsed.kind === "show" && /warnings|errors/i.test(parsed.subject)) || namesCount(parsed);
}

/** `@@warning_count` and `@@error_count` are of the statement before, too. */
function namesCount(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(namesCount);
  if ("kind" in node && node.kind === "systemVariable" && "name" in node)
    return /^(warning|error)_count$/i.test(String(node.name));
  return Object.values(node).some(namesCount);
}

/** The statement that EXECUTE stands for. Throws 1243 and 1210. */
export function preparedStatement(session: Session, statement: Execute): Prepared {
  const prepared = session.prepared.get(statement.name.text.toLowerCase());
  if (prepared === undefined) {
    throw mysqlError("ER_UNKNOWN_STMT_HANDLER", statement.name.text, "EXECUTE");
  }
  const { variables } = statement;
  if (variables.length !== prepared.parameters) throw mysqlError("ER_WRONG_ARGUMENTS", "EXECUTE");
  const values = variables.map((name) => literalOf(session.userVariables.get(name.toLowerCase())));
  return { ...prepared, statement: withParameters(prepared.statement, values) };
}

/** Throws 1243. */
export function deallocate(session: Session, { name }: Deallocate): ExecResult {
  if (!session.prepared.delete(name.text.toLowerCase())) {
    throw mysqlError("ER_UNKNOWN_STMT_HANDLER", name.text, "DEALLOCATE PREPARE");
  }
  return done();
}

function textOfSource(session: Session, { source }: Prepare): string {
  if ("text" in source) return source.text;
  const variable = session.userVariables.get(source.variable.toLowerCase());
  if (variable === undefined || variable.value === null) return "NULL";
  return textOf(variable.type)(variable.value);
}

/** With NULL, or 0 in LIMIT, in the parameters' places. */
function* lookNamesUp(
  execution: StatementExecution,
  { text, statement: parsed, facts, parameters }: Prepared,
): Exec<void> {
  const { kind } = parsed;
  if (kind !== "select" && kind !== "insert" && kind !== "update" && kind !== "delete") return;
  const { owner } = execution;
  const nothing: Expression = { kind: "null", span: parsed.span };
  const trial = withParameters(
    parsed,
    Array.from({ length: parameters }, () => nothing),
  );
  if (trial.kind !== kind) return;
  const mark = owner.mdl.savepoint();
  execution.preparedText = text;
  execution.facts = facts;
  try {
    const { statement } = yield* openNames(execution, trial, { onlyLooks: true });
    resolveOnly(execution, statement);
  } finally {
    execution.preparedText = null;
    owner.openTables = [];
    owner.mdl.rollbackToSavepoint(mark, "statementEnd");
  }
}

function countParameters(node: unknown): number {
  if (typeof node !== "object" || node === null) return 0;
  if (Array.isArray(node))
    return node.reduce((sum: number, part) => sum + countParameters(part), 0);
  if (isParameter(node)) return 1;
  return Object.entries(node).reduce(
    (sum, [key, part]) => sum + (key === "span" ? 0 : countParameters(part)),
    0,
  );
}

/** The syntax tree with values for its parameters. Throws 1210 for what LIMIT cannot take. */
function withParameters<T>(node: T, values: readonly Expression[]): T {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => withParameters(part, values)) as T;
  const { kind } = node as { readonly kind?: unknown };
  if (kind === "parameter") {
    const { index } = node as unknown as { readonly index: number };
    return (values[index] ?? node) as T;
  }
  const entries = Object.entries(node).map(([key, part]) => {
    const replaced = withParameters(part, values);
    const isLimit = kind === "limit" && isParameter(part);
    return [key, isLimit ? limitNumber(replaced as Expression) : replaced];
  });
  return Object.fromEntries(entries) as T;
}

function isParameter(node: unknown): boolean {
  return typeof node === "object" && node !== null && "kind" in node && node.kind === "parameter";
}

function limitNumber(value: Expression): Expression {
  if (value.kind === "integer") return value;
  if (value.kind === "null") return { kind: "integer", span: value.span, text: "0" };
  if (isNegativeWhole(value))
    throw mysqlError("ER_DATA_OUT_OF_RANGE", "unsigned integer value", "EXECUTE");
  throw mysqlError("ER_WRONG_ARGUMENTS", "EXECUTE");
}

function isNegativeWhole(value: Expression): boolean {
  return value.kind === "unary" && value.operator === "-" && value.operand.kind === "integer";
}

type Valued = Session["userVariables"] extends Map<string, infer Variable> ? Variable : never;

/** A variable's value as a literal of its type. */
export function literalOf(variable: Valued | undefined): Expression {
  const span = { start: 0, end: 0 };
  if (variable === undefined || variable.value === null) return { kind: "null", span };
  const text = textOf(variable.type)(variable.value);
  switch (variable.type.kind) {
    case "int":
    case "decimal":
    case "double":
    case "float":
      return numberLiteral(text);
    case "bit":
      return { kind: "bit", span, digits: variable.value.toString(2), charset: null };
    default:
      return { kind: "string", span, value: text, charset: null };
  }
}

function numberLiteral(text: string): Expression {
  const span = { start: 0, end: 0 };
  if (text.startsWith("-")) {
    return { kind: "unary", span, operator: "-", operand: numberLiteral(text.slice(1)) };
  }
  if (/e/i.test(text)) return { kind: "float", span, text };
  return text.includes(".") ? { kind: "decimal", span, text } : { kind: "integer", span, text };
}
