/**
 * The collation in which texts meet: what a column has counts more than what a literal has, Unicode more than what it holds,
 * and _bin more than the others of its character set. Two columns of one set with other collations do not meet at all.
 *
 * MySQL: DTCollation::aggregate, left_is_superset (sql/item.cc).
 */
import type { Collation } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { checkEncodable } from "../types/bytes_as_text.ts";
import { charsetOf, shownCollation, type TextType } from "../types/character_sets.ts";
import { isJson, type SqlType } from "../types/sql_type.ts";
import { type Item, partsOf } from "./item.ts";

/** `operation`: that two columns cannot meet in; null where another collation is taken for granted. */
export function collationFor(items: readonly Item[], operation: string | null = null): Collation {
  const columns = textTypes(items.filter((item) => !isLiteral(item)));
  const all = columns.length > 0 ? columns : textTypes(items);
  const first = all[0]?.collation ?? "utf8mb4_0900_ai_ci";
  const isMixed = all.some((type) => type.collation !== first || type.declared !== undefined);
  return isMixed ? mixedCollation(all, items, operation) : first;
}

function isLiteral({ shape }: Item): boolean {
  return shape.kind === "literal" && shape.wasColumn !== true;
}

function textTypes(items: readonly Item[]): readonly TextType[] {
  return items.flatMap(({ type }) => ("collation" in type ? [type] : []));
}

function mixedCollation(
  types: readonly TextType[],
  items: readonly Item[],
  operation: string | null,
): Collation {
  if (operation !== null) checkCollations(items, operation);
  if (types.some(({ collation }) => collation === "binary")) return "binary";
  const most = types.reduce((width, type) => Math.max(width, widthOf(type)), 0);
  const widest = types.filter((type) => widthOf(type) === most);
  if (most < WIDEST) checkLiterals(items, charsetOf(shownCollation(widest[0] as TextType)));
  const names = widest.map(({ collation }) => collation);
  return names.includes("utf8mb4_bin") ? "utf8mb4_bin" : (names[0] as Collation);
}

/** A literal is brought into the columns' character set: throws ER_CANNOT_CONVERT_STRING. */
function checkLiterals(items: readonly Item[], charset: string): void {
  for (const item of items) {
    if (!isLiteral(item) || !("collation" in item.type)) continue;
    const value = item.eval?.();
    if (typeof value === "string") checkEncodable(value, charset);
  }
}

const WIDEST = 2;

/** Which of two character sets the other's texts are converted to: the one that holds them all. */
function widthOf(type: TextType): number {
  const charset = charsetOf(shownCollation(type));
  if (charset === "utf8mb4") return WIDEST;
  return /^(utf8|ucs|utf16|utf32)/.test(charset) ? 1 : 0;
}

/** May the value be converted to the key's character set, so that the key's order counts? */
export function isWideEnough(key: TextType, value: Item): boolean {
  const { type } = value;
  return (
    !("collation" in type) ||
    key.collation === "binary" ||
    hasOneCharset(key, value) ||
    widthOf(key) > widthOf(type)
  );
}

/** Texts that need no conversion to be compared. */
export function isOfOneCharset({ type }: Item, value: Item): boolean {
  return !("collation" in type) || hasOneCharset(type, value);
}

/** A literal is converted once, to whatever it is compared with. */
function hasOneCharset(key: TextType, value: Item): boolean {
  if (!("collation" in value.type) || isLiteral(value)) return true;
  return charsetOf(shownCollation(key)) === charsetOf(shownCollation(value.type));
}

/** Throws 1267, 1270 or 1271 for texts of columns that nothing decides between. */
export function checkCollations(items: readonly Item[], operation: string): void {
  const [left, right] = items.filter(isImplicit);
  if (left === undefined || right === undefined || items.some(isExplicit)) return;
  if (!doNotMeet(left.type, right.type)) return;
  if (items.length > 3) throw mysqlError("ER_CANT_AGGREGATE_NCOLLATIONS", operation);
  const told = items.flatMap((item) =>
    "collation" in item.type
      ? [shownCollation(item.type), isImplicit(item) ? "IMPLICIT" : "COERCIBLE"]
      : ["collation" in left.type ? shownCollation(left.type) : "binary", "COERCIBLE"],
  );
  const error =
    items.length === 3 ? "ER_CANT_AGGREGATE_3COLLATIONS" : "ER_CANT_AGGREGATE_2COLLATIONS";
  throw mysqlError(error, ...told, operation);
}

/** Collations of columns, of which neither gives way. */
export function doNotMeet(a: SqlType, b: SqlType): boolean {
  if (!("collation" in a) || !("collation" in b) || isJson(a) || isJson(b)) return false;
  const names = [shownCollation(a), shownCollation(b)] as const;
  if (names[0] === names[1] || names.includes("binary") || widthOf(a) !== widthOf(b)) return false;
  const isOneSet = charsetOf(names[0]) === charsetOf(names[1]);
  return !isOneSet || !names.some((name) => name.endsWith("_bin"));
}

/** MySQL: DERIVATION_IMPLICIT: of a column, of what a subquery gives, and of what a function makes of them. */
export function isImplicit(item: Item): boolean {
  const { shape, type } = item;
  if (!("collation" in type)) return false;
  if (shape.kind === "column") return true;
  if (shape.kind === "literal") return shape.wasColumn === true;
  if (shape.kind === "other" && shape.derivation !== undefined)
    return shape.derivation === "implicit";
  return partsOf(item).some(
    (part) =>
      "collation" in part.type && part.type.collation === type.collation && isImplicit(part),
  );
}

function isExplicit({ shape }: Item): boolean {
  return shape.kind === "other" && shape.derivation === "explicit";
}
