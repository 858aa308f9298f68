/** A table of a join as `predicateOf` wants it. */
import type { JoinRequest, JoinTable } from "./join/join_types.ts";
import type { PredicateTable } from "./predicate_of.ts";

/** Null for a table whose rows are made. */
export function predicateTable(
  { known, env }: Pick<JoinRequest, "known" | "env">,
  { source, scope }: JoinTable,
): PredicateTable | null {
  if (source.kind === "rows") return null;
  return { position: scope.position, known, columns: source.table.columns, env, outer: [] };
}
