/**
 * Expressions that a table's definition holds: CHECK conditions, DEFAULT (expression) and generated columns. What they may
 * refer to, and how the dictionary writes them.
 *
 * MySQL: sql/table.cc: pre_validate_value_generator_expr, Value_generator::backup_stmt_unsafe_flag;
 * sql/sql_check_constraint.cc: Sql_check_constraint_spec::pre_validate, sql/sql_table.cc: prepare_check_constraints_for_create.
 */
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { isBuiltInFunction } from "../expr/function_call.ts";
import { isCondition, printExpression, quotedText } from "../expr/print.ts";
import type { DraftTable } from "./table_definition.ts";

/** As SHOW CREATE TABLE prints it: columns without their table, text with its character set. */
export function storedText(expression: Expression, columns: readonly ServerColumn[]): string {
  return printExpression(expression, {
    column: ({ name }) => quotedName(columnNamed(columns, name.text)?.name ?? name.text),
    string: ({ charset, value }) => `_${charset ?? "utf8mb4"}${quotedText(value)}`,
    zeroOf: (operand) => zeroText(operand, columns),
    subquery: () => "",
  });
}

export interface NewCheck {
  readonly name: string;
  readonly expression: Expression;
  /** The column that the check is written at; null for one of the table. */
  readonly column: string | null;
}

/** Throws 3812 to 3818, 3820, 1111; `altered` names the unknown column as ALTER TABLE does (1054). */
export function refuseBadCheck(draft: DraftTable, check: NewCheck, altered: boolean): void {
  const { name, expression, column } = check;
  const problem = forbiddenPart(expression, CHECK_FORBIDDEN);
  switch (problem?.kind) {
    case "function":
      throw mysqlError("ER_CHECK_CONSTRAINT_NAMED_FUNCTION_IS_NOT_ALLOWED", name, problem.name);
    case "subquery":
      throw mysqlError("ER_CHECK_CONSTRAINT_FUNCTION_IS_NOT_ALLOWED", name);
    case "variable":
      throw mysqlError("ER_CHECK_CONSTRAINT_VARIABLES", name);
    case "aggregate":
      throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
    default:
      break;
  }
  const references = columnsIn(expression);
  if (column !== null && references.some((reference) => !sameName(reference.name.text, column))) {
    throw mysqlError("ER_COLUMN_CHECK_CONSTRAINT_REFERENCES_OTHER_COLUMN", name);
  }
  if (!isCondition(expression)) {
    throw mysqlError("ER_NON_BOOLEAN_EXPR_FOR_CHECK_CONSTRAINT", name);
  }
  for (const reference of references) {
    const known = columnNamed(draft.columns, reference.name.text);
    if (known === undefined && altered) {
      const where = `check constraint ${name} expression`;
      throw mysqlError("ER_BAD_FIELD_ERROR", reference.name.text, where);
    }
    if (known === undefined) {
      throw mysqlError("ER_CHECK_CONSTRAINT_REFERS_UNKNOWN_COLUMN", name, reference.name.text);
    }
    if (known.autoIncrement) {
      throw mysqlError("ER_CHECK_CONSTRAINT_REFERS_AUTO_INCREMENT_COLUMN", name);
    }
  }
}

/** Throws 3769, 3770, 3772 and 1111. */
export function refuseBadDefault(column: string, expression: Expression): void {
  const problem = forbiddenPart(expression, DEFAULT_FORBIDDEN);
  switch (problem?.kind) {
    case "function":
      throw mysqlError(
        "ER_DEFAULT_VAL_GENERATED_NAMED_FUNCTION_IS_NOT_ALLOWED",
        column,
        problem.name,
      );
    case "subquery":
      throw mysqlError("ER_DEFAULT_VAL_GENERATED_FUNCTION_IS_NOT_ALLOWED", column);
    case "variable":
      throw mysqlError("ER_DEFAULT_VAL_GENERATED_VARIABLES", column);
    case "aggregate":
      throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
    default:
      return;
  }
}

/** Throws 1054, 1111, 3102, 3107, 3109, 3763, 3764 and 3772: what generated columns cannot be made from. */
export function refuseBadGenerated(columns: readonly ServerColumn[]): void {
  for (const [at, { name, default: given }] of columns.entries()) {
    if (given.kind !== "generated") continue;
    const problem = forbiddenPart(given.expr, CHECK_FORBIDDEN);
    if (given.expr.kind === "row") throw mysqlError("ER_GENERATED_COLUMN_ROW_VALUE", name);
    switch (problem?.kind) {
      case "function":
        throw mysqlError("ER_GENERATED_COLUMN_NAMED_FUNCTION_IS_NOT_ALLOWED", name, problem.name);
      case "subquery":
        throw mysqlError("ER_GENERATED_COLUMN_FUNCTION_IS_NOT_ALLOWED", name);
      case "variable":
        throw mysqlError("ER_DEFAULT_VAL_GENERATED_VARIABLES", name);
      case "aggregate":
        throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
      default:
        break;
    }
    for (const { name: base } of columnsIn(given.expr)) {
      const other = columns.findIndex((known) => sameName(known.name, base.text));
      const column = columns[other];
      if (column === undefined) {
        throw mysqlError("ER_BAD_FIELD_ERROR", base.text, "generated column function");
      }
      if (other >= at && column.default.kind === "generated") {
        throw mysqlError("ER_GENERATED_COLUMN_NON_PRIOR");
      }
      if (column.autoIncrement) throw mysqlError("ER_GENERATED_COLUMN_REF_AUTO_INC", name);
    }
  }
}

