/**
 * The targets of a multi-table UPDATE or DELETE whose rows change while the join still reads: the tables that are read
 * first, where a change cannot bring a row up again.
 *
 * MySQL: GetImmediateDeleteTables (sql_delete.cc), safe_update_on_fly (sql_update.cc).
 */
import { type Item, partsOf } from "../../expr/item.ts";
import type { JoinPlan, JoinStep, JoinTable } from "../join/join_types.ts";
import type { Target } from "./resolve_multi.ts";

/** DELETE: the constant tables and the first one after them. */
export function deletedAtOnce(plan: JoinPlan, targets: readonly Target[]): ReadonlySet<Target> {
  const tables = tablesOf(plan);
  if (targets.some((target) => isReadTwice(target, tables))) return new Set();
  const first = plan.steps[0];
  const candidates = [...plan.constants, ...(first?.made === null ? [first] : [])];
  return new Set(targets.filter(({ joinTable }) => candidates.some((s) => s.table === joinTable)));
}

/** UPDATE: the first table alone. */
export function updatedAtOnce(
  plan: JoinPlan,
  targets: readonly Target[],
  assigned: ReadonlyMap<Target, ReadonlySet<number>>,
): ReadonlySet<Target> {
  const [first, ...others] = [...plan.constants, ...plan.steps];
  const target = targets.find(({ joinTable }) => joinTable === first?.table);
  if (first === undefined || first.made !== null || target === undefined) return new Set();
  const written = assigned.get(target) ?? new Set();
  if (isReadTwice(target, tablesOf(plan))) return new Set();
  if (targets.length > 1 && decidesOthers(first.table, others, written)) return new Set();
  return isSafeOnTheFly(first, target, written) ? new Set([target]) : new Set();
}

function isSafeOnTheFly(
  { chosen: { path } }: JoinStep,
  { table }: Target,
  written: ReadonlySet<number>,
): boolean {
  const uses = (parts: readonly { readonly column: number }[]) =>
    parts.some(({ column }) => written.has(column));
  const clustered = table.info.indexes.find((index) => index.clustered);
  const movesRow = uses(clustered?.parts ?? []);
  switch (path.kind) {
    case "const":
    case "system":
      return true;
    case "ref":
      return (path.isUnique && !path.orNull) || (!uses(path.index.parts) && !movesRow);
    case "range":
      return !uses(path.index.parts) && !movesRow;
    case "merge":
      return false;
    case "all":
    case "index":
      return !movesRow;
    case "none":
    case "made":
    case "loose":
    case "skip":
      return false;
  }
}

/** MySQL: unique_table: the table stands in FROM under another name too. */
function isReadTwice({ joinTable, table }: Target, tables: readonly JoinTable[]): boolean {
  return tables.some(
    (other) =>
      other !== joinTable &&
      other.source.kind === "base" &&
      other.source.table.info.id === table.info.id,
  );
}

/** MySQL: CollectColumnsReferencedInJoinConditions: values that other tables' rows are chosen by. */
function decidesOthers(
  { scope }: JoinTable,
  others: readonly JoinStep[],
  written: ReadonlySet<number>,
): boolean {
  const reads = (item: Item): boolean => {
    const { shape } = item;
    if (shape.kind === "column") return shape.slot === scope.slot && written.has(shape.column);
    return partsOf(item).some(reads);
  };
  return others.some(
    ({ pushed, conditions, outer }, at) =>
      [...pushed, ...conditions].some(reads) || (at > 0 && outer.some(reads)),
  );
}

function tablesOf({ constants, steps }: JoinPlan): readonly JoinTable[] {
  return [...constants, ...steps].flatMap((step) =>
    step.made === null ? [step.table] : step.made.steps.map(({ table }) => table),
  );
}
