/** Expressions with every parenthesis, so that a test shows how one was read. */
import type { Expression } from "../../src/sql/ast_expression.ts";

/** `1 + 2 * 3` gives `(1 + (2 * 3))`. */
export function printed(value: Expression): string {
  const not = "negated" in value && value.negated ? "NOT " : "";
  switch (value.kind) {
    case "integer":
    case "decimal":
    case "float":
      return value.text;
    case "string":
      return `'${value.value}'`;
    case "null":
      return "NULL";
    case "boolean":
      return String(value.value);
    case "column":
      return [value.schema, value.table, value.name].flatMap((name) => name?.text ?? []).join(".");
    case "userVariable":
      return `@${value.name}`;
    case "userVariableAssignment":
      return `(@${value.name} := ${printed(value.value)})`;
    case "unary":
      return `(${value.operator} ${printed(value.operand)})`;
    case "arithmetic":
    case "comparison":
      return `(${printed(value.left)} ${value.operator} ${printed(value.right)})`;
    case "logical":
      return `(${value.operands.map(printed).join(` ${value.operator} `)})`;
    case "is":
      return `(${printed(value.operand)} IS ${not}${value.test})`;
    case "like":
      return `(${printed(value.operand)} ${not}LIKE ${printed(value.pattern)})`;
    case "regexp":
      return `(${printed(value.operand)} ${not}REGEXP ${printed(value.pattern)})`;
    case "between":
      return `(${printed(value.operand)} ${not}BETWEEN ${printed(value.low)} AND ${printed(value.high)})`;
    case "inList":
      return `(${printed(value.operand)} ${not}IN [${value.items.map(printed).join(", ")}])`;
    case "inSubquery":
      return `(${printed(value.operand)} ${not}IN query)`;
    case "quantified":
      return `(${printed(value.left)} ${value.operator} ${value.quantifier} query)`;
    case "row":
      return `ROW(${value.items.map(printed).join(", ")})`;
    case "collate":
      return `(${printed(value.operand)} COLLATE ${value.collation})`;
    case "dateArithmetic":
      return `(${printed(value.operand)} ${value.operator} ${printed(value.amount)} ${value.unit})`;
    case "function":
      return `${value.name}(${value.args.map(printed).join(", ")})`;
    default:
      return value.kind;
  }
}
