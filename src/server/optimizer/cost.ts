/**
 * The cost constants and formulas of MySQL's traditional optimizer (mysql.server_cost, mysql.engine_cost, handler.cc).
 *
 * Departure: every page is in the buffer pool, as it is on a server that has just loaded the example.
 */
import type { TableStats } from "../../innodb/table_stats.ts";
import type { KeyInfo } from "./key_info.ts";

const ROW_EVALUATE_COST = 0.1;
const MEMORY_BLOCK_READ_COST = 0.25;
const KEY_COMPARE_COST = 0.05;
const BLOCK_SIZE = 16384;
const IO_SIZE = 4096;

export function rowEvaluateCost(rows: number): number {
  return rows * ROW_EVALUATE_COST;
}

export function pageReadCost(pages: number): number {
  return pages * MEMORY_BLOCK_READ_COST;
}

/** handler::table_scan_cost: pages of the clustered index. */
export function tableScanCost(stats: TableStats): number {
  return pageReadCost(stats.pages);
}

/** handler::index_scan_cost: pages that `rows` entries of the index fill. */
export function indexScanCost(key: KeyInfo, refBytes: number, rows: number): number {
  const keysPerBlock = Math.floor(BLOCK_SIZE / 2 / (key.keyLength + refBytes) + 1);
  return pageReadCost((rows + keysPerBlock - 1) / keysPerBlock);
}

/** handler::read_cost: ha_innobase::read_time, of whole rows, for the clustered index, a page for each range and row otherwise. */
export function readCost(
  key: KeyInfo,
  table: { readonly stats: TableStats; readonly rowsMax: number },
  ranges: number,
  rows: number,
): number {
  const { stats, rowsMax } = table;
  if (!key.isClusteredPrimary) return pageReadCost(ranges + rows);
  const whole = Math.trunc(rows);
  if (whole <= 2) return pageReadCost(whole);
  if (rowsMax < whole) return pageReadCost(stats.pages);
  return pageReadCost(ranges + (whole / rowsMax) * stats.pages);
}

export function keyCompareCost(keys: number): number {
  return keys * KEY_COMPARE_COST;
}

/** get_sweep_read_cost: fetching rows by the clustered key in its order. */
export function sweepCost(stats: TableStats, rows: number): number {
  if (rows <= 0) return 0;
  const blocks = Math.max(1, Math.ceil((stats.pages * BLOCK_SIZE) / IO_SIZE));
  const busy = blocks * (1 - (1 - 1 / blocks) ** rows);
  return pageReadCost(Math.max(1, busy));
}

/** find_worst_seeks: no key lookup is thought dearer than this. */
export function worstSeeks(stats: TableStats): number {
  return Math.max(
    Math.min(pageReadCost(stats.rows / 10), tableScanCost(stats) * 3),
    pageReadCost(2),
  );
}
