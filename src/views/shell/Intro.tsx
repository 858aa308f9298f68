/** What the example shows, in a paragraph; can be put away. */
import type { ReactNode } from "react";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { useText } from "../text/use_text.ts";

export function Intro(): ReactNode {
  const text = useText().scenario;
  const language = useLanguage();
  const lesson = lessonById(usePage((page) => page.script.lesson));
  const isOpen = usePage((page) => page.preferences.introOpen);
  const prefer = usePage((page) => page.prefer);
  if (lesson === null) return null;
  return (
    <section className="intro" aria-label={text.intro}>
      <button
        type="button"
        className="intro-title"
        aria-expanded={isOpen}
        onClick={() => prefer({ introOpen: !isOpen })}
      >
        <h2>{lesson.title[language]}</h2>
        <span className="intro-toggle">{isOpen ? text.hideIntro : text.intro}</span>
      </button>
      {isOpen && <p>{lesson.intro[language]}</p>}
    </section>
  );
}
