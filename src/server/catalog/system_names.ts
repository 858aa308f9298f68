/**
 * The names of all that MySQL 9.7 has in its own schemas: what is not simulated of it is not said to be absent.
 *
 * MySQL: SHOW TABLES of the four schemas and information_schema.routines, in the server's order.
 */

import type { MysqlFailure } from "../context.ts";
import { notSimulated } from "../errors.ts";

/** Behind a name of sys: there is another one with x$ before it, whose numbers are as they are. */
const TWICE = "+";

const TABLES: Readonly<Record<string, string>> = {
  information_schema: `
    ADMINISTRABLE_ROLE_AUTHORIZATIONS APPLICABLE_ROLES CHARACTER_SETS CHECK_CONSTRAINTS COLLATIONS
    COLLATION_CHARACTER_SET_APPLICABILITY COLUMNS COLUMNS_EXTENSIONS COLUMN_PRIVILEGES COLUMN_STATISTICS ENABLED_ROLES
    ENGINES EVENTS FILES INNODB_BUFFER_PAGE INNODB_BUFFER_PAGE_LRU INNODB_BUFFER_POOL_STATS INNODB_CACHED_INDEXES
    INNODB_CMP INNODB_CMPMEM INNODB_CMPMEM_RESET INNODB_CMP_PER_INDEX INNODB_CMP_PER_INDEX_RESET INNODB_CMP_RESET
    INNODB_COLUMNS INNODB_DATAFILES INNODB_FIELDS INNODB_FOREIGN INNODB_FOREIGN_COLS INNODB_FT_BEING_DELETED
    INNODB_FT_CONFIG INNODB_FT_DEFAULT_STOPWORD INNODB_FT_DELETED INNODB_FT_INDEX_CACHE INNODB_FT_INDEX_TABLE
    INNODB_INDEXES INNODB_METRICS INNODB_SESSION_TEMP_TABLESPACES INNODB_TABLES INNODB_TABLESPACES
    INNODB_TABLESPACES_BRIEF INNODB_TABLESTATS INNODB_TEMP_TABLE_INFO INNODB_TRX INNODB_VIRTUAL JSON_DUALITY_VIEWS
    JSON_DUALITY_VIEW_COLUMNS JSON_DUALITY_VIEW_LINKS JSON_DUALITY_VIEW_TABLES KEYWORDS KEY_COLUMN_USAGE LIBRARIES
    OPTIMIZER_TRACE PARAMETERS PARTITIONS PLUGINS PROCESSLIST PROFILING REFERENTIAL_CONSTRAINTS RESOURCE_GROUPS
    ROLE_COLUMN_GRANTS ROLE_ROUTINE_GRANTS ROLE_TABLE_GRANTS ROUTINES ROUTINE_LIBRARIES SCHEMATA SCHEMATA_EXTENSIONS
    SCHEMA_PRIVILEGES STATISTICS ST_GEOMETRY_COLUMNS ST_SPATIAL_REFERENCE_SYSTEMS ST_UNITS_OF_MEASURE TABLES
    TABLESPACES_EXTENSIONS TABLES_EXTENSIONS TABLE_CONSTRAINTS TABLE_CONSTRAINTS_EXTENSIONS TABLE_PRIVILEGES TRIGGERS
    USER_ATTRIBUTES USER_PRIVILEGES VIEWS VIEW_ROUTINE_USAGE VIEW_TABLE_USAGE
  `,
  performance_schema: `
    accounts binary_log_transaction_compression_stats cond_instances data_lock_waits data_locks error_log
    events_errors_summary_by_account_by_error events_errors_summary_by_host_by_error
    events_errors_summary_by_thread_by_error events_errors_summary_by_user_by_error
    events_errors_summary_global_by_error events_stages_current events_stages_history events_stages_history_long
    events_stages_summary_by_account_by_event_name events_stages_summary_by_host_by_event_name
    events_stages_summary_by_thread_by_event_name events_stages_summary_by_user_by_event_name
    events_stages_summary_global_by_event_name events_statements_current events_statements_histogram_by_digest
    events_statements_histogram_global events_statements_history events_statements_history_long
    events_statements_summary_by_account_by_event_name events_statements_summary_by_digest
    events_statements_summary_by_host_by_event_name events_statements_summary_by_program
    events_statements_summary_by_thread_by_event_name events_statements_summary_by_user_by_event_name
    events_statements_summary_global_by_event_name events_transactions_current events_transactions_history
    events_transactions_history_long events_transactions_summary_by_account_by_event_name
    events_transactions_summary_by_host_by_event_name events_transactions_summary_by_thread_by_event_name
    events_transactions_summary_by_user_by_event_name events_transactions_summary_global_by_event_name
    events_waits_current events_waits_history events_waits_history_long events_waits_summary_by_account_by_event_name
    events_waits_summary_by_host_by_event_name events_waits_summary_by_instance
    events_waits_summary_by_thread_by_event_name events_waits_summary_by_user_by_event_name
    events_waits_summary_global_by_event_name file_instances file_summary_by_event_name file_summary_by_instance
    global_status global_variable_attributes global_variables host_cache hosts innodb_redo_log_files
    keyring_component_status keyring_keys log_status memory_summary_by_account_by_event_name
    memory_summary_by_host_by_event_name memory_summary_by_thread_by_event_name memory_summary_by_user_by_event_name
    memory_summary_global_by_event_name metadata_locks mutex_instances objects_summary_global_by_type
    performance_timers persisted_variables prepared_statements_instances processlist replication_applier_configuration
    replication_applier_filters replication_applier_global_filters replication_applier_status
    replication_applier_status_by_coordinator replication_applier_status_by_worker
    replication_asynchronous_connection_failover replication_asynchronous_connection_failover_managed
    replication_connection_configuration replication_connection_status replication_group_member_stats
    replication_group_members rwlock_instances session_account_connect_attrs session_connect_attrs session_status
    session_variables setup_actors setup_consumers setup_instruments setup_loggers setup_meters setup_metrics
    setup_objects setup_threads socket_instances socket_summary_by_event_name socket_summary_by_instance
    status_by_account status_by_host status_by_thread status_by_user table_handles
    table_io_waits_summary_by_index_usage table_io_waits_summary_by_table table_lock_waits_summary_by_table
    temporary_account_locks threads tls_channel_status user_defined_functions user_variables_by_thread users
    variables_by_thread variables_info variables_metadata
  `,
  sys: `
    host_summary+ host_summary_by_file_io+ host_summary_by_file_io_type+ host_summary_by_stages+
    host_summary_by_statement_latency+ host_summary_by_statement_type+ innodb_buffer_stats_by_schema+
    innodb_buffer_stats_by_table+ innodb_lock_waits+ io_by_thread_by_latency+ io_global_by_file_by_bytes+
    io_global_by_file_by_latency+ io_global_by_wait_by_bytes+ io_global_by_wait_by_latency+ latest_file_io+
    memory_by_host_by_current_bytes+ memory_by_thread_by_current_bytes+ memory_by_user_by_current_bytes+
    memory_global_by_current_bytes+ memory_global_total+ metrics processlist+ ps_check_lost_instrumentation
    schema_auto_increment_columns schema_index_statistics+ schema_object_overview schema_redundant_indexes
    schema_table_lock_waits+ schema_table_statistics+ schema_table_statistics_with_buffer+
    schema_tables_with_full_table_scans+ schema_unused_indexes session+ session_ssl_status statement_analysis+
    statements_with_errors_or_warnings+ statements_with_full_table_scans+ statements_with_runtimes_in_95th_percentile+
    statements_with_sorting+ statements_with_temp_tables+ sys_config user_summary+ user_summary_by_file_io+
    user_summary_by_file_io_type+ user_summary_by_stages+ user_summary_by_statement_latency+
    user_summary_by_statement_type+ version wait_classes_global_by_avg_latency+ wait_classes_global_by_latency+
    waits_by_host_by_latency+ waits_by_user_by_latency+ waits_global_by_latency+ x$ps_digest_95th_percentile_by_avg_us
    x$ps_digest_avg_latency_distribution x$ps_schema_table_statistics_io x$schema_flattened_keys
  `,
  mysql: `
    columns_priv component db default_roles engine_cost func general_log global_grants gtid_executed help_category
    help_keyword help_relation help_topic innodb_index_stats innodb_table_stats ndb_binlog_index password_history
    plugin procs_priv proxies_priv replication_asynchronous_connection_failover
    replication_asynchronous_connection_failover_managed replication_group_configuration_version
    replication_group_member_actions role_edges server_cost servers slave_master_info slave_relay_log_info
    slave_worker_info slow_log tables_priv time_zone time_zone_leap_second time_zone_name time_zone_transition
    time_zone_transition_type user
  `,
};

