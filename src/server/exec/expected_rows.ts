/** A guess of how many rows a block gives, for the join that it becomes a part of. MySQL: estimated_rowcount. */
import type { Item } from "../expr/item.ts";
import type { JoinNode } from "./join/join_types.ts";

const FILTERED = 1 / 3;
const ROWS_MAX = 1e9;

export function expectedRows(from: JoinNode | null, where: Item | null): number {
  const rows = from === null ? 1 : rowsOf(from);
  return Math.min(ROWS_MAX, Math.max(1, where === null ? rows : rows * FILTERED));
}

function rowsOf(node: JoinNode): number {
  if (node.kind === "join") {
    const [left, right] = [rowsOf(node.left), rowsOf(node.right)];
    return node.on === null ? left * right : Math.max(left, right);
  }
  const { source } = node.table;
  return source.kind === "rows" ? source.estimate : Math.max(1, source.table.stats().rows);
}
