/**
 * Which versions of a long chain stand on cards of their own: the first three, the last, what an open view sees, and what is
 * selected or being walked. What lies between them is one narrow column.
 *
 *     0   1   2   … 9 more …   12 (A sees it)   … 4 more …   17
 */
import type { RollPtr } from "../trace/ids.ts";
import type { Version, ViewVerdicts } from "./versions.ts";

/** What a person or a walk has asked to be seen. */
export interface ChainFolding {
  /** All of it, by hand. */
  readonly isOpen: boolean;
  /** The undo record of the version that is selected. */
  readonly selected: RollPtr | null;
  /** Depths that a walk or a read is at. */
  readonly depths: readonly number[];
  /** The read view that is walked with. */
  readonly walked: number | null;
}

export const AS_FOLDED: ChainFolding = { isOpen: false, selected: null, depths: [], walked: null };

/** Depths from the newest to the oldest that have one column. */
export interface ChainColumn {
  readonly from: number;
  readonly to: number;
  readonly isFolded: boolean;
}

/** Chains up to this length are drawn as they are. */
const WHOLE_MAX = 7;
const FIRST = 3;
/** A single card says more than a fold. */
const FOLD_MIN = 2;

export function isLongChain(versions: readonly Version[]): boolean {
  return versions.length > WHOLE_MAX;
}

export function chainColumns(
  versions: readonly Version[],
  views: readonly ViewVerdicts[],
  { isOpen, selected, depths }: ChainFolding,
): readonly ChainColumn[] {
  const isWhole = isOpen || !isLongChain(versions);
  const seen = new Set(views.flatMap(({ sees }) => (sees === null ? [] : [sees.depth])));
  const isKept = ({ depth, undo }: Version): boolean =>
    isWhole ||
    depth < FIRST ||
    depth === versions.length - 1 ||
    undo === selected ||
    seen.has(depth) ||
    depths.includes(depth);
  const columns: ChainColumn[] = [];
  for (const version of versions) {
    const { depth } = version;
    const last = columns.at(-1);
    if (isKept(version)) columns.push({ from: depth, to: depth, isFolded: false });
    else if (last?.isFolded === true) columns[columns.length - 1] = { ...last, to: depth };
    else columns.push({ from: depth, to: depth, isFolded: true });
  }
  return columns.map((column) => ({
    ...column,
    isFolded: column.isFolded && column.to - column.from + 1 >= FOLD_MIN,
  }));
}
