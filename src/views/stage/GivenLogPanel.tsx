/**
 * The deadlock log that the scenario was made from, with what it means; pointing at a line lights the lock, the session or the
 * statement in every picture, and the other way round.
 */
import { type ReactNode, useMemo } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { DeadlockState, State } from "../../trace/state.ts";
import { eventsBetween, seek, type Timeline } from "../../trace/timeline.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { givenLogParts, type LogPart } from "./deadlock_notes.ts";
import { LogNotes } from "./LogNotes.tsx";
import { type LogLines, logLines } from "./log_lines.ts";
import { PictureArea } from "./PictureArea.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { deadlockWords } from "./words_deadlock.ts";

export function GivenLogPanel(): ReactNode {
  const language = useLanguage();
  const words = deadlockWords(language);
  const log = usePage((page) => page.script.log ?? "");
  const timeline = usePage((page) => page.timeline);
  const seekTo = usePage((page) => page.seek);
  const { state, words: stage, pointing } = useStage();
  const closed = useMemo(() => firstDeadlock(timeline), [timeline]);
  const parts = useMemo(
    () => givenLogParts(log, closed?.deadlock ?? null, language),
    [log, closed, language],
  );
  const isThere = closed !== null && state.seq === closed.position;
  const select = (ref: Ref | null): void => {
    // Where its locks have gone, or have not come yet, a line shows what it is about when the cycle closed.
    if (closed !== null && !isThere) seekTo(closed.position);
    pointing.onSelect(ref);
  };
  return (
    <PictureArea
      label={words.givenTitle}
      pointing={{ ...pointing, onSelect: select }}
      state={state}
      words={stage}
      className="given-log"
    >
      <header className="given-log-head">
        <p className="given-log-head-words">
          {closed === null ? words.givenWithout : words.givenHint}
        </p>
        {closed !== null && !isThere && (
          <button type="button" className="stage-button" onClick={() => seekTo(closed.position)}>
            {words.toDeadlock}
          </button>
        )}
        <CopyButton label={words.copy} text={() => log} />
      </header>
      <ol className="deadlock-log">
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that does not change
          <li key={at}>
            <pre lang="en">
              {linesOf(part, log, closed).map((each) => (
                <Lines key={each.line} lines={each} selected={pointing.selected} />
              ))}
            </pre>
            <LogNotes notes={part.notes} />
          </li>
        ))}
      </ol>
    </PictureArea>
  );
}

function Lines({
  lines,
  selected,
}: {
  readonly lines: LogLines;
  readonly selected: string | null;
}) {
  const { text, ref } = lines;
  if (ref === null) return <span className="log-lines">{text}</span>;
  const key = refKey(ref);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button's text cannot be selected and copied
    <span
      role="button"
      className="log-lines"
      data-ref={key}
      tabIndex={-1}
      aria-pressed={selected === key}
    >
      {text}
    </span>
  );
}

/** The deadlock of the story, and the place where its cycle stands with all its locks. */
interface Closed {
  readonly deadlock: DeadlockState;
  readonly position: number;
  readonly state: State;
}

function firstDeadlock(timeline: Timeline): Closed | null {
  for (const event of eventsBetween(timeline, 0, timeline.length)) {
    if (event.type !== "deadlock.found" || event.command < 0) continue;
    const position = event.seq + 1;
    const deadlock = { ...event.deadlock, seq: event.seq, atMs: event.ms };
    return { deadlock, position, state: seek(timeline, position) };
  }
  return null;
}

function linesOf(part: LogPart, log: string, closed: Closed | null): readonly LogLines[] {
  return closed === null
    ? [{ line: 0, text: part.text, ref: null }]
    : logLines(part, log, closed.state, closed.deadlock);
}
