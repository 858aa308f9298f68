/**
 * The access path of a single-table UPDATE or DELETE (MySQL: Sql_cmd_update::update_single_table,
 * Sql_cmd_delete::delete_from_single_table, get_index_for_order): ranges only, never const or ref.
 */
import { type AccessPath, type ChosenAccess, scansOf } from "./access_path.ts";
import { impossible } from "./choose_access.ts";
import { rowEvaluateCost, tableScanCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import {
  cheaperOrdering,
  isMixedReverse,
  orderMatch,
  reachesPrimaryKey,
  settledColumns,
} from "./ordering.ts";
import type { OrderColumn, PlanTable } from "./plan_table.ts";
import { conjuncts } from "./predicate.ts";
import { analyzeRanges, type RangeScan, round } from "./range_analysis.ts";

export interface ModifyOptions {
  readonly statement: "update" | "delete";
  readonly order: readonly OrderColumn[] | null;
  /** ORDER BY is there but not on plain columns: it has to be sorted. */
  readonly mustSort: boolean;
  readonly limit: number | null;
  readonly hasWhere: boolean;
  /** Columns that UPDATE assigns. */
  readonly assigned: ReadonlySet<number>;
}

export interface ModifyAccess extends ChosenAccess {
  /** ORDER BY is done by a sort: every row is read and locked first. */
  readonly needsSort: boolean;
  /** UPDATE changes the key it searches by: rows are found first and changed afterwards (EXPLAIN: "Using temporary"). */
  readonly needsTemporary: boolean;
}

interface Ordered {
  readonly path: AccessPath;
  readonly key: KeyInfo | null;
  readonly needsSort: boolean;
}

const NO_COLUMNS: ReadonlySet<number> = new Set();

const NO_RANGES = {
  isImpossible: false,
  best: null,
  byKey: new Map<KeyInfo, RangeScan>(),
  considered: [],
} as const;

export function chooseModifyAccess(table: PlanTable, options: ModifyOptions): ModifyAccess {
  const { query } = table;
  if (conjuncts(query.where).some(({ kind }) => kind === "false")) return nothingMatches();
  const ranges = options.hasWhere
    ? analyzeRanges(table, {
        limit: options.limit,
        ignoreTableScan: query.hints.force,
        force: false,
        skipDives: false,
        keys: table.keys,
        merge: { isDelete: options.statement === "delete", written: options.assigned },
      })
    : NO_RANGES;
  if (ranges.isImpossible) return nothingMatches();

  const scanCost = tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows);
  const considered = [
    ...ranges.considered,
    {
      access: "ALL",
      key: null,
      rows: table.stats.rows,
      cost: round(scanCost),
      why: "reads every row",
    },
  ];
  const { best } = ranges;
  const isSingleRow =
    best !== null &&
    best.key !== null &&
    best.ranges.length === 1 &&
    best.ranges[0]?.isUnique === true;
  const constants = options.order === null ? NO_COLUMNS : settledColumns(query.where);
  const order = (options.order ?? []).filter((column) => !constants.has(column.column));
  const ordered = orderOf();
  const usedKeys = isSingleRow ? [] : keysSearched(table, ordered);
  const needsTemporary =
    options.statement === "update" &&
    !ordered.needsSort &&
    (order.length > 0 || usedKeys.some((key) => changesKey(table, key, options.assigned)));
  return {
    path: ordered.path,
    keyRead: false,
    isOrdered: !ordered.needsSort,
    rows: best?.rows ?? table.stats.rows,
    cost: round(best?.cost ?? scanCost),
    considered,
    estimates: ranges.byKey,
    needsSort: ordered.needsSort,
    needsTemporary,
  };

  function orderOf(): Ordered {
    if (best !== null && best.key === null) {
      return { path: best.path, key: null, needsSort: order.length > 0 || options.mustSort };
    }
    const range = (isReverse: boolean): AccessPath =>
      best === null
        ? { kind: "all" }
        : {
            kind: "range",
            index: best.key.index,
            ranges: best.ranges,
            isReverse,
            reachesPrimaryKey: isReverse && reachesPrimaryKey(table, best.key, order, constants),
          };
    if (isSingleRow) return { path: range(false), key: best?.key ?? null, needsSort: false };
    if (options.mustSort) return { path: range(false), key: null, needsSort: true };
    if (order.length === 0) return { path: range(false), key: best?.key ?? null, needsSort: false };
    if (best !== null) {
      const match = orderMatch(table, best.key, order, constants);
      return match === 0 || isMixedReverse(table, best.key, order, constants)
        ? { path: range(false), key: null, needsSort: true }
        : { path: range(match === -1), key: best.key, needsSort: false };
    }
    const found =
      options.limit === null
        ? null
        : cheaperOrdering(
            table,
            {
              order,
              limit: options.limit,
              current: null,
              isFullScan: true,
              isGroup: false,
              readCost: tableScanCost(table.stats),
              rows: table.stats.rows,
              rangeRows: (key) => ranges.byKey.get(key)?.rows ?? null,
            },
            constants,
          );
    if (found === null) return { path: { kind: "all" }, key: null, needsSort: true };
    return {
      path: { kind: "index", index: found.key.index, isReverse: found.direction === -1 },
      key: found.key,
      needsSort: false,
    };
  }
}

function nothingMatches(): ModifyAccess {
  return Object.assign(impossible(), { needsSort: false, needsTemporary: false });
}

/** A scan of the whole table goes along the primary key (MySQL: handler::key_used_on_scan). */
function keyOfTableScan(table: PlanTable): KeyInfo | null {
  return table.keys.find((key) => key.isClusteredPrimary) ?? null;
}

/** The keys that rows are found by. */
function keysSearched(table: PlanTable, { path, key }: Ordered): readonly KeyInfo[] {
  if (path.kind === "merge") {
    const indexes = new Set(scansOf(path).map(({ index }) => index.id));
    return table.keys.filter(({ index }) => indexes.has(index.id));
  }
  const used = key ?? keyOfTableScan(table);
  return used === null ? [] : [used];
}

/** MySQL: is_key_used: does the statement assign a part of this key (the primary key behind a secondary one included)? */
function changesKey(table: PlanTable, key: KeyInfo, assigned: ReadonlySet<number>): boolean {
  const isChanged = (one: KeyInfo) => one.parts.some((part) => assigned.has(part.column));
  const primary = keyOfTableScan(table);
  return isChanged(key) || (primary !== null && isChanged(primary));
}
