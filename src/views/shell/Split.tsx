/**
 * Panes with a bar between them that can be dragged, or moved with the keys of WAI-ARIA's window splitter; a double click gives
 * the panes their first sizes again. Sizes are remembered by name.
 *
 * Our own, in place of a package: those that are kept well weigh 4 to 16 KB, wait for a measurement before they draw what is in
 * the panes, or speak English to a screen reader; and the first picture waits for them.
 */
import {
  Fragment,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import { usePage } from "../../store/hooks.ts";
import { type Layout, layoutOf, type PaneSize, withBarMoved } from "./pane_sizes.ts";

export interface Pane extends PaneSize {
  readonly content: ReactNode;
  /** The name of the bar before it; the first pane has none. */
  readonly bar?: string;
}

type Orientation = "horizontal" | "vertical";

/** A bar in somebody's hand; it is told how many pixels it is away from where it was. */
interface Grip {
  readonly hold: (by: number) => void;
  readonly release: (by: number) => void;
}

const KEY_PX = 40;
const BACK = { horizontal: "ArrowLeft", vertical: "ArrowUp" };
const FORTH = { horizontal: "ArrowRight", vertical: "ArrowDown" };

export function Split(props: {
  readonly name: string;
  readonly orientation: Orientation;
  readonly panes: readonly Pane[];
}): ReactNode {
  const { name, orientation, panes } = props;
  const layouts = usePage((page) => page.preferences.layouts);
  const prefer = usePage((page) => page.prefer);
  const [held, setHeld] = useState<Layout | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const layout = held ?? layoutOf(panes, layouts[name]);
  const { [name]: _, ...others } = layouts;
  const keep = (layout: Layout): void => prefer({ layouts: { ...others, [name]: layout } });
  const grab = (bar: number): Grip => {
    const pixels = pixelsOf(group.current, orientation);
    const movedBy = (by: number): Layout => withBarMoved(panes, pixels, bar, by);
    return {
      hold: (by) => setHeld(movedBy(by)),
      release: (by) => {
        setHeld(null);
        if (by !== 0) keep(movedBy(by));
      },
    };
  };
  return (
    <div ref={group} className="split" data-orientation={orientation}>
      {panes.map((pane, at) => (
        <Fragment key={pane.id}>
          {pane.bar !== undefined && (
            <Bar
              label={pane.bar}
              orientation={orientation}
              share={layout[panes[at - 1]?.id ?? ""] ?? 0}
              grab={() => grab(at)}
              onReset={() => prefer({ layouts: others })}
            />
          )}
          <div className="split-pane" style={styleOf(pane, orientation, layout[pane.id] ?? 0)}>
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function Bar(props: {
  readonly label: string;
  readonly orientation: Orientation;
  /** Of the pane before it, per cent. */
  readonly share: number;
  readonly grab: () => Grip;
  readonly onReset: () => void;
}): ReactNode {
  const { label, orientation, share, grab, onReset } = props;
  const drag = useRef<{ readonly from: number; readonly grip: Grip } | null>(null);
  const placeOf = (event: PointerEvent): number =>
    orientation === "horizontal" ? event.clientX : event.clientY;
  const release = (event: PointerEvent): void => {
    const held = drag.current;
    drag.current = null;
    held?.grip.release(event.type === "pointerup" ? placeOf(event) - held.from : 0);
  };
  const press = (event: KeyboardEvent): void => {
    const way = wayOf(event.key, orientation);
    if (way === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    grab().release(way);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> is no control; a separator that can be focused is one.
    <div
      role="separator"
      className="split-bar"
      data-orientation={orientation}
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation === "horizontal" ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(share)}
      aria-valuemin={0}
      aria-valuemax={100}
      onKeyDown={press}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: placeOf(event), grip: grab() };
      }}
      onPointerMove={(event) => {
        drag.current?.grip.hold(placeOf(event) - drag.current.from);
      }}
      onPointerUp={release}
      onPointerCancel={release}
    />
  );
}

/** In pixels; null for a key that is none of the bar's. */
function wayOf(key: string, orientation: Orientation): number | null {
  switch (key) {
    case BACK[orientation]:
      return -KEY_PX;
    case FORTH[orientation]:
      return KEY_PX;
    case "Home":
      return Number.MIN_SAFE_INTEGER;
    case "End":
      return Number.MAX_SAFE_INTEGER;
    default:
      return null;
  }
}

function pixelsOf(group: HTMLElement | null, orientation: Orientation): readonly number[] {
  const panes = [...(group?.children ?? [])].filter((one) => one.className === "split-pane");
  return panes.map((pane) => {
    const { width, height } = pane.getBoundingClientRect();
    return orientation === "horizontal" ? width : height;
  });
}

function styleOf(pane: Pane, orientation: Orientation, share: number) {
  const min = orientation === "horizontal" ? { minWidth: pane.min } : { minHeight: pane.min };
  return { flex: `${share} 1 0px`, ...min };
}
