/**
 * A model, not MySQL: who would wait if the row locks of this moment lay on something larger, as in systems with page locks,
 * extent locks, or lock escalation. Reads without locks stay without; what a gap lock keeps out is not asked.
 *
 *     page         every record lock locks its page (16 KB)
 *     extent       64 pages in a row
 *     escalation   more than `limit` record locks of a transaction in a table become one on the table, unless somebody
 *                  else's row locks there forbid it (as SQL Server does it)
 *
 * Whoever locked first, holds; a transaction that met somebody on the way would have stopped there, so that only the
 * first meeting counts.
 */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import type { SessionName, TrxRef } from "../trace/ids.ts";
import type { State } from "../trace/state.ts";
import { activeTrx } from "./record_facts.ts";

export const GRAINS = ["row", "page", "extent", "escalation"] as const;
/** `row` is what InnoDB does. */
export type Grain = (typeof GRAINS)[number];

/** InnoDB: FSP_EXTENT_SIZE. */
const PAGES_IN_EXTENT = 64;

export interface CoarseWait {
  readonly waiter: SessionName;
  readonly blocker: SessionName;
  readonly wanted: "S" | "X";
  readonly held: "S" | "X";
  /** "t.PRIMARY 4": table, index, and the number of the page or extent; "t" for a table. */
  readonly unit: string;
}

interface Hold {
  readonly trx: TrxRef;
  readonly session: SessionName;
  readonly table: string;
  readonly page: string;
  readonly extent: string;
  readonly mode: "S" | "X";
}

/** In the order in which they would have come up. */
export function coarseWaits(state: State, grain: Grain, limit: number): readonly CoarseWait[] {
  switch (grain) {
    case "row":
      return [];
    case "escalation":
      return escalationWaits(holds(state), limit);
    default:
      return unitWaits(holds(state), grain);
  }
}

function unitWaits(all: readonly Hold[], grain: "page" | "extent"): readonly CoarseWait[] {
  const units = new Map<string, Hold[]>();
  const stopped = new Set<TrxRef>();
  const waits: CoarseWait[] = [];
  for (const hold of all) {
    if (stopped.has(hold.trx)) continue;
    const unit = hold[grain];
    const there = units.get(unit) ?? [];
    units.set(unit, there);
    const other = there.find((one) => inTheWay(one, hold));
    if (other === undefined) there.push(hold);
    else {
      stopped.add(hold.trx);
      waits.push(waitOf(hold, other, unit));
    }
  }
  return waits;
}

function escalationWaits(all: readonly Hold[], limit: number): readonly CoarseWait[] {
  const tables = new Map<string, { readonly rows: Hold[]; whole: Hold | null }>();
  const stopped = new Set<TrxRef>();
  const waits: CoarseWait[] = [];
  for (const hold of all) {
    if (stopped.has(hold.trx)) continue;
    const table = tables.get(hold.table) ?? { rows: [], whole: null };
    tables.set(hold.table, table);
    if (table.whole !== null && inTheWay(table.whole, hold)) {
      stopped.add(hold.trx);
      waits.push(waitOf(hold, table.whole, hold.table));
      continue;
    }
    table.rows.push(hold);
    const own = table.rows.filter(({ trx }) => trx === hold.trx);
    if (own.length <= limit) continue;
    const whole: Hold = { ...hold, mode: own.some(({ mode }) => mode === "X") ? "X" : "S" };
    if (!table.rows.some((one) => inTheWay(one, whole))) table.whole = whole;
  }
  return waits;
}

function inTheWay(there: Hold, asked: Hold): boolean {
  return there.trx !== asked.trx && (there.mode === "X" || asked.mode === "X");
}

function waitOf(hold: Hold, other: Hold, unit: string): CoarseWait {
  const { session: waiter, mode: wanted } = hold;
  return { waiter, blocker: other.session, wanted, held: other.mode, unit };
}

/** Locks on records in the order of their requests, then the rows that an active transaction wrote without one. */
function holds(state: State): readonly Hold[] {
  const found: Hold[] = [];
  const explicit = new Set<string>();
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.shape === "gap" || !intMapGet(state.recs, lock.rec)) continue;
    explicit.add(`${lock.trx} ${lock.rec}`);
    const index = `${lock.tableName}.${lock.indexName}`;
    found.push({ ...lock, ...placesOf(lock.tableName, index, lock.page) });
  }
  for (const rec of intMapValues(state.recs)) {
    const trx = activeTrx(state, rec.trxId);
    if (trx === null || explicit.has(`${trx.ref} ${rec.id}`)) continue;
    const index = intMapGet(state.indexes, rec.index);
    if (index === undefined) continue;
    const { ref, session } = trx;
    const places = placesOf(index.tableName, `${index.tableName}.${index.name}`, rec.page);
    found.push({ trx: ref, session, mode: "X", ...places });
  }
  return found;
}

function placesOf(
  table: string,
  index: string,
  page: number,
): Pick<Hold, "table" | "page" | "extent"> {
  const extent = Math.floor(page / PAGES_IN_EXTENT);
  return { table, page: `${index} ${page}`, extent: `${index} ${extent}` };
}
