/** UNION, INTERSECT and EXCEPT as EXPLAIN's tree. */
import type { SetOperation } from "../../../sql/ast_query.ts";
import { estimated, node, ROW_COST, scanOf, type TreeNode } from "./tree.ts";

/** Null where it is not one UNION of plain queries. */
export function unionNode(
  { operator, quantifier }: SetOperation,
  left: TreeNode,
  right: TreeNode,
): TreeNode | null {
  if (operator !== "union") return null;
  const [a, b] = [left.estimate, right.estimate];
  const rows = (a?.rows ?? 0) + (b?.rows ?? 0);
  const cost = (a?.cost ?? 0) + (b?.cost ?? 0);
  if (quantifier === "all") {
    const parts = left.text === "Append" ? left.children : [streamed(left)];
    return node("Append", estimated(cost, rows), [...parts, streamed(right)]);
  }
  const filled = cost + ROW_COST * rows;
  const isSame = left.text.startsWith("Table scan on <union temporary>");
  const parts = isSame ? (left.children[0]?.children ?? []) : [left];
  const made = node("Union materialize with deduplication", estimated(filled, rows, filled), [
    ...parts,
    right,
  ]);
  return node("Table scan on <union temporary>", scanOf(filled, rows), [made]);
}

function streamed(part: TreeNode): TreeNode {
  return node("Stream results", part.estimate, [part]);
}
