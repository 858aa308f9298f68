/**
 * An index as the optimizer sees it: its declared parts and, behind a non-unique secondary index, the primary key's
 * (MySQL: use_index_extensions, add_pk_parts_to_sk), with the lengths that key_len and the costs are made of.
 */

import type { ColumnDef, IndexInfo, TableInfo } from "../../innodb/api.ts";
import { fixedLength, isString } from "../../innodb/stored_length.ts";
import type { ColumnType } from "../../trace/values.ts";
import { characterBytes } from "../types/character_sets.ts";

export interface KeyPartInfo {
  readonly column: number;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly prefix: number | null;
  readonly desc: boolean;
  /** Bytes that key_len counts for this part. */
  readonly length: number;
}

export interface KeyInfo {
  readonly index: IndexInfo;
  /** Declared parts, then the extension. */
  readonly parts: readonly KeyPartInfo[];
  readonly declared: number;
  /** Bytes of the declared parts. */
  readonly keyLength: number;
  readonly unique: boolean;
  readonly hasNullablePart: boolean;
  readonly isClusteredPrimary: boolean;
}

/**
 * The indexes that MySQL knows: GEN_CLUST_INDEX is not among them. Without a PRIMARY KEY the first unique key whose
 * columns are all NOT NULL stands in for it, in the server (TABLE_SHARE::primary_key) as in the engine.
 */
export function keysOf(table: TableInfo): readonly KeyInfo[] {
  return factsOf(table).keys;
}

/** Length of the primary key (MySQL: handler::ref_length); 6 for a table clustered on DB_ROW_ID. */
export function refLength(table: TableInfo): number {
  return factsOf(table).refLength;
}

/** Bytes of the shortest clustered record (InnoDB: dict_index_calc_min_rec_len). */
export function shortestRecord(table: TableInfo): number {
  return factsOf(table).shortestRecord;
}

/** What follows from a table's definition alone. */
interface TableFacts {
  readonly keys: readonly KeyInfo[];
  readonly refLength: number;
  readonly shortestRecord: number;
}

/** A definition never changes: DDL puts another in its place. */
const factsByTable = new WeakMap<TableInfo, TableFacts>();

function factsOf(table: TableInfo): TableFacts {
  const known = factsByTable.get(table);
  if (known !== undefined) return known;
  const keys = allKeys(table);
  const primary = keys.find((key) => key.isClusteredPrimary);
  const facts: TableFacts = {
    keys,
    refLength: primary?.keyLength ?? 6,
    shortestRecord: shortestRecordOf(table),
  };
  factsByTable.set(table, facts);
  return facts;
}

function allKeys(table: TableInfo): readonly KeyInfo[] {
  const known = table.indexes.filter((index) => index.name !== "GEN_CLUST_INDEX");
  const primary = known.find((index) => index.clustered);
  return known.map((index) => keyInfo(table, index, primary));
}

function keyInfo(table: TableInfo, index: IndexInfo, primary: IndexInfo | undefined): KeyInfo {
  const declared = index.parts.map((part) => partInfo(table, part.column, part.prefix, part.desc));
  const extension =
    index.unique || primary === undefined || index === primary
      ? []
      : primary.parts
          .filter(
            (part) => !index.parts.some((own) => own.column === part.column && own.prefix === null),
          )
          .map((part) => partInfo(table, part.column, part.prefix, part.desc));
  return {
    index,
    parts: [...declared, ...extension],
    declared: declared.length,
    keyLength: declared.reduce((sum, part) => sum + part.length, 0),
    unique: index.unique,
    hasNullablePart: declared.some((part) => part.nullable),
    isClusteredPrimary: index === primary,
  };
}

function partInfo(
  table: TableInfo,
  column: number,
  prefix: number | null,
  desc: boolean,
): KeyPartInfo {
  const def = table.columns[column] as ColumnDef;
  const bytes = prefix === null ? columnBytes(def.type) : prefixBytes(def.type, prefix);
  return {
    column,
    type: def.type,
    nullable: def.nullable,
    prefix,
    desc,
    length: bytes + (def.nullable ? 1 : 0),
  };
}

function shortestRecordOf(table: TableInfo): number {
  const hasPrimary = table.indexes[0]?.name !== "GEN_CLUST_INDEX";
  const system = REC_N_NEW_EXTRA_BYTES + DATA_TRX_ID_LEN + DATA_ROLL_PTR_LEN;
  const nullable = table.columns.filter((column) => column.nullable).length;
  const columns = table.columns.reduce((sum, { type }) => sum + shortestColumn(type), 0);
  return system + (hasPrimary ? 0 : DATA_ROW_ID_LEN) + columns + Math.ceil(nullable / 8);
}

const REC_N_NEW_EXTRA_BYTES = 5;
const DATA_TRX_ID_LEN = 6;
const DATA_ROLL_PTR_LEN = 7;
const DATA_ROW_ID_LEN = 6;

function shortestColumn(type: ColumnType): number {
  const isVariable =
    type.kind === "varchar" ||
    type.kind === "text" ||
    type.kind === "blob" ||
    (type.kind === "char" && type.collation !== "binary");
  if (!isVariable) return columnBytes(type);
  return type.length * characterBytes(type) < 128 ? 1 : 2;
}

/** Of so many characters; CHAR carries no length. */
function prefixBytes(type: ColumnType, prefix: number): number {
  return prefix * characterBytes(type) + (type.kind === "char" ? 0 : 2);
}

/** Bytes of a column in a key image (MySQL: Field::key_length, plus two for a length). */
/** Bytes of a column in a key, that for NULL not counted. */
export function columnBytes(type: ColumnType): number {
  if (!isString(type)) return fixedLength(type);
  return type.length * characterBytes(type) + (type.kind === "char" ? 0 : 2);
}
