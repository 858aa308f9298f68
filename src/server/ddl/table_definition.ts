/**
 * A table's definition while CREATE or ALTER TABLE works on it: columns, keys, foreign keys and checks, with MySQL's
 * checks and its names for what has none.
 *
 *     `KEY (c)`              c, or c_2 where c is taken
 *     `FOREIGN KEY (pid)`    t_ibfk_1, and a key on pid unless another key begins with it
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_create_table, prepare_key, make_unique_key_name, prepare_fk,
 * generate_fk_name.
 */

import type { ForeignKeyDef, IndexDef, TableDef } from "../../innodb/api.ts";
import type { Check, ForeignKey, KeyDefinition, KeyPart } from "../../sql/ast_table.ts";
import type { CatalogCheck, KeyNotes } from "../catalog/catalog.ts";
import type { EngineName } from "../catalog/engines.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { refuseLong } from "../session/name_lengths.ts";
import { characterBytes } from "../types/character_sets.ts";
import { isJson } from "../types/sql_type.ts";
import { keyNotes } from "./key_notes.ts";
import { referenceRule } from "./reference_rule.ts";
import { ROW_BYTES_MAX, rowBytes } from "./row_bytes.ts";
import {
  type NewCheck,
  refuseBadCheck,
  refuseBadGenerated,
  refuseUnseenColumns,
  storedText,
} from "./stored_expression.ts";

const KEY_PARTS_MAX = 16;
const KEYS_MAX = 64;
/** Of one key, by storage engine. */
const KEY_BYTES_MAX = { InnoDB: 3072, MyISAM: 1000, MEMORY: 3072 } as const;

/** A key by the names of its columns. */
export interface DraftKey {
  readonly name: string;
  readonly unique: boolean;
  readonly parts: readonly {
    readonly column: string;
    readonly prefix: number | null;
    readonly desc: boolean;
  }[];
  /** Made for a foreign key: another key that begins with its columns replaces it. */
  readonly isGenerated: boolean;
  /** Kept up to date, and used by no query. */
  readonly isInvisible: boolean;
  readonly notes: KeyNotes | null;
}

export interface DraftForeignKey extends Omit<ForeignKeyDef, "columns"> {
  readonly columns: readonly string[];
}

export interface DraftTable {
  readonly schema: string;
  readonly name: string;
  temporary: boolean;
  engine: EngineName;
  /** As it is declared. */
  collation: string;
  comment: string;
  /** ROW_FORMAT as written; null for the default. */
  rowFormat: string | null;
  autoIncrement: bigint;
  columns: ServerColumn[];
  keys: DraftKey[];
  foreignKeys: DraftForeignKey[];
  checks: CatalogCheck[];
  /** Those that the statement adds. */
  newChecks: NewCheck[];
  histograms: readonly string[];
}

/** Adds a key; `name` null lets the server make one up. Throws 1061, 1068, 1072, 1170, 1089, 1171 ... */
export function addKey(draft: DraftTable, definition: KeyDefinition): void {
  if (definition.type === "fulltext") throw notSupported("FULLTEXT keys");
  if (definition.type === "spatial") throw notSupported("SPATIAL keys");
  const isPrimary = definition.type === "primary";
  if (isPrimary && draft.keys.some((key) => key.name === "PRIMARY")) {
    throw mysqlError("ER_MULTIPLE_PRI_KEY");
  }
  const parts = definition.parts.map((part) => keyPart(draft, part));
  if (parts.length > KEY_PARTS_MAX) throw mysqlError("ER_TOO_MANY_KEY_PARTS", KEY_PARTS_MAX);
  for (const [at, part] of parts.entries()) {
    const isRepeated = parts.findIndex((other) => sameName(other.column, part.column)) < at;
    if (isRepeated) throw mysqlError("ER_DUP_FIELDNAME", part.column);
  }
  dropServed(draft, parts);
  const name = isPrimary ? "PRIMARY" : keyName(draft, definition.name?.text ?? null, parts);
  if (isPrimary) {
    for (const part of parts) {
      const { default: given } = columnNamed(draft, part.column);
      if (given.kind === "generated" && !given.stored) {
        const what = "Defining a virtual generated column as primary key";
        throw mysqlError("ER_UNSUPPORTED_ACTION_ON_GENERATED_COLUMN", what);
      }
      makeNotNull(draft, part.column);
    }
  }
  draft.keys.push({
    name,
    unique: isPrimary || definition.type === "unique",
    parts,
    isGenerated: false,
    isInvisible: !definition.options.visible,
    notes: keyNotes(name, definition.options),
  });
}

