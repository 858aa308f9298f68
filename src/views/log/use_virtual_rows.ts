/** Draws only the rows of a long list that are in sight. */
import {
  type RefCallback,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import { useIsRacing } from "../shell/use_rapid_moves.ts";
import { RowHeights } from "./row_heights.ts";

const ESTIMATE_PX = 34;
/** Rows beyond those in sight on either side; none while the cursor races. */
const OVERSCAN = 4;
const FIRST_VIEW_PX = 600;
/** How often a row that was brought into sight is brought there again while heights become known. */
const SETTLE_MAX = 12;
/** Whoever has scrolled looks for something else. */
const LET_GO = -1;

/** What of the list is in sight. */
interface View {
  readonly top: number;
  readonly height: number;
  /** The box is yet to be scrolled there. */
  readonly isAimed: boolean;
}

export interface VirtualRows {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly total: number;
  /** From the first to the last row to be drawn, with their tops. */
  readonly rows: readonly { readonly row: number; readonly top: number }[];
  readonly onScroll: () => void;
  /** The ref of a drawn row; it carries `data-row`. */
  readonly measure: RefCallback<HTMLElement>;
}

/** `keep` is a row that is brought into sight whenever it changes; -1 is before the first. */
export function useVirtualRows(count: number, keep: number): VirtualRows {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef<RowHeights>(null);
  const heights = useMemo(() => new RowHeights(count, ESTIMATE_PX, latest.current), [count]);
  latest.current = heights;
  const [measured, redraw] = useReducer((n: number) => n + 1, 0);
  const [shown, setView] = useState<View>({ top: 0, height: FIRST_VIEW_PX, isAimed: false });
  const [kept, setKept] = useState({ keep, heights, measured, tries: SETTLE_MAX, isFirst: true });

  // Where the row is brought to is drawn at once, and not what is left by that.
  let view = shown;
  if (
    kept.isFirst ||
    kept.keep !== keep ||
    kept.heights !== heights ||
    kept.measured !== measured
  ) {
    const isOther = kept.isFirst || kept.keep !== keep || kept.heights !== heights;
    const left = kept.tries === LET_GO ? LET_GO : Math.max(0, kept.tries - 1);
    const tries = isOther ? SETTLE_MAX : left;
    setKept({ keep, heights, measured, tries, isFirst: false });
    if (tries > 0) view = viewWith(keep, heights, shown);
    if (view !== shown) setView(view);
  }

  // When the rows that come into sight are there: one layout for both. Its event corrects what the box would not do.
  useLayoutEffect(() => {
    if (!view.isAimed) return;
    let isOff = false;
    queueMicrotask(() => {
      if (!isOff && box.current !== null) box.current.scrollTop = view.top;
    });
    return () => {
      isOff = true;
    };
  }, [view]);
  // What is in sight is known from the last scroll or change of size: asking the layout would cost one with each step.
  const onScroll = useCallback(() => {
    const { scrollTop, clientHeight } = box.current ?? { scrollTop: 0, clientHeight: 0 };
    setView((old) =>
      old.top === scrollTop && old.height === clientHeight
        ? old
        : { top: scrollTop, height: clientHeight, isAimed: false },
    );
  }, []);

  // One for all rows: what has changed in a frame is drawn once.
  const sizes = useMemo(
    () =>
      new ResizeObserver((entries) => {
        let above = 0;
        let isGrown = false;
        for (const { target } of entries) {
          const element = target as HTMLElement;
          const row = Number(element.dataset.row);
          const isAbove = heights.top(row) < (box.current?.scrollTop ?? 0);
          const grown = heights.measure(row, element.offsetHeight);
          if (isAbove) above += grown;
          isGrown ||= grown !== 0;
        }
        if (!isGrown) return;
        if (above !== 0 && box.current !== null) box.current.scrollTop += above;
        redraw();
      }),
    [heights],
  );
  const measure = useCallback<RefCallback<HTMLElement>>(
    (element) => {
      if (element === null) return;
      sizes.observe(element);
      return () => sizes.unobserve(element);
    },
    [sizes],
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      onScroll();
      // What stood in sight by the height before, or by the first guess of it, may not stand there by this one.
      setKept((old) => (old.tries === LET_GO ? old : { ...old, tries: SETTLE_MAX }));
      redraw();
    });
    observer.observe(element);
    const letGo = (): void => {
      setKept((old) => (old.tries === LET_GO ? old : { ...old, tries: LET_GO }));
    };
    element.addEventListener("wheel", letGo, { passive: true });
    element.addEventListener("pointerdown", letGo);
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", letGo);
      element.removeEventListener("pointerdown", letGo);
    };
  }, [onScroll]);

  const overscan = useIsRacing() ? 0 : OVERSCAN;
  const first = Math.max(0, heights.rowAt(view.top) - overscan);
  const last = Math.min(count - 1, heights.rowAt(view.top + view.height) + overscan);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({
    row: first + at,
    top: heights.top(first + at),
  }));
  return { box, total: heights.total, rows, onScroll, measure };
}

/** The same view if the row is in it. Whole pixels: a box scrolls to no others, and would tell of another place. */
function viewWith(row: number, heights: RowHeights, view: View): View {
  const { top: from, height } = view;
  const top = row < 0 ? 0 : heights.top(row);
  const bottom = row < 0 ? 0 : heights.top(row + 1);
  const isAbove = top < from;
  if (!isAbove && bottom <= from + height) return view;
  const most = Math.max(0, heights.total - height);
  const wanted = Math.min(most, Math.max(0, bottom - height * (isAbove ? 0.4 : 0.85)));
  return { top: Math.round(wanted), height, isAimed: true };
}
