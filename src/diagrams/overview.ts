/**
 * A table's lines in little: where the locks lie along the whole width, and which stretch is in sight. For pictures
 * wider than their place.
 */
import type { SessionName } from "../trace/ids.ts";
import type { Box } from "./geometry.ts";
import type { TablePicture } from "./index_picture.ts";

export interface Overview {
  readonly width: number;
  readonly height: number;
  /** Pixels of the overview for one of the picture. */
  readonly scale: number;
  readonly marks: readonly OverviewMark[];
}

export interface OverviewMark {
  readonly id: number;
  readonly session: SessionName;
  readonly isWaiting: boolean;
  readonly box: Box;
}

const ROW = 5;
const PADDING = 4;
const MARK_MIN = 3;

export function overview(picture: TablePicture, width: number): Overview {
  const ratio = width / picture.width;
  const lanes = picture.staffs.flatMap((staff) => staff.lanes);
  const sessions = [...new Set(lanes.map((lane) => lane.session))].sort();
  const marks = lanes.flatMap((lane) =>
    lane.shapes.map((shape): OverviewMark => {
      const y = PADDING + sessions.indexOf(lane.session) * ROW;
      const markWidth = Math.max(MARK_MIN, shape.box.width * ratio);
      return {
        id: shape.id,
        session: lane.session,
        isWaiting: shape.status === "waiting",
        box: { x: shape.box.x * ratio, y, width: markWidth, height: ROW - 1 },
      };
    }),
  );
  return {
    width,
    height: 2 * PADDING + Math.max(1, sessions.length) * ROW,
    scale: ratio,
    marks,
  };
}
