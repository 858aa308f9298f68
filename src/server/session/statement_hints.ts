/**
 * What the optimizer hints of a statement do to its session while it runs: SET_VAR and MAX_EXECUTION_TIME.
 *
 * MySQL: Sys_var_hint (sql/opt_hints.cc), PT_hint_sys_var::contextualize.
 */
import type { Statement } from "../../sql/ast.ts";
import { MysqlFailure } from "../context.ts";
import { type HintBook, hintBook } from "../exec/hints/hint_book.ts";
import { hintText } from "../exec/hints/hint_text.ts";
import { hintWarning } from "../exec/hints/hint_warnings.ts";
import { variableDefinition } from "../variables/definitions.ts";
import { checkedText } from "../variables/values.ts";
import type { Session } from "./session.ts";

export interface StatementHints extends HintBook {
  /** The variables are what they were. */
  readonly restore: () => void;
}

type SetVariable = HintBook["variables"][number];

/** Null for a statement that has no plan. */
export function takeHints(session: Session, statement: Statement): StatementHints | null {
  const warn = session.warn.bind(session);
  const book = hintBook(statement, warn, (hint, earlier) => refusal(hint, earlier));
  if (book === null) return null;
  const before: (readonly [string, string])[] = [];
  for (const hint of book.variables) {
    const definition = variableDefinition(hint.name);
    if (definition === null) continue;
    const { name } = definition;
    const current = session.variables.text(name);
    try {
      const value = { text: hint.value, isNumber: hint.isNumber, isFractional: false };
      const text = checkedText(definition, value, () => current, warn);
      session.variables.set(name, text);
      before.push([name, current]);
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      const { errno, message } = error.error;
      warn({ level: "Warning", errno, message });
    }
  }
  const restore = (): void => {
    for (const [name, text] of before.splice(0)) session.variables.set(name, text);
  };
  return { of: (node) => book.of(node), limitMs: book.limitMs, variables: book.variables, restore };
}

/** Why a variable cannot be set; null where it can. */
function refusal(hint: SetVariable, earlier: readonly SetVariable[]) {
  const definition = variableDefinition(hint.name);
  if (definition === null) return hintWarning("unresolved", `'${hint.name}'`, "SET_VAR");
  const { name } = definition;
  if (!HINTABLE.has(name)) return hintWarning("fixedVariable", hint.name);
  const isTaken = earlier.some((one) => variableDefinition(one.name)?.name === name);
  return isTaken ? hintWarning("conflict", hintText(hint)) : null;
}

/** Departure: `insert_id` is none of them here. */
const HINTABLE: ReadonlySet<string> = new Set(
  `auto_increment_increment auto_increment_offset big_tables bulk_insert_buffer_size cte_max_recursion_depth
   default_table_encryption default_tmp_storage_engine div_precision_increment enable_secondary_engine_statistics
   end_markers_in_json eq_range_index_dive_limit foreign_key_checks group_concat_max_len internal_tmp_mem_storage_engine
   join_buffer_size lock_wait_timeout max_error_count max_execution_time max_heap_table_size max_join_size
   max_length_for_sort_data max_points_in_geometry max_seeks_for_key max_sort_length optimizer_max_subgraph_pairs
   optimizer_prune_level optimizer_search_depth optimizer_switch range_alloc_block_size range_optimizer_max_mem_size
   read_buffer_size read_rnd_buffer_size secondary_engine_cost_threshold select_into_buffer_size select_into_disk_sync
   select_into_disk_sync_delay set_operations_buffer_size sort_buffer_size sql_auto_is_null sql_big_selects sql_buffer_result
   sql_mode sql_require_primary_key sql_safe_updates sql_select_limit time_zone timestamp tmp_table_size unique_checks
   updatable_views_with_limit use_secondary_engine windowing_use_high_precision xa_detach_on_prepare`.split(
    /\s+/,
  ),
);
