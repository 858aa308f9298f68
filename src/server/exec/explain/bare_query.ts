/** INSERT INTO t (SELECT ...): the parentheses mean nothing where no clause stands behind them. */
import type { Query } from "../../../sql/ast_query.ts";

export function bareQuery(query: Query): Query {
  const { body, with: common, orderBy, limit, locking } = query;
  const isBare = common === null && orderBy.length + locking.length === 0 && limit === null;
  return isBare && body.kind === "query" ? bareQuery(body) : query;
}
