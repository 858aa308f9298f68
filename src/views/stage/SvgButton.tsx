/** Things in an SVG that can be pointed at, and named groups of them: the one place that gives SVG its roles. */
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from "react";
import type { Box } from "../../diagrams/geometry.ts";
import type { SessionName } from "../../trace/ids.ts";
import { type Arrival, useArrival } from "../shell/use_rapid_moves.ts";

export function SvgButton(props: {
  /** `refKey` of what it draws; several, separated by spaces, when it stands for several. */
  readonly refKeys: string;
  readonly label: string;
  readonly isPressed?: boolean;
  readonly className: string;
  readonly session?: SessionName | undefined;
  /** How it comes in, unless the cursor moves too fast for it. */
  readonly arrival?: Arrival;
  /** Where it comes in from, in pixels to its place. */
  readonly from?: number;
  /** In place of selecting the thing. */
  readonly onPress?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { onPress } = props;
  const arrival = useArrival(props.arrival);
  const press = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation();
    onPress?.();
  };
  const pressByKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(event);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      className={arrival === null ? props.className : `${props.className} ${arrival}`}
      style={
        props.from === undefined ? undefined : ({ "--from": `${props.from}px` } as CSSProperties)
      }
      data-session={props.session}
      data-ref={props.refKeys}
      role="button"
      aria-label={props.label}
      aria-pressed={props.isPressed}
      tabIndex={-1}
      // Hundreds have nothing of their own to do: the ground they lie on selects them.
      onClick={onPress && press}
      onKeyDown={onPress && pressByKey}
    >
      {props.children}
    </g>
  );
}

/** A thing of which a rectangle is all there is to see: from far away there are hundreds. */
export function SvgTick(props: {
  readonly refKeys: string;
  readonly label: string;
  readonly isPressed: boolean;
  readonly className: string;
  readonly session?: SessionName | undefined;
  readonly box: Box;
  readonly rx: number;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <rect
      className={`${props.className} tick`}
      {...props.box}
      rx={props.rx}
      data-session={props.session}
      data-ref={props.refKeys}
      role="button"
      aria-label={props.label}
      aria-pressed={props.isPressed}
      tabIndex={-1}
    />
  );
}

export function SvgGroup(props: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/noInteractiveElementToNoninteractiveRole: SVG has no fieldset
    <g role="group" aria-label={props.label}>
      {props.children}
    </g>
  );
}

/** A whole picture. Not an image to a screen reader, which would hide what is in it; no title, which would be a second tooltip. */
export function Picture(props: {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y: the group is named by its label
    <svg
      role="group"
      aria-label={props.label}
      width={props.width}
      height={props.height}
      className="stage-svg"
    >
      {props.children}
    </svg>
  );
}
