/**
 * Which algorithm ALTER TABLE takes: COPY where InnoDB cannot do it in place, and what the statement says about it.
 *
 * MySQL: sql/sql_table.cc: mysql_alter_table; storage/innobase/handler/handler0alter.cc: check_if_supported_inplace_alter.
 */
import type { AlterTable } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { staysAsItIs, storedForm } from "./alter_rows.ts";
import { type Alteration, changesExpression } from "./alteration.ts";
import type { DraftTable } from "./table_definition.ts";

/** Why only COPY can do it, in MySQL's words where it has any; null when it can be done in place. */
export type CopyNeed = { readonly reason: string | null } | null;

export interface AlterSettings {
  readonly isStrict: boolean;
  readonly checksForeignKeys: boolean;
}

export function copyNeed(
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
  settings: AlterSettings,
): CopyNeed {
  const isElsewhere = draft.engine !== table.engine || table.engine !== "InnoDB";
  if (alteration.copies || isElsewhere || table.temporary) return { reason: null };
  const had = new Set(table.info.foreignKeys.map((key) => key.name));
  if (settings.checksForeignKeys && draft.foreignKeys.some((key) => !had.has(key.name))) {
    return { reason: "Adding foreign keys needs foreign_key_checks=OFF" };
  }
  if (alteration.losesPrimaryKey) {
    return {
      reason: "Dropping a primary key is not allowed without also adding a new primary key",
    };
  }
  for (const [position, column] of draft.columns.entries()) {
    const before = table.columns[alteration.sources[position] ?? -1];
    if (before === undefined) {
      if (column.default.kind === "generated" && column.default.stored) return { reason: null };
      continue;
    }
    if (changesExpression(before, column)) return { reason: null };
    const changesCounter = before.autoIncrement !== column.autoIncrement;
    if (changesCounter || !staysAsItIs(before.type, column.type)) {
      return { reason: "Cannot change column type INPLACE" };
    }
    const losesNull = before.nullable && !column.nullable && !isInPrimaryKey(draft, column);
    if (losesNull && !settings.isStrict) {
      return { reason: "cannot silently convert NULL values, as required in this SQL_MODE" };
    }
  }
  return mixesVirtual(table, draft, alteration) ? { reason: MIXED } : null;
}

const MIXED =
  "INPLACE ADD or DROP of virtual columns cannot be combined with other ALTER TABLE actions";

/** A virtual column comes or goes, and along with it a unique key, or a stored column and a key. */
function mixesVirtual(table: CatalogTable, draft: DraftTable, alteration: Alteration): boolean {
  const { addedKeys } = alteration;
  if (addedKeys.length === 0) return false;
  const moved = movedColumns(table, draft, alteration);
  const virtual = moved.filter(isVirtual);
  const isUnique = draft.keys.some(({ name, unique }) => unique && addedKeys.includes(name));
  return virtual.length > 0 && (isUnique || virtual.length < moved.length);
}

/** What is wrong whatever the table is like: throws 1221. */
export function checkUsage({ algorithm, lock }: AlterTable): void {
  if (algorithm === "instant" && lock !== "default" && lock !== null) {
    throw mysqlError("ER_WRONG_USAGE", "ALGORITHM=INSTANT", "LOCK=NONE/SHARED/EXCLUSIVE");
  }
}

