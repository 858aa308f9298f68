/**
 * Rows as small boxes in the stages, in the order in which they leave: from the lower right corner on, line by line. A
 * line that is empty is taken away and the others come down, so that otherwise only those boxes move whose rows do:
 *
 *     │ 9 8 7 │   rows 1 to 3 have gone on:   │   9 8 7 │
 *     │ 6 5 4 │                               │   6 5 4 │
 *     │ 3 2 1 │
 *
 * When more rows are under way than boxes fit, a box stands for 2, 5, 10, 20 ... rows that follow one another; it is where
 * the last of them is.
 */
import { maxOf } from "../base/lists.ts";
import type { PipelineStage, RowRange, StageName } from "./pipeline.ts";

export interface RowBox {
  /** The same for the same rows at another moment. */
  readonly key: string;
  readonly stage: StageName;
  /** Rows it stands for, in the result's order. */
  readonly first: number;
  readonly last: number;
  /** In the stage's grid, from its lower right corner. */
  readonly slot: number;
  /** Behind the stage's exit: on its way out of the picture. */
  readonly isLeaving: boolean;
}

export interface RowBoxes {
  readonly rowsPerBox: number;
  readonly boxes: readonly RowBox[];
}

/** Boxes that stay for a moment after their rows are done with, to be seen leaving. */
const LEAVING = 3;

interface Grid {
  /** Boxes that fit into one stage. */
  readonly slots: number;
  readonly perLine: number;
}

export function rowBoxes(stages: readonly PipelineStage[], grid: Grid): RowBoxes {
  const rowsPerBox = stepFor(
    maxOf(
      stages.map(({ here }) => (here === null ? 0 : here[1] - here[0] + 1)),
      0,
    ),
    // The first line may have been left in part.
    Math.max(1, grid.slots - grid.perLine),
  );
  const boxes: RowBox[] = [];
  const taken = new Set<string>();
  const done = stages.at(-1)?.rows ?? 0;
  // From the program back to the server: a row that two stages hold is drawn in the library, which keeps it.
  for (const { name, here } of stages) {
    if (here === null || name === "program") continue;
    for (const box of boxesOf(here, rowsPerBox, name, grid)) {
      if (taken.has(box.key)) continue;
      taken.add(box.key);
      boxes.push(box);
    }
  }
  const program = stages.at(-1);
  if (program?.here != null) {
    for (const box of boxesOf(program.here, 1, "program", grid).slice(0, 1)) {
      boxes.push({ ...box, key: `hand-${box.first}`, slot: 0 });
    }
    if (program.bytes > 0) {
      for (const box of boxesOf(program.here, rowsPerBox, "program", grid)) {
        if (!taken.has(box.key)) boxes.push(box);
      }
    }
  }
  return { rowsPerBox, boxes: [...boxes, ...leavingBoxes(done, rowsPerBox, grid, taken)] };
}

function leavingBoxes(
  done: number,
  rowsPerBox: number,
  grid: Grid,
  taken: ReadonlySet<string>,
): readonly RowBox[] {
  const last = Math.floor(done / rowsPerBox) * rowsPerBox;
  const first = Math.max(1, last - LEAVING * rowsPerBox + 1);
  if (last < first) return [];
  return boxesOf([first, last], rowsPerBox, "program", grid)
    .filter(({ key }) => !taken.has(key))
    .map((box) => ({ ...box, isLeaving: true }));
}

function boxesOf(
  [first, last]: RowRange,
  rowsPerBox: number,
  stage: StageName,
  { perLine }: Grid,
): readonly RowBox[] {
  const boxes: RowBox[] = [];
  // A group is where its last row is; one whose last row is not here yet is counted further back.
  const firstGroup = Math.floor((first - 1) / rowsPerBox);
  const firstOfLine = firstGroup - (firstGroup % perLine);
  for (let group = firstGroup; (group + 1) * rowsPerBox <= last; group += 1) {
    boxes.push({
      key: `${rowsPerBox}-${group}`,
      stage,
      first: group * rowsPerBox + 1,
      last: (group + 1) * rowsPerBox,
      slot: group - firstOfLine,
      isLeaving: false,
    });
  }
  return boxes;
}

/** The smallest of 1, 2, 5, 10, 20, 50 ... with which so many rows make no more boxes than there are slots. */
function stepFor(rows: number, slots: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [ten, 2 * ten, 5 * ten]) if (rows / step <= slots) return step;
  }
}
