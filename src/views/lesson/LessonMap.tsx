/** The start page: a map of the lessons by the notes' sections, with what each shows, a search, and the reader's progress. */
import { LESSON_LIST } from "virtual:lesson-list";
import { type ReactNode, useEffect, useState } from "react";
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { guideStore, keepOwnLesson, useGuide } from "../../store/guide_store.ts";
import { useLanguage } from "../../store/hooks.ts";
import { isDone, type Progress } from "../../store/lesson_progress.ts";
import type { Language } from "../../store/preferences.ts";
import { EMPTY_PLAYGROUND, exampleLink, PASTE, PLAYGROUND } from "../shell/use_route.ts";
import { ContinueWork, useWaitingWork } from "./ContinueWork.tsx";
import { LESSON_FILES, openTextFile } from "./files.ts";
import { LessonPage } from "./LessonPage.tsx";
import { lessonLink, OWN_LESSON, WRITE } from "./lesson_route.ts";
import { mapWords } from "./map_words.ts";
import { ProgressTools } from "./ProgressTools.tsx";
import { chapterOf, chapters } from "./sections.ts";
import "./map.css";

export function LessonMap(): ReactNode {
  const language = useLanguage();
  const words = mapWords(language);
  const progress = useGuide((guide) => guide.progress);
  const [search, setSearch] = useState("");
  const [isRefused, setRefused] = useState(false);
  const { lessons: found, examples, isNearest } = useFound(search);
  const work = useWaitingWork();
  const last = useGuide((guide) => guide.lesson?.id ?? null);
  const next = lessonAfter(last, progress) ?? nextLesson(progress);
  useEffect(() => {
    // Who comes from a lesson goes on where it stands.
    const id = lessonAfter(last, guideStore.getState().progress)?.id ?? last;
    document.querySelector(`.map-card[data-lesson="${id}"]`)?.scrollIntoView({ block: "center" });
  }, [last]);
  const isOpen = next !== null && progress[next.id] !== undefined;
  const isBegun = Object.keys(progress).length > 0;
  return (
    <LessonPage title={words.mapTitle}>
      <section className="map-lead">
        <p>{words.mapLead}</p>
        <p className="map-says">{words.mapNotes}</p>
        {work !== null && <ContinueWork {...work} />}
        <div className="map-ways">
          {next !== null && (
            <a className="button button-primary map-go" href={lessonLink(next.id)}>
              {isBegun
                ? words[isOpen ? "goOn" : "goOnWith"](next.title[language])
                : words.startHere}
            </a>
          )}
          {/* With work that waits, the way to the playground is the one above, which says with what it opens. */}
          {work === null && (
            <a className="button map-go" href={PLAYGROUND} title={words.playgroundHint}>
              {words.playground}
            </a>
          )}
          <a className="button map-go" href={EMPTY_PLAYGROUND} title={words.ownSqlHint}>
            {work === null ? words.ownSql : words.beginAnew}
          </a>
          <a className="button map-go" href={PASTE} title={words.ownLogHint}>
            {words.ownLog}
          </a>
        </div>
      </section>
      <div className="map-tools">
        <input
          className="input map-search"
          type="search"
          aria-label={words.search}
          placeholder={words.searchHint}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <button
          type="button"
          className="button"
          onClick={() => void openLessonFile().then((isRead) => setRefused(!isRead))}
        >
          {words.openFile}
        </button>
        <a className="button" href={WRITE}>
          {words.write}
        </a>
      </div>
      {isRefused && <p role="alert">{words.notLessonFile}</p>}
      {isNearest && (
        <p className="map-none">{found.length === 0 ? words.noneFits : words.nearest}</p>
      )}
      {inOrderOf(found, chapters(language)).map(({ id, title, says }) => {
        const lessons = found.filter((lesson) => chapterOf(lesson) === id);
        return lessons.length === 0 ? null : (
          <section key={id} className="map-chapter" aria-labelledby={`chapter-${id}`}>
            <h2 id={`chapter-${id}`}>{title}</h2>
            <p className="map-says">{says}</p>
            <ol className="map-cards">
              {lessons.map((lesson) => (
                <Card key={lesson.id} lesson={lesson} language={language} progress={progress} />
              ))}
            </ol>
          </section>
        );
      })}
      {examples.length > 0 && <Examples examples={examples} language={language} />}
      <ProgressTools lessons={LESSON_LIST} />
    </LessonPage>
  );
}

