/** Why? One sentence, then the rule with this case's numbers, then the function of the server and the section of the manual. */
import type { ReactNode } from "react";
import { decidingMatrix } from "../../diagrams/deciding_matrix.ts";
import { useLanguage, useSelect } from "../../store/hooks.ts";
import { refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { bringPanel } from "../panels/use_panels.ts";
import { TOUCH, useMedia } from "../shell/use_media.ts";
import { SessionChip } from "../stage/Marks.tsx";
import { MatrixTable } from "../stage/MatrixTable.tsx";
import { PictureArea } from "../stage/PictureArea.tsx";
import { describe } from "../stage/sentences.ts";
import "../stage/stage.css";
import { useStage } from "../stage/use_stage.ts";
import { levelWords } from "../stage/words_levels.ts";
import { DeadlockStory } from "./DeadlockStory.tsx";
import { ToEvent } from "./ToEvent.tsx";
import { useWhy, type WhyAnswer } from "./use_why.ts";
import { Rule, Source, StatementLines } from "./WhyParts.tsx";
import "./why.css";
import { type WhyWords, whyWords } from "./words.ts";

export function WhyPanel(): ReactNode {
  const { state, words: stage, pointing } = useStage();
  const words = whyWords(useLanguage());
  const answer = useWhy();
  const hint = words.hint(useMedia(TOUCH));
  const { selection } = answer;
  const about = selection === null ? [] : describe(state, selection, stage, pointing.ghosts);
  return (
    <PictureArea
      label={stage.panels.why}
      pointing={pointing}
      state={state}
      words={stage}
      className="why"
    >
      <header className="why-head">
        <WaitsNow state={state} words={words} />
        <span className="why-of">{selection === null ? words.ofCursor : words.ofSelection}</span>
        <Links answer={answer} words={words} />
      </header>
      {about.length > 0 && (
        <div className="why-about">
          {about.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {answer.sentence !== null && (
        <p className="why-sentence" data-session={answer.event?.session ?? undefined}>
          {answer.sentence}
        </p>
      )}
      {answer.sentence === null && about.length === 0 && (
        <p className="stage-hint">{selection === null ? hint : words.gone}</p>
      )}
      {answer.story !== null && (
        <StatementLines
          story={answer.story}
          words={words}
          onVersions={() => bringPanel("versions")}
        />
      )}
      {answer.why !== null && <Rule why={answer.why} words={words} />}
      {answer.why !== null && answer.why.cause !== null && (
        <p>
          <ToEvent seq={answer.why.cause} says={words.toCause} />
        </p>
      )}
      <Matrix state={state} answer={answer} words={words} />
      {answer.why !== null && answer.why.source !== null && (
        <Source source={answer.why.source} words={words} />
      )}
      {answer.story !== null && <Source source={answer.story.source} words={words} />}
      <DeadlockStory state={state} words={words} />
      {selection === null && answer.sentence !== null && (
        <p className="stage-hint">
          {answer.why === null && answer.story === null ? `${words.bookkeeping} ` : ""}
          {hint}
        </p>
      )}
    </PictureArea>
  );
}

/** One question for each session that waits: a click is the answer. */
function WaitsNow(props: { readonly state: State; readonly words: WhyWords }): ReactNode {
  const { state, words } = props;
  const select = useSelect();
  const waiting = state.sessions.filter((session) => session.wait !== null);
  if (waiting.length === 0) return null;
  return (
    <ul className="why-waits" aria-label={words.waitsNow}>
      {waiting.map((session) => (
        <li key={session.name}>
          <button
            type="button"
            className="stage-button"
            data-session={session.name}
            onClick={(event) => {
              event.stopPropagation();
              select({ kind: "session", id: session.name });
            }}
          >
            <SessionChip session={session.name} />
            {words.whyWaits(session.name, session.wait?.blockers ?? [])}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Links(props: { readonly answer: WhyAnswer; readonly words: WhyWords }): ReactNode {
  const { answer, words } = props;
  const select = useSelect();
  const { selection, event } = answer;
  return (
    <span className="why-links">
      <ToEvent seq={event?.seq ?? null} says={words.goTo} isElsewhere />
      {selection !== null && (
        <button
          type="button"
          className="stage-button"
          onClick={(press) => {
            press.stopPropagation();
            select(null);
          }}
        >
          {words.unselect}
        </button>
      )}
    </span>
  );
}

/** Of a wait that goes on: the cell of the matrix. */
function Matrix(props: {
  readonly state: State;
  readonly answer: WhyAnswer;
  readonly words: WhyWords;
}): ReactNode {
  const { state, answer, words } = props;
  const levels = levelWords(useLanguage());
  const { event } = answer;
  const ref =
    event?.type === "lock.waiting"
      ? ({ kind: "lock", id: event.lock.id } as const)
      : event?.type === "mdl.waiting"
        ? ({ kind: "mdl", id: event.lock.id } as const)
        : null;
  const matrix = ref === null ? null : decidingMatrix(state, ref);
  if (matrix === null || ref === null) return null;
  return (
    <details className="why-matrix" data-ref={refKey(ref)}>
      <summary>{words.matrix}</summary>
      <MatrixTable matrix={matrix} words={levels} />
    </details>
  );
}
