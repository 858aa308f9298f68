/** The bookmarks, as flags on the ruler. */
import { memo, type ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { FlagIcon } from "../shell/Icons.tsx";
import { type Sight, type TimelineScale, xOf } from "./timeline_geometry.ts";

const NONE: readonly number[] = [];

export const BookmarkFlags = memo(function BookmarkFlags(props: {
  readonly scale: TimelineScale;
  readonly sight: Sight;
}): ReactNode {
  const { scale, sight } = props;
  const bookmarks = usePage((page) => page.script.bookmarks ?? NONE);
  return bookmarks
    .map((position) => ({ position, x: xOf(scale, position) }))
    .filter(({ x }) => x >= sight.from && x <= sight.to)
    .map(({ position, x }) => (
      <span key={position} className="bookmark-flag" aria-hidden="true" style={{ left: x }}>
        <FlagIcon />
      </span>
    ));
});
