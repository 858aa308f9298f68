/**
 * Stored values: how they compare by their column's type, and what the trace shows of them.
 *
 * NULL sorts before everything, as in InnoDB's indexes. Strings compare by their collation's sort key, dates as
 * text, everything else as numbers.
 *
 * InnoDB: rem0cmp.cc (cmp_data, cmp_dtuple_rec_with_match).
 */
import { unreachable } from "../base/assert.ts";
import { collationKey } from "../base/collation.ts";
import { decimalText } from "../base/decimal_text.ts";
import { withOne } from "../base/lists.ts";
import { timeText } from "../base/temporal_text.ts";
import type { ColumnType, Value } from "../trace/values.ts";
import type { Datum, Row } from "./api.ts";
import { bitText, membersText } from "./bits.ts";
import type { IndexField, Rec } from "./types.ts";

/** Negative, zero or positive: `a` sorts before, with or after `b` in an ascending index. */
export function compareDatum(type: ColumnType, a: Datum, b: Datum): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === "string" && typeof b === "string") return compareText(type, a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareText(type: ColumnType, a: string, b: string): number {
  const keyA = "collation" in type ? collationKey(a, type.collation) : a;
  const keyB = "collation" in type ? collationKey(b, type.collation) : b;
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** Compares the first `n` fields of two index keys, each field in its direction. */
export function compareKeys(
  fields: readonly IndexField[],
  a: readonly Datum[],
  b: readonly Datum[],
  n: number,
): number {
  for (let i = 0; i < n; i += 1) {
    const one = a[i] as Datum;
    const other = b[i] as Datum;
    if (one === other) continue;
    const field = fields[i] as IndexField;
    const areNumbers = typeof one === "number" && typeof other === "number";
    const order = areNumbers ? one - other : compareDatum(field.type, one, other);
    if (order !== 0) return field.desc ? -order : order;
  }
  return 0;
}

/** How many leading fields of two keys are equal (InnoDB: low_match, up_match). */
export function matchedFields(
  fields: readonly IndexField[],
  a: readonly Datum[],
  b: readonly Datum[],
  n: number,
): number {
  for (let i = 0; i < n; i += 1) {
    if (compareDatum((fields[i] as IndexField).type, a[i] as Datum, b[i] as Datum) !== 0) return i;
  }
  return n;
}

/** Byte for byte the same; InnoDB compares old and new values so before it skips an index. */
export function sameData(a: readonly Datum[], b: readonly Datum[]): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Positions of the columns in which two rows differ. */
export function changedColumns(before: Row, after: Row): number[] {
  let changed: number[] = [];
  for (let i = 0; i < before.length; i += 1) {
    if (before[i] !== after[i]) changed = withOne(changed, i);
  }
  return changed;
}

/** The value as the trace shows it. */
export function toValue(type: ColumnType, datum: Datum): Value {
  if (datum === null) return null;
  switch (type.kind) {
    case "int":
    case "rowId":
    case "year":
      return typeof datum === "bigint" ? datum.toString() : datum;
    case "decimal":
      return decimalText(datum as number | bigint, type.scale);
    case "double":
    case "float":
      return Number(datum);
    case "char":
    case "varchar":
    case "text":
    case "blob":
    case "date":
    case "datetime":
    case "timestamp":
      return String(datum);
    case "time":
      return timeText(Number(datum), type.fsp);
    case "bit":
      return bitText(datum as number | bigint);
    case "enum":
      if (type.isSet) return membersText(datum as number | bigint, type.members);
      return datum === 0 ? "" : (type.members[Number(datum) - 1] ?? String(datum));
    default:
      return unreachable(type);
  }
}

/** The record of an equal key has another one's bytes. */
export function setKey(rec: Rec, key: readonly Datum[]): void {
  rec.key = key;
  rec.keyText = null;
}