const SYS_ROUTINES = {
  FUNCTION: `
    extract_schema_from_file_name extract_table_from_file_name format_bytes format_path format_statement format_time
    list_add list_drop ps_is_account_enabled ps_is_consumer_enabled ps_is_instrument_default_enabled
    ps_is_instrument_default_timed ps_is_thread_instrumented ps_thread_account ps_thread_id ps_thread_stack
    ps_thread_trx_info quote_identifier sys_get_config version_major version_minor version_patch
  `,
  PROCEDURE: `
    create_synonym_db diagnostics execute_prepared_stmt ps_setup_disable_background_threads ps_setup_disable_consumer
    ps_setup_disable_instrument ps_setup_disable_thread ps_setup_enable_background_threads ps_setup_enable_consumer
    ps_setup_enable_instrument ps_setup_enable_thread ps_setup_reload_saved ps_setup_reset_to_default ps_setup_save
    ps_setup_show_disabled ps_setup_show_disabled_consumers ps_setup_show_disabled_instruments ps_setup_show_enabled
    ps_setup_show_enabled_consumers ps_setup_show_enabled_instruments ps_statement_avg_latency_histogram
    ps_trace_statement_digest ps_trace_thread ps_truncate_all_tables revoke_schema_privileges_from_all_accounts_except
    statement_performance_analyzer table_exists
  `,
} as const;

