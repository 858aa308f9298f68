/**
 * optimizer_switch: what the session has forbidden the optimizer. A flag that is not among these changes nothing here, and
 * SET says so (`session/set_statement.ts`).
 *
 * MySQL: Sys_optimizer_switch, THD::optimizer_switch_flag.
 */

/** Flags whose `off` is obeyed. */
const OBEYED = [
  "block_nested_loop",
  "derived_condition_pushdown",
  "derived_merge",
  "duplicateweedout",
  "firstmatch",
  "index_condition_pushdown",
  "index_merge",
  "index_merge_intersection",
  "index_merge_sort_union",
  "index_merge_union",
  "loosescan",
  "materialization",
  "semijoin",
  "skip_scan",
  "subquery_materialization_cost_based",
] as const;

export type SwitchFlag = (typeof OBEYED)[number];

/** The flags that are off. */
export type SwitchedOff = ReadonlySet<SwitchFlag>;

export const NOTHING_OFF: SwitchedOff = new Set();

/** `flags` as @@optimizer_switch prints them. */
export function switchedOff(flags: string): SwitchedOff {
  if (!OBEYED.some((flag) => flags.includes(`${flag}=off`))) return NOTHING_OFF;
  const off = new Set(flags.split(",").filter((flag) => flag.endsWith("=off")));
  const found = OBEYED.filter((flag) => off.has(`${flag}=off`));
  return found.length === 0 ? NOTHING_OFF : new Set(found);
}

/** Obeyed as well, where the keys of a table are chosen. */
const ALSO_OBEYED = "use_invisible_indexes";

/** The flags that differ between two settings and mean nothing to this optimizer. */
export function idleFlags(before: string, after: string): readonly string[] {
  const known = new Set(before.split(","));
  return after
    .split(",")
    .filter((flag) => !known.has(flag))
    .filter((flag) => {
      const [name = ""] = flag.split("=");
      return name !== ALSO_OBEYED && !OBEYED.some((obeyed) => obeyed === name);
    });
}