/** Adds a foreign key and the key it needs. `existing` are names that other constraints of the schema have. */
export function addForeignKey(draft: DraftTable, definition: ForeignKey, number: number): void {
  const { references } = definition;
  const columns = definition.columns.map((column) => columnNamed(draft, column.text));
  const twice = columns.find((column, at) => columns.indexOf(column) < at);
  if (twice !== undefined) throw mysqlError("ER_DUP_FIELDNAME", twice.name);
  const name = definition.name?.text ?? `${draft.name}_ibfk_${number}`;
  refuseLong(name);
  if (draft.foreignKeys.some((key) => sameName(key.name, name))) {
    // The key that it would get is looked at first.
    const own = draft.keys.find((key) => sameName(key.name, name));
    const isServed = draft.keys.some((key) =>
      beginsWith(
        key,
        columns.map((column) => column.name),
      ),
    );
    if (definition.name !== null && own !== undefined && !isServed)
      throw mysqlError("ER_DUP_KEYNAME", name);
    throw mysqlError("ER_FK_DUP_NAME", name);
  }
  if (references.columns.length > 0 && references.columns.length !== columns.length) {
    const reason = "Key reference and table reference don't match";
    throw mysqlError(
      "ER_WRONG_FK_DEF",
      definition.name?.text ?? "foreign key without name",
      reason,
    );
  }
  const onDelete = referenceRule(references.onDelete);
  const onUpdate = referenceRule(references.onUpdate);
  for (const column of columns) {
    if ((onDelete === "SET NULL" || onUpdate === "SET NULL") && !column.nullable) {
      throw mysqlError("ER_FK_COLUMN_NOT_NULL", column.name, name);
    }
  }
  draft.foreignKeys.push({
    name,
    columns: columns.map((column) => column.name),
    refSchema: references.table.schema?.text ?? draft.schema,
    refTable: references.table.name.text,
    refColumns: references.columns.map((column) => column.text),
    onDelete,
    onUpdate,
  });
  const parts = columns.map((column) => ({ column: column.name, prefix: null, desc: false }));
  const names = columns.map((column) => column.name);
  const isServed = draft.keys.some(
    (key) => beginsWith(key, names) && !(key.isGenerated && key.parts.length === columns.length),
  );
  if (isServed) return;
  dropServed(draft, parts);
  const wanted = definition.name?.text ?? definition.indexName?.text ?? null;
  const keyNameText =
    wanted !== null && !draft.keys.some((key) => sameName(key.name, wanted))
      ? wanted
      : keyName(draft, null, parts);
  draft.keys.push({
    name: keyNameText,
    unique: false,
    parts,
    isGenerated: true,
    isInvisible: false,
    notes: null,
  });
}

/** Throws 3822. The expression is looked at once all columns are there. */
export function addCheck(
  draft: DraftTable,
  definition: Check,
  options: { readonly number: number; readonly column: string | null },
): void {
  const name = definition.name?.text ?? `${draft.name}_chk_${options.number}`;
  refuseLong(name);
  if (draft.checks.some((check) => sameName(check.name, name))) {
    throw mysqlError("ER_CHECK_CONSTRAINT_DUP_NAME", name);
  }
  const { expression, enforced } = definition;
  draft.checks.push({ name, expr: expression, text: "", enforced });
  draft.newChecks.push({ name, expression, column: options.column });
}

