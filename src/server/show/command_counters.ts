/**
 * The counters Com_*: how often a session, and all sessions together, gave a statement of a kind. A statement counts when it
 * has been parsed, whether it succeeds or not.
 *
 * MySQL: com_status_vars (sql/mysqld.cc), System_status_var::com_stat.
 */

import type { Statement } from "../../sql/ast.ts";
import type { Show, ShowCreate } from "../../sql/ast_show.ts";
import { onlyTable } from "../exec/executable.ts";

/** In the order in which SHOW STATUS lists them. */
const COUNTERS = `
admin_commands assign_to_keycache alter_db alter_event alter_function alter_instance alter_library
alter_procedure alter_resource_group alter_server alter_table alter_tablespace alter_user
alter_user_default_role analyze begin binlog call_procedure change_db change_repl_filter
change_replication_source check checksum clone commit create_db create_event create_function create_index
create_library create_masking_policy create_procedure create_role create_server create_table
create_resource_group create_trigger create_udf create_user create_view create_spatial_reference_system
dealloc_sql delete delete_multi do drop_db drop_event drop_function drop_index drop_library
drop_masking_policy drop_procedure drop_resource_group drop_role drop_server drop_spatial_reference_system
drop_table drop_trigger drop_user drop_view empty_query execute_sql explain_other flush get_diagnostics grant
grant_roles ha_close ha_open ha_read help import insert insert_select install_component install_plugin kill
load lock_instance lock_tables optimize preload_keys prepare_sql purge purge_before_date release_savepoint
rename_table rename_user repair replace replace_select reset resignal restart revoke revoke_all revoke_roles
rollback rollback_to_savepoint savepoint select set_option set_password set_resource_group set_role signal
show_binlog_events show_binlogs show_charsets show_collations show_create_db show_create_event
show_create_func show_create_library show_create_masking_policy show_create_proc show_create_table
show_create_trigger show_databases show_engine_logs show_engine_mutex show_engine_status show_events
show_errors show_fields show_function_code show_function_status show_grants show_keys show_library_status
show_binary_log_status show_open_tables show_parse_tree show_plugins show_privileges show_procedure_code
show_procedure_status show_processlist show_profile show_profiles show_relaylog_events show_replicas
show_replica_status show_status show_storage_engines show_table_status show_tables show_triggers
show_variables show_warnings show_create_user shutdown replica_start replica_stop group_replication_start
group_replication_stop stmt_execute stmt_close stmt_fetch stmt_prepare stmt_reset stmt_send_long_data truncate
uninstall_component uninstall_plugin unlock_instance unlock_tables update update_multi xa_commit xa_end
xa_prepare xa_recover xa_rollback xa_start stmt_reprepare
`
  .trim()
  .split(/\s+/);

export interface StatementCounter {
  count: number;
}

/** Statements by what they are. */
export class CommandCounts {
  readonly #counts = new Map<string, StatementCounter>();

  /** That of such a statement: it counts one more. It lasts. */
  of(statement: Statement): StatementCounter {
    return this.#counter(counted(statement));
  }

  /** A prepared statement is carried out. */
  countExecuted(statement: Statement): void {
    this.#counter("stmt_execute").count += 1;
    this.of(statement).count += 1;
  }

  /** FLUSH STATUS. */
  reset(): void {
    for (const counter of this.#counts.values()) counter.count = 0;
  }

  #counter(name: string): StatementCounter {
    let counter = this.#counts.get(name);
    if (counter === undefined) {
      counter = { count: 0 };
      this.#counts.set(name, counter);
    }
    return counter;
  }

  rows(): [name: string, value: string][] {
    const sums = new Map<string, number>();
    for (const [what, { count }] of this.#counts) {
      for (const name of countersOf(what)) sums.set(name, (sums.get(name) ?? 0) + count);
    }
    return COUNTERS.map((name) => [`Com_${name}`, String(sums.get(name) ?? 0)]);
  }
}

