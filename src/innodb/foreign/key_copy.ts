/**
 * A key's text on its way between a parent's column and its child's, which may differ in length and kind: VARCHAR(5) has a
 * child CHAR(3).
 *
 *     'ab' of VARCHAR, looked for in CHAR(3)       not there, unless the collation pads with spaces: CHAR has 'ab '
 *     'abcd' cascades into CHAR(3) or VARCHAR(3)   does not fit: the child objects
 *     'ab' cascades from VARCHAR into CHAR(3)      does not fit either, unless the collation pads
 *     'ab' cascades from CHAR(4) into CHAR(3)      CHAR has no shorter child
 *     'ab' cascades from CHAR(4) into VARCHAR(4)   comes with its spaces: 'ab  '
 *
 * MySQL 9.7: key_copy_fk, is_cascade_from_parent_legal, set_updated_key_value.
 */
import { padsSpace } from "../../base/collation.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Datum } from "../api.ts";
import type { Table } from "../types.ts";

type Text = Extract<ColumnType, { readonly kind: "char" | "varchar" }>;

/** A table's columns that a constraint ties to the other's. */
interface TiedColumns {
  readonly table: Table;
  readonly columns: readonly number[];
}

/** Whether a key of these values, taken from one table, can be in the other's. */
export function canBeFound(key: readonly Datum[], from: TiedColumns, into: TiedColumns): boolean {
  return key.every((value, at) => {
    if (typeof value !== "string") return true;
    return !isTooShort(value, typeAt(from, at), typeAt(into, at));
  });
}

/** The child's value that follows the parent's; undefined: it does not fit. */
export function followed(value: Datum, from: ColumnType, into: ColumnType): Datum | undefined {
  if (typeof value !== "string" || !isText(from) || !isText(into)) return value;
  if (from.kind === "char" && into.kind === "char" && from.length > into.length) return undefined;
  if (lengthOf(value) > into.length || isTooShort(value, from, into)) return undefined;
  const isPadded = from.kind === "char" && into.kind === "varchar";
  return isPadded ? value + " ".repeat(Math.max(0, from.length - lengthOf(value))) : value;
}

function typeAt({ table, columns }: TiedColumns, at: number): ColumnType | undefined {
  return table.def.columns[columns[at] as number]?.type;
}

function isTooShort(
  value: string,
  from: ColumnType | undefined,
  into: ColumnType | undefined,
): boolean {
  if (from?.kind !== "varchar" || into?.kind !== "char") return false;
  return lengthOf(value) < into.length && !padsSpace(into.collation);
}

function isText(type: ColumnType): type is Text {
  return type.kind === "char" || type.kind === "varchar";
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
