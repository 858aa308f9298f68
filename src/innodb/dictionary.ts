/**
 * The data dictionary: turns a table's definition into the indexes InnoDB makes of it, and rows into index entries.
 *
 *   PRIMARY KEY, else the first UNIQUE key without NULLs and prefixes, else GEN_CLUST_INDEX (DB_ROW_ID)
 *        = the clustered index; every other index gets its fields appended:   KEY c (c)  ->  c, id
 *
 * InnoDB: dict0dict.cc (dict_index_build_internal_clust, dict_index_build_internal_non_clust), ha_innodb.cc
 * (create_table_info_t::create_table). MySQL: sql_table.cc (sort_keys).
 */
import { assert } from "../base/assert.ts";
import { utf8Bytes } from "../base/utf8.ts";
import type { IndexId } from "../trace/ids.ts";
import type { TableState } from "../trace/state.ts";
import type { Datum, ForeignKeyDef, IndexDef, IndexInfo, Row, TableDef, TableInfo } from "./api.ts";
import { createRootPage } from "./btree/page.ts";
import type { EngineContext, Index, IndexField, ReadViewImpl, Table } from "./types.ts";

const UTF8_BYTES_MAX = 4;

/** A new table with empty indexes; nothing is emitted and no foreign key is tied yet. */
export function createTable(context: EngineContext, def: TableDef): Table {
  const keys = [...def.indexes].sort((a, b) => keyRank(def, a) - keyRank(def, b));
  const clusteredDef = keys[0] !== undefined && canCluster(def, keys[0]) ? keys[0] : null;
  const table: Table = {
    id: context.next.table(),
    def,
    indexes: [],
    info: null,
    hasRowId: clusteredDef === null,
    autoIncrement: def.autoIncrement,
    autoIncrementLogged: 0n,
    counterSequence: { offset: 0n, increment: 1n },
    statRows: 0,
    statRowsWritten: 0,
    statRuns: 0,
    statPages: 1,
    locks: [],
    referencedBy: [],
  };
  table.indexes.push(createIndex(context, table, clusteredDef));
  for (const key of keys)
    if (key !== clusteredDef) table.indexes.push(createIndex(context, table, key));
  return table;
}

/** An empty index of the table; `def` null is GEN_CLUST_INDEX. The first one made is the clustered index. */
export function createIndex(context: EngineContext, table: Table, def: IndexDef | null): Index {
  const isClustered = table.indexes.length === 0;
  const declared = (def?.parts ?? []).map((part) =>
    fieldOf(table.def, part.column, part.prefix, part.desc),
  );
  const fields = isClustered
    ? [...declared]
    : [...declared, ...clusteredFieldsMissingIn(table, declared)];
  if (isClustered && def === null) fields.push(ROW_ID_FIELD);
  const isUnique = def?.unique ?? false;
  const index = {
    id: context.next.index(),
    table,
    name: def?.name ?? "GEN_CLUST_INDEX",
    clustered: isClustered,
    unique: isUnique,
    fields,
    declaredFields: declared.length,
    uniqueFields: isUnique && !isClustered ? declared.length : fields.length,
    seenFrom: context.next.readView(),
    pages: new Map(),
    distinct: fields.map(() => 0),
  };
  return createRootPage(context, index);
}

const ROW_ID_FIELD: IndexField = {
  column: -1,
  prefix: null,
  desc: false,
  type: { kind: "rowId" },
  nullable: false,
};

function fieldOf(def: TableDef, column: number, prefix: number | null, desc: boolean): IndexField {
  const columnDef = def.columns[column];
  assert(columnDef !== undefined, `${def.name} has no column ${column}`);
  return { column, prefix, desc, type: columnDef.type, nullable: columnDef.nullable };
}

function clusteredFieldsMissingIn(table: Table, declared: readonly IndexField[]): IndexField[] {
  const clustered = clusteredIndex(table);
  return clustered.fields.filter(
    (field) =>
      !declared.some(
        (own) =>
          own.column === field.column && (own.prefix === null || own.prefix === field.prefix),
      ),
  );
}

/** MySQL: sort_keys: PRIMARY, unique keys, those without NULLs, prefixes and virtual columns first, the rest; else as declared. */
function keyRank({ columns }: TableDef, { name, unique, parts }: IndexDef): number {
  if (name === "PRIMARY") return 0;
  const of = (is: (part: IndexDef["parts"][number]) => boolean, weight: number): number =>
    parts.some(is) ? weight : 0;
  const virtual = of((part) => columns[part.column]?.isVirtual === true, 1);
  if (!unique) return 9 + virtual;
  const nullable = of((part) => columns[part.column]?.nullable ?? true, 4);
  return 1 + nullable + of((part) => part.prefix !== null, 2) + virtual;
}

function canCluster(def: TableDef, key: IndexDef): boolean {
  return keyRank(def, key) <= 1;
}

export function clusteredIndex(table: Table): Index {
  return table.indexes[0] as Index;
}

// ---------------------------------------------------------------- rows and entries

/** The key of the row's entry in an index. `rowId` is DB_ROW_ID where the table has one. */
export function entryKey(index: Index, row: Row, rowId: number | null): Datum[] {
  // Not a list that grows: it stays as long as its record, and would keep room for sixteen more.
  return index.fields.map(({ column, prefix }) => {
    const datum = column === -1 ? rowId : (row[column] as Datum);
    return prefix === null ? datum : prefixOf(datum, prefix);
  });
}

