/**
 * Which statements can be kept in their resolved form, to run again with other literals: those of one table whose
 * expressions are made of columns, literals, comparisons, logic and arithmetic, so that nothing in them remembers what it
 * computed or depends on more than the tables and variables they were resolved under.
 */
import type { Assignment } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { OrderItem, Query, TableReference } from "../../sql/ast_query.ts";
import type { GivenNode } from "../expr/given_literals.ts";
import { type Executable, onlyTable } from "./executable.ts";

/** The literals that may be other ones next time, in the order of the text; null for a statement that is not kept. */
export function keepableLiterals(statement: Executable): readonly GivenNode[] | null {
  const found: GivenNode[] = [];
  if (!isKeepable(statement, found)) return null;
  return found.sort((a, b) => a.span.start - b.span.start);
}

function isKeepable(statement: Executable, found: GivenNode[]): boolean {
  switch (statement.kind) {
    case "select":
      return isKeepableQuery(statement.query, found);
    case "insert": {
      const { source, rowAlias, onDuplicateKeyUpdate, partitions } = statement;
      if (source.kind !== "insertValues" || rowAlias !== null) return false;
      if (onDuplicateKeyUpdate !== null || partitions.length > 0) return false;
      return source.rows.every(({ values }) => values.every((value) => isValue(value, found)));
    }
    case "update": {
      const { tables, assignments, where, orderBy, limit } = statement;
      if (statement.with !== null || limit !== null || !areOneTable(tables)) return false;
      return isSet(assignments, found) && isPlainOrNone(where, found) && areColumns(orderBy);
    }
    case "delete": {
      const { targets, from, where, orderBy, limit } = statement;
      if (statement.with !== null || targets !== null || limit !== null) return false;
      return areOneTable(from) && isPlainOrNone(where, found) && areColumns(orderBy);
    }
  }
}

function isKeepableQuery(query: Query, found: GivenNode[]): boolean {
  const { body, orderBy, limit, into } = query;
  if (query.with !== null || limit !== null || into !== null) return false;
  if (body.kind !== "querySpecification" || !areOneTable(body.from)) return false;
  if (body.groupBy !== null || body.having !== null || body.qualify !== null) return false;
  if (body.windows.length > 0) return false;
  const inList: GivenNode[] = [];
  const isPlainList = body.items.every(
    (item) => item.kind === "selectStar" || isPlain(item.expression, inList),
  );
  // A select item's literals are in the name of its column.
  if (!isPlainList || inList.length > 0) return false;
  return isPlainOrNone(body.where, found) && areColumns(orderBy);
}

function areOneTable(references: readonly TableReference[]): boolean {
  return onlyTable(references)?.partitions.length === 0;
}

/** ORDER BY 2 means the second column. */
function areColumns(order: readonly OrderItem[]): boolean {
  return order.every(({ expression }) => expression.kind === "column");
}

function isSet(assignments: readonly Assignment[], found: GivenNode[]): boolean {
  return assignments.every(({ value }) => isValue(value, found));
}

function isValue(value: Expression, found: GivenNode[]): boolean {
  return (value.kind === "default" && value.column === null) || isPlain(value, found);
}

function isPlainOrNone(node: Expression | null, found: GivenNode[]): boolean {
  return node === null || isPlain(node, found);
}

function isPlain(node: Expression, found: GivenNode[]): boolean {
  switch (node.kind) {
    case "column":
    case "null":
    case "boolean":
      return true;
    case "integer":
      found.push(node);
      return true;
    case "string":
      found.push(node);
      return node.charset === null;
    case "comparison":
    case "arithmetic":
      return isPlain(node.left, found) && isPlain(node.right, found);
    case "logical":
      return node.operands.every((operand) => isPlain(operand, found));
    case "is":
      return isPlain(node.operand, found);
    case "between":
      return isPlain(node.operand, found) && isPlain(node.low, found) && isPlain(node.high, found);
    default:
      return false;
  }
}
