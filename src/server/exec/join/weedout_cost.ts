/** What weeding out duplicates with a temporary table costs. MySQL: semijoin_dupsweedout_access_paths. */
import { rowEvaluateCost } from "../../optimizer/cost.ts";
import { nestAround } from "./join_model.ts";
import type { Position } from "./join_search.ts";

const TEMPORARY_TABLE_COST = 1;
const TEMPORARY_ROW_COST = 0.1;

/** Cost and rows of the join so far. */
export interface Answer {
  readonly cost: number;
  readonly rows: number;
}

export function weedoutAnswer(positions: readonly Position[], first: number, last: number): Answer {
  let cost = positions[first - 1]?.prefixCost ?? 0;
  const rows = positions[first - 1]?.prefixRows ?? 1;
  let innerFanout = 1;
  let outerFanout = 1;
  let outerMax = 1;
  for (let i = first; i <= last; i += 1) {
    const position = positions[i] as Position;
    const { rowsFetched, filterEffect, readCost } = position.access;
    cost += readCost + rowEvaluateCost(rows * innerFanout * outerFanout * rowsFetched);
    const fanout = rowsFetched * filterEffect;
    if (nestAround(position.table.member.nest, ["semi", "anti"]) !== null) {
      innerFanout *= fanout;
      continue;
    }
    outerMax *= position.table.totalRows * filterEffect;
    outerFanout *= innerFanout > 1 ? innerFanout * fanout : fanout;
    if (innerFanout > 1) innerFanout = 1;
  }
  if (outerMax < outerFanout) {
    if (outerMax > 0) innerFanout *= outerFanout / outerMax;
    outerFanout = outerMax;
  }
  // Added one by one as MySQL does: plans that cost the same are decided by the last bits.
  cost += TEMPORARY_TABLE_COST;
  cost += TEMPORARY_ROW_COST * (rows * outerFanout + rows * innerFanout * outerFanout);
  return { cost, rows: rows * outerFanout };
}
