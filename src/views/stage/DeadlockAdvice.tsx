/** What to do about a deadlock, and where the manual says so; its words are loaded when it is asked for. */
import type { ReactNode } from "react";
import { useLanguage, usePage, useStateAtCursor } from "../../store/hooks.ts";
import type { DeadlockState } from "../../trace/state.ts";
import { eventAt } from "../../trace/timeline.ts";
import { lateFunction } from "./late_function.ts";
import { deadlockWords } from "./words_deadlock.ts";

const useAdvice = lateFunction(async () => {
  const { deadlockAdvice } = await import("../../trace/why/deadlock_advice.ts");
  return deadlockAdvice;
});

export function DeadlockAdvice({ deadlock }: { readonly deadlock: DeadlockState }): ReactNode {
  const state = useStateAtCursor();
  const language = useLanguage();
  const timeline = usePage((page) => page.timeline);
  const words = deadlockWords(language);
  const advice =
    useAdvice(true)?.(deadlock, state, language, (seq) => eventAt(timeline, seq)) ?? null;
  if (advice === null) return null;
  const { manualTitle, manualUrl } = advice.manual;
  return (
    <section className="deadlock-advice" aria-label={words.advice}>
      <ul>
        {advice.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        {words.manual}{" "}
        <a href={manualUrl} target="_blank" rel="noreferrer" lang="en">
          {manualTitle}
        </a>
      </p>
    </section>
  );
}
