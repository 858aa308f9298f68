/**
 * What the TABLE objects that sessions have open tell the optimizer: rec_per_key as it was when one was opened last.
 *
 *   A: SELECT ... FROM t      opens t: 6 rows, 4 different values, 1.5 rows a value
 *   B: DELETE ... (4 rows)    opens t before that, the same; 2 rows are left
 *   A: SELECT ... FROM t      2 rows, still 1.5 rows a value
 *   C: SELECT ... FROM t      opens t: 2 rows, 1 row a value, from now on for A and B too
 *
 * MySQL: KEY::rec_per_key, set by ha_innobase::open (HA_STATUS_CONST) in memory of the TABLE_SHARE that all of its objects
 * point to; table_open_cache_instances gives neighbouring connections caches of their own. A statement that names a
 * table twice uses two objects. The engine is told of each that is opened: it may move the AUTO_INCREMENT counter.
 * Departure: a session's objects are its own, and none is evicted.
 */
import type { StorageEngine } from "../../innodb/api.ts";
import type { TableStats } from "../../innodb/table_stats.ts";
import type { TableId } from "../../trace/ids.ts";

type Statistics = Pick<StorageEngine, "stats">;
type Opening = Pick<StorageEngine, "stats" | "tableOpened">;

/** Of the whole server: what the object opened last has written. */
export class SharedStatistics {
  readonly #written = new Map<TableId, TableStats>();

  write(table: TableId, stats: TableStats): void {
    this.#written.set(table, stats);
  }

  of(table: TableId, engine: Statistics): TableStats {
    const now = engine.stats(table);
    const written = this.#written.get(table);
    if (written === undefined || written.analyzed !== now.analyzed) return now;
    const { rows, isEmpty = false, pages, analyzed } = now;
    const recPerKey: TableStats["recPerKey"] = (index) =>
      written.recPerKey(index) ?? now.recPerKey(index);
    return { rows, isEmpty, pages, recPerKey, analyzed };
  }
}

/** The objects that one session has open. */
export class OpenTables {
  /** Of each object the ANALYZE that it was opened after. */
  readonly #opened = new Map<TableId, number[]>();

  /** `nth`: how many objects of the table the statement has already. */
  open(table: TableId, nth: number, engine: Opening, shared: SharedStatistics): void {
    let objects = this.#opened.get(table);
    if (objects === undefined) {
      objects = [];
      this.#opened.set(table, objects);
    }
    const now = engine.stats(table);
    if (objects[nth] === now.analyzed) return;
    objects[nth] = now.analyzed;
    engine.tableOpened(table);
    shared.write(table, now);
  }
}
