/** The bar of an embed: what it is, where in time, and the way to the full page. */
import { type ReactNode, useState } from "react";
import type { InTwoLanguages } from "../../lessons/lesson.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { passedOver, storyStart } from "../../trace/timeline.ts";
import { MoveButtons } from "../header/MoveButtons.tsx";
import { useEmbedWords } from "./embed_words.ts";

const HOME = "./";

export interface EmbedBarProps {
  /** Of the lesson; null when what is shown is none. */
  readonly title: InTwoLanguages | null;
  readonly linkToPage: () => Promise<string>;
  /** In the place of the way to the full page. */
  readonly tools: ReactNode;
}

export function EmbedBar(props: EmbedBarProps): ReactNode {
  const words = useEmbedWords();
  const language = useLanguage();
  const own = usePage((page) => page.script.scenario.title);
  const position = usePage((page) => page.position);
  const length = usePage((page) => page.timeline.length);
  const start = usePage((page) => storyStart(page.timeline));
  const passed = usePage((page) => passedOver(page.timeline, page.position));
  const title = props.title?.[language] ?? own ?? "Interleave";
  // What is to be written into the address is loaded when somebody may want it.
  const [address, setAddress] = useState(HOME);
  const findAddress = (): void => void props.linkToPage().then(setAddress, () => undefined);
  return (
    <header className="embed-bar">
      <h1 className="embed-title">{title}</h1>
      {(length > start || length === 0) && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the row
        <div
          className="embed-time"
          role="group"
          aria-label={words.controls}
          // What comes below it stays where it is.
          style={length === 0 ? { visibility: "hidden" } : undefined}
        >
          <MoveButtons names={words} />
          <span className="embed-place" title={words.placeHint}>
            {words.place(Math.max(0, position - start), length - start, passed)}
          </span>
        </div>
      )}
      {props.tools ?? (
        <a
          className="embed-open"
          href={address}
          target="_blank"
          rel="noopener"
          title={words.openHint}
          onPointerEnter={findAddress}
          onFocus={findAddress}
          onClick={(event) => {
            if (address !== HOME) return;
            event.preventDefault();
            void props.linkToPage().then((now) => window.open(now, "_blank", "noopener"));
          }}
        >
          {words.open}
        </a>
      )}
    </header>
  );
}
