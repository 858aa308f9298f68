/**
 * Functions of MySQL that are not built here: a call of one is error 1235, not 1305 as for a name that is none.
 *
 * MySQL: func_array (sql/item_create.cc).
 */
const NAMES = `
  aes_decrypt aes_encrypt compress uncompress uncompressed_length statement_digest statement_digest_text
  extractvalue updatexml get_dd_create_options grouping icu_version inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat
  is_ipv4_mapped is_ipv6 json json_array json_array_append json_array_insert json_contains json_contains_path json_depth
  json_extract json_insert json_keys json_length json_merge json_merge_patch json_merge_preserve json_object json_overlaps
  json_pretty json_quote json_remove json_replace json_schema_valid json_schema_validation_report json_search json_set
  json_storage_free json_storage_size json_type json_unquote json_valid json_value load_file name_const
  ps_current_thread_id ps_thread_id random_bytes roles_graphml source_pos_wait validate_password_strength
  vector_dim string_to_vector vector_to_string to_vector from_vector distance wait_for_executed_gtid_set weight_string
  gtid_subset gtid_subtract format_bytes format_pico_time current_role
`;

const MISSING = new Set(NAMES.trim().split(/\s+/));

/** What the call is told to be; null for a name that is no function of MySQL. */
export function missingFunction(name: string): string | null {
  if (name.startsWith("json_")) return "JSON";
  if (/^(?:st|mbr)_?[a-z]/.test(name) && SPATIAL.test(name)) return "spatial functions";
  return MISSING.has(name) ? name.toUpperCase() : null;
}

const SPATIAL =
  /^(?:st_[a-z0-9]+|mbr(?:contains|coveredby|covers|disjoint|equals|intersects|overlaps|touches|within))$/;
