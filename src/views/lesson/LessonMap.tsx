/** The start page: a map of the lessons by the notes' sections, with what each shows, a search, and the reader's progress. */
import { type ReactNode, useMemo, useState } from "react";
import type { LessonText } from "../../lessons/format/lesson_text.ts";
import { parseLesson } from "../../lessons/format/parse_lesson.ts";
import { LIBRARY } from "../../lessons/library.ts";
import { guideStore, keepOwnLesson, useGuide } from "../../store/guide_store.ts";
import { useLanguage } from "../../store/hooks.ts";
import { isDone, type Progress } from "../../store/lesson_progress.ts";
import type { Language } from "../../store/preferences.ts";
import { PLAYGROUND } from "../shell/use_route.ts";
import { LESSON_FILES, openTextFile } from "./files.ts";
import { LessonPage } from "./LessonPage.tsx";
import { lessonLink, OWN_LESSON, WRITE } from "./lesson_route.ts";
import { ProgressTools } from "./ProgressTools.tsx";
import { fits } from "./search.ts";
import { chapterOf, chapters } from "./sections.ts";
import { lessonWords } from "./words.ts";
import "./map.css";

export function LessonMap(): ReactNode {
  const language = useLanguage();
  const words = lessonWords(language);
  const progress = useGuide((guide) => guide.progress);
  const [search, setSearch] = useState("");
  const [isRefused, setRefused] = useState(false);
  const found = useMemo(() => LIBRARY.filter((lesson) => fits(lesson, search)), [search]);
  const next = nextLesson(progress);
  const isBegun = Object.keys(progress).length > 0;
  return (
    <LessonPage title={words.mapTitle}>
      <section className="map-lead">
        <p>{words.mapLead}</p>
        <p className="map-says">{words.mapNotes}</p>
        <div className="map-ways">
          {next !== null && (
            <a className="button button-primary map-go" href={lessonLink(next.id)}>
              {isBegun ? words.goOn(next.title[language]) : words.startHere}
            </a>
          )}
          <a className="button map-go" href={PLAYGROUND} title={words.playgroundHint}>
            {words.playground}
          </a>
        </div>
      </section>
      <div className="map-tools">
        <input
          className="input map-search"
          type="search"
          aria-label={words.search}
          placeholder={`${words.search}: ${words.searchHint}`}
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
      {found.length === 0 && <p>{words.noneFits}</p>}
      {chapters(language).map(({ id, title, says }) => {
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
      <ProgressTools lessons={LIBRARY} />
    </LessonPage>
  );
}

function Card(props: {
  readonly lesson: LessonText;
  readonly language: Language;
  readonly progress: Progress;
}): ReactNode {
  const { lesson, language } = props;
  const words = lessonWords(language);
  const progress = props.progress[lesson.id];
  const questions =
    lesson.parts.filter(({ question }) => question !== null).length +
    (lesson.matrix.length > 0 ? 1 : 0);
  const done = isDone(progress);
  return (
    <li>
      <a className="map-card" href={lessonLink(lesson.id)} data-done={done}>
        <span className="map-section">{lesson.section}</span>
        <strong>{lesson.title[language]}</strong>
        <span className="map-shows">{lesson.shows[language]}</span>
        <span className="map-facts">
          {words.parts(lesson.parts.length)}
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
  if (parseLesson(text).lesson.parts.length === 0) return false;
  keepOwnLesson(text);
  guideStore.setState({ lesson: null, ownText: null, failure: null });
  window.location.hash = OWN_LESSON;
  return true;
}

/** The first that is begun and not done; else the first not begun. */
function nextLesson(progress: Progress): LessonText | null {
  const open = LIBRARY.filter(({ id }) => !isDone(progress[id]));
  return open.find(({ id }) => progress[id] !== undefined) ?? open[0] ?? LIBRARY[0] ?? null;
}
