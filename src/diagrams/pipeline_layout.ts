/**
 * Where the stages stand in a panel of some width, and where in each of them a box of rows has its place.
 *
 *     wide:  □ □ □ □ □ □ □ □        narrow:  □ □ □ □        a stage:  title, side
 *                                            □ □ □ □                  ┌ area ────┐  boxes from the lower right
 *                                                                     └──────────┘  gauge, bytes, rows
 */
import type { Box, Point } from "./geometry.ts";
import { STAGES, type StageName } from "./pipeline.ts";
import type { RowBox } from "./row_boxes.ts";

const STAGE_GAP = 12;
const STAGE_HEIGHT = 166;
/** Of a row's box, with the space to the next one. */
const CELL = 9;
export const ROW_BOX = 7;
const AREA_TOP = 40;
const AREA_HEIGHT = 7 * CELL;
const AREA_SIDE = 8;
const WIDE = 820;
const MIDDLING = 400;

export interface PipelineLayout {
  readonly columns: number;
  readonly height: number;
  /** Boxes that fit into one stage. */
  readonly slots: number;
  readonly perLine: number;
  readonly stages: Readonly<Record<StageName, Box>>;
  /** Where a stage's boxes are. */
  readonly areas: Readonly<Record<StageName, Box>>;
}

export function pipelineLayout(width: number): PipelineLayout {
  const columns = width >= WIDE ? STAGES.length : width >= MIDDLING ? STAGES.length / 2 : 3;
  const stageWidth = Math.max(CELL * 3, (width - STAGE_GAP * (columns - 1)) / columns);
  const perLine = Math.max(1, Math.floor((stageWidth - 2 * AREA_SIDE) / CELL));
  const stages = {} as Record<StageName, Box>;
  const areas = {} as Record<StageName, Box>;
  for (const [at, name] of STAGES.entries()) {
    const x = (at % columns) * (stageWidth + STAGE_GAP);
    const y = Math.floor(at / columns) * (STAGE_HEIGHT + STAGE_GAP);
    stages[name] = { x, y, width: stageWidth, height: STAGE_HEIGHT };
    const areaWidth = perLine * CELL;
    areas[name] = {
      x: x + (stageWidth - areaWidth) / 2,
      y: y + AREA_TOP,
      width: areaWidth,
      height: AREA_HEIGHT,
    };
  }
  const lines = Math.ceil(STAGES.length / columns);
  return {
    columns,
    height: lines * STAGE_HEIGHT + (lines - 1) * STAGE_GAP,
    slots: perLine * Math.floor(AREA_HEIGHT / CELL),
    perLine,
    stages,
    areas,
  };
}

/** The upper left corner of a box. */
export function placeOf(box: RowBox, { areas, perLine }: PipelineLayout): Point {
  const area = areas[box.stage];
  const column = box.slot % perLine;
  const line = Math.floor(box.slot / perLine);
  const x = area.x + area.width - (column + 1) * CELL;
  const y = area.y + area.height - (line + 1) * CELL;
  return { x: box.isLeaving ? area.x + area.width + AREA_SIDE : x, y: Math.max(area.y, y) };
}

/** Where rows come from: the engine's exit. */
export function originOfRows({ areas }: PipelineLayout): Point {
  const { x, y, width, height } = areas.engine;
  return { x: x + width - CELL, y: y + height / 2 };
}
