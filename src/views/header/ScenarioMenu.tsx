/** Which tables the sessions work on: built-in examples, tables of one's own, and futures that were left. */
import { lazy, type ReactNode, Suspense, useLayoutEffect, useRef } from "react";
import type { Lesson } from "../../lessons/lesson.ts";
import { LESSONS } from "../../lessons/lessons.ts";
import { playground } from "../../lessons/playground.ts";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { LESSONS as LESSON_MAP, lessonLink, OWN_LESSON } from "../lesson/lesson_route.ts";
import { lessonLinkWords } from "../lesson/link_words.ts";
import { closing } from "../shell/closing.ts";
import { CaretIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { PLAYGROUND } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { ScenarioTitle } from "./ScenarioTitle.tsx";
import { scenarioTitle } from "./scenario_title.ts";
import { titleWords } from "./title_words.ts";

const Branches = lazy(async () => {
  const { Branches } = await import("./Branches.tsx");
  return { default: Branches };
});
const SetupDialog = lazy(async () => {
  const { SetupDialog } = await import("./SetupDialog.tsx");
  return { default: SetupDialog };
});

const closeTables = closing("tables");

export function ScenarioMenu(): ReactNode {
  const guided = useGuide((guide) => guide.lesson);
  const text = useText().scenario;
  const language = useLanguage();
  const script = usePage((page) => page.script);
  const isNaming = usePage((page) => page.sheet === "title");
  const isEditing = usePage((page) => page.sheet === "tables");
  const openSheet = usePage((page) => page.openSheet);
  const ofGuide = guided?.id === script.lesson ? guided.title[language] : null;
  // A lesson's own title goes with the page's language, whichever it was opened in.
  const given = script.scenario.title ?? null;
  const isGuides = given === guided?.title.en || given === guided?.title.zh;
  const name =
    (isGuides ? ofGuide : null) ?? given ?? ofGuide ?? scenarioTitle(script, language) ?? text.own;
  const wasNaming = useRef(false);
  // The field is gone with the focus, which goes to the button that stands there now before anything else can look for it.
  useLayoutEffect(() => {
    if (wasNaming.current && !isNaming && document.activeElement === document.body)
      document.querySelector<HTMLElement>(".scenario-button")?.focus();
    wasNaming.current = isNaming;
  }, [isNaming]);
  if (isNaming) return <ScenarioTitle name={name} onEnd={() => openSheet(null)} />;
  return (
    <>
      <Popover
        label={`${text.button}: ${name}`}
        buttonClass="button scenario-button"
        button={
          <>
            <span className="scenario-name">{name}</span>
            <CaretIcon />
          </>
        }
      >
        {(close) => (
          <div className="menu">
            <LessonLinks onChoose={close} />
            <hr />
            <h2>{text.title}</h2>
            <Examples lessons={LESSONS} onChoose={close} />
            <hr />
            <Examples lessons={[playground]} onChoose={close} />
            <OwnWork onChoose={close} onSetup={() => openSheet("tables")} />
            <Suspense>
              <Branches onChoose={close} />
            </Suspense>
          </div>
        )}
      </Popover>
      <Suspense>{isEditing && <SetupDialog onClose={closeTables} />}</Suspense>
    </>
  );
}

interface MenuPart {
  /** The menu closes before what was chosen is done. */
  readonly onChoose: () => void;
}

/** The map of lessons, and the one that the page is in. */
function LessonLinks({ onChoose }: MenuPart): ReactNode {
  const guided = useGuide((guide) => guide.lesson);
  const isOwn = useGuide((guide) => guide.ownText !== null);
  const language = useLanguage();
  const words = lessonLinkWords(language);
  return (
    <>
      <a className="menu-item" href={LESSON_MAP} onClick={onChoose}>
        {words.map}…
      </a>
      {guided !== null && (
        <a
          className="menu-item"
          href={isOwn ? OWN_LESSON : lessonLink(guided.id)}
          onClick={onChoose}
        >
          {words.goOn(guided.title[language])}
        </a>
      )}
    </>
  );
}

function Examples(props: MenuPart & { readonly lessons: readonly Lesson[] }): ReactNode {
  const language = useLanguage();
  const chosen = usePage((page) => page.script.lesson);
  const commands = usePage((page) => page.commands);
  return props.lessons.map((lesson) => (
    <button
      key={lesson.id}
      type="button"
      className="menu-item"
      aria-current={lesson.id === chosen}
      onClick={() => {
        props.onChoose();
        void commands.openLesson(lesson);
        // An example has no guide.
        window.location.hash = PLAYGROUND;
      }}
    >
      {lesson.title[language]}
    </button>
  ));
}

/** What is done with the scenario that is there. */
function OwnWork({ onChoose, onSetup }: MenuPart & { readonly onSetup: () => void }): ReactNode {
  const text = useText().scenario;
  const language = useLanguage();
  const commands = usePage((page) => page.commands);
  const openSheet = usePage((page) => page.openSheet);
  const choose = (act: () => void) => () => {
    onChoose();
    act();
  };
  return (
    <>
      <button type="button" className="menu-item" onClick={choose(() => openSheet("title"))}>
        {titleWords(language).rename}
      </button>
      <button type="button" className="menu-item" onClick={choose(onSetup)}>
        {text.setup}
      </button>
      <button
        type="button"
        className="menu-item"
        title={text.restartHint}
        onClick={choose(() => void commands.restart())}
      >
        {text.restart}
      </button>
      <button
        type="button"
        className="menu-item"
        onClick={choose(() => void commands.restart(true))}
      >
        {text.restartEmpty}
      </button>
    </>
  );
}
