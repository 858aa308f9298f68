/**
 * While a join order is built up: by which strategy the duplicates that a semi-join's tables bring are kept away.
 *
 *   firstMatch    the tables around are read; of the subquery's rows the first that matches is enough
 *   looseScan     one row of each group of equal keys is read from an index of the subquery's, then the tables around
 *   lookup, scan  the subquery's values are materialized without duplicates and looked up, or scanned
 *   weedout       rows are joined as they come, and a temporary table knows the row ids that have been seen
 *
 * MySQL: Optimize_table_order::advance_sj_state and the functions it calls (sql_planner.cc).
 */
import { pageReadCost, rowEvaluateCost } from "../../optimizer/cost.ts";
import { isLookedUp, type TableAccess } from "../../optimizer/join_access.ts";
import { looseScanAccess } from "../../optimizer/loose_scan.ts";
import { type JoinNest, nestAround } from "./join_model.ts";
import type { Materialization, Position, Search } from "./join_search.ts";
import { accessAt } from "./position_access.ts";
import { type Answer, weedoutAnswer } from "./weedout_cost.ts";

export type SemijoinStrategy = "none" | "firstMatch" | "looseScan" | "lookup" | "scan" | "weedout";

export interface SemijoinState {
  strategy: SemijoinStrategy;
  duplicates: number;
  /** Place of the first table, or null. */
  firstMatch: number | null;
  firstMatchRest: number;
  firstMatchNeeds: number;
  looseScan: number | null;
  looseScanNeeds: number;
  scanNeeds: number;
  scanLastInner: number;
  weedout: number;
  weedoutNeeds: number;
  /** A loose scan's index. */
  loose: ReturnType<typeof looseScanAccess>;
}

export const NO_SEMIJOIN: SemijoinState = {
  strategy: "none",
  duplicates: 0,
  firstMatch: null,
  firstMatchRest: 0,
  firstMatchNeeds: 0,
  looseScan: null,
  looseScanNeeds: 0,
  scanNeeds: 0,
  scanLastInner: 0,
  weedout: 0,
  weedoutNeeds: 0,
  loose: null,
};

/** The semi-join nest that a table is in, antijoins among them. */
export function semijoinOf(position: Pick<Position, "table">): JoinNest | null {
  return nestAround(position.table.member.nest, ["semi", "anti"]);
}

/** `remaining` counts the table placed last. */
export function advanceSemijoin(search: Search, remaining: number): void {
  const { positions } = search;
  const at = positions.length - 1;
  const position = positions[at] as Position;
  const nest = semijoinOf(position);
  const after = remaining & ~position.table.member.bit;
  const before = positions[at - 1];
  if (before !== undefined) inherit(position, before);
  let best: Answer = { cost: position.prefixCost, rows: position.prefixRows };
  let strategy: SemijoinStrategy = "none";
  let handled = 0;

  const first = firstMatchAt(search, at, nest, after);
  if (first !== null) {
    strategy = "firstMatch";
    best = first;
    handled = position.firstMatchNeeds;
  }
  const loose = looseScanAt(search, at, nest, remaining);
  if (loose !== null) {
    strategy = "looseScan";
    best = loose;
    const driving = positions[position.looseScan ?? 0] as Position;
    handled = semijoinOf(driving)?.tables ?? 0;
  }
  if (nest !== null) position.duplicates |= nest.tables;
  position.duplicates &= ~handled;

  const how = materializationAt(search, at, nest, after);
  if (how?.kind === "scan" && nest !== null) {
    const other = positions[position.scanLastInner];
    if (position.scanNeeds !== 0 && other !== undefined && semijoinOf(other) !== nest) {
      position.scanNeeds = 0;
    } else {
      position.scanNeeds = nest.tables | ownDependencies(nest);
      position.scanLastInner = at;
    }
  } else if (how?.kind === "lookup" && nest !== null) {
    const answer = lookupAnswer(positions, at, nest, how.materialization);
    if (answer.cost < best.cost || position.duplicates !== 0) {
      strategy = "lookup";
      best = answer;
      position.duplicates &= ~nest.tables;
    }
  }
  const scanned = positions[position.scanLastInner];
  const scannedNest = scanned === undefined ? null : semijoinOf(scanned);
  if (position.scanNeeds !== 0 && nest !== null && nest !== scannedNest) position.scanNeeds = 0;
  if (position.scanNeeds !== 0 && (position.scanNeeds & after) === 0 && scannedNest !== null) {
    const answer = scanAnswer(search, position.scanLastInner, at, after, scannedNest);
    if (answer !== null && (answer.cost < best.cost || position.duplicates !== 0)) {
      strategy = "scan";
      best = answer;
      position.duplicates &= ~scannedNest.tables;
    }
  }
  if (nest !== null) {
    if (position.weedoutNeeds === 0) position.weedout = at;
    position.weedoutNeeds |= nest.tables | ownDependencies(nest);
  }
  if (position.weedoutNeeds !== 0 && (after & position.weedoutNeeds) === 0) {
    const answer = weedoutAnswer(positions, position.weedout, at);
    const first = semijoinOf(positions[position.weedout] as Position);
    const isAllowed = first?.kind === "semi" && !first.off.has("duplicateweedout");
    if ((answer.cost < best.cost && isAllowed) || position.duplicates !== 0) {
      strategy = "weedout";
      best = answer;
      position.duplicates &= ~position.weedoutNeeds;
    }
  }
  position.strategy = strategy;
  if (strategy !== "none") {
    position.prefixCost = best.cost;
    position.prefixRows = best.rows;
  }
}

