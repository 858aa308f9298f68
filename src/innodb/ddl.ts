/**
 * Data definition: tables and indexes come, change and go. The server holds exclusive metadata locks meanwhile, so
 * that nobody else has a lock or an uncommitted row there.
 *
 * InnoDB: ha_innobase::create, delete_table, rename_table; handler0alter.cc (inplace_alter_table), row0mysql.cc.
 * Departure: a rebuilt table keeps its rows' DB_TRX_ID without older versions, and is built in one step.
 */
import type { TableId } from "../trace/ids.ts";
import type { Datum, DbError, IndexDef, Row, TableDef } from "./api.ts";
import { leftmostLeaf, nextUserRec, seek } from "./btree/cursor.ts";
import { insertAfter, newRec } from "./btree/insert.ts";
import { indexHead, indexState } from "./btree/snapshot.ts";
import { clusteredIndex, createIndex, createTable, entryKey, tableState } from "./dictionary.ts";
import { parentTable } from "./foreign/parents.ts";
import { sortedEntries } from "./sort_entries.ts";
import { analyze, readStatsAgain } from "./stats.ts";
import type { Storage } from "./storage.ts";
import type { Index, Rec, Table } from "./types.ts";

/** CREATE TABLE: the table with its indexes, empty. */
export function addTable(storage: Storage, def: TableDef, why: string): Table {
  const table = createTable(storage.context, def);
  storage.tables.set(table.id, table);
  storage.context.emit({ type: "table.created", table: tableState(table), why });
  for (const index of table.indexes)
    storage.context.emit({ type: "index.created", index: indexState(index) });
  tieForeignKeys(storage);
  return table;
}

/** DROP, TRUNCATE, and the old table of a rebuild: its locks go with it. */
export function dropTable(
  storage: Storage,
  table: Table,
  why: "drop" | "truncate" | "rebuild" | "instant",
): void {
  storage.context.locks().tableDropped(table);
  storage.tables.delete(table.id);
  storage.context.emit({ type: "table.dropped", id: table.id, name: table.def.name, why });
  tieForeignKeys(storage);
}

/** Constraints of other tables follow the new name. */
export function renameTable(storage: Storage, table: Table, schema: string, name: string): void {
  readStatsAgain(table);
  const old = table.def;
  for (const other of storage.tables.values()) {
    const foreignKeys = other.def.foreignKeys.map((foreignKey) =>
      foreignKey.refSchema === old.schema && foreignKey.refTable === old.name
        ? { ...foreignKey, refSchema: schema, refTable: name }
        : foreignKey,
    );
    other.def = { ...other.def, foreignKeys };
    other.info = null;
  }
  const foreignKeys = table.def.foreignKeys.map((foreignKey) => ({
    ...foreignKey,
    name: generatedName(foreignKey.name, old.name, name),
  }));
  table.def = { ...table.def, schema, name, foreignKeys };
  tieForeignKeys(storage);
  changed(storage, table, "rename");
  for (const index of table.indexes)
    storage.context.emit({ type: "index.changed", index: indexHead(index) });
}

/** Names, foreign keys and the counter; the records stay. */
export function changeDefinition(
  storage: Storage,
  table: Table,
  def: Pick<TableDef, "columns" | "foreignKeys">,
  change: {
    readonly indexNames: ReadonlyMap<string, string>;
    readonly autoIncrement: bigint | null;
  },
): void {
  const renamed = (name: string) => change.indexNames.get(name) ?? name;
  const indexes = table.def.indexes.map((index) => ({ ...index, name: renamed(index.name) }));
  const { columns, foreignKeys } = def;
  table.def = { ...table.def, columns, foreignKeys, indexes };
  if (change.autoIncrement !== null) {
    const least = largestCounter(table) + 1n;
    table.autoIncrement = change.autoIncrement > least ? change.autoIncrement : least;
  }
  for (const index of table.indexes) {
    if (renamed(index.name) === index.name) continue;
    index.name = renamed(index.name);
    storage.context.emit({ type: "index.changed", index: indexHead(index) });
  }
  tieForeignKeys(storage);
  changed(storage, table, "alter");
}

export function hasNoRecord(table: Table): boolean {
  return nextUserRec(leftmostLeaf(clusteredIndex(table)).infimum) === null;
}

/** The largest value of the AUTO_INCREMENT column; 0 without one. */
function largestCounter(table: Table): bigint {
  const column = table.def.columns.findIndex((candidate) => candidate.autoIncrement);
  let largest = 0n;
  for (const { row } of liveRecs(clusteredIndex(table))) {
    const value = row?.[column] ?? 0;
    if (typeof value !== "string" && value > largest) largest = BigInt(value);
  }
  return largest;
}

/** InnoDB: dict_table_rename_in_cache: constraints that have their name from the table's follow it: t_ibfk_1. */
function generatedName(name: string, from: string, to: string): string {
  return name.startsWith(`${from}_ibfk_`) ? `${to}${name.slice(from.length)}` : name;
}

