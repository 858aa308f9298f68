/**
 * What MySQL can do and the simulated server cannot, in one place: the parser skips these statements, the server refuses all of it
 * with error 1235, and the page lists it (`#/fidelity`).
 */

/**
 * First words of statements that are not simulated, the longest first where one begins another. CREATE, ALTER, DROP,
 * SHOW and SET are told apart where the rest of them is parsed.
 */
export const MISSING_STATEMENTS: readonly (readonly string[])[] = [
  ["ALTER", "EVENT"],
  ["ALTER", "INSTANCE"],
  ["ALTER", "LOGFILE"],
  ["ALTER", "RESOURCE"],
  ["ALTER", "SERVER"],
  ["ALTER", "TABLESPACE"],
  ["ALTER", "UNDO"],
  ["ALTER", "USER"],
  ["ALTER", "ALGORITHM"],
  ["ALTER", "DEFINER"],
  ["ALTER", "SQL"],
  ["BINLOG"],
  ["CACHE", "INDEX"],
  ["CHANGE", "REPLICATION"],
  ["CLONE"],
  ["CREATE", "DEFINER"],
  ["CREATE", "AGGREGATE"],
  ["CREATE", "EVENT"],
  ["CREATE", "LIBRARY"],
  ["CREATE", "LOGFILE"],
  ["CREATE", "OR", "REPLACE", "SPATIAL"],
  ["CREATE", "ALGORITHM"],
  ["CREATE", "SQL"],
  ["CREATE", "RESOURCE"],
  ["CREATE", "ROLE"],
  ["CREATE", "SERVER"],
  ["CREATE", "SPATIAL", "REFERENCE"],
  ["CREATE", "TABLESPACE"],
  ["CREATE", "UNDO"],
  ["CREATE", "USER"],
  ["DROP", "EVENT"],
  ["DROP", "LIBRARY"],
  ["DROP", "LOGFILE"],
  ["DROP", "RESOURCE"],
  ["DROP", "ROLE"],
  ["DROP", "SERVER"],
  ["DROP", "SPATIAL"],
  ["DROP", "TABLESPACE"],
  ["DROP", "UNDO"],
  ["DROP", "USER"],
  ["GRANT"],
  ["HELP"],
  ["IMPORT", "TABLE"],
  ["INSTALL"],
  ["LOAD", "DATA"],
  ["LOAD", "INDEX"],
  ["LOAD", "XML"],
  ["PURGE", "BINARY"],
  ["RENAME", "USER"],
  ["RESET", "BINARY"],
  ["RESET", "PERSIST"],
  ["RESET", "REPLICA"],
  ["RESTART"],
  ["REVOKE"],
  ["SHUTDOWN"],
  ["START", "REPLICA"],
  ["START", "GROUP_REPLICATION"],
  ["STOP", "REPLICA"],
  ["STOP", "GROUP_REPLICATION"],
  ["UNINSTALL"],
];

/** What SHOW can show and this server cannot, besides what it answers as an empty server would. */
export const MISSING_SHOWS: readonly (readonly string[])[] = [
  ["BINARY", "LOGS"],
  ["BINARY", "LOG"],
  ["BINLOG", "EVENTS"],
  ["CREATE", "EVENT"],
  ["CREATE", "USER"],
  ["FUNCTION", "STATUS"],
  ["FUNCTION", "CODE"],
  ["GRANTS"],
  ["LIBRARY", "STATUS"],
  ["PARSE_TREE"],
  ["PROCEDURE", "STATUS"],
  ["PROCEDURE", "CODE"],
  ["PROFILE"],
  ["PROFILES"],
  ["RELAYLOG", "EVENTS"],
  ["REPLICA", "STATUS"],
  ["REPLICAS"],
];

/** Data types of columns. */
export const MISSING_TYPES = ["vector", "geometry"] as const;

export function isMissingType<T extends string>(
  name: T,
): name is Extract<T, (typeof MISSING_TYPES)[number]> {
  return (MISSING_TYPES as readonly string[]).includes(name);
}

/** Parts of statements. */
export const MISSING_PARTS = [
  "ALTER TABLE for partitions and tablespaces",
  "CAST AS GEOMETRY",
  "CAST(... AT TIME ZONE ...)",
  "CREATE FUNCTION ... SONAME",
  "COLLATE of most collations",
  "DEFAULT here",
  "DEFAULT of a column without a table",
  "defaults that are not literals, without parentheses",
  "EXPLAIN ANALYZE",
  "EXPLAIN FOR CONNECTION",
  "EXPLAIN FOR SCHEMA",
  "EXPLAIN ANALYZE FOR CONNECTION",
  "EXPLAIN FORMAT=JSON",
  "EXPLAIN FORMAT=TREE of this statement",
  "FULLTEXT keys",
  "functional key parts",
  "some JSON functions",
  "JSON_TABLE",
  "JSON_VALUE with RETURNING or ON",
  "parameters outside prepared statements",
  "PARTITION BY",
  "partition selection",
  "SET DEFAULT of a foreign key",
  "SET NEW.column = DEFAULT",
  "SET PERSIST",
  "SHOW CREATE TABLE of a system table",
  "SHOW PRIVILEGES",
  "spatial functions",
  "SPATIAL keys",
  "structured system variables",
  "WEIGHT_STRING(... AS ...)",
] as const;

export type MissingPart = (typeof MISSING_PARTS)[number];

/**
 * Functions: a call of one is not error 1305, as for a name that is none. The spatial ones are counted up in `server/expr/functions_missing.ts`.
 *
 * MySQL: func_array (sql/item_create.cc).
 */
export const MISSING_FUNCTIONS: readonly string[] = `
  aes_decrypt aes_encrypt compress uncompress uncompressed_length statement_digest statement_digest_text
  extractvalue updatexml get_dd_create_options icu_version inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat
  is_ipv4_mapped is_ipv6 json 
  json_merge 
  json_schema_valid json_schema_validation_report json_search 
  json_storage_free json_storage_size json_value load_file name_const
  random_bytes roles_graphml source_pos_wait validate_password_strength
  vector_dim string_to_vector vector_to_string to_vector from_vector wait_for_executed_gtid_set weight_string
  gtid_subset gtid_subtract current_role can_access_column can_access_database
  can_access_event can_access_table can_access_trigger can_access_user can_access_view convert_cpu_id_mask etag
  internal_table_rows master_pos_wait json_duality_object
`
  .trim()
  .split(/\s+/);
