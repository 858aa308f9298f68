/**
 * What a join knows about NULLs beyond the conditions written.
 *
 * MySQL: not_exists_optimize (sql/sql_optimizer.cc, sql_select.cc).
 */
import type { Item } from "../../expr/item.ts";
import type { JoinTable } from "./join_types.ts";

/** LEFT JOIN ... WHERE inner.column IS NULL, the column NOT NULL: one match is enough to drop the outer row. */
export function wantsNoMatch({ scope }: JoinTable, conditions: readonly Item[]): boolean {
  return conditions.some(({ shape }) => {
    if (shape.kind !== "isNull" || shape.negated || shape.operand.shape.kind !== "column") {
      return false;
    }
    const { column, slot } = shape.operand.shape;
    return slot === scope.slot && scope.columns[column]?.nullable === false;
  });
}
