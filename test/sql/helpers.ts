/** What the tests of the parser share. */
import type { Node, Statement } from "../../src/sql/ast.ts";
import type { Expression } from "../../src/sql/ast_expression.ts";
import type { QuerySpecification } from "../../src/sql/ast_query.ts";
import { parseStatement } from "../../src/sql/parser.ts";

/** The statement, or a failure of the test. */
export function parsed(sql: string): Statement {
  const result = parseStatement(sql);
  if (!result.ok) throw new Error(`${sql}: ${result.error.message}`);
  return result.statement;
}

/** The statement, which must be of one kind. */
export function parsedAs<Kind extends Statement["kind"]>(
  kind: Kind,
  sql: string,
): Extract<Statement, { kind: Kind }> {
  const statement = parsed(sql);
  if (statement.kind !== kind) throw new Error(`${sql} is ${statement.kind}, not ${kind}`);
  return statement as Extract<Statement, { kind: Kind }>;
}

/** The one block of a plain SELECT. */
export function block(sql: string): QuerySpecification {
  const { body } = parsedAs("select", sql).query;
  if (body.kind !== "querySpecification") throw new Error(`${sql} is ${body.kind}`);
  return body;
}

/** An expression's tree. */
export function expressionOf(text: string): Expression {
  const [item] = block(`SELECT ${text}`).items;
  if (item?.kind !== "selectExpression") throw new Error(`${text} is no expression`);
  return item.expression;
}

/** The text after "near" and the line, as `'near' 2`; or the whole message of another error; or "ok". */
export function near(sql: string): string {
  const result = parseStatement(sql);
  if (result.ok) return "ok";
  const found = /^You have an error .* to use near ('.*') at line (\d+)$/s.exec(
    result.error.message,
  );
  return found === null ? result.error.message : `${found[1]} ${found[2]}`;
}

/** Every node of a tree with the node above it. */
export function* nodesOf(
  value: unknown,
  parent: Node | null = null,
): Generator<[Node, Node | null]> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item, parent);
  } else if (typeof value === "object" && value !== null) {
    const node = "kind" in value ? (value as Node) : null;
    if (node !== null) yield [node, parent];
    for (const [key, child] of Object.entries(value)) {
      if (key !== "span") yield* nodesOf(child, node ?? parent);
    }
  }
}
