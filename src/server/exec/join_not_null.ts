/**
 * What a join knows about NULLs beyond the conditions written.
 *
 * MySQL: add_not_null_conds, not_exists_optimize (sql/sql_optimizer.cc, sql_select.cc).
 */
import { type Item, OUTER_ROWS } from "../expr/item.ts";
import { isNullItem } from "../expr/logic.ts";
import type { JoinStep } from "./join_types.ts";

/** A row whose column is the key of a later lookup by `=` can go at once when it is NULL. Changes `steps` in place. */
export function addNotNull(steps: JoinStep[]): void {
  for (const later of steps) {
    if (later.leftJoin !== null) continue;
    for (const column of lookupColumns(later)) {
      const at = steps.findIndex(({ table }) => 2 ** table.scope.position === column.tables);
      const step = steps[at];
      if (step === undefined || step.leftJoin !== null) continue;
      steps[at] = { ...step, conditions: [...step.conditions, isNullItem(column, true)] };
    }
  }
}

function lookupColumns({ chosen: { path }, outer }: JoinStep): readonly Item[] {
  if (path.kind !== "ref" || path.orNull) return [];
  return path.key.flatMap(({ operand, rejectsNull }) => {
    const item = operand.kind === "outer" ? outer[operand.id] : undefined;
    const isColumn = item?.shape.kind === "column" && item.tables !== OUTER_ROWS;
    return item !== undefined && isColumn && item.nullable && rejectsNull ? [item] : [];
  });
}

/** LEFT JOIN ... WHERE inner.column IS NULL, the column NOT NULL: one match is enough to drop the outer row. */
export function wantsNoMatch({ table, conditions }: JoinStep): boolean {
  return conditions.some(({ shape }) => {
    if (shape.kind !== "isNull" || shape.negated || shape.operand.shape.kind !== "column") {
      return false;
    }
    const { column, slot } = shape.operand.shape;
    return slot === table.scope.slot && table.scope.columns[column]?.nullable === false;
  });
}
