/**
 * GROUP BY, HAVING and ORDER BY: they may name select items by alias or by position.
 *
 * MySQL: find_order_in_list, setup_group, resolve_ref_in_select_and_group (sql/sql_resolver.cc, sql/item.cc).
 */
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import type { OrderItem } from "../../sql/ast_query.ts";
import { mysqlError } from "../errors.ts";
import { bindCondition, bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import type { Item } from "../expr/item.ts";
import { type Clause, findColumn, referenceText } from "../expr/scope.ts";
import { isSame } from "./join/multiple_equality.ts";
import type { SelectedItem } from "./select_list.ts";
import type { SortKey } from "./sort_rows.ts";

/** Whether an expression holds a call of a window function. */
interface WindowCalls {
  readonly isIn: (item: Item) => boolean;
}

export function bindGroupBy(
  nodes: readonly Expression[],
  selected: readonly SelectedItem[],
  binder: Binder,
  windowed: WindowCalls | null,
): Item[] {
  return nodes.map((node) => {
    const item = byPosition(node, selected, "group statement") ?? groupItem(node, selected, binder);
    const aggregated = selected.find(
      (known) => known.item === item && (known.isAggregated || windowed?.isIn(item)),
    );
    if (aggregated !== undefined) throw mysqlError("ER_WRONG_GROUP_FIELD", aggregated.name);
    return item;
  });
}

/** A name in GROUP BY is a column first, an alias second. */
function groupItem(node: Expression, selected: readonly SelectedItem[], binder: Binder): Item {
  const bare: Binder = {
    ...binder,
    alias: (reference) => {
      const { database } = binder.env.ctx;
      const column = findColumn(binder.scope, reference, binder.clause, database);
      return column ?? aliased(reference, selected, binder.clause);
    },
  };
  return bindExpression(node, bare);
}

/** A name in HAVING is a select item or a grouping column; only inside an aggregate any column of FROM. */
export function bindHaving(
  node: Expression,
  selected: readonly SelectedItem[],
  group: readonly Item[] | null,
  binder: Binder,
  windowed: WindowCalls | null,
): Item {
  const clause: Clause = "having clause";
  const having: Binder = {
    ...binder,
    clause,
    alias: (reference) => {
      const alias = aliased(reference, selected, clause);
      if (alias !== null && windowed?.isIn(alias)) {
        throw mysqlError("ER_WINDOW_INVALID_WINDOW_FUNC_ALIAS_USE", reference.name.text);
      }
      if (alias !== null) return alias;
      const column = findColumn(binder.scope, reference, clause, binder.env.ctx.database);
      if (column === null) return null;
      const isKnown = [...selected.map(({ item }) => item), ...(group ?? [])].some(
        (item) => item.text() === column.text(),
      );
      if (!isKnown) throw mysqlError("ER_BAD_FIELD_ERROR", referenceText(reference), clause);
      return column;
    },
  };
  return bindCondition(node, having);
}

/**
 * A name in ORDER BY is a select item first, a column of FROM second. The same column once more orders nothing (MySQL:
 * duplicate_order).
 */
export function bindOrderBy(
  nodes: readonly OrderItem[],
  selected: readonly SelectedItem[],
  binder: Binder,
): SortKey[] {
  const clause: Clause = "order clause";
  const ordering: Binder = {
    ...binder,
    clause,
    alias: (reference) => aliased(reference, selected, clause),
  };
  const keys = nodes.map(({ expression, direction }) => ({
    item: byPosition(expression, selected, clause) ?? bindExpression(expression, ordering),
    desc: direction === "desc",
  }));
  return keys.filter(({ item }, at) => !keys.slice(0, at).some((one) => isSame(one.item, item)));
}

function byPosition(
  node: Expression,
  selected: readonly SelectedItem[],
  clause: Clause,
): Item | null {
  if (node.kind !== "integer") return null;
  const found = selected[Number(node.text) - 1];
  if (found === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", node.text, clause);
  return found.item;
}

/**
 * The select item of that name: the first expression, else the column; 1052 when two different columns before it have it.
 * MySQL: find_item_in_list.
 */
function aliased(
  reference: ColumnReference,
  selected: readonly SelectedItem[],
  clause: Clause,
): Item | null {
  if (reference.table !== null) return null;
  const wanted = reference.name.text.toLowerCase();
  let found: Item | null = null;
  for (const { item, name } of selected) {
    if (name.toLowerCase() !== wanted) continue;
    if (item.shape.kind !== "column") return item;
    if (found !== null && item !== found && item.text() !== found.text()) {
      throw mysqlError("ER_NON_UNIQ_ERROR", referenceText(reference), clause);
    }
    found = item;
  }
  return found;
}
