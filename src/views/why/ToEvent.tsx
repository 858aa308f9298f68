/** Leads to the place right behind an event; nothing for one of the set-up, which is before the story's beginning. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { storyStart } from "../../trace/timeline.ts";

export function ToEvent(props: {
  /** The event's place in the trace; null: there is none to go to. */
  readonly seq: number | null;
  /** What the button says of the event's number in the story, which begins with 1. */
  readonly says: (number: number) => string;
  /** Nothing when the cursor stands there already. */
  readonly isElsewhere?: boolean;
}): ReactNode {
  const { seq, says, isElsewhere = false } = props;
  const seek = usePage((page) => page.seek);
  const start = usePage((page) => storyStart(page.timeline));
  const isHere = usePage((page) => page.position - 1 === seq);
  if (seq === null || seq < start || (isElsewhere && isHere)) return null;
  return (
    <button
      type="button"
      className="stage-button"
      data-ref={`event:${seq}`}
      onClick={(press) => {
        // The click is not on the panel, which would take the selection away.
        press.stopPropagation();
        seek(seq + 1);
      }}
    >
      {says(seq - start + 1)}
    </button>
  );
}
