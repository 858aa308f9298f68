/**
 * EXPLAIN's tree: one line for each step of the execution, those it reads from indented below it.
 *
 *     -> Filter: (t.b = 2)  (cost=0.75 rows=1)
 *         -> Table scan on t  (cost=0.75 rows=5)
 *
 * MySQL: PrintQueryPlan, ExplainAccessPath (sql/join_optimizer/explain_access_path.cc).
 */

export interface Estimate {
  /** What it costs before the first row comes; null where it is not told apart. */
  readonly init: number | null;
  readonly cost: number;
  readonly rows: number;
}

export interface TreeNode {
  readonly text: string;
  readonly estimate: Estimate | null;
  readonly children: readonly TreeNode[];
  /** Subqueries of the select list: told behind the node, as deep as it is. */
  readonly beside?: readonly TreeNode[];
}

export function node(
  text: string,
  estimate: Estimate | null,
  children: readonly TreeNode[] = [],
): TreeNode {
  return { text, estimate, children };
}

export function estimated(cost: number, rows: number, init: number | null = null): Estimate {
  return { init, cost, rows };
}

/** What a row costs that is written to a temporary table or aggregated (MySQL: kAggregateOneRowCost, kUnitCostInMicroseconds). */
export const ROW_COST = 100 / 434;
const TEMPORARY_SCAN_COST = 2.5;
const TEMPORARY_SCAN_ROW_COST = 0.0125;

/** The rows of a temporary table that cost `filled` to fill. */
export function scanOf(filled: number, rows: number): Estimate {
  const scan = TEMPORARY_SCAN_COST + TEMPORARY_SCAN_ROW_COST * Math.floor(rows);
  return estimated(filled + scan, rows, filled);
}

/** Rows that are put into a temporary table, which `filling` says, and read from it. `ends`: what ends that early. */
export function throughTable(
  name: string,
  filling: string,
  source: TreeNode,
  ends: string | null = null,
): TreeNode {
  const { estimate } = source;
  const scan = `Table scan on ${name}`;
  const inside = ends === null ? source : node(ends, null, [source]);
  if (estimate === null) return node(scan, null, [node(filling, null, [inside])]);
  const filled = estimate.cost + ROW_COST * estimate.rows;
  const made = node(filling, estimated(filled, estimate.rows, filled), [inside]);
  return node(scan, scanOf(filled, estimate.rows), [made]);
}

export function treeText(root: TreeNode): string {
  return linesOf(root, 0).join("");
}

function linesOf({ text, estimate, children, beside = [] }: TreeNode, depth: number): string[] {
  const own = `${"    ".repeat(depth)}-> ${text}${estimate === null ? "" : estimateText(estimate)}\n`;
  const below = children.flatMap((child) => linesOf(child, depth + 1));
  return [own, ...below, ...beside.flatMap((one) => linesOf(one, depth))];
}

/** MySQL: the first row's cost, the whole, the rows (EstimateText). */
function estimateText({ init, cost, rows }: Estimate): string {
  const first = init === null ? cost : init + (cost - init) / Math.max(1, rows);
  const start = init === null ? "" : `${readable(first)}..`;
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
