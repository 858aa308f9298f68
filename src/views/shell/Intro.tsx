/** What the example shows, in a paragraph; can be put away. */
import { type ReactNode, useState } from "react";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Step } from "../../trace/scenario.ts";
import { useText } from "../text/use_text.ts";

export function Intro(): ReactNode {
  const text = useText().scenario;
  const language = useLanguage();
  const lesson = lessonById(usePage((page) => page.script.lesson));
  const isWanted = usePage((page) => page.preferences.introOpen);
  const opening = usePage((page) => page.openings);
  // Who makes tables has left the story of the example.
  const isLeft = usePage((page) => page.script.scenario.steps.some(createsTable));
  const [openedAgain, openAgain] = useState<number | null>(null);
  const isOpen = isLeft ? openedAgain === opening : isWanted;
  const prefer = usePage((page) => page.prefer);
  if (lesson === null) return null;
  return (
    <section className="intro" aria-label={text.intro}>
      <button
        type="button"
        className="text-button intro-title"
        aria-expanded={isOpen}
        onClick={() =>
          isLeft ? openAgain(isOpen ? null : opening) : prefer({ introOpen: !isOpen })
        }
      >
        <h2>{lesson.title[language]}</h2>
        <span className="intro-toggle">{isOpen ? text.hideIntro : text.intro}</span>
      </button>
      {isOpen && <p>{lesson.intro[language]}</p>}
    </section>
  );
}

function createsTable(step: Step): boolean {
  return "sql" in step && /^create\s+(temporary\s+)?table\b/i.test(step.sql);
}
