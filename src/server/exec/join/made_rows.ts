/**
 * How a derived table is read in a join: whole, or through the key that MySQL makes for the columns it is joined by.
 *
 * MySQL: Table_ref::update_derived_keys, generate_keys, find_best_ref for keys without statistics; the costs are those of
 * the TempTable engine.
 */
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { pageReadCost, rowEvaluateCost } from "../../optimizer/cost.ts";
import type { TableAccess } from "../../optimizer/join_access.ts";
import type { RefAccess } from "../../optimizer/ref_access.ts";
import type { JoinMember } from "./join_model.ts";
import type { MadeRows } from "./join_search.ts";

const MATCHING_ROWS = 10;
const FANOUT_MIN = 2;

export function madeRows(
  { bit }: JoinMember,
  conditions: readonly Item[],
  { estimate: rows, isOneRow = false }: { readonly estimate: number; readonly isOneRow?: boolean },
  constants: number,
): { readonly question: MadeRows; readonly keyDependsOn: number } {
  // What has been made already gets no key.
  const joins = isOneRow ? [] : conditions;
  const keys = joins.flatMap((item) => {
    const found = otherSide(item, bit, ["=", "<=>"]);
    return found === null
      ? []
      : [{ column: found.column, tables: found.other.tables & ~constants }];
  });
  const scanCost = pageReadCost(rows / 20 + 10);
  const distinct = rows < MATCHING_ROWS ? Math.max(rows, 1) : Math.max(MATCHING_ROWS, rows / 10);
  const fanout = Math.max(FANOUT_MIN, rows / distinct);
  const place: MadeRows["place"] = ({ available, prefixRows, mayBuffer }) => {
    const usable = keys.filter(({ tables }) => (tables & ~available) === 0);
    const times = mayBuffer ? 1 : prefixRows;
    const scan: TableAccess = {
      ref: null,
      range: null,
      rowsFetched: rows,
      readCost: times * scanCost,
      filterEffect: 1,
      usesBuffer: mayBuffer,
    };
    if (usable.length === 0) return scan;
    const readCost = prefixRows * pageReadCost(fanout);
    const isCheaper =
      (fanout < rows && readCost <= scanCost) ||
      readCost + rowEvaluateCost(prefixRows * fanout) <=
        scan.readCost + rowEvaluateCost(prefixRows * rows);
    if (!isCheaper) return scan;
    const tables = usable.reduce((mask, one) => mask | one.tables, 0);
    const parts = [...new Set(usable.map(({ column }) => column))].map((column) => ({ column }));
    const ref = { tables, fanout, readCost, parts } as unknown as RefAccess;
    return { ref, range: null, rowsFetched: fanout, readCost, filterEffect: 1, usesBuffer: false };
  };
  const keyDependsOn = keys.reduce((mask, one) => mask | one.tables, 0) & ~OUTER_ROWS;
  return { question: { kind: "made", place }, keyDependsOn };
}

/** What a made table with this bit is looked up by, where NULL finds nothing. */
export function lookedUpBy(item: Item, bit: number): Item | null {
  return otherSide(item, bit, ["="])?.other ?? null;
}

/** A lookup makes sure of it. */
export function isLookedUp(item: Item, bit: number): boolean {
  return otherSide(item, bit, ["=", "<=>"]) !== null;
}

interface Sides {
  readonly column: number;
  readonly other: Item;
}

/** The column of the made table, and what it is compared with. */
function otherSide({ shape }: Item, bit: number, ops: readonly string[]): Sides | null {
  if (shape.kind !== "compare" || !ops.includes(shape.op)) return null;
  for (const [side, other] of [
    [shape.left, shape.right],
    [shape.right, shape.left],
  ] as const) {
    if (side.shape.kind === "column" && side.tables === bit && (other.tables & bit) === 0)
      return { column: side.shape.column, other };
  }
  return null;
}