/**
 * ALTER TABLE by a new table with the rows of the old one. Departure: "instant" too, which adds or drops columns in InnoDB's
 * dictionary and leaves the records alone; older read views may not read the table either way (1412).
 */
export function rebuildTable(
  storage: Storage,
  old: Table,
  def: TableDef,
  convert: (row: Row) => Row,
  why: "rebuild" | "instant",
): Table {
  // `convert` throws for a row that does not fit; nothing has changed then.
  const rows = liveRecs(clusteredIndex(old)).map((rec) => ({ rec, row: convert(rec.row as Row) }));
  const fresh = addTable(storage, def, "rebuild");
  if (old.autoIncrement > fresh.autoIncrement) fresh.autoIncrement = old.autoIncrement;
  const copied = rows.map(({ rec, row }) => {
    return {
      row,
      trxId: rec.trxId,
      rowId: fresh.hasRowId ? (rec.rowId ?? storage.context.next.rowId()) : null,
    };
  });
  for (const index of fresh.indexes) {
    const entries = copied.map((one) => ({ ...one, key: entryKey(index, one.row, one.rowId) }));
    load(storage, index, sortedEntries(index, entries, false).sorted);
  }
  if (!old.def.columns.some((column) => column.autoIncrement)) {
    const next = largestCounter(fresh) + 1n;
    if (next > fresh.autoIncrement) fresh.autoIncrement = next;
  }
  analyze(fresh);
  dropTable(storage, old, why);
  return fresh;
}

/** An entry of an index that is being built; of a secondary index's only the key and the row id count. */
interface Entry {
  readonly key: readonly Datum[];
  readonly row: Row;
  readonly trxId: Rec["trxId"];
  readonly rowId: number | null;
}

/** Fills the pages of an empty index one after the other, in key order (InnoDB: ddl::Loader, Btree_load). */
function load(storage: Storage, index: Index, sorted: readonly Entry[]): void {
  for (const { key, row, trxId, rowId } of sorted) {
    const { rec: prev } = seek(index, key, key.length, "LE");
    const rec = newRec(storage.context, prev.page, key, index.clustered ? row : null, rowId);
    if (index.clustered) rec.trxId = trxId;
    insertAfter(storage.context, prev, rec, 0 as Rec["trxId"], "load");
  }
}

/** The error when the rows do not allow a unique index; nothing has changed then. */
export function addIndex(storage: Storage, table: Table, def: IndexDef): DbError | null {
  const index = createIndex(storage.context, table, def);
  const entries = liveRecs(clusteredIndex(table)).map(({ row, trxId, rowId }) => {
    return { key: entryKey(index, row as Row, rowId), row: row as Row, trxId, rowId };
  });
  const { sorted, duplicate } = sortedEntries(index, entries, def.unique);
  if (duplicate !== null) {
    const columns = def.parts.map(({ column }) => column);
    return {
      err: "duplicateKey",
      index: index.id,
      indexName: index.name,
      key: duplicate,
      columns,
    };
  }
  table.indexes.push(index);
  table.def = { ...table.def, indexes: [...table.def.indexes, def] };
  storage.context.emit({ type: "index.created", index: indexState(index) });
  load(storage, index, sorted);
  changed(storage, table, "addIndex");
  tieForeignKeys(storage);
  analyze(table);
  return null;
}

/** Nothing where there is no index of that name; letter case is none of its concern. */
export function dropIndex(storage: Storage, table: Table, name: string): void {
  const index = table.indexes.find(
    (candidate) => candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (index === undefined) return;
  storage.context.locks().indexDropped(index);
  table.indexes = table.indexes.filter((other) => other !== index);
  table.def = { ...table.def, indexes: table.def.indexes.filter((def) => def.name !== index.name) };
  storage.context.emit({ type: "index.dropped", id: index.id, name: index.name });
  changed(storage, table, "dropIndex");
  tieForeignKeys(storage);
}

function changed(storage: Storage, table: Table, why: string): void {
  table.info = null;
  storage.context.emit({ type: "table.changed", table: tableState(table), why });
}

function liveRecs(index: Index): Rec[] {
  const recs: Rec[] = [];
  for (let rec = nextUserRec(leftmostLeaf(index).infimum); rec !== null; rec = nextUserRec(rec)) {
    if (!rec.deleted) recs.push(rec);
  }
  return recs;
}

/** Every table learns which constraints point at it: by age of the child tables, those of one table by name. */
function tieForeignKeys(storage: Storage): void {
  const all = [...storage.tables.values()];
  for (const table of all) {
    table.referencedBy.length = 0;
    table.info = null;
  }
  for (const child of all) {
    for (const foreignKey of child.def.foreignKeys.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      parentTable(storage, foreignKey)?.referencedBy.push({ child, foreignKey });
    }
  }
}

/** Throws where there is none: the server knows which tables there are. */
export function tableById(storage: Storage, id: TableId): Table {
  const table = storage.tables.get(id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table;
}
