/** System variables that hardly a statement runs without, written as those of `data_server.ts`. */
// biome-ignore format: a table
export const COMMON_VARIABLES = `
autocommit | both | bool | ON
completion_type | both | enum NO_CHAIN,CHAIN,RELEASE | NO_CHAIN
default_storage_engine | both | string | InnoDB
foreign_key_checks | both | bool | ON
innodb_deadlock_detect | global | bool | ON
innodb_lock_wait_timeout | both | int 1..1073741824 | 50
lock_wait_timeout | both | int 1..31536000 | 31536000
low_priority_updates | both | bool | OFF
max_error_count | both | int 0..65535 | 1024
max_execution_time | both | int 0..18446744073709551615 | 0
read_only | global | bool | OFF
sql_mode | both | set | ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
super_read_only | global | bool | OFF
transaction_isolation | both | enum READ-UNCOMMITTED,READ-COMMITTED,REPEATABLE-READ,SERIALIZABLE | REPEATABLE-READ
transaction_read_only | both | bool | OFF
unique_checks | both | bool | ON
`;
