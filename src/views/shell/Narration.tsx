/** The sentence about the event at the cursor; spoken by screen readers too; and where in time we are. */
import { type ReactNode, useMemo } from "react";
import { useIsLongAtWork, useLanguage, useLeadingPage, usePage } from "../../store/hooks.ts";
import { explain } from "../../trace/explain.ts";
import { toldAt } from "../../trace/outcomes.ts";
import { eventsBetween, passedOver, storyStart } from "../../trace/timeline.ts";
import { useText } from "../text/use_text.ts";
import { StopIcon } from "./Icons.tsx";

export function Narration(props: {
  /** At the right end. */
  readonly tools?: ReactNode;
}): ReactNode {
  const text = useText();
  const language = useLanguage();
  const event = useLeadingPage((page) => page.eventAtCursor);
  const position = useLeadingPage((page) => page.position);
  const length = useLeadingPage((page) => page.timeline.length);
  const start = useLeadingPage((page) => storyStart(page.timeline));
  const isStarting = useLeadingPage((page) => page.phase === "starting");
  const isPast = position < length;
  const isEmpty = useLeadingPage((page) => page.script.scenario.setup.length === 0);
  const begun = isEmpty ? text.time.empty : text.time.setup;
  const passed = useLeadingPage((page) => passedOver(page.timeline, page.position));
  const timeline = useLeadingPage((page) => page.timeline);
  const told = useMemo(() => toldAt(timeline, position, language), [timeline, position, language]);
  const sentence = event === null || position <= start ? begun : told;
  const last = event === null || position <= start ? "" : explain(event, language);
  const hint = [
    ...(passed > 0 ? [text.time.passed] : []),
    ...Array.from(eventsBetween(timeline, position - 1 - passed, position - 1), (one) =>
      explain(one, language),
    ),
    ...(sentence.includes(last) ? [] : [last]),
    ...(isPast ? [text.time.pastHint] : []),
  ];
  return (
    <div className="narration" data-session={event?.session ?? undefined}>
      <span className="narration-place" data-past={isPast} title={hint.join("\n") || undefined}>
        {text.time.position(Math.max(0, position - start), length - start, passed)}
        <span className="narration-when">{isPast ? text.time.past : text.time.now}</span>
      </span>
      <p className="narration-sentence" aria-live="polite">
        {isStarting ? text.starting : sentence}
      </p>
      <Working />
      {props.tools}
    </div>
  );
}

/** After a while: that something is going on, how far it is, and how to end it. */
function Working(): ReactNode {
  const text = useText();
  const isShown = useIsLongAtWork();
  const progress = usePage((page) => page.progress);
  const stop = usePage((page) => page.commands.stop);
  if (!isShown) return null;
  return (
    <span className="working" role="status">
      {progress === null ? text.working : text.workingEvents(progress.events)}
      <button type="button" className="button" title={text.stopHint} onClick={stop}>
        <StopIcon />
        {text.stop}
      </button>
    </span>
  );
}