/** What can be said of all expressions once all columns are known. Throws 1054, 3102 to 3109, 3763 to 3772, 3812 to 3820. */
function settleExpressions(draft: DraftTable, altered: boolean): void {
  refuseBadGenerated(draft.columns);
  for (const check of draft.newChecks) refuseBadCheck(draft, check, altered);
  refuseUnseenColumns(draft.columns);
  draft.checks = draft.checks
    .map((check) =>
      check.text === "" ? { ...check, text: storedText(check.expr, draft.columns) } : check,
    )
    .sort((a, b) => compareNames(a.name, b.name));
  draft.columns = draft.columns.map((column) =>
    column.default.kind === "expr" || column.default.kind === "generated"
      ? {
          ...column,
          default: { ...column.default, text: storedText(column.default.expr, draft.columns) },
        }
      : column,
  );
}

/** The dictionary lists constraints by name. */
function compareNames(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Throws what only the whole table shows: 1060, 1075, 1113, 1069. */
export function checkWhole(draft: DraftTable, altered = false): void {
  if (draft.columns.length === 0) throw mysqlError("ER_TABLE_MUST_HAVE_COLUMNS");
  if (draft.columns.every(({ isInvisible }) => isInvisible)) {
    throw mysqlError("ER_TABLE_MUST_HAVE_A_VISIBLE_COLUMN");
  }
  if (draft.engine === "InnoDB") refuseReserved(draft);
  if (primaryOf(draft)?.isInvisible) throw mysqlError("ER_PK_INDEX_CANT_BE_INVISIBLE");
  settleExpressions(draft, altered);
  draft.foreignKeys.sort((a, b) => compareNames(a.name, b.name));
  if (draft.keys.length > KEYS_MAX) throw mysqlError("ER_TOO_MANY_KEYS", KEYS_MAX);
  if (rowBytes(draft.columns) > ROW_BYTES_MAX) {
    throw mysqlError("ER_TOO_BIG_ROWSIZE", ROW_BYTES_MAX);
  }
  for (const key of draft.keys) checkKeyBytes(draft, key.parts);
  for (const [at, column] of draft.columns.entries()) {
    const first = draft.columns.findIndex((other) => sameName(other.name, column.name));
    if (first < at) throw mysqlError("ER_DUP_FIELDNAME", column.name);
  }
  const counters = draft.columns.filter((column) => column.autoIncrement);
  const [counter] = counters;
  if (counter === undefined) return;
  const isKeyed = draft.keys.some((key) => beginsWith(key, [counter.name]));
  if (counters.length > 1 || !isKeyed) throw mysqlError("ER_WRONG_AUTO_KEY");
}

/** Throws 1166 and 1280: names that InnoDB has given itself (dict_col_name_is_reserved, innobase_index_name_is_reserved). */
function refuseReserved({ columns, keys }: DraftTable): void {
  const column = columns.find(({ name }) => /^db_(row_id|trx_id|roll_ptr)$/i.test(name));
  if (column !== undefined) throw mysqlError("ER_WRONG_COLUMN_NAME", column.name);
  const reserved = "GEN_CLUST_INDEX";
  if (keys.some(({ name }) => sameName(name, reserved))) {
    throw mysqlError("ER_WRONG_NAME_FOR_INDEX", reserved);
  }
}

/** PRIMARY, or the first unique key that can hold no NULL. */
function primaryOf({ keys, columns }: DraftTable): DraftKey | undefined {
  const isWhole = ({ column, prefix }: DraftKey["parts"][number]) =>
    prefix === null && columns.some((one) => sameName(one.name, column) && !one.nullable);
  return (
    keys.find(({ name }) => name === "PRIMARY") ??
    keys.find(({ unique, parts }) => unique && parts.every(isWhole))
  );
}

/** The storage engine's definition. */
export function tableDef(draft: DraftTable): TableDef {
  const position = (name: string) =>
    draft.columns.findIndex((column) => sameName(column.name, name));
  return {
    schema: draft.schema,
    name: draft.name,
    columns: draft.columns.map(({ name, type, nullable, autoIncrement, default: given }) => ({
      name,
      type,
      nullable,
      autoIncrement,
      ...(given.kind === "generated" && !given.stored ? { isVirtual: true } : {}),
    })),
    indexes: draft.keys.map(
      (key): IndexDef => ({
        name: key.name,
        unique: key.unique,
        parts: key.parts.map((part) => ({
          column: position(part.column),
          prefix: part.prefix,
          desc: part.desc,
        })),
      }),
    ),
    foreignKeys: draft.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(position) })),
    autoIncrement: draft.autoIncrement,
    temporary: draft.temporary,
  };
}

