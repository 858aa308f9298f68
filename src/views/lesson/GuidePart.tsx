/**
 * A part of a guided lesson: says what comes, asks, runs it on the page's own server, shows what happened and why.
 *
 *     before ──predict──▶ the engine runs the steps ──▶ after ──next──▶ before ...
 *        ▲                                                │
 *        └────────── back to the lesson ◀── astray ◀──────┘  whatever the reader runs beside it
 */
import { type ReactNode, useEffect, useRef } from "react";
import type { LessonText } from "../../lessons/format/lesson_text.ts";
import { goTo, runPart } from "../../store/guide_commands.ts";
import { guidePlace } from "../../store/guide_place.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { PLAYGROUND } from "../shell/use_route.ts";
import { scrollerOf } from "../stage/use_focus_in_view.ts";
import { type LessonLinks, Paragraphs } from "./InlineText.tsx";
import { MatrixBoard } from "./MatrixBoard.tsx";
import { Pins, PointList } from "./Pins.tsx";
import { showPointer } from "./PointerButton.tsx";
import { QuestionBox } from "./QuestionBox.tsx";
import { Reveal } from "./Reveal.tsx";
import { StepList } from "./StepList.tsx";
import { lessonWords } from "./words.ts";
import "./guide.css";

export function GuidePart(props: {
  readonly lesson: LessonText;
  readonly part: number;
  /** The guide stands in a frame of somebody's post, which it must not scroll. Null: on the page. */
  readonly frame: LessonLinks | null;
}): ReactNode {
  const { lesson, part, frame } = props;
  const language = useLanguage();
  const words = lessonWords(language);
  const script = usePage((page) => page.script);
  const isBusy = usePage((page) => page.phase !== "ready");
  const chosen = lesson.parts[part];
  const place = guidePlace(lesson, part, script);
  const isAfter = place.kind === "after";
  const first = chosen?.points[0]?.pointer ?? null;
  const answer = useRef<HTMLDivElement>(null);
  const wasBefore = useRef(!isAfter);
  useEffect(() => {
    if (isAfter && first !== null) showPointer(first);
    // What has just happened comes into sight.
    if (isAfter && wasBefore.current && frame === null)
      answer.current?.scrollIntoView({ block: "start" });
    wasBefore.current = !isAfter;
  }, [isAfter, first, frame]);
  const acting = chosen?.steps.findLast((step) => "session" in step) ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it acts, and when it has acted
  useEffect(() => {
    if (frame === null && acting !== null && "session" in acting) showSession(acting.session);
  }, [acting, isAfter, frame]);
  if (chosen === undefined) return null;
  // Its tables are being set up: what can be chosen is not known yet.
  if (isBusy && script.lesson !== lesson.id) return null;
  if (place.kind === "astray" && !isBusy)
    return <Astray lesson={lesson} part={part} own={place.own} />;
  return (
    <>
      {part === 0 && <Paragraphs prose={lesson.intro} links={frame} />}
      {part === 0 && lesson.matrix.length > 0 && (
        <MatrixBoard lesson={lesson} leave={frame === null ? toPlayground : null} />
      )}
      <h3>
        <span className="guide-number">{words.part(part + 1, lesson.parts.length)}</span>
        {chosen.title[language]}
      </h3>
      <Paragraphs prose={chosen.before} links={frame} />
      {chosen.steps.length > 0 && <StepList steps={chosen.steps} isRun={isAfter} />}
      {frame === null && !isAfter && <LookButton />}
      {!isAfter && chosen.question !== null && (
        <QuestionBox lesson={lesson} question={chosen.question} />
      )}
      {!isAfter && chosen.question === null && chosen.steps.length > 0 && (
        <div className="guide-buttons">
          <button
            type="button"
            className="button button-primary"
            disabled={isBusy}
            onClick={() => void runPart([])}
          >
            {words.run}
          </button>
        </div>
      )}
      {isAfter && (
        <>
          <div ref={answer} />
          {chosen.question !== null && (
            <Reveal lesson={lesson} part={part} question={chosen.question} />
          )}
          <Paragraphs prose={chosen.after} links={frame} />
          <PointList points={chosen.points} />
          {frame === null && <LookButton />}
          <Pins points={chosen.points} />
        </>
      )}
    </>
  );
}

/** On a phone the pictures are a page further down, and what is said speaks of them. */
function LookButton(): ReactNode {
  const words = lessonWords(useLanguage());
  return (
    <button
      type="button"
      className="button guide-look"
      onClick={() => document.querySelector(".narrow")?.scrollIntoView({ block: "start" })}
    >
      {words.look} ↓
    </button>
  );
}

function toPlayground(): void {
  window.location.hash = PLAYGROUND;
}

/** The card of the session that acts comes into sight where many stand under each other; the text stays where it is. */
function showSession(name: string): void {
  const card = document.querySelector(`.session-card[data-session="${name}"]`);
  const scroller = scrollerOf(card);
  if (card === null || scroller === null) return;
  const [box, view] = [card.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const below = Math.min(box.bottom - view.bottom, box.top - view.top);
  scroller.scrollBy({ top: Math.min(0, box.top - view.top) || Math.max(0, below) });
}

function Astray(props: {
  readonly lesson: LessonText;
  readonly part: number;
  readonly own: number;
}): ReactNode {
  const words = lessonWords(useLanguage());
  return (
    <div className="guide-astray" role="status">
      <p>{words.astray(props.own)}</p>
      <button
        type="button"
        className="button button-primary"
        title={words.comeBackHint}
        onClick={() => void goTo(props.lesson, props.part)}
      >
        {words.comeBack}
      </button>
    </div>
  );
}
