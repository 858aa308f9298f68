/** Blocks of subqueries that may become a part of something else. */
import type { Query, QuerySpecification } from "../../sql/ast_query.ts";

/** A block that may be joined: no grouping, no LIMIT, no set operation. */
export function simpleBlock(query: Query): QuerySpecification | null {
  const { body } = query;
  if (body.kind !== "querySpecification" || query.with !== null || query.limit !== null)
    return null;
  if (body.from.length === 0) return null;
  if (body.groupBy !== null || body.having !== null || body.windows.length > 0) return null;
  return body.items.some(hasAggregate) ? null : body;
}

export function hasAggregate(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  if ("kind" in node && (node.kind === "aggregate" || node.kind === "windowFunction")) return true;
  if ("kind" in node && node.kind === "query") return false;
  return Object.values(node).some(hasAggregate);
}
