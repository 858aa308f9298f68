/**
 * The statistics of tables as information_schema and SHOW tell them: not what the engine knows now, but what somebody who asked,
 * or ANALYZE TABLE, last put into the dictionary, for as long as information_schema_stats_expiry says (a day).
 *
 * MySQL: sql/dd/info_schema/table_stats.cc: Table_statistics::read_stat, mysql.table_stats and mysql.index_stats.
 */
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import type { CatalogTable } from "./catalog.ts";
import { engineOf } from "./engine_tables.ts";

export interface ShownStats {
  readonly rows: number;
  readonly dataLength: number;
  readonly indexLength: number;
  readonly autoIncrement: bigint;
  /** Different values of the first parts of each index, by the index's name. */
  readonly cardinality: ReadonlyMap<string, readonly number[]>;
}

const PAGE_BYTES = 16_384;

export class StatsCache {
  readonly #entries = new Map<string, { readonly stats: ShownStats; readonly atMs: number }>();

  /** What is shown to this session; kept for the next one. */
  shown(server: Server, session: Session, table: CatalogTable): ShownStats {
    const expiryMs = session.variables.number("information_schema_stats_expiry") * 1000;
    const known = this.#entries.get(keyOf(table));
    const isFresh = known !== undefined && server.log.nowMs - known.atMs < expiryMs;
    if (isFresh && coversIndexes(known.stats, table)) return known.stats;
    const stats = currentStats(server, table);
    const isKept = expiryMs > 0 && !table.temporary && !session.trxReadOnly;
    if (isKept) this.#entries.set(keyOf(table), { stats, atMs: server.log.nowMs });
    return stats;
  }

  /** Since when these numbers have been shown; 0: they never were. */
  shownSinceMs(table: CatalogTable): number {
    return this.#entries.get(keyOf(table))?.atMs ?? 0;
  }

  /** ANALYZE TABLE. */
  update(server: Server, table: CatalogTable): void {
    const stats = currentStats(server, table);
    this.#entries.set(keyOf(table), { stats, atMs: server.log.nowMs });
  }

  /** DROP TABLE. */
  forget(table: CatalogTable): void {
    this.#entries.delete(keyOf(table));
  }
}

function coversIndexes({ cardinality }: ShownStats, table: CatalogTable): boolean {
  return table.info.indexes.every((index) => cardinality.has(index.name));
}

function currentStats(server: Server, table: CatalogTable): ShownStats {
  const engine = engineOf(server, table);
  const { rows, pages, recPerKey, isEmpty = false } = engine.stats(table.info.id);
  const shownRows = isEmpty ? 0 : rows;
  const distinct = (perKey: readonly number[]) =>
    perKey.map((count) => Math.round(shownRows / Math.max(count, 1)));
  return {
    rows: shownRows,
    dataLength: pages * PAGE_BYTES,
    indexLength: (table.info.indexes.length - 1) * PAGE_BYTES,
    autoIncrement: engine.tableInfo(table.info.id).autoIncrement,
    cardinality: new Map(
      table.info.indexes.map((index) => [
        index.name,
        distinct(recPerKey(index.id) ?? index.parts.map(() => 1)),
      ]),
    ),
  };
}

function keyOf({ schema, name }: CatalogTable): string {
  return `${schema}\0${name}`;
}
