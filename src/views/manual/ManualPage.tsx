/** The manual for authors, and the code for a post of what the playground holds now. */
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { fragmentOfPage } from "../../store/link/page_link.ts";
import { type PageState, pageStore } from "../../store/page_store.ts";
import type { Language } from "../../store/preferences.ts";
import { scenarioTitle } from "../header/scenario_title.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { ReadingPage } from "../shell/ReadingPage.tsx";
import { EMBED, PLAYGROUND } from "../shell/use_route.ts";
import { en } from "./en.ts";
import { type EmbedLook, embedCode, LOOKS, panelsFor, SHOWABLE } from "./post_code.ts";
import "./manual.css";
import type { ManualPart, ManualText } from "./manual_text.ts";
import { zh } from "./zh.ts";

const LOOK_NAMES = ["theme", "lang"] as const;

/** Comes with the texts of all lessons. */
const LessonNames = lazy(async () => {
  const { LessonNames } = await import("./LessonNames.tsx");
  return { default: LessonNames };
});

export function ManualPage(): ReactNode {
  const manual = useLanguage() === "zh" ? zh : en;
  const back = (
    <a className="button" href={PLAYGROUND}>
      {manual.back}
    </a>
  );
  return (
    <ReadingPage title={manual.title} home={PLAYGROUND} ways={back} className="manual">
      <p className="manual-lead">{manual.lead}</p>
      {manual.sections.map((section, at) => (
        <section key={section.id} aria-labelledby={section.id}>
          <h2 id={section.id}>{section.title}</h2>
          {section.parts.map((part) => (
            <Part key={keyOf(part)} part={part} manual={manual} />
          ))}
          {at === 1 && <Here manual={manual} />}
        </section>
      ))}
    </ReadingPage>
  );
}

/** The address of the site, without the slash at its end. */
function site(): string {
  return new URL("./", document.baseURI).href.replace(/\/$/, "");
}

function keyOf(part: ManualPart): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "names") return part.kind;
  return part.kind === "code" ? part.code : part.head.join();
}

function Part(props: { readonly part: ManualPart; readonly manual: ManualText }): ReactNode {
  const { part, manual } = props;
  switch (part.kind) {
    case "text":
      return <p>{part.text}</p>;
    case "code":
      return <Code code={part.code.replaceAll("SITE", site())} label={manual.copy} />;
    case "names":
      return (
        <Suspense>
          <LessonNames titles={manual.names} />
        </Suspense>
      );
    default:
      return (
        <div className="manual-wide">
          <table className="manual-table">
            <thead>
              <tr>
                {part.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {part.rows.map(([first, ...rest]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {rest.map((cell, at) => (
                    <td key={part.head[at + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Code(props: { readonly code: string; readonly label: string }): ReactNode {
  return (
    <div className="manual-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0}>
        <code>{props.code}</code>
      </pre>
      <CopyButton text={() => props.code} label={props.label} />
    </div>
  );
}

/** Made when it is asked for: it holds a picture. */
function Here({ manual }: { readonly manual: ManualText }): ReactNode {
  const language = useLanguage();
  const isReady = usePage((page) => page.openings > 0);
  const [isMade, make] = useState(false);
  const [chosen, choose] = useState<Partial<EmbedLook>>({});
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (window.location.hash !== EMBED) return;
    place.current?.scrollIntoView({ block: "center" });
    place.current?.focus({ preventScroll: true });
  }, []);
  const page = pageStore.getState();
  const look: EmbedLook = {
    panels: panelsFor(page),
    // A post is read in the dark too, whatever its author looks at it in.
    theme: "auto",
    lang: language,
    ...chosen,
  };
  const words = manual.here;
  return (
    <div ref={place} tabIndex={-1} className="manual-here">
      <h3>{words.title}</h3>
      <p>{words.lead}</p>
      <fieldset className="manual-looks">
        <legend>{words.panels}</legend>
        {SHOWABLE.map((panel) => {
          const others = look.panels.filter((one) => one !== panel);
          const isShown = others.length < look.panels.length;
          return (
            <label key={panel}>
              <input
                type="checkbox"
                checked={isShown}
                // A frame shows something.
                disabled={others.length === 0}
                onChange={() =>
                  choose({
                    ...chosen,
                    panels: SHOWABLE.filter((one) =>
                      one === panel ? !isShown : others.includes(one),
                    ),
                  })
                }
              />
              {words.panelNames[panel]} <span className="manual-word">{panel}</span>
            </label>
          );
        })}
      </fieldset>
      <div className="manual-looks">
        {LOOK_NAMES.map((name) => (
          <label key={name}>
            {words[name]}
            <select
              className="select"
              value={look[name]}
              onChange={({ target }) => choose({ ...chosen, [name]: target.value })}
            >
              {LOOKS[name].map((value) => (
                <option key={value} value={value}>
                  {value === "auto" ? words.reader : value}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      {isMade ? (
        <Code code={codeOf(page, look, manual, language)} label={manual.copy} />
      ) : (
        <button type="button" className="button" disabled={!isReady} onClick={() => make(true)}>
          {words.code}
        </button>
      )}
    </div>
  );
}

function codeOf(page: PageState, look: EmbedLook, manual: ManualText, language: Language): string {
  const title = scenarioTitle(page.script, language);
  return embedCode(page, {
    site: `${site()}/`,
    letters: lettersOf(page),
    title: title ?? "Interleave",
    waits: manual.here.waits,
    look,
  });
}

function lettersOf(page: PageState): string {
  const look = { selection: null, language: null, layouts: {}, stage: null };
  return fragmentOfPage(page, look).slice("#s=".length);
}
