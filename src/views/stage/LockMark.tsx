/** A lock of the index picture: its shape, its mode's letter, and whom it waits for. */
import { memo, type ReactNode } from "react";
import { HOURGLASS, type LockShape } from "../../diagrams/lock_shapes.ts";
import { Hourglass, hatchId } from "./Marks.tsx";
import { SvgButton } from "./SvgButton.tsx";

/** How far a new lock comes in from its session's lane. */
const ARRIVAL_MAX = 180;

export const LockMark = memo(function LockMark(props: {
  readonly shape: LockShape;
  readonly hatches: string;
  readonly label: string;
  readonly isSelected: boolean;
}): ReactNode {
  const { shape, hatches, isSelected } = props;
  const { box, letter, note } = shape;
  const fill = shape.mode === "S" ? `url(#${hatchId(hatches, shape.session)})` : undefined;
  const from = -Math.min(box.x, ARRIVAL_MAX);
  const at = shape.isFar ? { x: box.x, y: box.y } : { x: 0, y: 0 };
  const button = (
    <SvgButton
      className={`lock lock-${shape.kind} lock-${shape.status} lock-mode-${shape.mode}`}
      arrival="arrives"
      from={from}
      session={shape.session}
      refKeys={shape.locks.map((id) => `lock:${id}`).join(" ")}
      label={props.label}
      isPressed={isSelected}
    >
      <rect
        x={at.x - 2}
        y={at.y - 3}
        width={box.width + 4}
        height={box.height + 6}
        className="hit"
      />
      <path d={shape.path} className="halo" />
      <path d={shape.path} className="lock-shape" style={fill === undefined ? {} : { fill }} />
      {shape.kind !== "insertIntention" && letter.text !== "" && (
        <text
          x={at.x + letter.x - box.x}
          y={at.y + letter.y - box.y}
          dy="0.35em"
          textAnchor="middle"
          className="t-mark lock-letter"
        >
          {letter.text}
        </text>
      )}
      {note !== null && (
        <g className="lock-note">
          <Hourglass x={at.x + note.x - box.x - HOURGLASS} y={at.y + note.y - box.y} />
          <text x={at.x + note.x - box.x} y={at.y + note.y - box.y} dy="0.35em" className="t-label">
            {note.text}
          </text>
        </g>
      )}
    </SvgButton>
  );
  if (shape.isFar) return button;
  return (
    <g className="moves" style={{ transform: `translate(${box.x}px,${box.y}px)` }}>
      {button}
    </g>
  );
});
