/** Small marks that pictures and tables share: a session's badge, the hourglass of a wait, tick and cross, hatching. */
import type { ReactNode } from "react";
import type { SessionName } from "../../trace/ids.ts";

const BADGE = 18;

/** The session's letter on its colour; (x, y) is its middle. */
export function SessionBadge(props: {
  readonly session: SessionName;
  readonly x: number;
  readonly y: number;
  /** In rows of text. */
  readonly isSmall?: boolean;
}): ReactNode {
  const { session, x, y } = props;
  const height = props.isSmall === true ? BADGE - 3 : BADGE;
  const width = Math.max(BADGE, session.length * 8 + 8);
  return (
    <g data-session={session} transform={`translate(${x},${y})`}>
      <rect
        x={-width / 2}
        y={-height / 2}
        width={width}
        height={height}
        rx="4"
        className="session-fill"
      />
      <text className="t-label t-on session-on" textAnchor="middle" dy="0.35em">
        {session}
      </text>
    </g>
  );
}

/** The same badge in a line of text. */
export function SessionChip(props: { readonly session: SessionName }): ReactNode {
  return (
    <span className="session-chip" data-session={props.session}>
      {props.session}
    </span>
  );
}

/** The mark of waiting; (x, y) is its left middle. */
export function Hourglass(props: { readonly x: number; readonly y: number }): ReactNode {
  return (
    <path
      className="hourglass"
      transform={`translate(${props.x},${props.y - 6})`}
      d="M1,0H9M1,12H9M2,0C2,4 5,5 5,6C5,7 2,8 2,12M8,0C8,4 5,5 5,6C5,7 8,8 8,12M3.4,10.6H6.6"
    />
  );
}

/** The same mark in a line of text. */
export function HourglassIcon(): ReactNode {
  return (
    <svg width="10" height="13" aria-hidden="true">
      <Hourglass x={0} y={6.5} />
    </svg>
  );
}

/** Visible or not; (x, y) is its middle. */
export function Verdict(props: {
  readonly x: number;
  readonly y: number;
  readonly visible: boolean;
}): ReactNode {
  return (
    <path
      className={props.visible ? "mark-tick" : "mark-cross"}
      transform={`translate(${props.x},${props.y})`}
      d={props.visible ? "M-5,0.5L-1.5,4L5,-4" : "M-4,-4L4,4M4,-4L-4,4"}
    />
  );
}

/** Hatching in each session's colour; `id` keeps pictures on one page apart. */
export function Hatches(props: {
  readonly id: string;
  readonly sessions: readonly SessionName[];
}): ReactNode {
  return (
    <defs>
      {props.sessions.map((session) => (
        <pattern
          key={session}
          id={hatchId(props.id, session)}
          data-session={session}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" className="hatch-ground" />
          <rect width="1.3" height="4" className="session-fill" />
        </pattern>
      ))}
    </defs>
  );
}

export function hatchId(id: string, session: SessionName): string {
  return `${id}-hatch-${session}`;
}

/** Before what can be folded to a line: points at it, or down when it is open. */
export function FoldMark({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" className="fold-mark" aria-hidden="true">
      <path d={isOpen ? "M2.5,4.5L6,8L9.5,4.5" : "M4.5,2.5L8,6L4.5,9.5"} />
    </svg>
  );
}
