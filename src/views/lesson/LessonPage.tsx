/** The frame of the pages about lessons, with the ways between them. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { ReadingPage } from "../shell/ReadingPage.tsx";
import { FIDELITY, PLAYGROUND } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { LESSONS } from "./lesson_route.ts";
import { mapWords } from "./map_words.ts";

export function LessonPage(props: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const { fidelity } = useText();
  const words = mapWords(useLanguage());
  const ways = (
    <nav className="map-nav" aria-label={words.mapTitle}>
      <a href={LESSONS}>{words.mapTitle}</a>
      <a href={PLAYGROUND} title={words.playgroundHint}>
        {words.playground}
      </a>
      <a href={FIDELITY} title={fidelity.title}>
        {fidelity.link}
      </a>
    </nav>
  );
  return (
    <ReadingPage title={props.title} home={LESSONS} ways={ways} className="map">
      {props.children}
    </ReadingPage>
  );
}
