/**
 * A table's lines in little: where the locks lie along the whole width, and which stretch is in sight. For pictures
 * wider than their place.
 */
import type { SessionName } from "../trace/ids.ts";
import type { TablePicture } from "./index_picture.ts";

export interface Overview {
  readonly width: number;
  readonly height: number;
  /** Pixels of the overview for one of the picture. */
  readonly scale: number;
  readonly marks: readonly OverviewMark[];
}

/** All locks of a session that are granted, or all that wait: one shape, however many they are. */
export interface OverviewMark {
  readonly session: SessionName;
  readonly isWaiting: boolean;
  readonly path: string;
}

const ROW = 5;
const PADDING = 4;
const MARK_MIN = 3;

export function overview(picture: TablePicture, width: number): Overview {
  const ratio = width / picture.width;
  const lanes = picture.staffs.flatMap((staff) => staff.lanes);
  const sessions = [...new Set(lanes.map((lane) => lane.session))].sort();
  const top = (session: SessionName): number => PADDING + sessions.indexOf(session) * ROW;
  const marks = sessions.flatMap((session) =>
    [false, true].map((isWaiting): OverviewMark => {
      const path = lanes
        .filter((lane) => lane.session === session)
        .flatMap((lane) => lane.shapes)
        .filter((shape) => (shape.status === "waiting") === isWaiting)
        .map(({ box }) => barPath(box.x * ratio, top(session), box.width * ratio));
      return { session, isWaiting, path: path.join("") };
    }),
  );
  return {
    width,
    height: 2 * PADDING + Math.max(1, sessions.length) * ROW,
    scale: ratio,
    marks,
  };
}

function barPath(x: number, y: number, width: number): string {
  const across = Math.max(MARK_MIN, width).toFixed(1);
  return `M${x.toFixed(1)},${y}h${across}v${ROW - 1}h-${across}z`;
}
