/**
 * Index scans that give their rows in the order of the clustered key, and reading only the rows that several of them
 * have in common: `a = 1 AND b = 2` through the indexes a and b.
 *
 * MySQL: ROR scans, get_best_ror_intersect (sql/range_optimizer/rowid_ordered_retrieval_plan.cc).
 */
import type { IndexScan, MergePath } from "./access_path.ts";
import { indexScanCost, keyCompareCost, sweepCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import type { KeyTree } from "./key_tree.ts";
import type { PlanTable } from "./plan_table.ts";
import type { RangeScan } from "./range_analysis.ts";
import type { KeyTrees } from "./sel_tree.ts";

export interface MergeScan {
  readonly key: null;
  readonly path: MergePath;
  readonly rows: number;
  readonly cost: number;
}

/** MySQL: is_key_scan_ror. The clustered key itself, or equality on all of an index up to the clustered key's columns. */
export function isRowOrdered(table: PlanTable, { key, ranges }: RangeScan): boolean {
  if (key.isClusteredPrimary) return true;
  const [range] = ranges;
  const declared = key.parts.slice(0, key.declared);
  if (range === undefined || ranges.length > 1 || declared.some((part) => part.desc)) return false;
  if (!range.isPoint && !isPointUpTo(range, key.declared)) return false;
  const used = Math.min(range.parts, key.declared);
  if (declared.slice(0, used).some((part) => part.prefix !== null)) return false;
  const rest = declared.slice(used);
  const primary = table.keys.find((one) => one.isClusteredPrimary)?.parts ?? [];
  return rest.every(({ column, prefix }, at) => {
    const own = primary[at];
    return own !== undefined && own.column === column && own.prefix === prefix;
  });
}

/** `a = 3 AND id < 5` on an index of (a): one value of the index's own columns, a range of the clustered key behind them. */
function isPointUpTo({ parts, low, high }: RangeScan["ranges"][number], declared: number): boolean {
  if (parts <= declared) return false;
  for (let at = 0; at < declared; at += 1) {
    const value = low?.key[at];
    if (value === undefined || value !== high?.key[at]) return false;
  }
  return true;
}

interface OrderedScan {
  readonly scan: RangeScan;
  readonly tree: KeyTree;
  /** Needed columns that the index holds. */
  readonly columns: ReadonlySet<number>;
  readonly readCost: number;
}

interface Intersection {
  readonly scans: readonly OrderedScan[];
  readonly columns: ReadonlySet<number>;
  readonly isCovering: boolean;
  readonly rows: number;
  readonly indexRows: number;
  readonly indexCost: number;
  readonly cost: number;
}

export interface IntersectOptions {
  /** Columns the statement reads or writes. */
  readonly needed: ReadonlySet<number>;
  /** What else there is to do costs this. */
  readonly limit: number;
  /** Single index scans by index, as estimated. */
  readonly scans: ReadonlyMap<KeyInfo, RangeScan>;
  /** It is no part of a union. */
  readonly isAlone: boolean;
}

export function bestIntersection(
  table: PlanTable,
  trees: KeyTrees,
  options: IntersectOptions,
): MergeScan | null {
  const found = table.keys.flatMap((key) => {
    const scan = options.scans.get(key);
    const tree = trees.get(key);
    return scan === undefined || tree === undefined || !isRowOrdered(table, scan)
      ? []
      : [orderedScan(table, scan, tree, options)];
  });
  if (found.length < 2) return null;
  const clustered = found.find(({ scan }) => scan.key.isClusteredPrimary) ?? null;
  const candidates = inGoodOrder(
    found.filter((one) => one !== clustered),
    options.needed,
  );
  const permit = table.query.hints.permits?.merge ?? null;
  const takesAll = permit?.isForced === true && !permit.isWhole;
  const takesCheapest = permit?.isForced === true && options.isAlone;
  let current = nothingYet(table);
  let best: Intersection | null = null;
  for (const candidate of candidates) {
    if (current.isCovering) break;
    if (permit?.mayUse(candidate.scan.key.index.name) === false) continue;
    const next = withScan(table, current, candidate, options, takesAll);
    if (next === null) continue;
    current = next;
    const isCheaper = current.cost < (best?.cost ?? Number.POSITIVE_INFINITY);
    const isWanted =
      takesCheapest && (best?.scans.length ?? 0) < 2 && (clustered === null || current.isCovering);
    if (isCheaper || isWanted || takesAll) best = current;
  }
  if (best === null) return null;
  const lowest = best.cost;
  const filtered =
    clustered === null || best.isCovering || permit?.mayUse(clustered.scan.key.index.name) === false
      ? null
      : withFilter(table, best, clustered, options);
  const usesFilter =
    filtered !== null &&
    (filtered.cost < lowest || takesAll || (takesCheapest && best.scans.length === 1));
  if (lowest >= options.limit && permit?.isForced !== true) return null;
  if (!usesFilter && best.scans.length < 2) return null;
  const { rows, cost, isCovering } = usesFilter ? filtered : best;
  return {
    key: null,
    rows: Math.max(rows, 1),
    cost,
    path: {
      kind: "merge",
      how: "intersect",
      parts: best.scans.map(({ scan }) => scanPart(scan)),
      clustered: usesFilter && clustered !== null ? scanPart(clustered.scan) : null,
      isCovering,
    },
  };
}

export function scanPart({ key, ranges, rows, cost }: RangeScan): IndexScan {
  return { index: key.index, ranges, rows, cost };
}

function orderedScan(
  table: PlanTable,
  scan: RangeScan,
  tree: KeyTree,
  { needed }: IntersectOptions,
): OrderedScan {
  const { key, rows } = scan;
  const declared = key.parts.slice(0, key.declared);
  const columns = declared.map(({ column }) => column).filter((column) => needed.has(column));
  return {
    scan,
    tree,
    columns: new Set(columns),
    readCost: indexScanCost(key, table.refBytes, rows),
  };
}

/** MySQL: find_intersect_order: first what holds most of the columns not held yet, then what has fewest rows. */
function inGoodOrder(
  scans: readonly OrderedScan[],
  needed: ReadonlySet<number>,
): readonly OrderedScan[] {
  const ordered: OrderedScan[] = [];
  const left = new Set(needed);
  const held = (one: OrderedScan) => [...one.columns].filter((column) => left.has(column)).length;
  let rest = [...scans];
  while (left.size > 0) {
    // Equals keep the order that the round before has left them in.
    rest = rest.toSorted((a, b) => held(b) - held(a) || a.scan.rows - b.scan.rows);
    const chosen = rest.shift();
    if (chosen === undefined) break;
    ordered.push(chosen);
    for (const column of chosen.columns) left.delete(column);
  }
  return [...ordered, ...rest];
}

function nothingYet(table: PlanTable): Intersection {
  return {
    scans: [],
    columns: new Set(),
    isCovering: false,
    rows: table.stats.rows,
    indexRows: 0,
    indexCost: 0,
    cost: 0,
  };
}

/** MySQL: ror_intersect_add. Null when the scan leaves as many rows. */
function withScan(
  table: PlanTable,
  base: Intersection,
  added: OrderedScan,
  options: IntersectOptions,
  isForced: boolean,
): Intersection | null {
  const share = selectivity(table, base.columns, added);
  if (share === 1 && !isForced) return null;
  const columns = new Set([...base.columns, ...added.columns]);
  const isCovering = [...options.needed].every((column) => columns.has(column));
  const rows = base.rows * share;
  const indexCost = base.indexCost + added.readCost;
  return {
    scans: [...base.scans, added],
    columns,
    isCovering,
    rows,
    indexRows: base.indexRows + added.scan.rows,
    indexCost,
    cost: indexCost + (isCovering ? 0 : sweepCost(table.stats, Math.trunc(rows))),
  };
}

/** The condition on the clustered key is held against what the other scans give; it reads nothing. */
function withFilter(
  table: PlanTable,
  base: Intersection,
  clustered: OrderedScan,
  { needed }: IntersectOptions,
): Intersection | null {
  const share = selectivity(table, base.columns, clustered);
  const rows = base.rows * share;
  const indexCost = base.indexCost + keyCompareCost(base.indexRows);
  const isCovering = [...needed].every((column) => base.columns.has(column));
  return {
    ...base,
    rows,
    indexCost,
    cost: indexCost + sweepCost(table.stats, Math.trunc(rows)),
    isCovering,
  };
}

/** MySQL: ror_scan_selectivity: the share of rows that a scan's conditions on columns not counted yet let through. */
function selectivity(
  table: PlanTable,
  counted: ReadonlySet<number>,
  { scan, tree }: OrderedScan,
): number {
  const { key } = scan;
  const isCounted = (part: number) => counted.has(key.parts[part]?.column ?? -1);
  let share = 1;
  let wasCounted = isCounted(0);
  let before = table.stats.rows;
  const values: RangeValues = [];
  for (let level: KeyTree | null = tree; level !== null; level = level.intervals[0]?.next ?? null) {
    const isNow = isCounted(level.part);
    if (isNow !== wasCounted) {
      const end = { key: [...values], inclusive: true };
      const records = table.query.table.recordsInRange(key.index.id, end, end);
      if (isNow) share *= records / before;
      else before = records;
    }
    wasCounted = isNow;
    values.push(level.intervals[0]?.low?.value ?? null);
  }
  return wasCounted ? share : share * (scan.rows / before);
}

type RangeValues = NonNullable<RangeScan["ranges"][number]["low"]>["key"][number][];
