/** What may stand in a lesson's file, beside the text that is being written. */
import type { ReactNode } from "react";
import { FORMS } from "../../lessons/format/forms.ts";
import { useLanguage } from "../../store/hooks.ts";
import { MANUAL } from "../shell/use_route.ts";
import { mapWords } from "./map_words.ts";

export function FormReference(): ReactNode {
  const language = useLanguage();
  const words = mapWords(language);
  return (
    <details className="write-forms">
      <summary>{words.editorFormat}</summary>
      {FORMS.map(({ id, title, forms }) => (
        <section key={id}>
          <h3>{title[language]}</h3>
          <dl>
            {forms.map(({ text, says }) => (
              <div key={text}>
                <dt>
                  <code>{text}</code>
                </dt>
                <dd>{says[language]}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>
        <a href={MANUAL}>{words.manual}</a>
      </p>
    </details>
  );
}
