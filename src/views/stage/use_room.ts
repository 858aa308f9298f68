/** The height of what an element scrolls in, in whole pixels: how much can be seen at once. 0 before the first layout, and where nothing scrolls. */
import { type RefObject, useLayoutEffect, useState } from "react";

const SCROLLER = ".panel-body, .tabs-panel, .gallery-case";

export function useRoom(element: RefObject<Element | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const scroller = element.current?.closest(SCROLLER) ?? null;
    if (scroller === null) return;
    const measure = (): void => setHeight(Math.floor(scroller.clientHeight));
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return height;
}
