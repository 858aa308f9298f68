/** Rows ordered by expressions over them. */
import { padsSpace } from "../../base/collation.ts";
import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { compareJson } from "../types/json_document.ts";
import { readPrinted } from "../types/json_read.ts";
import { classOf, collationOf, isJson, type SqlType } from "../types/sql_type.ts";
import { filesort } from "./filesort_order.ts";

export interface SortKey {
  readonly item: Item;
  readonly desc: boolean;
  /** GROUP BY alone: rows with equal values have to come together, whichever way. MySQL: ORDER_NOT_RELEVANT. */
  readonly isEitherWay?: boolean;
}

/** NULL first, each key in its own type's order. */
function compareKeys(order: readonly SortKey[], a: readonly Datum[], b: readonly Datum[]): number {
  for (const [i, { item, desc }] of order.entries()) {
    if (item.type.kind === "null") continue;
    const result = isJson(item.type)
      ? compareDocuments(a[i] ?? null, b[i] ?? null)
      : compareDatum(item.type, a[i] ?? null, b[i] ?? null);
    if (result !== 0) return desc ? -result : result;
  }
  return 0;
}

function compareDocuments(a: Datum, b: Datum): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return compareJson(readPrinted(a as string), readPrinted(b as string));
}

/** Rows that carry their keys, as filesort leaves them. */
export function filesortKeyed<T extends { readonly keys: readonly Datum[] }>(
  rows: readonly T[],
  order: readonly SortKey[],
  limit: number,
  expected: number,
  tieInQueue: ((a: T, b: T) => number) | null = null,
): readonly T[] {
  const hasVarlenKey = order.some(({ item }) => isVarlen(item.type));
  return filesort(
    rows,
    (a, b) => compareKeys(order, a.keys, b.keys),
    limit,
    expected,
    hasVarlenKey,
    tieInQueue,
  );
}

/** A text whose collation does not pad is as long as it is. MySQL: sortlength. */
function isVarlen(type: SqlType): boolean {
  return type.kind !== "enum" && classOf(type) === "string" && !padsSpace(collationOf(type));
}

interface Keyed<T> {
  readonly row: T;
  readonly keys: readonly Datum[];
}

/** `place` makes a row current, so that the keys' expressions can be computed from it. */
function* withKeys<T>(
  rows: readonly T[],
  order: readonly SortKey[],
  place: (row: T) => void,
): Exec<readonly Keyed<T>[]> {
  const keyed: Keyed<T>[] = [];
  for (const row of rows) {
    place(row);
    const keys: Datum[] = [];
    for (const { item } of order) keys.push(yield* evalItem(item));
    keyed.push({ row, keys });
  }
  return keyed;
}

/** Rows with equal keys come last first: GROUP_CONCAT's tree puts a row before its equals. */
export function* sortRows<T>(
  rows: readonly T[],
  order: readonly SortKey[],
  place: (row: T) => void,
): Exec<readonly T[]> {
  if (order.length === 0) return rows;
  const keyed = yield* withKeys(rows.toReversed(), order, place);
  return [...keyed].sort((a, b) => compareKeys(order, a.keys, b.keys)).map(({ row }) => row);
}

/** The first `limit` rows as filesort gives them; how many there would be was not known to the optimizer. */
export function* filesortRows<T>(
  rows: readonly T[],
  order: readonly SortKey[],
  limit: number | null,
  place: (row: T) => void,
  byReference: ((a: T, b: T) => number) | null = null,
): Exec<readonly T[]> {
  const keyed = yield* withKeys(rows, order, place);
  const wanted = limit ?? Number.POSITIVE_INFINITY;
  const tie = byReference === null ? null : (a: Keyed<T>, b: Keyed<T>) => byReference(a.row, b.row);
  return filesortKeyed(keyed, order, wanted, Number.POSITIVE_INFINITY, tie).map(({ row }) => row);
}

/** What fills a field that is NULL. */
export function blankOf(type: SqlType): Datum {
  switch (classOf(type)) {
    case "null":
      return null;
    case "string":
      return type.kind === "enum" ? 0 : "";
    case "temporal":
      return type.kind === "time" ? 0 : type.kind === "date" ? "0000-00-00" : "0000-00-00 00:00:00";
    default:
      return 0;
  }
}