/** The chapter of the first lesson first: a search puts the lessons that it fits best there. */
function inOrderOf(
  found: readonly LessonHead[],
  all: ReturnType<typeof chapters>,
): ReturnType<typeof chapters> {
  const place = (id: string): number => found.findIndex((lesson) => chapterOf(lesson) === id);
  return all.toSorted((a, b) => place(a.id) - place(b.id));
}

interface Found {
  readonly lessons: readonly LessonHead[];
  /** Of the playground; shown for a search alone. */
  readonly examples: readonly Lesson[];
  /** None has all that was looked for. */
  readonly isNearest: boolean;
}

const ALL: Found = { lessons: LESSON_LIST, examples: [], isNearest: false };

/** A search reads the texts, which are loaded for it; until they are there the map stays as it was. */
function useFound(search: string): Found {
  const [found, setFound] = useState(ALL);
  useEffect(() => {
    let isLate = false;
    const show = (what: Found): void => {
      if (!isLate) setFound(what);
    };
    if (search.trim() === "") show(ALL);
    else {
      void import("./search_texts.ts").then(({ found, foundExamples, nearest }) => {
        const lessons = found(search);
        const examples = foundExamples(search);
        const isNearest = lessons.length === 0 && examples.length === 0;
        show({ lessons: isNearest ? nearest(search) : lessons, examples, isNearest });
      });
    }
    return () => {
      isLate = true;
    };
  }, [search]);
  return found;
}

function Examples(props: {
  readonly examples: readonly Lesson[];
  readonly language: Language;
}): ReactNode {
  const { examples, language } = props;
  const words = mapWords(language);
  return (
    <section className="map-chapter" aria-labelledby="chapter-examples">
      <h2 id="chapter-examples">{words.examples}</h2>
      <p className="map-says">{words.examplesSay}</p>
      <ol className="map-cards">
        {examples.map(({ id, title }) => (
          <li key={id}>
            <a className="map-card" href={exampleLink(id)}>
              <strong>{title[language]}</strong>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Card(props: {
  readonly lesson: LessonHead;
  readonly language: Language;
  readonly progress: Progress;
}): ReactNode {
  const { lesson, language } = props;
  const words = mapWords(language);
  const progress = props.progress[lesson.id];
  const { questions } = lesson;
  const done = isDone(progress);
  return (
    <li>
      <a className="map-card" href={lessonLink(lesson.id)} data-done={done} data-lesson={lesson.id}>
        <span className="map-section">{lesson.section}</span>
        <strong>{lesson.title[language]}</strong>
        <span className="map-shows">{lesson.shows[language]}</span>
        <span className="map-facts">
          {words.parts(lesson.parts)}
          {questions > 0 && ` · ${words.questions(questions)}`}
          {progress !== undefined && (
            <span className="map-progress" data-done={done}>
              {done ? `✓ ${words.doneMark}` : words.begun(progress.reached, progress.of)}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}

/** False when the file holds no lesson. */
async function openLessonFile(): Promise<boolean> {
  const text = await openTextFile(LESSON_FILES);
  if (text === null) return true;
  const { parseLesson } = await import("../../lessons/format/parse_lesson.ts");
  if (parseLesson(text).lesson.parts.length === 0) return false;
  keepOwnLesson(text);
  guideStore.setState({ lesson: null, ownText: null, failure: null });
  window.location.hash = OWN_LESSON;
  return true;
}

/** The one behind a lesson that is done, if that is not done itself. */
function lessonAfter(last: string | null, progress: Progress): LessonHead | null {
  const at = LESSON_LIST.findIndex(({ id }) => id === last);
  const following = at < 0 ? undefined : LESSON_LIST[at + 1];
  if (last === null || following === undefined || !isDone(progress[last])) return null;
  return isDone(progress[following.id]) ? null : following;
}

/** The first that is begun and not done; else the first not begun. */
function nextLesson(progress: Progress): LessonHead | null {
  const open = LESSON_LIST.filter(({ id }) => !isDone(progress[id]));
  return open.find(({ id }) => progress[id] !== undefined) ?? open[0] ?? LESSON_LIST[0] ?? null;
}
