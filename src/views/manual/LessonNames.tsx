/** Every name that the attribute `lesson` takes, with its title, which leads there. */
import { LESSON_LIST } from "virtual:lesson-list";
import type { ReactNode } from "react";
import type { InTwoLanguages } from "../../lessons/lesson.ts";
import { LESSONS } from "../../lessons/lessons.ts";
import { useLanguage } from "../../store/hooks.ts";
import { lessonLink } from "../lesson/lesson_route.ts";
import { exampleLink } from "../shell/use_route.ts";
import type { ManualText } from "./manual_text.ts";

export function LessonNames({ titles }: { readonly titles: ManualText["names"] }): ReactNode {
  return (
    <>
      <Names title={titles.guided} of={LESSON_LIST} link={lessonLink} />
      <Names title={titles.examples} of={LESSONS} link={exampleLink} />
    </>
  );
}

function Names(props: {
  readonly title: string;
  readonly of: readonly { readonly id: string; readonly title: InTwoLanguages }[];
  readonly link: (id: string) => string;
}): ReactNode {
  const language = useLanguage();
  return (
    <>
      <h3>{props.title}</h3>
      <ul className="manual-names">
        {props.of.map(({ id, title }) => (
          <li key={id}>
            <code>{id}</code> <a href={props.link(id)}>{title[language]}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
