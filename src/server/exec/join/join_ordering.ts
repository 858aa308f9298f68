/**
 * ORDER BY or GROUP BY of a join by columns of its first table: an index may give the order, or the first table's rows are
 * sorted before they are joined.
 *
 * MySQL: remove_const, JOIN::test_skip_sort, test_if_cheaper_ordering.
 */
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import { inIndexOrder } from "../../optimizer/choose_access.ts";
import { chosenAccess } from "../../optimizer/join_access.ts";
import type { OrderColumn } from "../../optimizer/plan_table.ts";
import type { StepsRequest } from "./join_steps.ts";
import { isSame } from "./multiple_equality.ts";

export interface OrderedFirst {
  /** The first table's access path where it is another one than the search's. */
  readonly chosen: ChosenAccess | null;
  readonly isOrdered: boolean;
  readonly sortsFirst: boolean;
}

const UNORDERED: OrderedFirst = { chosen: null, isOrdered: false, sortsFirst: false };

/** `isSimple`: no table is joined through a buffer, which would not keep the order. */
export function orderedFirst(given: StepsRequest, isSimple: boolean): OrderedFirst {
  const { request, layout, tables, conditions, constants } = given;
  const { order, limit } = request;
  const first = layout.tables[0];
  if (order.length === 0 || first === undefined || !isSimple) return UNORDERED;
  if (first.materialized !== null) return UNORDERED;
  const { position } = first;
  const { bit } = position.table.member;
  const columns: OrderColumn[] = [];
  for (const { item, desc, isEitherWay = false } of order) {
    const equal = conditions.where.classes.find(({ columns: all }) =>
      all.some((one) => isSame(one, item)),
    );
    if ((item.tables & ~constants) === 0 || (equal !== undefined && equal.constant !== null))
      continue;
    if (item.tables !== bit) return UNORDERED;
    if (item.shape.kind !== "column") return sorted();
    const own = item.shape.column;
    if (!columns.some(({ column }) => column === own))
      columns.push({ column: own, desc, isEitherWay });
  }
  if (columns.length === 0) return { chosen: null, isOrdered: true, sortsFirst: false };
  const candidate = tables.find(({ member }) => member.bit === bit);
  if (candidate?.access === undefined || candidate.access === null) return sorted();
  const behind = layout.tables.slice(1).reduce((product, { position: { access } }) => {
    return product * access.rowsFetched * access.filterEffect;
  }, 1);
  const wanted = limit === null ? null : limit < behind ? 1 : Math.floor(limit / behind);
  const chosen = inIndexOrder(
    candidate.access,
    given.rechecked?.get(position.table.member.table)?.chosen ??
      chosenAccess(candidate.access, position.access),
    columns,
    { limit: wanted, isGroup: false },
  );
  return chosen === null ? sorted() : { chosen, isOrdered: true, sortsFirst: false };
}

function sorted(): OrderedFirst {
  return { chosen: null, isOrdered: false, sortsFirst: true };
}
