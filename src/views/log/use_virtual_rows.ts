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
  const settling = useRef(0);
  const [view, setView] = useState({ top: 0, height: FIRST_VIEW_PX });

  /** Where the box is about to be scrolled to; null when nowhere else. */
  const aim = useRef<number | null>(null);
  const onScroll = useCallback(() => {
    const { scrollTop, clientHeight } = box.current ?? { scrollTop: 0, clientHeight: 0 };
    setView((old) =>
      old.top === scrollTop && old.height === clientHeight
        ? old
        : { top: scrollTop, height: clientHeight },
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
    let isFirst = true;
    const observer = new ResizeObserver(() => {
      onScroll();
      // What stood in sight by the first guess of the height may not stand there by the true one.
      if (isFirst) redraw();
      isFirst = false;
    });
    observer.observe(element);
    // Whoever scrolls by hand looks for something else.
    const letGo = (): void => {
      settling.current = 0;
    };
    element.addEventListener("wheel", letGo, { passive: true });
    element.addEventListener("pointerdown", letGo);
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", letGo);
      element.removeEventListener("pointerdown", letGo);
    };
  }, [onScroll]);

  // What is in sight is known from the last scroll or change of size: asking the layout would cost one with each step.
  const seen = useRef(view);
  seen.current = view;
  const bringIntoSight = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const { top: from, height } = seen.current;
    const top = keep < 0 ? 0 : heights.top(keep);
    const bottom = keep < 0 ? 0 : heights.top(keep + 1);
    const isAbove = top < from;
    if (!isAbove && bottom <= from + height) return;
    const most = Math.max(0, heights.total - height);
    const wanted = Math.min(most, Math.max(0, bottom - height * (isAbove ? 0.4 : 0.85)));
    setView({ top: wanted, height });
    // When the rows that come into sight are there: one layout for both. Its event corrects what the box would not do.
    if (aim.current === null) {
      queueMicrotask(() => {
        element.scrollTop = aim.current ?? element.scrollTop;
        aim.current = null;
      });
    }
    aim.current = wanted;
  }, [keep, heights]);

  useLayoutEffect(() => {
    settling.current = SETTLE_MAX;
    bringIntoSight();
  }, [bringIntoSight]);

  useLayoutEffect(() => {
    if (measured === 0 || settling.current === 0) return;
    settling.current -= 1;
    bringIntoSight();
  }, [measured, bringIntoSight]);

  const overscan = useIsRacing() ? 0 : OVERSCAN;
  const first = Math.max(0, heights.rowAt(view.top) - overscan);
  const last = Math.min(count - 1, heights.rowAt(view.top + view.height) + overscan);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({
    row: first + at,
    top: heights.top(first + at),
  }));
  return { box, total: heights.total, rows, onScroll, measure };
}
