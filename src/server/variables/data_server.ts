/**
 * System variables of the server above the storage engine, one a line: `name | scope | type | default`. Scope is `both`
 * (a global value, copied into each session), `global` or `session`; `readonly` after it means error 1238 on SET, and
 * `sessionReadonly` that only SET GLOBAL changes it (error 1621).
 *
 * MySQL: performance_schema.variables_metadata of a 9.7.4 server.
 * Departure: variables of replication, group replication, TLS, logs, plugins and memory limits are left out.
 */
// biome-ignore format: a table
export const SERVER_VARIABLES = `
auto_increment_increment | both | int 1..65535 | 1
auto_increment_offset | both | int 1..65535 | 1
back_log | global readonly | int 0..65535 | 10000
basedir | global readonly | string | /usr/
big_tables | both | bool | OFF
binlog_format | both | enum MIXED,STATEMENT,ROW | ROW
binlog_row_image | both | enum MINIMAL,NOBLOB,FULL | FULL
bulk_insert_buffer_size | both | int 0..18446744073709551615 | 8388608
character_set_client | both | string | utf8mb4
character_set_connection | both | string | utf8mb4
character_set_database | both | string | utf8mb4
character_set_filesystem | both | string | binary
character_set_results | both | string | utf8mb4
character_set_server | both | string | utf8mb4
character_set_system | global readonly | string | utf8mb3
character_sets_dir | global readonly | string | /usr/share/mysql/charsets/
collation_connection | both | string | utf8mb4_0900_ai_ci
collation_database | both | string | utf8mb4_0900_ai_ci
collation_server | both | string | utf8mb4_0900_ai_ci
concurrent_insert | global | enum NEVER,AUTO,ALWAYS | AUTO
connect_timeout | global | int 2..31536000 | 10
cte_max_recursion_depth | both | int 0..4294967295 | 1000
datadir | global readonly | string | /var/lib/mysql/
default_collation_for_utf8mb4 | both | string | utf8mb4_0900_ai_ci
default_tmp_storage_engine | both | string | InnoDB
default_week_format | both | int 0..7 | 0
delay_key_write | global | enum OFF,ON,ALL | ON
div_precision_increment | both | int 0..30 | 4
end_markers_in_json | both | bool | OFF
eq_range_index_dive_limit | both | int 0..4294967295 | 200
error_count | session readonly | int 0..18446744073709551615 | 0
event_scheduler | global | enum OFF,ON,DISABLED | ON
explain_format | both | enum TRADITIONAL,TRADITIONAL_STRICT,TREE,JSON | TREE
explicit_defaults_for_timestamp | both | bool | ON
flush | global | bool | OFF
flush_time | global | int 0..31536000 | 0
ft_boolean_syntax | global | string | + -><()~*:""&|
general_log | global | bool | OFF
group_concat_max_len | both | int 4..18446744073709551615 | 1024
gtid_mode | global | enum OFF,OFF_PERMISSIVE,ON_PERMISSIVE,ON | ON
gtid_next | session | string | AUTOMATIC
have_profiling | global readonly | string | YES
have_query_cache | global readonly | string | NO
hostname | global readonly | string | interleave
identity | session | int 0..18446744073709551615 | 0
information_schema_stats_expiry | both | int 0..31536000 | 86400
init_connect | global | string | 
insert_id | session | int 0..18446744073709551615 | 0
interactive_timeout | both | int 1..31536000 | 28800
internal_tmp_mem_storage_engine | both | enum MEMORY,TempTable | TempTable
join_buffer_size | both | int 128..18446744073709551488/128 | 262144
keep_files_on_create | both | bool | OFF
key_buffer_size | global | int 0..18446744073709547520/4096 | 8388608
key_cache_age_threshold | global | int 100..18446744073709551600/100 | 300
key_cache_block_size | global | int 512..16384/512 | 1024
key_cache_division_limit | global | int 1..100 | 100
last_insert_id | session | int 0..18446744073709551615 | 0
lc_messages | both | string | en_US
lc_time_names | both | string | en_US
license | global readonly | string | GPL
local_infile | global | bool | OFF
locked_in_memory | global readonly | bool | OFF
log_bin | global readonly | bool | OFF
log_bin_trust_function_creators | global | bool | OFF
log_error | global readonly | string | stderr
log_error_verbosity | global | int 1..3 | 2
log_output | global | enum NONE,FILE,TABLE | FILE
log_queries_not_using_indexes | global | bool | OFF
log_slow_admin_statements | global | bool | OFF
log_statements_unsafe_for_binlog | global | bool | ON
long_query_time | both | decimal | 10.000000
lower_case_file_system | global readonly | bool | OFF
lower_case_table_names | global readonly | int 0..2 | 0
max_allowed_packet | both sessionReadonly | int 1024..1073741824/1024 | 67108864
max_connect_errors | global | int 1..18446744073709551615 | 100
max_connections | global | int 1..100000 | 151
max_heap_table_size | both | int 16384..18446744073709550592/1024 | 16777216
max_join_size | both | int 1..18446744073709551615 | 18446744073709551615
max_prepared_stmt_count | global | int 0..4194304 | 16382
max_seeks_for_key | both | int 1..18446744073709551615 | 18446744073709551615
max_sort_length | both | int 4..8388608 | 1024
max_sp_recursion_depth | both | int 0..255 | 0
max_user_connections | both | int 0..4294967295 | 0
max_write_lock_count | global | int 1..18446744073709551615 | 18446744073709551615
min_examined_row_limit | both | int 0..18446744073709551615 | 0
myisam_data_pointer_size | global | int 2..7 | 6
myisam_sort_buffer_size | both | int 4096..18446744073709551615 | 8388608
myisam_stats_method | both | enum nulls_unequal,nulls_equal,nulls_ignored | nulls_unequal
net_buffer_length | both sessionReadonly | int 1024..1048576/1024 | 16384
net_read_timeout | both | int 1..31536000 | 30
net_retry_count | both | int 1..18446744073709551615 | 10
net_write_timeout | both | int 1..31536000 | 60
offline_mode | global | bool | OFF
old_alter_table | both | bool | OFF
open_files_limit | global readonly | int 0..4294967295 | 10000
optimizer_prune_level | both | int 0..1 | 1
optimizer_search_depth | both | int 0..62 | 62
optimizer_switch | both | switch | index_merge=on,index_merge_union=on,index_merge_sort_union=on,index_merge_intersection=on,engine_condition_pushdown=on,index_condition_pushdown=on,mrr=on,mrr_cost_based=on,block_nested_loop=on,batched_key_access=off,materialization=on,semijoin=on,loosescan=on,firstmatch=on,duplicateweedout=on,subquery_materialization_cost_based=on,use_index_extensions=on,condition_fanout_filter=on,derived_merge=on,use_invisible_indexes=off,skip_scan=on,hash_join=on,subquery_to_derived=off,prefer_ordering_index=on,hypergraph_optimizer=off,derived_condition_pushdown=on,hash_set_operations=on
optimizer_trace | both | switch | enabled=off,one_line=off
performance_schema | global readonly | bool | ON
plugin_dir | global readonly | string | /usr/lib/mysql/plugin/
port | global readonly | int 0..65535 | 3306
preload_buffer_size | both | int 1024..1073741824 | 32768
profiling | both | bool | OFF
profiling_history_size | both | int 0..100 | 15
protocol_version | global readonly | int 0..4294967295 | 10
pseudo_thread_id | session | int 0..4294967295 | 0
query_alloc_block_size | both | int 1024..4294966272/1024 | 8192
query_prealloc_size | both | int 8192..18446744073709550592/1024 | 8192
rand_seed1 | session | int 0..18446744073709551615 | 0
rand_seed2 | session | int 0..18446744073709551615 | 0
range_alloc_block_size | both | int 4096..4294966272/1024 | 4096
range_optimizer_max_mem_size | both | int 0..18446744073709551615 | 8388608
read_buffer_size | both | int 8192..2147479552/4096 | 131072
read_rnd_buffer_size | both | int 1..2147483647 | 262144
regexp_stack_limit | global | int 0..2147483647 | 8000000
regexp_time_limit | global | int 0..2147483647 | 32
restrict_fk_on_non_standard_key | both | bool | ON
secure_file_priv | global readonly | string | NULL
server_id | global | int 0..4294967295 | 1
server_uuid | global readonly | string | 11111111-1111-1111-1111-111111111111
session_track_gtids | both | enum OFF,OWN_GTID,ALL_GTIDS | OFF
session_track_schema | both | bool | ON
session_track_state_change | both | bool | OFF
session_track_system_variables | both | string | time_zone,autocommit,character_set_client,character_set_results,character_set_connection
session_track_transaction_info | both | enum OFF,STATE,CHARACTERISTICS | OFF
skip_name_resolve | global readonly | bool | OFF
slow_launch_time | global | int 0..31536000 | 2
slow_query_log | global | bool | OFF
socket | global readonly | string | /var/run/mysqld/mysqld.sock
sort_buffer_size | both | int 32768..18446744073709551615 | 262144
sql_auto_is_null | both | bool | OFF
sql_big_selects | both | bool | ON
sql_buffer_result | both | bool | OFF
sql_log_bin | session | bool | ON
sql_log_off | both | bool | OFF
sql_notes | both | bool | ON
sql_quote_show_create | both | bool | ON
sql_require_primary_key | both | bool | OFF
sql_safe_updates | both | bool | OFF
sql_select_limit | both | int 0..18446744073709551615 | 18446744073709551615
sql_warnings | both | bool | OFF
stored_program_cache | global | int 16..524288 | 256
sync_binlog | global | int 0..4294967295 | 1
system_time_zone | global readonly | string | UTC
table_definition_cache | global | int 400..524288 | 2000
table_open_cache | global | int 1..524288 | 4000
table_open_cache_instances | global readonly | int 1..64 | 16
thread_cache_size | global | int 0..16384 | 9
thread_handling | global readonly | enum one-thread-per-connection,no-threads,loaded-dynamically | one-thread-per-connection
thread_stack | global readonly | int 131072..18446744073709550592/1024 | 1048576
time_zone | both | string | SYSTEM
timestamp | session | decimal | 0
tmp_table_size | both | int 1024..18446744073709551615 | 16777216
tmpdir | global readonly | string | /tmp
transaction_alloc_block_size | both | int 1024..131072/1024 | 8192
transaction_allow_batching | session | bool | OFF
transaction_prealloc_size | both | int 1024..131072/1024 | 4096
updatable_views_with_limit | both | enum NO,YES | YES
version | global readonly | string | 9.7.4
version_comment | global readonly | string | Interleave, a simulation of MySQL Community Server
version_compile_machine | global readonly | string | x86_64
version_compile_os | global readonly | string | Linux
version_compile_zlib | global readonly | string | 1.3.2
wait_timeout | both | int 1..31536000 | 28800
warning_count | session readonly | int 0..18446744073709551615 | 0
windowing_use_high_precision | both | bool | ON
xa_detach_on_prepare | both | bool | ON`;
