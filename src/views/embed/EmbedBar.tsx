/** The bar of an embed: what it is, where in time, and the way to the full page. */
import type { ReactNode } from "react";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { storyStart } from "../../trace/timeline.ts";
import { MoveButtons } from "../header/MoveButtons.tsx";
import { useEmbedWords } from "./embed_words.ts";

export function EmbedBar(props: { readonly linkToPage: () => string }): ReactNode {
  const words = useEmbedWords();
  const language = useLanguage();
  const lesson = usePage((page) => page.script.lesson);
  const own = usePage((page) => page.script.scenario.title);
  const position = usePage((page) => page.position);
  const length = usePage((page) => page.timeline.length);
  const start = usePage((page) => storyStart(page.timeline));
  const title = lessonById(lesson)?.title[language] ?? own ?? "Interleave";
  return (
    <header className="embed-bar">
      <h1 className="embed-title">{title}</h1>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the row */}
      <div className="embed-time" role="group" aria-label={words.controls}>
        <MoveButtons names={words} showsKeys={false} />
        <span className="embed-place" title={words.placeHint}>
          {words.place(Math.max(0, position - start), length - start)}
        </span>
      </div>
      <a
        className="embed-open"
        href="./"
        target="_blank"
        rel="noopener"
        title={words.openHint}
        onClick={(event) => {
          event.currentTarget.href = props.linkToPage();
        }}
      >
        {words.open}
      </a>
    </header>
  );
}
