/**
 * Which indexes of a table hints leave for finding rows, for GROUP BY and for ORDER BY, and what may be done with them.
 * Where one of INDEX, JOIN_INDEX, GROUP_INDEX and ORDER_INDEX is written, USE, FORCE and IGNORE INDEX do not count.
 *
 * MySQL: Opt_hints_table::update_index_hint_maps, hint_key_state, compound_hint_key_enabled.
 */
import type { IndexHints, KeyChoice, KeyPermits } from "../../optimizer/plan_table.ts";
import { type BlockHints, type SwitchName, sameName, type TableHints } from "./block_hints.ts";

/** Then nobody looks at what stands beside the table's name. */
export function choosesIndexes(block: BlockHints, alias: string): boolean {
  const table = block.tableOf(alias);
  return table !== null && CHOICES.some((name) => table.isOn.has(name));
}

/** `names`: of the table's visible indexes; `written`: what stands beside its name. */
export function hintedIndexes(
  block: BlockHints,
  alias: string,
  names: readonly string[],
  hidden: readonly string[],
  written: IndexHints,
): IndexHints {
  const table = block.tableOf(alias);
  if (table === null) return written;
  const all = [...names, ...hidden];
  const permits = permitsOf(table, all);
  const own = CHOICES.filter((name) => table.isOn.has(name));
  if (own.length === 0) return { ...written, permits };
  const forces = (name: SwitchName): boolean => table.isOn.get(name) === true;
  const force = forces("INDEX");
  const isAnyForced = CHOICES.some(forces);
  const choice = (further: SwitchName): KeyChoice => {
    let left: readonly string[] = isAnyForced ? [] : names;
    for (const name of ["INDEX", further] as const) {
      const isOn = table.isOn.get(name);
      if (isOn === undefined) continue;
      const listed = listedKeys(table, name, all);
      const meant = listed.length === 0 ? names : listed;
      left = names.filter((key) =>
        isOn
          ? left.includes(key) || meant.includes(key)
          : left.includes(key) && !meant.includes(key),
      );
    }
    return { only: left, force: force || forces(further), ignore: hidden };
  };
  const forOrder = choice("ORDER_INDEX");
  const forGroup = choice("GROUP_INDEX");
  return { ...choice("JOIN_INDEX"), off: written.off, forOrder, forGroup, permits };
}

const CHOICES = ["INDEX", "JOIN_INDEX", "GROUP_INDEX", "ORDER_INDEX"] as const;

/** Those that the table has. */
function listedKeys(
  table: TableHints,
  hint: SwitchName,
  names: readonly string[],
): readonly string[] {
  const list = table.lists.get(hint) ?? [];
  return names.filter((name) => list.some((key) => sameName(key, name)));
}

function permitsOf(table: TableHints, names: readonly string[]): KeyPermits {
  const keyState = (hint: SwitchName, key: string, fallback: boolean): boolean =>
    table.keys.find(({ name }) => sameName(name, key))?.isOn.get(hint) ??
    table.isOn.get(hint) ??
    fallback;
  const listState = (hint: SwitchName) => {
    const isOn = table.isOn.get(hint);
    if (isOn === undefined) return null;
    const listed = listedKeys(table, hint, names);
    const mayUse = (key: string): boolean =>
      listed.length === 0 ? isOn : listed.includes(key) === isOn;
    return { isForced: isOn, mayUse, isWhole: listed.length === 0 };
  };
  return {
    mayRange: (key) => !keyState("NO_RANGE_OPTIMIZATION", key, false),
    mayPush: (key) => keyState("ICP", key, true),
    merge: listState("INDEX_MERGE"),
    skip: listState("SKIP_SCAN"),
  };
}
