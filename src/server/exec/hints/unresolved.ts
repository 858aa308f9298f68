/** Warnings of hints on tables and keys that the block does not have. MySQL: Opt_hints::check_unresolved. */
import type { Warning } from "../../context.ts";
import type { BlockHints, SwitchName } from "./block_hints.ts";
import { placeText, quotedName } from "./hint_text.ts";
import { hintWarning } from "./hint_warnings.ts";

/** In the order of MySQL's opt_hints_enum. */
const NAMES: readonly SwitchName[] = [
  ...(["BKA", "BNL", "ICP", "MRR", "NO_RANGE_OPTIMIZATION", "MERGE", "INDEX_MERGE"] as const),
  ...(["SKIP_SCAN", "HASH_JOIN", "INDEX", "JOIN_INDEX", "GROUP_INDEX", "ORDER_INDEX"] as const),
  "DERIVED_CONDITION_PUSHDOWN",
];

export function warnOfUnresolved(
  block: BlockHints,
  {
    hasTable,
    hasKey,
    warn,
  }: {
    readonly hasTable: (alias: string) => boolean;
    readonly hasKey: (alias: string, key: string) => boolean;
    readonly warn: (warning: Warning) => void;
  },
): void {
  const tell = (name: string, isOn: ReadonlyMap<SwitchName, boolean>): void => {
    for (const hint of NAMES) {
      const state = isOn.get(hint);
      if (state === undefined) continue;
      warn(hintWarning("unresolved", name, state ? hint : `NO_${hint}`));
    }
  };
  for (const table of block.tables) {
    const place = placeText(table.name, block.printName);
    const isFound = hasTable(table.name);
    if (!isFound) tell(place, table.isOn);
    for (const key of table.keys) {
      if (isFound && hasKey(table.name, key.name)) continue;
      tell(`${place} ${quotedName(key.name)}`, key.isOn);
    }
  }
}
