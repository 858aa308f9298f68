/**
 * Expressions as the server writes them: in SHOW CREATE TABLE, in the dictionary, in EXPLAIN.
 *
 *     a > 0 AND NOT (b OR c = 1)     ((`a` > 0) and (0 = `b`) and (`c` <> 1))
 *
 * Conditions are written as MySQL's parser leaves them: NOT is pushed down to comparisons, and what is used as a condition
 * without being one is compared with 0.
 *
 * MySQL: Item::print and its overrides; Item::negate_and_truth_transformer, make_condition (sql/parse_tree_helpers).
 */
import { unreachable } from "../../base/assert.ts";
import type {
  ColumnReference,
  Comparison,
  ComparisonOperator,
  Expression,
  StringLiteral,
} from "../../sql/ast_expression.ts";
import type { Query } from "../../sql/ast_query.ts";
import { printCall } from "./print_function.ts";

/** How names and text are written; EXPLAIN and the dictionary differ in that. */
export interface PrintStyle {
  readonly column: (reference: ColumnReference) => string;
  readonly string: (literal: StringLiteral) => string;
  /** What `expression` is compared with where it stands for a condition: "0", or a zero date. */
  readonly zeroOf: (expression: Expression) => string;
  readonly subquery: (query: Query) => string;
}

/** A value's text. */
export function printExpression(node: Expression, style: PrintStyle): string {
  const print = (operand: Expression) => printExpression(operand, style);
  const list = (items: readonly Expression[]) => items.map(print).join(",");
  switch (node.kind) {
    case "integer":
      return node.text;
    case "decimal":
      return `${node.text.startsWith(".") ? "0" : ""}${node.text}`.replace(/\.$/, "");
    case "float":
      return node.text;
    case "hex":
      return `0x${node.digits.toUpperCase()}`;
    case "bit":
      return `0x${Number.parseInt(node.digits, 2).toString(16).toUpperCase().padStart(2, "0")}`;
    case "string":
      return style.string(node);
    case "temporal":
      return `${node.type.toUpperCase()}'${node.value}'`;
    case "boolean":
      return node.value ? "true" : "false";
    case "null":
      return "NULL";
    case "column":
      return style.column(node);
    case "userVariable":
      return `(@${node.name})`;
    case "userVariableAssignment":
      return `(@${node.name}:=${print(node.value)})`;
    case "systemVariable":
      return `@@${node.scope === null ? "" : `${node.scope}.`}${node.name}`;
    case "parameter":
      return "?";
    case "arithmetic":
      return `(${print(node.left)} ${node.operator.replace("div", "DIV")} ${print(node.right)})`;
    case "unary":
      switch (node.operator) {
        case "-":
        case "~":
          return `${node.operator}(${print(node.operand)})`;
        case "binary":
          return `cast(${print(node.operand)} as char charset binary)`;
        case "not":
          return negated(node.operand, style);
      }
      break;
    case "comparison":
      return comparison(node, node.operator, style);
    case "logical": {
      const { operator } = node;
      if (operator !== "xor")
        return `(${operands(node, operator, false, style).join(` ${operator} `)})`;
      const parts = node.operands.map((operand) => printCondition(operand, style));
      return parts.reduce((left, right) => `(${left} xor ${right})`);
    }
    case "is":
      return isTest(node, style);
    case "between":
      return `(${print(node.operand)} ${node.negated ? "not " : ""}between ${print(node.low)} and ${print(node.high)})`;
    case "inList":
      return `(${print(node.operand)} ${node.negated ? "not in" : "in"} (${list(node.items)}))`;
    case "like": {
      const escaped = node.escape === null ? "" : ` escape ${print(node.escape)}`;
      return inverted(node, `(${print(node.operand)} like ${print(node.pattern)}${escaped})`);
    }
    case "regexp":
      return inverted(node, `regexp_like(${print(node.operand)},${print(node.pattern)})`);
    case "row":
      return `(${list(node.items)})`;
    case "case":
      return printCase(node, style);
    case "collate":
      return `(${print(node.operand)} collate ${node.collation})`;
    case "subquery":
      return `(${style.subquery(node.query)})`;
    case "exists":
      return `exists(${style.subquery(node.query)})`;
    case "inSubquery":
      return `${print(node.operand)} in (${style.subquery(node.query)})${node.negated ? " is false" : ""}`;
    case "quantified": {
      const { operator, quantifier, query } = node;
      return `${print(node.left)} ${operator} ${quantifier} (${style.subquery(query)})`;
    }
    default:
      return printCall(node, print);
  }
  return unreachable(node);
}

