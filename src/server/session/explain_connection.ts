/** EXPLAIN FOR CONNECTION (MySQL: sql/opt_explain.cc: Sql_cmd_explain_other_thread::execute). */
import type { ExplainConnection } from "../../sql/ast_show.ts";
import type { ExecResult } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import type { StatementExecution } from "./statement_execution.ts";

const EXPLAINED = /^\s*\(*\s*(select|with|table|values|insert|replace|update|delete)\b/i;

/** Throws 1094 for an unknown id, 3012 where there is nothing to explain. */
export function explainConnection(
  { server, owner }: StatementExecution,
  { id }: ExplainConnection,
): ExecResult {
  const wanted = id.kind === "integer" ? Number(id.text) : 0;
  const other = [...server.sessions.values()].find(
    (session) => session.connectionId === wanted && !session.isGone,
  );
  if (other === undefined) throw mysqlError("ER_NO_SUCH_THREAD", wanted);
  const sql = other === owner ? null : (other.run?.sql ?? null);
  if (sql === null || !EXPLAINED.test(sql)) throw mysqlError("ER_EXPLAIN_NOT_SUPPORTED");
  throw notSupported("EXPLAIN FOR CONNECTION");
}