function inherit(position: Position, before: Position): void {
  position.duplicates = before.duplicates;
  position.firstMatch = before.firstMatch;
  position.firstMatchRest = before.firstMatchRest;
  position.firstMatchNeeds = before.firstMatchNeeds;
  position.looseScan = before.strategy === "looseScan" ? null : before.looseScan;
  position.looseScanNeeds = before.looseScanNeeds;
  position.scanNeeds = before.strategy === "scan" ? 0 : before.scanNeeds;
  position.scanLastInner = before.scanLastInner;
  position.weedout = before.weedout;
  position.weedoutNeeds = before.weedoutNeeds;
}

/** Mask of the tables around a nest that it needs; those of enclosing blocks are always there. */
function ownDependencies({ dependsOn }: JoinNest): number {
  return dependsOn & (2 ** 30 - 1);
}

function firstMatchAt(
  search: Search,
  at: number,
  nest: JoinNest | null,
  after: number,
): Answer | null {
  const { positions } = search;
  const position = positions[at] as Position;
  if (position.firstMatch !== null) {
    const first = positions[position.firstMatch] as Position;
    if (semijoinOf(first) !== nest) position.firstMatch = null;
  }
  if (nest === null || nest.off.has("firstmatch")) return null;
  const outer = ownDependencies(nest);
  if (position.duplicates === 0 && (after & outer) === 0) {
    position.firstMatch = at;
    position.firstMatchNeeds = 0;
    position.firstMatchRest = after;
  }
  if (position.firstMatch === null) return null;
  position.firstMatchNeeds |= nest.tables;
  if ((outer & position.firstMatchRest) !== 0) {
    position.firstMatch = null;
    return null;
  }
  if ((position.firstMatchNeeds & after) !== 0) return null;
  const openBefore = positions[position.firstMatch - 1]?.open ?? [];
  if (position.open.some((one) => !openBefore.includes(one))) {
    position.firstMatch = null;
    return null;
  }
  return firstMatchOrLooseScan(search, position.firstMatch, at, after, false);
}

function looseScanAt(
  search: Search,
  at: number,
  nest: JoinNest | null,
  remaining: number,
): Answer | null {
  const { positions, request } = search;
  const position = positions[at] as Position;
  const after = remaining & ~position.table.member.bit;
  if (position.looseScan !== null) {
    const driving = semijoinOf(positions[position.looseScan] as Position);
    const isInside = driving !== null && (driving.tables & remaining) !== 0;
    if (isInside ? nest !== driving : nest !== null) position.looseScan = null;
  }
  const { question } = position.table;
  if (
    nest?.kind === "semi" &&
    !nest.off.has("loosescan") &&
    nest.links.length > 0 &&
    (remaining & nest.tables) === nest.tables &&
    position.duplicates === 0 &&
    (remaining & nest.correlated) === 0 &&
    (remaining & ownDependencies(nest)) !== 0 &&
    !("kind" in question) &&
    isLookedUp(question) &&
    request.within === null
  ) {
    position.looseScan = at;
    position.looseScanNeeds = nest.tables | ownDependencies(nest);
  }
  if (position.looseScan === null || (after & position.looseScanNeeds) !== 0) return null;
  return firstMatchOrLooseScan(search, position.looseScan, at, after, true);
}

