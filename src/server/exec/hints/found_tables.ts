/** Which tables and keys of a block its hints find. */
import type { StatementContext } from "../../context.ts";
import type { Scope } from "../../expr/scope.ts";
import type { JoinNode, JoinTable } from "../join/join_types.ts";
import { type BlockHints, sameName } from "./block_hints.ts";
import { warnOfUnresolved } from "./unresolved.ts";

/** Once for each block, when its FROM is resolved. */
export function checkHints(
  hints: BlockHints,
  from: JoinNode | null,
  { visible }: Scope,
  ctx: Pick<StatementContext, "warn">,
): void {
  if (hints.isChecked) return;
  hints.isChecked = true;
  const tables = from === null ? [] : tablesIn(from);
  warnOfUnresolved(hints, {
    hasTable: (alias) => visible.some((table) => table.alias === alias),
    hasKey: (alias, key) =>
      tables.some(
        ({ scope, source }) =>
          scope.alias === alias &&
          source.kind === "base" &&
          source.table.info.indexes.some(({ name }) => sameName(name, key)),
      ),
    warn: (warning) => ctx.warn(warning),
  });
}

function tablesIn(node: JoinNode): readonly JoinTable[] {
  return node.kind === "table" ? [node.table] : [...tablesIn(node.left), ...tablesIn(node.right)];
}
