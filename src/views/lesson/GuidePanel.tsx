/** The guide of a lesson beside the playground: its head, the part that is open, the way to the next. */
import { LESSON_LIST } from "virtual:lesson-list";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { LessonText } from "../../lessons/format/lesson_text.ts";
import { startOver } from "../../store/guide_commands.ts";
import { guidePlace } from "../../store/guide_place.ts";
import { guideStore, keptOwnLesson, type LessonSource, useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { openLesson } from "../../store/lesson_source.ts";
import { putInAddress } from "../../store/link/follow_address.ts";
import { pageStore } from "../../store/page_store.ts";
import { PLAYGROUND } from "../shell/use_route.ts";
import { GuidePart } from "./GuidePart.tsx";
import { LESSONS, type LessonRoute, lessonLink, packedLink } from "./lesson_route.ts";
import { unpacked } from "./packed_text.ts";
import { NextButton, PreviousButton } from "./TurnButtons.tsx";
import { lessonWords } from "./words.ts";
import "./guide.css";

export function GuidePanel(props: {
  /** Without an id: the reader's own lesson, or the one that the link holds. */
  readonly route: Extract<LessonRoute, { readonly page: "learn" }>;
}): ReactNode {
  const { id, packed, at, language } = props.route;
  const words = lessonWords(useLanguage());
  const lesson = useGuide((guide) => guide.lesson);
  const failure = useGuide((guide) => guide.failure);
  useEffect(() => {
    void sourceOf(id, packed).then(async (source) => {
      if (source === null) notRead();
      else await openLesson(source, at).catch(() => notRead());
      if (at === null) return;
      if (language !== null) pageStore.getState().prefer({ language });
      // From here on the reader's own progress says where a reload goes on.
      putInAddress(packed === null ? lessonLink(id ?? "") : packedLink(packed));
    });
  }, [id, packed, at, language]);
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

function notRead(): void {
  guideStore.setState({ lesson: null, failure: "" });
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
    // On a phone text and pictures scroll as one.
    body.current?.closest(".main")?.scrollTo({ top: 0 });
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
            className="text-button guide-fold"
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
            <GuidePart key={part} lesson={lesson} part={part} frame={null} />
          </div>
          <Turning lesson={lesson} part={part} isAfter={place === "after"} />
        </>
      )}
    </>
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
  const at = LESSON_LIST.findIndex(({ id }) => id === lesson.id);
  const following = at < 0 ? undefined : LESSON_LIST[at + 1];
  return (
    <nav className="guide-turning" aria-label={words.guide}>
      {isLast && isAfter && (
        <p className="guide-finished" role="status">
          <span>✓ {words.finished}</span> <a href={LESSONS}>{words.map}</a>
        </p>
      )}
      <PreviousButton part={part} isBusy={isBusy} />
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
        <NextButton part={part} isBusy={isBusy} isAfter={isAfter} />
      )}
    </nav>
  );
}
