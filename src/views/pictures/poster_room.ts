/**
 * A room off the screen in which posters are laid out by a React root of its own, so that a picture of any moment, in any
 * language and colours, leaves the page as it is.
 */
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { htmlToSvg, type SvgPicture } from "./html_to_svg.ts";
import { Poster, type PosterView } from "./Poster.tsx";

export interface PosterRoom {
  /** Lays a view out; its size as it needs it. */
  measure(view: PosterView): { readonly width: number; readonly height: number };
  /** The view as a picture, at least as high as said. */
  picture(view: PosterView, heightMin?: number): SvgPicture;
  close(): void;
}

/** A drawing may be wider than the poster was to be; then it is laid out again with more room. */
const WIDENINGS = 2;
const WIDTH_MAX = 6_000;

export function openPosterRoom(): PosterRoom {
  const place = document.createElement("div");
  place.className = "poster-room";
  place.setAttribute("aria-hidden", "true");
  place.inert = true;
  document.body.append(place);
  const root = createRoot(place);
  const layOut = (view: PosterView): HTMLElement => {
    let width = view.width;
    for (let again = 0; ; again += 1) {
      const wanted = width;
      flushSync(() => root.render(createElement(Poster, { view: { ...view, width: wanted } })));
      const poster = place.firstElementChild;
      if (!(poster instanceof HTMLElement)) throw new Error("no poster");
      const needed = Math.min(WIDTH_MAX, neededWidth(poster));
      if (needed <= width + 1 || again === WIDENINGS) return poster;
      width = needed;
    }
  };
  return {
    measure(view) {
      place.style.setProperty("--poster-height", "0");
      const { width, height } = layOut(view).getBoundingClientRect();
      return { width: Math.ceil(width), height: Math.ceil(height) };
    },
    picture(view, heightMin = 0) {
      place.style.setProperty("--poster-height", `${heightMin}px`);
      return htmlToSvg(layOut(view), view.title);
    },
    close() {
      root.unmount();
      place.remove();
    },
  };
}

/** The width at which nothing sticks out to the right. */
function neededWidth(poster: HTMLElement): number {
  const edge = poster.getBoundingClientRect();
  let over = 0;
  for (const drawing of poster.querySelectorAll("svg.stage-svg, table")) {
    const frame = drawing.closest(".poster-part")?.getBoundingClientRect();
    if (frame !== undefined)
      over = Math.max(over, drawing.getBoundingClientRect().right + 8 - frame.right);
  }
  return Math.ceil(edge.width + over);
}
