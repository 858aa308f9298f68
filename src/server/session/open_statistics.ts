/**
 * What a session's TABLE objects tell the optimizer about their indexes: rec_per_key as it was when they were opened.
 *
 *   A: SELECT ... FROM t      opens t: 6 rows, 4 different values, 1.5 rows a value
 *   B: DELETE ... (4 rows)    2 rows are left
 *   A: SELECT ... FROM t      2 rows, still 1.5 rows a value
 *   C: SELECT ... FROM t      opens t: 2 rows, 1 row a value
 *
 * MySQL: KEY::rec_per_key, set by ha_innobase::open (HA_STATUS_CONST); table_open_cache_instances gives neighbouring
 * connections caches of their own. A statement that names a table twice uses two objects.
 * Departure: a session's objects are its own, and none is evicted.
 */
import type { StorageEngine, TableStats } from "../../innodb/api.ts";
import type { TableId } from "../../trace/ids.ts";

type Statistics = Pick<StorageEngine, "stats">;

export class OpenStatistics {
  readonly #opened = new Map<TableId, TableStats[]>();

  /** `nth`: how many objects of the table the statement has already. */
  open(table: TableId, nth: number, engine: Statistics): void {
    let objects = this.#opened.get(table);
    if (objects === undefined) {
      objects = [];
      this.#opened.set(table, objects);
    }
    objects[nth] ??= engine.stats(table);
  }

  of(table: TableId, nth: number, engine: Statistics): TableStats {
    const now = engine.stats(table);
    const objects = this.#opened.get(table);
    const opened = objects?.[nth];
    if (opened !== undefined && opened.analyzed === now.analyzed) {
      return { ...now, recPerKey: (index) => opened.recPerKey(index) ?? now.recPerKey(index) };
    }
    if (objects !== undefined) objects[nth] = now;
    return now;
  }
}
