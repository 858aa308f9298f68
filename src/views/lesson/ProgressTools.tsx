/** How far the reader has come in all, to be taken along as a file, brought back, or forgotten. */
import { type ReactNode, useState } from "react";
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage } from "../../store/hooks.ts";
import { isDone, parseProgress } from "../../store/lesson_progress.ts";
import { openTextFile, saveTextFile } from "./files.ts";
import { mapWords } from "./map_words.ts";

export function ProgressTools({
  lessons,
}: {
  readonly lessons: readonly Pick<LessonHead, "id">[];
}): ReactNode {
  const words = mapWords(useLanguage());
  const progress = useGuide((guide) => guide.progress);
  const setProgress = useGuide((guide) => guide.setProgress);
  const [isRefused, setRefused] = useState(false);
  const done = lessons.filter(({ id }) => isDone(progress[id])).length;
  const answers = Object.values(progress).flatMap((one) => Object.values(one.answers));
  const bring = async (): Promise<void> => {
    const text = await openTextFile(".json,application/json");
    if (text === null) return;
    const read = parseProgress(text);
    setRefused(read === null);
    if (read !== null) setProgress({ ...progress, ...read });
  };
  return (
    <footer className="map-foot">
      <p>
        {words.sum(done, lessons.length)}
        {answers.length > 0 &&
          ` · ${words.predictions(answers.filter(Boolean).length, answers.length)}`}
      </p>
      <div className="map-ways">
        <button
          type="button"
          className="button"
          onClick={() =>
            saveTextFile(
              "interleave-progress.json",
              "application/json",
              JSON.stringify(progress, null, 2),
            )
          }
        >
          {words.exportProgress}
        </button>
        <button type="button" className="button" onClick={() => void bring()}>
          {words.importProgress}
        </button>
        <button
          type="button"
          className="button"
          disabled={Object.keys(progress).length === 0}
          onClick={() => window.confirm(words.resetSure) && setProgress({})}
        >
          {words.resetProgress}
        </button>
      </div>
      {isRefused && <p role="alert">{words.notProgress}</p>}
    </footer>
  );
}
