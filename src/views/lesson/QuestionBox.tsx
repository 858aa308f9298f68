/** Predict: the choices, by buttons or by clicking the thing itself in a picture. */
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { LessonText, Question } from "../../lessons/format/lesson_text.ts";
import { type Choice, choicesBefore, isManyOf } from "../../lessons/format/questions.ts";
import { sessionsOf } from "../../lessons/format/steps_of.ts";
import { runPart } from "../../store/guide_commands.ts";
import { guideStore, useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { sameRef } from "../../trace/ref.ts";
import { choiceText } from "./choice_text.ts";
import { lessonWords } from "./words.ts";

export function QuestionBox(props: {
  readonly lesson: LessonText;
  readonly question: Question;
}): ReactNode {
  const { lesson, question } = props;
  const language = useLanguage();
  const words = lessonWords(language);
  const state = usePage((page) => page.timeline.head);
  const isBusy = usePage((page) => page.phase !== "ready");
  const picked = useGuide((guide) => guide.picked);
  const pick = useGuide((guide) => guide.pick);
  const point = usePage((page) => page.point);
  const choices = useMemo(
    () => choicesBefore(question, state, sessionsOf(lesson)),
    [question, state, lesson],
  );
  const predict = useRef<HTMLButtonElement>(null);
  const isMany = isManyOf(question);
  const inPicture = choices.some(({ ref }) => ref !== null);
  useAnswersInPicture(choices, isMany);
  useEffect(() => {
    pageStore.setState({ isAsking: true });
    return () => pageStore.setState({ isAsking: false });
  }, []);
  return (
    // No form: a sandboxed frame without `allow-forms` would not let one be sent.
    <div className="guide-question">
      <fieldset>
        <legend>{words.question}</legend>
        <p className="guide-ask">{question.text[language]}</p>
        <p className="guide-hint">
          {isMany ? words.many : inPicture ? words.oneInPicture : words.one}
        </p>
        <div className="guide-choices" data-wide={question.kind === "claim"}>
          {choices.map((choice) => (
            <label
              key={choice.key}
              className="guide-choice"
              data-chosen={picked.includes(choice.key)}
              data-session={choice.label.kind === "session" ? choice.label.name : undefined}
              onPointerEnter={() => point(choice.ref)}
              onPointerLeave={() => point(null)}
            >
              <input
                type={isMany ? "checkbox" : "radio"}
                name="guide-choice"
                checked={picked.includes(choice.key)}
                onChange={() => pick(choice.key, isMany)}
                onKeyDown={({ key }) => {
                  if (key === "Enter") predict.current?.click();
                }}
              />
              <span>{choiceText(choice.label, words, language)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="guide-buttons">
        <button
          ref={predict}
          type="button"
          className="button button-primary"
          disabled={isBusy || picked.length === 0}
          onClick={() => void runPart(picked)}
        >
          {words.predict}
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={isBusy}
          onClick={() => void runPart([])}
        >
          {words.skip}
        </button>
      </div>
    </div>
  );
}

/** What is selected in a picture while the question is open is the answer. */
function useAnswersInPicture(choices: readonly Choice[], isMany: boolean): void {
  useEffect(() => {
    // Something must be there to be clicked.
    if (choices.some(({ ref }) => ref !== null)) askForPanel(choices);
    return pageStore.subscribe((page, old) => {
      if (page.selection === old.selection || page.selection === null) return;
      const choice = choices.find(({ ref }) => sameRef(ref, page.selection));
      if (choice !== undefined) guideStore.getState().pick(choice.key, isMany);
    });
  }, [choices, isMany]);
}

function askForPanel(choices: readonly Choice[]): void {
  const kind = choices.find(({ ref }) => ref !== null)?.ref?.kind;
  if (kind === "rec" || kind === "gap") guideStore.getState().askFor("index");
  if (kind === "version") guideStore.getState().askFor("versions");
}
