/**
 * In which order the tables of a join are read, and by which access path each (MySQL: Optimize_table_order,
 * greedy_search with best_extension_by_limited_search; simplify_joins before it).
 */
import { type Item, OUTER_ROWS } from "../expr/item.ts";
import { type AccessPath, type ChosenAccess, scansOf } from "../optimizer/access_path.ts";
import { chooseSelectAccess } from "../optimizer/choose_access.ts";
import { conditionFilter } from "../optimizer/condition_filter.ts";
import { rowEvaluateCost } from "../optimizer/cost.ts";
import type { OrderColumn } from "../optimizer/plan_table.ts";
import { planTable } from "../optimizer/plan_table.ts";
import type { Predicate } from "../optimizer/predicate.ts";
import type { JoinRequest, JoinTable } from "./join_types.ts";
import { predicateOf } from "./predicate_of.ts";

/** A table waiting for its place. */
export interface Candidate {
  readonly table: JoinTable;
  /** Conjuncts that may restrict it: of WHERE and inner ONs, or of its own ON where it is the inner side of a LEFT JOIN. */
  readonly conjuncts: readonly Item[];
  /** Tables that have to be read before. */
  readonly dependsOn: number;
}

export interface Placed {
  readonly candidate: Candidate;
  readonly chosen: ChosenAccess;
  readonly outer: readonly Item[];
  /** Rows of the join so far. */
  readonly rows: number;
}

const EXHAUSTIVE_TABLES_MAX = 6;

interface Partial {
  readonly placed: readonly Placed[];
  readonly mask: number;
  readonly rows: number;
  readonly cost: number;
}

/** `done` is the mask of constant tables. */
export function orderTables(
  request: JoinRequest,
  candidates: readonly Candidate[],
  done: number,
): readonly Placed[] {
  const start: Partial = { placed: [], mask: done, rows: 1, cost: 0 };
  if (candidates.length <= EXHAUSTIVE_TABLES_MAX)
    return bestExtension(request, candidates, start, Number.POSITIVE_INFINITY)?.placed ?? [];
  let at = start;
  let left = candidates;
  while (left.length > 0) {
    const options = left
      .filter((one) => (one.dependsOn & ~at.mask) === 0)
      .map((one) => extended(request, at, one));
    const [best] = options.sort((a, b) => a.cost - b.cost);
    if (best === undefined) break;
    at = best;
    left = left.filter((one) => !at.placed.some((placed) => placed.candidate === one));
  }
  return at.placed;
}

function bestExtension(
  request: JoinRequest,
  left: readonly Candidate[],
  from: Partial,
  limit: number,
): Partial | null {
  if (left.length === 0) return from;
  let best: Partial | null = null;
  for (const candidate of left) {
    if ((candidate.dependsOn & ~from.mask) !== 0) continue;
    const next = extended(request, from, candidate);
    if (next.cost >= (best?.cost ?? limit)) continue;
    const rest = left.filter((one) => one !== candidate);
    const whole = bestExtension(request, rest, next, best?.cost ?? limit);
    if (whole !== null && whole.cost < (best?.cost ?? limit)) best = whole;
  }
  return best;
}

function extended(request: JoinRequest, from: Partial, candidate: Candidate): Partial {
  const isFirst = from.placed.length === 0;
  const { chosen, outer, filter } = accessOf(
    request,
    candidate,
    from.mask,
    from.rows,
    isFirst && request.from?.kind === "table",
  );
  const fetched = from.rows * chosen.rows;
  const rows = Math.max(fetched * filter, 0.001);
  return {
    placed: [...from.placed, { candidate, chosen, outer, rows }],
    mask: from.mask | (2 ** candidate.table.scope.position),
    rows,
    cost: from.cost + readCostOf(chosen) + rowEvaluateCost(fetched),
  };
}

/**
 * What reading costs for all rows of the prefix together: a lookup's cost counts them already, a scan behind other
 * tables is made once (hash join). Looking at the rows comes on top (MySQL: POSITION::read_cost).
 */
function readCostOf({ path, cost, rows }: ChosenAccess): number {
  return path.kind === "range" ? cost : Math.max(0, cost - rowEvaluateCost(rows));
}

export interface AccessAnswer {
  readonly chosen: ChosenAccess;
  readonly outer: readonly Item[];
  readonly filter: number;
}

/** The access path of one table when the tables in `available` have been read. */
function accessOf(
  request: JoinRequest,
  candidate: Candidate,
  available: number,
  prefixRows: number,
  mayOrder: boolean,
): AccessAnswer {
  const { source, scope } = candidate.table;
  if (source.kind === "rows") {
    const chosen: ChosenAccess = {
      path: { kind: "all" },
      keyRead: false,
      isOrdered: false,
      rows: source.estimate,
      cost: source.estimate * 0.1,
      considered: [],
    };
    return { chosen, outer: [], filter: 1 };
  }
  const outer: Item[] = [];
  const predicateTable = {
    position: scope.position,
    known: request.known,
    columns: source.table.columns,
    env: request.env,
    outer,
  };
  const where: Predicate = {
    kind: "and",
    args: candidate.conjuncts.map((item) => predicateOf(item, predicateTable)),
  };
  const query = { table: source.table, where, needed: scope.used, hints: source.hints };
  const order = mayOrder ? orderColumns(request, scope.position) : null;
  const hasOrder = request.order.length > 0;
  const chosen = chooseSelectAccess(query, {
    available: available | OUTER_ROWS,
    prefixRows: Math.max(1, prefixRows),
    order,
    limit: hasOrder && order === null ? null : request.limit,
    mayBeConst: false,
    forgoesDives: request.isWholeStatement && mayOrder && (!hasOrder || order !== null),
  });
  const used = new Set(columnsUsed(chosen.path));
  const filter = conditionFilter(planTable(query, true), used, available | OUTER_ROWS);
  return { chosen, outer, filter };
}

/** Columns whose conditions the access path has taken care of. */
function columnsUsed(path: AccessPath): readonly number[] {
  if (path.kind === "ref") return path.key.map((part) => part.column);
  if (path.kind === "merge") {
    return scansOf(path).flatMap(({ index }) => index.parts.map((part) => part.column));
  }
  return "index" in path ? path.index.parts.map((part) => part.column) : [];
}

/** ORDER BY as plain columns of the one table, or null when it is something else. */
function orderColumns(request: JoinRequest, position: number): readonly OrderColumn[] | null {
  const columns: OrderColumn[] = [];
  for (const { item, desc } of request.order) {
    if (item.shape.kind !== "column" || item.tables !== 2 ** position) return null;
    columns.push({ column: item.shape.column, desc });
  }
  return columns.length === 0 ? null : columns;
}
