/** Reveal: what the reader said, what the engine did, and the events that decided. */
import { type ReactNode, useMemo } from "react";
import type { LessonText, Question } from "../../lessons/format/lesson_text.ts";
import { answersAfter, type Choice, choicesBefore } from "../../lessons/format/questions.ts";
import { reasonsFor } from "../../lessons/format/reasons.ts";
import { sceneOf } from "../../lessons/format/scene.ts";
import { sessionsOf, stepsBefore } from "../../lessons/format/steps_of.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { explain } from "../../trace/explain.ts";
import { choiceText } from "./choice_text.ts";
import { lessonWords } from "./words.ts";

const NOTHING: readonly string[] = [];
/** A value of more letters says nothing more about the reason. */
const VALUE_MAX = 40;

function shortened(sentence: string): string {
  return sentence.replaceAll(/'([^']*)'/g, (whole: string, value: string) =>
    value.length <= VALUE_MAX ? whole : `'${value.slice(0, 12)}…'`,
  );
}

export function Reveal(props: {
  readonly lesson: LessonText;
  readonly part: number;
  readonly question: Question;
}): ReactNode {
  const { lesson, part, question } = props;
  const language = useLanguage();
  const words = lessonWords(language);
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const seek = usePage((page) => page.seek);
  const said = useGuide((guide) => guide.predictions[part] ?? NOTHING);
  const { choices, answers, reasons } = useMemo(() => {
    const from = stepsBefore(lesson, part);
    const to = from + (lesson.parts[part]?.steps.length ?? 0);
    const scene = sceneOf(timeline, from, to);
    return {
      choices: choicesBefore(question, scene.before, sessionsOf(lesson)),
      answers: answersAfter(question, scene),
      reasons: reasonsFor(question, scene),
    };
  }, [lesson, part, question, timeline]);
  const isRight =
    said.length > 0 && said.length === answers.length && said.every((key) => answers.includes(key));
  const text = (keys: readonly string[]): string =>
    keys.length === 0
      ? words.nothing
      : choices
          .filter(({ key }: Choice) => keys.includes(key))
          .map(({ label }) => choiceText(label, words, language))
          .join(language === "zh" ? "、" : ", ");
  return (
    <section className="guide-reveal" data-right={said.length === 0 ? undefined : isRight}>
      <p className="guide-asked">{question.text[language]}</p>
      {said.length > 0 && (
        <p className="guide-verdict" role="status">
          <strong>{isRight ? words.right : words.wrong}</strong>
          {!isRight && `${language === "zh" ? "" : " "}${words.yours}${text(said)}`}
        </p>
      )}
      <p>
        {words.shown}
        <strong>{text(answers)}</strong>
      </p>
      {reasons.length > 0 && (
        <>
          <p className="guide-hint">{words.why}</p>
          <ul className="guide-reasons">
            {reasons.map((event) => (
              <li key={event.seq}>
                <button
                  type="button"
                  className="guide-reason"
                  title={words.goToEvent}
                  aria-current={position === event.seq + 1}
                  onClick={() => seek(event.seq + 1)}
                >
                  {shortened(explain(event, language))}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
