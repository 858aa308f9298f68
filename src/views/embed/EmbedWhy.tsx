/** The answer to "why?" in an embed, for what is selected or else the event at the cursor; loaded when somebody asks. */
import type { ReactNode } from "react";
import { useLanguage, useSelect } from "../../store/hooks.ts";
import { ToEvent } from "../why/ToEvent.tsx";
import { useWhy } from "../why/use_why.ts";
import { Rule, Source, StatementLines } from "../why/WhyParts.tsx";
import "../why/why.css";
import { whyWords } from "../why/words.ts";

export function EmbedWhy(): ReactNode {
  const words = whyWords(useLanguage());
  const select = useSelect();
  const { selection, sentence, story, why } = useWhy();
  const source = why?.source ?? story?.source ?? null;
  return (
    <div className="why">
      {(selection !== null || story !== null) && sentence !== null && (
        <p className="why-sentence">{sentence}</p>
      )}
      {sentence === null && <p className="stage-hint">{words.gone}</p>}
      {sentence !== null && why === null && story === null && (
        <p className="stage-hint">{words.bookkeeping}</p>
      )}
      {story !== null && <StatementLines story={story} words={words} onVersions={null} />}
      {why !== null && <Rule why={why} words={words} />}
      {why !== null && why.cause !== null && (
        <p>
          <ToEvent seq={why.cause} says={words.toCause} />
        </p>
      )}
      {source !== null && <Source source={source} words={words} />}
      {selection !== null && (
        <p>
          <button type="button" className="stage-button" onClick={() => select(null)}>
            {words.unselect}
          </button>
        </p>
      )}
    </div>
  );
}