/** Throws 1072. */
export function columnNamed(draft: DraftTable, name: string): ServerColumn {
  const column = draft.columns.find((known) => sameName(known.name, name));
  if (column === undefined) throw mysqlError("ER_KEY_COLUMN_DOES_NOT_EXITS", name);
  return column;
}

export function beginsWith(key: Pick<DraftKey, "parts">, columns: readonly string[]): boolean {
  return columns.every((column, at) => {
    const part = key.parts[at];
    return part !== undefined && sameName(part.column, column) && part.prefix === null;
  });
}

/** The keys that foreign keys made for themselves and that this one serves as well go. */
function dropServed(draft: DraftTable, parts: DraftKey["parts"]): void {
  const served = (other: DraftKey) =>
    other.isGenerated &&
    beginsWith(
      { parts },
      other.parts.map((part) => part.column),
    );
  draft.keys = draft.keys.filter((other) => !served(other));
}

function keyPart(draft: DraftTable, part: KeyPart): DraftKey["parts"][number] {
  if (part.column === null) throw notSupported("functional key parts");
  const column = columnNamed(draft, part.column.text);
  const { type, name } = column;
  const isLong = type.kind === "text" || type.kind === "blob";
  if (isJson(type)) throw mysqlError("ER_JSON_USED_AS_KEY", name);
  if (isLong && part.length === null) throw mysqlError("ER_BLOB_KEY_WITHOUT_LENGTH", name);
  const isString = isLong || type.kind === "char" || type.kind === "varchar";
  if (part.length !== null && (!isString || (!isLong && part.length > type.length))) {
    throw mysqlError("ER_WRONG_SUB_KEY");
  }
  const isWhole = !isLong && isString && part.length === type.length;
  return {
    column: name,
    prefix: isWhole ? null : part.length,
    desc: part.direction === "desc",
  };
}

function checkKeyBytes(draft: DraftTable, parts: DraftKey["parts"]): void {
  let bytes = 0;
  for (const part of parts) {
    const { type } = columnNamed(draft, part.column);
    if (!("collation" in type) || type.kind === "enum") continue;
    const characters = part.prefix ?? type.length;
    bytes += characters * characterBytes(type);
  }
  const bytesMax = KEY_BYTES_MAX[draft.engine];
  if (bytes > bytesMax) throw mysqlError("ER_TOO_LONG_KEY", bytesMax);
}

function keyName(draft: DraftTable, wanted: string | null, parts: DraftKey["parts"]): string {
  const isTaken = (name: string) => draft.keys.some((key) => sameName(key.name, name));
  if (wanted !== null) {
    if (sameName(wanted, "PRIMARY") || wanted === "") {
      throw mysqlError("ER_WRONG_NAME_FOR_INDEX", wanted);
    }
    const clash = draft.keys.find((key) => sameName(key.name, wanted));
    if (clash !== undefined && !clash.isGenerated) throw mysqlError("ER_DUP_KEYNAME", wanted);
    return wanted;
  }
  const first = parts[0]?.column ?? "";
  if (!isTaken(first) && !sameName(first, "PRIMARY")) return first;
  for (let number = 2; ; number += 1) {
    if (!isTaken(`${first}_${number}`)) return `${first}_${number}`;
  }
}

function makeNotNull(draft: DraftTable, name: string): void {
  draft.columns = draft.columns.map((column) =>
    sameName(column.name, name)
      ? {
          ...column,
          nullable: false,
          default:
            column.default.kind === "literal" && column.default.value === null
              ? { kind: "none" }
              : column.default,
        }
      : column,
  );
}