const PLAIN: { readonly [K in Statement["kind"]]?: readonly string[] } = {
  select: ["select"],
  startTransaction: ["begin"],
  commit: ["commit"],
  rollback: ["rollback"],
  savepoint: ["savepoint"],
  rollbackToSavepoint: ["rollback_to_savepoint"],
  releaseSavepoint: ["release_savepoint"],
  lockTables: ["lock_tables"],
  unlockTables: ["unlock_tables"],
  lockInstance: ["lock_instance"],
  unlockInstance: ["unlock_instance"],
  set: ["set_option"],
  setTransaction: ["set_option"],
  use: ["change_db"],
  kill: ["kill"],
  do: ["do"],
  flush: ["flush"],
  flushTables: ["flush"],
  describe: ["show_fields"],
  prepare: ["prepare_sql", "stmt_prepare"],
  execute: ["execute_sql"],
  deallocate: ["dealloc_sql", "stmt_close"],
  createTable: ["create_table"],
  createTableLike: ["create_table"],
  dropTable: ["drop_table"],
  alterTable: ["alter_table"],
  truncateTable: ["truncate"],
  renameTable: ["rename_table"],
  createIndex: ["create_index"],
  dropIndex: ["drop_index"],
  createDatabase: ["create_db"],
  alterDatabase: ["alter_db"],
  dropDatabase: ["drop_db"],
  createProcedure: ["create_procedure"],
  dropProcedure: ["drop_procedure"],
  createFunction: ["create_function"],
  dropFunction: ["drop_function"],
  call: ["call_procedure"],
  createView: ["create_view"],
  handlerOpen: ["ha_open"],
  handlerClose: ["ha_close"],
  handlerRead: ["ha_read"],
  dropView: ["drop_view"],
  createTrigger: ["create_trigger"],
  dropTrigger: ["drop_trigger"],
};

/** Without the prefix `Com_`. */
function countersOf(what: string): readonly string[] {
  return (PLAIN as Readonly<Record<string, readonly string[]>>)[what] ?? [what];
}

/** Its kind, if that tells its counters, or else its counter. */
function counted(statement: Statement): string {
  switch (statement.kind) {
    case "insert": {
      const verb = statement.verb;
      return statement.source.kind === "insertQuery" ? `${verb}_select` : verb;
    }
    case "update":
      return onlyTable(statement.tables) === null ? "update_multi" : "update";
    case "delete":
      return statement.targets === null ? "delete" : "delete_multi";
    case "explain":
      return counted(statement.statement);
    case "tableMaintenance":
      return statement.operation;
    case "alterRoutine":
      return statement.routine === "PROCEDURE" ? "alter_procedure" : "alter_function";
    case "getDiagnostics":
      return "get_diagnostics";
    case "signal":
      return statement.isAgain ? "resignal" : "signal";
    case "show":
      return showCounter(statement);
    default:
      return statement.kind;
  }
}

const CREATE_SHOWN: { readonly [K in ShowCreate["object"]]: string } = {
  table: "show_create_table",
  view: "show_create_table",
  database: "show_create_db",
  procedure: "show_create_proc",
  function: "show_create_func",
  trigger: "show_create_trigger",
};

const SHOWN: { readonly [K in Show["subject"]]?: string } = {
  variables: "show_variables",
  status: "show_status",
  processlist: "show_processlist",
  tables: "show_tables",
  openTables: "show_open_tables",
  tableStatus: "show_table_status",
  triggers: "show_triggers",
  events: "show_events",
  columns: "show_fields",
  index: "show_keys",
  warnings: "show_warnings",
  errors: "show_errors",
  countWarnings: "select",
  countErrors: "select",
  databases: "show_databases",
  engines: "show_storage_engines",
  plugins: "show_plugins",
  privileges: "show_privileges",
  charset: "show_charsets",
  collation: "show_collations",
  grants: "show_grants",
  procedureStatus: "show_procedure_status",
  functionStatus: "show_function_status",
};

function showCounter(statement: Show): string {
  switch (statement.subject) {
    case "create":
      return CREATE_SHOWN[statement.object];
    case "engine":
      return `show_engine_${statement.what}`;
    default:
      return SHOWN[statement.subject] ?? "show_status";
  }
}
