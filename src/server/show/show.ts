/** SHOW: each kind has its own file; here they are told apart. */
import type { Show } from "../../sql/ast_show.ts";
import type { Exec, ExecResult } from "../context.ts";
import { notSupported } from "../errors.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { showCreate } from "./create.ts";
import { showColumns, showIndex } from "./describe.ts";
import { showCount, showDiagnostics } from "./diagnostics.ts";
import { showEngineStatus } from "./engine_status.ts";
import { showFixed, showOfSchema } from "./fixed_lists.ts";
import {
  showDatabases,
  showEngines,
  showOpenTables,
  showTableStatus,
  showTables,
} from "./lists.ts";
import { showProcesslist } from "./processlist.ts";
import { showStatus, showVariables } from "./variables.ts";

/** What these show stands in the data dictionary. */
const DICTIONARY_SUBJECTS: ReadonlySet<Show["subject"]> = new Set([
  "tables",
  "columns",
  "index",
  "databases",
  "tableStatus",
  "charset",
  "collation",
  "triggers",
  "events",
  "procedureStatus",
  "functionStatus",
]);

export function* show(execution: StatementExecution, statement: Show): Exec<ExecResult> {
  if (DICTIONARY_SUBJECTS.has(statement.subject)) execution.noteDictionaryRead();
  switch (statement.subject) {
    case "variables":
      return yield* showVariables(execution, statement);
    case "status":
      return yield* showStatus(execution, statement);
    case "processlist":
      execution.owner.setProcessState("init");
      return showProcesslist(execution, statement);
    case "tables":
      return yield* showTables(execution, statement);
    case "openTables":
      return yield* showOpenTables(execution, statement);
    case "tableStatus":
      return yield* showTableStatus(execution, statement);
    case "columns":
      return yield* showColumns(execution, statement);
    case "index":
      return yield* showIndex(execution, statement);
    case "create":
      return yield* showCreate(execution, statement);
    case "engine":
      return showEngineStatus(execution, statement);
    case "warnings":
    case "errors":
      return showDiagnostics(execution, statement);
    case "countWarnings":
    case "countErrors":
      return showCount(execution, statement);
    case "databases":
      return yield* showDatabases(execution, statement);
    case "engines":
      return showEngines();
    case "triggers":
    case "events":
      return yield* showOfSchema(execution, statement);
    case "plugins":
    case "charset":
    case "collation":
    case "grants":
    case "procedureStatus":
    case "functionStatus": {
      const { subject } = statement;
      return yield* showFixed(execution, { ...statement, subject });
    }
    case "privileges":
      throw notSupported("SHOW PRIVILEGES");
  }
}
