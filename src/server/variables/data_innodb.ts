/**
 * InnoDB's system variables, in the form of `data_server.ts`.
 *
 * InnoDB: storage/innobase/handler/ha_innodb.cc, innobase_system_variables.
 * Departure: variables that steer input and output, threads, redo and tablespaces are left out.
 */
// biome-ignore format: a table
export const INNODB_VARIABLES = `
innodb_adaptive_hash_index | global | bool | OFF
innodb_adaptive_hash_index_parts | global readonly | int 1..512 | 8
innodb_autoextend_increment | global | int 1..1000 | 64
innodb_autoinc_lock_mode | global readonly | int 0..2 | 2
innodb_buffer_pool_instances | global readonly | int 0..64 | 1
innodb_buffer_pool_size | global | int 5242880..9223372036854775807 | 134217728
innodb_commit_concurrency | global | int 0..1000 | 0
innodb_deadlock_detect | global | bool | ON
innodb_default_row_format | global | string | dynamic
innodb_fast_shutdown | global | int 0..2 | 1
innodb_file_per_table | global | bool | ON
innodb_fill_factor | global | int 10..100 | 100
innodb_flush_log_at_timeout | global | int 0..2700 | 1
innodb_flush_log_at_trx_commit | global | int 0..2 | 1
innodb_flush_method | global readonly | string | O_DIRECT
innodb_io_capacity | global | int 100..4294967295 | 10000
innodb_lock_wait_timeout | both | int 1..1073741824 | 50
innodb_log_buffer_size | global | int 262144..4294967295 | 67108864
innodb_log_checksums | global | bool | ON
innodb_log_compressed_pages | global | bool | ON
innodb_log_wait_for_flush_spin_hwm | global | int 0..4294967295 | 400
innodb_max_purge_lag | global | int 0..4294967295 | 0
innodb_max_undo_log_size | global | int 10485760..18446744073709551615 | 1073741824
innodb_monitor_enable | global | string | 
innodb_open_files | global readonly | int 0..2147483647 | 4000
innodb_page_size | global readonly | int 4096..65536 | 16384
innodb_print_all_deadlocks | global | bool | OFF
innodb_print_ddl_logs | global | bool | OFF
innodb_purge_batch_size | global | int 1..5000 | 300
innodb_purge_rseg_truncate_frequency | global | int 1..128 | 128
innodb_purge_threads | global readonly | int 1..32 | 1
innodb_read_io_threads | global readonly | int 1..64 | 4
innodb_read_only | global readonly | bool | OFF
innodb_redo_log_capacity | global | int 8388608..549755813888 | 104857600
innodb_rollback_on_timeout | global readonly | bool | OFF
innodb_stats_auto_recalc | global | bool | ON
innodb_stats_include_delete_marked | global | bool | OFF
innodb_stats_on_metadata | global | bool | OFF
innodb_stats_persistent | global | bool | ON
innodb_stats_persistent_sample_pages | global | int 1..18446744073709551615 | 20
innodb_stats_transient_sample_pages | global | int 1..18446744073709551615 | 8
innodb_status_output | global | bool | OFF
innodb_status_output_locks | global | bool | OFF
innodb_strict_mode | both | bool | ON
innodb_table_locks | both | bool | ON
innodb_thread_concurrency | global | int 0..1000 | 0
innodb_undo_log_encrypt | global | bool | OFF
innodb_undo_log_truncate | global | bool | ON
innodb_version | global readonly | string | 9.7.4`;