/** Throws 1845 and 1846 for what the statement asks for and cannot have. */
export function checkAlgorithm(
  statement: AlterTable,
  need: CopyNeed,
  change: {
    readonly table: CatalogTable;
    readonly draft: DraftTable;
    readonly alteration: Alteration;
    readonly isEmpty: boolean;
  },
): void {
  const { algorithm, lock } = statement;
  if (algorithm === "instant") {
    const reason = need?.reason ?? null;
    if (reason !== null) {
      refuse("ALGORITHM=INSTANT", reason.replace(...INSTANT_WORDS), "ALGORITHM=COPY/INPLACE");
    }
    if (need === null && !isInstant(statement, change)) {
      refuse("ALGORITHM=INSTANT", null, "ALGORITHM=COPY/INPLACE");
    }
  }
  if (need !== null && (algorithm === "inplace" || algorithm === "instant")) {
    refuse(`ALGORITHM=${algorithm.toUpperCase()}`, need.reason, "ALGORITHM=COPY");
  }
  const { table, draft, alteration } = change;
  const addsCounter = draft.columns.some(
    (column, at) => column.autoIncrement && (alteration.sources[at] ?? -1) < 0,
  );
  if (addsCounter && need === null && lock === "none" && table.engine === "InnoDB") {
    refuse("LOCK=NONE", "Adding an auto-increment column requires a lock", "LOCK=SHARED");
  }
  if ((need !== null || algorithm === "copy") && lock === "none") {
    refuse("LOCK=NONE", "COPY algorithm requires a lock", "LOCK=SHARED");
  }
}

const INSTANT_WORDS = [
  "Cannot change column type INPLACE",
  "Need to rebuild the table to change column type",
] as const;

const INSTANT_ACTIONS: ReadonlySet<string> = new Set([
  "addColumn",
  "dropColumn",
  "renameColumn",
  "changeColumn",
  "modifyColumn",
  "alterColumnDefault",
  "alterColumnVisibility",
  "renameTo",
]);

/**
 * Only the dictionary changes (InnoDB: ha_innobase::check_if_supported_inplace_alter). Columns come and go so too, but not where
 * there is no record, unless the statement asks for it: then the table is made anew.
 */
export function isInstant(
  { actions, algorithm }: AlterTable,
  {
    table,
    draft,
    alteration,
    isEmpty,
  }: {
    readonly table: CatalogTable;
    readonly draft: DraftTable;
    readonly alteration: Alteration;
    readonly isEmpty: boolean;
  },
): boolean {
  if (actions.some(({ kind }) => !INSTANT_ACTIONS.has(kind))) return false;
  if (alteration.addedKeys.length > 0 || alteration.droppedKeys.length > 0) return false;
  const old = alteration.sources.filter((source) => source >= 0);
  if (old.some((source, at) => source < (old[at - 1] ?? -1))) return false;
  if (algorithm === "inplace" || (isEmpty && algorithm !== "instant")) {
    if (movesStored(table, draft, alteration)) return false;
  }
  return draft.columns.every((column, at) => {
    const before = table.columns[alteration.sources[at] ?? -1];
    if (before === undefined) return true;
    const isExtended = column.type.kind === "enum" && before.type.kind === "enum";
    const isSame = isExtended || storedForm(before.type) === storedForm(column.type);
    return isSame && before.nullable === column.nullable;
  });
}

/** Columns with a place in the records come or go. */
export function movesStored(
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): boolean {
  return movedColumns(table, draft, alteration).some((column) => !isVirtual(column));
}

/** Columns that come or go. */
function movedColumns(
  table: CatalogTable,
  draft: DraftTable,
  { sources }: Alteration,
): readonly ServerColumn[] {
  return [
    ...draft.columns.filter((_, at) => (sources[at] ?? -1) < 0),
    ...table.columns.filter((_, at) => !sources.includes(at)),
  ];
}

function isVirtual({ default: given }: ServerColumn): boolean {
  return given.kind === "generated" && !given.stored;
}

function refuse(what: string, reason: string | null, instead: string): never {
  throw reason === null
    ? mysqlError("ER_ALTER_OPERATION_NOT_SUPPORTED", what, instead)
    : mysqlError("ER_ALTER_OPERATION_NOT_SUPPORTED_REASON", what, reason, instead);
}

function isInPrimaryKey(draft: DraftTable, column: ServerColumn): boolean {
  const primary = draft.keys.find((key) => key.name === "PRIMARY");
  return primary?.parts.some((part) => part.column === column.name) ?? false;
}
