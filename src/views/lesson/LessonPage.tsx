/** The frame of the pages about lessons: the bar at the top, a readable width below. */
import { type ReactNode, useEffect } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { PageButtons } from "../header/Header.tsx";
import { FIDELITY, PLAYGROUND } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { LESSONS } from "./lesson_route.ts";
import { lessonWords } from "./words.ts";

export function LessonPage(props: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const { title } = props;
  const { name, tagline, fidelity } = useText();
  const words = lessonWords(useLanguage());
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · ${name}`;
    return () => {
      document.title = before;
    };
  }, [title, name]);
  return (
    <div className="map-page">
      <header className="header">
        <a className="name" href={LESSONS} aria-label={name} title={tagline}>
          <img src="./icon.svg" alt="" width="20" height="20" />
          <span>{name}</span>
        </a>
        <nav className="map-nav" aria-label={words.mapTitle}>
          <a href={LESSONS}>{words.mapTitle}</a>
          <a href={PLAYGROUND} title={words.playgroundHint}>
            {words.playground}
          </a>
          <a href={FIDELITY} title={fidelity.title}>
            {fidelity.link}
          </a>
        </nav>
        <div className="header-end">
          <PageButtons />
        </div>
      </header>
      <main className="map">
        <h1>{title}</h1>
        {props.children}
      </main>
    </div>
  );
}
