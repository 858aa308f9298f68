/**
 * DROP of what nobody can have made: functions and events are not simulated, so a script that begins by
 * dropping them goes on as it does on a server that has none.
 *
 * MySQL: sp_error (ER_SP_DOES_NOT_EXIST), Events::drop_event.
 */
import type { Unsupported } from "../../sql/ast.ts";
import type { ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { type ErrorName, mysqlError, mysqlWarning, notSimulated } from "../errors.ts";
import { schemaOf } from "./schema_of.ts";
import type { StatementExecution } from "./statement_execution.ts";

const WORD = "(?:`[^`]+`|[\\w$]+)";
const NAME = `${WORD}(?:\\s*\\.\\s*${WORD})?`;
const STATEMENT = new RegExp(
  `^DROP\\s+(FUNCTION|EVENT)(\\s+IF\\s+EXISTS)?\\s+(${NAME}(?:\\s*,\\s*${NAME})*)`,
  "i",
);

/** Throws 1235 for any other statement that is not simulated. */
export function unsupportedStatement(
  execution: StatementExecution,
  { span, feature }: Unsupported,
): ExecResult {
  const parts = STATEMENT.exec(execution.sql.slice(span.start, span.end));
  if (parts === null) throw notSimulated(feature);
  const [, dropped = "", ifExists, names = ""] = parts;
  const kind = dropped.toUpperCase();
  const places = names.split(",").map((name) => placeOf(execution, name));
  const [{ schema, name } = { schema: "", name: "" }] = places;
  const absence = absenceOf(kind, schema, name, ifExists !== undefined);
  if (ifExists === undefined) throw mysqlError(...absence);
  execution.warn(mysqlWarning("Note", ...absence));
  return done();
}

interface Place {
  readonly schema: string;
  readonly name: string;
}

function placeOf({ owner }: StatementExecution, written: string): Place {
  const parts = written.split(".").map((part) => part.trim().replace(/^`|`$/g, ""));
  const [name = ""] = parts.slice(-1);
  return { schema: schemaOf(owner, parts.length === 2 ? (parts[0] as string) : null), name };
}

function absenceOf(
  kind: string,
  schema: string,
  name: string,
  isNote: boolean,
): readonly [ErrorName, ...string[]] {
  if (kind !== "EVENT") return ["ER_SP_DOES_NOT_EXIST", kind, `${schema}.${name}`];
  return isNote ? ["ER_SP_DOES_NOT_EXIST", "Event", name] : ["ER_EVENT_DOES_NOT_EXIST", name];
}
