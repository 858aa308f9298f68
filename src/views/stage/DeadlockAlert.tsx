/** A deadlock is an event: it is announced above the pictures, can be watched as it closes, and read as the server logs it. */
import { type ReactNode, useState } from "react";
import { freshDeadlock } from "../../diagrams/fresh_deadlock.ts";
import { useLanguage, usePage, useStateAtCursor } from "../../store/hooks.ts";
import type { DeadlockMember, DeadlockState } from "../../trace/state.ts";
import { eventAt, storyStart, type Timeline } from "../../trace/timeline.ts";
import { deadlocksTogether } from "../../trace/why/deadlocks_together.ts";
import { bringPanel } from "../panels/use_panels.ts";
import { CloseIcon } from "../shell/Icons.tsx";
import { DeadlockAdvice } from "./DeadlockAdvice.tsx";
import { DeadlockLogButton } from "./DeadlockLogButton.tsx";
import { whyChosen } from "./graph_texts.ts";
import { stageWords } from "./language.ts";
import type { StageWords } from "./words.ts";
import { type DeadlockWords, deadlockWords } from "./words_deadlock.ts";

export function DeadlockAlert(): ReactNode {
  const state = useStateAtCursor();
  const language = useLanguage();
  const words = deadlockWords(language);
  const stage = stageWords(language);
  const timeline = usePage((page) => page.timeline);
  const seek = usePage((page) => page.seek);
  const setPlaying = usePage((page) => page.setPlaying);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [advised, setAdvised] = useState<number | null>(null);
  const deadlock = freshDeadlock(state);
  if (deadlock === null || deadlock.seq === dismissed) return null;
  const together = deadlocksTogether(deadlock, (seq) => eventAt(timeline, seq));
  const [first = deadlock] = together;
  const isAdvised = advised === deadlock.seq;
  return (
    <div className="deadlock-alert" role="alert">
      <div>
        {together.map((each) => (
          <Announcement key={each.seq} deadlock={each} words={words} stage={stage} />
        ))}
      </div>
      <button
        type="button"
        className="stage-button"
        title={words.watchHint}
        onClick={() => {
          bringPanel("waits");
          const { from, to } = stepAround(timeline, first.seq);
          seek(from);
          setPlaying(true, to);
        }}
      >
        {words.watch}
      </button>
      <DeadlockLogButton />
      <button
        type="button"
        className="stage-button"
        aria-expanded={isAdvised}
        onClick={() => setAdvised(isAdvised ? null : deadlock.seq)}
      >
        {words.advice}
      </button>
      <button
        type="button"
        className="button button-icon button-quiet"
        aria-label={words.dismiss}
        title={words.dismiss}
        onClick={() => setDismissed(deadlock.seq)}
      >
        <CloseIcon />
      </button>
      {isAdvised && together.map((each) => <DeadlockAdvice key={each.seq} deadlock={each} />)}
    </div>
  );
}

function Announcement(props: {
  readonly deadlock: DeadlockState;
  readonly words: DeadlockWords;
  readonly stage: StageWords;
}): ReactNode {
  const { deadlock, words, stage } = props;
  const start = usePage((page) => storyStart(page.timeline));
  const isVictim = (member: DeadlockMember) => member.trx === deadlock.victim;
  const { cycle } = deadlock;
  const place = cycle.findIndex(isVictim);
  const victim = cycle[place];
  // Each waits for the next one: backwards from the victim is the order in which they get free.
  const [freed = "?", ...others] = [...cycle.slice(place + 1), ...cycle.slice(0, place)]
    .map((member) => member.session)
    .toReversed();
  return (
    <p>
      {words.announced(deadlock.seq - start + 1, victim?.session ?? "?", freed, others)}
      {victim !== undefined && (
        <span className="deadlock-why">
          {words.gap}
          {whyChosen(deadlock, victim, stage.waits)}
        </span>
      )}
    </p>
  );
}

/** The whole step in which the event comes: what closed the cycle, and what came of it. */
function stepAround(timeline: Timeline, event: number): { readonly from: number; to: number } {
  const isInStep = (seq: number) =>
    eventAt(timeline, seq)?.command === eventAt(timeline, event)?.command;
  let [from, to] = [event, event + 1];
  while (isInStep(from - 1)) from -= 1;
  while (isInStep(to)) to += 1;
  return { from, to };
}