/** An expression that is used as a condition. */
export function printCondition(node: Expression, style: PrintStyle): string {
  const text = printExpression(node, style);
  return isCondition(node) ? text : `(${style.zeroOf(node)} <> ${text})`;
}

/** What MySQL takes for a condition as it is (Item::is_bool_func). */
export function isCondition(node: Expression): boolean {
  switch (node.kind) {
    case "comparison":
    case "logical":
    case "is":
    case "between":
    case "inList":
    case "inSubquery":
    case "like":
    case "regexp":
    case "exists":
    case "quantified":
    case "boolean":
    case "match":
    case "memberOf":
      return true;
    case "unary":
      return node.operator === "not";
    case "function":
      return CONDITION_FUNCTIONS.has(node.name);
    default:
      return false;
  }
}

const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  "isnull",
  "regexp_like",
  "json_valid",
  "json_contains",
  "json_contains_path",
  "json_overlaps",
]);

const OPPOSITE = { "=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">" } as const;

function negated(node: Expression, style: PrintStyle): string {
  switch (node.kind) {
    case "comparison":
      return node.operator === "<=>"
        ? `(not(${printExpression(node, style)}))`
        : comparison(node, OPPOSITE[node.operator], style);
    case "logical": {
      if (node.operator === "xor") return `(not(${printExpression(node, style)}))`;
      const operator = node.operator === "and" ? "or" : "and";
      return `(${operands(node, operator, true, style).join(` ${operator} `)})`;
    }
    case "between":
    case "inList":
    case "inSubquery":
    case "like":
    case "regexp":
      return printExpression({ ...node, negated: !node.negated }, style);
    case "is":
      return printExpression({ ...node, negated: !node.negated }, style);
    case "exists":
      return `(not ${printExpression(node, style)})`;
    case "unary":
      if (node.operator === "not") return printCondition(node.operand, style);
      break;
    default:
      break;
  }
  const text = printExpression(node, style);
  return isCondition(node) ? `(not(${text}))` : `(${style.zeroOf(node)} = ${text})`;
}

function comparison(node: Comparison, operator: ComparisonOperator, style: PrintStyle): string {
  const { left, right } = node;
  const isRows = left.kind === "row" && right.kind === "row" && operator === "=";
  if (isRows && left.items.length === right.items.length) {
    const parts = left.items.map((item, at) => {
      const other = right.items[at] as Expression;
      return `(${printExpression(item, style)} = ${printExpression(other, style)})`;
    });
    return `(${parts.join(" and ")})`;
  }
  return `(${printExpression(left, style)} ${operator} ${printExpression(right, style)})`;
}

function isTest(node: Extract<Expression, { kind: "is" }>, style: PrintStyle): string {
  const not = node.negated ? "not " : "";
  if (node.test === "null" || node.test === "unknown") {
    return `(${printExpression(node.operand, style)} is ${not}null)`;
  }
  return `(${printCondition(node.operand, style)} is ${not}${node.test})`;
}

function printCase(node: Extract<Expression, { kind: "case" }>, style: PrintStyle): string {
  const subject = node.subject === null ? "" : `${printExpression(node.subject, style)} `;
  const branches = node.branches.map(
    ({ when, then }) =>
      `when ${printExpression(when, style)} then ${printExpression(then, style)} `,
  );
  const otherwise =
    node.otherwise === null ? "" : `else ${printExpression(node.otherwise, style)} `;
  return `(case ${subject}${branches.join("")}${otherwise}end)`;
}

function inverted(node: { readonly negated: boolean }, text: string): string {
  return node.negated ? `(not(${text}))` : text;
}

/** `a AND (b AND c)` is one list, and so is `a AND NOT (b OR c)`. */
function operands(
  node: Expression,
  operator: "and" | "or",
  isNegated: boolean,
  style: PrintStyle,
): readonly string[] {
  if (node.kind === "unary" && node.operator === "not") {
    return operands(node.operand, operator, !isNegated, style);
  }
  if (node.kind === "logical" && node.operator !== "xor") {
    const isSame = (node.operator === operator) !== isNegated;
    if (isSame) return node.operands.flatMap((one) => operands(one, operator, isNegated, style));
  }
  return [isNegated ? negated(node, style) : printCondition(node, style)];
}

/** Text in quotes, with MySQL's escapes (Item_string::print). */
export function quotedText(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    "\\": "\\\\",
    "'": "\\'",
    "\0": "\\0",
    "\n": "\\n",
    "\r": "\\r",
    "\x1a": "\\Z",
  };
  return `'${[...text].map((character) => escapes[character] ?? character).join("")}'`;
}
