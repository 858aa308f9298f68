/**
 * What value conversions and expressions need of the statement they run in.
 *
 * MySQL: THD::is_strict_mode, push_warning, Strict_error_handler.
 */
import type { StatementContext } from "../context.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import type { GivenLiterals } from "../expr/given_literals.ts";

export interface EvalEnv {
  readonly ctx: StatementContext;
  /** A statement that changes rows runs under strict sql_mode without IGNORE: bad data are errors. */
  strict: boolean;
  /** The row being stored, from 1, for "at row N". */
  rowNumber: number;
  /** Of a statement whose resolved form is kept; null for any other. */
  readonly given: GivenLiterals | null;
  /** Columns that an INSERT has complained of, which it does once. */
  told: Set<string> | null;
}

export function newEnv(ctx: StatementContext): EvalEnv {
  return { ctx, strict: false, rowNumber: 1, given: null, told: null };
}

/** Bad data: an error in strict mode, else a warning of the same text. */
export function dataProblem(
  env: EvalEnv,
  name: ErrorName,
  ...args: readonly (string | number)[]
): void {
  if (env.strict) throw mysqlError(name, ...args);
  env.ctx.warn(mysqlWarning("Warning", name, ...args));
}

/** The same, once for all rows of an INSERT. MySQL: Field::set_warning, m_warnings_pushed. */
export function columnProblem(env: EvalEnv, name: ErrorName, column: string): void {
  const what = `${name} ${column}`;
  if (!env.strict && env.told?.has(what) === true) return;
  dataProblem(env, name, column);
  env.told ??= new Set();
  env.told.add(what);
}

/** Digits that a division adds to a fraction: div_precision_increment. */
export function divisionDigits(ctx: StatementContext): number {
  return Number(ctx.systemVariable("session", "div_precision_increment"));
}

/** sql_mode has one of the two strict modes. */
export function isStrictMode(ctx: StatementContext): boolean {
  return /STRICT_(TRANS|ALL)_TABLES|TRADITIONAL/i.test(sqlMode(ctx));
}

export function hasSqlMode(ctx: StatementContext, mode: string): boolean {
  return sqlMode(ctx).toUpperCase().split(",").includes(mode);
}

export function sqlMode(ctx: StatementContext): string {
  return String(ctx.systemVariable("session", "sql_mode") ?? "");
}
