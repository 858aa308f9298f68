/** The last deadlock from its beginning, at any place behind it: open while it is fresh, one click away afterwards. */
import { type ReactNode, useMemo } from "react";
import { freshDeadlock } from "../../diagrams/fresh_deadlock.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { DeadlockState, State } from "../../trace/state.ts";
import { eventAt, storyStart } from "../../trace/timeline.ts";
import { deadlockStory } from "../../trace/why/deadlock_story.ts";
import { deadlocksTogether } from "../../trace/why/deadlocks_together.ts";
import { DeadlockAdvice } from "../stage/DeadlockAdvice.tsx";
import { deadlockWords } from "../stage/words_deadlock.ts";
import { ToEvent } from "./ToEvent.tsx";
import type { WhyWords } from "./words.ts";

export function DeadlockStory(props: {
  readonly state: State;
  readonly words: WhyWords;
}): ReactNode {
  const { lastDeadlock } = props.state;
  const timeline = usePage((page) => page.timeline);
  const together = useMemo(
    () =>
      lastDeadlock === null ? [] : deadlocksTogether(lastDeadlock, (seq) => eventAt(timeline, seq)),
    [lastDeadlock, timeline],
  );
  return together.map((deadlock) => <Story key={deadlock.seq} {...props} deadlock={deadlock} />);
}

function Story(props: {
  readonly state: State;
  readonly words: WhyWords;
  readonly deadlock: DeadlockState;
}): ReactNode {
  const { state, words, deadlock } = props;
  const language = useLanguage();
  const timeline = usePage((page) => page.timeline);
  const start = storyStart(timeline);
  const lines = useMemo(
    () => deadlockStory(deadlock, state, language, (seq) => eventAt(timeline, seq)),
    [deadlock, state, language, timeline],
  );
  const { seq } = deadlock;
  return (
    <details className="why-story" open={freshDeadlock(state) !== null}>
      <summary>{words.story(seq - start + 1)}</summary>
      <ol>
        {lines.map(({ session, text, seq: at }) => (
          <li key={text} data-session={session ?? undefined}>
            {text} <ToEvent seq={at} says={words.goTo} />
          </li>
        ))}
      </ol>
      <h3>{deadlockWords(language).advice}</h3>
      <DeadlockAdvice deadlock={deadlock} />
    </details>
  );
}
