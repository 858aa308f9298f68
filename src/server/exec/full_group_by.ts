/**
 * ONLY_FULL_GROUP_BY: a grouped query may name only what is one value per group.
 *
 * MySQL: Group_check (sql/aggregate_check.cc).
 * Departure: of functional dependencies only these are known: grouping by the expression itself, by all columns of a
 * primary or unique NOT NULL key of the column's table, and an equality with a constant in WHERE.
 */
import { mysqlError } from "../errors.ts";
import type { Binder } from "../expr/binder.ts";
import { type Item, OUTER_ROWS, partsOf } from "../expr/item.ts";
import { sqlMode } from "../types/eval_env.ts";
import type { JoinNode, JoinTable } from "./join/join_types.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type { SelectedItem } from "./select_list.ts";
import type { SortKey } from "./sort_rows.ts";

interface GroupedBlock {
  readonly from: JoinNode | null;
  readonly where: Item | null;
  readonly selected: readonly SelectedItem[];
  readonly group: readonly Item[] | null;
  readonly order: readonly SortKey[];
  readonly isRollup: boolean;
}

export function checkFullGroupBy(block: GroupedBlock, binder: Binder): void {
  if (!/ONLY_FULL_GROUP_BY/i.test(sqlMode(binder.env.ctx))) return;
  const known = knownTexts(block);
  const lists: readonly (readonly [string, readonly Item[]])[] = [
    ["SELECT list", block.selected.map(({ item }) => item)],
    // One row needs no order: MySQL has forgotten it by now (Query_block::setup_order_final).
    ["ORDER BY clause", block.group === null ? [] : block.order.map(({ item }) => item)],
  ];
  for (const [clause, items] of lists) {
    for (const [at, item] of items.entries()) {
      const column = looseColumn(item, known);
      if (column === null) continue;
      const name = column.text().replaceAll("`", "");
      throw block.group === null
        ? mysqlError("ER_MIX_OF_GROUP_FUNC_AND_FIELDS_V2", at + 1, clause, name)
        : mysqlError("ER_WRONG_FIELD_WITH_GROUP_V2", at + 1, clause, name);
    }
  }
}

/** Throws 3065: rows that DISTINCT makes one may differ in what they are to be sorted by. MySQL: Distinct_check. */
export function checkDistinctOrder(
  block: GroupedBlock & { readonly uses: readonly unknown[] },
  binder: Binder,
): void {
  const { group, uses, order, selected } = block;
  // The one row of an aggregated query needs no order.
  if (order.length === 0 || (group === null && uses.length > 0)) return;
  if (!/ONLY_FULL_GROUP_BY/i.test(sqlMode(binder.env.ctx))) return;
  const known = new Set(selected.map(({ item }) => item.text()));
  for (const [at, { item }] of order.entries()) {
    const column = looseColumn(item, known);
    if (column === null) continue;
    const name = column.text().replaceAll("`", "");
    throw mysqlError("ER_FIELD_IN_ORDER_NOT_SELECT", at + 1, "ORDER BY clause", name, "DISTINCT");
  }
}

/** Texts of expressions that have one value per group. */
function knownTexts(block: GroupedBlock): ReadonlySet<string> {
  const known = new Set((block.group ?? []).map((item) => item.text()));
  // In a row that sums over it, a key determines nothing.
  if (block.isRollup) return known;
  for (const { shape } of splitConjuncts(block.where)) {
    if (shape.kind !== "compare" || shape.op !== "=") continue;
    if (shape.right.isConst) known.add(shape.left.text());
    if (shape.left.isConst) known.add(shape.right.text());
  }
  for (const table of tablesIn(block.from)) addDetermined(table, known);
  return known;
}

function tablesIn(node: JoinNode | null): readonly JoinTable[] {
  if (node === null) return [];
  return node.kind === "table" ? [node.table] : [...tablesIn(node.left), ...tablesIn(node.right)];
}

/** A key grouped by determines its table's other columns. */
function addDetermined({ scope, source }: JoinTable, known: Set<string>): void {
  if (source.kind !== "base") return;
  const schema = scope.schema === null ? "" : `\`${scope.schema}\`.`;
  const textOf = (column: number): string =>
    `${schema}\`${scope.alias}\`.\`${scope.columns[column]?.name}\``;
  const isDetermined = source.table.info.indexes.some(
    (index) =>
      index.unique &&
      index.parts.length > 0 &&
      index.parts.every(({ column, prefix }) => {
        const isKey = prefix === null && known.has(textOf(column));
        return isKey && scope.columns[column]?.nullable === false;
      }),
  );
  if (isDetermined) for (const column of scope.columns.keys()) known.add(textOf(column));
}

/** The first column outside of aggregates that is not one value per group. */
function looseColumn(item: Item, known: ReadonlySet<string>): Item | null {
  if (item.tables === 0 || known.has(item.text())) return null;
  const { shape } = item;
  if (shape.kind === "column") return isOwn(item) ? item : null;
  if (shape.kind === "other" && shape.isAnyValue) return null;
  for (const part of partsOf(item)) {
    const found = looseColumn(part, known);
    if (found !== null) return found;
  }
  return null;
}

function isOwn(item: Item): boolean {
  return item.tables < OUTER_ROWS;
}
