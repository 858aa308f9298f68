/** Writing a lesson: its text at the left, what the engine makes of it at the right, checked shortly after each change. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { LessonText, Problem } from "../../lessons/format/lesson_text.ts";
import { parseLesson } from "../../lessons/format/parse_lesson.ts";
import { guideStore, keepOwnLesson, keptOwnLesson, useGuide } from "../../store/guide_store.ts";
import { useLanguage } from "../../store/hooks.ts";
import { problemsOf } from "../../store/lesson_problems.ts";
import { pageStore } from "../../store/page_store.ts";
import { FormReference } from "./FormReference.tsx";
import { LESSON_FILES, openTextFile, saveTextFile } from "./files.ts";
import { LessonPage } from "./LessonPage.tsx";
import { OWN_LESSON, packedLink } from "./lesson_route.ts";
import { mapWords } from "./map_words.ts";
import { packed } from "./packed_text.ts";
import { lessonOfScript, TEMPLATE } from "./template.ts";
import "./map.css";

const CHECK_DELAY_MS = 600;

export function LessonEditor(): ReactNode {
  const words = mapWords(useLanguage());
  const [text, setText] = useState(() => keptOwnLesson() ?? TEMPLATE);
  const [isRefused, setRefused] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const problems = useProblems(text);
  const { lesson } = parseLesson(text);
  const change = (changed: string): void => {
    setText(changed);
    keepOwnLesson(changed);
  };
  const openFile = async (): Promise<void> => {
    const opened = await openTextFile(LESSON_FILES);
    if (opened === null) return;
    // A lesson that is begun may lack much, but not every line of its own.
    const isLesson = /^(---|## |```setup)/m.test(opened);
    setRefused(!isLesson);
    if (isLesson) change(opened);
  };
  const tryIt = (): void => {
    keepOwnLesson(text);
    guideStore.setState({ lesson: null, ownText: null, failure: null });
    window.location.hash = OWN_LESSON;
  };
  return (
    <LessonPage title={words.editorTitle}>
      <p className="map-says">{words.editorLead}</p>
      <div className="map-tools">
        <button type="button" className="button" onClick={() => change(TEMPLATE)}>
          {words.template}
        </button>
        <button
          type="button"
          className="button"
          title={words.fromPageHint}
          onClick={() => change(lessonOfScript(pageStore.getState().script.scenario))}
        >
          {words.fromPage}
        </button>
        <button type="button" className="button" onClick={() => void openFile()}>
          {words.openFile}
        </button>
        <span className="bar-gap" />
        <button type="button" className="button button-primary" onClick={tryIt}>
          {words.tryIt}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => saveTextFile(`${lesson.id || "lesson"}.md`, "text/markdown", text)}
        >
          {words.download}
        </button>
        <LinkButton text={text} />
      </div>
      {isRefused && <p role="alert">{words.notLessonFile}</p>}
      <FormReference />
      <div className="write">
        <textarea
          ref={area}
          className="textarea write-text"
          spellCheck={false}
          aria-label={words.editorText}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
        <Findings
          lesson={lesson}
          problems={problems}
          onLine={(line) => goToLine(area.current, line)}
        />
      </div>
    </LessonPage>
  );
}

function Findings(props: {
  readonly lesson: LessonText;
  readonly problems: readonly Problem[] | null;
  readonly onLine: (line: number) => void;
}): ReactNode {
  const { lesson, problems } = props;
  const language = useLanguage();
  const words = mapWords(language);
  const claims = lesson.parts.reduce((sum, part) => sum + part.claims.length, 0);
  return (
    <section className="write-findings" aria-live="polite">
      <h2>{lesson.title[language]}</h2>
      <p>{lesson.shows[language]}</p>
      {problems === null ? (
        <p>{words.checking}</p>
      ) : problems.length === 0 ? (
        <p className="write-holds">{words.allHolds(lesson.parts.length, claims)}</p>
      ) : (
        <>
          <p>
            <strong>{words.problems(problems.length)}</strong>
          </p>
          <ul className="write-problems">
            {problems.map((problem) => (
              <li key={`${problem.line} ${problem.message.en}`}>
                <button
                  type="button"
                  className="text-button"
                  onClick={() => props.onLine(problem.line)}
                >
                  {words.line(problem.line)}
                </button>{" "}
                {problem.message[language]}
              </li>
            ))}
          </ul>
        </>
      )}
      <ol className="write-parts">
        {lesson.parts.map((part) => (
          <li key={part.line}>
            <button type="button" className="text-button" onClick={() => props.onLine(part.line)}>
              {part.title[language]}
            </button>
            {part.question !== null && <em> {part.question.text[language]}</em>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function LinkButton({ text }: { readonly text: string }): ReactNode {
  const words = mapWords(useLanguage());
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const link = new URL(packedLink(await packed(text)), window.location.href).href;
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {isCopied ? words.copied : words.copyLink}
    </button>
  );
}

/** Null while it is being checked. */
function useProblems(text: string): readonly Problem[] | null {
  const tryOut = useGuide((guide) => guide.tryOut);
  const [found, setFound] = useState<{ text: string; problems: readonly Problem[] } | null>(null);
  useEffect(() => {
    let isStale = false;
    const timer = setTimeout(async () => {
      const problems = await problemsOf(text, tryOut);
      if (!isStale) setFound({ text, problems });
    }, CHECK_DELAY_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, tryOut]);
  return found?.text === text ? found.problems : null;
}

function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / lines.length;
  area.scrollTop = Math.max(0, (line - 4) * height);
}
