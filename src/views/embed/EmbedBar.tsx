/** The bar of an embed: what it is, where in time, and the way to the full page. */
import type { ReactNode } from "react";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { storyStart } from "../../trace/timeline.ts";
import { type Move, moveCursor, togglePlaying } from "../header/moves.ts";
import {
  BackIcon,
  IntoIcon,
  OverBackIcon,
  OverIcon,
  PauseIcon,
  PlayIcon,
  ToEndIcon,
  ToStartIcon,
} from "../shell/Icons.tsx";
import { useEmbedWords } from "./embed_words.ts";

export function EmbedBar(props: { readonly linkToPage: () => string }): ReactNode {
  const words = useEmbedWords();
  const language = useLanguage();
  const lesson = usePage((page) => page.script.lesson);
  const own = usePage((page) => page.script.scenario.title);
  const position = usePage((page) => page.position);
  const length = usePage((page) => page.timeline.length);
  const start = usePage((page) => storyStart(page.timeline));
  const playing = usePage((page) => page.playing);
  const title = lessonById(lesson)?.title[language] ?? own ?? "Interleave";
  const button = (move: Move, label: string, icon: ReactNode, off: boolean) => (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={() => moveCursor(move)}
    >
      {icon}
    </button>
  );
  const atStart = position <= start;
  const atEnd = position >= length;
  const play = playing ? words.pause : words.play;
  return (
    <header className="embed-bar">
      <h1 className="embed-title">{title}</h1>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the row */}
      <div className="embed-time" role="group" aria-label={words.controls}>
        {button("toStart", words.toStart, <ToStartIcon />, atStart)}
        {button("overBack", words.back, <OverBackIcon />, atStart)}
        {button("back", words.backEvent, <BackIcon />, atStart)}
        <button
          type="button"
          className="button button-icon"
          aria-label={play}
          title={play}
          disabled={length === start}
          onClick={togglePlaying}
        >
          {playing ? <PauseIcon /> : <PlayIcon />}
        </button>
        {button("into", words.forwardEvent, <IntoIcon />, atEnd)}
        {button("over", words.forward, <OverIcon />, atEnd)}
        {button("toEnd", words.toEnd, <ToEndIcon />, atEnd)}
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
