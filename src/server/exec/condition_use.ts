/**
 * Conditions that need not be looked at again: what a lookup makes sure of, and what the engine checks on index entries.
 *
 * MySQL: test_if_ref, make_cond_for_index, uses_index_fields_only.
 */
import type { IndexInfo } from "../../innodb/api.ts";
import { isKept } from "../expr/compared_texts.ts";
import { type Item, visitItem } from "../expr/item.ts";
import { andItem, orItem } from "../expr/logic.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import type { JoinTable } from "./join/join_types.ts";
import { hasOneType, isSame } from "./join/multiple_equality.ts";
import { columnsRead } from "./predicate_of.ts";
import { sessionSwitches } from "./session_switches.ts";

/** An equality that the ref lookup has already made sure of: the same column with the same value. */
export function isGuaranteedByRef(
  { shape }: Item,
  { path }: ChosenAccess,
  table: JoinTable,
  outer: readonly Item[],
): boolean {
  if (path.kind !== "ref" || path.orNull) return false;
  if (shape.kind !== "compare" || shape.op !== "=") return false;
  const side = [shape.left, shape.right].find((one) => isColumnOf(one, table));
  if (side?.shape.kind !== "column") return false;
  const { column } = side.shape;
  const other = side === shape.left ? shape.right : shape.left;
  const part = path.key.find((one) => one.column === column);
  if (part === undefined) return false;
  if (path.index.parts.some((one) => one.column === column && one.prefix !== null)) return false;
  if (part.operand.kind === "const") {
    if (!other.isConst || part.operand.cut !== undefined) return false;
    return isColumn(other) || wasColumn(other) ? hasOneType(side, other) : isExact(side);
  }
  const value = outer[part.operand.id];
  if (value === undefined) return false;
  if (isColumn(other)) return isSame(value, other) && hasOneType(side, other);
  return isExact(side) && isKept(other) && (value === other || isKept(value));
}

/** A constant's equal. Not for CHAR, whose ends are padded, nor for FLOAT, which is not exact. */
function isExact({ type }: Item): boolean {
  return (!("collation" in type) || type.kind === "varchar") && type.kind !== "float";
}

function isColumnOf(item: Item, table: JoinTable): boolean {
  return item.shape.kind === "column" && item.tables === 2 ** table.scope.position;
}

function wasColumn({ shape }: Item): boolean {
  return shape.kind === "literal" && shape.wasColumn === true;
}

function isColumn(item: Item): boolean {
  return item.shape.kind === "column";
}

function isPushable(item: Item, { path, keyRead }: ChosenAccess, table: JoinTable): boolean {
  if (
    (path.kind !== "ref" && path.kind !== "range") ||
    (path.isReverse && path.kind === "ref") ||
    keyRead ||
    path.index.clustered ||
    hasVirtualPart(path.index, table) ||
    item.eval === null ||
    hasRowList(item)
  )
    return false;
  const columns = columnsRead(item, table.scope.position);
  if (columns.length === 0) return false;
  return columns.every(
    (column) =>
      path.index.covers.includes(column) &&
      !path.index.parts.some((part) => part.column === column && part.prefix !== null),
  );
}

/** (a, b) IN ((1, 2), (3, 4)) or (a, b) < (1, 2) anywhere in it. */
function hasRowList(item: Item): boolean {
  let isFound = false;
  visitItem(item, ({ shape }) => {
    if (shape.kind === "or" && shape.isRowList === true) isFound = true;
    if (shape.kind === "other" && shape.isOfRows === true) isFound = true;
  });
  return isFound;
}

/** MySQL: TABLE::index_contains_some_virtual_gcol. */
function hasVirtualPart({ parts }: IndexInfo, { source }: JoinTable): boolean {
  if (source.kind !== "base") return false;
  const { columns } = source.table.info;
  return parts.some(({ column }) => columns[column]?.isVirtual === true);
}

/** What the engine is given to check on index entries: conditions, and of an OR the parts that all of its sides have. */
export function pushedOf(
  items: readonly Item[],
  chosen: ChosenAccess,
  table: JoinTable,
  env: EvalEnv,
): readonly Item[] {
  if (items.length === 0 || sessionSwitches(env.ctx).has("index_condition_pushdown")) return [];
  const { source } = table;
  const permits = source.kind === "base" ? source.hints.permits : null;
  if (permits !== null && "index" in chosen.path && !permits.mayPush(chosen.path.index.name))
    return [];
  return items.flatMap((item) => pushablePart(item, chosen, table, env) ?? []);
}

/** MySQL: make_cond_for_index. */
function pushablePart(
  item: Item,
  chosen: ChosenAccess,
  table: JoinTable,
  env: EvalEnv,
): Item | null {
  if (isPushable(item, chosen, table)) return item;
  const { shape } = item;
  if (shape.kind !== "and" && (shape.kind !== "or" || shape.isRowList === true)) return null;
  const parts = shape.args.flatMap((arg) => pushablePart(arg, chosen, table, env) ?? []);
  if (shape.kind === "or") return parts.length < shape.args.length ? null : orItem(parts, env);
  return parts.length === 0 ? null : andItem(parts, env);
}
