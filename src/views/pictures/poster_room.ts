/**
 * A room off the screen in which posters are laid out by a React root of its own, so that a picture of any moment, in any
 * language and colours, leaves the page as it is.
 */
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { htmlToSvg, type SvgPicture } from "./html_to_svg.ts";
import { type Nearness, Poster, type PosterView } from "./Poster.tsx";

export interface PosterRoom {
  /** Lays a view out; its size as it needs it. */
  measure(view: PosterView): { readonly width: number; readonly height: number };
  /** The view as a picture of its width, laid out at least as high as said. */
  picture(view: PosterView, heightMin?: number): SvgPicture;
  close(): void;
}

/**
 * A drawing may be wider than its place: then the parts stand below one another, then each index line is looked at from
 * as far away as it takes, then the poster is laid out wider, up to so many pixels or times, and made smaller in the picture, which
 * has the width that was asked for. What is wider still is cut where the page would scroll, scrolled to where something
 * happens.
 */
const WIDE_ENOUGH = 1_400;
const WIDER_MAX = 1.35;
/** Index lines that need no more than this many times the width keep their nearness. */
const NEAR_MAX = 1.25;
/** From here on two parts stand beside each other. */
const TWO_COLUMNS = 900;

export function openPosterRoom(): PosterRoom {
  const place = document.createElement("div");
  place.className = "poster-room";
  place.setAttribute("aria-hidden", "true");
  place.inert = true;
  document.body.append(place);
  const root = createRoot(place);
  const drawn = (
    view: PosterView,
    width: number,
    columns: 1 | 2,
    nearness: Nearness = null,
  ): HTMLElement => {
    const shown = { ...view, width };
    // Laid out otherwise it is another poster: what has measured its place measures it again only after a frame.
    const key = `${width} ${columns} ${nearness}`;
    flushSync(() => root.render(createElement(Poster, { key, view: shown, columns, nearness })));
    const poster = place.firstElementChild;
    if (!(poster instanceof HTMLElement)) throw new Error("no poster");
    return poster;
  };
  const layOut = (view: PosterView): HTMLElement => {
    const { width } = view;
    const isWide = width >= TWO_COLUMNS;
    const first = drawn(view, width, isWide ? 2 : 1);
    if (overhang(first) <= 1) return first;
    const below = isWide ? drawn(view, width, 1) : first;
    if (overhang(below) <= 1) return below;
    const isNear = overhang(below, INDEX) <= width * (NEAR_MAX - 1);
    const nearness = isNear ? null : "fitting";
    const over = overhang(drawn(view, width, 1, nearness));
    const most = Math.max(WIDE_ENOUGH, width * WIDER_MAX);
    return drawn(view, Math.ceil(Math.min(width + over, most)), 1, nearness);
  };
  return {
    measure(view) {
      place.style.setProperty("--poster-height", "0");
      const { width, height } = layOut(view).getBoundingClientRect();
      return { width: Math.ceil(width), height: Math.ceil(height) };
    },
    picture(view, heightMin = 0) {
      place.style.setProperty("--poster-height", `${heightMin}px`);
      return htmlToSvg(layOut(view), view.title, view.width);
    },
    close() {
      root.unmount();
      place.remove();
    },
  };
}

const INDEX = '.poster-part[data-part="index"]';

/** So far does something stick out of its part to the right. */
function overhang(poster: HTMLElement, part = ".poster-part"): number {
  let over = 0;
  const drawings = [...poster.querySelectorAll("svg.stage-svg, svg.stage-svg text, table")];
  for (const drawing of drawings.filter((one) => one.closest(part) !== null)) {
    const frame = drawing.closest(".stage-scroll, .poster-part")?.getBoundingClientRect();
    if (frame === undefined) continue;
    over = Math.max(over, drawing.getBoundingClientRect().right + 4 - frame.right);
  }
  return Math.ceil(over);
}
