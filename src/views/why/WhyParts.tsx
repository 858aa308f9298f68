/** What an answer to "why?" is made of: what a statement did, the rule, and where both come from. */
import type { ReactNode } from "react";
import type { WhySource } from "../../trace/why/sources.ts";
import type { StatementStory } from "../../trace/why/statement_story.ts";
import type { Why } from "../../trace/why/why.ts";
import { ToEvent } from "./ToEvent.tsx";
import type { WhyWords } from "./words.ts";

/** What the statement did, line by line, each with a way to the event that shows it. */
export function StatementLines(props: {
  readonly story: StatementStory;
  readonly words: WhyWords;
  /** Null where there are no versions to show. */
  readonly onVersions: (() => void) | null;
}): ReactNode {
  const { story, words, onVersions } = props;
  return (
    <section className="why-rule" aria-label={words.statement}>
      <h3>{words.statement}</h3>
      <ul>
        {story.lines.map(({ text, seq }) => (
          <li key={text}>
            {text} <ToEvent seq={seq} says={words.goTo} isElsewhere />
          </li>
        ))}
      </ul>
      {story.readsOld && onVersions !== null && (
        <p>
          <button
            type="button"
            className="stage-button"
            onClick={(press) => {
              press.stopPropagation();
              onVersions();
            }}
          >
            {words.toVersions}
          </button>
        </p>
      )}
    </section>
  );
}

export function Rule(props: { readonly why: Why; readonly words: WhyWords }): ReactNode {
  return (
    <section className="why-rule" aria-label={props.words.rule}>
      <h3>{props.words.rule}</h3>
      <ul>
        {props.why.rule.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

export function Source(props: { readonly source: WhySource; readonly words: WhyWords }): ReactNode {
  const { words } = props;
  const { functionName, file, manualTitle, manualUrl } = props.source;
  return (
    <section className="why-source" aria-label={words.source}>
      <h3>{words.source}</h3>
      <p>
        <code>{words.inFile(functionName, file)}</code>
      </p>
      <p>
        {words.manual}
        <a href={manualUrl} target="_blank" rel="noreferrer" lang="en">
          {manualTitle}
        </a>
      </p>
    </section>
  );
}
