/**
 * Another index that begins with the columns read through the chosen one, and gives ORDER BY's order besides:
 *
 *   KEY a (a), KEY ab (a, b)      ... WHERE a = 1 ORDER BY b       a costs less, and ab takes its place
 *
 * MySQL: test_if_subkey, and what test_if_skip_sort_order does with it (sql_optimizer.cc).
 */
import type { Draft } from "./choose_access.ts";
import type { KeyInfo } from "./key_info.ts";
import { restrictedParts, usedKeyLength } from "./key_ranges.ts";
import { isMixedReverse, orderMatch, partsWithPrimary } from "./ordering.ts";
import type { OrderColumn, PlanTable } from "./plan_table.ts";
import { analyzeRanges, type RangeScan } from "./range_analysis.ts";
import { leadingParts } from "./ref_access.ts";

export interface WantedOrder {
  /** Without the columns that are constant. */
  readonly order: readonly OrderColumn[];
  readonly constants: ReadonlySet<number>;
  readonly available: number;
  readonly limit: number | null;
}

export interface LongerKey {
  /** With the keys that may still give the order. */
  readonly table: PlanTable;
  /** Null when there is nothing left but to sort. */
  readonly draft: Draft | null;
}

export function withLongerKey(table: PlanTable, draft: Draft, wanted: WantedOrder): LongerKey {
  const { key: current, path } = draft;
  if (current === null || holdsOrder(table, current, wanted.order)) return { table, draft };
  const left = table.covering.has(current)
    ? { ...table, keys: table.keys.filter((key) => table.covering.has(key)) }
    : table;
  if (path.kind !== "ref" && path.kind !== "range") return { table: left, draft };
  const used = path.kind === "ref" ? path.key.length : restrictedParts(path.ranges);
  const key = shortestLonger(left, current, used, wanted);
  if (key === null) return { table: left, draft };
  const range = rangeOf(table, key, path.kind === "ref", wanted.limit);
  if (path.kind === "range")
    return { table: left, draft: range === null ? null : throughRange(draft, range) };
  const { parts } = leadingParts(table, key, wanted.available);
  const length = key.parts.slice(0, parts.length).reduce((sum, part) => sum + part.length, 0);
  const dependsOnOuter = parts.some(({ operand }) => operand.kind === "outer");
  if (range !== null && !dependsOnOuter && length < usedKeyLength(range.ranges, key))
    return { table: left, draft: throughRange(draft, range) };
  return { table: left, draft: { ...draft, key, path: { ...path, index: key.index, key: parts } } };
}

/** All of the order's columns stand whole in the index (MySQL: Field::part_of_sortkey). */
function holdsOrder(table: PlanTable, key: KeyInfo, order: readonly OrderColumn[]): boolean {
  const parts = partsWithPrimary(table, key);
  return order.every(({ column }) =>
    parts.some((part) => part.column === column && part.prefix === null),
  );
}

function shortestLonger(
  table: PlanTable,
  current: KeyInfo,
  used: number,
  { order, constants, available }: WantedOrder,
): KeyInfo | null {
  const columns = current.parts.slice(0, used).map(({ column }) => column);
  let best: KeyInfo | null = null;
  for (const key of table.keys) {
    if (key.declared < used || key.keyLength >= (best?.keyLength ?? Number.POSITIVE_INFINITY))
      continue;
    if (
      columns.every((column, at) => key.parts[at]?.column === column) &&
      orderMatch(table, key, order, constants) !== 0 &&
      !isMixedReverse(table, key, order, constants) &&
      !leadingParts(table, key, available).orNull
    )
      best = key;
  }
  return best;
}

/** MySQL: test_quick_select for one index. Beside a lookup it need not be cheaper than reading the table. */
function rangeOf(
  table: PlanTable,
  key: KeyInfo,
  isBesideLookup: boolean,
  limit: number | null,
): RangeScan | null {
  const { best } = analyzeRanges(table, {
    limit,
    ignoreTableScan: isBesideLookup || table.query.hints.force,
    force: false,
    skipDives: false,
    keys: [key],
    merge: null,
  });
  return best === null || best.key === null ? null : best;
}

function throughRange(draft: Draft, { key, ranges, rows }: RangeScan): Draft {
  const { index } = key;
  return {
    ...draft,
    key,
    rows,
    path: { kind: "range", index, ranges, isReverse: false, reachesPrimaryKey: false },
  };
}
