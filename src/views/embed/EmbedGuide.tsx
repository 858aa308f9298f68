/** The text of a guided lesson in an embed: one part at a time; its buttons drive the playground under it. */
import type { ReactNode } from "react";
import type { LessonText } from "../../lessons/format/lesson_text.ts";
import { startOver } from "../../store/guide_commands.ts";
import { guidePlace } from "../../store/guide_place.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { GuidePart } from "../lesson/GuidePart.tsx";
import type { LessonLinks } from "../lesson/InlineText.tsx";
import { NextButton, PreviousButton } from "../lesson/TurnButtons.tsx";
import { lessonWords } from "../lesson/words.ts";
import "./embed_guide.css";

export function EmbedGuide(props: { readonly links: LessonLinks }): ReactNode {
  const words = lessonWords(useLanguage());
  const lesson = useGuide((guide) => guide.lesson);
  const part = useGuide((guide) => guide.part);
  if (lesson === null) return null;
  return (
    <section className="embed-guide guide" aria-label={words.guide}>
      <h2 className="visually-hidden">{words.guide}</h2>
      <div className="guide-body">
        <GuidePart key={`${lesson.id} ${part}`} lesson={lesson} part={part} frame={props.links} />
      </div>
      <Turning lesson={lesson} part={part} />
    </section>
  );
}

function Turning(props: { readonly lesson: LessonText; readonly part: number }): ReactNode {
  const { lesson, part } = props;
  const words = lessonWords(useLanguage());
  const isBusy = usePage((page) => page.phase !== "ready");
  const isAfter = usePage((page) => guidePlace(lesson, part, page.script).kind === "after");
  const isLast = part === lesson.parts.length - 1;
  return (
    <nav className="guide-turning" aria-label={words.guide}>
      <PreviousButton part={part} isBusy={isBusy} />
      <progress
        className="guide-progress"
        max={lesson.parts.length}
        value={part + (isAfter ? 1 : 0)}
        aria-label={words.part(part + 1, lesson.parts.length)}
      />
      {isLast ? (
        <button
          type="button"
          className="button"
          disabled={!isAfter || isBusy}
          onClick={() => void startOver()}
        >
          {words.again}
        </button>
      ) : (
        <NextButton part={part} isBusy={isBusy} isAfter={isAfter} />
      )}
    </nav>
  );
}
