/**
 * What an INSERT into a gap would meet: the locks of other transactions on the record behind it that cover the gap,
 * granted or waiting. The engine decides with the same rule over its own queue; a test holds the two equal.
 *
 * InnoDB: lock_rec_insert_check_and_lock, rec_lock_check_conflict.
 */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import { placeOfRec } from "./gap_bounds.ts";
import type { RecId, SessionName, TableId } from "./ids.ts";
import { grantedIsInTheWay, isStrongerOrEqual, pendingIsInTheWay } from "./mdl_matrices.ts";
import type { IndexState, MdlState, RecLockState, State } from "./state.ts";
import type { ColumnType, Value } from "./values.ts";

/** The locks that the session's insert before this record or supremum would wait for, in the order of their ids. */
export function insertBlockers(
  state: State,
  before: RecId,
  session: SessionName | null,
): readonly RecLockState[] {
  const blockers: RecLockState[] = [];
  for (const lock of intMapValues(state.recLocks)) {
    const covers = lock.rec === before && lock.shape !== "recNotGap" && !lock.insertIntention;
    if (covers && lock.session !== session) blockers.push(lock);
  }
  return blockers;
}

/** Indexes of the table besides this one in which gaps are locked, and by whom: a row needs a place in each. */
export function gapsLockedBeside(
  state: State,
  { id, table }: Pick<IndexState, "id" | "table">,
): { readonly indexes: readonly string[]; readonly sessions: readonly SessionName[] } {
  const locks = [...intMapValues(state.recLocks)].filter(
    (lock) =>
      lock.index !== id &&
      intMapGet(state.indexes, lock.index)?.table === table &&
      lock.shape !== "recNotGap" &&
      !lock.insertIntention,
  );
  return {
    indexes: [...new Set(locks.map(({ indexName }) => indexName))],
    sessions: [...new Set(locks.map(({ session }) => session))].sort(),
  };
}

/** The metadata locks on the table that the session's INSERT, which needs SHARED_WRITE, would wait for before it comes to any gap. */
export function insertMetadataBlockers(
  state: State,
  tableId: TableId,
  session: SessionName,
): readonly MdlState[] {
  const table = intMapGet(state.tables, tableId);
  if (table === undefined) return [];
  const mdls = [...intMapValues(state.mdls)].filter(
    (mdl) => mdl.namespace === "TABLE" && mdl.schema === table.schema && mdl.name === table.name,
  );
  const hasAlready = mdls.some(
    (mdl) =>
      mdl.session === session &&
      mdl.status === "GRANTED" &&
      isStrongerOrEqual("TABLE", mdl.mode, "SHARED_WRITE"),
  );
  if (hasAlready) return [];
  return mdls.filter((mdl) => {
    if (mdl.session === session) return false;
    const isInTheWay = mdl.status === "GRANTED" ? grantedIsInTheWay : pendingIsInTheWay;
    return isInTheWay("TABLE", "SHARED_WRITE", mdl.mode);
  });
}

/** A key that would come to stand in the gap: a whole number between its ends; null where there is none to name. */
export function keyForGap(state: State, before: RecId): number | null {
  const place = placeOfRec(state, before, intMapGet(state.recs, before)?.index ?? null);
  if (place === null) return null;
  const { index } = place;
  const value = (rec: RecId | null): Value | undefined => {
    const values = rec === null ? undefined : intMapGet(state.recs, rec)?.values;
    return values?.[index.clustered ? (index.fields[0] ?? -1) : 0];
  };
  const low = value(place.lowRec);
  const high = value(place.highRec);
  const column = intMapGet(state.tables, index.table)?.columns[index.fields[0] ?? -1];
  const isWhole = (end: Value | undefined): end is number => Number.isSafeInteger(end);
  const fitting = (key: number): number | null =>
    column !== undefined && fits(key, column.type) ? key : null;
  if (isWhole(low) && isWhole(high)) {
    const middle = Math.floor((low + high) / 2);
    return middle > low && middle < high ? fitting(middle) : null;
  }
  if (low === undefined && isWhole(high)) return fitting(high - 1);
  if (high === undefined && isWhole(low)) return fitting(low + 1);
  return null;
}

/** Whether a column holds the number: there is no -1 before the 0 of an UNSIGNED one. */
function fits(key: number, type: ColumnType): boolean {
  switch (type.kind) {
    case "int": {
      const all = 2 ** (8 * type.bytes);
      const [least, end] = type.unsigned ? [0, all] : [-all / 2, all / 2];
      return key >= least && key < end;
    }
    case "double":
    case "float":
      return key >= 0 || !type.unsigned;
    default:
      return false;
  }
}
