/**
 * The loose index scan: of each group of index entries only the first is read, or the ends that MIN and MAX want.
 *
 *   KEY (a, b)   SELECT DISTINCT a                    1 1 2 2 2 5     reads  1, then what follows 1, then what follows 2
 *                SELECT a, MAX(b) ... GROUP BY a                      and for each a the last entry with it
 *                SELECT DISTINCT a ... WHERE b = 7                    and for each a the entry (a, 7)
 *
 * MySQL: get_best_group_min_max, check_key_infix, cost_group_min_max
 * (sql/range_optimizer/group_index_skip_scan_plan.cc). EXPLAIN: "Using index for group-by".
 * Departure: not chosen where conditions bound the column of MIN or MAX.
 */
import type { Datum } from "../../innodb/api.ts";
import type { AccessPath } from "./access_path.ts";
import { keyCompareCost, pageReadCost, rowEvaluateCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import { type KeyRange, rangesOf } from "./key_ranges.ts";
import { isPoint, type KeyTree, treeAt } from "./key_tree.ts";
import { type PlanTable, recordsPerKey } from "./plan_table.ts";
import type { Predicate } from "./predicate.ts";
import type { SelTree } from "./sel_tree.ts";

/** What a block gathers its rows by. */
export interface LooseRequest {
  /** GROUP BY, in its order. */
  readonly group: readonly number[];
  /** Columns of DISTINCT, or of the aggregate functions that are. */
  readonly distinct: readonly number[];
  readonly isAggregate: boolean;
  readonly extreme: {
    readonly column: number;
    readonly min: boolean;
    readonly max: boolean;
  } | null;
}

export interface LooseScan {
  readonly key: KeyInfo;
  readonly path: LoosePath;
  readonly rows: number;
  readonly cost: number;
}

type LoosePath = Extract<AccessPath, { readonly kind: "loose" }>;

interface LooseQuestion {
  readonly request: LooseRequest;
  readonly tree: SelTree;
  /** Rows that the ranges of a key hold; null where it has none. */
  readonly rowsOf: (key: KeyInfo) => number | null;
  /** The cheapest way to read everything. */
  readonly limit: number;
}

export function bestLooseScan(table: PlanTable, question: LooseQuestion): LooseScan | null {
  if (question.tree.merges.length > 0) return null;
  const { request, limit } = question;
  let best: LooseScan | null = null;
  for (const key of table.keys) {
    const scan = looseScan(table, key, question);
    if (scan !== null && scan.cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = scan;
  }
  if (best === null) return null;
  if (limit < best.cost && request.isAggregate) {
    return { ...best, cost: 0, path: { ...best.path, readsAll: true } };
  }
  return best.cost < limit ? best : null;
}

function looseScan(table: PlanTable, key: KeyInfo, question: LooseQuestion): LooseScan | null {
  const { request, tree } = question;
  const parts = key.parts.map(({ column }) => column);
  if (!table.covering.has(key) || [...table.query.needed].some((one) => !parts.includes(one))) {
    return null;
  }
  if (request.isAggregate && key.isClusteredPrimary) return null;
  const groupParts = groupedParts(request, parts);
  if (groupParts === 0) return null;
  const { extreme } = request;
  const extremePart = extreme === null ? parts.length : parts.indexOf(extreme.column);
  if (extremePart < groupParts || key.parts[extremePart]?.prefix) return null;
  const own = tree.keys.get(key) ?? null;
  const infix = infixOf(table, key, groupParts, extremePart, { request, tree, own });
  if (infix === null) return null;
  const behind = groupParts + infix.length + (extreme === null ? 0 : 1);
  if (hasTree(tree) || extreme !== null) {
    if (parts.slice(behind).some((column) => table.query.needed.has(column))) return null;
  }
  if (
    extreme !== null &&
    (own === null ? isAsked(table, extreme.column) : treeAt(own, extremePart) !== null)
  )
    return null;
  const found = own === null ? null : question.rowsOf(key);
  const isOneGroup = request.group.length > 0 && isEqualPrefix(key, own, request.group.length);
  const { rows, cost } = costOf(table, key, { groupParts, infix, found, isOneGroup, extreme });
  const nullable = key.parts[extremePart]?.nullable ?? false;
  const path: LoosePath = {
    kind: "loose",
    index: key.index,
    groupParts,
    prefixes: own === null || found === null ? null : prefixesOf(rangesOf(own, key), groupParts),
    infix,
    extreme:
      extreme === null
        ? null
        : { part: extremePart, desc: key.parts[extremePart]?.desc ?? false, ...extreme },
    readsAll: false,
    usedParts: groupParts + infix.length + (extreme?.min === true && nullable ? 1 : 0),
  };
  return { key, path, rows, cost };
}

/** How many parts of the key the groups are made of; 0 when it does not give them. */
function groupedParts({ group, distinct }: LooseRequest, parts: readonly number[]): number {
  if (group.some((column, at) => parts[at] !== column)) return 0;
  const wanted = new Set([...group, ...distinct]);
  const prefix = new Set(parts.slice(0, wanted.size));
  return [...wanted].every((column) => prefix.has(column)) ? wanted.size : 0;
}

/** Values of the parts behind the group, each given by equalities; null when the key will not do. */
function infixOf(
  table: PlanTable,
  key: KeyInfo,
  groupParts: number,
  extremePart: number,
  { request, tree, own }: { request: LooseRequest; tree: SelTree; own: KeyTree | null },
): readonly (readonly Datum[])[] | null {
  const { extreme } = request;
  const infix: (readonly Datum[])[] = [];
  if (groupParts >= key.parts.length || extremePart === groupParts) return infix;
  if (!hasTree(tree)) {
    if (extreme !== null) return null;
    return key.parts.slice(groupParts).some(({ column }) => isAsked(table, column)) ? null : infix;
  }
  for (let at = groupParts; at < extremePart; at += 1) {
    const intervals = own === null ? null : treeAt(own, at);
    if (intervals === "differs") return null;
    if (intervals === null) return extreme === null ? infix : null;
    const type = key.parts[at]?.type;
    if (type === undefined || !intervals.every((one) => isPoint(one, type))) return null;
    infix.push(intervals.map(({ low }) => low?.value ?? null));
  }
  return infix;
}

function hasTree({ keys }: SelTree): boolean {
  return keys.size > 0;
}

function isEqualPrefix(key: KeyInfo, tree: KeyTree | null, parts: number): boolean {
  let at: KeyTree | null = tree;
  for (let part = 0; part < parts; part += 1) {
    const [only] = at?.intervals ?? [];
    const type = key.parts[part]?.type;
    if (at?.part !== part || at.intervals.length !== 1 || only === undefined || type === undefined)
      return false;
    if (!isPoint(only, type)) return false;
    at = only.next;
  }
  return true;
}

/** Does WHERE name the column? */
function isAsked(table: PlanTable, column: number): boolean {
  const names = (predicate: Predicate): boolean => {
    switch (predicate.kind) {
      case "and":
      case "or":
        return predicate.args.some(names);
      case "other":
        return predicate.columns.includes(column);
      case "compare":
      case "isNull":
      case "isNotNull":
        return predicate.column === column;
      default:
        return false;
    }
  };
  return names(table.query.where);
}

/** Ranges over the group's parts alone: an end that was cut short belongs to the range. */
function prefixesOf(ranges: readonly KeyRange[], parts: number): readonly KeyRange[] {
  const isCut = ranges.some((range) => range.parts > parts);
  const cut = (end: KeyRange["low"]): KeyRange["low"] =>
    end === null ? null : { key: end.key.slice(0, parts), inclusive: isCut || end.inclusive };
  const known = new Set<string>();
  return ranges.flatMap((range) => {
    const low = cut(range.low);
    const high = cut(range.high);
    const text = JSON.stringify([low, high], (_, one) =>
      typeof one === "bigint" ? `${one}` : one,
    );
    if (known.has(text)) return [];
    known.add(text);
    const isWhole = range.parts <= parts;
    return [{ ...range, low, high, isUnique: isWhole && range.isUnique }];
  });
}

const BLOCK_SIZE = 16384;

interface CostQuestion {
  readonly groupParts: number;
  readonly infix: readonly (readonly Datum[])[];
  readonly found: number | null;
  readonly isOneGroup: boolean;
  readonly extreme: LooseRequest["extreme"];
}

function costOf(
  table: PlanTable,
  key: KeyInfo,
  { groupParts, infix, found, isOneGroup, extreme }: CostQuestion,
): { readonly rows: number; readonly cost: number } {
  const { rows } = table.stats;
  const keysPerBlock = Math.floor(BLOCK_SIZE / 2 / (key.keyLength + table.refBytes) + 1);
  const blocks = Math.floor(rows / keysPerBlock) + 1;
  const keysPerGroup = recordsPerKey(table, key, groupParts);
  let groups = isOneGroup ? 1 : Math.floor(rows / keysPerGroup) + 1;
  if (!isOneGroup && found !== null) groups = Math.max(1, roundHalfEven((groups * found) / rows));
  const times = infix.reduce((product, values) => product * values.length, 1);
  let read = blocks;
  if (infix.length > 0) {
    const inSubgroup = recordsPerKey(table, key, groupParts + infix.length) * times;
    const overlap =
      inSubgroup >= keysPerBlock
        ? 1
        : Math.min(1, ((blocks / groups) * (inSubgroup - 1)) / keysPerGroup);
    read = Math.min(groups * (1 + overlap), blocks);
  } else if (keysPerGroup > keysPerBlock) {
    read = extreme?.min === true && extreme.max ? groups + 1 : groups;
  }
  groups *= times;
  const height = Math.ceil(Math.log(rows) / Math.log(keysPerBlock));
  return {
    rows: groups,
    cost: pageReadCost(read) + groups * (keyCompareCost(height) + rowEvaluateCost(1)),
  };
}

/** C's rint. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  return value - low === 0.5 ? low + (low % 2) : Math.round(value);
}