/** The first characters of a text, as an index on a prefix holds it. */
export function prefixOf(datum: Datum, characters: number): Datum {
  if (typeof datum !== "string" || datum.length <= characters) return datum;
  return [...datum].slice(0, characters).join("");
}

/**
 * Whether an UPDATE has work to do in an index. Of an index on a prefix so many bytes are compared as its characters
 * could take at most, so that a change behind the prefix counts: `apple pie` to `apple` in an index on 5 characters.
 *
 * InnoDB: row_upd_changes_ord_field_binary, dfield_datas_are_binary_equal.
 */
export function changesEntry(index: Index, before: Row, after: Row): boolean {
  return index.fields.some(({ column, prefix, type }) => {
    if (column === -1) return false;
    const [older, newer] = [before[column] as Datum, after[column] as Datum];
    if (older === newer) return false;
    if (prefix === null || typeof older !== "string" || typeof newer !== "string") return true;
    const isBinary = "collation" in type && type.collation === "binary";
    const bytes = prefix * (isBinary ? 1 : UTF8_BYTES_MAX);
    const [olderBytes, newerBytes] = [utf8Bytes(older), utf8Bytes(newer)];
    const count = Math.min(bytes, olderBytes.length);
    if (count !== Math.min(bytes, newerBytes.length)) return true;
    return olderBytes.slice(0, count).some((byte, at) => byte !== newerBytes[at]);
  });
}

/** InnoDB: row_build_row_ref: the clustered key that a secondary record holds. */
export function clusteredKeyOf(secondary: Index, key: readonly Datum[]): Datum[] {
  return clusteredIndex(secondary.table).fields.map((field) => {
    const at = secondary.fields.findIndex(
      (own) => own.column === field.column && (own.prefix === null || own.prefix === field.prefix),
    );
    return key[at] as Datum;
  });
}

/** A row in which only what the secondary record holds whole is set; the rest is null. */
export function partialRow(secondary: Index, key: readonly Datum[]): Datum[] {
  const row: Datum[] = secondary.table.def.columns.map(() => null);
  for (const [at, field] of secondary.fields.entries()) {
    if (field.column >= 0 && field.prefix === null) row[field.column] = key[at] as Datum;
  }
  return row;
}

// ---------------------------------------------------------------- what others see

function indexInfo(index: Index): IndexInfo {
  const declared = index.fields.slice(0, index.declaredFields);
  const columns = index.table.def.columns.map((_, column) => column);
  return {
    id: index.id,
    name: index.name,
    unique: index.unique,
    parts: declared.map(({ column, prefix, desc }) => ({ column, prefix, desc })),
    clustered: index.clustered,
    covers: index.clustered
      ? columns
      : columns.filter(
          (column) => index.fields.find((field) => field.column === column)?.prefix === null,
        ),
  };
}

/** In MySQL's key order, whatever order InnoDB made the indexes in. */
export function tableInfo(table: Table): TableInfo {
  table.info ??= newTableInfo(table);
  return table.info;
}

function newTableInfo(table: Table): TableInfo {
  const { def } = table;
  const [clustered, ...secondary] = table.indexes as [Index, ...Index[]];
  const rank = (index: Index): number =>
    keyRank(def, { name: index.name, unique: index.unique, parts: indexInfo(index).parts });
  secondary.sort((a, b) => rank(a) - rank(b));
  const isReferenced = table.referencedBy.length > 0;
  return { ...def, id: table.id, indexes: [clustered, ...secondary].map(indexInfo), isReferenced };
}

export function tableState(table: Table): TableState {
  return {
    id: table.id,
    schema: table.def.schema,
    name: table.def.name,
    engine: "InnoDB",
    columns: table.def.columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    indexes: table.indexes.map((index) => index.id),
  };
}

/** InnoDB: dict_index_t::is_usable: a read view does not know what was created after it. */
export function isUsable(index: Index, view: ReadViewImpl | null): boolean {
  return view === null || view.id >= index.seenFrom || index.table.def.temporary === true;
}

/** The table's index; it must have it. */
export function indexOf(table: Table, id: IndexId): Index {
  const index = table.indexes.find((candidate) => candidate.id === id);
  assert(index !== undefined, "the table has the index", id);
  return index;
}

// ---------------------------------------------------------------- foreign keys

/** InnoDB: dict_foreign_t::foreign_index: the first index of the child that starts with the constraint's columns. */
export function foreignIndex(child: Table, foreignKey: ForeignKeyDef): Index | null {
  return indexStartingWith(child, foreignKey.columns);
}

/** InnoDB: dict_foreign_t::referenced_index. */
export function referencedIndex(parent: Table, foreignKey: ForeignKeyDef): Index | null {
  return indexStartingWith(parent, referencedColumns(parent, foreignKey));
}

/** Positions of the columns that a constraint refers to. */
export function referencedColumns(parent: Table, foreignKey: ForeignKeyDef): number[] {
  return foreignKey.refColumns.map((name) =>
    parent.def.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
}

function indexStartingWith(table: Table, columns: readonly number[]): Index | null {
  const fits = (index: Index): boolean =>
    index.declaredFields >= columns.length &&
    columns.every(
      (column, at) => index.fields[at]?.column === column && index.fields[at]?.prefix === null,
    );
  return table.indexes.find(fits) ?? null;
}