/** In the server's order, which is that of the bytes; none for a schema that is not MySQL's own. */
export function systemTableNames(schema: string): readonly string[] {
  const key = schema.toLowerCase();
  if (!Object.hasOwn(TABLES, key)) return [];
  const names = wordsOf(TABLES[key] ?? "");
  const raw = names.filter((name) => name.endsWith(TWICE)).map((name) => `x$${name}`);
  return [...names, ...raw].map((name) => name.replace(TWICE, "")).sort();
}

/** What is said of a table that MySQL has and this server has not; null for a name that MySQL has not. */
export function missingSystemTable(schema: string, name: string): MysqlFailure | null {
  return missing(schema, name, systemTableNames(schema));
}

/** The same for routines. */
export function missingSystemRoutine(
  kind: keyof typeof SYS_ROUTINES,
  schema: string,
  name: string,
): MysqlFailure | null {
  return schema.toLowerCase() === "sys" ? missing(schema, name, wordsOf(SYS_ROUTINES[kind])) : null;
}

function missing(schema: string, name: string, names: readonly string[]): MysqlFailure | null {
  const key = name.toLowerCase();
  const found = names.find((one) => one.toLowerCase() === key);
  return found === undefined ? null : notSimulated(`${schema.toLowerCase()}.${found}`);
}

function wordsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Of SHOW FULL TABLES. */
export function systemTableType(schema: string, name: string): string {
  switch (schema.toLowerCase()) {
    case "information_schema":
      return "SYSTEM VIEW";
    case "sys":
      return name === "sys_config" ? "BASE TABLE" : "VIEW";
    default:
      return "BASE TABLE";
  }
}
