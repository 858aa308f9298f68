/**
 * How the references of rows compare as bytes: what a bounded queue of filesort tells rows with equal keys apart by.
 *
 * The key of the clustered index stands there as the server keeps values, not as InnoDB does: whole numbers and dates have
 * their lowest byte first, so that 256 (00 01) comes before 1 (01 00), and a VARCHAR begins with its length.
 *
 * MySQL: Sort_param::init_for_filesort, ha_innobase::position, store_key_val_for_row.
 */
import { utf8Bytes } from "../../base/utf8.ts";
import type { Datum, Handler, RowRef } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { ColumnType } from "../../trace/values.ts";

export function compareRowIds({ table }: Handler, a: RowRef, b: RowRef): number {
  const parts = table.indexes[0]?.parts ?? [];
  for (const [at, value] of a.key.entries()) {
    const column = parts[at] === undefined ? undefined : table.columns[parts[at].column];
    const other = b.key[at] ?? null;
    const order =
      column === undefined
        ? Number(value) - Number(other)
        : compareStored(column.type, value, other);
    if (order !== 0) return order;
  }
  return a.rec - b.rec;
}

function compareStored(type: ColumnType, a: Datum, b: Datum): number {
  if (a === null || b === null || a === b) return 0;
  switch (type.kind) {
    case "int":
      return compareLowestFirst(BigInt(a), BigInt(b));
    case "date":
      return compareLowestFirst(packedDate(a), packedDate(b));
    case "varchar": {
      const [one, other] = [utf8Bytes(String(a)), utf8Bytes(String(b))];
      const byLength = compareLowestFirst(BigInt(one.length), BigInt(other.length));
      return byLength === 0 ? compareBytes(one, other) : byLength;
    }
    case "char":
      return compareBytes(utf8Bytes(String(a)), utf8Bytes(String(b)));
    default:
      return compareDatum(type, a, b);
  }
}

function compareLowestFirst(a: bigint, b: bigint): number {
  for (let shift = 0n; shift < 64n; shift += 8n) {
    const order = Number((a >> shift) & 0xffn) - Number((b >> shift) & 0xffn);
    if (order !== 0) return order;
  }
  return 0;
}

/** "2024-02-29" in three bytes. */
function packedDate(date: Datum): bigint {
  const [year = 0, month = 0, day = 0] = String(date).split("-").map(Number);
  return BigInt(year * 512 + month * 32 + day);
}

/** The shorter one is filled up with spaces. */
function compareBytes(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length || at < b.length; at += 1) {
    const order = (a[at] ?? SPACE) - (b[at] ?? SPACE);
    if (order !== 0) return order;
  }
  return 0;
}

const SPACE = 0x20;
