/** The sessions that have a lane. */
import { useMemo } from "react";
import { usePage } from "../../store/hooks.ts";
import { inOrder } from "../../store/script.ts";
import type { SessionName } from "../../trace/ids.ts";

/** More lanes than this are lower ones. */
export const MANY_LANES = 5;

export function useLanes(): readonly SessionName[] {
  const cards = usePage((page) => page.script.sessions);
  const timeline = usePage((page) => page.timeline);
  // Whoever has left the page is still in its history.
  return useMemo(
    () => inOrder([...cards, ...timeline.head.sessions.map(({ name }) => name)]),
    [cards, timeline],
  );
}
