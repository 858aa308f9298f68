/** Statements that nobody wrote: single expressions as a query, and a query without its rows. */
import type { SelectStatement } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { Query, SelectItem, TableReference } from "../../sql/ast_query.ts";

export function selectOf(
  expressions: readonly Expression[],
  from: readonly TableReference[],
): SelectStatement {
  const span = expressions[0]?.span ?? { start: 0, end: 0 };
  const items = expressions.map(
    (expression): SelectItem => ({
      kind: "selectExpression",
      span: expression.span,
      expression,
      alias: null,
      text: "",
      columnName: "",
    }),
  );
  return statementOf({ items, from, where: null, span });
}

export function statementOf(parts: {
  readonly items: readonly SelectItem[];
  readonly from: readonly TableReference[];
  readonly where: Expression | null;
  readonly span: { readonly start: number; readonly end: number };
}): SelectStatement {
  const { items, from, where, span } = parts;
  return {
    kind: "select",
    span,
    query: {
      kind: "query",
      span,
      with: null,
      body: {
        kind: "querySpecification",
        span,
        hints: null,
        distinct: false,
        modifiers: [],
        items,
        from,
        where,
        groupBy: null,
        having: null,
        windows: [],
        qualify: null,
      },
      orderBy: [],
      limit: null,
      locking: [],
      into: null,
    },
  };
}

export function withoutRows(query: Query): SelectStatement {
  const { span } = query;
  const zero = { kind: "integer" as const, span, text: "0" };
  return {
    kind: "select",
    span,
    query: {
      ...query,
      orderBy: [],
      limit: { kind: "limit", span, count: zero, offset: null },
      locking: [],
    },
  };
}
