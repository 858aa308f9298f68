/**
 * Whether a subquery's values may be kept in a temporary table and looked up there by what stands on the left of IN: the value
 * that is looked for becomes one of the inner type, which has to compare as the two do.
 *
 *     int IN (SELECT varchar ...)    no: '' and '0' are both equal to 0
 *     varchar IN (SELECT int ...)    yes: both are compared as numbers
 *
 * MySQL: types_allow_materialization (sql/sql_select.cc), semijoin_types_allow_materialization.
 */
import { isNumeric, isTemporal, type SqlType } from "../types/sql_type.ts";

export function mayBeMaterialized(outer: SqlType, inner: SqlType): boolean {
  if (isNumeric(inner)) return true;
  if (isNumeric(outer) || isTemporal(outer) !== isTemporal(inner)) return false;
  if (isTemporal(inner)) return inner.kind !== "time" || outer.kind === "time";
  return collationOf(outer) === collationOf(inner);
}

/** A temporary table has no index on long values. */
export function hasNoLookup({ kind }: SqlType): boolean {
  return kind === "text" || kind === "blob";
}

function collationOf(type: SqlType): string {
  return "collation" in type ? type.collation : "binary";
}
