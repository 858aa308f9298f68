/**
 * EXPLAIN's tree: one line for each step of the execution, those it reads from indented below it.
 *
 *     -> Filter: (t.b = 2)  (cost=0.75 rows=1)
 *         -> Table scan on t  (cost=0.75 rows=5)
 *
 * MySQL: PrintQueryPlan, ExplainAccessPath (sql/join_optimizer/explain_access_path.cc).
 */

export interface Estimate {
  /** What the first row costs; null where it is not told apart. */
  readonly first: number | null;
  readonly cost: number;
  readonly rows: number;
}

export interface TreeNode {
  readonly text: string;
  readonly estimate: Estimate | null;
  readonly children: readonly TreeNode[];
}

export function node(
  text: string,
  estimate: Estimate | null,
  children: readonly TreeNode[] = [],
): TreeNode {
  return { text, estimate, children };
}

export function estimated(cost: number, rows: number, first: number | null = null): Estimate {
  return { first, cost, rows };
}

export function treeText(root: TreeNode): string {
  return linesOf(root, 0).join("");
}

function linesOf({ text, estimate, children }: TreeNode, depth: number): readonly string[] {
  const own = `${"    ".repeat(depth)}-> ${text}${estimate === null ? "" : estimateText(estimate)}\n`;
  return [own, ...children.flatMap((child) => linesOf(child, depth + 1))];
}

function estimateText({ first, cost, rows }: Estimate): string {
  const start = first === null ? "" : `${readable(first)}..`;
  return `  (cost=${start}${readable(cost)} rows=${readable(rows)})`;
}

/** Three digits that count; exponents in threes. */
function readable(value: number): string {
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  if (exponent >= -3 && exponent < 6) {
    const digits = Math.max(0, 2 - exponent);
    return String(Number(value.toFixed(digits)));
  }
  const third = Math.floor(exponent / 3) * 3;
  return `${Number((value / 10 ** third).toPrecision(3))}e${third < 0 ? "" : "+"}${third}`;
}
