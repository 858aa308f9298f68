/**
 * InnoDB's system variables, in the form of `data_server.ts`.
 *
 * InnoDB: storage/innobase/handler/ha_innodb.cc, innobase_system_variables.
 * Departure: variables that steer input and output, threads, redo and tablespaces are left out.
 */
// biome-ignore format: a table
export const INNODB_VARIABLES = `
innodb_adaptive_flushing | global | bool | ON
innodb_adaptive_flushing_lwm | global | int 0..70 | 10
innodb_adaptive_hash_index | global | bool | OFF
innodb_adaptive_hash_index_parts | global readonly | int 1..512 | 8
innodb_autoextend_increment | global | int 1..1000 | 64
innodb_autoinc_lock_mode | global readonly | int 0..2 | 2
innodb_buffer_pool_chunk_size | global readonly | int 1048576..144115188075855871 | 134217728
innodb_buffer_pool_dump_at_shutdown | global | bool | ON
innodb_buffer_pool_filename | global | string | ib_buffer_pool
innodb_buffer_pool_instances | global readonly | int 0..64 | 1
innodb_buffer_pool_load_at_startup | global readonly | bool | ON
innodb_buffer_pool_size | global | int 5242880..9223372036854775807 | 134217728
innodb_change_buffer_max_size | global | int 0..50 | 5
innodb_change_buffering | global | string | all
innodb_checksum_algorithm | global | string | crc32
innodb_commit_concurrency | global | int 0..1000 | 0
innodb_concurrency_tickets | global | int 1..4294967295 | 5000
innodb_ddl_buffer_size | both | int 65536..4294967295 | 1048576
innodb_ddl_threads | both | int 1..64 | 4
innodb_default_row_format | global | string | dynamic
innodb_doublewrite | global | string | ON
innodb_fast_shutdown | global | int 0..2 | 1
innodb_file_per_table | global | bool | ON
innodb_fill_factor | global | int 10..100 | 100
innodb_flush_log_at_timeout | global | int 0..2700 | 1
innodb_flush_log_at_trx_commit | global | int 0..2 | 1
innodb_flush_method | global readonly | string | O_DIRECT
innodb_flush_neighbors | global | int 0..2 | 0
innodb_flush_sync | global | bool | ON
innodb_flushing_avg_loops | global | int 1..1000 | 30
innodb_force_recovery | global readonly | int 0..6 | 0
innodb_idle_flush_pct | global | int 0..100 | 100
innodb_io_capacity | global | int 100..4294967295 | 10000
innodb_io_capacity_max | global | int 100..4294967295 | 20000
innodb_log_buffer_size | global | int 262144..4294967295 | 67108864
innodb_log_checksums | global | bool | ON
innodb_log_compressed_pages | global | bool | ON
innodb_log_spin_cpu_abs_lwm | global | int 0..4294967295 | 80
innodb_log_spin_cpu_pct_hwm | global | int 0..100 | 50
innodb_log_wait_for_flush_spin_hwm | global | int 0..4294967295 | 400
innodb_log_writer_threads | global | bool | OFF
innodb_lru_scan_depth | global | int 100..4294967295 | 1024
innodb_max_dirty_pages_pct | global | decimal | 90.000000
innodb_max_dirty_pages_pct_lwm | global | decimal | 10.000000
innodb_max_purge_lag | global | int 0..4294967295 | 0
innodb_max_purge_lag_delay | global | int 0..10000000 | 0
innodb_max_undo_log_size | global | int 10485760..18446744073709551615 | 1073741824
innodb_monitor_enable | global | string | 
innodb_old_blocks_pct | global | int 5..95 | 37
innodb_old_blocks_time | global | int 0..4294967295 | 1000
innodb_online_alter_log_max_size | global | int 65536..18446744073709551615 | 134217728
innodb_open_files | global readonly | int 0..2147483647 | 4000
innodb_page_cleaners | global readonly | int 1..64 | 1
innodb_page_size | global readonly | int 4096..65536 | 16384
innodb_parallel_read_threads | both | int 1..256 | 4
innodb_print_all_deadlocks | global | bool | OFF
innodb_print_ddl_logs | global | bool | OFF
innodb_purge_batch_size | global | int 1..5000 | 300
innodb_purge_rseg_truncate_frequency | global | int 1..128 | 128
innodb_purge_threads | global readonly | int 1..32 | 1
innodb_random_read_ahead | global | bool | OFF
innodb_read_ahead_threshold | global | int 0..64 | 56
innodb_read_io_threads | global readonly | int 1..64 | 4
innodb_read_only | global readonly | bool | OFF
innodb_redo_log_capacity | global | int 8388608..549755813888 | 104857600
innodb_rollback_on_timeout | global readonly | bool | OFF
innodb_rollback_segments | global | int 1..128 | 128
innodb_sort_buffer_size | global readonly | int 65536..67108864 | 1048576
innodb_spin_wait_delay | global | int 0..1000 | 6
innodb_stats_auto_recalc | global | bool | ON
innodb_stats_include_delete_marked | global | bool | OFF
innodb_stats_method | global | enum nulls_equal,nulls_unequal,nulls_ignored | nulls_equal
innodb_stats_on_metadata | global | bool | OFF
innodb_stats_persistent | global | bool | ON
innodb_stats_persistent_sample_pages | global | int 1..18446744073709551615 | 20
innodb_stats_transient_sample_pages | global | int 1..18446744073709551615 | 8
innodb_status_output | global | bool | OFF
innodb_status_output_locks | global | bool | OFF
innodb_strict_mode | both | bool | ON
innodb_sync_spin_loops | global | int 0..4294967295 | 30
innodb_table_locks | both | bool | ON
innodb_thread_concurrency | global | int 0..1000 | 0
innodb_thread_sleep_delay | global | int 0..1000000 | 10000
innodb_tmpdir | both | string | 
innodb_undo_directory | global readonly | string | ./
innodb_undo_log_encrypt | global | bool | OFF
innodb_undo_log_truncate | global | bool | ON
innodb_version | global readonly | string | 9.7.4
innodb_write_io_threads | global readonly | int 1..64 | 4`;
