/**
 * A child row needs its parent: the check on insert, and on update of the columns of a FOREIGN KEY.
 *
 *   parent found          S,REC_NOT_GAP on it (delete-marked ones with the key before it: next-key)
 *   parent missing        S,GAP where it would be (not under READ COMMITTED), error 1452
 *
 * InnoDB: row_ins_check_foreign_constraints, row_ins_check_foreign_constraint with check_ref (row0ins.cc).
 */
import type { Datum, DbError, ForeignKeyDef, Row, Steps } from "../api.ts";
import { nextRec, search } from "../btree/cursor.ts";
import { compareKeys } from "../datum.ts";
import { foreignIndex, referencedIndex } from "../dictionary.ts";
import type { Storage } from "../storage.ts";
import type { Index, Rec, Table } from "../types.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** The constraints whose child index this is; null when all parents are there. */
export function* checkParents(
  writer: Writer,
  index: Index,
  row: Row,
  skip: string | null,
): Steps<DbError | null> {
  const { table } = index;
  if (table.def.foreignKeys.length === 0) return null;
  for (const foreignKey of table.def.foreignKeys.toSorted(byName)) {
    if (foreignKey.name === skip || foreignIndex(table, foreignKey) !== index) continue;
    const error = yield* checkParent(writer, table, foreignKey, row);
    if (error !== null) return error;
  }
  return null;
}

/** InnoDB keeps the constraints of a table in the order of their names. */
export function byName(a: ForeignKeyDef, b: ForeignKeyDef): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function* checkParent(
  writer: Writer,
  child: Table,
  foreignKey: ForeignKeyDef,
  row: Row,
): Steps<DbError | null> {
  const key = foreignKey.columns.map((column) => row[column] as Datum);
  if (key.includes(null)) return null;
  const missing: DbError = {
    err: "noReferencedRow",
    foreignKey,
    childTable: child.def.name,
    childSchema: child.def.schema,
    childColumns: foreignKey.columns.map((column) => child.def.columns[column]?.name ?? ""),
  };
  const parent = parentTable(writer.storage, foreignKey);
  const index = parent === null ? null : referencedIndex(parent, foreignKey);
  if (parent === null || index === null) return missing;
  for (;;) {
    const found = yield* scanForParent(writer, child, parent, index, key);
    if (found === "found") return null;
    if (found === "missing") return missing;
    if (found !== "again") return found;
  }
}

export function parentTable(storage: Storage, foreignKey: ForeignKeyDef): Table | null {
  for (const table of storage.tables.values()) {
    if (table.def.schema === foreignKey.refSchema && table.def.name === foreignKey.refTable)
      return table;
  }
  return null;
}

function* scanForParent(
  writer: Writer,
  child: Table,
  parent: Table,
  index: Index,
  key: readonly Datum[],
): Steps<"found" | "missing" | "again" | DbError> {
  const { context } = writer.storage;
  const { trx } = writer;
  const skipGaps = trx.isolation === "READ COMMITTED" || trx.isolation === "READ UNCOMMITTED";
  if (parent !== child) {
    const result = yield* obtain(writer, context.locks().table(trx, parent, "IS", "foreignKey"));
    if (result !== "granted") return result;
  }
  let rec: Rec | null = search(context, index, key, key.length, "GE").rec;
  for (; rec !== null; rec = nextRec(rec)) {
    if (rec.kind === "infimum" || (rec.kind === "supremum" && skipGaps)) continue;
    const isMatch =
      rec.kind === "user" && compareKeys(index.fields, key, rec.key, key.length) === 0;
    if (rec.kind === "user" && !isMatch && skipGaps) return "missing";
    const shape =
      rec.kind === "supremum"
        ? "ordinary"
        : !isMatch
          ? "gap"
          : rec.deleted && !skipGaps
            ? "ordinary"
            : "recNotGap";
    const outcome = context.locks().read(trx, rec, "S", shape, "wait", "foreignKey");
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      return result === "granted" ? "again" : result;
    }
    if (rec.kind === "supremum") continue;
    if (!isMatch) return "missing";
    if (!rec.deleted) return "found";
  }
  return "missing";
}
