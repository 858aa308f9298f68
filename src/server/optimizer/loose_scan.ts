/**
 * A semi-join's table read through an index so that rows with equal keys stand together: one of each group is enough.
 *
 * MySQL: Optimize_table_order::semijoin_loosescan_fill_driving_table_position.
 */
import { indexScanCost } from "./cost.ts";
import { filterEffect } from "./filter_effect.ts";
import { type AccessQuestion, type TableAccess, usedByRange } from "./join_access.ts";
import type { KeyInfo } from "./key_info.ts";
import { recordsPerKey } from "./plan_table.ts";
import { type RefAccess, refOnKey } from "./ref_access.ts";

export interface LooseScan {
  readonly access: TableAccess;
  readonly key: KeyInfo;
  /** Key parts that tell the groups apart. */
  readonly parts: number;
  /** How the index is read: a lookup, a range, or from end to end. */
  readonly how: "ref" | "range" | "index";
  readonly ref: RefAccess | null;
}

export interface LooseScanQuestion {
  /**
   * The subquery's equalities: the column of this table in each, and whether its other side has been read. Of two with the
   * same column the index is known for the first alone (MySQL: get_semi_join_select_list_index).
   */
  readonly links: readonly { readonly column: number | null; readonly isBound: boolean }[];
  readonly available: number;
  readonly prefixRows: number;
  readonly isFirst: boolean;
}

export function looseScanAccess(
  question: AccessQuestion,
  { links, available, prefixRows, isFirst }: LooseScanQuestion,
): LooseScan | null {
  const { table, ranges } = question;
  let best: LooseScan | null = null;
  let rangeParts = 0;
  const consider = (candidate: Omit<LooseScan, "access">, rows: number, cost: number): void => {
    if (best !== null && cost >= best.access.readCost) return;
    const used =
      candidate.how === "ref"
        ? new Set(candidate.key.parts.slice(0, candidate.parts).map((part) => part.column))
        : usedByRange(ranges.best);
    const access: TableAccess = {
      ref: null,
      range: candidate.how === "range" ? ranges.best : null,
      rowsFetched: rows,
      readCost: cost,
      filterEffect: filterEffect(question, used, available, rows),
      usesBuffer: false,
    };
    best = { ...candidate, access };
  };
  for (const key of table.keys) {
    const handled = key.parts.map(({ column }) =>
      links.some((link) => link.column === column && !link.isBound),
    );
    const isWhole = links.every(
      ({ column, isBound }, at) =>
        isBound ||
        (key.parts.some((part) => part.column === column) &&
          links.findIndex((link) => link.column === column) === at),
    );
    const last = handled.lastIndexOf(true);
    if (!isWhole || last < 0) continue;
    const bound = refOnKey(table, key, ranges, available, prefixRows);
    const boundParts = bound?.parts.length ?? 0;
    const hasGap = handled
      .slice(0, last + 1)
      .some((isHandled, at) => !isHandled && at >= boundParts);
    if (hasGap) continue;
    if (ranges.best?.key === key) rangeParts = last + 1;
    if (bound !== null) {
      consider({ key, parts: last + 1, how: "ref", ref: bound }, bound.fanout, bound.readCost);
    } else if (table.covering.has(key)) {
      const { rows } = table.stats;
      const groups = rows / recordsPerKey(table, key, last + 1);
      const cost = indexScanCost(key, table.refBytes, rows);
      consider({ key, parts: last + 1, how: "index", ref: null }, groups, cost);
    }
  }
  const range = ranges.best;
  if (rangeParts > 0 && isFirst && range !== null && range.key !== null) {
    consider(
      { key: range.key, parts: rangeParts, how: "range", ref: null },
      range.rows,
      range.cost,
    );
  }
  return best;
}
