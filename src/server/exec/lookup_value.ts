/**
 * A value of a table read before that a key is looked up by: brought into the key's own type, where its own is another. What is
 * cut off or rounded on the way is looked up all the same, and the row compared once more; what does not fit at all is not.
 *
 * MySQL: comparable_in_index, store_key::copy, type_conversion_status_to_store_key.
 */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Item } from "../expr/item.ts";
import { hasDate } from "../types/compare.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { quietStore } from "../types/quiet_store.ts";
import { classOf, isJson, type SqlType } from "../types/sql_type.ts";
import { hasOneType } from "./join/multiple_equality.ts";

export type LookupValue = Item & {
  readonly inKey?: {
    /** A value in the key's type; null when nothing can be equal to it. */
    readonly convert: (value: NonNullable<Datum>) => Datum;
    readonly written: Item;
  };
};

/** Whether a key of one type can be looked up by values of the other. Texts are compared in the key's collation by then. */
export function looksUp(key: ColumnType, value: SqlType): boolean {
  if (isJson(value)) return false;
  const kind = classOf(value);
  if (classOf(key) === "string" && key.kind !== "enum") return kind === "string";
  if (hasDate(key)) return kind !== "decimal" && kind !== "double";
  if (key.kind === "time") return kind !== "decimal" && kind !== "double" && !hasDate(value);
  if (key.kind === "year") return !hasDate(value);
  if (key.kind === "enum") return kind === "string" || (kind === "int" && value.kind !== "year");
  return true;
}

export function lookupValue(
  value: Item,
  column: Item,
  into: { readonly name: string; readonly type: ColumnType },
  env: EvalEnv,
): LookupValue {
  if (value.eval === null || hasOneType(value, column)) return value;
  const { store, told, env: quiet } = quietStore(into, value.type, env);
  const isTextInDecimal = into.type.kind === "decimal" && classOf(value.type) === "string";
  const convert = (written: NonNullable<Datum>): Datum => {
    // Each value is told of, not each column.
    told.length = 0;
    quiet.told = null;
    const stored = store(written);
    if (told.length === 0 || (hasDate(into.type) && isZero(written))) return stored;
    if (told.includes(OUT_OF_RANGE) || isNone(into.type, stored, written)) return null;
    return isTextInDecimal ? store("0") : stored;
  };
  return { ...value, inKey: { convert, written: value } };
}

/** A column that is equal to the value, and of its type, in its place. */
export function inPlaceOf({ inKey }: LookupValue, equal: Item): LookupValue {
  return inKey === undefined ? equal : { ...equal, inKey: { ...inKey, written: equal } };
}

const OUT_OF_RANGE = 1264;

/** What is no date, no time, no year or more bits than there are; zero is one of each. */
function isNone(type: ColumnType, stored: Datum, written: NonNullable<Datum>): boolean {
  if (type.kind === "bit") return true;
  const mayBeNone = hasDate(type) || type.kind === "time" || type.kind === "year";
  return mayBeNone && isZero(stored) && !isZero(written);
}

function isZero(value: Datum): boolean {
  return /^[0:. -]+$/.test(String(value));
}

/** What the key is looked up by now. */
export function keyValue(value: LookupValue | undefined): Datum {
  const written = value?.eval?.() ?? null;
  const inKey = value?.inKey;
  return written === null || inKey === undefined ? written : inKey.convert(written);
}
