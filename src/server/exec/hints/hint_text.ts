/** Hints as MySQL's warnings print them. MySQL: PT_hint::print_warn, append_args, Opt_hints::append_name. */
import {
  type HintedTable,
  KEY_LIST_HINTS,
  type OptimizerHint,
  SEMIJOIN_STRATEGIES,
} from "../../../sql/ast_hints.ts";

export function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

export function placeText(table: string, block: string | null): string {
  return block === null ? quotedName(table) : `${quotedName(table)}@${quotedName(block)}`;
}

/** With the table and the key that it was found to be in conflict for. */
export function hintText(
  hint: OptimizerHint,
  table: HintedTable | null = null,
  key: string | null = null,
): string {
  const where = table === null ? blockText(hint) : placeText(table.name, table.block);
  const named = key === null ? where : `${where} ${quotedName(key)}`;
  switch (hint.kind) {
    case "keys":
      return `${signed(hint)}(${named} ${LISTED.has(hint.name) ? keysText(hint.keys) : ""})`;
    case "tables":
      return `${signed(hint)}(${named} )`;
    case "order":
      return `${hint.name}(${named} ${hint.tables.map(tableText).join(",")})`;
    case "fixedOrder":
      return `JOIN_FIXED_ORDER(${named} )`;
    case "semijoin":
      return `${signed({ name: "SEMIJOIN", isOn: hint.isOn })}(${named} ${strategiesText(hint.strategies)})`;
    case "subquery":
      return `SUBQUERY(${named}  ${hint.strategy})`;
    case "blockName":
      return `QB_NAME(${quotedName(hint.name)})`;
    case "timeLimit":
      return `MAX_EXECUTION_TIME(${hint.ms})`;
    case "setVariable": {
      const value = hint.isNumber ? hint.value : `'${hint.value}'`;
      return `SET_VAR(${hint.name}=${value}) `;
    }
    case "resourceGroup":
      return `RESOURCE_GROUP(${hint.name})`;
  }
}

const LISTED: ReadonlySet<string> = new Set(KEY_LIST_HINTS);

function signed({ name, isOn }: { readonly name: string; readonly isOn: boolean }): string {
  return isOn ? name : `NO_${name}`;
}

function blockText(hint: OptimizerHint): string {
  return "block" in hint && hint.block !== null ? `@${quotedName(hint.block)}` : "";
}

function keysText(keys: readonly string[]): string {
  return keys.map((key) => ` ${quotedName(key)}`).join(",");
}

function tableText({ name, block }: HintedTable): string {
  return placeText(name, block);
}

function strategiesText(strategies: readonly string[]): string {
  // In the order of the switches.
  const named = SEMIJOIN_STRATEGIES.filter((strategy) => strategies.includes(strategy));
  return named.map((strategy) => ` ${strategy}`).join(",");
}
