/** EXPLAIN's words for the part that a table has in a semi-join or an outer join. */
import type { JoinNest } from "./join_model.ts";
import type { StepsRequest } from "./join_steps.ts";
import type { TreeTable } from "./join_tree.ts";

export function noted(
  table: TreeTable,
  at: number,
  { layout }: StepsRequest,
  noMatch: ReadonlySet<JoinNest>,
): TreeTable {
  const notes: string[] = [];
  const nest = layout.nests.find(({ first }) => first === at)?.nest;
  if (nest !== undefined && (nest.kind === "anti" || noMatch.has(nest))) notes.push("Not exists");
  if (layout.looseScans.some(({ first }) => first === at)) notes.push("LooseScan");
  if (layout.weedouts.some(({ first }) => first === at)) notes.push("Start temporary");
  if (layout.weedouts.some(({ last }) => last === at)) notes.push("End temporary");
  const match = layout.firstMatches.find(({ last }) => last === at);
  if (match !== undefined) {
    const before = layout.tables[match.first - 1]?.position.table.member.table.scope.alias;
    notes.push(before === undefined ? "FirstMatch" : `FirstMatch(${before})`);
  }
  if (table.usesHash) notes.push("Using join buffer (hash join)");
  return { ...table, step: { ...table.step, notes } };
}
