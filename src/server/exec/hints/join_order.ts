/**
 * JOIN_PREFIX, JOIN_ORDER and JOIN_SUFFIX: tables that have to be read before others, for which the order is searched as for
 * the inner tables of outer joins.
 *
 * MySQL: set_join_hint_deps, update_nested_join_deps (sql/opt_hints.cc), JOIN::propagate_dependencies.
 */
import type { HintedTable, OrderHint } from "../../../sql/ast_hints.ts";
import type { Warning } from "../../context.ts";
import { type JoinMember, type JoinNest, nestAround } from "../join/join_model.ts";
import { type BlockHints, sameName } from "./block_hints.ts";
import { placeText } from "./hint_text.ts";
import { hintWarning } from "./hint_warnings.ts";

/** `members`: all tables of the block, of which those in `constants` have been read. A hint that makes a circle does not count. */
export function hintedOrder(
  members: readonly JoinMember[],
  constants: number,
  { orders }: BlockHints,
  warn: (warning: Warning) => void,
): readonly JoinMember[] {
  let result = members;
  for (const hint of orders) result = withHint(result, constants, hint, warn) ?? result;
  return result;
}

function withHint(
  members: readonly JoinMember[],
  constants: number,
  hint: OrderHint,
  warn: (warning: Warning) => void,
): readonly JoinMember[] | null {
  const needs = new Map(members.map(({ bit, dependsOn }) => [bit, dependsOn]));
  const add = (bit: number, tables: number): void => {
    needs.set(bit, (needs.get(bit) ?? 0) | tables);
  };
  const addInNests = (table: JoinMember, tables: number): void => {
    for (const other of members) {
      const nest = outerNest(other);
      if (nest !== null && (nest.tables & table.bit) !== 0) add(other.bit, tables & ~nest.tables);
    }
  };
  let named = 0;
  for (const table of hint.tables) {
    const member = members.find((one) => isMeant(table, one));
    if (member === undefined) {
      warn(hintWarning("unresolved", placeText(table.name, table.block), hint.name));
      return null;
    }
    if ((member.bit & constants) !== 0) continue;
    add(member.bit, named);
    addInNests(member, named);
    named |= member.bit;
  }
  const all = members.reduce((mask, { bit }) => mask | bit, 0);
  for (const member of members) {
    const isNamed = (member.bit & named) !== 0;
    const others =
      hint.name === "JOIN_PREFIX" && !isNamed
        ? named
        : hint.name === "JOIN_SUFFIX" && isNamed
          ? all & ~named
          : 0;
    addInNests(member, others);
    add(member.bit, others);
  }
  for (let hasNew = true; hasNew; ) {
    hasNew = false;
    for (const { bit } of members) {
      const own = needs.get(bit) ?? 0;
      const further = members.reduce(
        (mask, one) => ((own & one.bit) === 0 ? mask : mask | (needs.get(one.bit) ?? 0)),
        own,
      );
      if ((further & bit) !== 0) return null;
      if (further === own) continue;
      needs.set(bit, further);
      hasNew = true;
    }
  }
  return members.map((member) => ({ ...member, dependsOn: needs.get(member.bit) ?? 0 }));
}

/** The outer join of several tables that it is in. */
function outerNest({ nest, bit }: JoinMember): JoinNest | null {
  let around = nestAround(nest, ["left", "anti"]);
  while (around !== null && around.tables === bit) {
    around = nestAround(around.parent, ["left", "anti"]);
  }
  return around;
}

function isMeant({ name, block }: HintedTable, { table }: JoinMember): boolean {
  const own = table.hints?.name ?? null;
  if (block !== null && own !== null && !sameName(block, own)) return false;
  return sameName(name, table.scope.alias);
}