/** MySQL: semijoin_firstmatch_loosescan_access_paths. The accesses that change are kept when `isFinal`. */
export function firstMatchOrLooseScan(
  search: Search,
  first: number,
  last: number,
  after: number,
  isLoose: boolean,
  isFinal = false,
): Answer | null {
  const { positions } = search;
  let cost = positions[first - 1]?.prefixCost ?? 0;
  const rows = positions[first - 1]?.prefixRows ?? 1;
  let outerFanout = 1;
  let innerFanout = 1;
  let remaining = after;
  let inner = 0;
  for (let i = first; i <= last; i += 1) {
    const position = positions[i] as Position;
    remaining |= position.table.member.bit;
    if (semijoinOf(position) !== null) inner += 1;
  }
  // Each is found out with the others as the search had left them.
  const final: TableAccess[] = [];
  let unbufferedBefore = inner > 1 ? last + 1 : first;
  if (isLoose) {
    unbufferedBefore = last;
    while (
      unbufferedBefore > first &&
      semijoinOf(positions[unbufferedBefore] as Position) === null
    ) {
      unbufferedBefore -= 1;
    }
    unbufferedBefore += 1;
  }
  for (let i = first; i <= last; i += 1) {
    const position = positions[i] as Position;
    const isDriving = isLoose && i === first;
    const prefixRows = rows * innerFanout * outerFanout;
    let { access } = position;
    if (isDriving) {
      const loose = looseScanOf(search, i, remaining, prefixRows);
      if (loose === null) return null;
      access = loose.access;
      if (isFinal) position.loose = loose;
    } else if (access.usesBuffer) {
      const mayBuffer = i >= unbufferedBefore;
      access = accessAt(
        search,
        position.table,
        remaining & ~position.table.member.bit,
        i,
        prefixRows,
        {
          mayBuffer,
        },
      );
    }
    final.push(access);
    remaining &= ~position.table.member.bit;
    cost += access.readCost + rowEvaluateCost(prefixRows * access.rowsFetched);
    const fanout = access.rowsFetched * access.filterEffect;
    if (semijoinOf(position) === null) outerFanout *= fanout;
    else innerFanout *= fanout;
  }
  if (isFinal) {
    for (const [at, access] of final.entries()) (positions[first + at] as Position).access = access;
  }
  return { cost, rows: rows * outerFanout };
}

function looseScanOf(
  search: Search,
  at: number,
  remaining: number,
  prefixRows: number,
): ReturnType<typeof looseScanAccess> {
  const { positions, request } = search;
  const position = positions[at] as Position;
  const { question, member } = position.table;
  const nest = semijoinOf(position);
  if ("kind" in question || nest === null) return null;
  const own = nest.links.map(({ inner, outer }) => ({
    column:
      inner.shape.kind === "column" && inner.tables === member.bit ? inner.shape.column : null,
    isBound: (outer.tables & remaining) === 0,
  }));
  const tables = request.tables.reduce(
    (mask, { member: { bit } }) => mask | bit,
    request.constants,
  );
  return looseScanAccess(question, {
    links: own,
    available: (tables & ~remaining) | (2 ** 30),
    prefixRows,
    isFirst: at === 0,
  });
}

function materializationAt(
  search: Search,
  at: number,
  nest: JoinNest | null,
  after: number,
): { readonly kind: "lookup" | "scan"; readonly materialization: Materialization } | null {
  const { positions, request } = search;
  const materialization = nest === null ? undefined : request.materializations.get(nest);
  if (nest === null || materialization === undefined || (after & nest.tables) !== 0) return null;
  const count = materialization.positions.length;
  for (let i = 1; i < count; i += 1) {
    const other = positions[at - i];
    if (other === undefined || semijoinOf(other) !== nest) return null;
  }
  const isScan = (after & ownDependencies(nest)) !== 0 || !materialization.canLookUp;
  return { kind: isScan ? "scan" : "lookup", materialization };
}

function lookupAnswer(
  positions: readonly Position[],
  at: number,
  nest: JoinNest,
  materialization: Materialization,
): Answer {
  const before = positions[at - materialization.positions.length];
  const rows = before?.prefixRows ?? 1;
  const read = nest.tables === 0 ? pageReadCost(0) : rows * materialization.lookupCost;
  return { cost: (before?.prefixCost ?? 0) + materialization.cost + read, rows };
}

/** MySQL: semijoin_mat_scan_access_paths. */
export function scanAnswer(
  search: Search,
  lastInner: number,
  lastOuter: number,
  after: number,
  nest: JoinNest,
  isFinal = false,
): Answer | null {
  const { positions, request } = search;
  const materialization = request.materializations.get(nest);
  if (materialization === undefined) return null;
  const before = positions[lastInner - materialization.positions.length];
  const rows = before?.prefixRows ?? 1;
  let cost = before?.prefixCost ?? 0;
  cost += materialization.cost + rows * materialization.scanCost;
  let remaining = after;
  for (let i = lastInner + 1; i <= lastOuter; i += 1) {
    remaining |= (positions[i] as Position).table.member.bit;
  }
  let outerFanout = 1;
  for (let i = lastInner + 1; i <= lastOuter; i += 1) {
    const position = positions[i] as Position;
    remaining &= ~position.table.member.bit;
    const prefixRows = rows * materialization.rows * outerFanout;
    const access = accessAt(search, position.table, remaining, i, prefixRows, { mayBuffer: true });
    if (isFinal) position.access = access;
    outerFanout *= access.rowsFetched;
    cost += access.readCost + rowEvaluateCost(rows * materialization.rows * outerFanout);
    outerFanout *= access.filterEffect;
  }
  return { cost, rows: rows * outerFanout };
}
