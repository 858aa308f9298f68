/**
 * The guide of a lesson: says what comes, asks, runs it on the page's own server, shows what happened and why.
 *
 *     before ──predict──▶ the engine runs the steps ──▶ after ──next──▶ before ...
 *        ▲                                                │
 *        └────────── back to the lesson ◀── astray ◀──────┘  whatever the reader runs beside it
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { LessonText } from "../../lessons/format/lesson_text.ts";
import { LIBRARY } from "../../lessons/library.ts";
import { goTo, openLesson, runPart, startOver, turnTo } from "../../store/guide_commands.ts";
import { guidePlace } from "../../store/guide_place.ts";
import { guideStore, keptOwnLesson, type LessonSource, useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { PLAYGROUND } from "../shell/use_route.ts";
import { Paragraphs } from "./InlineText.tsx";
import { LESSONS, lessonLink } from "./lesson_route.ts";
import { MatrixBoard } from "./MatrixBoard.tsx";
import { Pins, PointList } from "./Pins.tsx";
import { showPointer } from "./PointerButton.tsx";
import { unpacked } from "./packed_text.ts";
import { QuestionBox } from "./QuestionBox.tsx";
import { Reveal } from "./Reveal.tsx";
import { StepList } from "./StepList.tsx";
import { lessonWords } from "./words.ts";
import "./guide.css";

export function GuidePanel(props: {
  /** Null: the reader's own lesson, or the one that the link holds. */
  readonly id: string | null;
  readonly packed: string | null;
}): ReactNode {
  const { id, packed } = props;
  const words = lessonWords(useLanguage());
  const lesson = useGuide((guide) => guide.lesson);
  const failure = useGuide((guide) => guide.failure);
  useEffect(() => {
    void sourceOf(id, packed).then(async (source) => {
      if (source === null) guideStore.setState({ lesson: null, failure: "" });
      else await openLesson(source);
    });
  }, [id, packed]);
  const isOpen = lesson !== null && (id === null || lesson.id === id);
  return (
    <aside className="guide" aria-label={words.guide}>
      {isOpen ? (
        <OpenLesson lesson={lesson} />
      ) : (
        <div className="guide-body">
          <p>
            {failure === null
              ? words.loading
              : failure === ""
                ? words.notRead
                : words.missing(failure)}
          </p>
          <a href={LESSONS}>{words.map}</a>
        </div>
      )}
    </aside>
  );
}

async function sourceOf(id: string | null, packed: string | null): Promise<LessonSource | null> {
  if (id !== null) return { kind: "builtIn", id };
  const text = packed === null ? keptOwnLesson() : await unpacked(packed);
  return text === null ? null : { kind: "text", text };
}

function OpenLesson({ lesson }: { readonly lesson: LessonText }): ReactNode {
  const language = useLanguage();
  const words = lessonWords(language);
  const part = useGuide((guide) => guide.part);
  const body = useRef<HTMLDivElement>(null);
  const [isHidden, setHidden] = useState(false);
  const place = usePage((page) => guidePlace(lesson, part, page.script).kind);
  const title = lesson.title[language];
  useEffect(() => {
    const outside = document.title;
    document.title = `${title} · Interleave`;
    return () => {
      document.title = outside;
    };
  }, [title]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part begins at its top
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
  }, [part, lesson]);
  return (
    <>
      <header className="guide-head">
        <div className="guide-links">
          <a href={LESSONS}>← {words.map}</a>
          <a href={PLAYGROUND} title={words.freeHint}>
            {words.free}
          </a>
          <button
            type="button"
            className="guide-fold"
            aria-expanded={!isHidden}
            onClick={() => setHidden(!isHidden)}
          >
            {isHidden ? words.show : words.hide}
          </button>
        </div>
        <h2>{title}</h2>
        <progress
          className="guide-progress"
          max={lesson.parts.length}
          value={part + (place === "after" ? 1 : 0)}
          aria-label={words.part(part + 1, lesson.parts.length)}
        />
      </header>
      {!isHidden && (
        <>
          <div className="guide-body" ref={body}>
            <PartText key={part} lesson={lesson} part={part} />
          </div>
          <Turning lesson={lesson} part={part} isAfter={place === "after"} />
        </>
      )}
    </>
  );
}

function PartText(props: { readonly lesson: LessonText; readonly part: number }): ReactNode {
  const { lesson, part } = props;
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
    if (isAfter && wasBefore.current) answer.current?.scrollIntoView({ block: "start" });
    wasBefore.current = !isAfter;
  }, [isAfter, first]);
  const acting = chosen?.steps.findLast((step) => "session" in step) ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it acts, and when it has acted
  useEffect(() => {
    if (acting !== null && "session" in acting) showSession(acting.session);
  }, [acting, isAfter]);
  if (chosen === undefined) return null;
  if (place.kind === "astray" && !isBusy)
    return <Astray lesson={lesson} part={part} own={place.own} />;
  return (
    <>
      {part === 0 && <Paragraphs prose={lesson.intro} />}
      {part === 0 && lesson.matrix.length > 0 && <MatrixBoard lesson={lesson} />}
      <h3>
        <span className="guide-number">{words.part(part + 1, lesson.parts.length)}</span>
        {chosen.title[language]}
      </h3>
      <Paragraphs prose={chosen.before} />
      {chosen.steps.length > 0 && <StepList steps={chosen.steps} isRun={isAfter} />}
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
          <Paragraphs prose={chosen.after} />
          <PointList points={chosen.points} />
          <Pins points={chosen.points} />
        </>
      )}
    </>
  );
}

/** The card of the session that acts comes into sight where many stand under each other. */
function showSession(name: string): void {
  const card = document.querySelector(`.session-card[data-session="${name}"]`);
  card?.scrollIntoView({ block: "nearest" });
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

function Turning(props: {
  readonly lesson: LessonText;
  readonly part: number;
  readonly isAfter: boolean;
}): ReactNode {
  const { lesson, part, isAfter } = props;
  const language = useLanguage();
  const words = lessonWords(language);
  const isBusy = usePage((page) => page.phase !== "ready");
  const isLast = part === lesson.parts.length - 1;
  const at = LIBRARY.findIndex(({ id }) => id === lesson.id);
  const following = at < 0 ? undefined : LIBRARY[at + 1];
  return (
    <nav className="guide-turning" aria-label={words.guide}>
      <button
        type="button"
        className="button"
        disabled={part === 0 || isBusy}
        onClick={() => void turnTo(part - 1)}
      >
        {words.previous}
      </button>
      {isLast && isAfter ? (
        <button type="button" className="button button-quiet" onClick={() => void startOver()}>
          {words.again}
        </button>
      ) : null}
      {isLast ? (
        isAfter &&
        following !== undefined && (
          <a
            className="button button-primary"
            href={lessonLink(following.id)}
            title={following.title[language]}
          >
            {words.nextLesson}
          </a>
        )
      ) : (
        <button
          type="button"
          className={`button ${isAfter ? "button-primary" : ""}`}
          disabled={!isAfter || isBusy}
          onClick={() => void turnTo(part + 1)}
        >
          {words.next}
        </button>
      )}
    </nav>
  );
}
