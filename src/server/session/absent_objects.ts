/**
 * Statements about what this server does not have, where a server that has none of it answers without doing anything: events
 * and a binary log, replicas, and files, which `secure_file_priv` = NULL keeps out of reach.
 *
 * MySQL: sp_error (ER_SP_DOES_NOT_EXIST), Events::drop_event; sql/sql_load.cc: Sql_cmd_load_table::execute; purge_source_logs.
 */
import type { Unsupported } from "../../sql/ast.ts";
import type { ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { mysqlError, mysqlWarning, notSimulated } from "../errors.ts";
import { noSuchTable } from "../no_such_table.ts";
import { shownResult } from "../show/shown.ts";
import { schemaOf } from "./schema_of.ts";
import type { StatementExecution } from "./statement_execution.ts";

const WORD = "(?:`[^`]+`|[\\w$]+)";
const NAME = `((?:${WORD}\\s*\\.\\s*)?${WORD})`;
const DROP_EVENT = new RegExp(`^DROP\\s+EVENT(\\s+IF\\s+EXISTS)?\\s+${NAME}`, "i");
const LOADED_TABLE = new RegExp(`\\sINTO\\s+TABLE\\s+${NAME}`, "i");

/** Throws 1235 for any other statement that is not simulated. */
export function unsupportedStatement(
  execution: StatementExecution,
  { span, feature }: Unsupported,
): ExecResult {
  const text = execution.sql.slice(span.start, span.end);
  switch (feature) {
    case "DROP EVENT":
      return dropEvent(execution, text) ?? refuse(feature);
    case "LOAD DATA":
    case "LOAD XML":
      return load(execution, text);
    case "SHOW BINARY LOGS":
      throw mysqlError("ER_NO_BINARY_LOGGING");
    case "SHOW BINARY LOG":
      return nothing("File #Position Binlog_Do_DB Binlog_Ignore_DB Executed_Gtid_Set");
    case "SHOW BINLOG EVENTS":
      return nothing("Log_name #Pos Event_type #Server_id #End_log_pos Info");
    case "SHOW REPLICAS":
      return nothing("#Server_Id Host #Port #Source_Id Replica_UUID");
    case "SHOW REPLICA STATUS":
      return nothing(REPLICA_STATUS);
    case "PURGE BINARY":
    case "RESET BINARY":
      return done();
    default:
      return refuse(feature);
  }
}

/** A list without rows. */
function nothing(columns: string): ExecResult {
  return shownResult({ columns: columns.split(/\s+/), rows: [] });
}

const REPLICA_STATUS = `Replica_IO_State Source_Host Source_User Source_Port Connect_Retry Source_Log_File Read_Source_Log_Pos
  Relay_Log_File Relay_Log_Pos Relay_Source_Log_File Replica_IO_Running Replica_SQL_Running Replicate_Do_DB
  Replicate_Ignore_DB Replicate_Do_Table Replicate_Ignore_Table Replicate_Wild_Do_Table
  Replicate_Wild_Ignore_Table Last_Errno Last_Error Skip_Counter Exec_Source_Log_Pos Relay_Log_Space
  Until_Condition Until_Log_File Until_Log_Pos Source_SSL_Allowed Source_SSL_CA_File Source_SSL_CA_Path
  Source_SSL_Cert Source_SSL_Cipher Source_SSL_Key Seconds_Behind_Source Source_SSL_Verify_Server_Cert
  Last_IO_Errno Last_IO_Error Last_SQL_Errno Last_SQL_Error Replicate_Ignore_Server_Ids Source_Server_Id
  Source_UUID Source_Info_File SQL_Delay SQL_Remaining_Delay Replica_SQL_Running_State Source_Retry_Count
  Source_Bind Last_IO_Error_Timestamp Last_SQL_Error_Timestamp Source_SSL_Crl Source_SSL_Crlpath
  Retrieved_Gtid_Set Executed_Gtid_Set Auto_Position Replicate_Rewrite_DB Channel_Name Source_TLS_Version
  Source_public_key_path Get_Source_public_key Network_Namespace`;

function refuse(feature: string): never {
  throw notSimulated(feature);
}

function dropEvent(execution: StatementExecution, text: string): ExecResult | null {
  const [, ifExists, written] = DROP_EVENT.exec(text) ?? [];
  if (written === undefined) return null;
  const [name = ""] = namesIn(written).slice(-1);
  if (ifExists === undefined) throw mysqlError("ER_EVENT_DOES_NOT_EXIST", name);
  execution.warn(mysqlWarning("Note", "ER_SP_DOES_NOT_EXIST", "Event", name));
  return done();
}

/** Throws 3948, 1146 and 1290. */
function load({ server, owner }: StatementExecution, text: string): never {
  if (/^LOAD\s+\w+\s+((LOW_PRIORITY|CONCURRENT)\s+)?LOCAL\s/i.test(text)) {
    throw mysqlError("ER_CLIENT_LOCAL_FILES_DISABLED");
  }
  const [name = "", schema = null] = namesIn(LOADED_TABLE.exec(text)?.[1] ?? "").reverse();
  const place = schemaOf(owner, schema);
  if (server.catalog.table(place, name) === null) throw noSuchTable(place, name);
  throw mysqlError("ER_OPTION_PREVENTS_STATEMENT", "--secure-file-priv");
}

function namesIn(written: string): string[] {
  return written.split(".").map((part) => part.trim().replace(/^`|`$/g, ""));
}
