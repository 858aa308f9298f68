/**
 * The tables of MyISAM and MEMORY. They know no transactions: what is written stays, whatever becomes of the statement.
 *
 * MySQL: storage/myisam/ha_myisam.cc, storage/heap/ha_heap.cc.
 * Departure: their rows are not in the trace, only that the tables are there. MEMORY tables keep their rows, as the
 * simulated server never restarts.
 */
import { assert } from "../../base/assert.ts";
import type {
  DbError,
  Handler,
  IndexDef,
  IndexInfo,
  RangeEnd,
  Row,
  TableDef,
  TableInfo,
} from "../../innodb/api.ts";
import type { TableStats } from "../../innodb/table_stats.ts";
import type { EventBody } from "../../trace/events.ts";
import type { IndexId, TableId } from "../../trace/ids.ts";
import type { TableState } from "../../trace/state.ts";
import type { EngineName } from "../catalog/engines.ts";
import { MyisamHandler } from "./handler.ts";
import { TableFile } from "./table_file.ts";

/** Ids of these tables and indexes begin here, far from InnoDB's. */
const FIRST_ID = 1_000_000;
/** Rows a page holds, for the optimizer's costs. */
const ROWS_A_PAGE = 100;

export class MyisamEngine {
  readonly #emit: (body: EventBody) => unknown;
  readonly #files = new Map<TableId, { readonly file: TableFile; engine: EngineName }>();
  #nextId = FIRST_ID;

  constructor(emit: (body: EventBody) => unknown) {
    this.#emit = emit;
  }

  /** There is no table without transactions at all. */
  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  has(table: TableId): boolean {
    return this.#files.has(table);
  }

  createTable(def: TableDef, engine: EngineName): TableInfo {
    const info = this.#infoOf(def, this.#newId() as TableId);
    this.#files.set(info.id, { file: new TableFile(info), engine });
    this.#emit({ type: "table.created", table: this.#state(info.id), why: "create" });
    return info;
  }

  dropTable(table: TableId, why: "drop" | "truncate" | "rebuild" | "instant"): void {
    const { name } = this.file(table).info;
    this.#files.delete(table);
    this.#emit({ type: "table.dropped", id: table, name, why });
  }

  renameTable(table: TableId, schema: string, name: string): void {
    const file = this.file(table);
    file.info = { ...file.info, schema, name };
    this.#emit({ type: "table.changed", table: this.#state(table), why: "rename" });
  }

  rebuildTable(table: TableId, def: TableDef, convert: (row: Row) => Row): TableInfo {
    const file = this.file(table);
    file.redefine(this.#infoOf(def, table), convert);
    this.#emit({ type: "table.changed", table: this.#state(table), why: "rebuild" });
    return file.info;
  }

  addIndex(table: TableId, def: IndexDef): TableInfo | DbError {
    const file = this.file(table);
    const index = this.#index(def);
    if (def.unique) {
      const probe = new TableFile({ ...file.info, indexes: [index] });
      for (const row of file.rows()) {
        const clash = probe.duplicate(row, null);
        if (clash !== null) {
          return { err: "duplicateKey", index: index.id, indexName: index.name, key: clash.key };
        }
        probe.insert(row);
      }
    }
    const indexes = [...file.info.indexes, index];
    return this.#reindexed(table, indexes);
  }

  dropIndex(table: TableId, name: string): TableInfo {
    const { indexes } = this.file(table).info;
    return this.#reindexed(
      table,
      indexes.filter((index) => index.name.toLowerCase() !== name.toLowerCase()),
    );
  }

  tableInfo(table: TableId): TableInfo {
    const file = this.file(table);
    return { ...file.info, autoIncrement: file.autoIncrement };
  }

  stats(table: TableId): TableStats {
    const file = this.file(table);
    const rows = file.rowCount;
    return {
      rows,
      pages: Math.ceil(rows / ROWS_A_PAGE),
      recPerKey: (id) => file.info.indexes.find((index) => index.id === id)?.parts.map(() => 1),
      analyzed: 0,
    };
  }

  recordsInRange(index: IndexId, low: RangeEnd | null, high: RangeEnd | null): number {
    for (const { file } of this.#files.values()) {
      const known = file.info.indexes.find((candidate) => candidate.id === index);
      if (known === undefined) continue;
      const from = low === null ? 0 : file.position(known, low.key, !low.inclusive);
      const to = high === null ? file.rowCount : file.position(known, high.key, high.inclusive);
      return Math.max(0, to - from);
    }
    return 0;
  }

  /** Keys are counted when they are asked for. */
  analyze(): void {}

  /** `visibleLength`: where the file ended when the reader took its table lock. */
  /**
   * `onChange` is told of every row that is written, changed or deleted, and of one that INSERT passes over without an
   * error (MySQL: write_record, mark_modified_non_trans_table).
   */
  open(table: TableId, visibleLength: number | null, onChange: () => void): Handler {
    const file = this.file(table);
    return new MyisamHandler(file, visibleLength ?? Number.MAX_SAFE_INTEGER, onChange);
  }

  file(table: TableId): TableFile {
    const known = this.#files.get(table);
    assert(known !== undefined, `no table ${table}`);
    return known.file;
  }

  states(): readonly TableState[] {
    return [...this.#files.keys()].map((id) => this.#state(id));
  }

  #reindexed(table: TableId, indexes: readonly IndexInfo[]): TableInfo {
    const file = this.file(table);
    file.redefine({ ...file.info, indexes }, (row) => row);
    this.#emit({ type: "table.changed", table: this.#state(table), why: "rebuild" });
    return file.info;
  }

  #state(table: TableId): TableState {
    const known = this.#files.get(table);
    assert(known !== undefined, `no table ${table}`);
    const { id, schema, name, columns } = known.file.info;
    return {
      id,
      schema,
      name,
      engine: known.engine,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        nullable: column.nullable,
      })),
      indexes: [],
    };
  }

  #infoOf(def: TableDef, id: TableId): TableInfo {
    return { ...def, id, foreignKeys: [], indexes: def.indexes.map((index) => this.#index(index)) };
  }

  /** No key holds the row: a covering read needs the key's own columns only. */
  #index(def: IndexDef): IndexInfo {
    return {
      ...def,
      id: this.#newId() as IndexId,
      clustered: false,
      covers: def.parts.filter((part) => part.prefix === null).map((part) => part.column),
    };
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}
