/**
 * information_schema.INNODB_TABLES, INNODB_INDEXES and INNODB_FIELDS: tables and indexes as InnoDB's own dictionary has them.
 *
 * InnoDB: storage/innobase/handler/i_s.cc: i_s_dict_fill_innodb_tables, i_s_dict_fill_innodb_indexes,
 * i_s_dict_fill_innodb_fields.
 * Departure: the server's own tables are left out; each table has a tablespace of the table's number.
 */
import type { Datum, IndexInfo, TableInfo } from "../../innodb/api.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Server } from "../server.ts";
import { words } from "./empty_tables.ts";
import type { SchemaTable } from "./schema_table.ts";

export const INNODB_TABLES: readonly SchemaTable[] = [
  {
    name: "INNODB_TABLES",
    columns: words(
      "#TABLE_ID NAME #FLAG #N_COLS #SPACE ROW_FORMAT #ZIP_PAGE_SIZE SPACE_TYPE #INSTANT_COLS #TOTAL_ROW_VERSIONS",
    ),
    rows: (server) => tablesOf(server).map(tableRow),
  },
  {
    name: "INNODB_INDEXES",
    columns: words("#INDEX_ID NAME #TABLE_ID #TYPE #N_FIELDS #PAGE_NO #SPACE #MERGE_THRESHOLD"),
    rows: (server) => tablesOf(server).flatMap(({ info }) => indexRows(info)),
  },
  {
    name: "INNODB_FIELDS",
    columns: words("#INDEX_ID NAME #POS"),
    rows: (server) => tablesOf(server).flatMap(({ info }) => fieldRows(info)),
  },
];

function tablesOf({ catalog }: Server): CatalogTable[] {
  return catalog
    .allTables()
    .filter(({ engine }) => engine === "InnoDB")
    .sort((a, b) => a.info.id - b.info.id);
}

/** DB_ROW_ID, DB_TRX_ID, DB_ROLL_PTR. */
const SYSTEM_COLUMNS = 3;

/** By row format: FLAG, and the size of a compressed page. */
const FORMATS: Readonly<Record<string, readonly [flag: number, zipBytes: number]>> = {
  Redundant: [0, 0],
  Compact: [1, 0],
  Dynamic: [33, 0],
  Compressed: [41, 8192],
};

function tableRow({ schema, name, info, rowFormat, rowVersions }: CatalogTable): Datum[] {
  const written = rowFormat ?? "Dynamic";
  const format = `${written.slice(0, 1).toUpperCase()}${written.slice(1).toLowerCase()}`;
  const [flag, zipBytes] = FORMATS[format] ?? [33, 0];
  const columns = storedColumns(info) + SYSTEM_COLUMNS;
  const versions = rowVersions ?? 0;
  const path = `${schema}/${name}`;
  return [info.id, path, flag, columns, info.id, format, zipBytes, "Single", 0, versions];
}

function storedColumns({ columns }: TableInfo): number {
  return columns.filter(({ isVirtual }) => isVirtual !== true).length;
}

const FIRST_ROOT_PAGE = 4;
const MERGE_THRESHOLD = 50;
const DICT_CLUSTERED = 1;
const DICT_UNIQUE = 2;

function indexRows(info: TableInfo): Datum[][] {
  return info.indexes.map((index, at) => {
    const type = (index.clustered ? DICT_CLUSTERED : 0) + (index.unique ? DICT_UNIQUE : 0);
    const fields = index.clustered ? clusteredFields(info, index) : secondaryFields(info, index);
    const page = FIRST_ROOT_PAGE + at;
    return [index.id, index.name, info.id, type, fields, page, info.id, MERGE_THRESHOLD];
  });
}

/** The columns that a key names. */
function fieldRows({ columns, indexes }: TableInfo): Datum[][] {
  return indexes.flatMap(({ id, parts }) =>
    parts.map(({ column }, at) => [id, columns[column]?.name ?? null, at]),
  );
}

/** The key, DB_TRX_ID and DB_ROLL_PTR, and the other columns; a column of which the key has a prefix stands twice. */
function clusteredFields(info: TableInfo, { parts }: IndexInfo): number {
  const whole = parts.filter(({ prefix }) => prefix === null).length;
  return keyLength(info) + 2 + storedColumns(info) - whole;
}

/** The index's own columns and those of the clustered key that are not among them. */
function secondaryFields(info: TableInfo, { parts }: IndexInfo): number {
  const [clustered] = info.indexes;
  const own = parts.filter(({ prefix }) => prefix === null).map(({ column }) => column);
  const shared = clustered?.parts.filter(({ column }) => own.includes(column)).length ?? 0;
  return parts.length + keyLength(info) - shared;
}

/** Columns of the clustered key: of GEN_CLUST_INDEX the row id. */
function keyLength({ indexes: [clustered] }: TableInfo): number {
  return Math.max(clustered?.parts.length ?? 0, 1);
}