/** Throws 3108: a generated column is made from this one. */
export function refuseDependent(columns: readonly ServerColumn[], name: string): void {
  for (const { default: given } of columns) {
    if (given.kind !== "generated") continue;
    if (!columnsIn(given.expr).some((base) => sameName(base.name.text, name))) continue;
    throw mysqlError("ER_DEPENDENT_BY_GENERATED_COLUMN", name);
  }
}

/** Throws 1054 and 3767: columns that a default's expression cannot see. */
export function refuseUnseenColumns(columns: readonly ServerColumn[]): void {
  for (const [at, { name, default: given }] of columns.entries()) {
    if (given.kind !== "expr") continue;
    for (const reference of columnsIn(given.expr)) {
      const other = columns.findIndex((known) => sameName(known.name, reference.name.text));
      if (other < 0) {
        throw mysqlError("ER_BAD_FIELD_ERROR", reference.name.text, "default value expression");
      }
      if (other >= at && /^(expr|generated)$/.test(columns[other]?.default.kind ?? "")) {
        throw mysqlError("ER_DEFAULT_VAL_GENERATED_NON_PRIOR", name);
      }
    }
  }
}

/** The columns named anywhere in an expression. */
export function columnsIn(expression: Expression): readonly ColumnReference[] {
  const found: ColumnReference[] = [];
  walk(expression, (node) => {
    if (node.kind === "column") found.push(node as unknown as ColumnReference);
  });
  return found;
}

type Forbidden =
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "subquery" | "variable" | "aggregate" };

/** Whose value is not the same for the same row. */
const CHECK_FORBIDDEN: ReadonlySet<string> = new Set(
  (
    "now sysdate curdate curtime utc_date utc_time utc_timestamp rand uuid uuid_short connection_id current_user user " +
    "session_user system_user version database schema last_insert_id found_rows row_count sleep benchmark get_lock " +
    "release_lock release_all_locks is_free_lock is_used_lock load_file unix_timestamp"
  ).split(" "),
);

const DEFAULT_FORBIDDEN: ReadonlySet<string> = new Set(
  (
    "version last_insert_id found_rows row_count sleep benchmark get_lock release_lock release_all_locks is_free_lock " +
    "is_used_lock load_file"
  ).split(" "),
);

function forbiddenPart(expression: Expression, functions: ReadonlySet<string>): Forbidden | null {
  let found: Forbidden | null = null;
  walk(expression, (node) => {
    found ??= forbiddenNode(node, functions);
  });
  return found;
}

function forbiddenNode(node: SyntaxNode, functions: ReadonlySet<string>): Forbidden | null {
  switch (node.kind) {
    case "subquery":
    case "exists":
    case "inSubquery":
    case "quantified":
      return { kind: "subquery" };
    case "userVariable":
    case "userVariableAssignment":
    case "systemVariable":
      return { kind: "variable" };
    case "aggregate":
      return { kind: "aggregate" };
    case "function": {
      const name = String(node.name);
      if (functions.has(name)) return { kind: "function", name };
      return isBuiltInFunction(name) ? null : { kind: "function", name: quotedName(name) };
    }
    default:
      return null;
  }
}

interface SyntaxNode extends Readonly<Record<string, unknown>> {
  readonly kind: string;
}

/** Every node of a syntax tree, the outer ones first. */
function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) walk(part, visit);
    return;
  }
  if ("kind" in value && typeof value.kind === "string") visit(value as SyntaxNode);
  for (const [key, part] of Object.entries(value)) if (key !== "span") walk(part, visit);
}

function columnNamed(columns: readonly ServerColumn[], name: string): ServerColumn | undefined {
  return columns.find((column) => sameName(column.name, name));
}

/** What a value is compared with where it stands for a condition. */
export function zeroText(operand: Expression, columns: readonly ServerColumn[]): string {
  if (operand.kind !== "column") return "0";
  const type = columnNamed(columns, operand.name.text)?.type;
  switch (type?.kind) {
    case "date":
      return "'0000-00-00'";
    case "datetime":
    case "timestamp":
      return "'0000-00-00 00:00:00'";
    case "time":
      return "'00:00:00'";
    default:
      return "0";
  }
}

function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
